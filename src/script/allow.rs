//! `<!-- heard: allow RULE: reason -->`: a rule may fail on the line that follows, and why.

use std::ops::Range;

/// A comment that allows rules to fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// The ids as they are written.
    pub rules: Vec<String>,
    /// Why; none if nobody says.
    pub reason: Option<String>,
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

    /// How it is written, for reports.
    #[must_use]
    pub fn written(&self) -> String {
        let reason = self
            .reason
            .as_deref()
            .map_or(String::new(), |r| format!(": {r}"));
        format!("<!-- heard: allow {}{reason} -->", self.rules.join(", "))
    }
}

/// What a comment says, if it speaks to this program.
#[must_use]
pub fn read(comment: &str, line: u32, column: u32, last: u32) -> Option<Allow> {
    let said = comment.trim();
    let said = said
        .strip_prefix("heard:")
        .or_else(|| said.strip_prefix("heard "))?
        .trim();
    let said = said.strip_prefix("allow").unwrap_or("").trim_start();
    let (ids, reason) = said.split_once(':').unwrap_or((said, ""));
    let rules = ids
        .split([',', ' '])
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect();
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Allow {
        rules,
        reason: Some(reason).filter(|r| !r.is_empty()),
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
            Some((
                vec!["standalone-statement".to_owned()],
                Some("approved by legal".to_owned())
            ))
        );
        assert_eq!(
            read("heard: allow a, b"),
            Some((vec!["a".to_owned(), "b".to_owned()], None))
        );
        assert_eq!(read("heard: alow a"), Some((Vec::new(), None)));
        assert_eq!(read(" nobody heard: this "), None);
    }
}
