//! Texts that are meant to be obeyed: by terminals, pages, spreadsheets, servers, readers of reports. Each goes through every
//! registered output, in every place that a stranger can write to, and the output is read back.

use crate::common::schemas::{junit_faults, sarif_faults};
use crate::common::{command, pipe, said};
use heard::output::OUTPUTS;
use std::path::Path;

/// What strangers write.
pub const TEXTS: &[&str] = &[
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "]]><!--",
    "&lt;b&gt; &amp; &#60;",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "ok;=HYPERLINK(\"http://x\")",
    "ok;\"=1+1\"",
    "a\";=1",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}desrever\u{202c}",
    "zero\u{200b}width\u{feff}",
    "\u{2066}isolated\u{2069}",
    "line\u{2028}para\u{2029}next\u{85}end",
    "::error file=x::stop",
    "ok\n::set-output name=a::b",
    "##[error]x",
    "%0A::warning::x",
    "[click](javascript:alert(1))",
    "![x](http://evil/x.png)",
    "https://evil.example/x?y=z",
    "www.evil.example",
    "@everyone and @somebody",
    "#123 org/repo#1",
    "$x^2$ and $$y$$",
    "| a | b |\n| --- | --- |",
    "`code` **bold** __u__ ~~s~~",
    "mailto:a@b.example",
    "\\u0000 \\x00 \\\\",
    "{\"schema\":\"heard.call/1\"}",
    "',\"\",'\r\n\r\n",
    "日本語 🙂 e\u{301} \u{10ffff}",
    "\u{fffe}\u{ffff}",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "../../etc/passwd",
    "\u{ff1d}1+1",
];

/// A call that holds a text wherever a stranger can put one.
fn call(text: &str) -> String {
    let turn = |speaker: &str, words: String| serde_json::json!({ "speaker": speaker, "name": text, "text": words, "start_s": 0.0 });
    let call = serde_json::json!({
        "call": text, "agent": text, "customer": text, "queue": text, "started": text, "meta": { text: text },
        "turns": [turn("agent", format!("I'm so sorry to hear that, {text} I can help you.")), turn("customer", format!("I'm furious. {text}")), turn("agent", text.to_owned())],
    });
    format!("{call}\n")
}

/// One run of all texts in a format.
fn written(folder: &Path, format: &str) -> Vec<u8> {
    let input: String = TEXTS.iter().map(|text| call(text)).collect();
    let mut run = command(folder);
    run.args(["audit", "--no-config", "--from", "jsonl", "--rules", "full", "--format", "jsonl", "-o"]);
    let output = pipe(run.arg(format!("{format}:out")).arg("-"), input);
    crate::survived(&output, format);
    assert!(!said(&output).contains("cannot"), "{format}: {}", said(&output));
    std::fs::read(folder.join("out")).unwrap()
}

/// Signs that no output for people hands on.
fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[test]
fn every_output_is_read_back_and_obeys_nobody() {
    let folder = tempfile::tempdir().unwrap();
    for kind in OUTPUTS {
        let bytes = written(folder.path(), kind.name);
        assert!(!bytes.is_empty(), "{}", kind.name);
        match kind.name {
            "xlsx" => workbook(&bytes),
            // A test of its own reads it back, where the program is built with it.
            "parquet" => assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1")),
            "html" => page(text(kind.name, &bytes)),
            "csv" | "csv-findings" => table(text(kind.name, &bytes)),
            // No outcome was asked for: a header and no rows.
            "csv-outcomes" => assert_eq!(text(kind.name, &bytes).lines().count(), 1),
            "json" => drop(json(text(kind.name, &bytes))),
            "jsonl" => assert_eq!(text(kind.name, &bytes).lines().map(json).count(), TEXTS.len()),
            "sarif" => sarif(&json(text(kind.name, &bytes))),
            "junit" => junit(text(kind.name, &bytes)),
            "markdown" => markdown(text(kind.name, &bytes)),
            "github" => github(text(kind.name, &bytes)),
            "text" => terminal(text(kind.name, &bytes)),
            other => panic!("the output {other} is not read back here: add how"),
        }
    }
}

#[track_caller]
fn text<'b>(name: &str, bytes: &'b [u8]) -> &'b str {
    let text = std::str::from_utf8(bytes).expect(name);
    if !matches!(name, "html" | "csv" | "csv-findings" | "csv-outcomes") {
        let bad = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        assert_eq!(bad, None, "{name}");
    }
    text
}

