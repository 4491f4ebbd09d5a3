//! The ordered pipeline: one reader, N workers, one writer, and a fixed pool of batches that circulates between them.
//!
//! It knows no rule and no format. What is in flight is bounded by construction: the reader can only fill a batch
//! that the writer has handed back. Results leave in the order in which batches were filled, whatever the number of
//! workers; early ones wait in a ring that cannot overflow, since it has a place for every batch of the pool.

use crate::support::panics;
use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, never, select};
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Where results go, in order.
pub trait Sink<O> {
    /// Takes one result. `Break` ends the run without an error: nobody wants more.
    fn take(&mut self, result: &mut O) -> io::Result<ControlFlow<()>>;

    /// Called when nothing more is ready: the moment to flush, so that a slow producer sees its answers.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A wish to stop that can be waited for and that every thread can see; raised when the other half is dropped.
#[derive(Clone, Debug)]
pub struct Interrupt(Receiver<()>);

/// The half whose end raises the [`Interrupt`].
#[derive(Debug)]
pub struct Raise {
    _raised_when_dropped: Sender<()>,
}

impl Interrupt {
    /// An interrupt and what raises it.
    #[must_use]
    pub fn new() -> (Raise, Interrupt) {
        let (sender, receiver) = bounded(0);
        (Raise { _raised_when_dropped: sender }, Interrupt(receiver))
    }

    /// One that is never raised.
    #[must_use]
    pub fn none() -> Interrupt {
        Interrupt(never())
    }

    /// Whether it was raised.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        matches!(self.0.try_recv(), Err(TryRecvError::Disconnected))
    }
}

/// How a run ended, if nothing broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The input is used up.
    Done,
    /// The sink wanted no more.
    Closed,
    /// The interrupt was raised.
    Interrupted,
}

/// What broke a run.
#[derive(Debug)]
pub enum Broken {
    /// The sink could not write.
    Sink(io::Error),
    /// The reader or a worker panicked: a mistake of this program. The message is the panic's.
    Panicked(String),
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// All in the calling thread: for input that never blocks and is too small to be worth a thread.
    Here,
    /// A reader, this many workers, and the calling thread as the writer.
    Workers(NonZeroUsize),
}

/// Batches in the pool for a number of workers: each may hold one, find the next one ready, and two are with the
/// reader and the writer.
#[must_use]
pub fn pool_size(workers: NonZeroUsize) -> usize {
    workers.get() * 2 + 2
}

/// Runs everything that `fill` yields through workers into `sink`, in order.
///
/// `fill` fills a batch and says whether it did; after the first `false` it is not called again. It is `'static`
/// because its thread is left alone when a run stops early: a blocked read cannot be called back. Each worker thread
/// makes its worker by `make_worker`. Batches and results are used again, with their memory; the worker is to clear
/// the result that it is given.
pub fn run<B, O, W, S>(
    threads: Threads,
    interrupt: &Interrupt,
    fill: impl FnMut(&mut B) -> bool + Send + 'static,
    make_worker: impl Fn() -> W + Sync,
    sink: &mut S,
) -> Result<Ended, Broken>
where
    B: Default + Send + 'static,
    O: Default + Send + 'static,
    W: FnMut(&B, &mut O),
    S: Sink<O>,
{
    match threads {
        Threads::Here => run_here(interrupt, fill, make_worker(), sink),
        Threads::Workers(workers) => run_threaded(workers, interrupt, fill, &make_worker, sink),
    }
}

fn run_here<B: Default, O: Default>(
    interrupt: &Interrupt,
    mut fill: impl FnMut(&mut B) -> bool,
    mut work: impl FnMut(&B, &mut O),
    sink: &mut impl Sink<O>,
) -> Result<Ended, Broken> {
    let (mut batch, mut result) = (B::default(), O::default());
    let ended = loop {
        if interrupt.is_raised() {
            break Ended::Interrupted;
        }
        if !fill(&mut batch) {
            break Ended::Done;
        }
        work(&batch, &mut result);
        if sink.take(&mut result).map_err(Broken::Sink)?.is_break() {
            return Ok(Ended::Closed);
        }
    };
    sink.pause().map_err(Broken::Sink)?;
    Ok(ended)
}

/// A batch on its way, with the place for its result, so that both circulate together.
struct Slot<B, O> {
    number: u64,
    batch: B,
    result: O,
}

/// What the writer hears of.
enum News<B, O> {
    Ready(Slot<B, O>),
    Panicked(String),
}

