//! The promises of the pipeline: order, bounded memory, prompt stops, no hang.

use super::*;
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Collects, and does at a given result what a test wants.
struct Collect<F: FnMut(u64) -> io::Result<ControlFlow<()>>> {
    got: Vec<u64>,
    pauses: usize,
    then: F,
}

impl<F: FnMut(u64) -> io::Result<ControlFlow<()>>> Sink<u64> for Collect<F> {
    fn take(&mut self, result: &mut u64) -> io::Result<ControlFlow<()>> {
        self.got.push(*result);
        (self.then)(*result)
    }
    fn pause(&mut self) -> io::Result<()> {
        self.pauses += 1;
        Ok(())
    }
}

fn collect<F: FnMut(u64) -> io::Result<ControlFlow<()>>>(then: F) -> Collect<F> {
    Collect { got: Vec::new(), pauses: 0, then }
}

#[allow(clippy::unnecessary_wraps, reason = "a sink may fail; this one does not")]
fn keep_on(_: u64) -> io::Result<ControlFlow<()>> {
    Ok(ControlFlow::Continue(()))
}

fn workers(n: usize) -> Threads {
    NonZeroUsize::new(n).map_or(Threads::Here, Threads::Workers)
}

fn count_to(n: u64) -> impl FnMut(&mut u64) -> bool + Send + 'static {
    let mut next = 0;
    move |batch: &mut u64| {
        *batch = next;
        next += 1;
        *batch < n
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn results_come_in_order(n in prop::sample::select(vec![0_usize, 1, 2, 7]), delays in prop::collection::vec(0_u64..400, 0..120)) {
        let delays = Arc::new(delays);
        let mut sink = collect(keep_on);
        let total = delays.len() as u64;
        let ended = run(workers(n), &Interrupt::none(), count_to(total), || {
            let delays = Arc::clone(&delays);
            move |batch: &u64, result: &mut u64, _: &mut HandOver<'_, u64>| {
                std::thread::sleep(Duration::from_micros(delays[*batch as usize]));
                *result = *batch;
            }
        }, &mut sink);
        prop_assert_eq!(ended.expect("no break"), Ended::Done);
        prop_assert_eq!(sink.got, (0..total).collect::<Vec<_>>());
    }
}

/// A batch that counts how many of its kind there are.
struct Counted(u64);

static ALIVE: AtomicUsize = AtomicUsize::new(0);

impl Default for Counted {
    fn default() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Counted(0)
    }
}

#[test]
fn what_is_in_flight_is_bounded() {
    let three = NonZeroUsize::new(3).expect("not zero");
    let (filled, written) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counter, seen, ahead) = (Arc::clone(&filled), Arc::clone(&written), Arc::new(AtomicUsize::new(0)));
    let most = Arc::clone(&ahead);
    let fill = move |batch: &mut Counted| {
        batch.0 = counter.fetch_add(1, Ordering::SeqCst) as u64;
        most.fetch_max(counter.load(Ordering::SeqCst) - seen.load(Ordering::SeqCst), Ordering::SeqCst);
        batch.0 < 500
    };
    let mut sink = collect(|_| {
        std::thread::sleep(Duration::from_micros(100));
        written.fetch_add(1, Ordering::SeqCst);
        Ok(ControlFlow::Continue(()))
    });
    let work = || |batch: &Counted, result: &mut u64, _: &mut HandOver<'_, u64>| *result = batch.0;
    let ended = run(Threads::Workers(three), &Interrupt::none(), fill, work, &mut sink);
    assert_eq!(ended.expect("no break"), Ended::Done);
    assert_eq!(sink.got.len(), 500);
    assert_eq!(ALIVE.load(Ordering::SeqCst), pool_size(three), "batches are made once and circulate");
    let most = ahead.load(Ordering::SeqCst);
    assert!(most <= pool_size(three), "the reader was {most} batches ahead of the writer");
}

/// An endless input: only a prompt stop ends these tests.
fn endless() -> impl FnMut(&mut u64) -> bool + Send + 'static {
    count_to(u64::MAX)
}

fn copy() -> impl FnMut(&u64, &mut u64, &mut HandOver<'_, u64>) {
    |batch: &u64, result: &mut u64, _: &mut HandOver<'_, u64>| *result = *batch
}

#[test]
fn a_sink_error_stops_the_run() {
    for n in [0, 1, 3] {
        let mut sink = collect(|at| if at == 10 { Err(io::Error::other("disk full")) } else { keep_on(at) });
        let broken = run(workers(n), &Interrupt::none(), endless(), copy, &mut sink);
        assert!(matches!(broken, Err(Broken::Sink(e)) if e.to_string() == "disk full"));
        assert_eq!(sink.got.len(), 11);
    }
}

