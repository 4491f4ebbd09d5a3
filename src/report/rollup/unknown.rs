//! The calls in which nobody knows who is the agent: one of them to name, and what the user can type about all.

use super::RollUp;
use super::lists::bounded;
use crate::call::Role;
use crate::report::CallReport;
use crate::roles::typed;

/// The calls in which nobody knows who is the agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoles {
    /// The id of the first of them.
    pub call: String,
    /// Its path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// The sets of labels met, in order of appearance.
    pub sets: Vec<LabelSet>,
    /// There were more sets than are kept.
    pub more: bool,
}

/// The labels of one or more calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSet {
    /// In order of appearance in the first such call.
    pub labels: Vec<String>,
    /// Per label: in how many calls what is said makes it the agent, the customer, a bot.
    guesses: Vec<[u64; 3]>,
}

impl RollUp {
    /// How many calls nobody can score because nobody says who is who, and what to type; none if there is no such call.
    pub fn unknown_roles_note(&self) -> Option<String> {
        let unknown = self.of_unknown_roles.as_ref()?;
        let (calls, of) = (self.unknown_roles, self.calls);
        let s = if of == 1 { "" } else { "s" };
        let source = if unknown.source == "-" { String::new() } else { format!(" ({})", unknown.source) };
        let counts = format!("{calls} of {of} call{s} not scorable: nothing says who");
        let example = format!("as in {}{source}", unknown.call);
        let Some(option) = unknown.option() else {
            return Some(format!("{counts} speaks, {example}; begin the turns with \"Agent:\" and \"Customer:\""));
        };
        let why = format!("{counts} is the agent, {example}");
        let by_call = "a column `roles` in a --meta table says it call by call";
        if unknown.more {
            return Some(format!(
                "{why}; there are many different labels: {by_call}, and for the first ones type {option}"
            ));
        }
        let check = if unknown.is_mixed() {
            format!("; by what is said, a label is the agent in one call and not in another: {by_call}")
        } else {
            " (or the other way round)".to_owned()
        };
        Some(format!("{why}; type {option}{check}"))
    }
}

impl UnknownRoles {
    /// More sets than these are names, which `--roles` is not made for.
    pub const SETS: usize = 20;
    /// Guesses less sure than this tell nothing.
    const HEARD: f64 = 0.2;
    /// More voices than these are no call between two.
    const LABELS: usize = 8;

    pub(super) fn of(report: &CallReport<'_>) -> UnknownRoles {
        let mut set = LabelSet { labels: Vec::new(), guesses: Vec::new() };
        let guess = report.call.guess.as_ref();
        let guess = guess.filter(|guess| guess.confidence >= Self::HEARD);
        for (k, speaker) in report.call.speakers.iter().enumerate() {
            // What is cut off would match nobody.
            let label = bounded(&speaker.label);
            if label.is_empty() || label.len() < speaker.label.len() || set.labels.len() >= Self::LABELS {
                continue;
            }
            let at = set.labels.iter().position(|l| l == label).unwrap_or_else(|| {
                set.labels.push(label.to_owned());
                set.guesses.push([0; 3]);
                set.labels.len() - 1
            });
            let role = guess.and_then(|guess| guess.roles.get(k));
            if let Some(role) = role.and_then(|role| ROLES.iter().position(|r| r == role)) {
                set.guesses[at][role] += 1;
            }
        }
        UnknownRoles {
            call: bounded(&report.call.id).to_owned(),
            source: bounded(report.source).to_owned(),
            sets: if set.labels.is_empty() { Vec::new() } else { vec![set] },
            more: false,
        }
    }

    /// Adds those that came after.
    pub(super) fn merge(&mut self, later: &UnknownRoles) {
        self.more |= later.more;
        for set in &later.sets {
            if let Some(same) = self.sets.iter_mut().find(|own| own.is_same(set)) {
                same.add(set);
            } else if self.sets.len() < Self::SETS {
                self.sets.push(set.clone());
            } else {
                self.more = true;
            }
        }
    }

    /// The option to type for all labels met: who is who by what is said, and where that tells nothing, whoever speaks
    /// first as the agent. None if no label can be typed.
    pub fn option(&self) -> Option<String> {
        let mut pairs: Vec<(&str, Role)> = Vec::new();
        for set in &self.sets {
            for (place, label) in set.labels.iter().enumerate() {
                let known = pairs.iter().any(|(other, _)| other.to_lowercase() == label.to_lowercase());
                if let (Some(role), false) = (self.role(label, place), known) {
                    pairs.push((label, role));
                }
            }
        }
        typed::option(pairs)
    }

    /// Whether some label seems to be the agent in one call and somebody else in another, so that no one map is right.
    pub fn is_mixed(&self) -> bool {
        let mut labels = self.sets.iter().flat_map(|set| &set.labels);
        labels.any(|label| self.guesses(label).iter().filter(|calls| **calls > 0).count() > 1)
    }

