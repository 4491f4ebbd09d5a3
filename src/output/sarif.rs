//! `sarif`: SARIF 2.1.0, what code scanners exchange. Results first, the tool with its rules after them, so that no
//! run has to be held in memory.

use super::finding::{self, Finding, findings, level};
use super::{Output, OutputKind, Setup, wire};
use crate::report::rollup::RollUp;
use crate::report::script::{Place, Standing};
use crate::report::{CallReport, RuleHead, Unreadable};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "sarif",
    extensions: &["sarif"],
    about: "SARIF 2.1.0: findings with their regions and rules, for code scanning",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(Sarif { setup }),
};

struct Sarif {
    setup: Setup,
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
        for (k, found) in findings(report, &self.setup.rules).enumerate() {
            if k > 0 {
                to.extend_from_slice(self.separator());
            }
            wire::json(&result(report, &found), to);
        }
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        let result = SarifResult {
            rule_id: "unreadable",
            level: "error",
            message: json!({ "text": format!("Could not be read: {}", record.error) }),
            locations: [location(&record.source, "", None)],
            ..SarifResult::default()
        };
        wire::json(&result, to);
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, _rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = b"\n],\"tool\":{\"driver\":{\"name\":\"heard\",\"version\":".to_vec();
        wire::json(env!("CARGO_PKG_VERSION"), &mut bytes);
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
        message: json!({ "text": found.message() }),
        locations: [location(report.source, name, found.place)],
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
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a b/é#1.md"), "a%20b/%C3%A9%231.md");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(uri("c:x.md"), "c%3Ax.md");
    }
}
