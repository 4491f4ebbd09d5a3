//! For the tests of kinds: rules as they are written, and calls as they are told, so that a case is a line or two.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use crate::call::{Call, Clock, HowRoles, Role};
use crate::report::Verdict;
use crate::rules::context::Context;
use crate::rules::outcome::Outcome;
use crate::rules::{PackRef, Pick, RuleBook};
use crate::text::scene::Scene;
use crate::text::tagger::Tagger;
use std::io::Write as _;

/// The sets that rules of tests may name: of agents, of customers, of both.
const SETS: &str = r#"
[set.sorry]
who = "agent"
phrases = ["sorry"]
[set.fix]
who = "agent"
phrases = ["fix"]
[set.number]
who = "agent"
phrases = ["number"]
[set.trouble]
who = "customer"
phrases = ["broken"]
[set.wait]
phrases = ["wait"]
"#;

/// Rules by their number, each with a line of TOML beside its head.
pub struct Rules(RuleBook);

impl Rules {
    /// Reads rules, of each what it requires: `find = ["sorry"]`.
    pub fn of(rules: &[&str]) -> Rules {
        let mut file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
        writeln!(file, "[pack]\nname = \"p\"\ndetectors = \"phrases\"\n{SETS}").unwrap();
        for (n, rule) in rules.iter().enumerate() {
            writeln!(file, "[[rule]]\nid = \"r{n}\"\ntitle = \"R\"\n{rule}").unwrap();
        }
        Rules(
            RuleBook::load(&[PackRef::File(file.path().to_owned())], &Pick::default())
                .unwrap_or_else(|p| panic!("{p}")),
        )
    }

    /// What a rule says of a call.
    pub fn outcome(&self, rule: usize, call: &Call) -> Outcome {
        let mut scene = Scene::default();
        Tagger::new(self.0.phrases()).tag(call, &mut scene);
        let cx = Context::new(call, &scene, self.0.phrases());
        self.0.rules()[rule].judge(&cx, self.0.rules())
    }

    /// What a rule says of itself, paragraph by paragraph.
    pub fn explained(&self, rule: usize) -> Vec<String> {
        let paragraphs = self.0.rules()[rule].condition.explain(&|set| self.0.phrases().name(set).to_owned());
        paragraphs.into_iter().map(|p| p.text).collect()
    }
}

/// Holds rules, calls and what must come out of them against each other: `(rule, call, verdict, reason)`.
pub fn check(cases: &[(&str, &str, Verdict, &str)]) {
    let rules = Rules::of(&cases.iter().map(|(rule, ..)| *rule).collect::<Vec<_>>());
    for (n, (rule, told, verdict, reason)) in cases.iter().enumerate() {
        let outcome = rules.outcome(n, &call(told));
        assert_eq!((outcome.verdict, outcome.reason), (*verdict, *reason), "{rule}\n{told}\n{}", outcome.why);
    }
}

/// A call as it is told, turns parted by `|`: `A 0-2 I am sorry. | C 3-4 Thanks.`, or without times `A I am sorry.`; A is
/// the agent, C the customer, B a bot.
pub fn call(told: &str) -> Call {
    let mut call = Call::default();
    call.roles.how = HowRoles::Stated;
    for turn in told.split('|').map(str::trim) {
        let (who, rest) = turn.split_once(' ').unwrap();
        let role =
            [("A", Role::Agent), ("C", Role::Customer), ("B", Role::Bot)].into_iter().find(|r| r.0 == who).unwrap().1;
        let times = rest.split_once(' ').and_then(|(times, text)| {
            let (start, end) = times.split_once('-')?;
            Some((start.parse::<f64>().ok()?, end.parse::<f64>().ok(), text))
        });
        let speaker = call.speaker(role, who, None);
        match times {
            Some((start, end, text)) => {
                call.clock = Clock::Speech;
                call.push_turn(speaker, Some(start), end, text);
            }
            None => call.push_turn(speaker, None, None, rest),
        }
    }
    call
}
