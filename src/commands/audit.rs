//! `heard audit`: settings, rules and outputs wired to the pipeline.

use super::{INTERRUPTED, exit, finish, through};
use crate::audit::Auditor;
use crate::cli::AuditArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::AuditSettings;
use crate::input::source::{Batch, Decoder};
use crate::output::number::counted;
use crate::output::{Output, Setup};
use crate::report::rollup::RollUp;
use crate::results::Index;
use crate::rules::RuleBook;
use crate::run::delivery::{self, Delivery, Redacts};
use crate::run::pipeline::{Ended, HandOver, Sink};
use crate::run::render::{Part, Plan, Rendered, Renderer};
use crate::run::sample::{Bound, Lowest, Sample};
use anyhow::{Result, anyhow};
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Runs `audit`.
pub fn run(args: AuditArgs) -> Result<Exit> {
    let mut settings = AuditSettings::resolve(args)?;
    // It lives as long as the program: taking it apart would be a tenth of the time of a small run.
    let book: &RuleBook = Box::leak(Box::new(RuleBook::load(&settings.packs, &settings.pick)?));
    let heads = settings.report.heads(book.heads().to_vec())?;
    let writing = &settings.writing;
    let counters = settings.report.counters(&heads, writing);
    let setup = writing.setup(heads, book.by().clone(), &settings.report, settings.reading.verbosity);
    let (outputs, delivery) = delivery::open(settings.writing.standard, &settings.writing.files, &setup)?;

    let console = Console::new(settings.reading.verbosity, settings.reading.bar, settings.reading.total_bytes);
    let index = match &settings.resume {
        Some(path) => resume(path, &settings, (&setup, &outputs), &console)?,
        None => None,
    };
    let reading = settings.reading;
    let bound = Bound::of(settings.sample);
    let lowest = match settings.sample {
        Some(Sample::Count(count)) => Some(Lowest::new(count, bound.clone())),
        Some(Sample::Share(_)) | None => None,
    };
    let plan = Plan {
        outputs: &outputs,
        counters: &counters,
        bound: &bound,
        narrow: &settings.report.narrow,
        anonymous: settings.report.anonymous,
        calls: !settings.report.summary,
        single: lowest.is_some(),
        redacts: settings.redacts,
        trace: settings.trace.as_deref(),
        resume: index.as_ref(),
    };
    let mut writer = Writer {
        delivery,
        outputs: &outputs,
        rollup: counters.fresh(),
        redacted: plan.redacted_counters(),
        redacts: settings.redacts,
        lowest,
        console: &console,
        traced: false,
        taken: [0; 2],
    };
    writer.delivery.begin(&outputs)?;
    let make_worker = || {
        let mut renderer = Renderer::new(plan, Decoder::new(Arc::clone(&reading.options)), Auditor::new(book));
        move |batch: &Batch, rendered: &mut Rendered, hand_over: &mut HandOver<'_, Rendered>| {
            renderer.render(batch, rendered, hand_over);
        }
    };
    let (ended, skipped) = through(&reading, make_worker, &mut writer)?;

    // A pipe that closes at the very end is closed all the same.
    let read = console.suspend_progress(|| writer.end())?;
    let ended = if read { ended } else { Ended::Closed };
    let Writer { traced, rollup, taken: [taken, judged], .. } = writer;
    finish(&console, &reading, ended, &skipped);
    outputs.iter().filter_map(|output| output.left_out()).for_each(|what| console.note(&what));
    if let Some(index) = &index {
        let taken = counted(taken, "call is", "calls are");
        console.note(&format!("--resume {}: {taken} taken from there, {judged} judged", index.source));
    }
    let nothing = rollup.calls + rollup.unreadable == 0 && settings.sample.is_none();
    if nothing && ended == Ended::Done && !reading.inputs.hold_stdin() {
        // A gate that audits nothing must not be green.
        console.note(if settings.report.narrow.is_narrow() {
            "no call is left: none is of the agent or queue that was named"
        } else {
            "there was nothing to audit: what was named holds no transcript"
        });
        return Ok(Exit::DidNotRun);
    }
    let notes = [rollup.language_note(), rollup.unknown_roles_note(), rollup.ids_note(), rollup.spellings_note()];
    for note in notes.into_iter().flatten() {
        console.note(&note);
    }
    if let (Some(id), false) = (&settings.trace, traced) {
        console.note(&format!("--trace {id}: no call with this id was audited"));
    }
    let below = settings.fail_under.is_some_and(|tenths| rollup.any_below(tenths));
    let failed = settings.fail_on.is_some_and(|severity| rollup.failures_from(severity) > 0);
    let exit = exit(ended, rollup.unreadable > 0 && !reading.lenient, below || failed);
    match (exit, below) {
        (Exit::Unreadable, _) => {
            console.quiet_reason(&format!("exit 3: records that could not be read: {}", rollup.unreadable));
        }
        (Exit::FellShort, true) => console.quiet_reason("exit 1: a score is below --fail-under"),
        (Exit::FellShort, false) => console.quiet_reason("exit 1: a rule that --fail-on names failed"),
        _ => {}
    }
    Ok(exit)
}

