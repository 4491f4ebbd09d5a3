//! The rule kind `measure`: a figure of the call that must stay within limits, everywhere or somewhere.
//!
//! What each figure is, exactly, stands in [`MEASURES`]; `heard rules explain` prints it.

use super::context::{Context, Who};
use super::distance::{DISTANCE_HELP, Distance, Unit};
use super::find::Find;
use super::names::Names;
use super::outcome::{Outcome, least};
use super::reader::Table;
use super::wording::clock;
use crate::call::{Basis, Clock, Role};
use crate::report::{Evidence, Grade, Looked, Verdict};
use crate::text::book::SetId;
use crate::text::content;
use crate::text::scene::Hit;
use crate::text::timing;

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Seconds before a run of the speaker.
    ReplyGap,
    /// Seconds of a cut-in of the speaker.
    Overlap,
    /// Seconds in which nobody speaks.
    Silence,
    /// Words a minute.
    Pace,
    /// Percent of all talking time.
    TalkShare,
    /// Words of the other party taken up.
    Echo,
    /// Seconds of the call.
    Duration,
}

/// The figures by the word that packs use, with their definition.
pub const MEASURES: [(&str, Quantity, &str); 7] = [
    (
        "reply-gap",
        Quantity::ReplyGap,
        "seconds from the end of the other party's run to the start of the speaker's next one; negative where the speaker cuts in. Backchannels (\"mm hmm\", up to 2 words) neither reply nor break a run",
    ),
    (
        "overlap",
        Quantity::Overlap,
        "seconds for which the speaker talks into a turn of the other party that began before",
    ),
    (
        "silence",
        Quantity::Silence,
        "seconds between two turns in which nobody speaks",
    ),
    (
        "pace",
        Quantity::Pace,
        "words a minute over the time they take; words are tokens with a letter or a digit, in pieces of at least 4 of them. With `relative`, divided by the median of the speaker's runs",
    ),
    (
        "talk-share",
        Quantity::TalkShare,
        "percent of all talking time that is the speaker's",
    ),
    (
        "echo",
        Quantity::Echo,
        "how many of the other party's content words (stems, no stop words), said before, a sentence of the speaker takes up",
    ),
    (
        "duration",
        Quantity::Duration,
        "seconds from the start to the end of the call",
    ),
];

/// A piece needs so many words for its pace to mean something.
const FEWEST_WORDS: usize = 4;
/// No more quotes than that for one verdict.
const MOST_QUOTES: usize = 4;

/// A figure and its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    quantity: Quantity,
    /// Whose.
    pub who: Who,
    min: Option<f64>,
    max: Option<f64>,
    /// Only where one of these was said: in the other party's turn before, or, for pace and echo, in the piece itself.
    at: Option<Box<Find>>,
    /// Divided by the speaker's own median.
    relative: bool,
    /// Within limits somewhere is enough.
    anywhere: bool,
    /// So many places may be out of limits.
    misses: u32,
}

/// A figure at a place.
struct Sample {
    value: f64,
    basis: Option<Basis>,
    sentence: Option<u32>,
}

impl Measure {
    /// Reads `measure = { of = "reply-gap", min = "0.5s", at = { find = […] } }`.
    pub fn read(rule: &Table<'_, '_>, names: &Names<'_>) -> Option<Measure> {
        let table = rule.table("measure")?;
        let all: Vec<(&str, Quantity)> = MEASURES.iter().map(|(name, q, _)| (*name, *q)).collect();
        if !table.has("of") {
            let help = format!(
                "one of: {}",
                all.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ")
            );
            table
                .reading()
                .wrong(table.span(), "`measure` does not say `of` what", Some(help));
        }
        let quantity = table.one_of("of", &all);
        let who = rule.one_of("who", &Who::ALL).unwrap_or(Who::Agent);
        let limit = |key: &'static str| quantity.and_then(|q| limit(&table, key, q));
        let (min, max) = (limit("min"), limit("max"));
        if min.is_none() && max.is_none() {
            let help = "min = \"0.5s\" or max = \"1s\"".to_owned();
            table
                .reading()
                .wrong(table.span(), "`measure` has no limit", Some(help));
        }
        let at = table.table("at").map(|t| {
            let find = Find::read(&t, Who::Any, names);
            t.finish(&[]);
            Box::new(find)
        });
        let relative = table.flag("relative").unwrap_or(false);
        let anywhere = table
            .one_of("where", &[("everywhere", false), ("anywhere", true)])
            .unwrap_or(false);
        let misses = table.number("misses").unwrap_or(0);
        table.finish(&[]);
        let quantity = quantity?;
        if relative && quantity != Quantity::Pace {
            table
                .reading()
                .wrong(table.span(), "only `pace` can be relative", None);
        }
        Some(Measure {
            quantity,
            who,
            min,
            max,
            at,
            relative,
            anywhere,
            misses,
        })
    }

