//! Lines of a transcript that nobody says: who joined and left, the number of the page, the end.

/// What chats write when somebody comes or goes; a name stands in front.
const COME_AND_GONE: &[&str] = &[
    "has joined",
    "has left",
    "has joined the chat",
    "has left the chat",
    "joined the chat",
    "left the chat",
    "has joined the conversation",
    "has left the conversation",
    "joined the conversation",
    "left the conversation",
    "has joined the call",
    "has left the call",
    "joined the call",
    "left the call",
    "has entered the chat",
    "entered the chat",
    "has ended the chat",
    "ended the chat",
    "closed the chat",
    "has disconnected",
    "is typing",
];
/// What stands where a transcript begins or ends.
const ENDS: &[&str] = &[
    "end of transcript",
    "end of the transcript",
    "end of call",
    "end of the call",
    "end of recording",
    "end of chat",
    "end of conversation",
    "transcript ends",
    "transcript ended",
    "call ended",
    "call ends",
    "chat ended",
    "conversation ended",
    "recording ends",
    "recording ended",
    "beginning of transcript",
    "start of transcript",
    "call started",
    "chat started",
    "recording starts",
    "recording started",
];
/// Fields that stand below a transcript and that nobody reads out.
const FOOT: &[&str] = &[
    "agent id", "call duration", "call id", "conversation id", "csat", "disposition", "duration", "end time", "note",
    "notes", "outcome", "recording id", "resolution", "summary", "total duration", "transcribed by", "wrap up",
    "wrap up code", "wrap-up code",
];

/// Whether a line, without a time in front, is such a note.
pub fn is_notice(line: &str) -> bool {
    let bare = line.trim_matches(['*', '-', '–', '—', '=', '~', ' ', '\t', '.', '…', '[', ']']);
    let marks = |c: char, few: usize| {
        let (before, behind) =
            (line.len() - line.trim_start_matches(c).len(), line.len() - line.trim_end_matches(c).len());
        before >= few && behind >= few && before < line.len()
    };
    // Only captions and lyrics have it.
    if line.contains('♪') {
        return true;
    }
    if marks('*', 3) || marks('-', 2) || marks('=', 2) {
        return true;
    }
    // Cheap: no note is long, and none holds what ends a sentence or a label.
    if bare.len() > 60 || bare.contains([':', '?', '!', ',']) {
        return false;
    }
    let lower = bare.to_lowercase();
    lower.starts_with("chat ended by ")
        || ENDS.contains(&lower.as_str())
        || is_page(&lower)
        || is_come_or_gone(bare, &lower)
}

/// `Page 2`, `page 2 of 3`.
fn is_page(lower: &str) -> bool {
    let number = |n: &str| !n.is_empty() && n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit());
    lower.strip_prefix("page ").is_some_and(|rest| match rest.split_once(" of ") {
        Some((page, all)) => number(page) && number(all),
        None => number(rest),
    })
}

/// `Jo has joined the chat`; not `I left the chat`, nor `when you left the call`.
fn is_come_or_gone(bare: &str, lower: &str) -> bool {
    let who = COME_AND_GONE.iter().filter_map(|end| Some(lower.strip_suffix(end)?.trim_end().len())).min();
    let Some(who) = who.and_then(|len| bare.get(..len)).filter(|who| !who.is_empty()) else {
        return false;
    };
    let first = who.split(' ').next().unwrap_or_default();
    let pronoun =
        matches!(first, "I" | "We" | "You" | "He" | "She" | "It" | "They" | "That" | "This" | "Who" | "Nobody");
    let named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(');
    !pronoun && who.split(' ').count() <= 4 && who.split(' ').all(named)
}

/// Whether a label is that of a field below a transcript.
pub fn is_foot(label: &str) -> bool {
    FOOT.contains(&label.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_speech() {
        for note in [
            "*** Jo joined the chat ***",
            "Jo Lee has left the conversation.",
            "Visitor 48213 has joined",
            "-- end of page --",
            "Page 2 of 13",
            "End of transcript",
            "--- Chat ended ---",
            "♪ hold music ♪",
        ] {
            assert!(is_notice(note), "{note}");
        }
        for speech in [
            "I left the chat",
            "You left the call",
            "Because the last agent left the chat",
            "My son has left",
            "Page 2 of the bill is wrong",
            "**Hello there**",
            "- Hello there",
            "So that is the end of the call?",
        ] {
            assert!(!is_notice(speech), "{speech}");
        }
    }
}
