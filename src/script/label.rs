//! What stands before a colon: who speaks, a note, or the name of a section.

use crate::call::Role;
use crate::roles::labels::parse_label;

/// What a label says of the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// They are spoken, by whom.
    Speaks(Role),
    /// Nobody says them.
    Nobody,
    /// A section's name, or a step's; what follows is like any other text.
    Section,
}

/// A label in front of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it says.
    pub who: Who,
    /// Where the words after it begin, in bytes of the line.
    pub rest: usize,
}

/// Labels that mean the agent without naming a role.
#[rustfmt::skip]
const AGENT: &[&str] = &[
    "you", "say", "say this", "say something like", "script", "read", "read out", "read aloud", "verbatim", "ask", "reply", "respond", "response", "answer",
    "phrase", "wording", "prompt", "what to say", "sample", "sample wording", "example", "for example", "tell the customer", "tell the caller", "ask the customer",
    "ask the caller", "say to the customer", "opening line", "closing line", "empathy statement", "tsr", "cs", "me",
];
/// The same for the caller.
const CUSTOMER: &[&str] = &["cust", "them", "customer response", "caller response"];
/// Labels of notes to the agent.
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "note", "notes", "nb", "tip", "tips", "hint", "goal", "goals", "aim", "purpose", "important", "remember", "reminder", "action", "actions", "do", "don't", "do not",
    "avoid", "never say", "don't say", "do not say", "bad", "wrong", "before", "tone", "internal", "warning", "caution", "instruction", "instructions", "stage", "crm",
    "todo", "owner", "author", "version", "updated", "last updated", "date", "review", "reviewed", "approved", "audience", "use", "use when", "when to use", "context",
    "background", "objective", "outcome", "duration", "time", "why", "system", "script id", "id", "status", "scenario", "setting", "see", "see also", "background noise",
];
/// Sections that scripts name in front of a line.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "greeting", "greet", "opening", "open", "intro", "introduction", "welcome", "verification", "verify", "identification", "security", "security check", "empathy",
    "empathise", "empathize", "acknowledge", "acknowledgement", "apology", "apologise", "apologize", "probe", "probing", "discovery", "question", "questions", "solution",
    "resolution", "resolve", "hold", "transfer", "escalation", "refusal", "offer", "recap", "summary", "close", "closing", "wrap-up", "wrap up", "goodbye", "farewell",
    "thanks", "thank", "callback", "voicemail", "reassure", "reassurance",
];
/// Words at the end of a label that change nothing: "Agent says", "Agent script".
const ENDS: &[&str] = &[
    " says", " say", " script", " response", " reply", " line", " speaks", " answers", " asks", " replies", " responds",
];

/// No label is longer, in bytes.
const LONGEST: usize = 60;

/// The label in front of a line, if there is one.
pub fn split(line: &str) -> Option<Label> {
    let start = line.len() - line.trim_start_matches(['*', '_', ' ', '\t']).len();
    let marked = start > 0 && line[..start].contains(['*', '_']);
    let text = &line[start..];
    let colon = text.find(':').filter(|&at| at <= LONGEST && ends_a_label(&text[at + 1..]));
    if let Some(at) = colon {
        let name = text[..at].trim_end_matches(['*', '_', ' ']);
        let rest = line.len() - text[at + 1..].trim_start_matches(['*', '_', ' ', '\t']).len();
        // `___` after a colon is a blank to fill in, not emphasis.
        let rest = if line[..rest].ends_with("___") { rest - 3 } else { rest };
        return who(name, marked).map(|who| Label { who, rest });
    }
    // "AGENT - Hello", "**Agent** Hello"
    let dash =
        [" - ", " – ", " — ", "** "].into_iter().filter_map(|dash| text.find(dash).map(|at| (at, dash.len()))).min()?;
    let name = text[..dash.0].trim_end_matches(['*', '_', ' ']);
    let exact = name.split_whitespace().count() <= 2 && name.len() <= LONGEST;
    let role = parse_label(name).role;
    (exact && role != Role::Unknown && parse_label(name).name.is_none())
        .then(|| Label { who: Who::Speaks(role), rest: start + dash.0 + dash.1 })
}

/// A label is followed by white space, emphasis or nothing: not by the rest of a time or a link.
fn ends_a_label(after: &str) -> bool {
    after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '“'))
}

fn who(name: &str, marked: bool) -> Option<Who> {
    let key = name.to_lowercase().replace('\u{2019}', "'");
    let key = key.trim();
    let words = key.split_whitespace().count();
    if key.is_empty() || words > 6 || key.contains(['.', '?', '!', '"', '“', ',']) {
        return None;
    }
    if AGENT.contains(&key) {
        return Some(Who::Speaks(Role::Agent));
    }
    if CUSTOMER.contains(&key) {
        return Some(Who::Speaks(Role::Customer));
    }
    if NOTES.contains(&key) {
        return Some(Who::Nobody);
    }
    if SECTIONS.contains(&key) || is_step(key) {
        return Some(Who::Section);
    }
    let bare = ENDS.iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key);
    let parsed = parse_label(bare);
    if parsed.nobody {
        return Some(Who::Nobody);
    }
    // "Customer account:" is no speaker.
    if parsed.role != Role::Unknown {
        return Some(Who::Speaks(parsed.role));
    }
    (marked && words <= 4).then_some(Who::Section)
}

fn is_step(key: &str) -> bool {
    ["step", "part", "phase", "section"].iter().any(|word| {
        key.strip_prefix(word)
            .is_some_and(|n| n.starts_with(' ') && n.trim().chars().all(|c| c.is_ascii_digit()) && !n.trim().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<(Who, &str)> {
        split(line).map(|l| (l.who, &line[l.rest..]))
    }

    #[test]
    fn labels_say_who_speaks() {
        let agent = Who::Speaks(Role::Agent);
        for (line, rest) in [
            ("Agent: Hello.", "Hello."),
            ("**Agent:** Hello.", "Hello."),
            ("**Agent**: Hello.", "Hello."),
            ("AGENT - Hello.", "Hello."),
            ("Say: \"Hello.\"", "\"Hello.\""),
            ("Agent says: Hello.", "Hello."),
            ("CSR:", ""),
            ("Agent (Jo): ___, hello.", "___, hello."),
        ] {
            assert_eq!(found(line), Some((agent, rest)), "{line}");
        }
        assert_eq!(found("Caller: My bill is wrong."), Some((Who::Speaks(Role::Customer), "My bill is wrong.")));
        assert_eq!(found("Note: be kind."), Some((Who::Nobody, "be kind.")));
        assert_eq!(found("Greeting: Hello."), Some((Who::Section, "Hello.")));
        assert_eq!(found("**Recap first:** So."), Some((Who::Section, "So.")));
    }

    #[test]
    fn speech_with_a_colon_has_no_label() {
        for line in [
            "Here is the plan: I'll call you.",
            "We open at 9:30.",
            "I'm so sorry, that's awful: let me help.",
            "Thank you for calling Acme.",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