    /// Adds the sets it names.
    pub fn add_sets(&self, to: &mut Vec<SetId>) {
        if let Some(at) = &self.at {
            at.add_sets(to);
        }
    }

    /// Judges a call.
    #[must_use]
    pub fn judge(&self, cx: &Context<'_>) -> Outcome {
        let needs_times = self.quantity != Quantity::Echo;
        if needs_times && (cx.call.clock != Clock::Speech || !cx.timed()) {
            return Outcome::no_times();
        }
        let hits = self.at.as_ref().map(|at| at.hits(cx));
        if hits.as_ref().is_some_and(Vec::is_empty) {
            return Outcome::not_applicable("no-occasion", "the occasion for it did not come up");
        }
        let samples = self.samples(cx, hits.as_deref());
        if samples.is_empty() {
            return Outcome::not_applicable(
                "nothing-to-measure",
                "there is nothing here to measure",
            );
        }
        let (within, out): (Vec<&Sample>, Vec<&Sample>) =
            samples.iter().partition(|s| self.fits(s.value));
        let passes = if self.anywhere {
            !within.is_empty()
        } else {
            out.len() <= self.misses as usize
        };
        let shown = if passes && !within.is_empty() {
            &within
        } else {
            &out
        };
        let evidence: Vec<Evidence> = shown
            .iter()
            .take(MOST_QUOTES)
            .filter_map(|s| Some(show(cx, s.sentence?)))
            .collect();
        let grade = (self.quantity == Quantity::Echo).then_some(if passes {
            Grade::Specific
        } else {
            Grade::Generic
        });
        Outcome {
            verdict: if passes { Verdict::Pass } else { Verdict::Fail },
            reason: if passes {
                "within-limits"
            } else {
                "out-of-limits"
            },
            why: self.why(cx, shown[0], passes, out.len()),
            basis: shown.iter().map(|s| s.basis).fold(None, least),
            grade,
            evidence,
            advice: None,
        }
    }

    fn fits(&self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    fn why(&self, cx: &Context<'_>, sample: &Sample, passes: bool, out: usize) -> String {
        let name = MEASURES
            .iter()
            .find(|(_, q, _)| *q == self.quantity)
            .map_or("", |(name, ..)| name);
        let unit = match self.quantity {
            Quantity::Pace if self.relative => " times the own median",
            Quantity::Pace => " words a minute",
            Quantity::TalkShare => " %",
            Quantity::Echo => " of the caller's words",
            _ => " s",
        };
        let number = |v: f64| format!("{}", (v * 100.0).round() / 100.0);
        let at = sample.sentence.and_then(|s| {
            let s = &cx.scene.sentences[s as usize];
            cx.call.turns[s.turn as usize].start
        });
        let at = at.map_or(String::new(), |at| format!(" at {}", clock(at)));
        let limit = match (self.min, self.max) {
            _ if passes => String::new(),
            (Some(min), _) if sample.value < min => format!(", at least {} wanted", number(min)),
            (_, Some(max)) => format!(", at most {} wanted", number(max)),
            _ => String::new(),
        };
        let more = if !passes && out > 1 {
            format!("; {out} times")
        } else {
            String::new()
        };
        format!("{name} of {}{unit}{at}{limit}{more}", number(sample.value))
    }

    fn samples(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        match self.quantity {
            Quantity::ReplyGap => self.reply_gaps(cx, hits),
            Quantity::Overlap => self.overlaps(cx, hits),
            Quantity::Silence => silences(cx),
            Quantity::Pace => self.paces(cx, hits),
            Quantity::TalkShare => self.talk_share(cx).into_iter().collect(),
            Quantity::Echo => self.echoes(cx, hits),
            Quantity::Duration => {
                let sample = |value| Sample {
                    value,
                    basis: None,
                    sentence: (!cx.scene.sentences.is_empty()).then_some(0),
                };
                cx.call.duration().map(sample).into_iter().collect()
            }
        }
    }

    fn reply_gaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let wanted = |run: u32| {
            hits.is_none_or(|hits| hits.iter().any(|h| cx.scene.run(h.sentence) == Some(run)))
        };
        let runs = &cx.scene.runs;
        let pairs = (1..runs.len())
            .filter(|&k| self.who.is(runs[k].role) && runs[k].role != runs[k - 1].role);
        let sample = |k: usize| {
            let value = cx.run_times(&runs[k])?.0 - cx.run_times(&runs[k - 1])?.1;
            let sentence = Some(cx.scene.turn_sentences(runs[k].first).start);
            Some(Sample {
                value,
                basis: self.turn_basis(cx, runs[k - 1].last),
                sentence,
            })
        };
        pairs
            .filter(|&k| wanted(k as u32 - 1))
            .filter_map(sample)
            .collect()
    }

