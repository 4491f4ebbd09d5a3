//! Roll-ups merge in any grouping to the same figures, and stay small.

use crate::sample::{self, Event, Sample, quoting, result, rules, titled};
use heard::call::{HowRoles, Role, Roles};
use heard::report::rollup::{LOOK_AT, RollUp, UNNAMED_PRAISE, UNREADABLE};
use heard::report::{Band, Grade, Judged, Score, Severity, Unreadable, Verdict};
use proptest::prelude::*;

const REASONS: [&str; 3] = ["none-found", "too-late", "no-times"];

/// A call out of a few small numbers.
fn call(seed: &Seed, record: u64) -> Sample {
    let mut call = titled(&format!("c-{}", record % 5));
    call.agent = seed.agent.map(|agent| format!("agent {agent}"));
    let day = record % 5 + 1;
    call.queue = (day != 2).then(|| format!("queue {}", record % 3));
    call.started = (day != 3).then(|| format!("2026-05-{day:02}T{:02}:30:00Z", record % 24));
    call.meta.insert("script_version".into(), format!("v{}", record % 2).into());
    call.meta.insert("csat".into(), (record % 6).into());
    call.meta.insert("fcr".into(), if record % 3 == 0 { "yes" } else { "no" }.into());
    call.roles = Roles { how: if seed.unknown { HowRoles::Unknown } else { HowRoles::Stated }, confidence: 1.0 };
    let role = if seed.unknown { Role::Unknown } else { Role::Agent };
    let speaker = call.speaker(role, &format!("spk_{record}"), None);
    let quote = format!("I'd be happy to help you with number {}.", record % 3);
    call.push_turn(speaker, Some(1.0), None, &quote);
    let results = seed.verdicts.iter().enumerate().map(|(rule, &(verdict, reason))| {
        let verdict = Verdict::ALL[verdict];
        let mut result = result(rule, verdict, REASONS[reason], "why");
        if verdict == Verdict::Pass {
            result.grade = Some(if reason == 0 { Grade::Specific } else { Grade::Generic });
            result.evidence.push(quoting(&call, 0));
        }
        result
    });
    let results = results.collect();
    let score = seed.tenths.map(|tenths| Score {
        tenths,
        band: if tenths >= 750 { Band::Good } else { Band::Poor },
        passed: tenths >= 700,
        critical: tenths == 0,
    });
    let hardship = seed.tenths.map(|tenths| tenths < 500);
    Sample {
        call,
        judged: Judged { results, score, hardship, ..Judged::default() },
        source: "calls.jsonl".into(),
        record,
    }
}

#[derive(Clone, Debug)]
struct Seed {
    agent: Option<u8>,
    unknown: bool,
    tenths: Option<u32>,
    verdicts: Vec<(usize, usize)>,
}

fn seeds() -> impl Strategy<Value = Vec<Option<Seed>>> {
    let tenths = proptest::option::of(prop_oneof![Just(0), Just(333), Just(1000), 0_u32..=1000]);
    let verdicts = proptest::collection::vec((0_usize..4, 0_usize..3), 4);
    let agent = proptest::option::of(0_u8..9);
    let seed = (agent, prop::bool::weighted(0.1), tenths, verdicts)
        .prop_map(|(agent, unknown, tenths, verdicts)| Seed { agent, unknown, tenths, verdicts });
    proptest::collection::vec(proptest::option::weighted(0.85, seed), 0..80)
}

fn event((record, seed): (usize, &Option<Seed>)) -> Event {
    match seed {
        Some(seed) => Event::Call(Box::new(call(seed, record as u64))),
        None => Event::Unreadable(Unreadable { record: record as u64, source: "s".into(), error: "e".into() }),
    }
}

fn count(rollup: &mut RollUp, event: &Event) {
    match event {
        Event::Call(sample) => rollup.call(&sample.report()),
        Event::Unreadable(record) => rollup.unreadable(record),
    }
}

/// Fewer agents and calls than there are, so that the limits are part of the test.
fn counters() -> RollUp {
    RollUp::new(&rules()).with_agents(4).with_worst(6).with_outcomes(&["csat".to_owned(), "FCR".to_owned()])
}

/// Merges neighbours in the order that `picks` says until one is left.
fn merged(mut parts: Vec<RollUp>, picks: &[prop::sample::Index], empty: &RollUp) -> RollUp {
    let mut picks = picks.iter().cycle();
    while parts.len() > 1 {
        let at = picks.next().unwrap().index(parts.len() - 1);
        let later = parts.remove(at + 1);
        parts[at].merge(&later);
    }
    parts.pop().unwrap_or_else(|| empty.clone())
}

