//! Which of the hits that were found count: not cancelled, their conditions hold, the longest of those that overlap.

use super::Tagger;
use crate::call::Call;
use crate::text::engine::walks::LONGEST;
use crate::text::scene::{Hit, Scene};
use crate::text::set::{Entry, SetId};

impl Tagger<'_> {
    /// Orders what was found by set, then by place, then the longest first. Hits are found in order of place, so counting
    /// the sets does most of it.
    fn by_set(&mut self) {
        let ends = &mut self.set_ends;
        ends.clear();
        ends.resize(self.book.sets().len() + 1, 0);
        for hit in &self.found {
            ends[usize::from(hit.set) + 1] += 1;
        }
        // Where each begins, at first.
        let mut before = 0;
        for place in ends.iter_mut() {
            before += *place;
            *place = before;
        }
        self.sorted.clear();
        self.sorted.extend_from_slice(&self.found);
        for hit in &self.found {
            let place = &mut ends[usize::from(hit.set)];
            self.sorted[*place as usize] = *hit;
            *place += 1;
        }
        std::mem::swap(&mut self.found, &mut self.sorted);
        let key = |h: &Hit| (h.set, h.start, std::cmp::Reverse(h.end), h.entry);
        // What begins at the same word came in no order; names and regular expressions came last.
        for k in 1..self.found.len() {
            let mut at = k;
            while at > 0 && key(&self.found[at - 1]) > key(&self.found[at]) {
                self.found.swap(at - 1, at);
                at -= 1;
            }
        }
    }

    /// Keeps the hits whose conditions hold, set by set, each after those that its conditions look at.
    pub(super) fn settle(&mut self, call: &Call, scene: &mut Scene) {
        self.by_set();
        self.cancels.sort_unstable_by_key(|h| (h.set, h.start));
        let sets = self.book.sets();
        scene.hits.clear();
        scene.hits_of.clear();
        scene.hits_of.resize(sets.len(), 0..0);
        for &id in self.book.order() {
            let (k, from) = (usize::from(id), scene.hits.len());
            let begin = k.checked_sub(1).map_or(0, |before| self.set_ends[before]);
            let found = &self.found[begin as usize..self.set_ends[k] as usize];
            if found.is_empty() {
                // As most are.
                continue;
            }
            let set = &sets[k];
            let cancels = self.cancels.partition_point(|h| h.set < id);
            let cancels = &self.cancels[cancels..];
            let cancels = &cancels[..cancels.partition_point(|h| h.set <= id)];
            let (mut covered_to, mut near) = (0, cancels);
            for hit in found {
                if hit.start < covered_to {
                    continue;
                }
                // Both are in order of place, and what begins far before a hit does not reach it.
                while near.first().is_some_and(|c| c.start + 2 * LONGEST <= hit.start) {
                    near = &near[1..];
                }
                let touching = near.iter().take_while(|c| c.start < hit.end);
                let cancelled = touching.into_iter().any(|c| hit.start < c.end);
                let entry = set.entries.get(hit.entry as usize);
                let counts = |list: &dyn Fn(&Entry) -> &Vec<SetId>, holds: &dyn Fn(SetId) -> bool| {
                    let own = entry.map_or(&[][..], |e| list(e));
                    own.is_empty() || own.iter().any(|&s| holds(s))
                };
                let in_sentence = |s: SetId| scene.has(hit.sentence, s);
                let before = |s: SetId| scene.said_before(call, hit, s);
                let kept = !cancelled
                    && !set.not_if.iter().any(|&s| in_sentence(s))
                    && !entry.is_some_and(|e| e.not_if.iter().any(|&s| in_sentence(s)))
                    && (set.after.is_empty() || set.after.iter().any(|&s| before(s)))
                    && counts(&|e| &e.after, &before);
                if kept {
                    covered_to = hit.end;
                    scene.hits.push(*hit);
                }
            }
            scene.hits_of[k] = from as u32..scene.hits.len() as u32;
        }
    }
}
