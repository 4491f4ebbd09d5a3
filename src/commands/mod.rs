//! The commands: one file each, wiring only. What they share is here: running the pipeline over what is read, and
//! telling on standard error what became of it.

mod agree;
mod audit;
mod check;
mod completions;
mod convert;
mod formats;
mod inspect;
mod lines;
mod man;
mod rules;
mod summary;

use crate::cli::Command;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::{self, ReadSettings};
use crate::input::metadata::MetaTable;
use crate::input::source::{Batch, Framer, Skipped};
use crate::output;
use crate::roles::mapping;
use crate::run::pipeline::{self, Broken, Ended, Interrupt, Raise, Sink};
use anyhow::{Result, anyhow};
use std::io::{self, Write};
use std::sync::Arc;

/// Runs a command.
pub fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Audit(args) => audit::run(*args),
        Command::Check(args) => check::run(*args),
        Command::Inspect(args) => inspect::run(args),
        Command::Rules(command) => rules::run(command),
        Command::Convert(args) => convert::run(args),
        Command::Formats(args) => formats::run(&args),
        Command::Agree(args) => agree::run(*args),
        Command::Summary(args) => summary::run(*args),
        Command::Completions(args) => completions::run(&args),
        Command::Man => man::run(),
    }
}

/// Sends everything that is read through workers into a sink. Also returns the files that were skipped.
fn through<O, W, S>(
    reading: &ReadSettings,
    make_worker: impl Fn() -> W + Sync,
    sink: &mut S,
) -> Result<(Ended, Vec<Skipped>)>
where
    O: Default + Send + 'static,
    W: FnMut(&Batch, &mut O),
    S: Sink<O>,
{
    let mut framer = Framer::new(&reading.inputs, Arc::clone(&reading.options));
    let skipped = framer.skipped();
    let fill = move |batch: &mut Batch| framer.next(batch);
    let ended = pipeline::run(reading.threads, &interrupt(), fill, make_worker, sink);
    let ended = ended.map_err(|broken| match broken {
        Broken::Sink(error) => error.into(),
        Broken::Panicked(what) => anyhow!("a mistake in this program, please report it: {what}"),
    })?;
    Ok((ended, skipped.sorted()))
}

/// The last words of a run about what it read.
fn finish(console: &Console, reading: &ReadSettings, ended: Ended, skipped: &[Skipped]) {
    console.finish();
    // Of calls that were not read any more nobody knows whether they are in the table.
    let meta = reading.options.meta.as_ref().filter(|_| ended == Ended::Done);
    for note in meta.map(MetaTable::notes).unwrap_or_default() {
        console.note(&format!("--meta: {note}"));
    }
    let roles = &reading.options.roles;
    if let Some(unused) = mapping::unused(roles).filter(|_| ended == Ended::Done) {
        console.note(&format!("--roles: {unused}"));
    }
    if ended == Ended::Interrupted {
        console.note("interrupted: what was written holds the calls finished so far");
    }
    for Skipped { path, why } in skipped {
        console.detail(&format!("{path}: skipped: {why}"));
    }
    let hint = if console.is_detailed() { "" } else { " (-v says which and why)" };
    match skipped.len() {
        0 => {}
        1 => console.note(&format!("1 file of a folder was skipped{hint}")),
        n => console.note(&format!("{n} files of folders were skipped{hint}")),
    }
}

/// Adds a paragraph in the columns of the terminal: `lead` at `indent`, the body behind it, further lines at `hang`.
fn paragraph(text: &mut String, indent: usize, lead: &str, hang: usize, body: &str) {
    output::paragraph(text, settings::width(), (indent, lead), (hang, body));
}

/// Writes what is no report to standard output.
fn print(text: &[u8]) -> Result<Exit> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text)?;
    stdout.flush()?;
    Ok(Exit::Fine)
}

/// Raised by Ctrl-C, and by being told to terminate. The second time the process ends at once, in case the first one
/// waits for a pipe that nobody reads.
fn interrupt() -> Interrupt {
    let (raise, interrupt) = Interrupt::new();
    let mut raise: Option<Raise> = Some(raise);
    let set = ctrlc::set_handler(move || {
        if raise.take().is_none() {
            #[allow(clippy::exit, reason = "a handler has no caller to return an exit code to")]
            std::process::exit(Exit::Interrupted as i32);
        }
    });
    match set {
        Ok(()) => interrupt,
        // Without a handler Ctrl-C ends the process as the system has it: files stay absent, nothing is half.
        Err(_) => Interrupt::none(),
    }
}

/// How a run that was not stopped by an error ends: unreadable input is worse than what fell short.
fn exit(ended: Ended, unreadable: bool, fell_short: bool) -> Exit {
    match ended {
        Ended::Interrupted => Exit::Interrupted,
        Ended::Done if unreadable => Exit::Unreadable,
        Ended::Done if fell_short => Exit::FellShort,
        Ended::Done | Ended::Closed => Exit::Fine,
    }
}