    fn guesses(&self, label: &str) -> [u64; 3] {
        let mut sum = [0; 3];
        for set in &self.sets {
            if let Some(at) = set.labels.iter().position(|l| l == label) {
                sum.iter_mut().zip(set.guesses[at]).for_each(|(sum, calls)| *sum += calls);
            }
        }
        sum
    }

    fn role(&self, label: &str, place: usize) -> Option<Role> {
        let guesses = self.guesses(label);
        let most = *guesses.iter().max()?;
        if most == 0 {
            return ROLES[..2].get(place).copied();
        }
        guesses.iter().position(|calls| *calls == most).map(|at| ROLES[at])
    }
}

/// In the order in which guesses are counted.
const ROLES: [Role; 3] = [Role::Agent, Role::Customer, Role::Bot];

impl LabelSet {
    fn is_same(&self, other: &LabelSet) -> bool {
        self.labels.len() == other.labels.len() && other.labels.iter().all(|label| self.labels.contains(label))
    }

    fn add(&mut self, other: &LabelSet) {
        for (label, guesses) in other.labels.iter().zip(&other.guesses) {
            if let Some(at) = self.labels.iter().position(|l| l == label) {
                self.guesses[at].iter_mut().zip(guesses).for_each(|(sum, calls)| *sum += calls);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::call::{Call, Guess};
    use crate::report::Judged;

    /// The counters of calls whose roles nobody knows, with these labels and guesses.
    fn unknown(calls: &[&[(&str, Role)]]) -> RollUp {
        let judged = Judged::default();
        let mut rollup = RollUp::new(&[]);
        for voices in calls {
            let mut call = Call::default();
            "x".clone_into(&mut call.id);
            for (label, _) in *voices {
                call.speaker(Role::Unknown, label, None);
            }
            let roles: Vec<Role> = voices.iter().map(|(_, role)| *role).collect();
            let known = roles.iter().any(|role| *role != Role::Unknown);
            call.guess = known.then_some(Guess { roles, confidence: 0.4 });
            let mut one = rollup.fresh();
            one.call(&CallReport::new(0, "-", &call, &judged));
            rollup.merge(&one);
        }
        rollup
    }

    #[test]
    fn the_option_to_type_holds_every_label_that_was_met() {
        const A: Role = Role::Agent;
        const C: Role = Role::Customer;
        const U: Role = Role::Unknown;
        let option = |calls: &[&[(&str, Role)]]| {
            let unknown = unknown(calls).of_unknown_roles.unwrap();
            (unknown.option().unwrap_or_default(), unknown.is_mixed())
        };
        for (calls, typed, mixed) in [
            (&[&[("spk_0", U), ("SPEAKER B", U)][..]][..], "\"spk_0=agent,SPEAKER B=customer\"", false),
            // What is said tells more than who speaks first.
            (&[&[("spk_0", C), ("spk_1", A)]], "\"spk_0=customer,spk_1=agent\"", false),
            (
                &[&[("a", U), ("b", U)], &[("b", A), ("a", C)], &[("x", U), ("a", C), ("y", U)]],
                "\"a=customer,b=agent,x=agent\"",
                false,
            ),
            (&[&[("a", A), ("b", C)], &[("a", C), ("b", A)], &[("a", A), ("b", C)]], "\"a=agent,b=customer\"", true),
            (&[&[("a", A), ("b", C), ("line", Role::Bot)]], "\"a=agent,b=customer,line=bot\"", false),
            (&[&[("only", U)]], "\"only=agent\"", false),
        ] {
            assert_eq!(option(calls), (format!("--roles {typed}"), mixed), "{calls:?}");
        }
        assert_eq!(option(&[&[("", U), ("\n", U)]]).0, "");
    }

    #[test]
    fn labels_without_end_take_no_room_without_end() {
        let labels: Vec<String> = (0..100).map(|k| format!("Ann {k}")).collect();
        let calls: Vec<[(&str, Role); 1]> = labels.iter().map(|l| [(l.as_str(), Role::Unknown)]).collect();
        let calls: Vec<&[(&str, Role)]> = calls.iter().map(|c| &c[..]).collect();
        let unknown = unknown(&calls).of_unknown_roles.unwrap();
        assert!(unknown.more && unknown.sets.len() == UnknownRoles::SETS);
        assert_eq!(unknown.sets[0].labels, ["Ann 0"]);
    }

    #[test]
    fn the_note_says_how_many_and_what_to_type() {
        let note = |calls: &[&[(&str, Role)]]| unknown(calls).unknown_roles_note();
        assert_eq!(note(&[]), None);
        let two: &[(&str, Role)] = &[("spk_0", Role::Unknown), ("spk_1", Role::Unknown)];
        let option = "--roles \"spk_0=agent,spk_1=customer\"";
        assert_eq!(
            note(&[two, two]).unwrap(),
            format!(
                "2 of 2 calls not scorable: nothing says who is the agent, as in x; type {option} (or the other way round)"
            )
        );
        let nameless = note(&[&[("", Role::Unknown)]]).unwrap();
        assert!(nameless.starts_with("1 of 1 call not scorable: nothing says who speaks"), "{nameless}");
    }
}
