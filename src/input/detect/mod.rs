//! Which format an input has: the highest guess over 0.5 of all sniffers, or why there is none.

mod best;
pub mod lines;
pub mod outline;

pub use best::{RunnerUp, best, recognise, runner_up};

use crate::input::files::own_report;
use crate::input::formats::generic_json::{self, GENERIC_JSON};
use crate::input::json::{Value, json_error, json_lines, sketch};
use crate::input::registry::{InputFormat, parties_alone};
use crate::input::text::prose;
use crate::input::{Format, Framing, Guess, Head};

/// How much of an input sniffers see.
pub const HEAD: usize = 64 << 10;

/// What an input was found to be.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The format.
    pub format: InputFormat,
    /// How it is cut into records.
    pub framing: Framing,
    /// How sure, and why.
    pub guess: Guess,
}

/// Finds the format of an input by its first bytes, which come without a byte order mark. The error says what is wrong
/// with it; `None` in it means that only the whole input can tell (JSON of no known shape, or broken).
pub fn detect(first: &[u8], complete: bool, name: &str) -> Result<Found, Option<String>> {
    let head = &Head::new(&first[..first.len().min(HEAD)], complete && first.len() <= HEAD, name);
    let bytes = first.trim_ascii_start();
    if bytes.is_empty() {
        return Err(Some("is empty: there is no transcript in it".into()));
    }
    if own_report::is_report(bytes) || (complete && own_report::ends_as_report(bytes)) {
        return Err(Some(format!("is {}", own_report::WHAT)));
    }
    if json_lines(bytes, complete) {
        if let Some((format, guess)) = lines::of_lines(bytes) {
            return Ok(Found { format: InputFormat::Format(format), framing: Framing::Whole, guess });
        }
        let guess = Guess { confidence: 0.9, because: "one JSON document a line" };
        return Ok(Found { format: InputFormat::Jsonl, framing: Framing::Lines, guess });
    }
    if prose::valid_start(head.bytes, head.complete).is_some_and(crate::input::formats::stm_ctm::like_rttm) {
        return Err(Some("is RTTM: it tells who speaks when, but holds no words; pass the transcript itself".into()));
    }
    if let Some((format, guess)) = best(head) {
        return Ok(Found { format: InputFormat::Format(format), framing: format.framing(head), guess });
    }
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return Err(Some("is UTF-16 text: save it as UTF-8".into()));
    }
    if bytes.contains(&0) {
        return Err(Some("is binary (it holds NUL bytes), not a transcript".into()));
    }
    match prose::valid_start(bytes, complete) {
        None => Err(prose::utf8(first).err().map(|why| why.0)),
        Some(text) if prose::like_json(text) => Err(None),
        Some(_) => Err(Some(
            "is no transcript of a known format: no speaker labels (such as \"Agent:\"), no known columns or keys; see `heard formats`, or name it with --from"
                .into(),
        )),
    }
}

/// Finds the format of JSON whose beginning did not tell: key by key through all of it.
pub fn detect_whole(bytes: &[u8], name: &str) -> Option<Found> {
    // A cut document would be taken for less than it is.
    let document = serde_json::from_slice::<Value>(bytes).ok()?;
    let (format, guess) = best(&Head::whole(bytes, name)).or_else(|| of_content(&document, bytes))?;
    Some(Found { format: InputFormat::Format(format), framing: Framing::Whole, guess })
}

/// What a parsed document is, where its outline does not tell: turns may stand in shapes that only their values show.
fn of_content(document: &Value, bytes: &[u8]) -> Option<(&'static dyn Format, Guess)> {
    let guess = Guess { confidence: 0.55, because: "texts in an order, each with who says it" };
    generic_json::reads(document, bytes).then_some((&GENERIC_JSON as &dyn Format, guess))
}

/// The format of a document that is one of many.
pub fn of_record(bytes: &[u8]) -> Option<&'static dyn Format> {
    let of_values = || of_content(&serde_json::from_slice(bytes).ok()?, bytes);
    best(&Head::new(bytes, true, "")).or_else(of_values).map(|(format, _)| format)
}

/// Why JSON that no reader knows cannot be read.
pub fn unknown_json(bytes: &[u8]) -> String {
    let document = match serde_json::from_slice::<Value>(bytes) {
        Ok(document) => document,
        Err(e) => return json_error(&e),
    };
    let head = Head::new(bytes, true, "");
    if parties_alone(head.outline()) {
        return "holds who took part in calls, but no words; pass it as --meta together with the transcripts".into();
    }
    format!("is JSON of a shape that no reader knows: {}", sketch::sketch(&document))
}
