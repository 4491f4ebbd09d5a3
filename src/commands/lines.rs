//! Commands that write something for every call and nothing at the end: `convert`, `inspect`.

use super::{exit, finish, through};
use crate::call::Call;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::ReadSettings;
use crate::input::source::{Batch, Decoder, Event};
use crate::redact;
use crate::report::Unreadable;
use crate::run::pipeline::Sink;
use anyhow::Result;
use std::io::{self, BufWriter, Stdout, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Writes every call that is read to standard output, in order, in the way of a writer that each worker makes for
/// itself. With `redact` what is said of input that could not be read holds nothing that tells who somebody is; what is
/// written is the writer's own business.
pub(super) fn run<W>(reading: &ReadSettings, redact: bool, make_writer: impl Fn() -> W + Sync) -> Result<Exit>
where
    W: FnMut(&Call, &mut Vec<u8>),
{
    let console = Console::new(reading.verbosity, reading.bar, reading.total_bytes);
    let mut lines = Lines { to: BufWriter::with_capacity(1 << 16, io::stdout()), console: &console, unreadable: false };
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let mut write = make_writer();
        move |batch: &Batch, written: &mut Written| {
            written.clear();
            written.bytes = batch.bytes_read();
            decoder.decode(batch, &mut |event| match event {
                Event::Call { call, .. } => {
                    written.calls += 1;
                    write(call, &mut written.text);
                }
                Event::Unreadable(record) if redact => written.unreadable.push(redact::unreadable(&record)),
                Event::Unreadable(record) => written.unreadable.push(record),
            });
        }
    };
    let (ended, skipped) = through(reading, make_worker, &mut lines)?;
    finish(&console, reading, ended, &skipped);
    let exit = exit(ended, lines.unreadable && !reading.lenient, false);
    if exit == Exit::Unreadable {
        console.quiet_reason("exit 3: some records could not be read");
    }
    Ok(exit)
}

/// What a batch came to.
#[derive(Default)]
struct Written {
    text: Vec<u8>,
    unreadable: Vec<Unreadable>,
    bytes: u64,
    calls: u64,
}

impl Written {
    fn clear(&mut self) {
        self.text.clear();
        self.unreadable.clear();
        self.calls = 0;
    }
}

struct Lines<'a> {
    to: BufWriter<Stdout>,
    console: &'a Console,
    unreadable: bool,
}

impl Sink<Written> for Lines<'_> {
    fn take(&mut self, written: &mut Written) -> io::Result<ControlFlow<()>> {
        self.console.progress(written.bytes, written.calls);
        written.unreadable.iter().for_each(|record| self.console.unreadable(record));
        self.unreadable |= !written.unreadable.is_empty();
        let to = &mut self.to;
        self.console.suspend_progress(|| to.write_all(&written.text))?;
        Ok(ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        let to = &mut self.to;
        self.console.suspend_progress(|| to.flush())
    }
}
