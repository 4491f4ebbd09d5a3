//! How transcripts come in. A format is one file, in Rust under `formats` or as a description under `rules/formats`,
//! and its line in [`FORMATS`].
//!
//! | room | answers for |
//! | --- | --- |
//! | `source` | what other rooms need: inputs as typed, batches, and the calls in them |
//! | `files` | which files there are, archives, what a file is packed in, reports of our own |
//! | `framing` | cutting what is read into batches of whole records, and a batch into calls |
//! | `detect` | which format an input has |
//! | `format`, `registry`, `formats` | what a format is, which there are, and each of them |
//! | `json` | what formats of JSON share; those without code of their own are described in `rules/formats` |
//! | `text`, `table`, `subtitles`, `documents` | what formats of other kinds share |
//! | `language` | the language of a call that states none |
//! | `metadata` | what is known of calls from elsewhere: `--meta`, names of files |

pub mod detect;
pub mod documents;
pub mod error;
pub mod files;
pub mod format;
pub mod formats;
pub mod framing;
pub mod heard_language;
pub mod inner_labels;
pub mod json;
pub mod limits;
pub mod metadata;
pub mod noticed;
pub mod partials;
pub mod registry;
pub mod source;
pub mod subtitles;
pub mod table;
pub mod text;

pub use error::ReadError;
pub use format::{Format, FormatInfo, Framing, Gives, Guess, Head, Record};
pub use formats::plain_text;
pub use registry::FORMATS;