proptest! {
    #[test]
    fn any_grouping_gives_the_same(
        seeds in seeds(),
        cuts in proptest::collection::vec(any::<bool>(), 80),
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 20),
    ) {
        let empty = counters();
        let events: Vec<Event> = seeds.iter().enumerate().map(event).collect();
        let mut whole = empty.fresh();
        let mut parts = vec![empty.fresh()];
        for (event, cut) in events.iter().zip(cuts) {
            count(&mut whole, event);
            if cut {
                parts.push(empty.fresh());
            }
            count(parts.last_mut().unwrap(), event);
        }
        prop_assert_eq!(&merged(parts, &picks, &empty), &whole);
    }

    #[test]
    fn any_order_gives_the_same_lists(
        (there, shuffled) in seeds().prop_flat_map(|seeds| {
            let there: Vec<(usize, Option<Seed>)> = seeds.into_iter().enumerate().collect();
            (Just(there.clone()), Just(there).prop_shuffle())
        }),
    ) {
        let empty = counters();
        let [one, two] = [there, shuffled].map(|seeds| {
            let mut rollup = empty.fresh();
            for (k, seed) in &seeds {
                count(&mut rollup, &event((*k, seed)));
            }
            let coaching = format!("{:?}", rollup.coaching());
            (rollup.look_at.clone(), rollup.praise(), rollup.worst.clone(), coaching, rollup.times.clone())
        });
        prop_assert_eq!(one, two);
    }

    #[test]
    fn the_lists_hold_what_sorting_everything_would_give(seeds in seeds()) {
        let events: Vec<Event> = seeds.iter().enumerate().map(event).collect();
        let whole = sample::rollup(&events);
        let heads = rules();
        let mut worst = Vec::new();
        for sample in events.iter().filter_map(|e| if let Event::Call(s) = e { Some(s) } else { None }) {
            let failed = sample.judged.results.iter().filter(|r| r.verdict == Verdict::Fail);
            let failed: Vec<_> = failed.map(|r| &heads[r.rule]).collect();
            let Some(score) = sample.judged.score else { continue };
            let serious = failed.iter().map(|h| h.severity).max();
            let fine = score.passed && serious < Some(Severity::Major);
            if serious.is_some() && !fine {
                let need = i32::from(serious != Some(Severity::Critical));
                let lost: u32 = failed.iter().map(|h| h.weight).sum();
                worst.push((need, std::cmp::Reverse(lost), score.tenths, sample.call.id.clone(), sample.record));
            }
        }
        worst.sort_unstable();
        worst.truncate(LOOK_AT);
        let listed = whole.look_at.iter().map(|l| (l.whose.call.clone(), l.whose.record));
        let wanted: Vec<_> = worst.into_iter().map(|w| (w.3, w.4)).collect();
        prop_assert_eq!(listed.collect::<Vec<_>>(), wanted);
        let praise = whole.praise();
        let agents: Vec<_> = praise.iter().filter_map(|p| p.whose.agent.as_ref()).collect();
        let distinct: std::collections::BTreeSet<_> = agents.iter().collect();
        prop_assert_eq!(distinct.len(), agents.len(), "one moment an agent");
        prop_assert!(praise.len() - agents.len() <= UNNAMED_PRAISE && whole.first_unreadable.len() <= UNREADABLE);
        prop_assert!(praise.is_sorted_by_key(|p| !p.specific), "specific ones first");
    }
}

/// A call that passed or failed the early statement, of an agent, at a time.
fn early(agent: &str, day: u8, hour: u8, number: u64, passed: bool, csat: &str) -> Event {
    let mut call = titled(&format!("{agent}-{day}-{hour}-{number}"));
    call.agent = Some(agent.to_owned());
    call.started = Some(format!("2026-05-{day:02}T{hour:02}:00:00Z"));
    call.meta.insert("CSAT".into(), csat.into());
    call.roles = Roles { how: HowRoles::Stated, confidence: 1.0 };
    let speaker = call.speaker(Role::Agent, "Agent", None);
    let said = if agent == "Jo" {
        "I'm so sorry to hear about all of that.".to_owned()
    } else {
        format!("I'm so sorry that number {number} of day {day} never came at {hour}.")
    };
    call.push_turn(speaker, None, None, &said);
    let mut early = result(0, if passed { Verdict::Pass } else { Verdict::Fail }, "found", "why");
    if passed {
        early.evidence.push(quoting(&call, 0));
        early.evidence[0].tags = vec!["apology"];
    }
    let tenths = if passed { 1000 } else { 0 };
    let score = Some(Score { tenths, band: Band::Fair, passed, critical: false });
    let judged = Judged { results: vec![early], score, hardship: Some(hour == 9), ..Judged::default() };
    Event::Call(Box::new(Sample { call, judged, source: "calls.jsonl".into(), record: number }))
}

