//! `heard.toml`: defaults for flags, found in the working folder or above, up to the repository's root; where there is no
//! repository, in the working folder alone. What it makes a run write lies below its own folder: nobody typed it.
//!
//! `[formats.NAME]` describes JSON of the user's own, see `own_formats`.
//!
//! There is no second list of options: a section is a command, a key is the long name of one of its flags, and a
//! value is checked by what checks the flag. A file becomes arguments that were not typed; what was typed wins.

mod own_formats;
mod writes;

use crate::cli::Cli;
use crate::cli::console;
use crate::cli::values::{did_you_mean, names_a_file, split_format};
use crate::input::json::described;
use crate::support::bounded;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The file's name.
const NAME: &str = "heard.toml";

/// Flags whose files a run may write.
const WRITTEN: [&str; 2] = ["output", "baseline"];

/// Flags that make no sense in a file.
const NOT_IN_A_FILE: [&str; 3] = ["help", "version", "no-config"];

/// The arguments as typed, with the defaults that the file sets.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> anyhow::Result<Cli> {
    let mut arguments: Vec<OsString> = arguments.collect();
    own_formats::register(&arguments);
    let mut top = Cli::command();
    if !std::io::stdout().is_terminal() {
        // The same help wherever it was made.
        top = top.term_width(80);
    }
    let mut matches = top.try_get_matches_from_mut(&arguments)?;
    if let Some((name, typed)) = matches.subcommand() {
        let heeds = typed.try_get_one::<bool>("no_config").ok().flatten() == Some(&false);
        let file = if heeds { std::env::current_dir().ok().and_then(|folder| find(&folder)) } else { None };
        if let Some(file) = file {
            // All of it, for what the file says of other commands; a run without a file needs its own alone.
            top.build();
            let defaults = defaults(&top, name, typed, &file).map_err(anyhow::Error::msg)?;
            // The command's name is the first argument: before it there are only --help and --version, which end here.
            let added = additions(&defaults);
            arguments.splice(2..2, defaults);
            matches = top.try_get_matches_from(&arguments)?;
            let quiet = matches.subcommand().and_then(|(_, typed)| typed.try_get_one::<bool>("quiet").ok().flatten());
            let of_use = added.is_some() || !described::own().is_empty();
            if quiet != Some(&true) && of_use {
                console::settings(&format!("settings of {} are used{}", shown(&file), added.unwrap_or_default()));
            }
        }
    }
    Ok(Cli::from_arg_matches(&matches)?)
}

/// The file that counts in a folder: there, or in the nearest folder above within the same repository.
fn find(folder: &Path) -> Option<PathBuf> {
    let root = folder.ancestors().position(|above| above.join(".git").exists()).unwrap_or(0);
    folder.ancestors().take(root + 1).map(|above| above.join(NAME)).find(|file| file.is_file())
}

/// What a file adds to a run, for people: they should know that it is there. None if it adds nothing.
fn additions(defaults: &[OsString]) -> Option<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut writes: Vec<String> = Vec::new();
    for argument in defaults {
        let argument = argument.to_string_lossy();
        let (key, value) = argument.split_once('=').unwrap_or((&argument, ""));
        let key = key.trim_start_matches('-');
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
        if key == "output" {
            writes.push(split_format(value).1.to_owned());
        }
    }
    let writes: Vec<String> = writes.iter().map(|path| shown(Path::new(path))).collect();
    let written = if writes.is_empty() { String::new() } else { format!("; writes {}", writes.join(", ")) };
    (!keys.is_empty()).then(|| format!(": {}{written}", keys.join(", ")))
}

/// A path as a shell in this folder would name it, so that an editor can open it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let inside = here.and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(path).display().to_string()
}

/// The arguments that a file adds to those that were typed for a command. The error lists all that is wrong with the
/// file, one `file:line:col` a line.
fn defaults(top: &Command, name: &str, typed: &ArgMatches, file: &Path) -> Result<Vec<OsString>, String> {
    let text =
        bounded::read_text(file, bounded::BY_HAND).map_err(|e| format!("{}: cannot be read: {e}", file.display()))?;
    if let Some(why) = writes::leads_away(file) {
        return Err(format!("{}: {why}", shown(file)));
    }
    let mut reader = Reader { file, text: &text, wrong: Vec::new() };
    let arguments = reader.read(top, name, typed);
    if reader.wrong.is_empty() {
        return Ok(arguments);
    }
    reader.wrong.sort();
    Err(reader.wrong.into_iter().map(|(_, problem)| problem).collect::<Vec<_>>().join("\n"))
}

