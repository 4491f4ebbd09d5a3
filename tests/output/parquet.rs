//! Parquet read back: the rows of `csv-findings`, with types.

use crate::sample::{self, Event};
use parquet::basic::{LogicalType, Type as Physical};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use std::fs::File;
use std::io::Write as _;

fn reader(events: &[Event]) -> SerializedFileReader<File> {
    let bytes = sample::written_bytes("parquet", &sample::setup(), events);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    SerializedFileReader::new(file).unwrap()
}

fn rows(reader: &SerializedFileReader<File>) -> Vec<Row> {
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

/// A cell as `csv-findings` writes it.
fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Int(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        other => panic!("no such type is written: {other:?}"),
    }
}

#[test]
fn the_rows_are_those_of_the_table_of_findings() {
    let events = [Event::Call(Box::new(sample::plain())), Event::Call(Box::new(sample::bare()))];
    let table = sample::written("csv-findings", &sample::setup(), &events);
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let table: Vec<Vec<String>> = table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let reader = reader(&events);
    let rows = rows(&reader);
    let names: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
    assert_eq!(names, table[0].iter().collect::<Vec<_>>());
    let read: Vec<Vec<String>> =
        rows.iter().map(|row| row.get_column_iter().map(|(_, field)| cell(field)).collect()).collect();
    assert_eq!(read, table[1..]);
    let schema = reader.metadata().file_metadata().schema_descr();
    let types = |name: &str| {
        let column = schema.columns().iter().find(|column| column.name() == name).unwrap();
        (column.physical_type(), column.logical_type_ref().cloned())
    };
    assert_eq!(types("weight"), (Physical::INT32, None));
    assert_eq!(types("start_s"), (Physical::DOUBLE, None));
    assert_eq!(types("quote"), (Physical::BYTE_ARRAY, Some(LogicalType::String)));
}

#[test]
fn a_stamp_is_a_time_and_what_is_none_is_null() {
    let events: Vec<Event> = ["2026-05-01T09:30:00Z", "noon"]
        .map(|started| {
            let mut call = sample::plain();
            call.call.started = Some(started.into());
            Event::Call(Box::new(call))
        })
        .into();
    let reader = reader(&events);
    let rows = rows(&reader);
    let started = |row: &Row| row.get_column_iter().find(|(name, _)| *name == "started").unwrap().1.clone();
    assert_eq!(started(&rows[0]), Field::TimestampMillis(1_777_627_800_000));
    assert_eq!(started(rows.last().unwrap()), Field::Null);
}

#[test]
fn any_number_of_rows_and_every_text_survives() {
    assert_eq!(rows(&reader(&[])).len(), 0);
    let of = |calls: usize| {
        let events: Vec<Event> = (0..calls).map(|_| Event::Call(Box::new(sample::plain()))).collect();
        let reader = reader(&events);
        (reader.num_row_groups(), rows(&reader).len())
    };
    // Of four findings a call, 16,384 are a group.
    assert_eq!(of(4096), (1, 16_384));
    assert_eq!(of(4097), (2, 16_388));
    let read = rows(&reader(&sample::events()));
    assert_eq!(cell(read.last().unwrap().get_column_iter().next().unwrap().1), sample::HOSTILE);
}
