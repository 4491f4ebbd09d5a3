//! `heard formats`: what can be read and written, and what a file is taken for.

use super::print;
use crate::cli::FormatsArgs;
use crate::cli::exit::Exit;
use crate::input::framing::stream::{Taken, taken_for};
use crate::input::json::described;
use crate::input::registry::FORMATS;
use crate::input::source::Inputs;
use crate::output::{OUTPUTS, escape, paragraph};
use anyhow::Result;
use std::cmp::Ordering;
use std::fmt::Write;

/// How wide the list is, so that it is the same on every terminal.
const COLUMNS: usize = 80;

/// Runs `formats`.
pub fn run(args: &FormatsArgs) -> Result<Exit> {
    if args.detect.is_empty() {
        return print(list()?.as_bytes());
    }
    let inputs = Inputs::resolve(&args.detect)?;
    let mut all_known = true;
    let mut lines = String::new();
    for entry in inputs.walk() {
        lines.clear();
        taken_for(&entry, &mut |taken| {
            all_known &= taken.what.is_ok();
            line(&taken, &mut lines);
        });
        print(lines.as_bytes())?;
    }
    Ok(if all_known { Exit::Fine } else { Exit::Unreadable })
}

/// All formats, from the registries.
fn list() -> Result<String, std::fmt::Error> {
    let mut text = String::from("Input formats, found by content or named by --from NAME\n");
    for format in FORMATS.iter().chain(described::own()) {
        let info = format.info();
        let gives = info.gives;
        let names = if gives.names { "yes" } else { "no" };
        writeln!(text, "\n{}", format.name())?;
        paragraph(&mut text, COLUMNS, (2, ""), (2, info.about));
        paragraph(&mut text, COLUMNS, (2, "known by"), (12, info.recognised));
        writeln!(text, "  roles: {}; times: {}; names: {names}", gives.roles, gives.times)?;
        writeln!(text, "  heard audit --from {} FILE", format.name())?;
    }
    writeln!(
        text,
        "\njsonl\n  One JSON document a line, each of any JSON format above; call JSONL is one\n  heard audit --from jsonl -"
    )?;
    text.push_str("\nOutput formats, for --format NAME and -o FILE (by extension, or NAME:FILE)\n");
    for kind in OUTPUTS {
        writeln!(text, "\n{}", kind.name)?;
        paragraph(&mut text, COLUMNS, (2, ""), (2, kind.about));
        let file = match kind.extensions.first() {
            Some(extension) => format!("report.{extension}"),
            None => format!("{}:report.csv", kind.name),
        };
        writeln!(text, "  heard audit calls/ -o {file}")?;
    }
    Ok(text)
}

/// A line about what an input is taken for, how surely and why; or why it is taken for nothing.
fn line(taken: &Taken, to: &mut String) {
    let source = escape::terminal(&taken.source);
    match &taken.what {
        Ok((format, guess, wraps)) => {
            let percent = (guess.confidence * 100.0).round();
            let wrapped = match wraps.as_slice() {
                [] => String::new(),
                wraps => format!(" ({})", wraps.join(", ")),
            };
            let (name, because) = (format.name(), guess.because);
            _ = write!(to, "{source}: {name} ({percent} % sure): {because}{wrapped}");
            if let Some(next) = &taken.runner_up {
                let percent = (next.guess.confidence * 100.0).round();
                let why = match next.guess.confidence.total_cmp(&guess.confidence) {
                    Ordering::Less => "less sure",
                    Ordering::Equal if next.later => "as sure, but less specific",
                    _ => "each line is taken by itself",
                };
                _ = write!(to, "; next {} ({percent} %, {why}): {}", next.name, next.guess.because);
            }
            to.push('\n');
        }
        Err(why) => _ = writeln!(to, "{source}: no format: {}", escape::terminal(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_every_format_in_eighty_columns() {
        let text = list().expect("written");
        for name in FORMATS.iter().map(|f| f.name()).chain(OUTPUTS.iter().map(|kind| kind.name)) {
            assert!(text.contains(&format!("\n{name}\n")), "{name} is missing");
        }
        let long = text.lines().find(|line| line.chars().count() > 80);
        assert_eq!(long, None);
    }
}
