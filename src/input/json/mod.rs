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
pub mod python;
pub mod recast;
pub mod rows;
pub mod said;
pub mod sketch;
pub mod surrogates;
pub mod time;
pub mod titles;
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
    //! Showing what came of a document.

    use crate::call::Call;

    /// The turns of a call, a line each: `agent [label] 1.5-2 hello`.
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
}
