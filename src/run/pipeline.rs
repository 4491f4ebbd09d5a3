//! The ordered pipeline: one reader, N workers, one writer, and a fixed pool of batches that circulates between them.
//!
//! It knows no rule and no format. What is in flight is bounded by construction: the reader can only fill a batch
//! that the writer has handed back. Results leave in the order in which batches were filled, whatever the number of
//! workers; early ones wait in a ring that cannot overflow, since it has a place for every batch of the pool.

use crate::support::{leave, panics};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, bounded, never, select};
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

/// So long an interrupted run waits for work under way.
const GRACE: Duration = Duration::from_millis(300);

/// Where results go, in order.
pub trait Sink<O> {
    /// Takes one result. `Break` ends the run without an error: nobody wants more.
    fn take(&mut self, result: &mut O) -> io::Result<ControlFlow<()>>;

    /// Called when nothing more is ready: the moment to flush, so that a slow producer sees its answers.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Called when the run was interrupted and work is under way that does not end by itself: closes what was written
    /// so far. The process ends afterwards.
    fn abandon(&mut self) -> io::Result<()> {
        self.pause()
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
    pub fn new() -> (Raise, Interrupt) {
        let (sender, receiver) = bounded(0);
        (Raise { _raised_when_dropped: sender }, Interrupt(receiver))
    }

    /// One that is never raised.
    pub fn none() -> Interrupt {
        Interrupt(never())
    }

    /// Whether it was raised.
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
pub fn pool_size(workers: NonZeroUsize) -> usize {
    workers.get() * 2 + 2
}

/// Takes what a batch came to so far, and gives back what may be filled further; it holds anything.
pub type HandOver<'h, O> = dyn FnMut(&mut O) + 'h;

/// Runs everything that `fill` yields through workers into `sink`, in order.
///
/// `fill` fills a batch and says whether it did; after the first `false` it is not called again. It is `'static`
/// because its thread is left alone when a run stops early: a blocked read cannot be called back. Each worker thread
/// makes its worker by `make_worker`. Batches and results are used again, with their memory; the worker is to clear
/// the result that it is given. What comes to much it hands over in pieces, by the function that it is given.
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
    W: FnMut(&B, &mut O, &mut HandOver<'_, O>),
    S: Sink<O> + Send,
{
    match threads {
        Threads::Here => run_here(interrupt, fill, make_worker(), sink),
        Threads::Workers(workers) => run_threaded(workers, interrupt, fill, &make_worker, sink),
    }
}

fn run_here<B: Default, O: Default>(
    interrupt: &Interrupt,
    fill: impl FnMut(&mut B) -> bool,
    work: impl FnMut(&B, &mut O, &mut HandOver<'_, O>),
    sink: &mut (impl Sink<O> + Send),
) -> Result<Ended, Broken> {
    let sink = Mutex::new(sink);
    let (running, over) = bounded::<()>(0);
    std::thread::scope(|scope| {
        // The work cannot be called back either: who waits for the interrupt ends the process without it.
        scope.spawn(|| {
            select! {
                recv(interrupt.0) -> _ => {}
                recv(over) -> _ => return,
            }
            if over.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout)
                && let Ok(mut sink) = sink.lock()
            {
                abandon(*sink);
            }
        });
        let ended = here(interrupt, fill, work, &sink);
        drop(running);
        ended
    })
}

fn here<B: Default, O: Default, S: Sink<O>>(
    interrupt: &Interrupt,
    mut fill: impl FnMut(&mut B) -> bool,
    mut work: impl FnMut(&B, &mut O, &mut HandOver<'_, O>),
    sink: &Mutex<&mut S>,
) -> Result<Ended, Broken> {
    let lock = || sink.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let (mut batch, mut result) = (B::default(), O::default());
    let ended = loop {
        if interrupt.is_raised() {
            break Ended::Interrupted;
        }
        if !fill(&mut batch) {
            break Ended::Done;
        }
        let mut state = Ok(ControlFlow::Continue(()));
        work(&batch, &mut result, &mut |result| {
            if matches!(state, Ok(ControlFlow::Continue(()))) && !interrupt.is_raised() {
                state = lock().take(result);
            }
        });
        if interrupt.is_raised() {
            break Ended::Interrupted;
        }
        if matches!(state, Ok(ControlFlow::Continue(()))) {
            state = lock().take(&mut result);
        }
        if state.map_err(Broken::Sink)?.is_break() {
            return Ok(Ended::Closed);
        }
    };
    lock().pause().map_err(Broken::Sink)?;
    Ok(ended)
}

/// Ends the process with what was written so far.
fn abandon<O>(sink: &mut impl Sink<O>) -> ! {
    // Nobody is left to be told of an error.
    let _ = sink.abandon();
    leave::at_once()
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
    /// What a batch came to so far, and where the memory is wanted back: who works on it waits for that.
    Part(u64, O, Sender<O>),
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
    W: FnMut(&B, &mut O, &mut HandOver<'_, O>),
    S: Sink<O> + Send,
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
    let (at_work, all_left) = bounded::<()>(0);
    std::thread::scope(|scope| {
        for _ in 0..workers.get() {
            let (to_do, done, over, at_work) = (to_do.clone(), done.clone(), over.clone(), at_work.clone());
            scope.spawn(move || {
                do_work(make_worker, &to_do, &done, &over);
                drop(at_work);
            });
        }
        drop((to_do, done, over, at_work));
        let ended = write(pool, interrupt, &ready, &free, sink);
        drop((running, free, ready));
        if interrupt.is_raised() && all_left.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
            abandon(sink);
        }
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

fn do_work<B, O: Default, W: FnMut(&B, &mut O, &mut HandOver<'_, O>)>(
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
            work(&slot.batch, &mut slot.result, &mut |result| {
                let (back, again) = bounded(1);
                let part = News::Part(slot.number, std::mem::take(result), back);
                // If nobody waits for it any more, it goes nowhere. The channel keeps what was sent, with `back`, after
                // the writer has left: only `over` tells that no answer will come.
                if done.send(part).is_ok() {
                    select! {
                        recv(again) -> given => *result = given.unwrap_or_default(),
                        recv(over) -> _ => {}
                    }
                }
            });
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
    let mut early: Vec<Option<News<B, O>>> = std::iter::repeat_with(|| None).take(pool).collect();
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
        let number = match &news {
            News::Panicked(what) => return Err(Broken::Panicked(what.clone())),
            News::Ready(slot) => slot.number,
            News::Part(number, ..) => *number,
        };
        early[(number % pool as u64) as usize] = Some(news);
        while let Some(news) = early[(next % pool as u64) as usize].take() {
            if interrupt.is_raised() {
                break;
            }
            paused = false;
            let mut taken = |result: &mut O| sink.take(result).map_err(Broken::Sink);
            match news {
                News::Part(_, mut result, back) => {
                    if taken(&mut result)?.is_break() {
                        return Ok(Ended::Closed);
                    }
                    let _ = back.send(result);
                }
                News::Ready(mut slot) => {
                    if taken(&mut slot.result)?.is_break() {
                        return Ok(Ended::Closed);
                    }
                    next += 1;
                    // The reader may have left already: then the pool is not needed any more.
                    let _ = free.send(slot);
                }
                News::Panicked(_) => {}
            }
        }
        if interrupt.is_raised() {
            break;
        }
    }
    sink.pause().map_err(Broken::Sink)?;
    Ok(if interrupt.is_raised() { Ended::Interrupted } else { Ended::Done })
}

#[cfg(test)]
#[path = "pipeline/tests.rs"]
mod tests;
