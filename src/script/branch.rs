//! Which lines are branches: "If the customer is upset:", "## Option B", "- Otherwise: …".
//!
//! A condition speaks *about* the customer; "If you'd like, I can call you back" speaks *to* them and is speech.

use super::emphasis::{emphasised, is_bracketed};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A branch, opened in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The condition, in bytes of the line.
    pub label: Range<usize>,
    /// Where the rest of the line begins, which is said on the branch; the line's end if nothing follows.
    pub rest: usize,
}

/// A line without a colon is a condition up to this length; a longer one is a sentence that goes on in the next line.
const BARE: usize = 48;

/// A long line is no condition.
const LONGEST: usize = 140;

fn regex(pattern: &str) -> Regex {
    Regex::new(&format!("(?i){pattern}")).expect("a pattern of this file")
}

const PERSON: &str = "(?:customer|caller|client|guest|member|patient|cardholder|policyholder|subscriber|tenant|passenger|shopper|buyer)s?";

/// A condition in words.
static CONDITION: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:if|when|whenever|in case|in the event|should|unless)\b\s*\S"));
/// The customer in some state, or doing something.
static STATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:the |an? )?{PERSON} (?:is|are|isn['’]t|was|has|hasn['’]t|does|doesn['’]t|did|didn['’]t|wants?|asks?|refuses?|agrees?|accepts?|declines?|disagrees?|can|can['’]t|cannot|remains?|stays?|becomes?|gets?|seems?|sounds?|needs?|hesitates?|insists?|complains?|threatens?|confirms?|denies|objects?|cries|says (?:yes|no))\b"
    ))
});
/// A kind of customer: "Upset customer", "For angry callers".
static SORT: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:for |an? |the )*(?:very |still )?(?:upset|angry|irate|furious|frustrated|annoyed|unhappy|dissatisfied|calm|calmer|happy|satisfied|worried|anxious|scared|sad|grieving|bereaved|abusive|rude|confused|escalated|complaining|returning|new|existing|first-time|vulnerable) {PERSON}\b"
    ))
});
/// One of a numbered few.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(?:option|scenario|case|branch|path|variant|version|situation|objection|route)\s+(?:#?\d{1,2}|[a-h])\b")
});
/// Some of the customers: "For VIP customers". For all of them is none.
static FOR: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"^for (?:[\w'’-]+ ){{1,3}}{PERSON}(?: (?:who|that|with|without|whose) .+)?$")));
/// The other way, or a bare answer.
static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^(?:otherwise|else|or else|if (?:not|no|yes|so|neither|none)|yes|no|neither|none of these)\s*$")
});
/// "Complaint branch", "Refund path".
static NAMED: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(?:branch|path|variant|scenario|route)$"));
/// A condition that is one without a colon, in a line of its own.
static BARE_CONDITION: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"^(?:otherwise|(?:if|when|whenever|unless) (?:the |an? )?{PERSON} \S.*)$")));
/// Headings that begin like a condition and are none.
static NO_CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:when to\b|when (?:you|we) (?:start|begin|greet|answer|open|close|end|finish)|if (?:needed|applicable|necessary|required|possible)\b|when (?:needed|in doubt)\b)",
    )
});
/// Somebody is spoken to.
static ADDRESSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?:you|your|yours|you['’](?:re|d|ve|ll)|i|i['’](?:m|d|ve|ll)|we|we['’](?:re|d|ve|ll)|me|us|our|my)\b")
});
/// "…, say" before the words to say.
static SAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(.*?)(?:,|\s[–—-])?\s*(?:then\s+|you can\s+)?\b(?:say|ask|reply|respond|respond with|answer|read|tell (?:him|her|them)|offer)\s*:?\s*$",
    )
});
/// What stands for itself after all branches: it ends one.
static REJOINS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:then\b|continue|next\b|after that|afterwards|in (?:any|either|all|both) (?:case|event)|for (?:all|every|any)\b|either way|all (?:customers|callers|branches|paths)|back to|rejoin|resume|end if|endif|everyone|always)",
    )
});

/// Whether a line ends the branch before it.
#[must_use]
pub fn rejoins(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.len() <= 60 && REJOINS.is_match(text)
}

/// Whether a condition is the rest of all others.
#[must_use]
pub fn is_rest(label: &str) -> bool {
    let label = label.trim().to_ascii_lowercase();
    ["otherwise", "else", "or else", "if not", "if no", "no", "neither", "none of these", "if neither", "if none"]
        .iter()
        .any(|rest| label.strip_prefix(rest).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric())))
}

