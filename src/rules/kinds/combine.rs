//! The rule kinds `all`, `any` and `not`, over other rules of the run.

use super::condition::{Condition, Kind, Read, Schema};
use crate::report::Verdict;
use crate::rules::context::Context;
use crate::rules::outcome::{Outcome, least};
use crate::rules::pack::reader::{Table, Text};
use crate::rules::party::Party;
use crate::rules::shapes;
use crate::text::set::SetId;

/// Rules that must all hold.
pub static ALL: Kind =
    kind("all", "every one of these rules", |table, _| Some(Combined::read(table, Combine::All, "all")));

/// Rules of which one must hold.
pub static ANY: Kind = kind("any", "one of these rules", |table, _| Some(Combined::read(table, Combine::Any, "any")));

/// A rule that must not hold.
pub static NOT: Kind = kind("not", "not this rule", |table, _| Some(Combined::read(table, Combine::Not, "not")));

const fn kind(key: &'static str, about: &'static str, read: Read) -> Kind {
    Kind { key, about, read, hints: &[], schema: SCHEMA }
}

const SCHEMA: Schema = Schema {
    tables: &[],
    shape: |table, key| (table == "rule" && matches!(key, "all" | "any" | "not")).then(shapes::texts),
    definitions: Vec::new,
};

/// How rules are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// Each must hold.
    All,
    /// One must hold.
    Any,
    /// The one must not hold.
    Not,
}

impl Combine {
    /// The verdicts in the order in which they decide: the first that any part has is the whole's.
    const fn order(self) -> [Verdict; 4] {
        match self {
            Combine::All => [Verdict::Fail, Verdict::NotScorable, Verdict::Pass, Verdict::NotApplicable],
            Combine::Any | Combine::Not => [Verdict::Pass, Verdict::NotScorable, Verdict::Fail, Verdict::NotApplicable],
        }
    }

    /// The outcome of the whole from those of its parts, of which there is at least one. The first with the verdict that
    /// decides before all others speaks for the whole, and what comes behind it is not asked.
    pub fn judge(self, outcomes: &mut dyn Iterator<Item = Outcome>) -> Outcome {
        let mut parts: Vec<Outcome> = Vec::new();
        for outcome in outcomes {
            let decided = outcome.verdict == self.order()[0];
            parts.push(outcome);
            if decided {
                break;
            }
        }
        let decides = self.order().into_iter().find(|v| parts.iter().any(|p| p.verdict == *v));
        let verdict = decides.unwrap_or(Verdict::NotApplicable);
        let mut deciding = parts.into_iter().filter(|p| p.verdict == verdict);
        let Some(mut whole) = deciding.next() else {
            return Outcome::not_applicable("no-parts", "nothing to combine");
        };
        // One part that decides speaks for the whole. Where all parts had to agree, the reasons of all are given.
        if (self == Combine::All && verdict == Verdict::Pass) || (self == Combine::Any && verdict == Verdict::Fail) {
            for part in deciding {
                if !part.why.is_empty() && !whole.why.contains(&part.why) {
                    whole.why = format!("{}; {}", whole.why, part.why);
                }
                whole.basis = least(whole.basis, part.basis);
                for evidence in part.evidence {
                    if !whole.evidence.contains(&evidence) {
                        whole.evidence.push(evidence);
                    }
                }
            }
        }
        if self == Combine::Not {
            whole.verdict = match whole.verdict {
                Verdict::Pass => Verdict::Fail,
                Verdict::Fail => Verdict::Pass,
                other => other,
            };
        }
        whole
    }
}

/// Other rules, combined.
#[derive(Debug)]
struct Combined {
    how: Combine,
    rules: Vec<Text>,
}

impl Combined {
    fn read(table: &Table<'_, '_>, how: Combine, key: &'static str) -> Box<dyn Condition> {
        Box::new(Combined { how, rules: table.texts(key) })
    }
}

impl Condition for Combined {
    fn judge(&self, _: &Context<'_>, parts: &mut dyn Iterator<Item = Outcome>) -> Outcome {
        self.how.judge(parts)
    }

    /// Its parts name theirs.
    fn all_sets(&self) -> Vec<SetId> {
        Vec::new()
    }

    /// Its parts ask for theirs.
    fn parties(&self) -> Vec<Party> {
        Vec::new()
    }

    fn parts(&self) -> &[Text] {
        &self.rules
    }

    fn has_enough_parts(&self) -> bool {
        if self.how == Combine::Not { self.rules.len() == 1 } else { !self.rules.is_empty() }
    }

    fn deciding(&self, parts: &[usize]) -> String {
        format!("Combine({:?}, {parts:?})", self.how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Fail as F, NotApplicable as A, NotScorable as S, Pass as P};

    /// The whole truth table of two parts, as settled for the rule language.
    #[test]
    fn verdicts_combine_by_the_table() {
        let whole =
            |c: Combine, parts: &[Verdict]| c.judge(&mut parts.iter().map(|v| Outcome::bare(*v, "x", ""))).verdict;
        #[rustfmt::skip]
        let table = [
            // parts, all, any
            (P, P, P, P), (P, F, F, P), (P, A, P, P), (P, S, S, P),
            (F, F, F, F), (F, A, F, F), (F, S, F, S),
            (A, A, A, A), (A, S, S, S), (S, S, S, S),
        ];
        for (a, b, all, any) in table {
            for parts in [[a, b], [b, a]] {
                assert_eq!(whole(Combine::All, &parts), all, "all {parts:?}");
                assert_eq!(whole(Combine::Any, &parts), any, "any {parts:?}");
            }
        }
        for (part, not) in [(P, F), (F, P), (A, A), (S, S)] {
            assert_eq!(whole(Combine::Not, &[part]), not);
        }
    }
}
