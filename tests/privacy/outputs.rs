//! Eight secrets in a call, its name and its metadata, through every output.

use crate::common::{printed, run, said};
use std::fs;
use std::path::Path;

/// What must not be in any file, as it stands in the inputs.
const SECRETS: [&str; 8] = [
    "4929 8811 2043 7762",
    "four nine two nine eight eight one one",
    "078-05-1120",
    "jo.bell@mail.example",
    "07700 900456",
    "12 May 1984",
    "14 Elm Road",
    "GB82 WEST 1234 5698 7654 32",
];

/// Each secret in something that is quoted: a statement, what was said where one was looked for, what a caller voiced.
const CALL: &str = "\
Agent: Good morning, this is Ben, the card I have is 4929 8811 2043 7762, is that it?
Customer: I'm really angry, I gave my social security number 078-05-1120 and my email jo.bell@mail.example last week and nothing works.
Agent: Sorry about that, so your date of birth is 12 May 1984 and you live at 14 Elm Road?
Customer: Yes, I'm so frustrated, the card is four nine two nine eight eight one one two oh four three seven seven six two.
Agent: I'm so sorry to hear that about the card four nine two nine eight eight one one two oh four three seven seven six two, I'll call you back on 07700 900456, and I'd be happy to refund GB82 WEST 1234 5698 7654 32 for you.
Customer: Thank you, I was so worried about 14 Elm Road.
Agent: I completely understand, the number 4929 8811 2043 7762 is safe with us, and jo.bell@mail.example gets a mail. Take care.
";

/// The calls: by name, by id, by metadata, and one that cannot be read.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("calls")).unwrap();
    fs::write(at("calls/07700 900456 jo.bell@mail.example.txt"), CALL).unwrap();
    let json = serde_json::json!({
        "call": "078-05-1120", "agent": "Ben", "customer": "jo.bell@mail.example",
        "meta": {"customer_phone": "07700 900456", "dob": "12 May 1984", "iban": "GB82 WEST 1234 5698 7654 32"},
        "turns": CALL.lines().map(|line| {
            let (who, text) = line.split_once(": ").unwrap();
            serde_json::json!({"speaker": who.to_lowercase(), "text": text})
        }).collect::<Vec<_>>(),
    });
    fs::write(at("calls/4929 8811 2043 7762.jsonl"), format!("{json}\n")).unwrap();
    fs::write(at("calls/GB82 WEST 1234 5698 7654 32.json"), "{\"turns\": [{\"text\": 078-05-1120 }").unwrap();
    folder
}

/// A file of each registered format.
fn outputs() -> Vec<(&'static str, String)> {
    heard::output::OUTPUTS.iter().map(|kind| (kind.name, format!("report.{}", kind.name))).collect()
}

fn audit(folder: &Path, more: &[&str]) -> std::process::Output {
    let files = outputs();
    let named: Vec<String> = files.iter().map(|(name, file)| format!("{name}:{file}")).collect();
    let mut args = vec!["audit", "calls", "--lenient", "--rules", "full", "-v"];
    args.extend(named.iter().flat_map(|file| ["-o", file.as_str()]));
    args.extend(more);
    run(folder, &args)
}

/// The bytes of a file; of one that is packed, those that it holds.
fn held(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for k in 0..archive.len() {
        let mut file = archive.by_index(k).unwrap();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut text).unwrap();
        all.push_str(&String::from_utf8_lossy(&text));
    }
    all
}

/// The secrets that a text holds, however its format escapes and wraps it.
fn leaks(text: &str) -> Vec<&'static str> {
    let plain = |text: &str| {
        let text = text.replace("\\u0040", "@").replace("&#64;", "@").replace("%40", "@").replace('\\', "");
        text.split_whitespace().collect::<String>().to_lowercase()
    };
    let (whole, escaped) = (plain(text), plain(&text.replace("%20", " ").replace("&#32;", " ")));
    SECRETS.into_iter().filter(|secret| whole.contains(&plain(secret)) || escaped.contains(&plain(secret))).collect()
}

