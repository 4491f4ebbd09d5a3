//! A worker's half of an audit: a batch becomes bytes for every output, and counters.
//!
//! Pure: what comes out depends on the batch, the rules and the settings alone, so that it does not matter which
//! worker did it, or when.

use crate::audit::Auditor;
use crate::call::Call;
use crate::input::source::{Batch, Decoder, Event};
use crate::output::Output;
use crate::redact::{self, Redacted};
use crate::report::narrow::Narrow;
use crate::report::rollup::RollUp;
use crate::report::{CallReport, Unreadable};
use crate::results::{Index, Names};
use crate::rules::RuleBook;
use crate::run::delivery::Redacts;
use crate::run::pipeline::HandOver;
use crate::run::resume::Earlier;
use crate::run::sample::{Bound, rank};
use crate::run::trace;
use crate::support::panics::catch_panic;

mod queue;

use queue::{Queue, Waiting};

/// What a batch comes to is handed over when so many bytes are held.
const MOST_HELD: usize = 4 << 20;

/// What one or several calls came to.
#[derive(Debug, Default)]
pub struct Part {
    /// The call's place in the queue for a sample; none for a record that could not be read, or for many calls.
    pub rank: Option<u64>,
    /// Bytes for each output.
    pub streams: Vec<Vec<u8>>,
    /// Counters.
    pub rollup: RollUp,
    /// The same, with what may be shown where something is replaced; none where nothing is.
    pub redacted: Option<RollUp>,
}

/// What a batch came to. Its memory is used again for the next one.
#[derive(Debug, Default)]
pub struct Rendered {
    /// In order: one of everything, or one a record if a sample of N is drawn.
    pub parts: Vec<Part>,
    /// Records that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What `--trace` has to say.
    pub trace: String,
    /// Bytes of input.
    pub bytes: u64,
    /// Calls in the batch, audited or not.
    pub calls: u64,
    /// Those of which an earlier run had said it all, and those that were judged.
    pub taken: [u64; 2],
}

/// What every worker of an audit shares.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The outputs, in the order of the streams.
    pub outputs: &'a [Box<dyn Output>],
    /// Empty counters.
    pub counters: &'a RollUp,
    /// Which calls are wanted.
    pub bound: &'a Bound,
    /// What the report is narrowed to.
    pub narrow: &'a Narrow,
    /// Whether names are hidden.
    pub anonymous: bool,
    /// Whether calls are written, and not the roll-up alone.
    pub calls: bool,
    /// Whether each record is to be a part of its own.
    pub single: bool,
    /// Which outputs get what may be shown instead of what was said.
    pub redacts: Redacts,
    /// The id of the call to trace.
    pub trace: Option<&'a str>,
    /// What an earlier run said of the same calls.
    pub resume: Option<&'a Index>,
}

impl Plan<'_> {
    /// Empty counters of what may be shown, if anything is replaced.
    pub fn redacted_counters(&self) -> Option<RollUp> {
        self.redacts.any(self.outputs.len()).then(|| self.counters.fresh())
    }

    /// What an earlier run said of a call; a trace wants to see it judged.
    fn earlier(&self, record: u64, source: &str, call: &Call, names: &mut Names) -> Option<Earlier> {
        let index = self.resume.filter(|_| self.trace != Some(call.id.as_str()))?;
        Earlier::find(index, (record, source, call), (self.redacts, self.outputs.len()), names)
    }
}

/// Turns batches into [`Rendered`]; each worker has its own.
pub struct Renderer<'a> {
    plan: Plan<'a>,
    decoder: Decoder,
    auditor: Auditor<'a>,
    queue: Queue,
    /// Of earlier results.
    names: Names,
}

impl<'a> Renderer<'a> {
    /// A renderer of its own decoder and auditor.
    pub fn new(plan: Plan<'a>, decoder: Decoder, auditor: Auditor<'a>) -> Self {
        Renderer { plan, decoder, auditor, queue: Queue::default(), names: Names::default() }
    }

    /// Decodes, judges and renders a batch.
    pub fn render(&mut self, batch: &Batch, rendered: &mut Rendered, hand_over: &mut HandOver<'_, Rendered>) {
        let Renderer { plan, decoder, auditor, queue, names } = self;
        rendered.clear(plan);
        let mut more = |rendered: &mut Rendered| {
            // A small file may hold many calls, and what is written of each may be many times its size.
            if rendered.weight() > MOST_HELD {
                hand_over(rendered);
                rendered.clear(plan);
            }
        };
        decoder.decode(batch, &mut |event| match event {
            Event::Call { record, source, call } => {
                rendered.calls += 1;
                let rank = rank(&call.id);
                if plan.bound.admits(rank) && plan.narrow.admits(call) {
                    if !queue.has_room(call) {
                        rendered.judge(plan, auditor, queue);
                        more(rendered);
                    }
                    let earlier = plan.earlier(record, source, call, names);
                    rendered.taken[usize::from(earlier.is_none())] += 1;
                    queue.push(rank, record, source, call, earlier);
                }
            }
            Event::Unreadable(record) => {
                rendered.judge(plan, auditor, queue);
                rendered.unreadable(plan, record);
                more(rendered);
            }
        });
        rendered.judge(plan, auditor, queue);
        rendered.bytes = batch.bytes_read();
    }
}

