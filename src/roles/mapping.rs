//! `--roles`: what the user says about who is who.

mod met;
mod unused;

use met::Met;
use regex::Regex;
use std::sync::Arc;

use crate::call::{Call, HowRoles, Role, Roles};
use crate::roles::typed::PARTING;

pub use unused::unused;

/// One mapping of speakers' labels to roles, perhaps for some files only.
#[derive(Clone, Debug)]
pub struct RoleRule {
    /// Sources it holds for, as typed and as a pattern; all if none.
    files: Option<(String, Regex)>,
    /// Label or name in lower case, and its role.
    map: Vec<(String, Role)>,
    met: Arc<Met>,
}

impl RoleRule {
    /// Reads `spk_0=agent,ch_1=customer,Sarah=agent`, with `GLOB:` in front for some files only. A comma, a colon or a
    /// `=` that belongs to a label may stand behind a `\`.
    pub fn parse(text: &str) -> Result<RoleRule, String> {
        let hidden = hide(text);
        let (files, pairs) = match hidden.split_once(':') {
            // A colon behind the first `=` belongs to a label.
            Some((glob, pairs)) if !glob.contains('=') => {
                let glob = shown(glob, true);
                let pattern = glob_pattern(&glob)?;
                (Some((glob, pattern)), pairs)
            }
            _ => (None, hidden.as_str()),
        };
        let mut map = Vec::new();
        for pair in pairs.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let typed = shown(pair, true);
            let Some((label, role)) = pair.rsplit_once('=') else {
                return Err(format!("\"{typed}\" is no LABEL=ROLE, as in \"spk_0=agent,ch_1=customer\""));
            };
            if let Some(parted) = by_commas(pair) {
                let parted = shown(&parted, true);
                return Err(format!("\"{typed}\" holds more than one LABEL=ROLE; part them by commas: \"{parted}\""));
            }
            let Some(role) = role_called(role) else {
                return Err(format!(
                    "\"{}\" is no role; one of agent, customer, bot, unknown",
                    shown(role, true).trim()
                ));
            };
            let label = shown(label, false).trim().to_lowercase();
            if label.is_empty() {
                return Err(format!("\"{typed}\" has no label before its \"=\""));
            }
            map.push((label, role));
        }
        if map.is_empty() {
            return Err(format!("\"{text}\" maps nothing; write LABEL=ROLE, as in \"spk_0=agent\""));
        }
        Ok(RoleRule::new(files, map))
    }

    /// A mapping for all files of labels that are known already.
    pub fn of(map: impl IntoIterator<Item = (String, Role)>) -> RoleRule {
        let lower = |(label, role): (String, Role)| (label.trim().to_lowercase(), role);
        RoleRule::new(None, map.into_iter().map(lower).collect())
    }

    fn new(files: Option<(String, Regex)>, map: Vec<(String, Role)>) -> RoleRule {
        RoleRule { files, met: Arc::new(Met::of(map.len())), map }
    }

    fn role(&self, label: &str, name: Option<&str>) -> Option<Role> {
        let same =
            |key: &str| key == label.trim().to_lowercase() || name.is_some_and(|n| key == n.trim().to_lowercase());
        let at = self.map.iter().position(|(key, _)| same(key))?;
        self.met.label(at);
        Some(self.map[at].1)
    }
}

/// Characters that stand for the signs of [`PARTING`] while a mapping is taken apart; no text that is read has them.
const HIDDEN: [char; 4] = ['\u{f0000}', '\u{f0001}', '\u{f0002}', '\u{f0003}'];

/// The text with every sign that a `\` stands before hidden, so that it parts nothing.
fn hide(text: &str) -> String {
    let (mut hidden, mut rest) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(c) = rest.next() {
        let sign = rest.peek().filter(|_| c == '\\');
        match sign.and_then(|sign| PARTING.iter().position(|p| p == sign)) {
            Some(sign) => {
                hidden.push(HIDDEN[sign]);
                rest.next();
            }
            None => hidden.push(c),
        }
    }
    hidden
}

/// The text with what was hidden, as it was typed or as it is meant.
fn shown(hidden: &str, typed: bool) -> String {
    let mut text = String::with_capacity(hidden.len());
    for c in hidden.chars() {
        match HIDDEN.iter().position(|h| *h == c) {
            Some(sign) => {
                text.extend(typed.then_some('\\'));
                text.push(PARTING[sign]);
            }
            None => text.push(c),
        }
    }
    text
}

fn role_called(word: &str) -> Option<Role> {
    match word.trim().to_ascii_lowercase().as_str() {
        "agent" => Some(Role::Agent),
        "customer" => Some(Role::Customer),
        "bot" => Some(Role::Bot),
        "unknown" => Some(Role::Unknown),
        _ => None,
    }
}