#[test]
fn no_secret_is_in_a_file_that_is_written() {
    let folder = workplace();
    let output = audit(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for (name, file) in outputs() {
        let text = held(&folder.path().join(&file));
        assert!(!text.is_empty(), "{name}");
        assert_eq!(leaks(&text), [""; 0], "{name}: {text}");
    }
    // Standard output is as it was.
    assert!(!leaks(printed(&output)).is_empty());
    // Without it the secrets are there, so that the test would see them.
    let plain = audit(folder.path(), &["--no-redact"]);
    assert_eq!(plain.status.code(), Some(0), "{}", said(&plain));
    let json = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert_eq!(leaks(&json).len(), SECRETS.len(), "{:?} of {json}", leaks(&json));
}

/// A summary goes to whoever asks for it: results that hold secrets come out without them, on standard output as well.
#[test]
fn no_secret_is_in_a_summary() {
    let folder = workplace();
    assert_eq!(audit(folder.path(), &["--no-redact"]).status.code(), Some(0));
    for format in ["text", "jsonl", "json", "csv-findings", "html", "markdown", "sarif"] {
        let summary = |more: &[&str]| {
            let output = run(folder.path(), &[&["summary", "report.jsonl", "--format", format][..], more].concat());
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            printed(&output).to_owned()
        };
        let shown = summary(&[]);
        assert_eq!(leaks(&shown), [""; 0], "{format}: {shown}");
        assert!(!leaks(&summary(&["--no-redact"])).is_empty(), "{format}");
    }
}

/// Graders quote as well, and a comparison goes to whoever graded.
#[test]
fn no_secret_is_in_a_comparison_with_graders() {
    let folder = workplace();
    let labels = "call,rule,verdict,grader,why\n\
                  078-05-1120,early-statement,fail,jo,the caller gave 4929 8811 2043 7762\n\
                  078-05-1120,standalone-statement,fail,jo,jo.bell@mail.example was read back\n\
                  07700 900456 jo.bell@mail.example,standalone-statement,fail,jo,no\n";
    fs::write(folder.path().join("labels.csv"), labels).unwrap();
    assert_eq!(audit(folder.path(), &["--no-redact"]).status.code(), Some(0));
    fs::copy(folder.path().join("report.jsonl"), folder.path().join("results.jsonl")).unwrap();
    for read in ["calls", "results.jsonl"] {
        let agree = |more: &[&str]| {
            let files = ["-o", "a.txt", "-o", "a.json", "-o", "csv-disputes:a.csv"];
            let args = [&["agree", "labels.csv", read, "--lenient", "-v"][..], &files, more].concat();
            let output = run(folder.path(), &args);
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            let written = ["a.txt", "a.json", "a.csv"].map(|name| held(&folder.path().join(name)));
            (written.concat(), format!("{}{}", printed(&output), said(&output)))
        };
        let (written, shown) = agree(&[]);
        assert_eq!(leaks(&written), [""; 0], "{read}: {written}");
        assert!(written.contains("[card number]") && !leaks(&shown).is_empty(), "{read}");
        let (written, shown) = agree(&["--redact"]);
        assert_eq!((leaks(&written), leaks(&shown)), (vec![], vec![]), "{read}: {shown}");
        assert!(!leaks(&agree(&["--no-redact"]).0).is_empty(), "{read}");
    }
}

#[test]
fn a_trace_is_redacted_as_standard_output_is() {
    let folder = workplace();
    let trace = |more: &[&str]| {
        let args = ["audit", "calls/4929 8811 2043 7762.jsonl", "-q", "--trace", "078-05-1120"];
        said(&run(folder.path(), &[&args[..], more].concat()))
    };
    let (plain, redacted) = (trace(&[]), trace(&["--redact"]));
    assert!(plain.contains("tagged") && leaks(&plain).len() >= SECRETS.len(), "{plain}");
    assert!(redacted.contains("tagged") && redacted.contains("[card number]"), "{redacted}");
    assert_eq!(leaks(&redacted), [""; 0], "{redacted}");
}

/// All that hides and all that narrows, together, through every output.
#[test]
fn redaction_pseudonyms_and_narrowing_go_together() {
    let folder = workplace();
    for narrow in [&["--rule", "early-statement,privacy"][..], &["--agent", "Ben"], &["--summary"], &["--all"]] {
        let figures_alone = narrow == ["--summary"];
        let hide = ["--redact", "--anonymous", "--no-config"];
        let mut files = Vec::new();
        for kind in heard::output::OUTPUTS.iter().filter(|kind| kind.rollup || !figures_alone) {
            files.extend(["-o".to_owned(), format!("{0}:hidden.{0}", kind.name)]);
        }
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let args = [&["audit", "calls", "--lenient", "--rules", "full"][..], narrow, &hide, &files].concat();
        let output = run(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let mut all = vec![("standard output".to_owned(), printed(&output).to_owned())];
        for file in files.iter().filter_map(|file| file.split_once(':')).map(|(_, file)| file) {
            all.push((file.to_owned(), held(&folder.path().join(file))));
        }
        if !figures_alone {
            let results = ["summary", "hidden.jsonl", "--anonymous"];
            let summary =
                run(folder.path(), &[&results[..], narrow.split_at(2 * usize::from(narrow[0] == "--rule")).0].concat());
            all.push(("summary".to_owned(), printed(&summary).to_owned()));
        }
        for (what, text) in &all {
            assert!(text.len() > 30, "{what}");
            assert_eq!(leaks(text), [""; 0], "{narrow:?}, {what}: {text:.2000}");
            let named =
                text.contains("Ben ") || text.contains("Ben\"") || text.contains("Ben,") || text.contains("Ben<");
            assert!(!named, "{narrow:?}, {what}: {text:.2000}");
        }
    }
}

#[test]
fn verdicts_and_digests_are_those_of_the_call_as_it_was() {
    let folder = workplace();
    let records = |flag: &str| {
        assert_eq!(audit(folder.path(), &[flag]).status.code(), Some(0));
        let text = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter(|record| record["error"].is_null()).collect::<Vec<_>>()
    };
    let (plain, redacted) = (records("--no-redact"), records("--redact"));
    assert_eq!((plain.len(), redacted.len()), (2, 2));
    for (plain, redacted) in plain.iter().zip(&redacted) {
        for key in ["digest", "score", "band", "passed", "hardship", "turns", "metrics", "record", "by"] {
            assert_eq!(plain[key], redacted[key], "{key}");
        }
        let results = |record: &serde_json::Value| record["results"].as_array().unwrap().clone();
        for (a, b) in results(plain).iter().zip(&results(redacted)) {
            for key in ["rule", "verdict", "grade", "basis", "reason", "advice"] {
                assert_eq!(a[key], b[key], "{key}");
            }
            let evidence = |result: &serde_json::Value| result["evidence"].as_array().unwrap().clone();
            for (a, b) in evidence(a).iter().zip(&evidence(b)) {
                for key in ["turn", "sentence", "speaker", "start_s", "end_s", "tags", "looked"] {
                    assert_eq!(a[key], b[key], "{key}");
                }
                let (quote, shown) = (a["quote"].as_str().unwrap(), b["quote"].as_str().unwrap());
                assert_eq!(leaks(quote).is_empty(), quote == shown, "{quote} -> {shown}");
            }
        }
    }
}

#[test]
fn it_is_asked_for_and_turned_off() {
    let folder = workplace();
    let named = "calls/4929 8811 2043 7762.jsonl";
    for command in [
        &["audit", "--format", "jsonl"][..],
        &["inspect"],
        &["inspect", "--format", "jsonl"],
        &["convert"],
        &["convert", "--to", "vcon"],
    ] {
        let run = |flag: &[&str]| {
            let output = run(folder.path(), &[command, flag, &["--no-config", named]].concat());
            printed(&output).to_owned()
        };
        let plain = run(&[]);
        assert!(!leaks(&plain).is_empty(), "{command:?}");
        assert_eq!(plain, run(&["--no-redact"]), "{command:?}");
        assert_eq!(leaks(&run(&["--redact"])), [""; 0], "{command:?}");
        // Of both, the last one counts.
        assert_eq!(plain, run(&["--redact", "--no-redact"]), "{command:?}");
    }
}

#[test]
fn what_is_converted_can_be_audited_and_keeps_its_times() {
    let folder = tempfile::tempdir().unwrap();
    let words: Vec<(&str, f64, f64)> = "my card is 4929 8811 2043 7762 okay"
        .split(' ')
        .zip(0..)
        .map(|(w, k)| (w, f64::from(k), f64::from(k) + 0.5))
        .collect();
    let json = serde_json::json!({"call": "c", "turns": [
        {"speaker": "customer", "start_s": 0.0, "end_s": 8.0, "text": "my card is 4929 8811 2043 7762 okay", "words": words},
    ]});
    fs::write(folder.path().join("c.jsonl"), format!("{json}\n")).unwrap();
    let line = run(folder.path(), &["convert", "--redact", "c.jsonl"]);
    let call: serde_json::Value = serde_json::from_str(printed(&line)).unwrap();
    let turn = &call["turns"][0];
    assert_eq!(turn["text"], "my card is [card number] okay");
    let want = serde_json::json!([
        ["my", 0.0, 0.5],
        ["card", 1.0, 1.5],
        ["is", 2.0, 2.5],
        ["[card number]", 3.0, 6.5],
        ["okay", 7.0, 7.5]
    ]);
    assert_eq!(turn["words"], want);
    let again =
        crate::common::piped(folder.path(), &["audit", "--from", "jsonl", "--format", "jsonl", "-"], printed(&line));
    assert!(printed(&again).contains("\"turns\":1"));
}
