//! `heard rules new`: a starter pack that passes its own tests.

use crate::cli::exit::Exit;
use crate::cli::rules::RulesNewArgs;
use crate::commands::print;
use anyhow::{Context as _, Result, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

const STARTER: &str = include_str!("starter.toml");

/// Writes the pack; what is there stays as it is.
pub fn run(args: &RulesNewArgs) -> Result<Exit> {
    let path = &args.file;
    let shown = path.to_string_lossy().replace('\\', "/");
    if path.extension().is_none_or(|e| e != "toml") {
        bail!("{shown}: a pack's name ends in .toml");
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // A path may hold a line end, and text behind one would not be a comment any more.
    if shown.contains(char::is_control) {
        bail!("the name of a pack cannot hold control characters");
    }
    let text = STARTER.replace("\"{name}\"", &toml::Value::from(stem.as_ref()).to_string()).replace("{file}", &shown);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{shown}: there is such a file already; take another name, or remove it first")
        }
        Err(error) => {
            return Err(error).with_context(|| format!("{shown}: the pack cannot be written"));
        }
    };
    file.write_all(text.as_bytes()).with_context(|| format!("{shown}: the pack cannot be written"))?;
    print(
        format!(
            "{shown}: a pack with 2 rules. Next:\n  heard rules test {shown}\n  heard audit --rules {shown} calls/\n"
        )
        .as_bytes(),
    )
}
