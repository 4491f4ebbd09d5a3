//! What the readers of JSON have in common: a document is recognised by its outline, parsed whole, and read field by
//! field, because the vendors' own files leave fields out, write them as null, `"None"` or as strings, and add new
//! ones with every version.

pub mod about;
pub mod base64url;
pub mod builder;
pub mod call_line;
pub mod described;
pub mod document;
pub mod error;
pub mod events;
pub mod field;
pub mod lines;
pub mod rows;
pub mod time;
pub mod voice_ai;
pub mod words;

pub use crate::input::detect::outline::Sight;
pub use crate::input::format::{JsonFormat, Lines};
pub use builder::CallBuilder;
pub use document::Document;
pub use error::json_error;
pub use field::Fields;
pub use lines::json_lines;
pub use serde_json::Value;
pub use time::At;

#[cfg(test)]
pub mod testing {
    //! Reading fixtures, and showing what came of them.

    use super::JsonFormat as _;
    use super::{Document, Sight};
    use crate::call::Call;
    use crate::input::detect::best;
    use crate::input::format::{Format, Head, Record};

    /// The calls of a document, which must also be recognised as what it is among all formats.
    #[must_use]
    pub fn calls(document: &'static Document, json: &str) -> Vec<Call> {
        let head = Head::new(json.as_bytes(), true, "");
        let found = best(&head).map(|(f, _)| f.name());
        assert_eq!(found, Some(document.info.name), "recognised");
        forced(document, json).expect("calls")
    }

    /// The calls of a document, whatever it looks like.
    pub fn forced(document: &Document, json: &str) -> Result<Vec<Call>, String> {
        let mut call = Call::default();
        let mut calls = Vec::new();
        let record = Record { bytes: json.as_bytes(), header: None };
        document
            .parse(&record, &mut call, &mut |c| {
                calls.push(c.clone());
                c.clear();
            })
            .map_err(|e| e.0)?;
        Ok(calls)
    }

    /// Whether the document's own sniffer takes it.
    #[must_use]
    pub fn takes(document: &Document, json: &str) -> bool {
        let outline = crate::input::detect::outline::Outline::of(json.as_bytes());
        let sight = Sight { outline: &outline, complete: true };
        document.sight(&sight).is_some_and(|(c, _)| c > 0.5)
    }

    /// The turns of a call, a line each: `agent [label] 1.5-2 hello`.
    #[must_use]
    pub fn shown(call: &Call) -> Vec<String> {
        let time = |t: Option<f64>| t.map_or("?".to_owned(), |t| format!("{t}"));
        call.turns
            .iter()
            .map(|t| {
                format!(
                    "{} [{}] {}-{} {}",
                    call.role(t),
                    call.speakers[usize::from(t.speaker)].label,
                    time(t.start),
                    time(t.end),
                    call.turn_text(t)
                )
            })
            .collect()
    }

    /// The words of a call with their times.
    #[must_use]
    pub fn words(call: &Call) -> Vec<(String, f64, f64)> {
        call.words.iter().map(|w| (call.word(w).to_owned(), w.start, w.end)).collect()
    }
}
