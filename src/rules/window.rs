//! Where in a call a rule looks: `where = { from = "0s", to = "15s", after = "first-agent-word" }`.

use super::context::{Context, Who};
use super::distance::{Distance, Unit, amount};
use super::find::Find;
use super::names::Names;
use super::reader::Table;
use super::wording::clock;
use crate::report::{Basis, Looked};
use crate::text::scene::Hit;
use crate::text::timing::{self, Edge};

/// From where distances count.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Anchor {
    /// The first human agent word for the agent, the call for others and for ends.
    #[default]
    Usual,
    /// The start of the call.
    Call,
    /// The first human agent word.
    FirstAgentWord,
    /// The end of the first hit of a condition.
    First(Box<Find>),
    /// The end of the last hit of a condition.
    Last(Box<Find>),
}

/// A window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    /// Its start; none is the anchor.
    pub from: Option<Distance>,
    /// Its end, exclusive; none is the end of the call.
    pub to: Option<Distance>,
    /// From where they count.
    pub after: Anchor,
    /// Not applicable where the other party's first run takes the window.
    pub unless_covered: bool,
}

/// A window laid over one call.
pub struct Laid {
    who: Who,
    from: Option<Distance>,
    to: Option<Distance>,
    /// Zero in seconds.
    zero: f64,
    end: f64,
    /// Tokens before that are outside: the anchor's end.
    after_token: u32,
    /// Runs of the speaker that count as the first, second, …
    runs: Vec<u32>,
    words: Vec<u32>,
}

/// Why a window cannot be laid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The call has no times.
    Times,
    /// What the window hangs on is not in the call.
    Anchor,
}

impl Window {
    /// Reads `where` or `untimed`.
    pub fn read(table: &Table<'_, '_>, who: Who, names: &Names<'_>) -> Window {
        let from = Distance::read(table, "from");
        let to = Distance::read(table, "to");
        let after = match table.get("after") {
            None => Anchor::Usual,
            Some(value) if value.get_ref().is_table() => {
                let inner = table.as_table("after", value, "`after`".to_owned());
                inner.map_or(Anchor::Usual, |t| Self::read_hit_anchor(&t, who, names))
            }
            Some(_) => table
                .one_of("after", &[("call", 0), ("first-agent-word", 1)])
                .map_or(Anchor::Usual, |k| {
                    if k == 0 {
                        Anchor::Call
                    } else {
                        Anchor::FirstAgentWord
                    }
                }),
        };
        let unless_covered = table.flag("unless_covered").unwrap_or(false);
        table.finish(&[]);
        let window = Window {
            from,
            to,
            after,
            unless_covered,
        };
        window.check(table);
        window
    }

    fn read_hit_anchor(table: &Table<'_, '_>, who: Who, names: &Names<'_>) -> Anchor {
        let which = table
            .one_of("which", &[("first", 0), ("last", 1)])
            .unwrap_or(0);
        let find = Box::new(Find::read(table, who, names));
        table.finish(&[]);
        if which == 0 {
            Anchor::First(find)
        } else {
            Anchor::Last(find)
        }
    }

    fn check(&self, table: &Table<'_, '_>) {
        let (Some(from), Some(to)) = (self.from, self.to) else {
            return;
        };
        let comparable = from.unit == to.unit && (from.amount < 0.0) == (to.amount < 0.0);
        if comparable && from.amount >= to.amount {
            let help = "`from` must come before `to`; ends are exclusive".to_owned();
            table
                .reading()
                .wrong(table.span(), "this window is empty", Some(help));
        }
    }

    /// Whether it cannot be told without times.
    #[must_use]
    pub fn needs_times(&self) -> bool {
        [self.from, self.to]
            .into_iter()
            .flatten()
            .any(Distance::needs_times)
    }

