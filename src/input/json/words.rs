//! Turns out of words: cut where the speaker changes and nowhere else, with punctuation glued to what it follows.

use serde_json::Value;

use crate::input::json::builder::CallBuilder;
use crate::input::json::time::At;

/// Who speaks: what makes a label into a speaker of the call.
pub type Who<'f> = &'f dyn Fn(&mut CallBuilder<'_>, &str) -> Option<u16>;

/// One word or mark.
#[derive(Clone, Copy, Debug, Default)]
pub struct Piece<'v> {
    /// The speaker's label; none if the word has none and belongs to whoever speaks.
    pub speaker: Option<&'v str>,
    /// The word.
    pub text: &'v str,
    /// Seconds.
    pub start: Option<f64>,
    /// Seconds.
    pub end: Option<f64>,
    /// Stands right behind what came before, whoever said that.
    pub glued: bool,
    /// A mark or a space rather than a word.
    pub mark: bool,
}

/// The words of the turn that grows.
#[derive(Debug, Default)]
pub struct Words<'v> {
    speaker: Option<&'v str>,
    text: String,
    pieces: Vec<Piece<'v>>,
    verbatim: bool,
}

impl<'v> Words<'v> {
    /// Words between which stands a space.
    pub fn spaced() -> Self {
        Words::default()
    }

    /// Words whose spaces are pieces of their own.
    pub fn verbatim() -> Self {
        Words { verbatim: true, ..Words::default() }
    }

    /// Adds a piece; a change of speaker ends the turn before.
    pub fn push(&mut self, piece: Piece<'v>, builder: &mut CallBuilder<'_>, who: Who<'_>) {
        let changes = piece.speaker.is_some() && piece.speaker != self.speaker;
        if changes && (!piece.glued || self.pieces.is_empty()) {
            self.end(builder, who);
            self.speaker = piece.speaker;
        }
        let text = if self.verbatim { piece.text } else { piece.text.trim() };
        if text.is_empty() {
            return;
        }
        if !self.verbatim && !piece.glued && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.pieces.push(piece);
    }

    /// Ends the turn that grows.
    pub fn end(&mut self, builder: &mut CallBuilder<'_>, who: Who<'_>) {
        let label = self.speaker.unwrap_or_default();
        let pieces = std::mem::take(&mut self.pieces);
        let timed = || pieces.iter().filter(|p| !p.mark);
        let start = timed().find_map(|p| p.start).map(At::Offset);
        let end = timed().rev().find_map(|p| p.end).map(At::Offset);
        if !self.text.trim().is_empty()
            && let Some(speaker) = who(builder, label)
            && builder.push_turn(speaker, start, end, &self.text)
        {
            for piece in timed() {
                builder.push_word(piece.text, piece.start.map(At::Offset), piece.end.map(At::Offset));
            }
        }
        self.text.clear();
    }
}

/// The speaker of a diarised label: it may still be a word for a role, where the user named the speakers.
pub fn diarised(builder: &mut CallBuilder<'_>, label: &str) -> Option<u16> {
    builder.by_labels();
    builder.labelled(label)
}

/// The label of a bare number: `spk_0`, `ch_1`. A label that is no number stays as it is, nothing stays empty.
pub fn numbered(prefix: &str, value: &Value) -> String {
    match value {
        Value::Number(n) => format!("{prefix}_{}", n.as_f64().unwrap_or(0.0)),
        Value::String(s) if !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{prefix}_{s}")
        }
        Value::String(s) => s.trim().to_owned(),
        _ => String::new(),
    }
}

/// Brings pieces into the order of their times: channels are told one after the other or word by word, but spoke
/// at once. What has no time of its own, such as a mark, goes with the piece before it.
pub fn weave(pieces: &mut Vec<Piece<'_>>) {
    let mut last = f64::NEG_INFINITY;
    let mut keyed: Vec<(f64, Piece<'_>)> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        if !piece.mark {
            last = piece.start.unwrap_or(last);
        }
        keyed.push((last, piece));
    }
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces.extend(keyed.into_iter().map(|(_, piece)| piece));
}

/// Turns out of all these pieces.
pub fn turns<'v>(pieces: impl IntoIterator<Item = Piece<'v>>, builder: &mut CallBuilder<'_>, who: Who<'_>) {
    let mut words = Words::spaced();
    for piece in pieces {
        words.push(piece, builder, who);
    }
    words.end(builder, who);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;

    #[test]
    fn turns_change_with_the_speaker_alone() {
        let mut call = Call::default();
        let mut got = Vec::new();
        let mut each = |c: &mut Call| got.push(c.clone());
        let mut builder = CallBuilder::of(&mut call, &mut each);
        let mut words = Words::spaced();
        let said = [
            ("A", "Hello", 0.0, false),
            ("B", ",", 0.4, true),
            ("A", "you", 60.0, false),
            ("B", "Hi", 61.0, false),
            ("B", "!", 61.0, true),
        ];
        for (speaker, text, start, mark) in said {
            let piece =
                Piece { speaker: Some(speaker), text, start: Some(start), end: Some(start + 0.3), glued: mark, mark };
            words.push(piece, &mut builder, &diarised);
        }
        words.end(&mut builder, &diarised);
        builder.hand_over();
        let shown: Vec<_> = got[0].turns.iter().map(|t| (got[0].turn_text(t), t.start, t.end, t.words.len())).collect();
        assert_eq!(shown, [("Hello, you", Some(0.0), Some(60.3), 2), ("Hi!", Some(61.0), Some(61.3), 1)]);
    }
}
