//! The workbook: its sheets, and the rows of calls and findings as they come.

use super::looks::{Looks, header, shown};
use super::rows::{CallRow, FindingRow};
use super::sheets;
use crate::output::Setup;
use crate::report::RuleHead;
use crate::report::rollup::{RollUp, time};
use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet,
    XlsxError,
};
use std::io::{self, Seek, Write};

/// Rows of a sheet, the first of which is its header.
const ROWS: u32 = 1_048_576;
/// Links that a sheet may have.
const LINKS: u32 = 65_000;

/// Columns of the sheet of calls before those of the rules.
const CALLS: [(&str, f64); 12] = [
    ("call", 26.0),
    ("source", 30.0),
    ("agent", 16.0),
    ("customer", 16.0),
    ("queue", 14.0),
    ("started", 17.0),
    ("duration", 10.0),
    ("turns", 7.0),
    ("score", 8.0),
    ("band", 8.0),
    ("passed", 9.0),
    ("hardship", 10.0),
];

const FINDINGS: [(&str, f64); 17] = [
    ("call", 26.0),
    ("agent", 16.0),
    ("rule", 22.0),
    ("section", 12.0),
    ("severity", 10.0),
    ("weight", 8.0),
    ("verdict", 14.0),
    ("basis", 10.0),
    ("why", 50.0),
    ("advice", 50.0),
    ("turn", 6.0),
    ("time", 9.0),
    ("quote", 60.0),
    ("source", 30.0),
    ("started", 17.0),
    ("queue", 14.0),
    ("customer", 16.0),
];

/// A workbook that grows.
pub(super) struct Book {
    workbook: Workbook,
    pub(super) looks: Looks,
    rules: Vec<RuleHead>,
    calls: u32,
    findings: u32,
    /// Those that did not fit.
    left_out: (u64, u64),
}

/// The sheets that are there from the start, in their order.
const RULES: usize = 0;
const AGENTS: usize = 1;
const CALL_ROWS: usize = 2;
const FINDING_ROWS: usize = 3;

pub(super) fn wrong(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(format!("the workbook cannot be written: {error}")),
    }
}

