//! A call as it grows out of a document: speakers, turns, words, and at the end one clock for all of them.

use serde_json::Value;

use crate::call::{Call, Clock, HowRoles, Role};
use crate::input::ReadError;
use crate::input::json::field::Fields;
use crate::input::json::time::{At, rfc3339};
use crate::input::partials;
use crate::input::text::markup;
use crate::input::text::restarts;
use crate::input::text::times::{Span, Stamp, instant, set_times};
use crate::roles::asides;
use crate::roles::labels::{self, parse_label};

/// How long before its first turn a call may be said to have started, in seconds.
const DAY: f64 = 86_400.0;

/// The call that grows, and where it goes when it is whole.
pub struct CallBuilder<'a> {
    call: &'a mut Call,
    each: &'a mut dyn FnMut(&mut Call),
    source: &'a [u8],
    times: Vec<(Option<At>, Option<At>)>,
    /// How the roles of this call are known, if they are.
    how: HowRoles,
    chat: bool,
    local: bool,
    settled: bool,
    refused: Option<ReadError>,
    handed: usize,
}

impl std::fmt::Debug for CallBuilder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallBuilder").field("call", &self.call).finish_non_exhaustive()
    }
}

impl<'a> CallBuilder<'a> {
    /// A talk that fills `call` and hands it to `each`.
    pub fn of(call: &'a mut Call, each: &'a mut dyn FnMut(&mut Call)) -> Self {
        CallBuilder {
            call,
            each,
            source: &[],
            times: Vec::new(),
            how: HowRoles::Stated,
            chat: false,
            local: false,
            settled: false,
            refused: None,
            handed: 0,
        }
    }

    /// The text of the document that is read, for what is lost by parsing.
    #[must_use]
    pub fn reading(mut self, source: &'a [u8]) -> Self {
        self.source = source;
        self
    }

