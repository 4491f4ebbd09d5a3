//! Reports of `heard` itself, which end up beside the calls when somebody writes them there: no transcripts, no errors.

/// How machine-readable reports begin.
const BEGINNINGS: &[&[u8]] = &[
    b"{\"schema\":\"heard.",
    b"call,source,agent,customer,queue,started,duration_s,turns,score,band,passed",
    b"call,agent,rule,section,severity,weight,verdict,basis,why,",
    b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\"",
    b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"heard\">",
    b"## heard: ",
];

/// Endings of files that may be such reports.
pub const ENDINGS: &[&str] = &["csv", "tsv", "json", "jsonl", "sarif", "xml", "md"];

/// The last line of the text report begins so.
const TEXT: &[u8] = b"\nheard judges words, not feelings: ";

/// Enough of a file to know a machine-readable report.
pub const HEAD: usize = 128;

/// What such a file is called in messages.
pub const WHAT: &str = "a report that heard wrote, not a transcript";

/// Whether an input begins as a machine-readable report does.
#[must_use]
pub fn is_report(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    BEGINNINGS.iter().any(|b| bytes.starts_with(b))
}

/// Whether the end of an input is that of the text report.
#[must_use]
pub fn ends_as_report(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    memchr::memmem::find(tail, TEXT).is_some()
}
