//! Reports of `heard` itself, which end up beside the calls when somebody writes them there: no transcripts, no errors.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// How machine-readable reports begin. Outputs and agreement write them elsewhere, as bytes of their own; that each is
/// known again here, `reports_beside_the_calls_are_no_calls` of `tests/runs.rs` holds.
const BEGINNINGS: &[&[u8]] = &[
    b"{\"schema\":\"heard.",
    b"call,source,agent,customer,queue,started,duration_s,turns,score,band,passed",
    b"call,agent,rule,section,severity,weight,verdict,basis,why,",
    b"outcome,rule,measure,n_passed,",
    b"rule,between,n,agreement,kappa,",
    b"call,rule,graders,heard,graders_why,",
    b"{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"columnKind\"",
    b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"heard\">",
    b"## heard: ",
    b"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"heard\"",
];

/// Endings of files that may be such reports.
pub const ENDINGS: &[&str] = &["csv", "tsv", "json", "jsonl", "sarif", "xml", "md", "html"];

/// Endings of files that are known to be a report by their end: the text report, and parquet.
pub const TAIL_ENDINGS: &[&str] = &["txt", "log", "parquet"];

/// The last line of the text report begins so.
const TEXT: &[u8] = b"\nheard judges words, not feelings: ";

/// Endings of files that may be the workbook.
pub const WORKBOOK_ENDINGS: &[&str] = &["xlsx"];

/// What the properties of the workbook say, and the footer of parquet.
const PROPERTIES: &[u8] = b"heard judges words, not feelings";

/// Enough of a file to know a machine-readable report.
pub const HEAD: usize = 128;

/// Enough of the end of a file to know such a report.
const TAIL: u64 = 1024;

/// What such a file is called in messages.
pub const WHAT: &str = "a report that heard wrote, not a transcript";

/// Whether an input begins as a machine-readable report does.
pub fn is_report(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    BEGINNINGS.iter().any(|b| bytes.starts_with(b))
}

/// Whether a file is a report that is known by its end. The file is at its beginning again afterwards.
pub fn ends_file_as_report(file: &mut File) -> io::Result<bool> {
    let from = file.metadata()?.len().saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    file.rewind()?;
    Ok(ends_as_report(&tail))
}

/// Whether a file is the workbook, which says so in its properties.
pub fn is_workbook(file: &mut File) -> io::Result<bool> {
    let properties = || -> io::Result<Vec<u8>> {
        let mut zip = zip::ZipArchive::new(file.try_clone()?).map_err(io::Error::other)?;
        let properties = zip.by_name("docProps/core.xml").map_err(io::Error::other)?;
        let mut text = Vec::new();
        properties.take(16 << 10).read_to_end(&mut text)?;
        Ok(text)
    };
    let properties = properties();
    file.rewind()?;
    Ok(memchr::memmem::find(&properties?, PROPERTIES).is_some())
}

/// Whether the end of an input is that of the text report or of parquet.
pub fn ends_as_report(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL as usize)..];
    let holds = |words| memchr::memmem::find(tail, words).is_some();
    holds(TEXT) || tail.ends_with(b"PAR1") && holds(PROPERTIES)
}