    /// Lays the window over a call.
    pub fn lay(&self, cx: &Context<'_>, who: Who) -> Result<Laid, Missing> {
        let needs_times = self.needs_times();
        if needs_times && !cx.timed() {
            return Err(Missing::Times);
        }
        let (mut zero, mut after_token) = (0.0, 0);
        let from_end = [self.from, self.to]
            .into_iter()
            .flatten()
            .any(|d| d.amount < 0.0 || d.unit == Unit::Percent);
        match &self.after {
            Anchor::Usual if who != Who::Agent || from_end => {}
            Anchor::Call => {}
            Anchor::Usual | Anchor::FirstAgentWord => {
                let turn = cx.first_turn(Who::Agent).ok_or(Missing::Anchor)?;
                after_token = cx.scene.sentences[cx.scene.turn_sentences(turn).start as usize]
                    .tokens
                    .start;
                if needs_times {
                    zero = cx.first_agent_word().ok_or(Missing::Times)?.0;
                }
            }
            Anchor::First(find) | Anchor::Last(find) => {
                let hits = find.hits(cx);
                let hit = if matches!(self.after, Anchor::First(_)) {
                    hits.first()
                } else {
                    hits.last()
                };
                let hit = hit.ok_or(Missing::Anchor)?;
                after_token = hit.end;
                if needs_times {
                    zero = cx.end(hit).ok_or(Missing::Times)?.0;
                }
            }
        }
        let at_start = after_token == 0
            || matches!(
                self.after,
                Anchor::Usual | Anchor::Call | Anchor::FirstAgentWord
            );
        Ok(self.lay_at(cx, who, zero, after_token, at_start))
    }

    /// Lays the window behind a hit.
    pub fn lay_after(&self, cx: &Context<'_>, who: Who, hit: &Hit) -> Result<Laid, Missing> {
        let needs_times = self.needs_times();
        if needs_times && !cx.timed() {
            return Err(Missing::Times);
        }
        let zero = if needs_times {
            cx.end(hit).ok_or(Missing::Times)?.0
        } else {
            0.0
        };
        Ok(self.lay_at(cx, who, zero, hit.end, false))
    }

    /// Lays the window from a token and its time on. `at_start`: the run that holds the token is the first one counted,
    /// as at the start of a call; else the first is the one that begins after it.
    fn lay_at(
        &self,
        cx: &Context<'_>,
        who: Who,
        zero: f64,
        after_token: u32,
        at_start: bool,
    ) -> Laid {
        let turn_of = |token: u32| {
            cx.scene
                .sentences
                .partition_point(|s| s.tokens.end <= token)
        };
        let first_turn = cx
            .scene
            .sentences
            .get(turn_of(after_token))
            .map_or(u32::MAX, |s| s.turn);
        let counted = |r: &crate::text::scene::Run| {
            r.first > first_turn || (at_start && r.first >= first_turn)
        };
        let runs = cx
            .runs(who)
            .filter(|(_, r)| counted(r))
            .map(|(k, _)| k)
            .collect();
        let words = if [self.from, self.to]
            .into_iter()
            .flatten()
            .any(|d| d.unit == Unit::Words)
        {
            let spoken = |t: &u32| *t >= after_token;
            let sentences = cx
                .scene
                .sentences
                .iter()
                .filter(|s| who.is(cx.call.role(&cx.call.turns[s.turn as usize])));
            sentences
                .flat_map(|s| s.tokens.clone())
                .filter(spoken)
                .collect()
        } else {
            Vec::new()
        };
        let end = cx.call_end().unwrap_or(0.0);
        Laid {
            who,
            from: self.from,
            to: self.to,
            zero,
            end,
            after_token,
            runs,
            words,
        }
    }

    /// Whether the other party's first run takes the window: it begins inside, reaches past its end and fills at least
    /// half of it, so that the speaker had no turn in it after having heard the other.
    #[must_use]
    pub fn is_covered(&self, cx: &Context<'_>, laid: &Laid, who: Who) -> bool {
        let other = if who == Who::Agent {
            Who::Customer
        } else {
            Who::Agent
        };
        let (Some(to), Some((_, run))) = (laid.seconds(self.to), cx.runs(other).next()) else {
            return false;
        };
        let from = laid.seconds(self.from).unwrap_or(laid.zero);
        cx.run_times(run).is_some_and(|(start, end)| {
            start < to && end >= to && to - start.max(from) >= (to - from) / 2.0
        })
    }
}

impl Laid {
    fn seconds(&self, distance: Option<Distance>) -> Option<f64> {
        let d = distance?;
        let from_end = d.amount < 0.0;
        match d.unit {
            Unit::Seconds => Some(if from_end {
                self.end + d.amount
            } else {
                self.zero + d.amount
            }),
            Unit::Percent => Some(
                self.end
                    * if from_end {
                        1.0 + d.amount / 100.0
                    } else {
                        d.amount / 100.0
                    },
            ),
            _ => None,
        }
    }

