//! The contract from outside: keys and columns declared once more, whole runs over odd folders, and the exit codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{run, said, top};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Output;

const RULES: [&str; 4] = ["early-statement", "standalone-statement", "name-usage", "empathy-sandwich"];

fn piped(args: &[&str], input: Vec<u8>) -> Output {
    common::piped(top(), args, input)
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Exactly these keys, no more and no less.
#[track_caller]
fn keys(value: &Value, wanted: &str) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    let found: BTreeSet<&str> = object.keys().map(String::as_str).collect();
    assert_eq!(found, wanted.split(' ').collect(), "{value}");
}

#[track_caller]
fn one_of(value: &Value, wanted: &str) {
    let found = value.as_str().unwrap_or_else(|| panic!("no word: {value}"));
    assert!(wanted.split(' ').any(|w| w == found), "{found} is none of {wanted}");
}

#[track_caller]
fn nullable(value: &Value, is: fn(&Value) -> bool) {
    assert!(value.is_null() || is(value), "{value}");
}

fn check_call(call: &Value) {
    keys(
        call,
        "schema record call source format agent customer queue started duration_s turns roles score band passed hardship meta by digest results metrics",
    );
    assert_eq!(call["schema"], "heard.call/1");
    assert!(call["record"].is_u64() && call["turns"].is_u64());
    assert!(call["call"].is_string() && call["source"].is_string() && call["format"].is_string());
    for key in ["agent", "customer", "queue", "started", "band"] {
        nullable(&call[key], Value::is_string);
    }
    for key in ["duration_s", "score"] {
        nullable(&call[key], Value::is_number);
    }
    nullable(&call["passed"], Value::is_boolean);
    nullable(&call["hardship"], Value::is_boolean);
    assert_eq!(call["hardship"].is_null(), call["roles"]["how"] == "unknown");
    assert!(call["meta"].is_object());
    keys(&call["by"], "version packs detectors");
    assert_eq!(call["by"]["version"], env!("CARGO_PKG_VERSION"));
    let packs = call["by"]["packs"].as_str().unwrap();
    let (pack, fingerprint) = packs.split_once(':').unwrap();
    assert_eq!(pack, "empathy@1.0.0");
    assert!(is_hash(fingerprint) && is_hash(call["digest"].as_str().unwrap()));
    one_of(&call["by"]["detectors"], "combined phrases");
    keys(&call["roles"], "how confidence");
    one_of(&call["roles"]["how"], "stated label mapped inferred unknown");
    assert!((0.0..=1.0).contains(&call["roles"]["confidence"].as_f64().unwrap()));
    if !call["band"].is_null() {
        one_of(&call["band"], "good fair poor");
    }
    keys(&call["metrics"], "agent_talk_share agent_wpm median_reply_gap_s overlap_s silence_s hold_s");
    for value in call["metrics"].as_object().unwrap().values() {
        nullable(value, Value::is_number);
    }
    let results = call["results"].as_array().unwrap();
    let ids: Vec<&str> = results.iter().map(|r| r["rule"].as_str().unwrap()).collect();
    assert_eq!(ids, RULES, "the founding pack, in its order");
    for result in results {
        check_result(result);
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn check_result(result: &Value) {
    keys(result, "rule section severity weight verdict grade near basis reason why advice evidence");
    nullable(&result["section"], Value::is_string);
    one_of(&result["severity"], "note minor major critical");
    assert!(result["weight"].is_u64() && !result["why"].as_str().unwrap().is_empty());
    one_of(&result["verdict"], "pass fail not-applicable not-scorable");
    nullable(&result["grade"], Value::is_string);
    assert!(result["near"].is_boolean());
    if !result["basis"].is_null() {
        one_of(&result["basis"], "exact turn estimated turns");
    }
    let reason = result["reason"].as_str().unwrap();
    assert!(reason.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{reason}");
    assert_eq!(
        result["advice"].is_string(),
        result["verdict"] == "fail",
        "what to say instead, where something is missing: {result}"
    );
    for evidence in result["evidence"].as_array().unwrap() {
        let absence = evidence.get("looked").is_some();
        let wanted = "turn sentence speaker start_s end_s quote tags";
        let more = if absence { " looked" } else { "" };
        keys(evidence, &format!("{wanted}{more}"));
        assert!(evidence["turn"].is_u64() && evidence["sentence"].is_u64());
        one_of(&evidence["speaker"], "agent customer bot unknown");
        nullable(&evidence["start_s"], Value::is_number);
        nullable(&evidence["end_s"], Value::is_number);
        assert!(!evidence["quote"].as_str().unwrap().is_empty());
        assert_eq!(evidence["tags"].as_array().unwrap().is_empty(), absence, "{evidence}");
        if absence {
            keys(&evidence["looked"], "from_s to_s");
        }
    }
}

fn check_rollup(rollup: &Value, calls: usize) {
    keys(
        rollup,
        "calls unreadable scored score lowest passed passed_share critical bands heard_early hardship unknown_roles \
         rules agents queues script_versions days hours weekdays busy_hours undated look_at praise coaching outcomes \
         changes",
    );
    assert_eq!(rollup["calls"], calls);
    keys(&rollup["bands"], "good fair poor");
    for rule in rollup["rules"].as_array().unwrap() {
        keys(rule, "rule passed verdicts reasons");
        keys(&rule["verdicts"], "pass fail not-applicable not-scorable");
        keys(&rule["reasons"], "fail not-scorable");
        let counts = rule["verdicts"].as_object().unwrap().values();
        let all: u64 = counts.map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(all, calls as u64, "a verdict for every call: {rule}");
    }
    for agent in rollup["agents"].as_array().unwrap() {
        keys(agent, "agent calls scored score passed weakest days hardship heard_early heaviest_day rehearsed");
    }
    for entry in rollup["look_at"].as_array().unwrap() {
        keys(entry, "call source record agent score band need failed lost rule why speaker start_s quote absence");
        one_of(&entry["need"], "critical unanswered lost-weight");
    }
    for entry in rollup["praise"].as_array().unwrap() {
        keys(entry, "call source record agent rule grade turn start_s quote");
        one_of(&entry["grade"], "generic specific");
    }
    for list in ["rules", "agents", "look_at", "praise"] {
        assert!(!rollup[list].as_array().unwrap().is_empty(), "{list}");
    }
}

#[test]
fn every_key_of_jsonl_and_json() {
    let output = run(top(), &["audit", "examples/calls", "--format", "jsonl"]);
    assert_eq!(code(&output), Some(0), "{}", said(&output));
    let calls = lines(&output);
    assert!(calls.len() >= 12, "{} calls", calls.len());
    calls.iter().for_each(check_call);
    let output = run(top(), &["audit", "examples/calls", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    keys(&report, "schema calls rollup");
    assert_eq!(report["schema"], "heard.report/1");
    assert_eq!(report["calls"].as_array().unwrap(), &calls, "the same calls");
    check_rollup(&report["rollup"], calls.len());
}

#[test]
fn every_key_of_inspect() {
    let shown = "empathy apology willingness offer reassurance acknowledgement logistics solution name open-question courtesy hardship issue relief caller-thanks returning-caller anger frustration worry fear sadness disappointment";
    let output = run(top(), &["inspect", "examples/calls", "--format", "jsonl"]);
    assert_eq!(code(&output), Some(0), "{}", said(&output));
    let mut tags = BTreeSet::new();
    let (mut before, mut count) = (String::new(), 0);
    for line in lines(&output) {
        keys(&line, "call turn sentence speaker start_s end_s basis text tags");
        one_of(&line["speaker"], "agent customer bot unknown");
        one_of(&line["basis"], "exact turn estimated turns");
        assert_eq!(line["basis"] == "turns", line["start_s"].is_null(), "{line}");
        nullable(&line["start_s"], Value::is_number);
        nullable(&line["end_s"], Value::is_number);
        assert!(!line["text"].as_str().unwrap().trim().is_empty());
        for tag in line["tags"].as_array().unwrap() {
            one_of(tag, shown);
            tags.insert(tag.as_str().unwrap().to_owned());
        }
        let turn = format!("{} {}", line["call"], line["turn"]);
        count = if turn == before { count + 1 } else { 0 };
        before = turn;
        assert_eq!(line["sentence"], count, "counted from 0 within the turn: {line}");
    }
    assert!(tags.len() > 12, "the examples hold most of them: {tags:?}");
}

#[test]
fn every_column_of_csv() {
    let table = |format: &str| {
        let output = run(top(), &["audit", "examples/calls", "--format", format]);
        let mut reader = csv::Reader::from_reader(&*output.stdout);
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        (header.join(","), rows)
    };
    let (header, calls) = table("csv");
    let columns = "call,source,agent,customer,queue,started,duration_s,turns,score,band,passed";
    assert_eq!(header, format!("{columns},{}", RULES.join(",")));
    let (header, findings) = table("csv-findings");
    assert_eq!(
        header,
        "call,agent,rule,section,severity,weight,verdict,basis,why,advice,turn,start_s,quote,source,started,queue,customer"
    );
    assert_eq!(findings.len(), calls.len() * RULES.len(), "a row a rule and call");
    for (row, call) in findings.chunks(RULES.len()).zip(&calls) {
        for (k, finding) in row.iter().enumerate() {
            assert_eq!((&finding[0], &finding[2]), (&call[0], RULES[k]));
            assert_eq!(finding[6], call[11 + k], "both tables say the same");
        }
    }
}

/// A folder with a good call, an empty file, a cut one and a binary one.
fn odd_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let calls = folder.path().join("calls");
    fs::create_dir(&calls).unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(calls.join(name), bytes).unwrap();
    put("binary.txt", b"Agent: \x00\x01\x02 hello\nCustomer: \x00\n");
    put("cut.json", b"{\"turns\":[{\"speaker\":\"agent\",\"text\":\"Hel");
    put("empty.txt", b"");
    put("good.txt", b"0:00 Agent: I'm happy to help you.\n0:04 Customer: Thank you.\n");
    folder
}

#[test]
fn a_bad_file_never_stops_a_folder() {
    let folder = odd_folder();
    let output = run(folder.path(), &["audit", "calls", "--format", "jsonl"]);
    assert_eq!(code(&output), Some(3));
    let found = lines(&output);
    let (bad, good) = found.split_at(3);
    for (line, source) in bad.iter().zip(["calls/binary.txt", "calls/cut.json", "calls/empty.txt"]) {
        keys(line, "schema record source error");
        assert_eq!(line["source"], source, "in byte order of the path");
        assert!(said(&output).contains(source), "said on standard error too");
    }
    assert_eq!(good.len(), 1);
    check_call(&good[0]);
    assert_eq!(good[0]["call"], "good");
    let lenient = run(folder.path(), &["audit", "calls", "--format", "jsonl", "--lenient"]);
    assert_eq!((code(&lenient), &lenient.stdout), (Some(0), &output.stdout));
    let json = run(folder.path(), &["audit", "calls", "--format", "json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(report["rollup"]["unreadable"], 3);
}

#[test]
fn reports_of_heard_among_the_calls_are_skipped() {
    let folder = odd_folder();
    for name in ["binary.txt", "cut.json", "empty.txt"] {
        fs::remove_file(folder.path().join("calls").join(name)).unwrap();
    }
    let mut args = vec!["audit", "calls", "--format", "jsonl"];
    for file in ["a.json", "a.jsonl", "a.csv", "csv-findings:calls/b.csv"] {
        args.extend(["-o", file]);
    }
    let args: Vec<String> =
        args.iter().map(|a| if a.starts_with("a.") { format!("calls/{a}") } else { (*a).to_owned() }).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let first = run(folder.path(), &args);
    assert_eq!(code(&first), Some(0), "{}", said(&first));
    let second = run(folder.path(), &["audit", "calls", "--format", "jsonl", "-v"]);
    assert_eq!(code(&second), Some(0), "{}", said(&second));
    assert_eq!(first.stdout, second.stdout);
    assert_eq!(said(&second).matches("a report that heard wrote").count(), 4, "{}", said(&second));
    // Typed, it is an error that says what it is.
    for name in ["a.json", "a.jsonl", "a.csv", "b.csv"] {
        let typed = run(folder.path(), &["audit", &format!("calls/{name}")]);
        assert_eq!(code(&typed), Some(3), "{name}");
        assert!(said(&typed).contains("a report that heard wrote"), "{name}: {}", said(&typed));
    }
    let text = run(folder.path(), &["audit", "calls"]).stdout;
    fs::write(folder.path().join("report.txt"), text).unwrap();
    let typed = run(folder.path(), &["audit", "report.txt"]);
    assert!(said(&typed).contains("a report that heard wrote"), "{}", said(&typed));
    // And beside the calls it is skipped like the others.
    fs::rename(folder.path().join("report.txt"), folder.path().join("calls/report.txt")).unwrap();
    let third = run(folder.path(), &["audit", "calls", "--format", "jsonl"]);
    assert_eq!(code(&third), Some(0), "{}", said(&third));
    assert_eq!(first.stdout, third.stdout);
}

#[test]
fn four_thousand_records_come_out_complete_in_order_and_the_same() {
    let mut input = String::new();
    let mut good = 0;
    for k in 0..4_040 {
        if k % 101 == 7 {
            input.push_str(["{\"turns\":[", "no json", "{}", "[1]"][k % 4]);
        } else {
            good += 1;
            let long = "And then it broke again. ".repeat(k % 23);
            let turns = serde_json::json!([
                {"speaker": "agent", "start_s": 0.0, "end_s": 2.0, "text": "Acme, this is Jo."},
                {"speaker": "customer", "start_s": 2.0, "end_s": 9.0, "text": format!("My parcel is lost. {long}")},
                {"speaker": "agent", "start_s": 9.0, "end_s": 12.0, "text": "I'm so sorry to hear that."},
            ]);
            input.push_str(&serde_json::json!({"call": format!("c-{k}"), "turns": turns}).to_string());
        }
        input.push('\n');
    }
    let of = |jobs: &str| {
        let args = ["audit", "--from", "jsonl", "--format", "jsonl", "-q", "--lenient", "--jobs", jobs, "-"];
        let output = piped(&args, input.clone().into_bytes());
        assert_eq!(code(&output), Some(0), "{}", said(&output));
        output
    };
    let one = of("1");
    let found = lines(&one);
    assert_eq!(found.len(), 4_040);
    for (k, line) in found.iter().enumerate() {
        assert_eq!(line["record"], k);
        match line.get("error") {
            None => assert_eq!(line["call"], format!("c-{k}")),
            Some(_) => keys(line, "schema record source error"),
        }
    }
    assert_eq!(found.iter().filter(|l| l.get("call").is_some()).count(), good);
    assert!(one.stdout == of("2").stdout && one.stdout == of("7").stdout);
}

#[test]
fn converted_calls_get_the_same_verdicts() {
    let calls = top().join("examples/calls");
    let mut files = 0;
    for entry in fs::read_dir(calls).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("README") {
            continue;
        }
        files += 1;
        let path = format!("examples/calls/{name}");
        let direct = lines(&run(top(), &["audit", &path, "--format", "jsonl"]));
        let converted = run(top(), &["convert", &path]);
        assert_eq!(code(&converted), Some(0), "{name}: {}", said(&converted));
        let again = ["audit", "--from", "jsonl", "--format", "jsonl", "-"];
        let again = lines(&piped(&again, converted.stdout));
        assert_eq!(direct.len(), again.len(), "{name}");
        for (one, two) in direct.iter().zip(&again) {
            for key in [
                "call", "agent", "customer", "started", "turns", "score", "results", "metrics", "hardship", "meta",
                "by", "digest",
            ] {
                assert_eq!(one[key], two[key], "{name}: {key}");
            }
        }
    }
    assert!(files >= 10);
}

#[test]
fn a_line_says_what_is_known_whatever_the_rules() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let call = |says: &str, of: &str| {
        let turns = [("agent", "Acme, this is Jo."), ("customer", says), ("agent", "Right.")];
        let turns = turns.map(|(speaker, text)| serde_json::json!({"speaker": speaker, "text": text}));
        let mut call = serde_json::json!({"call": of, "turns": turns, "meta": {"tier": 2}});
        if of == "es" {
            call["language"] = "es".into();
        }
        format!("{call}\n")
    };
    let died = "My mother died last week.";
    let calls = [call(died, "upset"), call("When do you open?", "calm"), call(died, "es")];
    put("calls_2026.jsonl", &calls.concat());
    put("meta.csv", "call,outcome\nupset,resolved\n");
    // A rule that has nothing to do with hardships.
    put("own.toml", "[[rule]]\nid = \"a\"\ntitle = \"A\"\nwho = \"agent\"\nfind = [\"offer\"]\n");
    let audit = |rules: &str| {
        let args = "audit calls_2026.jsonl --format jsonl --meta meta.csv --rules";
        let mut args: Vec<&str> = args.split(' ').collect();
        args.extend([rules, "--name-pattern", r"_(?<year>\d{4})"]);
        let output = run(folder.path(), &args);
        assert_eq!(code(&output), Some(0), "{}", said(&output));
        lines(&output)
    };
    for rules in ["empathy", "./own.toml"] {
        let lines = audit(rules);
        let hardships: Vec<&Value> = lines.iter().map(|line| &line["hardship"]).collect();
        assert_eq!(hardships, [&Value::from(true), &Value::from(false), &Value::Null], "{rules}");
        let meta = &lines[0]["meta"];
        assert_eq!((&meta["tier"], &meta["outcome"]), (&2.into(), &"resolved".into()), "{meta}");
        keys(&lines[1]["meta"], "tier");
        assert_ne!(lines[0]["digest"], lines[1]["digest"]);
    }
    assert!(audit("./own.toml")[0]["by"]["packs"].as_str().unwrap().starts_with("own:"));
}

#[test]
fn what_cannot_run_ends_with_2_and_says_where() {
    let folder = odd_folder();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let rule = "[pack]\nname = \"mine\"\nlanguage = \"en\"\n\n[[rule]]\nid = \"a\"\ntitle = \"A\"\n";
    put("set.toml", &format!("{rule}find = [\"empaty\"]\n"));
    put("key.toml", &format!("{rule}find = [\"empathy\"]\nwieght = 3\n"));
    put("table.toml", &format!("{rule}find = [\"empathy\"]\nphrases = [\"so sorry\"]\n"));
    put("syntax.toml", &format!("{rule}find = [\"empathy\"\n"));
    put("phrase.toml", &format!("{rule}find = [\"mine\"]\n\n[set.mine]\nphrases = [\"so (sorry\"]\n"));
    let cases: [(&[&str], &[&str]); 12] = [
        (&["--rules", "set.toml"], &["set.toml:8:9:", "did you mean `empathy`?"]),
        (&["--rules", "key.toml"], &["key.toml:9:1:", "wieght", "`weight`"]),
        (&["--rules", "table.toml"], &["table.toml:9:1:", "[set.NAME]"]),
        (&["--rules", "syntax.toml"], &["syntax.toml:"]),
        (&["--rules", "phrase.toml"], &["phrase.toml:11:"]),
        (&["--rules", "absent.toml"], &["absent.toml"]),
        (&["--rules", "empaty"], &["empaty", "empathy"]),
        (&["--select", "early-statment"], &["did you mean `early-statement`?"]),
        (&["--formt", "csv"], &["--format"]),
        (&["--format", "cvs"], &["csv"]),
        (&["--fail-on", "huge"], &["major"]),
        (&["--jobs", "0"], &["--jobs"]),
    ];
    for (args, wanted) in cases {
        let mut all = vec!["audit", "calls/good.txt"];
        all.extend(args);
        let output = run(folder.path(), &all);
        assert_eq!(code(&output), Some(2), "{args:?}: {}", said(&output));
        assert!(output.stdout.is_empty(), "{args:?}: nothing ran");
        for text in wanted {
            assert!(said(&output).contains(text), "{args:?}: {}", said(&output));
        }
    }
}

#[test]
fn what_a_newcomer_stumbles_over_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("empty")).unwrap();
    fs::create_dir_all(at("looks-like-a.txt")).unwrap();
    let utf16 = "\u{feff}Agent: Hello.\nCustomer: Hi.\n".encode_utf16();
    let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
    fs::write(at("utf16.txt"), utf16).unwrap();
    fs::write(at("one-line.txt"), format!("Agent: {}", "la bo ".repeat(50_000))).unwrap();
    fs::write(at("long.txt"), "a".repeat(2_000_000)).unwrap();
    fs::write(at("nul.txt"), b"Agent: \0\n").unwrap();
    fs::write(at("page.html"), "<html><body>Hi</body></html>").unwrap();
    let cases = [
        ("empty", 2, "nothing to audit"),
        ("looks-like-a.txt", 2, "nothing to audit"),
        ("utf16.txt", 0, ""),
        ("one-line.txt", 0, ""),
        ("long.txt", 3, "no speaker labels"),
        ("nul.txt", 3, "NUL"),
        ("page.html", 3, "is a web page (HTML)"),
    ];
    for (name, want, text) in cases {
        let output = run(folder.path(), &["audit", name]);
        assert_eq!(code(&output), Some(want), "{name}: {}", said(&output));
        assert!(said(&output).contains(text), "{name}: {}", said(&output));
    }
    // A partition of a cluster may be empty, and needs no words.
    let output = piped(&["audit", "--from", "jsonl", "--format", "jsonl", "-"], Vec::new());
    assert_eq!((code(&output), said(&output).as_str()), (Some(0), ""));
}

#[test]
fn only_what_a_caller_hears_in_the_language_of_the_rules_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put(
        "a.txt",
        "Agent: Guten Tag, hier ist die Firma Acme.\nKunde: Ich habe eine Frage, die Rechnung ist noch nicht bei mir.\nAgent: Das tut mir leid.\n",
    );
    put(
        "b.txt",
        "Customer: You've reached the voicemail of Sam. Leave a message after the beep.\nAgent: Hello Sam, call us back.\n",
    );
    put(
        "c.txt",
        "Agent: Hello, Acme.\nManager (whisper): Say \"I'm so sorry to hear that\".\nCustomer: My phone broke.\nAgent: Your number?\n",
    );
    put(
        "d.txt",
        "23:59:52 Agent: Hello, Acme.\n23:59:56 Customer: My phone broke.\n00:00:02 Agent: I'm so sorry to hear that.\n",
    );
    let output = run(folder.path(), &["audit", ".", "--format", "jsonl"]);
    assert_eq!(code(&output), Some(0), "{}", said(&output));
    let early = |line: &Value| {
        let rules = line["results"].as_array().unwrap();
        let early = rules.iter().find(|r| r["rule"] == "early-statement").unwrap();
        format!("{} {}", early["verdict"].as_str().unwrap(), early["reason"].as_str().unwrap())
    };
    let found: Vec<String> = lines(&output).iter().map(early).collect();
    assert_eq!(found, ["not-scorable language", "not-applicable no-caller", "fail not-found", "pass found"]);
}
