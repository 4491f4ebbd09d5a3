//! Which files are call scripts: what was typed, and below folders what ends like text.

use crate::input::source::{Inputs, MAX_RECORD_BYTES};
use crate::script::flow;
use std::path::{Path, PathBuf};

/// Endings of files that are scripts, when they lie in a folder.
pub const ENDINGS: [&str; 5] = ["md", "markdown", "mdown", "txt", "text"];

/// All of them, and those of files that hold prompts.
pub fn endings() -> Vec<&'static str> {
    ENDINGS.iter().chain(&flow::ENDINGS).copied().collect()
}

/// A script to check.
pub struct File {
    /// The file.
    pub path: PathBuf,
    /// What was typed: the file, or a folder above it.
    pub root: PathBuf,
    /// The path as reports show it.
    pub source: String,
    /// It was named, not found in a folder.
    pub typed: bool,
}

/// The scripts that were typed, and those below the folders that were.
pub fn find(typed: &[String]) -> Result<Vec<File>, String> {
    let mut scripts = Vec::new();
    for one in typed {
        if one == "-" {
            return Err("a script is a file or a folder: standard input has no lines to point at".to_owned());
        }
        let inputs = Inputs::resolve(std::slice::from_ref(one)).map_err(|e| e.to_string())?;
        for entry in inputs.walk() {
            let Some(path) = entry.path else { continue };
            if entry.typed || is_script(&path) {
                scripts.push(File { path, root: PathBuf::from(one), source: entry.source, typed: entry.typed });
            }
        }
    }
    Ok(scripts)
}

/// Whether a file of a folder is a script, by its name.
pub(super) fn is_script(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()) || flow::ENDINGS.contains(&e.as_str()))
}

/// What stands in a script.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path).map(|m| m.len());
    if size.is_ok_and(|bytes| bytes > MAX_RECORD_BYTES as u64) {
        return Err("is larger than 16 MiB: this is no call script".to_owned());
    }
    std::fs::read(path).map_err(|e| format!("cannot be read: {e}"))
}
