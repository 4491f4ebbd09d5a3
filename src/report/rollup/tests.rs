//! The counters of a few calls; that they merge in any grouping is held by `tests/output/rollup.rs`.

use super::*;
use crate::call::Call;
use crate::report::{Band, Severity};
use crate::report::{Judged, RuleResult, Score};

/// Four rules, of which the last is critical.
fn rules() -> Vec<RuleHead> {
    let head = |weight, severity| RuleHead { weight, severity, ..RuleHead::default() };
    vec![head(20, Severity::Major), head(10, Severity::Minor), head(30, Severity::Major), head(40, Severity::Critical)]
}

/// Counts a call of an agent in, which failed some of the rules.
fn count(rollup: &mut RollUp, agent: &str, tenths: u32, fails: &[usize]) {
    let mut call = Call::default();
    call.agent = Some(agent.to_owned());
    let result = |rule| {
        let verdict = if fails.contains(&rule) { Verdict::Fail } else { Verdict::Pass };
        RuleResult::new(rule, verdict, "none-found", String::new())
    };
    let score = Score { tenths, band: Band::Fair, passed: tenths >= 700, critical: false };
    let judged = Judged { results: (0..4).map(result).collect(), score: Some(score), ..Judged::default() };
    rollup.call(&CallReport::new(0, "calls.jsonl", &call, &judged));
}

#[test]
fn gates_and_means() {
    let mut rollup = RollUp::new(&rules());
    assert_eq!((rollup.mean_tenths(), rollup.any_below(1000)), (None, false));
    for (agent, tenths, fails) in [("Jo", 500, &[1, 2][..]), ("Jo", 501, &[1]), ("Ann", 800, &[])] {
        count(&mut rollup, agent, tenths, fails);
    }
    assert_eq!(rollup.mean_tenths(), Some(600), "1801 / 3, rounded half up");
    assert!(rollup.any_below(501) && !rollup.any_below(500));
    assert_eq!(Severity::ALL.map(|s| rollup.failures_from(s)), [3, 3, 1, 0]);
    let figures: Vec<_> = rollup
        .agents
        .by_name()
        .map(|(name, f)| (name, f.figures.calls, f.figures.mean_tenths(), rollup.weakest(&f)))
        .collect();
    // One failure of weight 30 costs more than two of weight 10.
    assert_eq!(figures, [("Ann", 1, Some(800), None), ("Jo", 2, Some(501), Some(2))]);
}

#[test]
fn an_agent_written_in_two_ways_is_one() {
    let written = |names: &[&str]| {
        let mut rollup = RollUp::new(&rules());
        for name in names {
            count(&mut rollup, name, 500, &[]);
        }
        let agents = rollup.agents.by_name();
        agents.map(|(name, f)| (name.to_owned(), f.figures.calls)).collect::<Vec<_>>()
    };
    let named = |all: &[(&str, u64)]| -> Vec<(String, u64)> { all.iter().map(|&(n, c)| (n.to_owned(), c)).collect() };
    assert_eq!(written(&["Smith, Jo", "JO SMITH", "Jo", "Jo Smith", "Ann"]), named(&[("Ann", 1), ("Jo Smith", 4)]));
    // Which of two Jo it is nobody can tell.
    assert_eq!(written(&["Jo Smith", "Jo", "jo brown"]), named(&[("Jo", 1), ("Jo Smith", 1), ("jo brown", 1)]));
    assert_eq!(
        written(&["4417", "4418", "agent-7@acme.example"]),
        named(&[("4417", 1), ("4418", 1), ("agent-7@acme.example", 1)])
    );
}

#[test]
fn ten_thousand_agents_with_endless_names_stay_small() {
    let mut rollup = RollUp::new(&rules()).with_agents(100);
    for k in 0..10_000_u32 {
        let name = format!("{:05}{}", k.wrapping_mul(7919) % 10_000, "x".repeat(3000));
        count(&mut rollup, &name, k % 1001, &[0]);
    }
    let kept: u64 = rollup.agents.by_name().map(|(_, f)| f.figures.calls).sum();
    assert_eq!((rollup.agents.by_name().len(), kept, rollup.agents.others.figures.calls), (100, 100, 9_900));
    assert!(rollup.agents.by_name().all(|(name, _)| name.len() <= 1024 && name < "00100"));
    assert!(rollup.look_at.iter().all(|entry| entry.whose.agent.as_ref().is_some_and(|name| name.len() <= 1024)));
}

#[test]
fn reasons_are_counted_and_the_most_frequent_comes_first() {
    let mut tally = RuleTally::default();
    for (reason, calls) in [("too-few", 1), ("not-found", 2), ("none-found", 1), ("too-few", 1)] {
        tally.add_reason(Verdict::Fail, reason, calls);
    }
    tally.add_reason(Verdict::NotScorable, "no-times", 9);
    assert_eq!(tally.reasons(Verdict::Fail), [("not-found", 2), ("too-few", 2), ("none-found", 1)]);
    assert_eq!(tally.reasons(Verdict::NotScorable), [("no-times", 9)]);
}
