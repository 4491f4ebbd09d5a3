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
    call.roles = Roles { how: if seed.unknown { HowRoles::Unknown } else { HowRoles::Stated }, confidence: 1.0 };
    let role = if seed.unknown { Role::Unknown } else { Role::Agent };
    let speaker = call.speaker(role, &format!("spk_{record}"), None);
    let quote = format!("I'd be happy to help you with number {record}.");
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
    Sample { call, judged: Judged { results, score, ..Judged::default() }, source: "calls.jsonl".into(), record }
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
        // Fewer agents than there are, so that the limit is part of the test.
        let empty = RollUp::new(&rules()).with_agents(4);
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
        let empty = RollUp::new(&rules()).with_agents(4);
        let [one, two] = [there, shuffled].map(|seeds| {
            let mut rollup = empty.fresh();
            for (k, seed) in &seeds {
                count(&mut rollup, &event((*k, seed)));
            }
            (rollup.look_at.clone(), rollup.praise())
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
