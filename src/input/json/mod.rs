//! What the readers of JSON have in common: a document is recognised by its outline, parsed whole, and read field by
//! field, because the vendors' own files leave fields out, write them as null, `"None"` or as strings, and add new
//! ones with every version.

pub mod about;
pub mod base64url;
pub mod described;
pub mod error;
pub mod events;
pub mod field;
pub mod lines;
pub mod rows;
pub mod talk;
pub mod time;

pub mod voice_ai;
pub mod words;

pub use error::json_error;
pub use field::Fields;
pub use lines::json_lines;
pub use serde_json::Value;
pub use talk::Talk;
pub use time::At;

use super::outline::Outline;
use super::{FORMATS, Format, FormatInfo, Guess, Head, Record, Unread};
use crate::call::Call;

/// What is wrong with a document of which nothing came.
const SILENT: &str = "nobody says anything in it: no utterance of it holds words";

/// A format that is one JSON document, so that it may stand inside another one.
pub trait JsonFormat: Format {
    /// Whether an outline looks like it: how sure, and what gave it away.
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)>;
    /// Reads the document's calls; the last one is handed over by itself. What cannot be read is refused.
    fn read(&self, document: &Value, talk: &mut Talk<'_>);
    /// Whether its documents may be single events, one a line.
    fn streamed(&self) -> bool {
        false
    }
    /// What is wrong with a document of which nothing came.
    fn silent(&self) -> String {
        SILENT.to_owned()
    }
}

/// A JSON format that needs code: everything that tells it apart from the others.
pub struct Document {
    /// What it is.
    pub info: FormatInfo,
    /// See [`JsonFormat::streamed`].
    pub streamed: bool,
    /// See [`JsonFormat::sight`].
    pub sniff: fn(&Sight<'_>) -> Option<(f64, &'static str)>,
    /// See [`JsonFormat::read`].
    pub read: fn(&Value, &mut Talk<'_>),
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.info.name)
    }
}

/// What a sniffer sees of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// Its key paths.
    pub outline: &'a Outline,
    /// Whether that is all of it.
    pub complete: bool,
}

impl Sight<'_> {
    /// Whether all of these paths occur.
    #[must_use]
    pub fn all(&self, paths: &[&str]) -> bool {
        paths.iter().all(|p| self.outline.has(p))
    }

    /// Whether any of these paths occurs.
    #[must_use]
    pub fn any(&self, paths: &[&str]) -> bool {
        paths.iter().any(|p| self.outline.has(p))
    }
}

impl Format for Document {
    fn info(&self) -> FormatInfo {
        self.info
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let sight = Sight { outline: head.outline(), complete: head.complete };
        let (confidence, because) = (self.sniff)(&sight)?;
        Some(Guess { confidence, because })
    }

    fn document(&self) -> Option<&dyn JsonFormat> {
        Some(self)
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), Unread> {
        parse(self, record, call, each)
    }
}

impl JsonFormat for Document {
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)> {
        (self.sniff)(sight)
    }

    fn read(&self, document: &Value, talk: &mut Talk<'_>) {
        (self.read)(document, talk);
    }

    fn streamed(&self) -> bool {
        self.streamed
    }
}

/// Reads a record of a JSON format: a document, or events of several calls, one a line.
pub fn parse(
    format: &dyn JsonFormat,
    record: &Record<'_>,
    call: &mut Call,
    each: &mut dyn FnMut(&mut Call),
) -> Result<(), Unread> {
    let values = match events::calls(format, record.bytes) {
        Some(calls) => calls?,
        None => vec![serde_json::from_slice(record.bytes).map_err(|e| Unread(json_error(&e)))?],
    };
    let mut talk = Talk::of(call, each);
    for value in values {
        format.read(&value, &mut talk);
        if let Some(why) = talk.refused() {
            return Err(why);
        }
        talk.hand_over();
    }
    if talk.handed() == 0 { Err(Unread(format.silent())) } else { Ok(()) }
}

/// The format of a document that stands inside another one, as vCon nests them.
#[must_use]
pub fn recognise(value: &Value) -> Option<&'static dyn JsonFormat> {
    let bytes = serde_json::to_vec(value).ok()?;
    let outline = Outline::whole(&bytes);
    let sight = Sight { outline: &outline, complete: true };
    let mut best: Option<(f64, &'static dyn JsonFormat)> = None;
    for document in FORMATS.iter().filter_map(|f| f.document()) {
        if let Some((confidence, _)) = document.sight(&sight)
            && confidence > best.map_or(0.5, |(b, _)| b)
        {
            best = Some((confidence, document));
        }
    }
    best.map(|(_, document)| document)
}

#[cfg(test)]
pub mod testing {
    //! Reading fixtures, and showing what came of them.

    use super::{Document, Format, Head, Record, Sight};
    use crate::call::Call;
    use crate::input::detect::best;

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
        let outline = super::Outline::of(json.as_bytes());
        let sight = Sight { outline: &outline, complete: true };
        (document.sniff)(&sight).is_some_and(|(c, _)| c > 0.5)
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