/// A week of two agents: at nine there are three times as many calls, and one in three is without a statement; Jo says
/// the same words each time.
fn week() -> Vec<Event> {
    let mut events = Vec::new();
    for day in 4..9 {
        for hour in [8, 9, 10, 11] {
            for number in 0..if hour == 9 { 9 } else { 3 } {
                let passed = hour != 9 || number % 3 > 0;
                for agent in ["Jo", "Ann"] {
                    events.push(early(agent, day, hour, number, passed, if passed { "5" } else { "2" }));
                }
            }
        }
    }
    events
}

#[test]
fn a_busy_hour_rehearsed_words_and_load_are_seen() {
    let rollup = sample::rollup(&week());
    assert_eq!(rollup.early().map(|s| (s.part, s.of)), Some((150, 180)));
    let busy = rollup.times.busy_hours().unwrap();
    assert_eq!((busy.from, busy.busy.part, busy.busy.of, busy.quiet.of), (9, 60, 90, 90));
    assert!(busy.drop.value > 0.3 && !busy.drop.may_be_chance());
    let days: Vec<String> = rollup.times.days.iter().map(|(day, _)| day.to_string()).collect();
    assert_eq!(days, ["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"]);
    assert_eq!(rollup.times.hours.keys().copied().collect::<Vec<_>>(), [8, 9, 10, 11]);
    assert_eq!(rollup.times.weekdays.keys().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let of = |name: &str| rollup.agents.by_name().find(|(n, _)| *n == name).unwrap().1;
    let rehearsed = of("Jo").rehearsed();
    assert_eq!(rehearsed.len(), 1);
    assert_eq!(rehearsed[0].words, "i'm so sorry to hear about all of that");
    assert!(rehearsed[0].calls > 70 && rehearsed[0].of == 90, "{rehearsed:?}");
    assert!(of("Ann").rehearsed().is_empty());
    let (day, load) = of("Ann").heaviest_day().unwrap();
    assert_eq!((day.to_string().as_str(), load.hardship, load.calls), ("2026-05-08", 9, 18));
}

#[test]
fn coaching_quotes_colleagues_and_nobody_is_their_own_colleague() {
    let rollup = sample::rollup(&week());
    let coaching = rollup.coaching();
    assert_eq!(coaching.iter().map(|c| c.agent.as_str()).collect::<Vec<_>>(), ["Ann", "Jo"]);
    assert_eq!((coaching[0].rule, coaching[0].share.part, coaching[0].lost), (0, 75, 300));
    assert_eq!(coaching[0].quotes.len(), 1);
    assert_eq!(coaching[0].quotes[0].quote, "I'm so sorry to hear about all of that.");
    assert!(coaching[1].quotes[0].quote.starts_with("I'm so sorry that number"));
}

#[test]
fn an_outcome_is_set_against_a_rule_and_a_run_against_another_one() {
    let mut counters = RollUp::new(&rules()).with_outcomes(&["csat".to_owned()]);
    week().iter().for_each(|event| count(&mut counters, event));
    let outcome = &counters.outcomes[0];
    assert_eq!((outcome.values, outcome.odd, outcome.is_share()), (180, 0, false));
    let against: Vec<_> = outcome.against().collect();
    assert_eq!(against.len(), 1);
    assert_eq!((against[0].rule, against[0].passed.n, against[0].failed.n), (0, 150, 30));
    assert_eq!((against[0].passed.mean(), against[0].failed.mean()), (Some(5.0), Some(2.0)));
    assert!((against[0].difference.value - 3.0).abs() < 1e-9);
    let mut quiet = counters.fresh();
    week()
        .iter()
        .filter(|e| matches!(e, Event::Call(s) if s.judged.hardship == Some(false)))
        .for_each(|e| count(&mut quiet, e));
    assert_eq!(counters.changes(), None);
    counters.against = Some(Box::new(quiet));
    let changes = counters.changes().unwrap();
    assert_eq!(changes.calls_before, 90);
    let early = changes.early.unwrap();
    assert_eq!((early.now.part, early.now.of, early.before.part, early.before.of), (150, 180, 90, 90));
    assert!(early.difference.value < -0.1 && !early.difference.may_be_chance());
    assert_eq!(changes.agents.len(), 2);
    assert_eq!(changes.rules.len(), 1, "the other rules judged nothing");
}