    /// The text of the document, as far as it is known.
    pub fn source(&self) -> &'a [u8] {
        self.source
    }

    /// The call, for its metadata.
    pub fn call(&mut self) -> &mut Call {
        self.call
    }

    /// The call's own id, unless it is known.
    pub fn id(&mut self, id: Option<String>) {
        if let Some(id) = id.filter(|_| self.call.id.is_empty()) {
            self.call.id.push_str(&id);
        }
    }

    /// Dates say nothing of their distance from UTC.
    pub fn local(&mut self) {
        self.local = true;
    }

    /// Times are those of sending.
    pub fn chat(&mut self) {
        self.chat = true;
    }

    /// Roles come from words in labels rather than from a field that holds nothing else.
    pub fn by_labels(&mut self) {
        self.how = HowRoles::Label;
    }

    /// Moves the turns from `first` on by some seconds: they were on the clock of a recording of their own.
    pub fn shift(&mut self, first: usize, seconds: f64) {
        for at in self.times.iter_mut().skip(first).flat_map(|(s, e)| [s, e]) {
            if let Some(At::Offset(s) | At::Clock(s)) = at {
                *s += seconds;
            }
        }
        let Some(turn) = self.call.turns.get(first) else {
            return;
        };
        for word in &mut self.call.words[turn.words.start as usize..] {
            word.start += seconds;
            word.end += seconds;
        }
    }

    /// The speaker with this role, label and name.
    pub fn speaker(&mut self, role: Role, label: &str, name: Option<&str>) -> u16 {
        self.call.speaker(role, label, name)
    }

    /// The speaker of a label that may say a role or a name; none for lines that nobody says.
    pub fn labelled(&mut self, label: &str) -> Option<u16> {
        let parsed = parse_label(label);
        if parsed.nobody {
            return None;
        }
        Some(labels::speaker(self.call, label, &parsed))
    }

    /// Adds a turn, unless it says nothing; tells whether it did.
    pub fn push_turn(&mut self, who: u16, start: Option<At>, end: Option<At>, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            return false;
        }
        self.call.push_turn(who, None, None, &markup::plain(text));
        self.times.push((start, end));
        true
    }

    /// Adds a word to the turn that was just added; its times are on the same clock.
    pub fn push_word(&mut self, word: &str, start: Option<At>, end: Option<At>) {
        let word = word.trim();
        if let (Some(start), false) = (start, word.is_empty()) {
            let start = start.raw();
            let end = end.map_or(start, At::raw).max(start);
            self.call.push_word(&markup::decoded(word), start, end);
        }
    }

    /// Adds words with times in seconds, by the paths to their fields.
    pub fn push_words(&mut self, words: &[Value], text: &str, start: &str, end: &str) {
        for word in words {
            let at = |path| word.number(path).map(At::Offset);
            self.push_word(word.said(text).unwrap_or_default(), at(start), at(end));
        }
    }

    /// How many turns the call has so far.
    pub fn turns(&self) -> usize {
        self.call.turns.len()
    }

    /// How many calls were handed over.
    pub fn handed(&self) -> usize {
        self.handed
    }

    /// The turns are there already, times and roles too: a text reader put them into the call.
    pub fn read_elsewhere(&mut self) {
        self.settled = true;
    }

    /// The document cannot be read, or not further.
    pub fn refuse(&mut self, why: ReadError) {
        self.refused = Some(why);
    }

    /// Why the document could not be read, taken.
    pub fn refused(&mut self) -> Option<ReadError> {
        self.refused.take()
    }

    /// The call is whole: puts it on its clock, settles its roles, hands it over and begins the next one. A call
    /// without turns is dropped.
    pub fn hand_over(&mut self) {
        if self.call.turns.is_empty() {
            self.reset();
            return;
        }
        if self.settled {
            self.give();
            return;
        }
        let written = self.times.iter().any(|(start, _)| matches!(start, Some(At::Wall { .. } | At::Clock(_))));
        if written {
            self.set_written_times();
        } else if self.set_times() {
            self.call.clock = Clock::Speech;
        }
        if self.chat && self.call.clock != Clock::None {
            self.call.clock = Clock::Sent;
        }
        self.call.sort_turns();
        partials::leave_out(self.call);
        asides::forget_silent(self.call);
        labels::settle(self.call, self.how);
        self.give();
    }

    /// Gives the turns their times, each on its clock; tells whether any has one.
    fn set_times(&mut self) -> bool {
        let first = self
            .times
            .iter()
            .filter_map(|(start, _)| match start {
                Some(At::Instant(s)) => Some(*s),
                _ => None,
            })
            .min_by(f64::total_cmp);
        let zero = first.map(|first| {
            let stated = self.call.started.as_deref().and_then(instant);
            stated.filter(|s| (0.0..DAY).contains(&(first - s))).unwrap_or(first)
        });
        if let (None, Some(first)) = (&self.call.started, first) {
            let started = rfc3339(first);
            self.call.started = started.map(|s| if self.local { s.trim_end_matches('Z').to_owned() } else { s });
        }
        if first.is_none() {
            self.chain_restarts();
        }
        let shifted = |at: At| match (at, zero) {
            // Stamps are decimal; without rounding the difference would show its binary tail.
            (At::Instant(s), Some(zero)) => ((s - zero) * 1000.0).round() / 1000.0,
            (at, _) => at.raw(),
        };
        let mut timed = false;
        for (k, (start, end)) in self.times.iter().enumerate() {
            let turn = &mut self.call.turns[k];
            turn.start = start.map(shifted);
            turn.end = end.map(shifted).filter(|e| turn.start.is_none_or(|s| *e >= s));
            timed |= start.is_some();
            if matches!(start, Some(At::Instant(_))) {
                let words = turn.words.start as usize..turn.words.end as usize;
                for word in &mut self.call.words[words] {
                    word.start = shifted(At::Instant(word.start));
                    word.end = shifted(At::Instant(word.end));
                }
            }
        }
        timed
    }

    /// Parts whose clock begins anew follow each other.
    fn chain_restarts(&mut self) {
        let (starts, ends): (Vec<_>, Vec<_>) = self.times.iter().map(|(s, e)| (s.map(At::raw), e.map(At::raw))).unzip();
        let speakers: Vec<u16> = self.call.turns.iter().map(|turn| turn.speaker).collect();
        let offsets = restarts::offsets(&starts, &ends, &speakers).unwrap_or_default();
        for (k, offset) in offsets.into_iter().enumerate().filter(|(_, offset)| *offset > 0.0) {
            let (start, end) = &mut self.times[k];
            *start = start.map(|at| at.plus(offset));
            *end = end.map(|at| at.plus(offset));
            let words = &self.call.turns[k].words;
            for word in &mut self.call.words[words.start as usize..words.end as usize] {
                (word.start, word.end) = (word.start + offset, word.end + offset);
            }
        }
    }

    /// Times that were written as a clock are on that of the recording or of a day; those of a day count from the first.
    fn set_written_times(&mut self) {
        let stamp = |at: &Option<At>| at.map(At::stamp);
        let spans: Vec<Span> = self.times.iter().map(|(s, e)| Span { start: stamp(s), end: stamp(e) }).collect();
        self.call
            .turns
            .iter_mut()
            .zip(&spans)
            .for_each(|(turn, span)| turn.start = span.start.as_ref().map(Stamp::raw));
        let worded = self.call.turns.iter().filter(|turn| !turn.words.is_empty());
        let before: Vec<(u32, Option<f64>)> = worded.map(|turn| (turn.words.start, turn.start)).collect();
        set_times(self.call, &spans);
        // The words of a turn go where it went.
        let Call { turns, words, .. } = &mut *self.call;
        for turn in turns.iter().filter(|turn| !turn.words.is_empty()) {
            let was =
                before.binary_search_by_key(&turn.words.start, |(words, _)| *words).ok().and_then(|k| before[k].1);
            let moved = turn.start.zip(was).map_or(0.0, |(now, was)| now - was);
            for word in &mut words[turn.words.start as usize..turn.words.end as usize] {
                (word.start, word.end) = (word.start + moved, word.end + moved);
            }
        }
    }

    /// One of the calls of a list cannot be read: it is counted and reported, and the list goes on.
    pub fn unread(&mut self, why: impl Into<String>) {
        self.reset();
        self.call.unread = Some(why.into());
        self.give();
    }

    /// Like [`hand_over`](Self::hand_over), of a list in which a call without turns is one that cannot be read.
    pub fn hand_over_listed(&mut self) {
        if self.call.turns.is_empty() {
            self.unread("has no turns: nobody says anything in it");
        } else {
            self.hand_over();
        }
    }

    fn give(&mut self) {
        (self.each)(self.call);
        self.handed += 1;
        self.reset();
    }

    fn reset(&mut self) {
        self.call.clear();
        self.times.clear();
        (self.how, self.chat, self.local, self.settled) = (HowRoles::Stated, false, false, false);
    }
}