struct Reader<'a> {
    file: &'a Path,
    text: &'a str,
    /// Where in the text, and what.
    wrong: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn read(&mut self, top: &Command, name: &str, typed: &ArgMatches) -> Vec<OsString> {
        let document = match DeTable::parse(self.text) {
            Ok(document) => document,
            Err(error) => {
                self.problem(error.span().map_or(0, |span| span.start), error.message());
                return Vec::new();
            }
        };
        let mut arguments = Vec::new();
        for (section, keys) in document.get_ref() {
            if section.get_ref() == own_formats::SECTION {
                match keys.get_ref().as_table() {
                    Some(sections) => _ = self.formats(sections),
                    None => self.problem(section.span().start, "`formats` is for sections: write [formats.NAME]"),
                }
                continue;
            }
            let Some(command) = top.find_subcommand(section.get_ref().as_ref()).filter(|c| takes_a_file(c)) else {
                let names: Vec<&str> =
                    top.get_subcommands().filter(|c| takes_a_file(c)).map(Command::get_name).collect();
                let meant = did_you_mean(section.get_ref(), names.iter().copied());
                let sections = names.iter().map(|n| format!("[{n}]")).collect::<Vec<_>>().join(", ");
                let what = format!("no section `{}`{meant}; there are {sections}", section.get_ref());
                self.problem(section.span().start, &what);
                continue;
            };
            let Some(keys) = keys.get_ref().as_table() else {
                let what = format!("`{}` is a section: write [{0}] on a line of its own", section.get_ref());
                self.problem(section.span().start, &what);
                continue;
            };
            // Sections of other commands are checked too: a mistake should not wait for the day it is used.
            let added = self.section(command, keys);
            if command.get_name() == name {
                arguments =
                    added.into_iter().filter(|(arg, _)| !outranked(command, arg, typed)).flat_map(|a| a.1).collect();
            }
        }
        arguments
    }

    fn section<'c>(&mut self, command: &'c Command, keys: &DeTable<'_>) -> Vec<(&'c Arg, Vec<OsString>)> {
        let mut added = Vec::new();
        for (key, value) in keys {
            let Some(arg) = flags(command).find(|arg| arg.get_long() == Some(key.get_ref())) else {
                let meant = did_you_mean(key.get_ref(), flags(command).filter_map(Arg::get_long));
                let what =
                    format!("no key `{}` in [{}]{meant}; see heard {1} --help", key.get_ref(), command.get_name());
                self.problem(key.span().start, &what);
                continue;
            };
            let at = value.span().start;
            match typed_as(arg, value.get_ref(), self.file.parent().unwrap_or(Path::new(""))) {
                Err(wanted) => {
                    let what = format!("`{}` wants {wanted}, this is {}", key.get_ref(), kind(value.get_ref()));
                    self.problem(at, &what);
                }
                Ok(arguments) => match refused(command, &arguments).or_else(|| self.outside(arg, &arguments)) {
                    Some(why) => self.problem(at, &why),
                    None => added.push((arg, arguments)),
                },
            }
        }
        added
    }

    /// What is wrong with a file that a run would write because of this one.
    fn outside(&self, arg: &Arg, arguments: &[OsString]) -> Option<String> {
        let key = arg.get_long().filter(|long| WRITTEN.contains(long))?;
        let folder = self.file.parent().unwrap_or(Path::new(""));
        let paths = arguments.iter().filter_map(|argument| argument.to_str()?.split_once('=').map(|(_, value)| value));
        let mut paths = paths.map(|value| if key == "output" { split_format(value).1 } else { value });
        let away = paths.find(|path| !writes::is_below(Path::new(path), folder))?;
        let away = shown(Path::new(away));
        Some(format!(
            "`{key}` would write {away}, which is not below the folder of this file; type it on the command line"
        ))
    }

    fn problem(&mut self, at: usize, what: &str) {
        let before = &self.text[..at.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let file = shown(self.file);
        self.wrong.push((at, format!("{file}:{line}:{column}: {what}")));
    }
}

/// Whether a command heeds the file at all.
fn takes_a_file(command: &Command) -> bool {
    command.get_arguments().any(|arg| arg.get_long() == Some("no-config"))
}