    fn overlaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let turns = &cx.call.turns;
        let wanted = |turn: u32| {
            hits.is_none_or(|hits| hits.iter().any(|h| cx.scene.sentence(h).turn == turn))
        };
        let mut samples = Vec::new();
        for (k, turn) in turns
            .iter()
            .enumerate()
            .filter(|(_, t)| !self.who.is(cx.call.role(t)))
        {
            let (Some(start), Some(end)) = (turn.start, timing::turn_end(cx.call, k as u32)) else {
                continue;
            };
            if !wanted(k as u32) || cx.call.role(turn) == Role::Bot {
                continue;
            }
            // Turns are sorted by start: what cuts in follows without a break.
            let mut longest = Sample {
                value: 0.0,
                basis: self.turn_basis(cx, k as u32),
                sentence: first_sentence(cx, k as u32),
            };
            for (n, later) in turns.iter().enumerate().skip(k + 1) {
                let Some(from) = later.start.filter(|from| *from < end) else {
                    break;
                };
                // A backchannel is no interruption.
                if !self.who.is(cx.call.role(later))
                    || cx.scene.run_of[n].is_none()
                    || from <= start
                {
                    continue;
                }
                let until = timing::turn_end(cx.call, n as u32).unwrap_or(from).min(end);
                if until - from > longest.value {
                    longest = Sample {
                        value: until - from,
                        basis: self.turn_basis(cx, n as u32),
                        sentence: first_sentence(cx, n as u32),
                    };
                }
            }
            samples.push(longest);
        }
        samples
    }

    fn paces(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let mine = |turn: u32| self.who.is(cx.call.role(&cx.call.turns[turn as usize]));
        let usual = if self.relative {
            let mut paces: Vec<f64> = (0..cx.call.turns.len() as u32)
                .filter(|&t| mine(t))
                .filter_map(|t| turn_pace(cx, t))
                .collect();
            paces.sort_by(f64::total_cmp);
            match paces.get(paces.len() / 2) {
                Some(&median) if median > 0.0 => median,
                _ => return Vec::new(),
            }
        } else {
            1.0
        };
        let mut turns: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| cx.scene.sentence(h).turn).collect(),
            None => (0..cx.call.turns.len() as u32).collect(),
        };
        turns.dedup();
        let sample = |turn: u32| {
            let value = turn_pace(cx, turn)? / usual;
            Some(Sample {
                value,
                basis: self.turn_basis(cx, turn),
                sentence: first_sentence(cx, turn),
            })
        };
        turns
            .into_iter()
            .filter(|&t| mine(t))
            .filter_map(sample)
            .collect()
    }

    fn talk_share(&self, cx: &Context<'_>) -> Option<Sample> {
        let (mut own, mut all) = (0.0, 0.0);
        for (k, turn) in cx.call.turns.iter().enumerate() {
            let time = timing::turn_end(cx.call, k as u32)? - turn.start?;
            all += time;
            own += if self.who.is(cx.call.role(turn)) {
                time
            } else {
                0.0
            };
        }
        let sentence = cx.first_turn(self.who).and_then(|t| first_sentence(cx, t));
        (all > 0.0).then_some(Sample {
            value: own * 100.0 / all,
            basis: Some(Basis::Turn),
            sentence,
        })
    }

    fn echoes(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let role = |sentence: u32| {
            cx.call
                .role(&cx.call.turns[cx.scene.sentences[sentence as usize].turn as usize])
        };
        let mut sentences: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| h.sentence).collect(),
            None => (0..cx.scene.sentences.len() as u32).collect(),
        };
        sentences.dedup();
        let sample = |sentence: u32| {
            let said = content::stems(
                cx.call,
                cx.scene,
                cx.scene.sentences[sentence as usize].tokens.clone(),
            );
            let heard = |stem: &&String| {
                (0..sentence).filter(|&s| !self.who.is(role(s))).any(|s| {
                    let tokens = cx.scene.sentences[s as usize].tokens.clone();
                    tokens.into_iter().any(|t| {
                        content::stem(cx.call, &cx.scene.tokens[t as usize]).as_ref() == Some(*stem)
                    })
                })
            };
            Sample {
                value: said.iter().filter(heard).count() as f64,
                basis: None,
                sentence: Some(sentence),
            }
        };
        sentences
            .into_iter()
            .filter(|&s| self.who.is(role(s)))
            .map(sample)
            .collect()
    }

    /// How the times of a turn are known.
    fn turn_basis(&self, cx: &Context<'_>, turn: u32) -> Option<Basis> {
        let stored = &cx.call.turns[turn as usize];
        Some(if stored.end.is_some() {
            Basis::Turn
        } else {
            Basis::Estimated
        })
    }
}