#[track_caller]
fn json(text: &str) -> serde_json::Value {
    assert!(!text.contains(['\u{2028}', '\u{2029}', '\u{85}']), "{text:.200}");
    serde_json::from_str(text).expect("json")
}

fn terminal(text: &str) {
    assert_eq!(text.chars().find(|c| is_obeyed(*c)), None);
    assert!(!text.lines().any(|line| line.trim_start().starts_with("::")) && !text.contains("##["));
}

/// No cell begins a formula, however a spreadsheet cuts the rows.
fn table(text: &str) {
    for delimiter in [b',', b';'] {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut rows = 0;
        for row in reader.records().filter_map(Result::ok) {
            rows += 1;
            for cell in &row {
                let number = cell.parse::<f64>().is_ok() || cell == "-";
                let first = cell.trim_start_matches(['"', ' ']);
                assert!(
                    number || !first.starts_with(['=', '+', '-', '@', '\u{ff1d}']),
                    "{}: {cell:?}",
                    char::from(delimiter)
                );
            }
        }
        assert!(rows > 1);
    }
}

/// What GitHub's log would obey is at the start of our own lines alone.
fn github(text: &str) {
    assert_eq!(text.chars().find(|c| is_obeyed(*c)), None);
    for line in text.lines() {
        let own = ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
        assert!(own && !line[2..].contains('\n'), "{line}");
        let (_, message) = line[2..].split_once("::").expect("a message");
        assert!(!message.contains(['\r', '\n']));
    }
}

fn markdown(text: &str) {
    assert_eq!(text.chars().find(|c| is_obeyed(*c)), None);
    let bytes = text.as_bytes();
    let bare = |k: usize| bytes[k] == b'$' && (k == 0 || bytes[k - 1] != b'\\');
    assert!(!(0..bytes.len()).any(bare), "a formula");
    let text = text.replace("\\]", "").replace("\\[", "").replace("\\!", "");
    for live in ["<script", "<img", "<svg", "](", "://", "@every", "@some", "#123", "#1 ", "www.", "![", "mailto:a@"] {
        assert!(!text.to_lowercase().contains(live), "{live} in {text:.300}");
    }
}

fn junit(text: &str) {
    let (wrong, cases) = junit_faults(text);
    assert_eq!(wrong, [""; 0]);
    assert!(cases >= TEXTS.len());
    let broken = text.replace("<testcase ", "<testcase colour=\"red\" ").replace(" tests=", " tsets=");
    assert!(junit_faults(&broken).0.len() > cases, "the schema is heeded");
}

/// A log is what the published schema asks for, its results and rules fit together, and no message holds a link.
fn sarif(log: &serde_json::Value) {
    assert_eq!(sarif_faults(log), [""; 0]);
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(sarif_faults(&broken).len() == 1, "the schema is heeded");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["version"].is_string());
    assert!(driver["properties"]["packs"].as_str().is_some_and(|packs| packs.contains(':')));
    assert!(driver["properties"]["detectors"].is_string());
    let rules = driver["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= TEXTS.len());
    for result in results {
        let message = result["message"]["text"].as_str().expect("a message");
        assert!(!message.replace("\\](", "").contains("]("), "{message}");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        // A call from standard input lies in no file.
        let location = &result["locations"][0];
        let place = &location["physicalLocation"]["artifactLocation"]["uri"];
        let in_file = place.as_str().or(location["logicalLocations"].is_array().then_some(""));
        assert!(in_file.is_some_and(|uri| !uri.contains([' ', '<', '"', '\\'])), "{result}");
    }
}

/// A page holds no element and no attribute that a text made.
fn page(text: &str) {
    let lower = text.to_lowercase();
    for live in ["<script>alert", "<img src=x", "<svg onload", "onerror=alert(1)>", "href=\"javascript:"] {
        assert!(!lower.contains(live), "{live}");
    }
    assert_eq!(lower.matches("<script").count(), lower.matches("</script").count());
    assert_eq!(text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')), None);
}

fn workbook(bytes: &[u8]) {
    use calamine::{Data, Reader as _};
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut cells = 0;
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("formulas");
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "a formula in {name}");
        cells +=
            book.worksheet_range(&name).expect("a sheet").used_cells().filter(|(_, _, c)| **c != Data::Empty).count();
    }
    assert!(cells > TEXTS.len());
}
