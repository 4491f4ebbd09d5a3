//! Whether bytes are text that somebody may have said: the guard against reading code, tables or binaries as calls.
//! A wrong guess is worse than a refusal.

use crate::input::ReadError;

/// The valid UTF-8 of a head: all of it, or, where the head is cut, all but a split last character.
pub fn valid_start(bytes: &[u8], complete: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) if !complete && e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// Bytes as text, or what to say of bytes that are none.
pub fn utf8(bytes: &[u8]) -> Result<&str, ReadError> {
    simdutf8::compat::from_utf8(bytes).map_err(|e| {
        if bytes.contains(&0) {
            return ReadError("is binary (it holds NUL bytes), not a transcript".into());
        }
        let at = e.valid_up_to();
        ReadError(format!("is not valid UTF-8 (byte {at}); save it as UTF-8"))
    })
}

/// Whether it begins the way JSON does. `[0:07] Agent:` and `[SPEAKER_01]:` do not.
pub fn like_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return !text.starts_with("{{");
    }
    let Some(inner) = text.strip_prefix('[') else {
        return false;
    };
    let inner = inner.trim_start();
    let number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    inner.is_empty()
        || inner.starts_with(['{', '[', '"'])
        || inner.starts_with(']') && inner[1..].trim().is_empty()
        || number.len() < inner.len() && number.trim_start().starts_with(',')
}

/// Whether it is a subtitle file, whose cues must not be taken for what somebody says.
pub fn like_subtitles(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(12);
    let Some(mut last) = lines.next() else {
        return false;
    };
    if last.starts_with("WEBVTT") {
        return true;
    }
    for line in lines {
        if line.contains("-->") && last.bytes().all(|b| b.is_ascii_digit()) {
            return true;
        }
        last = line;
    }
    false
}

/// Whether text without labels is prose: words in lines, few signs of code or tables.
pub fn like_speech(text: &str) -> bool {
    let (mut letters, mut odd, mut other) = (0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_alphabetic() {
            letters += 1;
        } else if matches!(c, '{' | '}' | '<' | '>' | '=' | ';' | '\\' | '|' | '_' | '^' | '~' | '`' | '/' | '$' | '+')
        {
            odd += 1;
        } else if c.is_control() || c == '\u{fffd}' {
            return false;
        } else {
            other += 1;
        }
    }
    let all = letters + odd + other;
    let words = text.split_whitespace().count();
    let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
    words >= 8
        && letters * 4 >= all * 3
        && odd * 40 <= all
        && words >= lines * 3
        && !like_table(text)
        && sentences(text)
}

/// Prose has words of middling length; base64 and word lists have not.
fn sentences(text: &str) -> bool {
    let words: Vec<usize> = text.split_whitespace().take(400).map(|w| w.chars().count()).collect();
    // Languages without spaces have long "words" of their own letters.
    let latin = text.chars().filter(|c| c.is_alphabetic()).take(200).all(|c| (c as u32) < 0x0530);
    !latin || words.iter().sum::<usize>() <= words.len() * 12
}

/// Every line with the same number, two or more, of one separator.
fn like_table(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    lines.len() >= 2
        && [',', ';', '\t', '|'].iter().any(|sep| {
            let count = |l: &&str| l.matches(*sep).count();
            let first = lines.first().map_or(0, count);
            first >= 2 && lines.iter().all(|l| count(l) == first)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_brackets_are_told_apart() {
        for json in ["{\"a\":1", " [{", "[\"a\"", "[1, 2", "[]", "[\n  {"] {
            assert!(like_json(json), "{json}");
        }
        for text in ["[0:07] Agent: hi", "[SPEAKER_01]: hi", "[12] Agent: hi", "Agent: {x}", "[PII] is calling"] {
            assert!(!like_json(text), "{text}");
        }
    }

    #[test]
    fn subtitles_are_none_of_ours() {
        assert!(like_subtitles("WEBVTT\n\n00:01.000 --> 00:02.000\nAgent: Hi"));
        assert!(like_subtitles("1\n00:00:01,000 --> 00:00:02,000\nAgent: Hi\n"));
        assert!(!like_subtitles("00:01 --> 00:02 Agent: Hi\n00:03 --> 00:04 Customer: Hi\n"));
    }

    #[test]
    fn prose_is_not_code_nor_a_table() {
        assert!(like_speech("Hello, thank you for calling Acme, my name is Jo. How can I help you today?"));
        for wrong in [
            "fn main() { let x = 1; println!(\"{x}\"); } // nothing here that anybody says aloud",
            "id,agent,queue\n1,Jo,billing\n2,Ann,sales and other things with words in them\n",
            "serde\nregex\ntoml\njiff\ncsv\nclap\nanyhow\nflate2\nmemchr\n",
            "a b c",
        ] {
            assert!(!like_speech(wrong), "{wrong}");
        }
    }
}