    /// Whether a place is inside, by its token; none if its time is not known.
    #[must_use]
    pub fn holds(&self, cx: &Context<'_>, sentence: u32, token: u32) -> Option<bool> {
        if token < self.after_token {
            return Some(false);
        }
        let place = |d: Distance| -> Option<f64> {
            match d.unit {
                Unit::Seconds | Unit::Percent => {
                    let turn = cx.scene.sentences[sentence as usize].turn;
                    timing::seconds(
                        cx.call,
                        turn,
                        cx.scene.tokens[token as usize].start,
                        Edge::Start,
                    )
                    .map(|t| t.0)
                }
                // The first run is at place 0 so that ends are exclusive: "2 runs" holds the places 0 and 1.
                Unit::Runs => {
                    let run = cx.scene.run(sentence)?;
                    let begun = self.runs.partition_point(|&r| r <= run) as f64;
                    Some(if d.amount < 0.0 {
                        begun - 1.0 - self.runs.len() as f64
                    } else {
                        begun - 1.0
                    })
                }
                Unit::Words => {
                    let before = self.words.partition_point(|&t| t < token) as f64;
                    Some(if d.amount < 0.0 {
                        before - self.words.len() as f64
                    } else {
                        before
                    })
                }
            }
        };
        let bound = |d: Distance| self.seconds(Some(d)).unwrap_or(d.amount);
        let after_from = self
            .from
            .map_or(Some(true), |d| place(d).map(|p| p >= bound(d)));
        let before_to = self
            .to
            .map_or(Some(true), |d| place(d).map(|p| p < bound(d)));
        Some(after_from? && before_to?)
    }

    /// Whether a hit starts inside.
    #[must_use]
    pub fn holds_hit(&self, cx: &Context<'_>, hit: &Hit) -> Option<bool> {
        self.holds(cx, hit.sentence, hit.start)
    }

    /// The seconds that are searched.
    #[must_use]
    pub fn looked(&self, cx: &Context<'_>) -> Looked {
        if !cx.timed() {
            return Looked {
                from_s: None,
                to_s: None,
            };
        }
        let in_seconds = |d: Option<Distance>| d.is_none_or(Distance::needs_times);
        if !in_seconds(self.from) || !in_seconds(self.to) {
            return Looked {
                from_s: None,
                to_s: None,
            };
        }
        let from = self.seconds(self.from).unwrap_or(self.zero);
        Looked {
            from_s: Some(from),
            to_s: Some(self.seconds(self.to).unwrap_or(self.end)),
        }
    }

    /// The first sentence of the speaker that begins inside; what an absence shows.
    #[must_use]
    pub fn first_sentence(&self, cx: &Context<'_>) -> Option<u32> {
        let spoken = |k: &u32| {
            self.who.is(cx
                .call
                .role(&cx.call.turns[cx.scene.sentences[*k as usize].turn as usize]))
        };
        let mut all = (0..cx.scene.sentences.len() as u32).filter(spoken);
        let inside = |k: &u32| {
            self.holds(cx, *k, cx.scene.sentences[*k as usize].tokens.start) == Some(true)
        };
        let first = all.clone().next();
        all.find(inside).or(first)
    }

    /// "between 0:00 and 0:15", "in the agent's first 2 runs".
    #[must_use]
    pub fn described(&self, cx: &Context<'_>) -> String {
        let looked = self.looked(cx);
        let count = |d: Option<Distance>| d.map(|d| (d.amount, d.unit));
        match (looked.from_s, looked.to_s, count(self.from), count(self.to)) {
            (Some(from), Some(to), ..) => format!("between {} and {}", clock(from), clock(to)),
            (_, _, None, Some((n, unit))) if n > 0.0 => {
                format!("in {}'s first {}", self.who.called(), amount(n, unit))
            }
            (_, _, Some((n, unit)), None) if n < 0.0 => {
                format!("in {}'s last {}", self.who.called(), amount(-n, unit))
            }
            (_, _, Some((n, unit)), None) => {
                format!("after {}'s first {}", self.who.called(), amount(n, unit))
            }
            (None, None, None, None) => "in the call".to_owned(),
            _ => "where the rule looks".to_owned(),
        }
    }

    /// How the times are known that a search here rests on; none if it rests on none.
    #[must_use]
    pub fn basis(&self, cx: &Context<'_>) -> Option<Basis> {
        let bounds = [self.from, self.to];
        let mut bounds = bounds.iter().flatten().peekable();
        bounds.peek()?;
        if bounds.any(|d| d.needs_times()) {
            let sentence = self.first_sentence(cx)?;
            let s = &cx.scene.sentences[sentence as usize];
            return timing::seconds(
                cx.call,
                s.turn,
                cx.scene.tokens[s.tokens.start as usize].start,
                Edge::Start,
            )
            .map(|t| t.1);
        }
        Some(Basis::Turns)
    }
}
