//! `sarif`: SARIF 2.1.0, what code scanners exchange. Of more results than they take, the gravest.

mod gravest;

use super::finding::{self, Finding, findings, level};
use super::{Output, OutputKind, Setup, escape, wire};
use crate::report::rollup::RollUp;
use crate::report::script::{Place, Standing};
use crate::report::{CallReport, JudgedBy, RuleHead, Severity, Unreadable};
use gravest::Gravest;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// As many results code scanning takes of a run: more make it refuse the file.
const MOST: u64 = 25_000;

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "sarif",
    extensions: &["sarif"],
    about: "SARIF 2.1.0: findings with their regions and rules, for code scanning",
    rollup: false,
    worst: 0,
    in_lines: true,
    make: |setup| Box::new(Sarif { setup, gravest: Mutex::new(Gravest::new(MOST)) }),
};

struct Sarif {
    setup: Setup,
    /// Only the writer of outputs looks in here.
    gravest: Mutex<Gravest>,
}

impl Sarif {
    fn gravest(&self) -> MutexGuard<'_, Gravest> {
        self.gravest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Appends a result as a line, behind the figure of its rank.
fn line(severity: Severity, result: &SarifResult<'_>, to: &mut Vec<u8>) {
    let rank = gravest::RANKS - 1 - severity as usize;
    to.push(b'0' + rank as u8);
    wire::json(result, to);
    to.push(b'\n');
}

/// A finding, key by key as it is written; objects whose keys are in alphabetical order are
/// values, which sort them.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'r> {
    rule_id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    level: &'static str,
    message: Value,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'r>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
}

/// Where: the file and the region in it, and the call or path.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Suppression<'r> {
    kind: &'static str,
    justification: &'r str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'r> {
    id: &'r str,
    short_description: Value,
    help: Value,
    default_configuration: Value,
    properties: Value,
}

impl Output for Sarif {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"results\":[\n")
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        for found in findings(report, &self.setup.rules) {
            line(found.head.severity, &result(report, &found), to);
        }
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        let result = SarifResult {
            rule_id: "unreadable",
            level: "error",
            message: json!({ "text": escape::sarif(&format!("Could not be read: {}", record.error)) }),
            locations: [location(
                &record.source,
                "",
                record.line.and_then(|line| u32::try_from(line).ok()).map(first_column),
            )],
            ..SarifResult::default()
        };
        // Nobody knows what it holds.
        line(Severity::Critical, &result, to);
    }

    fn write(&self, bytes: &[u8], _to: &mut dyn Write) -> io::Result<()> {
        self.gravest().take(bytes)
    }

    fn left_out(&self) -> Option<String> {
        let total = self.gravest().total;
        (total > MOST).then(|| {
            format!("sarif holds the {MOST} gravest of {total} findings: code scanning takes no more, csv-findings holds all")
        })
    }

    fn end(&self, _rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        self.gravest().finish(b",\n", to)?;
        let mut bytes = b"\n]".to_vec();
        if let Some(left_out) = self.left_out() {
            bytes.extend_from_slice(b",\"invocations\":");
            let notification = json!({ "level": "warning", "message": { "text": left_out } });
            wire::json(
                &json!([{ "executionSuccessful": true, "toolExecutionNotifications": [notification] }]),
                &mut bytes,
            );
        }
        bytes.extend_from_slice(b",\"tool\":{\"driver\":{\"name\":\"heard\",\"version\":");
        wire::json(env!("CARGO_PKG_VERSION"), &mut bytes);
        let JudgedBy { packs, detectors, .. } = &self.setup.by;
        bytes.extend_from_slice(b",\"properties\":");
        wire::json(&json!({ "detectors": detectors, "packs": packs }), &mut bytes);
        bytes.extend_from_slice(b",\"rules\":[");
        for (k, head) in self.setup.rules.iter().enumerate() {
            if k > 0 {
                bytes.extend_from_slice(b",\n");
            }
            wire::json(&rule(head), &mut bytes);
        }
        bytes.extend_from_slice(b"]}}}]}\n");
        to.write_all(&bytes)
    }
}