impl Book {
    pub(super) fn new(setup: &Setup) -> io::Result<Book> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(wrong)?;
        workbook.set_properties(
            &DocProperties::new()
                .set_title("heard")
                .set_comment(
                    "heard judges words, not feelings: a verdict says what was found in the transcript and where.",
                )
                .set_creation_datetime(&made),
        );
        let looks = Looks::new();
        let names: &[&str] =
            if setup.summary { &["Rules", "Agents"] } else { &["Rules", "Agents", "Calls", "Findings"] };
        for name in names {
            workbook.add_worksheet_with_constant_memory().and_then(|sheet| sheet.set_name(*name)).map_err(wrong)?;
        }
        let mut book = Book { workbook, looks, rules: setup.rules.clone(), calls: 0, findings: 0, left_out: (0, 0) };
        if !setup.summary {
            let rules: Vec<String> = book.rules.iter().map(|rule| rule.id.clone()).collect();
            let columns = CALLS.into_iter().chain(rules.iter().map(|id| (id.as_str(), 14.0)));
            header(book.workbook.worksheet_from_index(CALL_ROWS).map_err(wrong)?, columns, &book.looks)
                .map_err(wrong)?;
            let sheet = book.workbook.worksheet_from_index(FINDING_ROWS).map_err(wrong)?;
            header(sheet, FINDINGS.into_iter(), &book.looks).map_err(wrong)?;
        }
        Ok(book)
    }

    /// Adds a call and its findings.
    pub(super) fn call(&mut self, row: &CallRow) -> io::Result<()> {
        self.call_row(row).and_then(|()| self.finding_rows(row)).map_err(wrong)
    }

    fn call_row(&mut self, row: &CallRow) -> Result<(), XlsxError> {
        if self.calls + 1 >= ROWS {
            self.left_out.0 += 1;
            return Ok(());
        }
        self.calls += 1;
        let at = self.calls;
        let sheet = self.workbook.worksheet_from_index(CALL_ROWS)?;
        texts(sheet, at, 0, &[Some(&row.call), Some(&row.source), row.agent.as_ref(), row.customer.as_ref()])?;
        texts(sheet, at, 4, &[row.queue.as_ref()])?;
        started(sheet, at, 5, row.started.as_deref(), &self.looks)?;
        seconds(sheet, at, 6, row.duration_s, &self.looks)?;
        sheet.write_number(at, 7, row.turns as f64)?;
        if let Some(tenths) = row.score_tenths {
            sheet.write_number_with_format(at, 8, f64::from(tenths) / 10.0, &self.looks.decimal)?;
        }
        texts(sheet, at, 9, &[row.band.as_ref()])?;
        for (column, value) in [(10, row.passed), (11, row.hardship)] {
            if let Some(value) = value {
                sheet.write_string(at, column, if value { "yes" } else { "no" })?;
            }
        }
        for finding in &row.findings {
            sheet.write_string(at, CALLS.len() as u16 + finding.rule as u16, &finding.verdict)?;
        }
        Ok(())
    }

    fn finding_rows(&mut self, row: &CallRow) -> Result<(), XlsxError> {
        // Of a call that has no row there is nothing to lead to.
        let call_at = Some(self.calls + 1).filter(|_| self.left_out.0 == 0);
        for finding in &row.findings {
            if self.findings + 1 >= ROWS {
                self.left_out.1 += 1;
                continue;
            }
            self.findings += 1;
            let sheet = self.workbook.worksheet_from_index(FINDING_ROWS)?;
            let link = call_at.filter(|_| self.findings <= LINKS);
            one_finding(sheet, self.findings, row, finding, &self.rules[finding.rule], link, &self.looks)?;
        }
        Ok(())
    }

    /// Adds what is known at the end, and writes the workbook.
    pub(super) fn finish(mut self, setup: &Setup, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        self.rest(setup, rollup).map_err(wrong)?;
        // A workbook is written back and forth; what is written to may be a pipe.
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(wrong)?;
        file.rewind()?;
        io::copy(&mut file, to)?;
        Ok(())
    }

    fn rest(&mut self, setup: &Setup, rollup: &RollUp) -> Result<(), XlsxError> {
        let looks = &self.looks;
        if !setup.summary {
            let rules = self.rules.len() as u16;
            let sheet = self.workbook.worksheet_from_index(CALL_ROWS)?;
            let (last, columns) = (self.calls, CALLS.len() as u16 + rules);
            sheet.autofilter(0, 0, last, columns - 1)?;
            bands(sheet, last, 9, looks)?;
            if rules > 0 {
                verdicts(sheet, last, CALLS.len() as u16, columns - 1, looks)?;
            }
            let sheet = self.workbook.worksheet_from_index(FINDING_ROWS)?;
            sheet.autofilter(0, 0, self.findings, FINDINGS.len() as u16 - 1)?;
            verdicts(sheet, self.findings, 6, 6, looks)?;
        }
        sheets::rules(self.workbook.worksheet_from_index(RULES)?, setup, rollup, looks, self.left_out)?;
        sheets::agents(self.workbook.worksheet_from_index(AGENTS)?, setup, rollup, looks)?;
        for (name, groups) in [("Queues", &rollup.queues), ("Script versions", &rollup.script_versions)] {
            if groups.iter().len() > 0 {
                let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name(name)?;
                sheets::groups(sheet, rollup, sheets::named(groups), looks)?;
            }
        }
        if rollup.times.days.iter().len() > 0 {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Days")?;
            sheets::days(sheet, rollup, looks)?;
        }
        if rollup.times.weekdays.len() > 1 {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Weekdays")?;
            let weekdays = rollup.times.weekdays.iter();
            sheets::groups(sheet, rollup, weekdays.map(|(day, group)| (time::weekday(*day).to_owned(), group)), looks)?;
        }
        if rollup.times.hours.len() > 1 {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Hours")?;
            let hours = rollup.times.hours.iter();
            sheets::groups(sheet, rollup, hours.map(|(hour, group)| (format!("{hour:02}:00"), group)), looks)?;
        }
        if !rollup.outcomes.is_empty() {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Outcomes")?;
            sheets::outcomes(sheet, setup, rollup, looks)?;
        }
        if let Some(changes) = rollup.changes() {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Changes")?;
            sheets::changes(sheet, setup, &changes, looks)?;
        }
        Ok(())
    }
}