fn run_threaded<B, O, W, S>(
    workers: NonZeroUsize,
    interrupt: &Interrupt,
    fill: impl FnMut(&mut B) -> bool + Send + 'static,
    make_worker: &(impl Fn() -> W + Sync),
    sink: &mut S,
) -> Result<Ended, Broken>
where
    B: Default + Send + 'static,
    O: Default + Send + 'static,
    W: FnMut(&B, &mut O),
    S: Sink<O>,
{
    let pool = pool_size(workers);
    // Every channel has room for all there is, so that sending never blocks; the extra places are for panics.
    let (free, to_fill) = bounded::<Slot<B, O>>(pool);
    let (filled, to_do) = bounded::<Slot<B, O>>(pool);
    let (done, ready) = bounded::<News<B, O>>(pool + workers.get() + 1);
    for _ in 0..pool {
        let _ = free.send(Slot { number: 0, batch: B::default(), result: O::default() });
    }

    let (from_reader, stop) = (done.clone(), interrupt.clone());
    std::thread::Builder::new()
        .name("reader".to_owned())
        .spawn(move || read(fill, &stop, &to_fill, &filled, &from_reader))
        .map_err(Broken::Sink)?;

    // Dropping `running` tells the workers to leave, also when the reader is stuck in a read.
    let (running, over) = bounded::<()>(0);
    std::thread::scope(|scope| {
        for _ in 0..workers.get() {
            let (to_do, done, over) = (to_do.clone(), done.clone(), over.clone());
            scope.spawn(move || do_work(make_worker, &to_do, &done, &over));
        }
        drop((to_do, done, over));
        let ended = write(pool, interrupt, &ready, &free, sink);
        drop((running, free, ready));
        ended
    })
}

fn read<B, O>(
    mut fill: impl FnMut(&mut B) -> bool,
    interrupt: &Interrupt,
    to_fill: &Receiver<Slot<B, O>>,
    filled: &Sender<Slot<B, O>>,
    news: &Sender<News<B, O>>,
) {
    let mut number = 0;
    while let Ok(mut slot) = to_fill.recv() {
        if interrupt.is_raised() {
            return;
        }
        match catch_unwind(AssertUnwindSafe(|| fill(&mut slot.batch))) {
            Ok(true) => {}
            Ok(false) => return,
            Err(panic) => {
                let _ = news.send(News::Panicked(panics::message(panic.as_ref()).to_owned()));
                return;
            }
        }
        slot.number = number;
        number += 1;
        if filled.send(slot).is_err() {
            return;
        }
    }
}

fn do_work<B, O, W: FnMut(&B, &mut O)>(
    make_worker: &impl Fn() -> W,
    to_do: &Receiver<Slot<B, O>>,
    done: &Sender<News<B, O>>,
    over: &Receiver<()>,
) {
    // A panic is caught here, not left to the scope: the writer would wait for ever for the result that never comes.
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let mut work = make_worker();
        loop {
            let slot = select! {
                recv(to_do) -> slot => slot,
                recv(over) -> _ => return,
            };
            let Ok(mut slot) = slot else { return };
            work(&slot.batch, &mut slot.result);
            if done.send(News::Ready(slot)).is_err() {
                return;
            }
        }
    }));
    if let Err(panic) = ended {
        let _ = done.send(News::Panicked(panics::message(panic.as_ref()).to_owned()));
    }
}

fn write<B, O>(
    pool: usize,
    interrupt: &Interrupt,
    ready: &Receiver<News<B, O>>,
    free: &Sender<Slot<B, O>>,
    sink: &mut impl Sink<O>,
) -> Result<Ended, Broken> {
    let mut early: Vec<Option<Slot<B, O>>> = std::iter::repeat_with(|| None).take(pool).collect();
    let mut next: u64 = 0;
    let mut paused = true;
    loop {
        let news = match ready.try_recv() {
            Ok(news) => news,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                if !paused {
                    sink.pause().map_err(Broken::Sink)?;
                    paused = true;
                }
                select! {
                    recv(ready) -> news => match news {
                        Ok(news) => news,
                        Err(_) => break,
                    },
                    recv(interrupt.0) -> _ => break,
                }
            }
        };
        match news {
            News::Panicked(what) => return Err(Broken::Panicked(what)),
            News::Ready(slot) => {
                let place = (slot.number % pool as u64) as usize;
                early[place] = Some(slot);
            }
        }
        while let Some(mut slot) = early[(next % pool as u64) as usize].take() {
            if interrupt.is_raised() {
                break;
            }
            paused = false;
            if sink.take(&mut slot.result).map_err(Broken::Sink)?.is_break() {
                return Ok(Ended::Closed);
            }
            next += 1;
            // The reader may have left already: then the pool is not needed any more.
            let _ = free.send(slot);
        }
    }
    sink.pause().map_err(Broken::Sink)?;
    Ok(if interrupt.is_raised() { Ended::Interrupted } else { Ended::Done })
}

#[cfg(test)]
#[path = "pipeline/tests.rs"]
mod tests;
