//! How far a run has come: a bar on standard error, by bytes, with calls a second. Hidden unless the caller has seen
//! that standard error is a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How often the bar is drawn, a second. More would only flicker.
const HERTZ: u8 = 8;

/// A progress bar, or nothing at all.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    calls: Arc<AtomicU64>,
}

impl Progress {
    /// A bar over so many bytes of input, or a running count where nobody knows how many will come. Without `show`
    /// nothing is ever written.
    pub fn new(total_bytes: Option<u64>, show: bool) -> Self {
        let target = if show { ProgressDrawTarget::stderr_with_hz(HERTZ) } else { ProgressDrawTarget::hidden() };
        Progress::on(target, total_bytes)
    }

    fn on(target: ProgressDrawTarget, total_bytes: Option<u64>) -> Self {
        let calls = Arc::new(AtomicU64::new(0));
        let bar = ProgressBar::with_draw_target(total_bytes, target);
        let template = match total_bytes {
            Some(_) => "{bar:24} {bytes}/{total_bytes}, {calls}, {rate}, {eta} left",
            None => "{spinner} {bytes}, {calls}, {rate}, {elapsed}",
        };
        let (count, rate) = (Arc::clone(&calls), Arc::clone(&calls));
        // A template that does not parse would leave indicatif's own bar: less to see, nothing broken.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(
            style
                .with_key("calls", move |_: &ProgressState, to: &mut dyn Write| {
                    let calls = count.load(Ordering::Relaxed);
                    let _ = write!(to, "{calls} call{}", if calls == 1 { "" } else { "s" });
                })
                .with_key("rate", move |state: &ProgressState, to: &mut dyn Write| {
                    let calls = rate.load(Ordering::Relaxed) as f64;
                    let _ = write!(to, "{:.0} calls/s", calls / state.elapsed().as_secs_f64().max(0.001));
                }),
        );
        Progress { bar, calls }
    }

    /// So many more bytes were read, so many more calls were audited.
    pub fn add(&self, bytes: u64, calls: u64) {
        self.calls.fetch_add(calls, Ordering::Relaxed);
        self.bar.inc(bytes);
    }

    /// Does something while the bar is away: what is written to the same terminal meanwhile stays whole.
    pub fn suspend<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    fn shown(total: Option<u64>) -> String {
        let term = InMemoryTerm::new(4, 100);
        let progress = Progress::on(ProgressDrawTarget::term_like(Box::new(term.clone())), total);
        progress.add(512, 3);
        progress.bar.force_draw();
        let shown = term.contents();
        progress.finish();
        assert_eq!(term.contents(), "", "nothing may be left on the screen");
        shown
    }

    #[test]
    fn bytes_and_calls_are_shown() {
        let bar = shown(Some(2048));
        assert!(bar.contains("512 B/2.00 KiB") && bar.contains("3 calls") && bar.contains("calls/s"), "{bar}");
        let spinner = shown(None);
        assert!(spinner.contains("512 B") && spinner.contains("3 calls"), "{spinner}");
    }

    #[test]
    fn hidden_still_runs_what_it_is_given() {
        let progress = Progress::new(Some(10), false);
        progress.add(10, 1);
        assert!(progress.bar.is_hidden());
        assert_eq!(progress.suspend(|| 7), 7);
    }
}
