//! The wire format declared a second time, strictly: a key more, less or of another type fails here.

use crate::sample::{self, HOSTILE};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `Option` alone would forgive a missing key.
fn nullable<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(d)
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    schema: String,
    record: u64,
    call: String,
    source: String,
    format: String,
    #[serde(deserialize_with = "nullable")]
    agent: Option<String>,
    #[serde(deserialize_with = "nullable")]
    customer: Option<String>,
    #[serde(deserialize_with = "nullable")]
    queue: Option<String>,
    #[serde(deserialize_with = "nullable")]
    started: Option<String>,
    #[serde(deserialize_with = "nullable")]
    duration_s: Option<f64>,
    turns: u64,
    roles: Roles,
    #[serde(deserialize_with = "nullable")]
    score: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    band: Option<String>,
    #[serde(deserialize_with = "nullable")]
    passed: Option<bool>,
    #[serde(deserialize_with = "nullable")]
    hardship: Option<bool>,
    meta: BTreeMap<String, serde_json::Value>,
    by: By,
    digest: String,
    results: Vec<Finding>,
    metrics: BTreeMap<String, Option<f64>>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct By {
    version: String,
    packs: String,
    detectors: String,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Roles {
    how: String,
    confidence: f64,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Finding {
    rule: String,
    #[serde(deserialize_with = "nullable")]
    section: Option<String>,
    severity: String,
    weight: u32,
    verdict: String,
    #[serde(deserialize_with = "nullable")]
    grade: Option<String>,
    near: bool,
    #[serde(deserialize_with = "nullable")]
    basis: Option<String>,
    reason: String,
    why: String,
    #[serde(deserialize_with = "nullable")]
    advice: Option<String>,
    evidence: Vec<Said>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Said {
    turn: u32,
    sentence: u32,
    speaker: String,
    #[serde(deserialize_with = "nullable")]
    start_s: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    end_s: Option<f64>,
    quote: String,
    tags: Vec<String>,
    looked: Option<Looked>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Looked {
    #[serde(deserialize_with = "nullable")]
    from_s: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    to_s: Option<f64>,
}

#[derive(Deserialize, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
struct Broken {
    schema: String,
    record: u64,
    source: String,
    error: String,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Report {
    schema: String,
    calls: Vec<serde_json::Value>,
    rollup: RollUp,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct RollUp {
    calls: u64,
    unreadable: u64,
    scored: u64,
    #[serde(deserialize_with = "nullable")]
    score: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    lowest: Option<f64>,
    passed: u64,
    critical: u64,
    bands: BTreeMap<String, u64>,
    unknown_roles: u64,
    rules: Vec<Tally>,
    agents: Vec<Person>,
    look_at: Vec<LookAt>,
    praise: Vec<serde_json::Value>,
    #[serde(deserialize_with = "nullable")]
    heard_early: Option<Share>,
    passed_share: Share,
    hardship: Share,
    queues: Vec<Group>,
    script_versions: Vec<Group>,
    days: Vec<Group>,
    hours: Vec<Group>,
    weekdays: Vec<Group>,
    undated: u64,
    #[serde(deserialize_with = "nullable")]
    busy_hours: Option<serde_json::Value>,
    coaching: Vec<Coaching>,
    outcomes: Vec<serde_json::Value>,
    #[serde(deserialize_with = "nullable")]
    changes: Option<serde_json::Value>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Share {
    part: u64,
    of: u64,
    #[serde(deserialize_with = "nullable")]
    share: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    low: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    high: Option<f64>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(deserialize_with = "nullable")]
    name: Option<String>,
    calls: u64,
    scored: u64,
    #[serde(deserialize_with = "nullable")]
    score: Option<f64>,
    passed: u64,
    hardship: Share,
    #[serde(deserialize_with = "nullable")]
    heard_early: Option<Share>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Coaching {
    agent: String,
    calls: u64,
    rule: Option<String>,
    lost: u64,
    passed: Share,
    #[serde(deserialize_with = "nullable")]
    advice: Option<String>,
    colleagues: Vec<serde_json::Value>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Tally {
    rule: String,
    verdicts: BTreeMap<String, u64>,
    reasons: BTreeMap<String, BTreeMap<String, u64>>,
    passed: Share,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Person {
    #[serde(deserialize_with = "nullable")]
    agent: Option<String>,
    calls: u64,
    scored: u64,
    #[serde(deserialize_with = "nullable")]
    score: Option<f64>,
    passed: u64,
    #[serde(deserialize_with = "nullable")]
    weakest: Option<String>,
    #[serde(deserialize_with = "nullable")]
    heard_early: Option<Share>,
    hardship: Share,
    days: u64,
    #[serde(deserialize_with = "nullable")]
    heaviest_day: Option<serde_json::Value>,
    rehearsed: Vec<serde_json::Value>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct LookAt {
    call: String,
    source: String,
    record: u64,
    #[serde(deserialize_with = "nullable")]
    agent: Option<String>,
    score: f64,
    band: String,
    need: String,
    failed: Vec<String>,
    lost: u32,
    #[serde(deserialize_with = "nullable")]
    rule: Option<String>,
    why: String,
    #[serde(deserialize_with = "nullable")]
    speaker: Option<String>,
    #[serde(deserialize_with = "nullable")]
    start_s: Option<f64>,
    #[serde(deserialize_with = "nullable")]
    quote: Option<String>,
    absence: bool,
}

#[test]
fn one_call_byte_by_byte() {
    let lines = sample::written("jsonl", &sample::setup(), &[sample::Event::Call(Box::new(sample::plain()))]);
    let expected = concat!(
        r#"{"schema":"heard.call/1","record":0,"call":"c-17","source":"calls/c-17.json","format":"contact-lens","#,
        r#""agent":"Jo","customer":null,"queue":null,"started":null,"duration_s":7.1,"turns":3,"#,
        r#""roles":{"how":"stated","confidence":1.0},"score":33.3,"band":"poor","passed":false,"hardship":true,"meta":{},"#,
        r#""by":{"version":"1.2.3","packs":"care@1.0.0:00c0ffee00c0ffee","detectors":"combined"},"#,
        r#""digest":"a74a0349311a565d","results":["#,
        r#"{"rule":"early-statement","section":"opening","severity":"major","weight":20,"verdict":"fail","#,
        r#""grade":null,"near":false,"basis":"turn","reason":"none-found","#,
        r#""why":"no listed statement found between 0:02 and 0:17","#,
        r#""advice":"I'm sorry to hear that. I'd be happy to help you with that.","evidence":["#,
        r#"{"turn":0,"sentence":0,"speaker":"agent","start_s":2.5,"end_s":4.0,"#,
        r#""quote":"I'd be happy to help you with that.","tags":[],"looked":{"from_s":2.5,"to_s":17.5}}]},"#,
        r#"{"rule":"name-usage","section":"care","severity":"minor","weight":10,"verdict":"pass","#,
        r#""grade":"specific","near":false,"basis":"exact","reason":"found","why":"the name was used twice","advice":null,"#,
        r#""evidence":[{"turn":2,"sentence":0,"speaker":"agent","start_s":6.2,"end_s":7.1,"#,
        r#""quote":"I'd be happy to help you with that.","tags":["willingness"]}]},"#,
        r#"{"rule":"empathy-sandwich","section":"care","severity":"major","weight":30,"verdict":"not-applicable","#,
        r#""grade":null,"near":false,"basis":null,"reason":"no-hardship","why":"no hardship was voiced","advice":null,"#,
        r#""evidence":[]},"#,
        r#"{"rule":"privacy","section":null,"severity":"critical","weight":40,"verdict":"not-scorable","#,
        r#""grade":null,"near":false,"basis":null,"reason":"no-times","why":"the transcript has no times","advice":null,"#,
        r#""evidence":[]}],"metrics":{"agent_talk_share":0.667,"agent_wpm":172.0,"median_reply_gap_s":null,"#,
        r#""overlap_s":null,"silence_s":null,"hold_s":null}}"#,
        "\n"
    );
    assert_eq!(lines, expected);
}

#[test]
fn every_line_reads_back_strictly() {
    let text = sample::written("jsonl", &sample::setup(), &sample::events());
    assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || matches!(c, '\u{2028}' | '\u{2029}')));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "a line a record, whatever stands in it");
    let broken: Broken = serde_json::from_str(lines[1]).unwrap();
    assert_eq!((broken.schema.as_str(), broken.record, broken.source.as_str()), ("heard.call/1", 3, "calls/cut.json"));
    assert!(broken.error.ends_with(HOSTILE));
    let bare: Line = serde_json::from_str(lines[2]).unwrap();
    assert_eq!((bare.score, &bare.band, bare.passed), (None, &None, None));
    assert_eq!((bare.hardship, bare.meta.len()), (None, 0));
    assert_eq!((bare.roles.how.as_str(), bare.duration_s, bare.record), ("unknown", None, 7));
    let names: Vec<&str> = bare.metrics.keys().map(String::as_str).collect();
    let all = ["agent_talk_share", "agent_wpm", "hold_s", "median_reply_gap_s", "overlap_s", "silence_s"];
    assert_eq!(names, all);
    let hostile: Line = serde_json::from_str(lines[3]).unwrap();
    for text in [Some(&hostile.call), hostile.agent.as_ref(), hostile.customer.as_ref(), hostile.started.as_ref()] {
        assert_eq!(text.unwrap(), HOSTILE);
    }
    assert_eq!(hostile.results[0].evidence[0].quote, HOSTILE);
    assert_eq!(hostile.results[3].why, HOSTILE);
    assert_eq!(hostile.meta[HOSTILE], HOSTILE);
}

#[test]
fn the_document_holds_the_same_lines_and_the_rollup() {
    let events = sample::events();
    let text = sample::written("json", &sample::setup(), &events);
    let report: Report = serde_json::from_str(&text).unwrap();
    assert_eq!(report.schema, "heard.report/1");
    let lines = sample::written("jsonl", &sample::setup(), &events);
    let lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(report.calls, lines);

    let r = report.rollup;
    assert_eq!((r.calls, r.unreadable, r.scored, r.passed, r.critical, r.unknown_roles), (3, 1, 2, 0, 0, 1));
    assert_eq!((r.score, r.lowest), (Some(33.3), Some(33.3)));
    assert_eq!(r.bands, BTreeMap::from([("good".into(), 0), ("fair".into(), 0), ("poor".into(), 2)]));
    assert_eq!(
        r.rules.iter().map(|t| t.rule.as_str()).collect::<Vec<_>>(),
        sample::rules().iter().map(|h| h.id.as_str()).collect::<Vec<_>>()
    );
    assert_eq!((r.rules[0].verdicts["fail"], r.rules[0].verdicts["not-scorable"]), (2, 1));
    assert_eq!(r.rules[0].reasons["fail"], BTreeMap::from([("none-found".into(), 2)]));
    assert_eq!(r.rules[3].reasons["not-scorable"], BTreeMap::from([("no-roles".into(), 1), ("no-times".into(), 2)]));
    assert_eq!(r.agents.len(), 2);
    let jo = r.agents.iter().find(|a| a.agent.as_deref() == Some("Jo")).unwrap();
    assert_eq!((jo.calls, jo.scored, jo.score, jo.passed), (1, 1, Some(33.3), 0));
    assert_eq!(jo.weakest.as_deref(), Some("early-statement"));
    let first = r.look_at.iter().find(|l| l.call == "c-17").unwrap();
    assert_eq!((first.call.as_str(), first.source.as_str(), first.record), ("c-17", "calls/c-17.json", 0));
    assert_eq!((first.agent.as_deref(), first.score, first.band.as_str()), (Some("Jo"), 33.3, "poor"));
    assert_eq!(first.failed, ["early-statement"]);
    assert_eq!((first.need.as_str(), first.lost, first.rule.as_deref()), ("lost-weight", 20, Some("early-statement")));
    assert_eq!(first.why, "no listed statement found between 0:02 and 0:17");
    assert_eq!((first.speaker.as_deref(), first.start_s, first.absence), (Some("agent"), Some(2.5), true));
    assert_eq!(first.quote.as_deref(), Some("I'd be happy to help you with that."));
    assert!(r.praise.is_empty(), "of calls that did not pass");
    let early = r.heard_early.unwrap();
    assert_eq!((early.part, early.of, early.share, early.low, early.high), (0, 2, Some(0.0), Some(0.0), Some(0.658)));
    assert_eq!((r.passed_share.part, r.hardship.part, r.hardship.of, r.undated), (0, 2, 2, 3));
    let queue = &r.queues[0];
    assert_eq!((queue.name.is_some(), queue.calls, queue.scored, queue.passed), (true, 1, 1, 0));
    assert_eq!((queue.score, queue.hardship.of, queue.heard_early.as_ref().unwrap().of), (Some(33.3), 1, 1));
    assert!(r.script_versions.is_empty() && r.days.is_empty() && r.hours.is_empty() && r.weekdays.is_empty());
    assert!(r.busy_hours.is_none() && r.changes.is_none());
    assert_eq!((r.coaching.len(), r.outcomes.len()), (2, 1));
    let jo_wins = r.coaching.iter().find(|c| c.agent == "Jo").unwrap();
    assert_eq!((jo_wins.calls, jo_wins.lost, jo_wins.passed.of), (1, 20, 1));
    assert_eq!((jo_wins.rule.as_deref(), &jo_wins.advice), (Some("early-statement"), &None));
    assert!(jo_wins.colleagues.is_empty());
    assert_eq!((r.rules[1].passed.part, r.rules[1].passed.share), (2, Some(1.0)));
    assert_eq!((jo.hardship.part, jo.days, jo.rehearsed.len()), (1, 0, 0));
    assert!(jo.heaviest_day.is_none() && jo.heard_early.as_ref().unwrap().part == 0);
}

#[test]
fn a_document_without_calls_is_still_one() {
    let report: Report = serde_json::from_str(&sample::written("json", &sample::setup(), &[])).unwrap();
    assert!(report.calls.is_empty() && report.rollup.score.is_none() && report.rollup.look_at.is_empty());
    assert_eq!(sample::written("jsonl", &sample::setup(), &[]), "");
}
