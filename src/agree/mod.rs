//! How far the verdicts of `heard` agree with those of people who graded the same calls: their table ([`labels`]), what
//! `heard` says ([`said`], [`results`]), the two compared ([`compare`]), the figures ([`statistics`]), and the reports.

pub mod compare;
mod csv;
mod json;
pub mod labels;
pub mod notes;
pub mod results;
pub mod said;
pub mod statistics;
mod text;

use compare::Agreement;

/// What a report may depend on, beside the agreement.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of text.
    pub width: usize,
    /// Whether text has colours.
    pub color: bool,
    /// Whether CSV begins with a byte order mark.
    pub csv_bom: bool,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
}

/// A format of the report.
pub struct ReportKind {
    /// Its name, for `--format` and `FORMAT:FILE`.
    pub name: &'static str,
    /// The file extension, without the dot, that means this format; none where another one has it.
    pub extension: Option<&'static str>,
    /// What it is good for, in a line.
    pub about: &'static str,
    /// Appends the report.
    pub write: fn(&Agreement<'_>, &Style, &mut Vec<u8>),
}

/// Every format of the report, in the order of help.
pub static REPORTS: &[ReportKind] = &[
    ReportKind {
        name: "text",
        extension: Some("txt"),
        about: "for people: the figures of each rule, and every dispute with both reasons",
        write: text::write,
    },
    ReportKind {
        name: "json",
        extension: Some("json"),
        about: "one JSON document with all of it: for programs",
        write: json::write,
    },
    ReportKind {
        name: "csv",
        extension: Some("csv"),
        about: "one row a rule with its figures: for spreadsheets",
        write: csv::figures,
    },
    ReportKind {
        name: "csv-disputes",
        extension: None,
        about: "one row a disputed verdict with both reasons, quote and time",
        write: csv::disputes,
    },
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static ReportKind> {
    REPORTS.iter().find(|kind| kind.name == name)
}
