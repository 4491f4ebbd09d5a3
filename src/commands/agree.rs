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
use crate::redact;
use crate::report::rollup::RollUp;
use crate::report::{CallReport, Unreadable};
use crate::rules::{PackRef, Pick, RuleBook};
use crate::run::pipeline::{Ended, HandOver, Sink};
use crate::support::panics::catch_panic;
use crate::support::whole_file::WholeFile;
use crate::text::scene::Scene;
use anyhow::{Result, anyhow};
use std::collections::BTreeMap;
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
    let mut gathered = Gathered {
        found: Found::default(),
        shown: BTreeMap::new(),
        redacts: settings.redacts.any(settings.files.len() + 1),
        redacts_standard: settings.redacts.standard,
        unreadable: false,
        rollup: None,
        console: &console,
    };
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
            tell(&console, settings.redacts.standard, record);
        });
    }
    if let Some(note) = gathered.rollup.as_ref().and_then(RollUp::unknown_roles_note) {
        console.note(&note);
    }

    let agreement = compare(&labels, &gathered.found, &known, picked);
    let (texts, names) = (|text: &str| redact::text(text).into_owned(), |name: &str| redact::name(name).into_owned());
    let redacted =
        gathered.redacts.then(|| (labels.shown(texts, names), gathered.found.shown(&gathered.shown, texts, names)));
    let redacted = redacted.as_ref().map(|(labels, found)| compare(labels, found, &known, picked));
    let to_show = |redact: bool| redacted.as_ref().filter(|_| redact).unwrap_or(&agreement);
    for note in notes(to_show(settings.redacts.standard), &judged_by) {
        console.note(&note);
    }
    console.suspend_progress(|| write(&settings, to_show, files))?;
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
    let redacts = gathered.redacts;
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let (mut auditor, mut scene) = (Auditor::new(book), Scene::default());
        let counters = &counters;
        move |batch: &Batch, audited: &mut Audited, _: &mut HandOver<'_, Audited>| {
            *audited = Audited { bytes: batch.bytes_read(), rollup: counters.fresh(), ..Audited::default() };
            decoder.decode(batch, &mut |event| match event {
                Event::Call { record, source, call } => {
                    audited.calls += 1;
                    let Some(index) = wanted.call(&call.id, source) else {
                        audited.events.push(Met::Other(call.id.clone()));
                        return;
                    };
                    let judged = catch_panic(|| {
                        auditor.tag(call, &mut scene);
                        let judged = auditor.judge(call, &scene);
                        let report = CallReport::new(record, source, call, &judged);
                        audited.rollup.call(&report);
                        let said = |report: &CallReport<'_>| wanted.audited(index, report, book.heads());
                        // In its place: a number is known by what was said before it.
                        Met::Graded(said(&report), redacts.then(|| said(&redact::report(&report).report())))
                    });
                    match judged {
                        Ok(met) => audited.events.push(met),
                        Err(error) => {
                            auditor.renew();
                            let source = source.to_owned();
                            audited.events.push(Met::Unreadable(Unreadable { record, source, line: None, error }));
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
    /// Said of a labelled call, and as it may be shown where something is replaced.
    Graded(CallVerdicts, Option<CallVerdicts>),
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
    /// What may be shown of audited calls where something is replaced, by the index of the call.
    shown: BTreeMap<usize, CallVerdicts>,
    /// Whether something is replaced in any output, and on standard output.
    redacts: bool,
    redacts_standard: bool,
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
                Met::Graded(call, shown) => {
                    if let Some(shown) = shown {
                        self.shown.entry(call.call).or_insert(shown);
                    }
                    self.found.graded(call);
                }
                Met::Other(id) => self.found.other(&id),
                Met::Unreadable(record) => {
                    self.unreadable = true;
                    tell(self.console, self.redacts_standard, &record);
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Says what could not be read.
fn tell(console: &Console, redact: bool, record: &Unreadable) {
    if redact { console.unreadable(&redact::unreadable(record)) } else { console.unreadable(record) }
}

/// Writes the files, then standard output; `agreement` says what may be shown where something is replaced, and where not.
fn write<'a>(
    settings: &AgreeSettings,
    agreement: impl Fn(bool) -> &'a Agreement<'a>,
    files: Vec<WholeFile>,
) -> io::Result<()> {
    let mut style = settings.style;
    style.color = false;
    for (asked, file) in settings.files.iter().zip(files) {
        let mut bytes = Vec::new();
        (asked.kind.write)(agreement(settings.redacts.files), &style, &mut bytes);
        file.finish(&bytes)?;
    }
    let mut bytes = Vec::new();
    (settings.standard.write)(agreement(settings.redacts.standard), &settings.style, &mut bytes);
    let mut stdout = io::stdout().lock();
    stdout.write_all(&bytes).and_then(|()| stdout.flush())
}