/// Several pairs parted by something else than commas, as they should be written; none if it is one pair. A label may
/// hold spaces, and even a `=`, so that what tells them is a role with a gap and another pair behind it.
fn by_commas(pair: &str) -> Option<String> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ';' | '|' | '/' | '&' | '+');
    let (mut rest, mut parted) = (pair, Vec::new());
    while let Some((label, behind)) = rest.split_once('=') {
        let behind = behind.trim_start();
        let end = behind.find(is_gap).unwrap_or(behind.len());
        let (role, next) = behind.split_at(end);
        parted.push(format!("{}={role}", label.trim()));
        rest = next.trim_start_matches(is_gap);
    }
    let whole = parted.len() > 1 && rest.is_empty();
    let first = parted.first().and_then(|pair| pair.rsplit_once('='));
    let told = first.is_some_and(|(_, role)| role_called(role).is_some());
    (whole && told).then(|| parted.join(","))
}

/// `*` any but `/`, `**` anything, `?` one character; without a `/` the file's name alone is looked at.
fn glob_pattern(glob: &str) -> Result<Regex, String> {
    let mut pattern = String::from(if glob.contains('/') { "^" } else { "(?:^|/)" });
    let mut rest = glob.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '*' if rest.peek() == Some(&'*') => {
                rest.next();
                pattern.push_str(".*");
            }
            '*' => pattern.push_str("[^/]*"),
            '?' => pattern.push_str("[^/]"),
            c => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern.push('$');
    Regex::new(&pattern).map_err(|_| format!("\"{glob}\" is too long for a file pattern"))
}

/// Applies the mappings to a call; a later one wins.
pub fn apply(call: &mut Call, rules: &[RoleRule], source: &str) {
    let mut mapped = false;
    for rule in rules {
        if rule.files.as_ref().is_some_and(|(_, f)| !f.is_match(source)) {
            continue;
        }
        rule.met.call();
        let mut met = false;
        for speaker in &mut call.speakers {
            if let Some(role) = rule.role(&speaker.label, speaker.name.as_deref()) {
                speaker.role = role;
                met = true;
            }
        }
        if !met {
            rule.met.nobody(call);
        }
        mapped |= met;
    }
    if mapped {
        crate::roles::labels::settle(call, HowRoles::Mapped);
        if call.roles.how == HowRoles::Mapped {
            call.roles = Roles { how: HowRoles::Mapped, confidence: 1.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(rule: &str, source: &str) -> (Vec<Role>, HowRoles) {
        let mut call = Call::default();
        call.speaker(Role::Unknown, "spk_0", None);
        call.speaker(Role::Unknown, "spk_1", Some("Ann"));
        apply(&mut call, &[RoleRule::parse(rule).expect("a rule")], source);
        (call.speakers.iter().map(|s| s.role).collect(), call.roles.how)
    }

    #[test]
    fn one_side_is_enough() {
        let both = (vec![Role::Agent, Role::Customer], HowRoles::Mapped);
        assert_eq!(roles("spk_0=agent", "a.json"), both);
        assert_eq!(roles("ann=customer", "a.json"), both);
        assert_eq!(roles("*.json:SPK_0=agent", "calls/a.json"), both);
        assert_eq!(roles("calls/**:spk_0=agent", "calls/x/a.json"), both);
        assert_eq!(roles("*.txt:spk_0=agent", "calls/a.json"), (vec![Role::Unknown; 2], HowRoles::Unknown));
    }

    #[test]
    fn a_label_may_hold_an_equals_sign() {
        let rule = RoleRule::parse("side=1=agent").expect("one pair");
        assert_eq!(rule.role("side=1", None), Some(Role::Agent));
    }

    #[test]
    fn what_is_printed_to_be_typed_is_read_as_it_is_meant() {
        for label in ["Doe, Jo", "Line: 2", "a=b", "a=agent b", "CORP\\jo", "\\,", "C:\\x:y=agent,z"] {
            let option = crate::roles::typed::option([(label, Role::Agent), ("Z", Role::Customer)]);
            let option = option.expect("an option");
            let map = option.strip_prefix("--roles ").expect("a map");
            let rule = RoleRule::parse(&map[1..map.len() - 1]).expect(label);
            assert!(rule.files.is_none(), "{label}");
            assert_eq!(rule.role(label, None), Some(Role::Agent), "{option}");
            assert_eq!(rule.role("z", None), Some(Role::Customer), "{option}");
        }
        let rule = RoleRule::parse(r"DOMAIN\user=agent").expect("a rule");
        assert_eq!(rule.role(r"domain\user", None), Some(Role::Agent));
    }

    #[test]
    fn mistakes_are_named() {
        for (wrong, says) in [
            ("spk_0", "LABEL=ROLE"),
            ("a=boss", "one of agent"),
            ("", "maps nothing"),
            ("=agent", "no label"),
            ("a=agent b=customer", "commas: \"a=agent,b=customer\""),
            ("Jo Ann=agent; B=boss", "commas: \"Jo Ann=agent,B=boss\""),
        ] {
            assert!(RoleRule::parse(wrong).expect_err(wrong).contains(says), "{wrong}");
        }
    }
}
