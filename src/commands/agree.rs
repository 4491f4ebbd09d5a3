//! `heard agree`: a table of graders' verdicts, and an audit of the calls they are about or its results, wired to the
//! comparison.

use super::{exit, finish, through};
use crate::agree::compare::{Agreement, Found, compare};
use crate::agree::labels::Labels;
use crate::agree::notes::notes;
use crate::agree::said::{CallVerdicts, Wanted};
use crate::audit::Auditor;
use crate::cli::agree::AgreeArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::{AgreeSettings, ReadSettings};
use crate::input::source::{Batch, Decoder, Event};
use crate::report::rollup::RollUp;
use crate::report::{CallReport, Unreadable};
use crate::rules::{PackRef, Pick, RuleBook};
use crate::run::pipeline::{Ended, Sink};
use crate::support::panics::catch_panic;
use crate::support::whole_file::WholeFile;
use crate::text::scene::Scene;
use anyhow::{Result, anyhow};
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Runs `agree`.
pub fn run(args: AgreeArgs) -> Result<Exit> {
    let labels = Labels::read(&args.labels).map_err(|wrong| anyhow!("{wrong}"))?;
    let mut settings = AgreeSettings::resolve(args)?;
    let results = std::mem::take(&mut settings.results);
    labels
        .check_named(&[("--select", &settings.select), ("--ignore", &settings.ignore)])
        .map_err(|wrong| anyhow!(wrong))?;
    let picked = |rule: &str| settings.is_picked(rule);
    let opened = settings.files.iter().map(|file| WholeFile::open(&file.path));
    let files: Vec<WholeFile> = opened.collect::<io::Result<_>>()?;
    let wanted = Wanted::of(&labels, picked);

    let (verbosity, reading) = (settings.style.verbosity, settings.reading.as_ref());
    let console = Console::new(verbosity, reading.is_some_and(|r| r.bar), reading.and_then(|r| r.total_bytes));
    let mut gathered = Gathered { found: Found::default(), unreadable: false, rollup: None, console: &console };
    let (mut ended, mut known, mut judged_by) = (Ended::Done, Vec::new(), "these results".to_owned());
    if let Some(reading) = reading {
        let (book, packs) = rules(&settings, &labels)?;
        known.extend(book.heads().iter().map(|head| head.id.clone()));
        judged_by = format!("the {packs}");
        if settings.packs.is_empty() {
            console.note(&format!("judged by the {packs}, which has the labelled rules (--rules names others)"));
        }
        ended = audit(reading, &book, &wanted, &mut gathered)?;
    } else if !settings.packs.is_empty() {
        console.note("results were judged before: --rules changes nothing about them");
    }
    for results in results {
        let Gathered { found, unreadable, .. } = &mut gathered;
        results.read(&wanted, found, &mut known, &mut |record| {
            *unreadable = true;
            console.unreadable(record);
        });
    }
    if let Some(note) = gathered.rollup.as_ref().and_then(RollUp::unknown_roles_note) {
        console.note(&note);
    }

    let agreement = compare(&labels, &gathered.found, &known, picked);
    for note in notes(&agreement, &judged_by) {
        console.note(&note);
    }
    console.suspend_progress(|| write(&settings, &agreement, files))?;
    if agreement.heard.all.n == 0 && ended == Ended::Done {
        console.note("there is nothing to compare: no label is about a rule of a call that was read");
        return Ok(Exit::DidNotRun);
    }
    Ok(exit(ended, gathered.unreadable && !settings.lenient, false))
}

