//! `--name-pattern`: what a file's name tells of its call.

use regex::Regex;

use crate::call::Call;

/// A pattern over the source's path with named groups: `call`, `agent`, `customer`, `queue`, `year`, `month`, `day`,
/// `hour`, `minute`, `second`. One that is built in may be several, each for its part of the name.
#[derive(Clone, Debug)]
pub struct NamePattern(Vec<Regex>);

/// The defaults of AWS's Post Call Analytics, for `aws`: `x_GUID_17_AGENT_Jo_CUST_4_2026-05-01T09-30-00.json`. What
/// stands last may end with the name.
const AWS: [&str; 4] = [
    r"_GUID_(?P<call>[^_/]+?)(?:_|(?:\.[a-z0-9]{2,5})?(?:\.(?:gz|zst))?$)",
    r"_AGENT_(?P<agent>[^_/]+?)(?:_|(?:\.[a-z0-9]{2,5})?(?:\.(?:gz|zst))?$)",
    r"_CUST_(?P<customer>[^_/]+?)(?:_|(?:\.[a-z0-9]{2,5})?(?:\.(?:gz|zst))?$)",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})T(?P<hour>\d{2})-(?P<minute>\d{2})-(?P<second>\d{2})",
];

const GROUPS: [&str; 10] = ["call", "agent", "customer", "queue", "year", "month", "day", "hour", "minute", "second"];

impl NamePattern {
    /// Compiles the pattern; it must have at least one group that is known. `aws` is built in.
    pub fn parse(text: &str) -> Result<NamePattern, String> {
        if text == "aws" {
            let built_in = AWS.iter().map(|p| Regex::new(p).map_err(|e| e.to_string()));
            return built_in.collect::<Result<_, _>>().map(NamePattern);
        }
        let regex = Regex::new(text).map_err(|e| format!("\"{text}\" is no regular expression: {e}"))?;
        let named: Vec<&str> = regex.capture_names().flatten().collect();
        if let Some(odd) = named.iter().find(|n| !GROUPS.contains(n)) {
            return Err(format!("no group is called \"{odd}\"; one of {}", GROUPS.join(", ")));
        }
        if named.is_empty() {
            return Err(format!(
                "\"{text}\" has no named group, as in (?P<agent>[^_]+), and is not \"aws\"; one of {}",
                GROUPS.join(", ")
            ));
        }
        Ok(NamePattern(vec![regex]))
    }

    /// Fills what the call does not know yet.
    pub fn apply(&self, call: &mut Call, source: &str) {
        for found in self.0.iter().filter_map(|p| p.captures(source)) {
            fill(call, &found);
        }
    }
}

/// Fills what the call does not know yet from one pattern's groups.
fn fill(call: &mut Call, found: &regex::Captures<'_>) {
    let group = |name: &str| found.name(name).map(|m| m.as_str().to_owned()).filter(|s| !s.is_empty());
    if call.id.is_empty() {
        call.id = group("call").unwrap_or_default();
    }
    call.agent = call.agent.take().or_else(|| group("agent"));
    call.customer = call.customer.take().or_else(|| group("customer"));
    call.queue = call.queue.take().or_else(|| group("queue"));
    if call.started.is_none()
        && let (Some(year), Some(month), Some(day)) = (group("year"), group("month"), group("day"))
    {
        let part = |name: &str| group(name).unwrap_or_else(|| "00".into());
        let time = format!("{}:{}:{}", part("hour"), part("minute"), part("second"));
        let date = format!("{year:0>4}-{month:0>2}-{day:0>2}");
        call.started = Some(if group("hour").is_some() { format!("{date}T{time}") } else { date });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_fill_what_is_missing() {
        let pattern = r"(?P<call>c\d+)_(?P<agent>[a-z]+)_(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T(?P<hour>\d\d)-(?P<minute>\d\d)";
        let pattern = NamePattern::parse(pattern).expect("a pattern");
        let mut call = Call::default();
        call.agent = Some("Ann".into());
        pattern.apply(&mut call, "calls/c17_jo_2026-05-01T09-30.txt");
        assert_eq!((call.id.as_str(), call.agent.as_deref()), ("c17", Some("Ann")));
        assert_eq!(call.started.as_deref(), Some("2026-05-01T09:30:00"));
    }

    #[test]
    fn the_names_of_post_call_analytics_are_built_in() {
        let pattern = NamePattern::parse("aws").expect("built in");
        let mut call = Call::default();
        pattern.apply(&mut call, "in/x_GUID_0a.17_AGENT_Jo Bell_CUST_4_2026-05-01T09-30-07.json");
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.customer.as_deref()),
            ("0a.17", Some("Jo Bell"), Some("4"))
        );
        assert_eq!(call.started.as_deref(), Some("2026-05-01T09:30:07"));
        call.clear();
        pattern.apply(&mut call, "2026-05-01T09-30-07_AGENT_Jo_CUST_Ann Lee.json.gz");
        assert_eq!((call.agent.as_deref(), call.customer.as_deref()), (Some("Jo"), Some("Ann Lee")));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(NamePattern::parse("(").is_err());
        assert!(NamePattern::parse("a").expect_err("no group").contains("named group"));
        assert!(NamePattern::parse("(?P<who>a)").expect_err("odd").contains("one of call, agent"));
    }
}
