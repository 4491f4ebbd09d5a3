//! Reports to write: one of everything, and as hostile as strangers can make them.

use heard::call::{Call, HowRoles, Role, Roles};
use heard::output::{Output, Setup, WORST, by_name};
use heard::report::rollup::RollUp;
use heard::report::{
    Band, Basis, CallReport, Evidence, Grade, Judged, JudgedBy, Looked, Metrics, RuleHead, RuleResult, Score, Severity,
    Unreadable, Verdict,
};

/// Four rules; the last has no section.
pub fn rules() -> Vec<RuleHead> {
    let head = |id: &str, title: &str, section: Option<&str>, weight, severity| RuleHead {
        id: id.into(),
        title: title.into(),
        section: section.map(str::to_owned),
        weight,
        severity,
        ..RuleHead::default()
    };
    vec![
        head("early-statement", "A statement within 15 seconds", Some("opening"), 20, Severity::Major),
        head("name-usage", "Uses the caller's name", Some("care"), 10, Severity::Minor),
        head("empathy-sandwich", "Empathy, solution, empathy", Some("care"), 30, Severity::Major),
        head("privacy", "Reads no full numbers back", None, 40, Severity::Critical),
    ]
}

pub fn setup() -> Setup {
    let by = JudgedBy { version: "1.2.3", packs: "care@1.0.0:00c0ffee00c0ffee".into(), detectors: "combined" };
    Setup { all: true, ..Setup::plain(rules(), by) }
}

/// A call and what is said of it.
pub struct Sample {
    pub call: Call,
    pub judged: Judged,
    pub source: String,
    pub record: u64,
}

impl Sample {
    pub fn report(&self) -> CallReport<'_> {
        CallReport::new(self.record, &self.source, &self.call, &self.judged)
    }
}

/// Either event between begin and end.
pub enum Event {
    Call(Box<Sample>),
    Unreadable(Unreadable),
}

pub fn result(rule: usize, verdict: Verdict, reason: &'static str, why: &str) -> RuleResult {
    RuleResult::new(rule, verdict, reason, why.into())
}

/// An empty call with an id.
pub fn titled(id: &str) -> Call {
    let mut call = Call::default();
    call.id = id.into();
    call
}

/// Evidence that quotes a whole turn.
pub fn quoting(call: &Call, turn: u32) -> Evidence {
    let said = &call.turns[turn as usize];
    Evidence {
        turn,
        sentence: 0,
        speaker: call.role(said),
        start_s: said.start,
        end_s: said.end,
        quote: said.text.clone(),
        hit: said.text.clone(),
        tags: vec!["willingness"],
        looked: None,
    }
}

/// A call whose every text is `said`: one failed absence, one specific pass, one verdict of the other two each.
pub fn speaking(id: &str, said: &str) -> Sample {
    let mut call = titled(id);
    call.format = "contact-lens";
    call.agent = Some("Jo".into());
    call.roles = Roles { how: HowRoles::Stated, confidence: 1.0 };
    let agent = call.speaker(Role::Agent, "AGENT", Some("Jo"));
    let customer = call.speaker(Role::Customer, "CUSTOMER", None);
    call.push_turn(agent, Some(2.5), Some(4.0), said);
    call.push_turn(customer, Some(5.0), Some(6.0), "My order never came.");
    call.push_turn(agent, Some(6.2), Some(7.1004), said);
    let mut absence = quoting(&call, 0);
    absence.tags.clear();
    absence.hit = 0..0;
    absence.looked = Some(Looked { from_s: Some(2.5), to_s: Some(17.5) });
    let failed = RuleResult {
        basis: Some(Basis::Turn),
        advice: Some(format!("I'm sorry to hear that. {said}")),
        evidence: vec![absence],
        ..result(0, Verdict::Fail, "none-found", "no listed statement found between 0:02 and 0:17")
    };
    let passed = RuleResult {
        grade: Some(Grade::Specific),
        basis: Some(Basis::Exact),
        evidence: vec![quoting(&call, 2)],
        ..result(1, Verdict::Pass, "found", "the name was used twice")
    };
    let results = vec![
        failed,
        passed,
        result(2, Verdict::NotApplicable, "no-hardship", "no hardship was voiced"),
        result(3, Verdict::NotScorable, "no-times", "the transcript has no times"),
    ];
    let score = Some(Score { tenths: 333, band: Band::Poor, passed: false, critical: false });
    let metrics = Metrics { agent_talk_share: Some(2.0 / 3.0), agent_wpm: Some(172.0), ..Metrics::default() };
    Sample {
        call,
        judged: Judged { results, score, hardship: Some(true), metrics },
        source: format!("calls/{id}.json"),
        record: 0,
    }
}