#[test]
fn a_sink_that_wants_no_more_ends_the_run_quietly() {
    for n in [0, 1, 3] {
        let mut sink = collect(|at| Ok(if at == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }));
        let ended = run(workers(n), &Interrupt::none(), endless(), copy, &mut sink);
        assert_eq!(ended.expect("no break"), Ended::Closed);
        assert_eq!(sink.got.len(), 11);
    }
}

#[test]
fn an_interrupt_stops_the_run_after_what_was_written() {
    for n in [0, 1, 3] {
        let (raise, interrupt) = Interrupt::new();
        let mut raise = Some(raise);
        let mut sink = collect(|at| {
            if at == 10 {
                raise = None;
            }
            keep_on(at)
        });
        let ended = run(workers(n), &interrupt, endless(), copy, &mut sink);
        assert_eq!(ended.expect("no break"), Ended::Interrupted);
        assert_eq!(sink.got, (0..=10).collect::<Vec<_>>());
    }
}

#[test]
fn an_interrupt_reaches_a_reader_that_is_stuck() {
    let (raise, interrupt) = Interrupt::new();
    let (hold, stuck) = bounded::<()>(0);
    let mut given = 0;
    let fill = move |batch: &mut u64| {
        *batch = given;
        given += 1;
        if given > 3 {
            let _ = stuck.recv();
        }
        true
    };
    let mut sink = collect(keep_on);
    let waits = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        drop(raise);
    });
    let ended = run(workers(2), &interrupt, fill, copy, &mut sink);
    assert_eq!(ended.expect("no break"), Ended::Interrupted);
    assert_eq!(sink.got, [0, 1, 2]);
    assert!(sink.pauses > 0, "what was ready is flushed while the input is stuck");
    drop(hold);
    waits.join().expect("it only sleeps");
}

#[test]
fn a_panic_in_a_worker_is_an_error_and_no_hang() {
    let work = || {
        |batch: &u64, result: &mut u64, _: &mut HandOver<'_, u64>| {
            assert!(*batch != 5, "batch five");
            *result = *batch;
        }
    };
    for n in [1, 3] {
        let broken = run(workers(n), &Interrupt::none(), endless(), work, &mut collect(keep_on));
        assert!(matches!(broken, Err(Broken::Panicked(what)) if what.contains("batch five")));
    }
}

#[test]
fn a_panic_in_the_reader_is_an_error_and_no_hang() {
    let mut next = 0;
    let fill = move |batch: &mut u64| {
        next += 1;
        *batch = next;
        assert!(next < 5, "no fifth");
        true
    };
    let broken = run(workers(2), &Interrupt::none(), fill, copy, &mut collect(keep_on));
    assert!(matches!(broken, Err(Broken::Panicked(what)) if what.contains("no fifth")));
}

/// Sends what it was given only when told that nothing more is ready, as a buffered writer would.
struct Buffered(Option<u64>, Sender<u64>);
impl Sink<u64> for Buffered {
    fn take(&mut self, result: &mut u64) -> io::Result<ControlFlow<()>> {
        self.0 = Some(*result);
        Ok(ControlFlow::Continue(()))
    }
    fn pause(&mut self) -> io::Result<()> {
        if let Some(held) = self.0.take() {
            self.1.send(held).map_err(io::Error::other)?;
        }
        Ok(())
    }
}

#[test]
fn a_slow_producer_gets_its_answer_before_it_goes_on() {
    let (answer, answered) = bounded::<u64>(1);
    let mut next = 0;
    let fill = move |batch: &mut u64| {
        if next > 0 {
            let got = answered.recv_timeout(Duration::from_secs(10)).expect("an answer before the next batch");
            assert_eq!(got, next - 1);
        }
        *batch = next;
        next += 1;
        next <= 5
    };
    let ended = run(workers(2), &Interrupt::none(), fill, copy, &mut Buffered(None, answer));
    assert_eq!(ended.expect("no break"), Ended::Done);
}

#[test]
fn what_comes_to_much_is_handed_over_in_pieces_and_in_order() {
    let work = || {
        |batch: &u64, result: &mut u64, hand_over: &mut HandOver<'_, u64>| {
            for k in 0..batch % 4 {
                *result = batch * 10 + k;
                hand_over(result);
            }
            *result = batch * 10 + batch % 4;
        }
    };
    let want: Vec<u64> = (0..200).flat_map(|n| (0..=n % 4).map(move |k| n * 10 + k)).collect();
    for n in [0, 1, 3] {
        let mut sink = collect(keep_on);
        let ended = run(workers(n), &Interrupt::none(), count_to(200), work, &mut sink);
        assert_eq!((ended.expect("no break"), sink.got), (Ended::Done, want.clone()));
        // It may stop in the middle of a batch, too: often, since a worker may or may not have sent its next piece then.
        for _ in 0..50 {
            let mut sink = collect(|at| Ok(if at == 31 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }));
            let ended = run(workers(n), &Interrupt::none(), count_to(200), work, &mut sink);
            assert_eq!((ended.expect("no break"), sink.got.last()), (Ended::Closed, Some(&31)));
        }
    }
}
