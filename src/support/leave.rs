//! The end of the process from any thread, at once: for an interrupt that finds the program busy or stuck.
//!
//! Nothing is taken apart then, so that files which were being written are known here, to be removed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// The exit code of an interrupted run.
pub const INTERRUPTED: u8 = 130;

/// An interrupted run that has not ended by itself after this time is ended.
const AT_THE_LATEST: Duration = Duration::from_millis(900);

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file is being written that is of no use before it is whole.
pub fn begun(path: &Path) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        unfinished.insert(path.to_owned());
    }
}

/// It is whole, or gone.
pub fn done(path: &Path) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        unfinished.remove(path);
    }
}

/// Ends the process as interrupted.
pub fn at_once() -> ! {
    if let Ok(unfinished) = UNFINISHED.lock() {
        for path in unfinished.iter() {
            let _ = std::fs::remove_file(path);
        }
    }
    #[allow(clippy::exit, reason = "whoever could return an exit code is busy")]
    std::process::exit(i32::from(INTERRUPTED))
}

/// Ends the process in a moment, unless it has ended by then.
pub fn soon() {
    std::thread::spawn(|| {
        std::thread::sleep(AT_THE_LATEST);
        at_once();
    });
}
