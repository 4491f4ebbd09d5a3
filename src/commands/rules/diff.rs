//! `heard rules diff`: which verdicts of real calls change from one pack to another, and why.

use crate::audit::Auditor;
use crate::call::Call;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesDiffArgs;
use crate::cli::settings::ReadSettings;
use crate::commands::{exit, finish, through};
use crate::input::source::{Batch, Decoder, Event};
use crate::output::terminal;
use crate::report::{Judged, RuleResult, Score, Unreadable, Verdict};
use crate::rules::{PackRef, Pick, RuleBook};
use crate::run::pipeline::{HandOver, Sink};
use crate::text::scene::Scene;
use anyhow::Result;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Stdout, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Runs `rules diff`.
pub fn run(args: RulesDiffArgs) -> Result<Exit> {
    let load = |typed: &str| RuleBook::load(&[PackRef::typed(typed)], &Pick::default());
    let (old, new) = (load(&args.old)?, load(&args.new)?);
    let pairs = pair(&old, &new);
    let reading = ReadSettings::resolve("rules diff", args.paths, &args.read, &args.run)?;
    let console = Console::new(reading.verbosity, reading.bar, reading.total_bytes);
    let mut writer = Writer {
        to: BufWriter::with_capacity(1 << 16, io::stdout()),
        console: &console,
        tallies: vec![Tally::default(); pairs.len()],
        calls: 0,
        changed: 0,
        unreadable: false,
    };
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let (mut before, mut after) = (Auditor::new(&old), Auditor::new(&new));
        let mut scene = Scene::default();
        let pairs = &pairs;
        move |batch: &Batch, seen: &mut Seen, _: &mut HandOver<'_, Seen>| {
            *seen = Seen { bytes: batch.bytes_read(), tallies: vec![Tally::default(); pairs.len()], ..Seen::default() };
            decoder.decode(batch, &mut |event| match event {
                Event::Call { call, .. } => {
                    let [old, new] = [&mut before, &mut after].map(|auditor| {
                        auditor.tag(call, &mut scene);
                        auditor.judge(call, &scene)
                    });
                    seen.add(call, &old, &new, pairs);
                }
                Event::Unreadable(record) => seen.unreadable.push(record),
            });
        }
    };
    let (ended, skipped) = through(&reading, make_worker, &mut writer)?;
    let changes = writer.end(&pairs)?;
    finish(&console, &reading, ended, &skipped);
    Ok(exit(ended, writer.unreadable && !reading.lenient, changes))
}

/// A rule by its id, with its place in the reports of either pack.
struct Pair<'b> {
    id: &'b str,
    old: Option<usize>,
    new: Option<usize>,
}

/// The rules of both packs, in the new one's order; those that are gone come last.
fn pair<'b>(old: &'b RuleBook, new: &'b RuleBook) -> Vec<Pair<'b>> {
    let place = |book: &RuleBook, id: &str| book.heads().iter().position(|h| h.id == id);
    let kept =
        new.heads().iter().enumerate().map(|(n, head)| Pair { id: &head.id, old: place(old, &head.id), new: Some(n) });
    let gone =
        old.heads().iter().enumerate().map(|(n, head)| Pair { id: &head.id, old: Some(n), new: place(new, &head.id) });
    kept.chain(gone.filter(|p| p.new.is_none())).collect()
}

/// How often a rule came from which verdict to which, both in the order of [`Verdict::ALL`], and what a rule says that
/// only one of the packs has.
#[derive(Clone, Default)]
struct Tally {
    moved: [[u64; 4]; 4],
    alone: [u64; 4],
}

