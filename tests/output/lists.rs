//! Whom to praise for what, and where to look first: what deserves its place in the lists, and what does not.

use crate::sample::{self, Event, Sample, quoting, result, rules, titled};
use Verdict::{Fail, Pass};
use heard::call::{HowRoles, Role, Roles};
use heard::report::rollup::{Need, RollUp};
use heard::report::{Band, Evidence, Grade, Judged, Looked, Score, Verdict};

const EARLY: usize = 0;
const NAME: usize = 1;
const SANDWICH: usize = 2;
const PRIVACY: usize = 3;

/// A call of a few turns, and what the rules show of it.
struct Told(Sample);

impl Told {
    fn of(agent: Option<&str>, tenths: u32) -> Told {
        let mut call = titled("c-1");
        call.agent = agent.map(str::to_owned);
        call.roles = Roles { how: HowRoles::Stated, confidence: 1.0 };
        let score = Some(Score {
            tenths,
            band: if tenths >= 750 { Band::Good } else { Band::Poor },
            passed: tenths >= 700,
            critical: false,
        });
        let judged = Judged { score, ..Judged::default() };
        Told(Sample { call, judged, source: "calls.jsonl".into(), record: 0 })
    }

    fn called(mut self, id: &str) -> Told {
        id.clone_into(&mut self.0.call.id);
        self
    }

