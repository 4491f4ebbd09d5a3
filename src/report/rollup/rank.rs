//! Agents in order of how they did, for who asks for it. Reports list agents by name unless they are told otherwise.

use super::agents::AgentFigures;
use super::{Group, RollUp, Share};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::num::NonZeroUsize;

/// An agent in a list of agents.
pub struct Listed<'r> {
    /// The place among those who are ranked, from 1, the same for equals; none for who is not ranked.
    pub place: Option<usize>,
    /// The name.
    pub name: &'r str,
    /// The figures.
    pub agent: Cow<'r, AgentFigures>,
}

impl RollUp {
    /// The rate that tables of groups lead with: heard in time, or passed where no rule asks for that.
    pub fn rate(&self, group: &Group) -> Share {
        self.early_rule().map_or_else(|| group.pass_share(), |rule| group.share(rule))
    }

    /// The agents by name. If they are to be ranked, those whose rate is out of so many calls at least come first, by
    /// that rate, and the others behind them by name.
    pub fn listed_agents(&self, rank_from: Option<NonZeroUsize>) -> Vec<Listed<'_>> {
        let all = self.agents.by_name().map(|(name, agent)| Listed { place: None, name, agent });
        let Some(least) = rank_from else { return all.collect() };
        let rate = |listed: &Listed<'_>| self.rate(&listed.agent.figures);
        let (mut ranked, others): (Vec<_>, Vec<_>) = all.partition(|one| rate(one).of >= least.get() as u64);
        // By name they stand already, and the sort leaves equals as they are.
        ranked.sort_by(|one, other| better(rate(one), rate(other)));
        for k in 0..ranked.len() {
            let before = k.checked_sub(1).map(|k| &ranked[k]);
            let equal = before.filter(|before| better(rate(before), rate(&ranked[k])).is_eq());
            ranked[k].place = equal.map_or(Some(k + 1), |before| before.place);
        }
        ranked.into_iter().chain(others).collect()
    }
}

/// The larger share first, by integers.
fn better(one: Share, other: Share) -> Ordering {
    let of = |a: Share, b: Share| u128::from(a.part) * u128::from(b.of);
    of(other, one).cmp(&of(one, other))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::call::{Call, Role};
    use crate::report::{Band, CallReport, Judged, RuleHead, RuleResult, Score, Verdict};

    /// A roll-up of agents with so many calls, of which so many were heard in time.
    fn rollup(agents: &[(&str, u64, u64)]) -> RollUp {
        let head = RuleHead { id: "early-statement".to_owned(), weight: 1, ..RuleHead::default() };
        let mut rollup = RollUp::new(&[head]);
        for (name, calls, heard) in agents {
            for k in 0..*calls {
                let mut call = Call::default();
                call.agent = Some((*name).to_owned());
                let agent = call.speaker(Role::Agent, "Agent", None);
                call.push_turn(agent, None, None, "Hello.");
                let verdict = if k < *heard { Verdict::Pass } else { Verdict::Fail };
                let results = vec![RuleResult::new(0, verdict, "found", String::new())];
                let score = Score { tenths: 1000, band: Band::Good, passed: true, critical: false };
                let judged = Judged { results, score: Some(score), ..Judged::default() };
                rollup.call(&CallReport::new(k, "s", &call, &judged));
            }
        }
        rollup
    }

    #[test]
    fn nobody_is_ranked_unless_asked_and_nobody_by_few_calls() {
        let rollup = rollup(&[("Ann", 20, 10), ("Bo", 3, 3), ("Cy", 10, 9), ("Di", 10, 5), ("Ed", 12, 0)]);
        let order = |from: Option<usize>| {
            let listed = rollup.listed_agents(from.and_then(NonZeroUsize::new));
            listed.iter().map(|one| (one.name.to_owned(), one.place.unwrap_or(0))).collect::<Vec<_>>()
        };
        let pairs = |all: &[(&str, usize)]| all.iter().map(|(n, p)| ((*n).to_owned(), *p)).collect::<Vec<_>>();
        assert_eq!(order(None), pairs(&[("Ann", 0), ("Bo", 0), ("Cy", 0), ("Di", 0), ("Ed", 0)]));
        assert_eq!(order(Some(10)), pairs(&[("Cy", 1), ("Ann", 2), ("Di", 2), ("Ed", 4), ("Bo", 0)]));
        assert_eq!(order(Some(1)), pairs(&[("Bo", 1), ("Cy", 2), ("Ann", 3), ("Di", 3), ("Ed", 5)]));
        assert_eq!(order(Some(13)), pairs(&[("Ann", 1), ("Bo", 0), ("Cy", 0), ("Di", 0), ("Ed", 0)]));
    }
}
