//! From command-line paths to calls: sequential cheap edges, a pure parallel middle.
//!
//! [`Inputs`] checks the paths, the [`Framer`] cuts what they hold into batches of whole records (one thread), a
//! [`Decoder`] turns a batch into calls (a worker each). What is in flight is what the caller's batches hold.

use std::sync::Arc;

use crate::roles::mapping::RoleRule;

use crate::input::metadata::MetaTable;
use crate::input::metadata::name_pattern::NamePattern;
use crate::input::noticed::Noticed;

pub use crate::input::files::walk::{InputError, Inputs, Skipped, stem};
pub use crate::input::framing::batch::Batch;
pub use crate::input::framing::decode::{Decoder, Event};
pub use crate::input::framing::framer::Framer;
pub use crate::input::limits::{MAX_RECORD_BYTES, too_long};
pub use crate::input::registry::InputFormat;

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
    /// What was odd about what was read.
    pub noticed: Arc<Noticed>,
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
            noticed: Arc::default(),
        }
    }
}