/// The results of an earlier run, if this one can take over any, and what is to be said of them.
fn resume(
    path: &Path,
    settings: &AuditSettings,
    (setup, outputs): (&Setup, &[Box<dyn Output>]),
    console: &Console,
) -> Result<Option<Index>> {
    let (shown, writing) = (path.display(), &settings.writing);
    if !path.exists() && writing.files.iter().any(|file| file.path == path) {
        // The first night of those to come.
        console.note(&format!("--resume {shown}: is not there yet, so every call is judged"));
        return Ok(None);
    }
    let index = Index::open(path, &setup.rules, &setup.by).map_err(|error| anyhow!("--resume {error}"))?;
    let mut written = writing.kinds().zip(outputs).filter(|_| !settings.report.summary);
    if let Some((kind, _)) = written.find(|(kind, output)| kind.in_lines || output.draws()) {
        let name = kind.name;
        console.note(&format!(
            "--resume {shown}: {name} shows more of a call than its line holds, so every call is judged; write jsonl here, and {name} with heard summary"
        ));
        return Ok(None);
    }
    let mut notes = Vec::new();
    if index.cut {
        notes.push("its last line was cut, as a killed run leaves it, and is read past".to_owned());
    }
    if let Some((count, line)) = index.broken {
        let lines = counted(count, "line that is no result is", "lines that are no results are");
        notes.push(format!("{lines} read past, line {line} the first"));
    }
    if let Some((count, by)) = &index.others {
        let calls = counted(*count, "call was", "calls were");
        let named = |version: &str, packs: &str, detectors: &str| format!("heard {version}, {packs}, {detectors}");
        let (old, new) = (by, &setup.by);
        notes.push(format!(
            "{calls} judged by {}; this is {}: they are judged anew",
            named(&old.version, &old.packs, &old.detectors),
            named(new.version, &new.packs, new.detectors)
        ));
    }
    for note in notes {
        console.note(&format!("--resume {shown}: {note}"));
    }
    Ok(Some(index))
}

/// The pipeline's end: puts what workers rendered where it belongs, and counts.
struct Writer<'a> {
    delivery: Delivery,
    outputs: &'a [Box<dyn Output>],
    rollup: RollUp,
    /// The same, with what may be shown where something is replaced.
    redacted: Option<RollUp>,
    redacts: Redacts,
    /// The sample of N calls, which is known only at the end.
    lowest: Option<Lowest<Part>>,
    console: &'a Console,
    traced: bool,
    /// Calls of which an earlier run had said it all, and those that were judged.
    taken: [u64; 2],
}

impl Sink<Rendered> for Writer<'_> {
    fn take(&mut self, rendered: &mut Rendered) -> io::Result<ControlFlow<()>> {
        rendered.unreadable.iter().for_each(|record| self.console.unreadable(record));
        if !rendered.trace.is_empty() {
            self.console.asked(&rendered.trace);
            self.traced = true;
        }
        self.console.progress(rendered.bytes, rendered.calls);
        self.taken.iter_mut().zip(rendered.taken).for_each(|(all, these)| *all += these);
        if let Some(lowest) = &mut self.lowest {
            rendered.parts.drain(..).for_each(|part| lowest.offer(part.rank, part));
            return Ok(ControlFlow::Continue(()));
        }
        for part in &rendered.parts {
            merge(&mut self.rollup, &mut self.redacted, part);
            let (delivery, outputs) = (&mut self.delivery, self.outputs);
            let written = self.console.suspend_progress(|| delivery.write(outputs, &part.streams));
            if written?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        let delivery = &mut self.delivery;
        self.console.suspend_progress(|| delivery.flush())
    }

    fn abandon(&mut self) -> io::Result<()> {
        let console = self.console;
        console.suspend_progress(|| self.end())?;
        console.finish();
        console.note(INTERRUPTED);
        Ok(())
    }
}

impl Writer<'_> {
    /// Ends the outputs, and says whether anybody read them.
    fn end(&mut self) -> io::Result<bool> {
        for part in self.lowest.take().map(Lowest::into_ordered).unwrap_or_default() {
            merge(&mut self.rollup, &mut self.redacted, &part);
            if self.delivery.write(self.outputs, &part.streams)?.is_break() {
                break;
            }
        }
        let of = |output| self.redacted.as_ref().filter(|_| self.redacts.at(output)).unwrap_or(&self.rollup);
        self.delivery.end(self.outputs, of)
    }
}

fn merge(rollup: &mut RollUp, redacted: &mut Option<RollUp>, part: &Part) {
    rollup.merge(&part.rollup);
    if let (Some(redacted), Some(part)) = (redacted, &part.redacted) {
        redacted.merge(part);
    }
}
