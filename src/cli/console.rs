//! What is said to people on standard error: notes, unreadable input, the reason why a run failed.
//!
//! Standard output belongs to results. What is told here may hold text from outside and is made harmless first.

use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::output::escape;
use crate::report::Unreadable;
use std::io::{self, IsTerminal, Write};

/// The standard error of a run. Keeps the progress bar out of the way of what it says.
#[derive(Debug)]
pub struct Console {
    verbosity: i8,
    progress: Progress,
    /// The bar stands on the same screen as what goes to standard output.
    shared: bool,
}

impl Console {
    /// `verbosity`: 0 is normal, `-v` adds one, `-q` takes one. The bar is shown if `bar`, over so many bytes.
    pub fn new(verbosity: i8, bar: bool, total_bytes: Option<u64>) -> Self {
        Console { verbosity, progress: Progress::new(total_bytes, bar), shared: bar && io::stdout().is_terminal() }
    }

    /// So many more bytes were read, so many more calls are done.
    pub fn progress(&self, bytes: u64, calls: u64) {
        self.progress.add(bytes, calls);
    }

    /// Writes to standard output, with the bar out of the way if that is the same screen.
    pub fn suspend_progress<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.shared { self.progress.suspend(write) } else { write() }
    }

    /// A record that could not be read.
    pub fn unreadable(&self, record: &Unreadable) {
        let Unreadable { record, source, line, error } = record;
        // Lines count from 1; where the record says as much, it alone is told.
        let line = line.filter(|line| *line != record + 1).map_or(String::new(), |line| format!(", line {line}"));
        match record {
            0 => self.note(&format!("{source}{line}: {error}")),
            n => self.note(&format!("{source}, record {n} (counted from 0){line}: {error}")),
        }
    }

    /// Something worth knowing, unless `-q`.
    pub fn note(&self, text: &str) {
        if self.verbosity >= 0 {
            self.say(text);
        }
    }

    /// Why a run ends as it does, where `-q` has kept back what else would say it.
    pub fn quiet_reason(&self, text: &str) {
        if self.verbosity < 0 {
            self.say(&format!("{text}; without -q it is said which"));
        }
    }

    /// Whether details were asked for.
    pub fn is_detailed(&self) -> bool {
        self.verbosity > 0
    }

    /// A detail that was asked for by `-v`.
    pub fn detail(&self, text: &str) {
        if self.is_detailed() {
            self.say(text);
        }
    }

    /// What was asked for by a flag of its own: said in any case, as it is.
    pub fn asked(&self, text: &str) {
        let mut stderr = io::stderr();
        // Nowhere is left to complain to.
        let _ = self.progress.suspend(|| stderr.write_all(text.as_bytes()));
    }

    fn say(&self, text: &str) {
        self.asked(&format!("heard: {}\n", escape::terminal(text)));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.progress.finish();
    }
}

/// There is nothing to read. Shows the help of the command.
#[derive(Debug)]
pub struct NoInput {
    /// What was wrong, in a few words.
    pub why: &'static str,
    /// The command's help.
    pub help: String,
}

impl std::fmt::Display for NoInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n\n{}", self.why, self.help.trim_end())
    }
}

impl std::error::Error for NoInput {}

/// Says why a run failed, and how the process ends. A closed pipe is no failure and needs no words.
pub fn failure(error: &anyhow::Error) -> Exit {
    if let Some(usage) = error.downcast_ref::<clap::Error>() {
        // Help and version arrive as errors too, and go to standard output.
        if !usage.use_stderr() || usage.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            let _ = usage.print();
            return if usage.use_stderr() { Exit::DidNotRun } else { Exit::Fine };
        }
        let text = usage.render().to_string();
        let text = text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        complain(text.strip_prefix("error: ").unwrap_or(&text));
        return Exit::DidNotRun;
    }
    let closed = |e: &(dyn std::error::Error + 'static)| {
        e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return Exit::Fine;
    }
    if let Some(NoInput { why, help }) = error.downcast_ref() {
        complain(why);
        let _ = write!(io::stderr(), "\n{}\n", help.trim_end());
    } else {
        complain(&format!("{error:#}"));
    }
    Exit::DidNotRun
}

/// Writes an error so that each of its lines says whose it is, in a log of many programs.
fn complain(text: &str) {
    let mut stderr = io::stderr();
    for line in text.trim_end().lines() {
        let line = format!("heard: {}", escape::terminal(line));
        // Nowhere is left to complain to.
        let _ = writeln!(stderr, "{}", line.trim_end());
    }
}