/// Whether a condition stands here that wants no colon.
fn is_condition(text: &str, heading: bool) -> bool {
    let asked = CONDITION.is_match(text) && !NO_CONDITION.is_match(text);
    asked
        || STATE.is_match(text)
        || NUMBERED.is_match(text)
        || ANSWER.is_match(text)
        || SORT.is_match(text)
        || FOR.is_match(text) && !REJOINS.is_match(text)
        || heading && NAMED.is_match(text)
}

/// Reads a line, or a heading, as a branch.
#[must_use]
pub fn opens(line: &str, heading: bool) -> Option<Opened> {
    const AROUND: [char; 9] = ['*', '_', '(', '[', ' ', '\t', '#', '>', '~'];
    let start = line.len() - line.trim_start_matches(AROUND).len();
    let text = line[start..].trim_end();
    let whole = emphasised(line).is_some() || is_bracketed(line) || is_loud(text);
    let trim = |s: &str| s.trim_end_matches(['*', '_', ')', ']', ' ', ':', '~', ',']).len();
    let opened = |len: usize, rest: usize| Opened { label: start..start + trim(&line[start..start + len]), rest };
    // No colon needed: a heading, or a line that is emphasised or bracketed as a whole.
    if heading || whole {
        let inner = &text[..trim(text)];
        let short = inner.len() <= LONGEST && !inner.contains(['?', '!']);
        let spoken_to = !heading && ADDRESSED.is_match(inner) && !STATE.is_match(inner);
        if short && is_condition(inner, heading) && !spoken_to {
            return Some(opened(text.len(), line.len()));
        }
        if heading {
            return None;
        }
    }
    // "(If upset) I'm so sorry."
    if let Some((label, rest)) = bracketed(line)
        && is_condition(&line[label.clone()], false)
        && !ADDRESSED.is_match(&line[label.clone()])
    {
        return Some(Opened { label, rest });
    }
    if let Some((at, len)) = divider(text) {
        let condition = text[..at].trim_end_matches(['*', '_', ')', ']', ' ']);
        let after = text[at + len..].trim_start_matches(['*', '_', ')', ']', ' ', '\t']);
        // What the customer says may stand in quotation marks: `If they say "Why?":`.
        let own = without_quotes(condition);
        let broken = own.contains(['?', '!', '"', '“']) || own.contains(". ");
        if !broken && is_condition(condition, false) {
            let bare = !ADDRESSED.is_match(&own) || STATE.is_match(condition);
            if after.is_empty() && len == 1 {
                return Some(opened(at, line.len()));
            }
            if bare && !after.is_empty() {
                let len = SAY.captures(condition).and_then(|c| c.get(1)).map_or(at, |m| m.end());
                return Some(opened(len.max(1), start + text.len() - after.len()));
            }
        }
    }
    // "If the customer is upset" in a line of its own: nobody says that to them.
    let ends = text.ends_with(|c: char| c.is_alphanumeric());
    if ends && text.len() <= BARE && BARE_CONDITION.is_match(text) && !ADDRESSED.is_match(text) {
        return Some(opened(text.len(), line.len()));
    }
    // `If the customer says "no", say "…"`
    let quotes = text.match_indices(['"', '“']).map(|(at, _)| at);
    let mut conditions = quotes.take_while(|&at| at <= LONGEST).filter_map(|quote| {
        let condition = SAY.captures(&text[..quote])?.get(1)?;
        let own = without_quotes(condition.as_str());
        let asked = is_condition(condition.as_str(), false);
        (asked && !own.contains(['"', '“']) && !own.contains(". ") && !ADDRESSED.is_match(&own))
            .then(|| (condition.end(), opened(condition.end(), start + quote)))
    });
    // "If they say" is still the condition: "…, say" is what comes after one.
    let first = conditions.next()?;
    let apart = |at: usize| text[at..].trim_start().starts_with([',', '–', '—', '-']);
    let better = if apart(first.0) { None } else { conditions.find(|(at, _)| apart(*at)) };
    Some(better.unwrap_or(first).1)
}

/// What stands in brackets at the start of a line, and where that goes on behind them.
fn bracketed(line: &str) -> Option<(Range<usize>, usize)> {
    let text = line.trim_start_matches([' ', '\t', '*', '_']);
    let close = match text.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let from = line.len() - text.len() + 1;
    let (inner, rest) = text[1..].split_once(close)?;
    let rest = rest.trim_start_matches([' ', '\t', '*', '_', ':']);
    let short = inner.len() <= LONGEST && !rest.is_empty();
    short.then(|| (from..from + inner.len(), line.len() - rest.len()))
}