impl Rendered {
    /// Bytes that are held, roughly.
    fn weight(&self) -> usize {
        let part = |part: &Part| part.streams.iter().map(|stream| stream.len() + 64).sum::<usize>();
        self.parts.iter().map(part).sum::<usize>() + self.unreadable.len() * 256 + self.trace.len()
    }

    fn clear(&mut self, plan: &Plan<'_>) {
        if plan.single {
            self.parts.clear();
        } else if let Some(part) = self.parts.first_mut() {
            part.streams.iter_mut().for_each(Vec::clear);
            part.rollup = plan.counters.fresh();
            part.redacted = plan.redacted_counters();
        } else {
            self.parts.push(Part::new(plan, None));
        }
        self.unreadable.clear();
        self.trace.clear();
        (self.bytes, self.calls, self.taken) = (0, 0, [0; 2]);
    }

    fn part(&mut self, plan: &Plan<'_>, rank: Option<u64>) -> Option<&mut Part> {
        if plan.single {
            self.parts.push(Part::new(plan, rank));
        }
        self.parts.last_mut()
    }

    /// Judges and renders the calls that wait: each step for all of them before the next one.
    fn judge(&mut self, plan: &Plan<'_>, auditor: &mut Auditor<'_>, queue: &mut Queue) {
        let waiting = queue.take();
        for waiting in waiting.iter_mut().filter(|w| w.earlier.is_none()) {
            waiting.mistake = catch_panic(|| auditor.tag(&waiting.call, &mut waiting.scene)).err();
            if waiting.mistake.is_some() {
                auditor.renew();
            }
        }
        let draws = plan.calls && plan.outputs.iter().any(|output| output.draws());
        for waiting in waiting.iter_mut().filter(|w| w.mistake.is_none() && w.earlier.is_none()) {
            let judge = |waiting: &Waiting| {
                let timeline = draws.then(|| auditor.timeline(&waiting.call, &waiting.scene));
                (auditor.judge(&waiting.call, &waiting.scene), timeline)
            };
            match catch_panic(|| judge(waiting)) {
                Ok((mut judged, timeline)) => {
                    plan.narrow.verdicts(&mut judged);
                    (waiting.judged, waiting.timeline) = (judged, timeline);
                    waiting.stored = plan.anonymous.then(|| waiting.hide_names());
                }
                Err(mistake) => waiting.mistake = Some(mistake),
            }
        }
        for waiting in waiting.iter_mut() {
            let mistake = waiting.mistake.take();
            if let Some(error) = mistake.or_else(|| self.call(plan, auditor.book(), waiting).err()) {
                let (record, source) = (waiting.record, waiting.source.clone());
                self.unreadable(plan, Unreadable { record, source, line: None, error });
            }
        }
    }

    /// Renders a call that was judged; a mistake on the way leaves nothing of it.
    fn call(&mut self, plan: &Plan<'_>, book: &RuleBook, waiting: &Waiting) -> Result<(), String> {
        let Some(part) = self.part(plan, Some(waiting.rank)) else {
            return Ok(());
        };
        let lengths: Vec<usize> = part.streams.iter().map(Vec::len).collect();
        let mut trace = String::new();
        let done = catch_panic(|| part.call(plan, book, waiting, &mut trace));
        self.trace.push_str(&trace);
        if done.is_err() {
            if plan.single {
                self.parts.pop();
            } else if let Some(part) = self.parts.last_mut() {
                for (stream, length) in part.streams.iter_mut().zip(lengths) {
                    stream.truncate(length);
                }
            }
        }
        done
    }

    fn unreadable(&mut self, plan: &Plan<'_>, record: Unreadable) {
        let redacted = plan.redacts.any(plan.outputs.len()).then(|| redact::unreadable(&record));
        if let Some(part) = self.part(plan, None) {
            part.rollup.unreadable(&record);
            if let (Some(rollup), Some(redacted)) = (&mut part.redacted, &redacted) {
                rollup.unreadable(redacted);
            }
            for (k, (output, stream)) in plan.outputs.iter().zip(&mut part.streams).enumerate().filter(|_| plan.calls) {
                let shown = redacted.as_ref().filter(|_| plan.redacts.at(k)).unwrap_or(&record);
                event(output.as_ref(), stream, |output, to| {
                    output.unreadable(shown, to);
                });
            }
        }
        let record = if plan.redacts.standard { redacted.unwrap_or(record) } else { record };
        self.unreadable.push(record);
    }
}

impl Part {
    fn new(plan: &Plan<'_>, rank: Option<u64>) -> Self {
        Part {
            rank,
            streams: vec![Vec::new(); plan.outputs.len()],
            rollup: plan.counters.fresh(),
            redacted: plan.redacted_counters(),
        }
    }