impl Tally {
    fn changed(&self) -> u64 {
        let pairs = (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
        pairs.filter(|(a, b)| a != b).map(|(a, b)| self.moved[a][b]).sum()
    }
}

/// What a batch came to.
#[derive(Default)]
struct Seen {
    text: String,
    tallies: Vec<Tally>,
    unreadable: Vec<Unreadable>,
    bytes: u64,
    calls: u64,
    changed: u64,
}

impl Seen {
    fn add(&mut self, call: &Call, old: &Judged, new: &Judged, pairs: &[Pair<'_>]) {
        self.calls += 1;
        let mut lines = String::new();
        for (pair, tally) in pairs.iter().zip(&mut self.tallies) {
            let before = pair.old.map(|k| &old.results[k]);
            let after = pair.new.map(|k| &new.results[k]);
            match (before, after) {
                (Some(a), Some(b)) => {
                    tally.moved[a.verdict as usize][b.verdict as usize] += 1;
                    if a.verdict != b.verdict {
                        let _ = writeln!(
                            lines,
                            "  {}: {} -> {}\n    was: {}\n    now: {}",
                            pair.id,
                            a.verdict.as_str(),
                            b.verdict.as_str(),
                            why(a),
                            why(b)
                        );
                    }
                }
                (Some(one), None) | (None, Some(one)) => tally.alone[one.verdict as usize] += 1,
                (None, None) => {}
            }
        }
        if !lines.is_empty() {
            self.changed += 1;
            let (from, to) = (points(old.score.as_ref()), points(new.score.as_ref()));
            let score = if from == to { format!("score {from}") } else { format!("score {from} -> {to}") };
            let _ = writeln!(self.text, "{}: {score}\n{lines}", terminal(&call.id));
        }
    }
}

fn why(result: &RuleResult) -> String {
    let why = if result.why.is_empty() { result.reason } else { &result.why };
    terminal(why).into_owned()
}

fn points(score: Option<&Score>) -> String {
    score.map_or("none".to_owned(), |s| format!("{}.{}", s.tenths / 10, s.tenths % 10))
}

struct Writer<'a> {
    to: BufWriter<Stdout>,
    console: &'a Console,
    tallies: Vec<Tally>,
    calls: u64,
    changed: u64,
    unreadable: bool,
}

impl Sink<Seen> for Writer<'_> {
    fn take(&mut self, seen: &mut Seen) -> io::Result<ControlFlow<()>> {
        self.console.progress(seen.bytes, seen.calls);
        seen.unreadable.iter().for_each(|record| self.console.unreadable(record));
        self.unreadable |= !seen.unreadable.is_empty();
        self.calls += seen.calls;
        self.changed += seen.changed;
        for (all, one) in self.tallies.iter_mut().zip(&seen.tallies) {
            for a in 0..4 {
                all.alone[a] += one.alone[a];
                for b in 0..4 {
                    all.moved[a][b] += one.moved[a][b];
                }
            }
        }
        self.to.write_all(seen.text.as_bytes()).map(|()| ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Writer<'_> {
    /// The counts; whether anything changes.
    fn end(&mut self, pairs: &[Pair<'_>]) -> io::Result<bool> {
        let mut text = String::new();
        let mut changes = false;
        for (pair, tally) in pairs.iter().zip(&self.tallies) {
            let counted = |counts: &mut dyn Iterator<Item = (String, u64)>| {
                counts.filter(|(_, n)| *n > 0).map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
            };
            let line = match (pair.old, pair.new) {
                (Some(_), Some(_)) if tally.changed() == 0 => continue,
                (Some(_), Some(_)) => {
                    let all = Verdict::ALL.iter().flat_map(|a| {
                        Verdict::ALL.iter().filter(move |b| a != *b).map(move |b| {
                            let count = tally.moved[*a as usize][*b as usize];
                            (format!("{} -> {}", a.as_str(), b.as_str()), count)
                        })
                    });
                    counted(&mut all.into_iter())
                }
                (old, _) => {
                    let all = Verdict::ALL.iter().map(|v| (v.as_str().to_owned(), tally.alone[*v as usize]));
                    let which = if old.is_some() { "old" } else { "new" };
                    format!("in the {which} pack only: {}", counted(&mut all.into_iter()))
                }
            };
            changes = true;
            let _ = writeln!(text, "{}: {line}", pair.id);
        }
        let calls = if self.calls == 1 { "call" } else { "calls" };
        let verb = if self.changed == 1 { "changes" } else { "change" };
        let _ = writeln!(text, "{} of {} {calls} {verb} a verdict", self.changed, self.calls);
        self.to.write_all(text.as_bytes())?;
        self.to.flush()?;
        Ok(changes)
    }
}