/// What divides a condition from what is said on it, and how long it is: a colon, an arrow, a dash. In speech dashes
/// stand everywhere, so that one only divides what is surely about the customer.
fn divider(text: &str) -> Option<(usize, usize)> {
    let colon = text.match_indices(':').find(|(at, _)| is_colon(text, *at)).map(|(at, _)| (at, 1));
    let others = [" → ", " -> ", " => ", " – ", " — ", " - "].iter().filter_map(|mark| {
        let at = text.find(mark)?;
        let dash = !mark.contains(['→', '>']);
        let sure = |c: &str| ANSWER.is_match(c) || BARE_CONDITION.is_match(c);
        (!dash || at <= LONGEST && sure(&text[..at])).then_some((at, mark.len()))
    });
    let first = colon.into_iter().chain(others).min();
    first.filter(|(at, _)| *at <= LONGEST)
}

/// A text without what stands between quotation marks.
fn without_quotes(text: &str) -> String {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| regex("\"[^\"]*\"|“[^”]*”"));
    QUOTED.replace_all(text, "").into_owned()
}

/// A colon between words, not that of a time or a link.
fn is_colon(text: &str, at: usize) -> bool {
    let after = text[at + 1..].chars().next();
    after.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | ')' | ']'))
}

/// Whether all letters are capitals, as in headings of plain text.
fn is_loud(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() >= 4 && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<(&str, &str)> {
        opens(line, false).map(|o| (&line[o.label], &line[o.rest..]))
    }

    #[test]
    fn conditions_about_the_customer_are_branches() {
        for (line, found) in [
            ("If the customer is upset:", ("If the customer is upset", "")),
            ("**If the customer is upset:**", ("If the customer is upset", "")),
            ("**If the customer is upset**", ("If the customer is upset", "")),
            ("(If the caller refuses)", ("If the caller refuses", "")),
            ("IF THE CUSTOMER IS UPSET", ("IF THE CUSTOMER IS UPSET", "")),
            ("If yes: Great, thank you.", ("If yes", "Great, thank you.")),
            ("**If no:** I see.", ("If no", "I see.")),
            ("Otherwise: Let's go on.", ("Otherwise", "Let's go on.")),
            ("If they agree, say: \"Great.\"", ("If they agree", "\"Great.\"")),
            ("If they agree, say \"Great.\"", ("If they agree", "\"Great.\"")),
            ("If you cannot find the account:", ("If you cannot find the account", "")),
            ("Option 2: We can send another.", ("Option 2", "We can send another.")),
            ("The customer declines:", ("The customer declines", "")),
            ("Angry caller:", ("Angry caller", "")),
            ("If the caller is upset", ("If the caller is upset", "")),
            ("Otherwise", ("Otherwise", "")),
            ("**If yes** → Great.", ("If yes", "Great.")),
            ("If no - I see.", ("If no", "I see.")),
            ("(If upset) I'm so sorry.", ("If upset", "I'm so sorry.")),
            ("For VIP customers: Hello.", ("For VIP customers", "Hello.")),
            ("If they say \"Why me?\": I see.", ("If they say \"Why me?\"", "I see.")),
            ("If they say \"no\", say: \"I see.\"", ("If they say \"no\"", "\"I see.\"")),
            ("If they say “no”, say “I see.”", ("If they say “no”", "“I see.”")),
        ] {
            assert_eq!(label(line), Some(found), "{line}");
        }
    }

    #[test]
    fn speech_that_begins_with_if_is_speech() {
        for line in [
            "If you'd like, I can call you back.",
            "If that works for you, I'll book it now.",
            "When you are ready: may I have the number?",
            "No, that is not what I meant.",
            "If the customer asks for a refund, point to the terms.",
            "If the client is yours",
            "If the line drops, I'll call you right back.",
            "Call us at 9:30 if the parcel is late.",
            "If it helps - and it may - I can call you back.",
            "(If you like) I can call you back.",
            "For all customers: the line is open until nine.",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }

    #[test]
    fn headings_need_no_colon() {
        for heading in [
            "If the customer is upset",
            "Complaint branch",
            "Option A – refund",
            "Upset customer",
            "Customer refuses the offer",
            "Otherwise",
        ] {
            assert!(opens(heading, true).is_some(), "{heading}");
        }
        for heading in ["Opening", "When to use this script", "Customer greeting", "If needed"] {
            assert_eq!(opens(heading, true), None, "{heading}");
        }
    }

    #[test]
    fn the_rest_is_known() {
        assert!(is_rest("Otherwise") && is_rest("If not, go on") && is_rest("No"));
        assert!(!is_rest("If nothing helps") && !is_rest("Nobody answers"));
        assert!(rejoins("Then continue:") && rejoins("**In any case:**"));
        assert!(!rejoins("Thank you"));
    }
}