fn one_finding(
    sheet: &mut Worksheet,
    at: u32,
    row: &CallRow,
    finding: &FindingRow,
    head: &RuleHead,
    link: Option<u32>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match link {
        Some(call_at) => {
            let url = Url::new(format!("internal:Calls!A{call_at}")).set_text(shown(&row.call));
            sheet.write_url(at, 0, url)?;
        }
        None => texts(sheet, at, 0, &[Some(&row.call)])?,
    }
    texts(sheet, at, 1, &[row.agent.as_ref(), Some(&head.id), head.section.as_ref()])?;
    sheet.write_string(at, 4, head.severity.as_str())?;
    sheet.write_number(at, 5, head.weight)?;
    texts(
        sheet,
        at,
        6,
        &[Some(&finding.verdict), finding.basis.as_ref(), Some(&finding.why), finding.advice.as_ref()],
    )?;
    if let Some(turn) = finding.turn {
        sheet.write_number(at, 10, turn)?;
    }
    seconds(sheet, at, 11, finding.start_s, looks)?;
    texts(sheet, at, 12, &[finding.quote.as_ref(), Some(&row.source)])?;
    started(sheet, at, 14, row.started.as_deref(), looks)?;
    texts(sheet, at, 15, &[row.queue.as_ref(), row.customer.as_ref()])
}

fn texts(sheet: &mut Worksheet, at: u32, from: u16, texts: &[Option<&String>]) -> Result<(), XlsxError> {
    for (column, text) in (from..).zip(texts) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            sheet.write_string(at, column, shown(text))?;
        }
    }
    Ok(())
}

/// A stamp as a time where it is one, else as it stands.
fn started(sheet: &mut Worksheet, at: u32, column: u16, stamp: Option<&str>, looks: &Looks) -> Result<(), XlsxError> {
    let Some(stamp) = stamp else { return Ok(()) };
    let time = stamp.get(..19).or_else(|| stamp.get(..10)).and_then(|text| ExcelDateTime::parse_from_str(text).ok());
    match time.filter(|_| stamp.starts_with(|c: char| c.is_ascii_digit())) {
        Some(time) => sheet.write_datetime_with_format(at, column, time, &looks.date)?,
        None => sheet.write_string(at, column, shown(stamp))?,
    };
    Ok(())
}

/// Seconds as a length of time.
fn seconds(sheet: &mut Worksheet, at: u32, column: u16, value: Option<f64>, looks: &Looks) -> Result<(), XlsxError> {
    if let Some(value) = value {
        // To a millisecond: a spreadsheet counts in days.
        let days = (value * 1000.0).round() / 86_400_000.0;
        sheet.write_number_with_format(at, column, days, &looks.length)?;
    }
    Ok(())
}

/// Colours verdicts; the words stay.
fn verdicts(sheet: &mut Worksheet, last: u32, from: u16, to: u16, looks: &Looks) -> Result<(), XlsxError> {
    for (word, format) in [("pass", &looks.good), ("fail", &looks.poor), ("not-scorable", &looks.fair)] {
        equals(sheet, last, from, to, word, format)?;
    }
    Ok(())
}

fn bands(sheet: &mut Worksheet, last: u32, column: u16, looks: &Looks) -> Result<(), XlsxError> {
    for (word, format) in [("good", &looks.good), ("fair", &looks.fair), ("poor", &looks.poor)] {
        equals(sheet, last, column, column, word, format)?;
    }
    Ok(())
}

fn equals(sheet: &mut Worksheet, last: u32, from: u16, to: u16, word: &str, format: &Format) -> Result<(), XlsxError> {
    let rule = ConditionalFormatText::new().set_rule(ConditionalFormatTextRule::BeginsWith(word.to_owned()));
    sheet.add_conditional_format(1, from, last.max(1), to, &rule.set_format(format))?;
    Ok(())
}
