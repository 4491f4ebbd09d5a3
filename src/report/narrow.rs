//! What a report is narrowed to: calls of an agent or a queue, verdicts of some rules.
//!
//! Scores stay those of the whole scorecard: to look at one rule alone makes no call better or worse.

use super::{Judged, RuleHead};
use crate::call::{Call, person};

/// What a report is narrowed to; nothing where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Agents, as typed.
    pub agents: Vec<String>,
    /// Queues, as typed.
    pub queues: Vec<String>,
    /// Rules, as typed.
    pub rules: Vec<String>,
    /// For each rule of the whole scorecard, where it stands among those that are left.
    places: Vec<Option<usize>>,
}

impl Narrow {
    /// A report of these agents' calls, these queues' calls, these rules' verdicts.
    pub fn to(agents: Vec<String>, queues: Vec<String>, rules: Vec<String>) -> Narrow {
        Narrow { agents, queues, rules, places: Vec::new() }
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        !(self.agents.is_empty() && self.queues.is_empty() && self.rules.is_empty())
    }

    /// Leaves the rules that are named, and notes where they stand. `Err` is a rule that is not among them.
    pub fn heads(&mut self, heads: Vec<RuleHead>) -> Result<Vec<RuleHead>, String> {
        self.places.clear();
        if self.rules.is_empty() {
            return Ok(heads);
        }
        if let Some(unknown) = self.rules.iter().find(|rule| heads.iter().all(|head| head.id != **rule)) {
            return Err(unknown.clone());
        }
        let mut left = Vec::new();
        for head in heads {
            let is_named = self.rules.contains(&head.id);
            self.places.push(is_named.then_some(left.len()));
            left.extend(Some(head).filter(|_| is_named));
        }
        Ok(left)
    }

    /// Whether a call is in the report.
    pub fn admits(&self, call: &Call) -> bool {
        let of_agent = |typed: &String| {
            call.agent.as_deref().is_some_and(|agent| {
                let (own, typed) = (person::key(agent), person::key(typed));
                own == typed || own.eq_ignore_ascii_case(&typed) || person::is_first_name_of(&typed, &own)
            })
        };
        let of_queue = |typed: &String| {
            call.queue.as_deref().is_some_and(|queue| queue.trim().to_lowercase() == typed.trim().to_lowercase())
        };
        (self.agents.is_empty() || self.agents.iter().any(of_agent))
            && (self.queues.is_empty() || self.queues.iter().any(of_queue))
    }

    /// Leaves the verdicts of the rules that are named.
    pub fn verdicts(&self, judged: &mut Judged) {
        if self.places.is_empty() {
            return;
        }
        judged.results.retain_mut(|result| {
            let place = self.places.get(result.rule).copied().flatten();
            result.rule = place.unwrap_or(result.rule);
            place.is_some()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{RuleResult, Verdict};

    #[test]
    fn names_are_matched_however_they_are_written() {
        let call = |agent: &str, queue: &str| {
            let mut call = Call::default();
            call.agent = Some(agent.to_owned()).filter(|agent| !agent.is_empty());
            call.queue = Some(queue.to_owned()).filter(|queue| !queue.is_empty());
            call
        };
        let jo = Narrow::to(vec!["jo".into()], Vec::new(), Vec::new());
        assert!(jo.admits(&call("Smith, Jo", "")) && jo.admits(&call("JO", "")) && !jo.admits(&call("Joanne", "")));
        assert!(!jo.admits(&call("", "Billing")));
        let id = Narrow::to(vec!["AGENT-7".into()], vec!["billing ".into()], Vec::new());
        assert!(id.admits(&call("agent-7", "Billing")) && !id.admits(&call("agent-7", "Sales")));
        assert!(Narrow::default().admits(&call("", "")) && !Narrow::default().is_narrow());
    }

    #[test]
    fn rules_that_are_left_close_up() {
        let head = |id: &str| RuleHead { id: id.to_owned(), ..RuleHead::default() };
        let heads = || ["a", "b", "c"].map(head).to_vec();
        let mut narrow = Narrow::to(Vec::new(), Vec::new(), vec!["c".into(), "a".into()]);
        let left: Vec<String> = narrow.heads(heads()).unwrap_or_default().into_iter().map(|head| head.id).collect();
        assert_eq!(left, ["a", "c"]);
        let result = |rule| RuleResult::new(rule, Verdict::Pass, "found", rule.to_string());
        let mut judged = Judged { results: (0..3).map(result).collect(), ..Judged::default() };
        narrow.verdicts(&mut judged);
        let left: Vec<(usize, &str)> = judged.results.iter().map(|r| (r.rule, r.why.as_str())).collect();
        assert_eq!(left, [(0, "0"), (1, "2")]);
        narrow.rules = vec!["d".into()];
        assert_eq!(narrow.heads(heads()), Err("d".to_owned()));
    }
}