pub fn plain() -> Sample {
    speaking("c-17", "I'd be happy to help you with that.")
}

/// Nothing known of it.
pub fn bare() -> Sample {
    let mut call = titled("bare");
    call.format = "plain-text";
    for label in ["spk_0", "spk_1"] {
        let speaker = call.speaker(Role::Unknown, label, None);
        call.push_turn(speaker, None, None, "Hello.");
    }
    let results =
        (0..4).map(|rule| result(rule, Verdict::NotScorable, "no-roles", "nobody says who is the agent")).collect();
    Sample { call, judged: Judged { results, ..Judged::default() }, source: "-".into(), record: 7 }
}

/// What strangers may write.
pub const HOSTILE: &str = "=cmd|'/c calc'!A1 \u{1b}[31m\u{1b}]0;x\u{7} \"quoted\", a\\b\u{202e}evil\u{200b}\u{feff}\r\nnext\u{2028}line\u{85}end\0日本語日本語日本語 it’s 👩\u{200d}💻";

pub fn hostile() -> Sample {
    let mut sample = speaking(HOSTILE, HOSTILE);
    sample.call.agent = Some(HOSTILE.into());
    sample.call.customer = Some(HOSTILE.into());
    sample.call.queue = Some(HOSTILE.into());
    sample.call.started = Some(HOSTILE.into());
    sample.call.meta.insert(HOSTILE.into(), HOSTILE.into());
    sample.judged.results[0].why = format!("{HOSTILE} was found");
    sample.judged.results[3].why = HOSTILE.into();
    sample
}

pub fn broken() -> Unreadable {
    Unreadable {
        record: 3,
        source: "calls/cut.json".into(),
        line: None,
        error: format!("ends within a string: {HOSTILE}"),
    }
}

/// Everything there is.
pub fn events() -> Vec<Event> {
    vec![
        Event::Call(Box::new(plain())),
        Event::Unreadable(broken()),
        Event::Call(Box::new(bare())),
        Event::Call(Box::new(hostile())),
    ]
}

pub fn rollup(events: &[Event]) -> RollUp {
    let mut rollup = RollUp::new(&rules()).with_worst(WORST).with_outcomes(&["csat".to_owned()]);
    for event in events {
        match event {
            Event::Call(sample) => rollup.call(&sample.report()),
            Event::Unreadable(record) => rollup.unreadable(record),
        }
    }
    rollup
}

/// A whole report as a run would write it.
pub fn written(format: &str, setup: &Setup, events: &[Event]) -> String {
    String::from_utf8(written_bytes(format, setup, events)).unwrap()
}

/// The same of a format that is no text.
pub fn written_bytes(format: &str, setup: &Setup, events: &[Event]) -> Vec<u8> {
    let output: Box<dyn Output> = (by_name(format).unwrap().make)(setup.clone());
    let mut bytes = Vec::new();
    output.begin(&mut bytes).unwrap();
    let mut first = true;
    for event in events {
        let mut piece = Vec::new();
        match event {
            Event::Call(sample) => output.call(&sample.report(), &mut piece),
            Event::Unreadable(record) => output.unreadable(record, &mut piece),
        }
        if !piece.is_empty() {
            if !first {
                bytes.extend_from_slice(output.separator());
            }
            first = false;
            output.write(&piece, &mut bytes).unwrap();
        }
    }
    output.end(&rollup(events), &mut bytes).unwrap();
    bytes
}
