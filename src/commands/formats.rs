//! `heard formats`: what can be read and written, and what a file is taken for.

use super::print;
use crate::cli::FormatsArgs;
use crate::exit::Exit;
use crate::input::FORMATS;
use crate::input::detect::{HEAD, detect, detect_whole, unknown_json};
use crate::input::source::{Inputs, MAX_RECORD_BYTES};
use crate::output::{OUTPUTS, escape};
use anyhow::Result;
use flate2::read::MultiGzDecoder;
use std::fmt::Write;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

/// Runs `formats`.
pub fn run(args: &FormatsArgs) -> Result<Exit> {
    if args.detect.is_empty() {
        return print(list()?.as_bytes());
    }
    let inputs = Inputs::resolve(&args.detect)?;
    let mut all_known = true;
    for entry in inputs.walk() {
        let taken = match &entry.trouble {
            Some(trouble) => Err(trouble.clone()),
            None => taken_for(entry.path.as_deref(), &entry.source),
        };
        all_known &= taken.is_ok();
        let source = escape::terminal(&entry.source);
        let line = match taken {
            Ok(what) => format!("{source}: {what}\n"),
            Err(why) => format!("{source}: no format: {}\n", escape::terminal(&why)),
        };
        print(line.as_bytes())?;
    }
    Ok(if all_known {
        Exit::Fine
    } else {
        Exit::Unreadable
    })
}

/// All formats, from the registries.
fn list() -> Result<String, std::fmt::Error> {
    let mut text = String::from("Input formats, found by content or named by --from NAME\n");
    for format in FORMATS {
        let gives = format.gives();
        let names = if gives.names { "yes" } else { "no" };
        writeln!(text, "\n{}", format.name())?;
        for (what, value) in [("", format.about()), ("known by  ", format.recognised())] {
            wrapped(&mut text, what, value)?;
        }
        writeln!(
            text,
            "  roles: {}; times: {}; names: {names}",
            gives.roles, gives.times
        )?;
        writeln!(text, "  heard audit --from {} FILE", format.name())?;
    }
    writeln!(
        text,
        "\njsonl\n  One JSON document a line, each of any JSON format above; call JSONL is one\n  heard audit --from jsonl -"
    )?;
    text.push_str("\nOutput formats, for --format NAME and -o FILE (by extension, or NAME:FILE)\n");
    for kind in OUTPUTS {
        writeln!(text, "\n{}", kind.name)?;
        wrapped(&mut text, "", kind.about)?;
        let file = match kind.extensions.first() {
            Some(extension) => format!("report.{extension}"),
            None => format!("{}:report.csv", kind.name),
        };
        writeln!(text, "  heard audit calls/ -o {file}")?;
    }
    Ok(text)
}

/// A text in lines of at most 80 columns, indented, the first with a heading.
fn wrapped(to: &mut String, heading: &str, text: &str) -> std::fmt::Result {
    let indent = heading.chars().count() + 2;
    write!(to, "  {heading}")?;
    let mut column = indent;
    for (k, word) in text.split_whitespace().enumerate() {
        let width = word.chars().count();
        if k > 0 && column + 1 + width > 80 {
            write!(to, "\n{:indent$}", "")?;
            column = indent;
        } else if k > 0 {
            to.push(' ');
            column += 1;
        }
        to.push_str(word);
        column += width;
    }
    to.push('\n');
    Ok(())
}

/// What an input is taken for, how surely and why; or why it is taken for nothing.
fn taken_for(path: Option<&Path>, source: &str) -> Result<String, String> {
    let broken = |e: io::Error| format!("cannot be read: {e}");
    let (mut bytes, complete, rest) = head(path).map_err(broken)?;
    let name = source.rsplit('/').next().unwrap_or(source);
    let found = match detect(&bytes, complete, name) {
        Ok(found) => Ok(found),
        Err(Some(why)) => Err(why),
        Err(None) if complete => Err(unknown_json(&bytes)),
        Err(None) => {
            let room = (MAX_RECORD_BYTES - bytes.len()) as u64;
            rest.take(room).read_to_end(&mut bytes).map_err(broken)?;
            detect_whole(&bytes, name).ok_or_else(|| unknown_json(&bytes))
        }
    }?;
    let percent = (found.guess.confidence * 100.0).round();
    Ok(format!(
        "{} ({percent} % sure): {}",
        found.format.name(),
        found.guess.because
    ))
}

/// The beginning of an input, unpacked, without a byte order mark, whether it is all there is, and the rest.
fn head(path: Option<&Path>) -> io::Result<(Vec<u8>, bool, Box<dyn Read>)> {
    let mut input: Box<dyn Read> = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin().lock()),
    };
    let mut magic = Vec::new();
    input.by_ref().take(2).read_to_end(&mut magic)?;
    let packed = magic == [0x1f, 0x8b];
    let whole = Cursor::new(magic).chain(input);
    let mut unpacked: Box<dyn Read> = if packed {
        Box::new(MultiGzDecoder::new(whole))
    } else {
        Box::new(whole)
    };
    let mut bytes = Vec::new();
    // A byte order mark and one byte more than sniffers get to see, which tells whether that is all.
    unpacked
        .by_ref()
        .take(HEAD as u64 + 4)
        .read_to_end(&mut bytes)?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let complete = bytes.len() <= HEAD;
    Ok((bytes, complete, unpacked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_every_format_in_eighty_columns() {
        let text = list().expect("written");
        for name in FORMATS
            .iter()
            .map(|f| f.name())
            .chain(OUTPUTS.iter().map(|kind| kind.name))
        {
            assert!(text.contains(&format!("\n{name}\n")), "{name} is missing");
        }
        let long = text.lines().find(|line| line.chars().count() > 80);
        assert_eq!(long, None);
    }
}
