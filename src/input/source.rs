//! From command-line paths to calls: sequential cheap edges, a pure parallel middle.
//!
//! [`Inputs`] checks the paths, the [`Framer`] cuts what they hold into batches of whole records (one thread), a
//! [`Decoder`] turns a batch into calls (a worker each). What is in flight is what the caller's batches hold.

use crate::roles::mapping::RoleRule;

use crate::input::metadata::MetaTable;
use crate::input::metadata::name_pattern::NamePattern;

pub use crate::input::files::walk::{InputError, Inputs, Skipped, stem};
pub use crate::input::framing::batch::Batch;
pub use crate::input::framing::decode::{Decoder, Event};
pub use crate::input::framing::framer::Framer;
pub use crate::input::registry::InputFormat;

/// The longest record that is read unless the user says otherwise, in bytes.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

/// What the user says about the inputs.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format of all inputs; found by content if none.
    pub from: Option<InputFormat>,
    /// Longer records are not read, so that one of them cannot take all memory.
    pub max_record_bytes: usize,
    /// `--roles`.
    pub roles: Vec<RoleRule>,
    /// `--meta`.
    pub meta: Option<MetaTable>,
    /// `--name-pattern`.
    pub name_patterns: Vec<NamePattern>,
    /// Whether calls are to say where their words stand in the file.
    pub places: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            from: None,
            max_record_bytes: MAX_RECORD_BYTES,
            roles: Vec::new(),
            meta: None,
            name_patterns: Vec::new(),
            places: false,
        }
    }
}

/// What to say of a record over the limit.
pub fn too_long(limit: usize) -> String {
    let shown = if limit >= 1 << 20 && limit.is_multiple_of(1 << 20) {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{limit} bytes")
    };
    format!("record is longer than {shown}; raise --max-record-bytes or split it")
}
