//! Calls that were read and are to be judged.
//!
//! Some are gathered before the first one is judged, so that the processor holds one step of the work for all of them, and
//! need not fetch what reads, what tags, what judges and what renders anew for every single call.

use crate::call::Call;
use crate::report::timeline::Timeline;
use crate::report::{CallReport, Judged, Stored};
use crate::run::anonymous;
use crate::run::resume::Earlier;
use crate::text::scene::Scene;

/// As many calls wait at the most.
const MOST_CALLS: usize = 32;
/// As many bytes are said in them at the most, since what is made of them must be at hand, too.
const MOST_TEXT: usize = 1 << 17;
/// A call in which more is said waits in the first place, so that only that ever holds much.
const LONG: usize = MOST_TEXT / 8;

/// Calls in the order in which they were read. Their memory is used again.
#[derive(Default)]
pub(super) struct Queue {
    places: Vec<Waiting>,
    filled: usize,
    /// Bytes of what is said in them.
    text: usize,
}

/// A call that waits, and what was made of it so far.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) rank: u64,
    pub(super) record: u64,
    pub(super) source: String,
    pub(super) call: Call,
    pub(super) scene: Scene,
    pub(super) judged: Judged,
    /// What outputs draw of the call.
    pub(super) timeline: Option<Timeline>,
    /// What the call does not show any more, since names were hidden in it.
    pub(super) stored: Option<Stored>,
    /// A mistake of ours that was met on the way.
    pub(super) mistake: Option<String>,
    /// What an earlier run said of the call: nothing is made of it then.
    pub(super) earlier: Option<Earlier>,
}

impl Waiting {
    /// Puts pseudonyms in place of names, and says what the call was before.
    pub(super) fn hide_names(&mut self) -> Stored {
        let report = CallReport::new(self.record, &self.source, &self.call, &self.judged);
        let stored = Stored { turns: report.turns(), digest: report.digest(), by: None, line: None };
        let names = &self.scene.names;
        let moved =
            anonymous::hide(&mut self.call, &mut self.judged, &mut self.source, names.of_agents(), &names.known);
        for moment in self.timeline.iter_mut().flat_map(|timeline| &mut timeline.moments) {
            moment.said = moved.range(&moment.said);
        }
        stored
    }
}

impl Queue {
    pub(super) fn has_room(&self, call: &Call) -> bool {
        let text = call.text().len();
        let fits = text <= LONG && self.text + text <= MOST_TEXT && self.filled < MOST_CALLS;
        self.filled == 0 || fits
    }

    /// Takes a call in, for which there is room, and leaves another one for its memory.
    pub(super) fn push(&mut self, rank: u64, record: u64, source: &str, call: &mut Call, earlier: Option<Earlier>) {
        if self.filled == self.places.len() {
            self.places.push(Waiting::default());
        }
        let waiting = &mut self.places[self.filled];
        (waiting.rank, waiting.record, waiting.stored, waiting.earlier) = (rank, record, None, earlier);
        source.clone_into(&mut waiting.source);
        std::mem::swap(&mut waiting.call, call);
        self.filled += 1;
        self.text += waiting.call.text().len();
    }

    /// The calls that wait, in order; then none does.
    pub(super) fn take(&mut self) -> &mut [Waiting] {
        let filled = std::mem::take(&mut self.filled);
        self.text = 0;
        &mut self.places[..filled]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    fn said(text: &str) -> Call {
        let mut call = Call::default();
        let agent = call.speaker(Role::Agent, "Agent", None);
        call.push_turn(agent, None, None, text);
        call
    }

    #[test]
    fn long_calls_wait_in_the_first_place_and_few_wait() {
        let mut queue = Queue::default();
        let [long, longer] = [LONG, MOST_TEXT].map(|bytes| "So. ".repeat(bytes / 4));
        for (first, text, fits) in
            [(&*longer, &*longer, false), (&longer, "So.", false), (&long, &long, false), (&long, "So.", true)]
        {
            assert!(queue.has_room(&said(first)));
            queue.push(0, 0, "s", &mut said(first), None);
            assert_eq!(queue.has_room(&said(text)), fits);
            assert_eq!(queue.take().len(), 1);
        }
        while queue.has_room(&said("So.")) {
            queue.push(0, 0, "s", &mut said("So."), None);
        }
        assert_eq!(queue.take().len(), MOST_CALLS);
        assert!(queue.take().is_empty());
    }
}