fn result<'r>(report: &'r CallReport<'_>, found: &Finding<'r>) -> SarifResult<'r> {
    let name = report.script.map_or(report.call.id.as_str(), |s| s.name.as_str());
    let text = [found.file(), name, &found.head.id, found.quote.as_deref().unwrap_or("")];
    SarifResult {
        rule_id: &found.head.id,
        rule_index: Some(found.result.rule),
        kind: Some("fail"),
        level: found.level(),
        message: json!({ "text": escape::sarif(&found.message()) }),
        locations: [location(report.source, name, found.in_file)],
        partial_fingerprints: Some(json!({ "heard/v1": format!("{:016x}", fingerprint(&text)) })),
        suppressions: found
            .is_allowed()
            .then_some([Suppression { kind: "inSource", justification: &found.result.why }]),
        baseline_state: found.note.and_then(|n| match n.standing {
            Standing::Known => Some("unchanged"),
            Standing::Worse => Some("new"),
            Standing::Plain | Standing::Better => None,
        }),
    }
}

fn location(source: &str, name: &str, place: Option<Place>) -> Location {
    let region = place.map(|place| Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
    });
    let physical = || PhysicalLocation { artifact_location: json!({ "uri": uri(source) }), region };
    Location {
        physical_location: (source != "-").then(physical),
        logical_locations: (!name.is_empty()).then(|| json!([{ "fullyQualifiedName": name }])),
    }
}

/// The beginning of a line.
fn first_column(line: u32) -> Place {
    Place { line, column: 1, end_line: line, end_column: 1 }
}

fn rule(head: &RuleHead) -> Rule<'_> {
    let title = if head.title.is_empty() { &head.id } else { &head.title };
    let mut help = title.clone();
    for (lead, text) in [("Say instead: ", &head.advice), ("Source: ", &head.source)] {
        if !text.is_empty() {
            let _ = write!(help, "\n\n{lead}{text}");
        }
    }
    Rule {
        id: &head.id,
        short_description: json!({ "text": title }),
        help: json!({ "text": help }),
        default_configuration: json!({ "level": level(head.severity) }),
        properties: json!({ "pack": head.pack, "severity": head.severity.as_str(), "weight": head.weight }),
    }
}

/// A path as a URI: relative as it was typed, absolute as a file.
fn uri(source: &str) -> String {
    let path = finding::file(source).replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// The same number for the same finding, wherever its line has moved to (FNV-1a).
fn fingerprint(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn of_more_than_code_scanning_takes_the_gravest_stay_and_that_is_said() {
        let setup = Setup::plain(Vec::new(), JudgedBy::default());
        let sarif = (KIND.make)(setup);
        let mut to = Vec::new();
        sarif.begin(&mut to).unwrap();
        for k in 0..MOST {
            sarif.write(format!("{}{{\"k\":{k}}}\n", 2 + k % 2).as_bytes(), &mut to).unwrap();
        }
        assert_eq!(sarif.left_out(), None);
        sarif.write(b"0{\"k\":\"critical\"}\n", &mut to).unwrap();
        sarif.end(&RollUp::default(), &mut to).unwrap();
        let run = &serde_json::from_slice::<Value>(&to).unwrap()["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!((results.len() as u64, &results[0]["k"], &results[1]["k"]), (MOST, &json!("critical"), &json!(0)));
        assert_eq!(results.last().unwrap()["k"], json!(MOST - 3), "the last of the mildest gave way");
        let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert!(said.as_str().unwrap().contains("25000 gravest of 25001 findings"), "{said}");
        assert!(sarif.left_out().is_some());
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a b/é#1.md"), "a%20b/%C3%A9%231.md");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(uri("c:x.md"), "c%3Ax.md");
    }
}
