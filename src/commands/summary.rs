//! `heard summary`: results read back, counted and written by the outputs that an audit has.

use super::{exit, interrupt};
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::SummarySettings;
use crate::cli::summary::SummaryArgs;
use crate::output::Output;
use crate::redact::{self, Redacted};
use crate::report::kept::Kept;
use crate::report::rollup::{RollUp, SHIPPED_PACKS};
use crate::report::{JudgedBy, Unreadable};
use crate::results::{self, Event, Heads, Names, ResultsInput};
use crate::rules::{PackRef, Pick, RuleBook};
use crate::run::anonymous;
use crate::run::delivery::{self, Delivery};
use crate::run::pipeline::{Ended, Interrupt};
use anyhow::{Result, anyhow};
use std::io;
use std::ops::ControlFlow;

/// Runs `summary`.
pub fn run(args: SummaryArgs) -> Result<Exit> {
    let mut settings = SummarySettings::resolve(args)?;
    let console = Console::new(settings.verbosity, false, None);
    let mut heads = Heads::default();
    settings.results.iter().for_each(|input| heads.add(input));
    let judged_by = heads.judges.clone();
    settings.against.iter().for_each(|input| heads.add(input));
    explain(&mut heads)?;
    if judged_by.len() > 1 {
        let packs: Vec<&str> = judged_by.iter().map(|by| by.packs.as_str()).collect();
        console.note(&format!(
            "the results were judged in {} ways, and the figures mix them: {}",
            judged_by.len(),
            packs.join("; ")
        ));
    }
    if heads.judges.len() > judged_by.len() && !judged_by.is_empty() {
        console.note(
            "what --against names was judged in another way: a change may be that of the rules, not of the calls",
        );
    }

    let mut names = Names::default();
    let by = judged_by.first().map_or_else(JudgedBy::default, |by| names.judge(by));
    let left = settings.report.heads(heads.rules.clone())?;
    let counters = settings.report.counters(&left, &settings.writing);
    let setup = settings.writing.setup(left, by, &settings.report, settings.verbosity);
    let (outputs, mut delivery) = delivery::open(settings.writing.standard, &settings.writing.files, &setup)?;
    delivery.begin(&outputs)?;
    let mut counting = Counting {
        settings: &settings,
        heads: &heads,
        names: &mut names,
        interrupt: &interrupt(),
        console: &console,
        broken: 0,
        ended: Ended::Done,
    };
    let mut rollup = counters.fresh();
    counting.count(&settings.results, &mut rollup, Some((&outputs, &mut delivery)))?;
    if !settings.against.is_empty() && counting.ended == Ended::Done {
        let mut before = counters.with_worst(0).fresh();
        counting.count(&settings.against, &mut before, None)?;
        rollup.against = Some(Box::new(before));
    }
    let (ended, broken) = (counting.ended, counting.broken);
    let read = delivery.end(&outputs, |_| &rollup)?;
    outputs.iter().filter_map(|output| output.left_out()).for_each(|what| console.note(&what));
    if rollup.calls == 0 && ended == Ended::Done {
        console.note(if settings.report.narrow.is_narrow() {
            "no call is left: none is of the agent or queue that was named"
        } else {
            "the results hold no call"
        });
    }
    let exit = exit(if read { ended } else { Ended::Closed }, broken > 0 && !settings.lenient, false);
    if exit == Exit::Unreadable {
        console.quiet_reason(&format!("exit 3: lines that are no results: {broken}"));
    }
    Ok(exit)
}

/// Takes from the shipped packs what results do not tell of a rule: its title, its advice.
fn explain(heads: &mut Heads) -> Result<()> {
    let packs: Vec<String> = heads.packs().into_iter().map(str::to_owned).collect();
    let (shipped, own): (Vec<&String>, Vec<&String>) =
        packs.iter().partition(|name| SHIPPED_PACKS.contains(&name.as_str()));
    for name in shipped {
        let book = RuleBook::load(&[PackRef::Shipped(name.clone())], &Pick::default()).map_err(|e| anyhow!("{e}"))?;
        heads.explain(book.heads());
    }
    heads.own(own.first().map_or("", |name| name.as_str()));
    Ok(())
}

/// Counts results, and writes them where they are written.
struct Counting<'a> {
    settings: &'a SummarySettings,
    heads: &'a Heads,
    names: &'a mut Names,
    interrupt: &'a Interrupt,
    console: &'a Console,
    /// Lines that are no results.
    broken: u64,
    ended: Ended,
}

impl Counting<'_> {
    fn count(
        &mut self,
        inputs: &[ResultsInput],
        rollup: &mut RollUp,
        mut to: Option<(&Vec<Box<dyn Output>>, &mut Delivery)>,
    ) -> io::Result<()> {
        let (report, redacts) = (&self.settings.report, self.settings.redacts);
        let shown = |record: Unreadable| if redacts { redact::unreadable(&record) } else { record };
        let (console, interrupt) = (self.console, self.interrupt);
        let (broken, ended) = (&mut self.broken, &mut self.ended);
        let mut streams: Vec<Vec<u8>> = to.iter().flat_map(|(outputs, _)| outputs.iter()).map(|_| Vec::new()).collect();
        let mut failed = None;
        let _ = results::read(inputs, self.heads, self.names, |event| {
            if interrupt.is_raised() {
                *ended = Ended::Interrupted;
                return ControlFlow::Break(());
            }
            streams.iter_mut().for_each(Vec::clear);
            let outputs = to.iter().filter(|_| !report.summary).flat_map(|(outputs, _)| outputs.iter());
            match event {
                Event::Call(mut kept) => {
                    if !report.narrow.admits(&kept.call) {
                        return ControlFlow::Continue(());
                    }
                    report.narrow.verdicts(&mut kept.judged);
                    if report.anonymous {
                        let Kept { call, judged, source, .. } = &mut *kept;
                        anonymous::hide(call, judged, source, &[], &[]);
                    }
                    let redacted = redacts.then(|| redact::report(&kept.report()));
                    let report = redacted.as_ref().map_or_else(|| kept.report(), Redacted::report);
                    outputs.zip(&mut streams).for_each(|(output, stream)| output.call(&report, stream));
                    rollup.call(&report);
                }
                Event::Unreadable(record) => {
                    let record = shown(record);
                    outputs.zip(&mut streams).for_each(|(output, stream)| output.unreadable(&record, stream));
                    rollup.unreadable(&record);
                }
                Event::Broken(record) => {
                    *broken += 1;
                    console.unreadable(&shown(record));
                }
            }
            let Some((outputs, delivery)) = &mut to else { return ControlFlow::Continue(()) };
            match delivery.write(outputs, &streams) {
                Ok(ControlFlow::Continue(())) => ControlFlow::Continue(()),
                Ok(ControlFlow::Break(())) => {
                    *ended = Ended::Closed;
                    ControlFlow::Break(())
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        failed.map_or(Ok(()), Err)
    }
}