    /// Renders a call. Counted last, so that a mistake on the way leaves the counters as they were.
    fn call(&mut self, plan: &Plan<'_>, book: &RuleBook, waiting: &Waiting, trace: &mut String) {
        let Waiting { record, source, call, scene, judged, timeline, stored, earlier, .. } = waiting;
        let (timeline, stored) = (timeline.as_ref(), stored.as_ref());
        let report = CallReport { timeline, stored, ..CallReport::new(*record, source, call, judged) };
        let report = earlier.as_ref().and_then(|earlier| earlier.report(*record, call)).unwrap_or(report);
        // The one place where what may be shown takes the place of what was said.
        let redacts = plan.redacts.any(plan.outputs.len());
        let redacted = (redacts && earlier.is_none()).then(|| redact::report(&report));
        let redacted = match earlier {
            Some(earlier) => earlier.redacted(*record, call),
            None => redacted.as_ref().map(Redacted::report),
        };
        let mut sizes = Vec::new();
        for (k, (output, stream)) in plan.outputs.iter().zip(&mut self.streams).enumerate().filter(|_| plan.calls) {
            let shown = redacted.as_ref().filter(|_| plan.redacts.at(k)).unwrap_or(&report);
            sizes.push(event(output.as_ref(), stream, |output, to| {
                output.call(shown, to);
            }));
        }
        if plan.trace == Some(call.id.as_str()) {
            let shown = redacted.as_ref().filter(|_| plan.redacts.standard);
            trace::call(&report, shown, book, scene, &sizes, trace);
        }
        self.rollup.call(&report);
        if let (Some(rollup), Some(redacted)) = (&mut self.redacted, &redacted) {
            rollup.call(redacted);
        }
    }
}

/// Appends an event, with the separator before it if something stands there already. Returns the event's bytes.
fn event(output: &dyn Output, stream: &mut Vec<u8>, append: impl FnOnce(&dyn Output, &mut Vec<u8>)) -> usize {
    let before = stream.len();
    if before > 0 {
        stream.extend_from_slice(output.separator());
    }
    let from = stream.len();
    append(output, stream);
    let bytes = stream.len() - from;
    if bytes == 0 {
        stream.truncate(before);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Auditor;
    use crate::call::{Call, Role};
    use crate::rules::{PackRef, Pick};

    /// Writes ids, and stumbles over "bad" when half of it is written.
    struct Stumbles;

    impl Output for Stumbles {
        fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
            to.extend_from_slice(b"half ");
            assert_ne!(report.call.id, "bad", "stumbled");
            to.extend_from_slice(report.call.id.as_bytes());
        }
        fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
            to.extend_from_slice(format!("{} unreadable", record.record).as_bytes());
        }
        fn separator(&self) -> &'static [u8] {
            b", "
        }
    }

    fn said(id: &str) -> Call {
        let mut call = Call::default();
        call.id.push_str(id);
        let agent = call.speaker(Role::Agent, "Agent", None);
        call.push_turn(agent, None, None, "I'm happy to help.");
        call
    }

    #[test]
    fn a_mistake_costs_one_call_wherever_it_is_met() {
        let packs = [PackRef::Shipped("empathy".into())];
        let book = RuleBook::load(&packs, &Pick::default()).expect("the founding pack");
        let outputs: Vec<Box<dyn Output>> = vec![Box::new(Stumbles)];
        let counters = RollUp::new(book.heads());
        for (single, torn) in [(false, false), (true, false), (false, true), (true, true)] {
            let plan = Plan {
                outputs: &outputs,
                counters: &counters,
                bound: &Bound::of(None),
                narrow: &Narrow::default(),
                anonymous: false,
                calls: true,
                single,
                redacts: Redacts::default(),
                trace: None,
                resume: None,
            };
            let mut auditor = Auditor::new(&book);
            let mut rendered = Rendered::default();
            rendered.clear(&plan);
            let mut queue = Queue::default();
            for (k, id) in (0..).zip(["good", "bad", "fine"]) {
                let mut call = said(id);
                if torn && id == "bad" {
                    // Nothing that is read makes such a call; to cut it is a mistake, and not the output's.
                    "torn".clone_into(&mut call.id);
                    call.turns[0].text.end += 1000;
                }
                queue.push(k, k, "s", &mut call, None);
            }
            rendered.judge(&plan, &mut auditor, &mut queue);
            let streams = rendered.parts.iter().map(|p| p.streams[0].as_slice());
            let text = streams.collect::<Vec<_>>().join(&b"|"[..]);
            let joint = if single { "|" } else { ", " };
            let want = ["half good", "1 unreadable", "half fine"].join(joint);
            assert_eq!(String::from_utf8_lossy(&text), want);
            let of = |count: fn(&RollUp) -> u64| {
                let all = rendered.parts.iter().map(|p| count(&p.rollup));
                all.sum::<u64>()
            };
            assert_eq!((of(|r| r.calls), of(|r| r.unreadable)), (2, 1));
            assert!(rendered.unreadable[0].error.contains("please report it"));
        }
    }
}
