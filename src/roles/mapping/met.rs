//! What a map of `--roles` met in the calls of a run.

use crate::call::Call;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a map met, as all workers saw it.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// A call of a file that it holds for.
    pub(super) call: AtomicBool,
    /// Per label of the map: somebody who has it.
    pub(super) labels: Vec<AtomicBool>,
    /// Some labels of calls in which nobody has one of the map: those that sort first, the same in every run.
    pub(super) others: Mutex<BTreeSet<String>>,
}

/// So many labels are shown of calls in which nobody has a label of the map.
pub(super) const SHOWN: usize = 4;

/// Once is enough, and workers that write to one place wait for each other.
fn raise(flag: &AtomicBool) {
    if !is_raised(flag) {
        flag.store(true, Ordering::Relaxed);
    }
}

pub(super) fn is_raised(flag: &AtomicBool) -> bool {
    flag.load(Ordering::Relaxed)
}

impl Met {
    /// Nothing yet, for a map of so many labels.
    pub fn of(labels: usize) -> Met {
        Met { labels: (0..labels).map(|_| AtomicBool::new(false)).collect(), ..Met::default() }
    }

    /// A call of a file that the map holds for was read.
    pub fn call(&self) {
        raise(&self.call);
    }

    /// Somebody has this label of the map.
    pub fn label(&self, at: usize) {
        raise(&self.labels[at]);
    }

    /// Nobody in a call has a label of the map.
    pub fn nobody(&self, call: &Call) {
        let Ok(mut others) = self.others.lock() else {
            return;
        };
        for label in call.speakers.iter().map(|s| s.label.trim()) {
            if !label.is_empty() && !others.contains(label) {
                others.insert(label.to_owned());
            }
            if others.len() > SHOWN {
                others.pop_last();
            }
        }
    }
}
