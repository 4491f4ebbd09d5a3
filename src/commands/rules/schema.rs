//! `heard rules schema`: the shape of packs, for editors.

use crate::cli::exit::Exit;
use crate::commands::print;
use crate::rules::schema::schema;
use anyhow::Result;

/// Prints the JSON Schema.
pub fn run() -> Result<Exit> {
    let mut text = serde_json::to_string_pretty(&schema())?;
    text.push('\n');
    print(text.as_bytes())
}
