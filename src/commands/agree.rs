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
use crate::rules::{PackRef, Pick, RuleBook, shipped};
use crate::run::pipeline::{Ended, HandOver, Sink};
use crate::support::panics::catch_panic;
use crate::support::suggest::nearest;
use crate::support::whole_file::WholeFile;
use crate::text::scene::Scene;
use anyhow::{Result, anyhow, bail};
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Runs `agree`.
pub fn run(args: AgreeArgs) -> Result<Exit> {
    let labels = Labels::read(&args.labels).map_err(|wrong| anyhow!("{wrong}"))?;
    let mut settings = AgreeSettings::resolve(args)?;
    let results = std::mem::take(&mut settings.results);
    check_picked(&settings, &labels)?;
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

/// Rules that are named must be labelled.
fn check_picked(settings: &AgreeSettings, labels: &Labels) -> Result<()> {
    let flags = [("--select", &settings.select), ("--ignore", &settings.ignore)];
    let named = flags.iter().flat_map(|(flag, ids)| ids.iter().map(move |id| (flag, id)));
    let unknown = named.filter(|(_, id)| !labels.rules.contains(id)).map(|(flag, id)| {
        let near = nearest(id, labels.rules.iter().map(String::as_str));
        let meant = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!("{flag} {id}: no label is about this rule{meant}")
    });
    let unknown: Vec<String> = unknown.collect();
    if unknown.is_empty() {
        return Ok(());
    }
    bail!("{}", unknown.join("\n"))
}

/// The rules that transcripts are judged by, and what their packs are called: those that were typed, else the shipped
/// pack that has most of the labelled rules, the first of those that have as many.
fn rules(settings: &AgreeSettings, labels: &Labels) -> Result<(RuleBook, String)> {
    let pick = Pick::default();
    if !settings.packs.is_empty() {
        let name = |pack: &PackRef| match pack {
            PackRef::Shipped(name) => name.clone(),
            PackRef::File(path) => path.display().to_string(),
        };
        let names: Vec<String> = settings.packs.iter().map(name).collect();
        let word = if names.len() == 1 { "pack" } else { "packs" };
        let book = RuleBook::load(&settings.packs, &pick)?;
        return Ok((book, format!("{word} {}", names.join(", "))));
    }
    let picked: Vec<&String> = labels.rules.iter().filter(|rule| settings.is_picked(rule)).collect();
    let mut best: Option<(usize, RuleBook, String)> = None;
    for (name, _) in shipped::PACKS {
        let book = RuleBook::load(&[PackRef::Shipped((*name).to_owned())], &pick)?;
        let has = |id: &&&String| book.heads().iter().any(|head| head.id == ***id);
        let count = picked.iter().filter(has).count();
        if count > best.as_ref().map_or(0, |best| best.0) {
            best = Some((count, book, format!("pack {name}")));
        }
        if count == picked.len() {
            break;
        }
    }
    best.map(|(_, book, name)| (book, name)).ok_or_else(|| {
        anyhow!(
            "no shipped pack has one of the labelled rules ({}): name your own with --rules",
            picked.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
        )
    })
}

/// Audits the labelled ones of the calls.
fn audit(reading: &ReadSettings, book: &RuleBook, wanted: &Wanted<'_>, gathered: &mut Gathered<'_>) -> Result<Ended> {
    let counters = RollUp::new(book.heads());
    gathered.rollup = Some(counters.fresh());
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let (mut auditor, mut scene) = (Auditor::new(book), Scene::default());
        let counters = &counters;
        move |batch: &Batch, audited: &mut Audited, _: &mut HandOver<'_, Audited>| {
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
                        let report = CallReport { record, source, call, judged: &judged, script: None };
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
