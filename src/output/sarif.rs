//! `sarif`: SARIF 2.1.0, what code scanners exchange. Results first, the tool with its rules after them, so that no
//! run has to be held in memory.

use super::finding::{self, Finding, findings, level};
use super::{Output, OutputKind, Setup, escape, number};
use crate::report::rollup::RollUp;
use crate::report::script::Standing;
use crate::report::{CallReport, RuleHead, Unreadable};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "sarif",
    extensions: &["sarif"],
    about: "SARIF 2.1.0: findings with their regions and rules, for code scanning",
    make: |setup| Box::new(Sarif { setup }),
};

struct Sarif {
    setup: Setup,
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
            result(report, &found, to);
        }
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        key("{\"ruleId\":\"unreadable\",\"level\":\"error\",\"message\":{\"text\":", to);
        escape::json(&format!("Could not be read: {}", record.error), to);
        key("},\"locations\":[", to);
        location(&record.source, None, None, to);
        key("]}", to);
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, _rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        key("\n],\"tool\":{\"driver\":{\"name\":\"heard\",\"version\":", &mut bytes);
        escape::json(env!("CARGO_PKG_VERSION"), &mut bytes);
        key(",\"rules\":[", &mut bytes);
        for (k, head) in self.setup.rules.iter().enumerate() {
            if k > 0 {
                bytes.extend_from_slice(b",\n");
            }
            rule(head, &mut bytes);
        }
        key("]}}}]}\n", &mut bytes);
        to.write_all(&bytes)
    }
}

fn key(text: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(text.as_bytes());
}

fn result(report: &CallReport<'_>, found: &Finding<'_>, to: &mut Vec<u8>) {
    key("{\"ruleId\":", to);
    escape::json(&found.head.id, to);
    key(",\"ruleIndex\":", to);
    number::integer(found.result.rule as u64, to);
    key(",\"kind\":\"fail\",\"level\":\"", to);
    key(found.level(), to);
    key("\",\"message\":{\"text\":", to);
    escape::json(&found.message(), to);
    key("},\"locations\":[", to);
    let name = report.script.map_or(report.call.id.as_str(), |s| s.name.as_str());
    let region = found.place;
    location(report.source, Some(name), region, to);
    key("],\"partialFingerprints\":{\"heard/v1\":\"", to);
    let text = [found.file(), name, &found.head.id, found.quote.as_deref().unwrap_or("")];
    key(&format!("{:016x}", fingerprint(&text)), to);
    key("\"}", to);
    if found.is_allowed() {
        key(",\"suppressions\":[{\"kind\":\"inSource\",\"justification\":", to);
        escape::json(&found.result.why, to);
        key("}]", to);
    }
    let state = found.note.and_then(|n| match n.standing {
        Standing::Known => Some("unchanged"),
        Standing::Worse => Some("new"),
        Standing::Plain | Standing::Better => None,
    });
    if let Some(state) = state {
        key(",\"baselineState\":\"", to);
        key(state, to);
        to.push(b'"');
    }
    to.push(b'}');
}

/// Where: the file and the region in it, and the call or path.
fn location(source: &str, name: Option<&str>, region: Option<crate::report::script::Place>, to: &mut Vec<u8>) {
    to.push(b'{');
    let mut more = false;
    if source != "-" {
        key("\"physicalLocation\":{\"artifactLocation\":{\"uri\":", to);
        escape::json(&uri(source), to);
        to.push(b'}');
        if let Some(place) = region {
            key(",\"region\":{\"startLine\":", to);
            number::integer(u64::from(place.line), to);
            key(",\"startColumn\":", to);
            number::integer(u64::from(place.column), to);
            key(",\"endLine\":", to);
            number::integer(u64::from(place.end_line), to);
            key(",\"endColumn\":", to);
            number::integer(u64::from(place.end_column), to);
            to.push(b'}');
        }
        to.push(b'}');
        more = true;
    }
    if let Some(name) = name.filter(|n| !n.is_empty()) {
        if more {
            to.push(b',');
        }
        key("\"logicalLocations\":[{\"fullyQualifiedName\":", to);
        escape::json(name, to);
        key("}]", to);
    }
    to.push(b'}');
}

/// A path as a URI: relative as it was typed, absolute as a file.
fn uri(source: &str) -> String {
    let path = finding::file(source).replace('\\', "/");
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for (k, part) in path.split('/').enumerate() {
        if k > 0 {
            uri.push('/');
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

fn rule(head: &RuleHead, to: &mut Vec<u8>) {
    let title = if head.title.is_empty() { &head.id } else { &head.title };
    key("{\"id\":", to);
    escape::json(&head.id, to);
    key(",\"shortDescription\":{\"text\":", to);
    escape::json(title, to);
    key("},\"help\":{\"text\":", to);
    let mut help = title.clone();
    for (lead, text) in [("Say instead: ", &head.advice), ("Source: ", &head.source)] {
        if !text.is_empty() {
            help.push_str("\n\n");
            help.push_str(lead);
            help.push_str(text);
        }
    }
    escape::json(&help, to);
    key("},\"defaultConfiguration\":{\"level\":\"", to);
    key(level(head.severity), to);
    key("\"},\"properties\":{\"pack\":", to);
    escape::json(&head.pack, to);
    key(",\"severity\":\"", to);
    key(head.severity.as_str(), to);
    key("\",\"weight\":", to);
    number::integer(u64::from(head.weight), to);
    key("}}", to);
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
