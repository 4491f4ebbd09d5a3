//! `parquet`: one row a rule result, as `csv-findings` has them, with types: for `DuckDB`, Spark, pandas. Built only with
//! the feature `parquet`.
//!
//! Workers write rows as lines of JSON, the writer gathers them to groups of [`GROUP`] rows and writes each group as it
//! is full, so that memory does not grow with the calls. Columns are written by the parquet crate alone, without arrow
//! and without a compressor of C: texts that come again are kept once by its dictionaries, the rest is packed by snappy.

use super::{Output, OutputKind, Setup, wire};
use crate::report::{Basis, CallReport};
use ::parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "parquet",
    extensions: &["parquet"],
    about: "one row a verdict with typed columns: for DuckDB, Spark, pandas",
    rollup: false,
    worst: 0,
    in_lines: false,
    make: |setup| Box::new(Parquet { setup, file: Mutex::new(None) }),
};

/// Rows that are held and written together.
const GROUP: usize = 16 << 10;

/// What the file says of itself; `input::files::own_report` knows it by this.
const NOTE: &str = "heard judges words, not feelings: a verdict says what was found in the transcript and where.";

/// A verdict on its way to the file.
#[derive(Serialize, Deserialize)]
struct Row {
    call: String,
    agent: Option<String>,
    /// Index of the rule in report order.
    rule: usize,
    verdict: String,
    basis: Option<String>,
    why: String,
    advice: Option<String>,
    turn: Option<u32>,
    start_s: Option<f64>,
    quote: Option<String>,
    source: String,
    started: Option<String>,
    queue: Option<String>,
    customer: Option<String>,
}

/// How a column is filled from a row; what is of the rule comes from the setup.
enum Fill {
    Text(for<'r> fn(&'r Row, &'r Setup) -> Option<&'r str>),
    Whole(fn(&Row, &Setup) -> Option<i32>),
    Seconds(fn(&Row) -> Option<f64>),
    Stamp(fn(&Row) -> Option<i64>),
}

/// The columns of `csv-findings`, in its order: name, whether a row may have none, how it is filled.
const COLUMNS: [(&str, bool, Fill); 17] = [
    ("call", false, Fill::Text(|row, _| Some(&row.call))),
    ("agent", true, Fill::Text(|row, _| row.agent.as_deref())),
    ("rule", false, Fill::Text(|row, setup| Some(&setup.rules[row.rule].id))),
    ("section", true, Fill::Text(|row, setup| setup.rules[row.rule].section.as_deref())),
    ("severity", false, Fill::Text(|row, setup| Some(setup.rules[row.rule].severity.as_str()))),
    ("weight", false, Fill::Whole(|row, setup| i32::try_from(setup.rules[row.rule].weight).ok())),
    ("verdict", false, Fill::Text(|row, _| Some(&row.verdict))),
    ("basis", true, Fill::Text(|row, _| row.basis.as_deref())),
    ("why", false, Fill::Text(|row, _| Some(&row.why))),
    ("advice", true, Fill::Text(|row, _| row.advice.as_deref())),
    ("turn", true, Fill::Whole(|row, _| row.turn.and_then(|turn| i32::try_from(turn).ok()))),
    ("start_s", true, Fill::Seconds(|row| row.start_s)),
    ("quote", true, Fill::Text(|row, _| row.quote.as_deref())),
    ("source", false, Fill::Text(|row, _| Some(&row.source))),
    ("started", true, Fill::Stamp(|row| row.started.as_deref().and_then(wall_clock))),
    ("queue", true, Fill::Text(|row, _| row.queue.as_deref())),
    ("customer", true, Fill::Text(|row, _| row.customer.as_deref())),
];