fn flags(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.get_long().is_some_and(|long| !NOT_IN_A_FILE.contains(&long)))
}

/// Whether the command line says something about this flag, or about one that it does not go with.
fn outranked(command: &Command, arg: &Arg, typed: &ArgMatches) -> bool {
    let is_typed = |arg: &Arg| typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let excluded = |other: &&Arg| command.get_arg_conflicts_with(other).iter().any(|a| a.get_id() == arg.get_id());
    is_typed(arg)
        || command.get_arg_conflicts_with(arg).into_iter().any(is_typed)
        || flags(command).filter(excluded).any(is_typed)
}

/// A value as the arguments that would say the same, or what kind of value is wanted.
fn typed_as(arg: &Arg, value: &DeValue<'_>, folder: &Path) -> Result<Vec<OsString>, &'static str> {
    let long = arg.get_long().unwrap_or_default();
    match arg.get_action() {
        ArgAction::SetTrue => match value.as_bool() {
            Some(on) => Ok(if on { vec![format!("--{long}").into()] } else { Vec::new() }),
            None => Err("true or false"),
        },
        ArgAction::Count => match value.as_integer().and_then(|n| n.as_str().parse::<u8>().ok()) {
            Some(n) => Ok(vec![format!("--{long}").into(); usize::from(n)]),
            None => Err("a small number"),
        },
        ArgAction::Append => {
            const WANTED: &str = "a string or a list of strings";
            let one = |value: &DeValue<'_>| {
                value.as_str().map(|text| argument(long, &rebased(long, text, folder))).ok_or(WANTED)
            };
            match value.as_array() {
                Some(values) => values.iter().map(|value| one(value.get_ref())).collect(),
                None => one(value).map(|argument| vec![argument]),
            }
        }
        _ => {
            let (takes_number, takes_text) = takes(arg);
            let text = match value {
                DeValue::String(text) if takes_text => rebased(long, text, folder),
                DeValue::Integer(number) if takes_number && number.radix() == 10 => number.as_str().to_owned(),
                DeValue::Float(number) if takes_number => number.as_str().to_owned(),
                _ => {
                    return Err(if !takes_text {
                        "a number"
                    } else if takes_number {
                        "a number or a string"
                    } else {
                        "a string"
                    });
                }
            };
            Ok(vec![argument(long, &text)])
        }
    }
}

/// Whether a flag's value may be written as a number, and whether as text.
fn takes(arg: &Arg) -> (bool, bool) {
    use crate::cli::check::Pace;
    use crate::cli::values::{ByteSize, Points};
    use crate::run::sample::Sample;
    use std::any::TypeId;
    let is = arg.get_value_parser().type_id();
    let numbers = [TypeId::of::<Points>(), TypeId::of::<Pace>(), TypeId::of::<std::num::NonZeroUsize>()];
    if numbers.iter().any(|number| is == *number) {
        (true, false)
    } else {
        (is == TypeId::of::<ByteSize>() || is == TypeId::of::<Sample>(), true)
    }
}

fn argument(long: &str, value: &str) -> OsString {
    format!("--{long}={value}").into()
}

/// Paths in the file are relative to it.
fn rebased(long: &str, value: &str, folder: &Path) -> String {
    let join = |path: &str| folder.join(path).to_string_lossy().into_owned();
    match long {
        "meta" | "baseline" | "against" | "resume" => join(value),
        "rules" if names_a_file(value) => join(value),
        "output" => match split_format(value) {
            (Some(format), path) => format!("{format}:{}", join(path)),
            (None, path) => join(path),
        },
        _ => value.to_owned(),
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list with something else in it",
        DeValue::Table(_) => "a table",
    }
}

/// What the command says against arguments, if it does not take them.
fn refused(command: &Command, arguments: &[OsString]) -> Option<String> {
    let program = std::iter::once(OsString::from(command.get_name()));
    let error = command.clone().try_get_matches_from(program.chain(arguments.iter().cloned())).err()?;
    let refusals = [clap::error::ErrorKind::InvalidValue, clap::error::ErrorKind::ValueValidation];
    if !refusals.contains(&error.kind()) {
        return None;
    }
    let text = error.render().to_string();
    let text = text.split("\n\nFor more information").next().unwrap_or(&text);
    let lines: Vec<&str> =
        text.trim_start_matches("error: ").lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    Some(lines.join("; "))
}

#[cfg(test)]
#[path = "config/tests.rs"]
mod tests;