    /// Words as a rule shows them; several in one verdict if the rule is the same as before.
    fn shows(mut self, rule: usize, verdict: Verdict, who: Role, said: &str, tags: &[&'static str]) -> Told {
        let sample = &mut self.0;
        let speaker = sample.call.speaker(who, who.as_str(), None);
        let turn = sample.call.turns.len() as u32;
        sample.call.push_turn(speaker, Some(f64::from(turn)), None, said);
        let mut evidence = quoting(&sample.call, turn);
        evidence.tags = tags.to_vec();
        let results = &mut sample.judged.results;
        if let Some(known) = results.iter_mut().find(|r| r.rule == rule) {
            known.evidence.push(evidence);
        } else {
            let mut new = result(rule, verdict, "found", "why it is so");
            new.evidence.push(evidence);
            results.push(new);
        }
        self
    }

    fn agent(self, rule: usize, said: &str, tags: &[&'static str]) -> Told {
        self.shows(rule, Pass, Role::Agent, said, tags)
    }

    fn graded(mut self, grade: Grade) -> Told {
        self.0.judged.results.last_mut().unwrap().grade = Some(grade);
        self
    }

    fn event(self) -> Event {
        Event::Call(Box::new(self.0))
    }
}

/// The quotes that are praised.
fn praised(calls: Vec<Told>) -> Vec<String> {
    let events: Vec<Event> = calls.into_iter().map(Told::event).collect();
    let praise = sample::rollup(&events).praise();
    praise.into_iter().map(|p| p.quote).collect()
}

const SPECIFIC: &str = "Three days without heating is hard.";
const GENERIC: &str = "I'm so sorry to hear about that.";
const HELP: &str = "I'd be happy to help you with that.";

#[test]
fn specific_comes_before_generic_and_caring_before_willing() {
    let call =
        |agent| Told::of(Some(agent), 1000).agent(EARLY, HELP, &["willingness"]).agent(SANDWICH, GENERIC, &["empathy"]);
    assert_eq!(praised(vec![call("Jo")]), [GENERIC]);
    let tailored = |agent| call(agent).agent(NAME, SPECIFIC, &["empathy"]).graded(Grade::Specific);
    assert_eq!(praised(vec![tailored("Jo")]), [SPECIFIC]);
    // One of every agent, the best first.
    let all = vec![call("Ann"), tailored("Jo"), call("Jo"), call("Bo")];
    assert_eq!(praised(all), [SPECIFIC, GENERIC, GENERIC]);
    // To say again what was said is less than to care, however specific it is.
    let again = Told::of(Some("Jo"), 1000)
        .agent(EARLY, GENERIC, &["apology"])
        .agent(NAME, "So the heating has been off since Monday.", &["acknowledgement"])
        .graded(Grade::Specific);
    assert_eq!(praised(vec![again]), [GENERIC]);
}

#[test]
fn the_longer_and_then_the_earlier_one_is_taken() {
    let longer = "Three days without any heating at all is really hard.";
    let call = |first: &str, second: &str| {
        Told::of(None, 1000)
            .agent(EARLY, first, &["empathy"])
            .agent(EARLY, second, &["empathy"])
            .graded(Grade::Specific)
    };
    assert_eq!(praised(vec![call(SPECIFIC, longer)]), [longer]);
    let other = "Four days without heating is hard.";
    assert_eq!(praised(vec![call(SPECIFIC, other)]), [SPECIFIC]);
    // But nobody holds up what would not end.
    let endless = "i know that it is hard when ".repeat(6);
    assert_eq!(praised(vec![call(&endless, SPECIFIC)]), [SPECIFIC]);
}

#[test]
fn nothing_but_an_agents_good_words_is_praised() {
    let told = || Told::of(Some("Jo"), 1000);
    for call in [
        told().shows(SANDWICH, Pass, Role::Customer, "My heating has been off for days.", &["hardship"]),
        told().agent(SANDWICH, "I've sent you a new one for Friday.", &["remedy"]),
        told().agent(EARLY, "Unfortunately we can't refund the charge.", &["refusal"]),
        told().agent(EARLY, "Thank you for calling Acme, I'm happy to help.", &["willingness"]),
        told().agent(EARLY, "I'd love to help, how can I be of service?", &["willingness"]),
        told().agent(NAME, "Thank you so much, Ann.", &["name"]),
        told().agent(EARLY, "Oh no!", &["empathy"]),
        told().agent(SANDWICH, "I'd be happy to help, could you spell your name", &["willingness"]),
        // What was said where something was looked for.
        told().shows(EARLY, Fail, Role::Agent, HELP, &[]),
    ] {
        assert_eq!(praised(vec![call]), [""; 0]);
    }
}

#[test]
fn nothing_is_praised_out_of_a_call_that_is_no_model() {
    let call = |tenths| Told::of(Some("Jo"), tenths).agent(NAME, SPECIFIC, &["empathy"]);
    assert_eq!(praised(vec![call(700)]), [SPECIFIC]);
    assert_eq!(praised(vec![call(699)]), [""; 0], "it did not pass");
    let mut unscored = call(1000);
    unscored.0.judged.score = None;
    assert_eq!(praised(vec![unscored]), [""; 0]);
    for rule in [EARLY, SANDWICH, PRIVACY] {
        let call = call(900).shows(rule, Fail, Role::Agent, "Number?", &["logistics"]);
        assert_eq!(praised(vec![call]), [""; 0], "a major or critical rule failed");
    }
    // The same words, faulted by another rule; that they are generic is no fault.
    let faulted = |grade| {
        let mut call = Told::of(Some("Jo"), 900).agent(EARLY, HELP, &["willingness"]);
        let mut other = result(NAME, Fail, "not-alone", "why");
        other.grade = grade;
        other.evidence = call.0.judged.results[0].evidence.clone();
        call.0.judged.results.push(other);
        praised(vec![call])
    };
    assert_eq!(faulted(None), [""; 0]);
    assert_eq!(faulted(Some(Grade::Generic)), [HELP]);
}

#[test]
fn a_teams_own_words_are_praised_and_what_only_made_its_rule_apply_is_not() {
    let mut heads = rules();
    heads[NAME].pack = "acme".into();
    let praised = |call: Told| {
        let mut rollup = RollUp::new(&heads);
        rollup.call(&call.0.report());
        rollup.praise().into_iter().map(|p| p.quote).collect::<Vec<_>>()
    };
    let told = || Told::of(Some("Jo"), 1000);
    let loyal = "Ten years with Acme is really something.";
    assert_eq!(praised(told().agent(NAME, loyal, &["loyalty"])), [loyal]);
    assert_eq!(praised(told().agent(SANDWICH, loyal, &["loyalty"])), [""; 0], "of a shipped rule");
    let occasion =
        told().agent(NAME, "I have to put you on hold for that.", &["on-hold"]).agent(NAME, "Thank you.", &["thanks"]);
    assert_eq!(praised(occasion), [""; 0]);
}

/// An absence: what was said where something was looked for.
fn absent(mut call: Told, rule: usize, said: &str) -> Told {
    call = call.shows(rule, Fail, Role::Agent, said, &[]);
    let evidence: &mut Evidence = call.0.judged.results.last_mut().unwrap().evidence.last_mut().unwrap();
    evidence.hit = 0..0;
    evidence.looked = Some(Looked { from_s: None, to_s: None });
    call
}

#[test]
fn calls_are_looked_at_by_need() {
    const TROUBLE: &str = "My heating has been off for days.";
    let told = |id: &str, tenths| Told::of(Some("Jo"), tenths).called(id);
    let voiced = |call: Told| call.shows(SANDWICH, Fail, Role::Customer, TROUBLE, &["hardship"]);
    let light = absent(told("light", 500), EARLY, "Acme, Jo.");
    let heavy = absent(absent(told("heavy", 600), EARLY, "Acme, Jo."), SANDWICH, "Right.");
    let minor = absent(told("minor", 900), NAME, "Right.");
    let critical = absent(told("critical", 0), PRIVACY, "4111 1111 1111 1111.");
    let unanswered = voiced(absent(told("unanswered", 700), SANDWICH, "Right."));
    let answered = voiced(absent(told("answered", 700), SANDWICH, "Right.")).agent(EARLY, GENERIC, &["apology"]);
    let before = absent(told("before", 700), SANDWICH, "Right.").agent(EARLY, GENERIC, &["apology"]);
    let before = voiced(before);
    let calls = [light, heavy, minor, critical, unanswered, answered, before];
    let events: Vec<Event> = calls.into_iter().map(Told::event).collect();
    let rollup = sample::rollup(&events);
    let shown: Vec<(&str, Need)> = rollup.look_at.iter().map(|l| (l.whose.call.as_str(), l.need)).collect();
    assert_eq!(
        shown,
        [
            ("critical", Need::Critical),
            ("before", Need::Unanswered),
            ("unanswered", Need::Unanswered),
            ("heavy", Need::Lost),
            ("answered", Need::Lost),
            ("light", Need::Lost),
        ],
        "what only failed something minor and passed is not looked at"
    );
    let quote = |k: usize| {
        let quote = rollup.look_at[k].quote.as_ref().unwrap();
        (quote.text.as_str(), quote.speaker, quote.instead)
    };
    assert_eq!(quote(0), ("4111 1111 1111 1111.", Role::Agent, true));
    assert_eq!(quote(2), (TROUBLE, Role::Customer, false));
    assert_eq!(quote(4), (TROUBLE, Role::Customer, false), "it says more than the absence");
    assert_eq!(quote(5), ("Acme, Jo.", Role::Agent, true));
    assert_eq!((rollup.look_at[3].lost, rollup.look_at[3].rule), (50, SANDWICH));

    let setup = sample::setup();
    let shown = sample::written("text", &setup, &events);
    for line in [
        "   70.0 poor  unanswered (calls.jsonl) · agent Jo · failed empathy-sandwich",
        "              not taken up: why it is so (empathy-sandwich)",
        "              0:01 customer: \"My heating has been off for days.\"",
        "              critical: why it is so (privacy)",
        "              Said there: 0:00 agent: \"Acme, Jo.\"",
    ] {
        assert!(shown.lines().any(|l| l == line), "{line:?} is missing in\n{shown}");
    }
    let shown = sample::written("markdown", &setup, &events);
    for line in [
        "### Calls to look at first",
        "- **70.0 poor** Jo, unanswered: not taken up: why it is so (`empathy-sandwich`)",
        "  - 0:01 customer: “My heating has been off for days.”",
        "  - said there: 0:00 agent: “Acme, Jo.”",
    ] {
        assert!(shown.lines().any(|l| l == line), "{line:?} is missing in\n{shown}");
    }
}

#[test]
fn praise_is_shown_with_its_call_and_its_time() {
    let call = |agent: &str| {
        let call = Told::of(Some(agent), 1000).called(agent);
        call.agent(EARLY, SPECIFIC, &["empathy"]).graded(Grade::Specific)
    };
    let events: Vec<Event> = (10..35).map(|k| call(&format!("Agent {k}")).event()).collect();
    let setup = sample::setup();
    let shown = sample::written("text", &setup, &events);
    let line =
        "  Agent 10 · Agent 10 (calls.jsonl) · 0:00: \"Three days without heating is\n    hard.\" (early-statement)\n";
    assert!(shown.contains(line), "{shown}");
    assert!(shown.contains("  and 5 more moments (-v shows them)\n"), "{shown}");
    let shown = sample::written("markdown", &setup, &events);
    let line = "- Agent 29, Agent 29 at 0:00: “Three days without heating is hard.” (`early-statement`)\n- and 5 more (`-v` shows them)\n";
    assert!(shown.contains(line), "{shown}");
    let report: serde_json::Value = serde_json::from_str(&sample::written("json", &setup, &events)).unwrap();
    let praise = report["rollup"]["praise"].as_array().unwrap();
    assert_eq!(praise.len(), 25, "all of them");
    let first = serde_json::json!({
        "call": "Agent 10", "source": "calls.jsonl", "record": 0, "agent": "Agent 10",
        "rule": "early-statement", "grade": "specific", "turn": 0, "start_s": 0.0, "quote": SPECIFIC,
    });
    assert_eq!(praise[0], first);
}