/// The rules that transcripts are judged by, and what their packs are called: those that were typed, else those of the
/// shipped pack that has most of the labelled rules.
fn rules(settings: &AgreeSettings, labels: &Labels) -> Result<(RuleBook, String)> {
    if !settings.packs.is_empty() {
        let names: Vec<String> = settings.packs.iter().map(PackRef::to_string).collect();
        let word = if names.len() == 1 { "pack" } else { "packs" };
        return Ok((RuleBook::load(&settings.packs, &Pick::default())?, format!("{word} {}", names.join(", "))));
    }
    let picked: Vec<&str> = labels.rules.iter().map(String::as_str).filter(|rule| settings.is_picked(rule)).collect();
    let (name, book) = RuleBook::with_most_of(&picked)?.ok_or_else(|| {
        anyhow!("no shipped pack has one of the labelled rules ({}): name your own with --rules", picked.join(", "))
    })?;
    Ok((book, format!("pack {name}")))
}

/// Audits the labelled ones of the calls.
fn audit(reading: &ReadSettings, book: &RuleBook, wanted: &Wanted<'_>, gathered: &mut Gathered<'_>) -> Result<Ended> {
    let counters = RollUp::new(book.heads());
    gathered.rollup = Some(counters.fresh());
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let (mut auditor, mut scene) = (Auditor::new(book), Scene::default());
        let counters = &counters;
        move |batch: &Batch, audited: &mut Audited| {
            *audited = Audited { bytes: batch.bytes_read(), rollup: counters.fresh(), ..Audited::default() };
            decoder.decode(batch, &mut |event| match event {
                Event::Call { record, source, call } => {
                    audited.calls += 1;
                    if wanted.call(&call.id, source).is_none() {
                        audited.events.push(Met::Other(call.id.clone()));
                        return;
                    }
                    let judged = catch_panic(|| {
                        auditor.tag(call, &mut scene);
                        let judged = auditor.judge(call, &scene);
                        let report = CallReport::new(record, source, call, &judged);
                        audited.rollup.call(&report);
                        wanted.audited(&report, book.heads())
                    });
                    match judged {
                        Ok(Some(said)) => audited.events.push(Met::Graded(said)),
                        Ok(None) => {}
                        Err(error) => {
                            auditor.renew();
                            let source = source.to_owned();
                            audited.events.push(Met::Unreadable(Unreadable { record, source, error }));
                        }
                    }
                }
                Event::Unreadable(record) => audited.events.push(Met::Unreadable(record)),
            });
        }
    };
    let (ended, skipped) = through(reading, make_worker, gathered)?;
    finish(gathered.console, reading, ended, &skipped);
    Ok(ended)
}

/// What came out of a record.
enum Met {
    Graded(CallVerdicts),
    Other(String),
    Unreadable(Unreadable),
}

/// What a batch came to.
#[derive(Default)]
struct Audited {
    events: Vec<Met>,
    rollup: RollUp,
    bytes: u64,
    calls: u64,
}

/// All that was read.
struct Gathered<'a> {
    found: Found,
    unreadable: bool,
    /// Counters over the labelled calls that were audited.
    rollup: Option<RollUp>,
    console: &'a Console,
}

impl Sink<Audited> for Gathered<'_> {
    fn take(&mut self, audited: &mut Audited) -> io::Result<ControlFlow<()>> {
        self.console.progress(audited.bytes, audited.calls);
        if let Some(rollup) = &mut self.rollup {
            rollup.merge(&audited.rollup);
        }
        for met in audited.events.drain(..) {
            match met {
                Met::Graded(call) => self.found.graded(call),
                Met::Other(id) => self.found.other(&id),
                Met::Unreadable(record) => {
                    self.unreadable = true;
                    self.console.unreadable(&record);
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the files, then standard output.
fn write(settings: &AgreeSettings, agreement: &Agreement<'_>, files: Vec<WholeFile>) -> io::Result<()> {
    let mut style = settings.style;
    style.color = false;
    for (asked, file) in settings.files.iter().zip(files) {
        let mut bytes = Vec::new();
        (asked.kind.write)(agreement, &style, &mut bytes);
        file.finish(&bytes)?;
    }
    let mut bytes = Vec::new();
    (settings.standard.write)(agreement, &settings.style, &mut bytes);
    let mut stdout = io::stdout().lock();
    stdout.write_all(&bytes).and_then(|()| stdout.flush())
}