/// Reads a limit: seconds with their unit, other figures as plain numbers.
fn limit(table: &Table<'_, '_>, key: &'static str, quantity: Quantity) -> Option<f64> {
    let value = table.get(key)?;
    let seconds = matches!(
        quantity,
        Quantity::ReplyGap | Quantity::Overlap | Quantity::Silence | Quantity::Duration
    );
    if seconds {
        let found = value
            .get_ref()
            .as_str()
            .and_then(Distance::parse)
            .filter(|d| d.unit == Unit::Seconds);
        if found.is_none() {
            table.reading().wrong(
                value.span(),
                format!("`{key}` is in seconds here"),
                Some(DISTANCE_HELP.to_owned()),
            );
        }
        return found.map(|d| d.amount);
    }
    let text = value
        .get_ref()
        .as_integer()
        .map(|i| i.as_str())
        .or_else(|| value.get_ref().as_float().map(|f| f.as_str()));
    let found = text
        .and_then(|t| t.parse::<f64>().ok())
        .filter(|n| n.is_finite());
    if found.is_none() {
        table.reading().wrong(
            value.span(),
            format!("`{key}` is a plain number here"),
            Some("min = 1, max = 1.25".to_owned()),
        );
    }
    found
}

fn silences(cx: &Context<'_>) -> Vec<Sample> {
    let (mut heard_to, mut samples) = (None::<f64>, Vec::new());
    for (k, turn) in cx.call.turns.iter().enumerate() {
        let (Some(start), Some(end)) = (turn.start, timing::turn_end(cx.call, k as u32)) else {
            continue;
        };
        if let Some(to) = heard_to.filter(|to| start > *to) {
            let basis = Some(if turn.end.is_some() {
                Basis::Turn
            } else {
                Basis::Estimated
            });
            samples.push(Sample {
                value: start - to,
                basis,
                sentence: first_sentence(cx, k as u32),
            });
        }
        heard_to = Some(heard_to.map_or(end, |to| to.max(end)));
    }
    samples
}

/// Words a minute of a turn, if it has enough of them.
fn turn_pace(cx: &Context<'_>, turn: u32) -> Option<f64> {
    let words = cx.scene.word_count(turn);
    let time = cx.call.turns[turn as usize].end? - cx.call.turns[turn as usize].start?;
    (words >= FEWEST_WORDS && time > 0.0).then(|| words as f64 * 60.0 / time)
}

fn first_sentence(cx: &Context<'_>, turn: u32) -> Option<u32> {
    let sentences = cx.scene.turn_sentences(turn);
    (!sentences.is_empty()).then_some(sentences.start)
}

/// The sentence of a sample as evidence: nothing was matched, so it has no tags.
fn show(cx: &Context<'_>, sentence: u32) -> Evidence {
    let evidence = cx.show_absence(
        sentence,
        Looked {
            from_s: None,
            to_s: None,
        },
    );
    Evidence {
        looked: None,
        ..evidence
    }
}
