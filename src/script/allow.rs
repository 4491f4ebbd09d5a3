//! `<!-- heard: allow RULE: reason -->`: a rule may fail on the line that follows, and why.

use std::ops::Range;

/// A comment that allows rules to fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// The ids as they are written.
    pub rules: Vec<String>,
    /// Why; none if nobody says.
    pub reason: Option<String>,
    /// Words behind the rules that would be the reason if a colon stood before them.
    pub loose: String,
    /// What the comment asks for, if that is not `allow`.
    pub other: String,
    /// The comment as it is written, its start if it is long.
    pub written: String,
    /// Line of the comment, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// The line in which it ends.
    pub last: u32,
    /// The lines it holds for, from 1, the end exclusive.
    pub scope: Range<u32>,
}

impl Allow {
    /// Whether it holds for a line.
    #[must_use]
    pub fn covers(&self, line: u32) -> bool {
        self.scope.contains(&line)
    }
}

/// As much of a comment as reports show, in characters.
const SHOWN: usize = 120;

/// What a comment says, if it speaks to this program.
#[must_use]
pub fn read(comment: &str, line: u32, column: u32, last: u32) -> Option<Allow> {
    let comment = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let request = comment.strip_prefix("heard:").or_else(|| comment.strip_prefix("heard "))?.trim();
    let verb = request.find([' ', ':']).unwrap_or(request.len());
    let (verb, request) = request.split_at(verb);
    let is_allow = verb == "allow";
    let (ids, reason) = request.split_once(':').unwrap_or((request, ""));
    let (mut rules, mut loose) = (Vec::new(), String::new());
    if is_allow && request.contains(':') {
        let all = ids.split([',', ' ']).filter(|id| !id.is_empty());
        rules.extend(all.map(str::to_owned));
    } else if is_allow {
        // Without a colon, what follows an id is no second one: it is the reason that somebody meant to give.
        let mut rest = ids.trim();
        while let Some(id) = rest.split([',', ' ']).next().filter(|id| !id.is_empty()) {
            rules.push(id.to_owned());
            let behind = rest[id.len()..].trim_start();
            let Some(next) = behind.strip_prefix(',') else {
                let start = |c: char| c.is_alphanumeric() || c == '"';
                loose.push_str(behind.find(start).map_or("", |at| &behind[at..]));
                break;
            };
            rest = next.trim_start();
        }
    }
    let mut written: String = comment.chars().take(SHOWN).collect();
    if written.len() < comment.len() {
        written.push_str(" …");
    }
    Some(Allow {
        rules,
        reason: Some(reason.trim().to_owned()).filter(|r| is_allow && !r.is_empty()),
        loose,
        other: if is_allow { String::new() } else { verb.to_owned() },
        written: format!("<!-- {written} -->"),
        line,
        column,
        last,
        scope: 0..0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_names_rules_and_a_reason() {
        let read = |text| read(text, 3, 1, 3).map(|a| (a.rules, a.reason));
        assert_eq!(
            read(" heard: allow standalone-statement: approved by legal "),
            Some((vec!["standalone-statement".to_owned()], Some("approved by legal".to_owned())))
        );
        assert_eq!(read("heard: allow a, b"), Some((vec!["a".to_owned(), "b".to_owned()], None)));
        assert_eq!(read("heard: alow a: b"), Some((Vec::new(), None)));
        assert_eq!(read("heard: allow a b: c"), Some((vec!["a".to_owned(), "b".to_owned()], Some("c".to_owned()))));
        assert_eq!(read(" nobody heard: this "), None);
    }

    #[test]
    fn what_is_meant_is_known() {
        let read = |text| super::read(text, 3, 1, 3).unwrap_or_default();
        let slip = read(" heard: allow a, b - approved  by legal ");
        assert_eq!(slip.rules, ["a", "b"]);
        assert_eq!((slip.loose.as_str(), slip.reason), ("approved by legal", None));
        assert_eq!(slip.written, "<!-- heard: allow a, b - approved by legal -->");
        assert_eq!(read("heard: ignore a: because").other, "ignore");
    }
}