/// Milliseconds from 1970 to a stamp, by the clock that the stamp shows: the same hours that the roll-up counts by. None
/// for what is no date and time.
fn wall_clock(stamp: &str) -> Option<i64> {
    let stamp: jiff::civil::DateTime = stamp.trim_end_matches(['Z', 'z']).parse().ok()?;
    Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

struct Parquet {
    setup: Setup,
    /// None before the first call.
    file: Mutex<Option<File>>,
}

struct File {
    /// What is finished waits here until the caller's writer takes it.
    writer: SerializedFileWriter<Vec<u8>>,
    rows: Vec<Row>,
}

impl Parquet {
    fn file(&self) -> MutexGuard<'_, Option<File>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_begun() -> io::Error {
    io::Error::other("the parquet file was not begun")
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl Output for Parquet {
    fn begin(&self, _to: &mut dyn Write) -> io::Result<()> {
        let note = KeyValue { key: "heard".to_owned(), value: Some(NOTE.to_owned()) };
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("heard {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![note]))
            .build();
        let schema = schema().map_err(broken)?;
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(broken)?;
        *self.file() = Some(File { writer, rows: Vec::new() });
        Ok(())
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        for result in report.judged.results.iter().filter(|r| r.rule < self.setup.rules.len()) {
            let evidence = result.judged();
            let row = Row {
                call: report.call.id.clone(),
                agent: report.call.agent.clone(),
                rule: result.rule,
                verdict: result.verdict.as_str().to_owned(),
                basis: result.basis.map(|basis| Basis::as_str(basis).to_owned()),
                why: result.why.clone(),
                advice: result.advice.clone(),
                turn: evidence.map(|e| e.turn),
                start_s: evidence.and_then(|e| e.start_s).filter(|s| s.is_finite()).map(wire::decimal),
                quote: evidence.map(|e| report.quote(e).to_owned()),
                source: report.source.to_owned(),
                started: report.call.started.clone(),
                queue: report.call.queue.clone(),
                customer: report.call.customer.clone(),
            };
            wire::json(&row, to);
            to.push(b'\n');
        }
    }

    fn write(&self, bytes: &[u8], to: &mut dyn Write) -> io::Result<()> {
        let mut file = self.file();
        let file = file.as_mut().ok_or_else(not_begun)?;
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            file.rows.push(serde_json::from_slice(line)?);
            if file.rows.len() == GROUP {
                file.group(&self.setup, to)?;
            }
        }
        Ok(())
    }

    fn end(&self, _rollup: &crate::report::rollup::RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut file = self.file().take().ok_or_else(not_begun)?;
        if !file.rows.is_empty() {
            file.group(&self.setup, to)?;
        }
        file.writer.finish().map_err(broken)?;
        file.hand_over(to)
    }
}

impl File {
    /// Writes the rows that wait as a group.
    fn group(&mut self, setup: &Setup, to: &mut dyn Write) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(broken)?;
        for (_, optional, fill) in &COLUMNS {
            let rows = self.rows.iter();
            match fill {
                Fill::Text(of) => {
                    let texts = rows.map(|row| of(row, setup).map(ByteArray::from));
                    column::<ByteArrayType>(&mut group, *optional, texts)
                }
                Fill::Whole(of) => column::<Int32Type>(&mut group, *optional, rows.map(|row| of(row, setup))),
                Fill::Seconds(of) => column::<DoubleType>(&mut group, *optional, rows.map(of)),
                Fill::Stamp(of) => column::<Int64Type>(&mut group, *optional, rows.map(of)),
            }
            .map_err(broken)?;
        }
        group.close().map_err(broken)?;
        self.rows.clear();
        self.hand_over(to)
    }

    fn hand_over(&mut self, to: &mut dyn Write) -> io::Result<()> {
        self.writer.flush()?;
        let bytes = self.writer.inner_mut();
        to.write_all(bytes)?;
        bytes.clear();
        Ok(())
    }
}

/// Writes the next column of a group.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    optional: bool,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
    column.typed::<T>().write_batch(&values, optional.then_some(&levels), None)?;
    column.close()
}

fn schema() -> Result<TypePtr, ParquetError> {
    let fields = COLUMNS.iter().map(|(name, optional, fill)| {
        let (physical, logical) = match fill {
            Fill::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Fill::Whole(_) => (Physical::INT32, None),
            Fill::Seconds(_) => (Physical::DOUBLE, None),
            Fill::Stamp(_) => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MILLIS))),
        };
        let repetition = if *optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        let field = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        field.with_logical_type(logical).build().map(Arc::new)
    });
    Type::group_type_builder("heard").with_fields(fields.collect::<Result<_, _>>()?).build().map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::wall_clock;

    #[test]
    fn a_stamp_is_what_its_clock_shows() {
        let nine = Some(1_777_627_800_000);
        for stamp in
            ["2026-05-01T09:30:00Z", "2026-05-01T09:30:00+02:00", "2026-05-01 09:30", "2026-05-01T09:30:00.000"]
        {
            assert_eq!(wall_clock(stamp), nine, "{stamp}");
        }
        assert_eq!(wall_clock("2026-05-01"), Some(1_777_593_600_000));
        assert_eq!(wall_clock("yesterday"), None);
    }
}
