//! Rows of a table that come in pieces: many small ones, or one that is too long to be held.

use std::cell::RefCell;

use csv::StringRecord;

thread_local! {
    /// The automaton that knows delimiters and quotes, with its delimiter: to make it takes longer than to read a row by it.
    static READER: RefCell<(u8, csv_core::Reader)> = RefCell::new((b',', csv_core::Reader::new()));
}

/// The rows of a piece of a table, for many small pieces.
pub fn split(bytes: &[u8], delimiter: u8) -> Result<Vec<StringRecord>, String> {
    READER.with_borrow_mut(|(of, reader)| {
        if *of != delimiter {
            (*of, *reader) = (delimiter, csv_core::ReaderBuilder::new().delimiter(delimiter).build());
        }
        reader.reset();
        split_by(reader, bytes)
    })
}

fn split_by(reader: &mut csv_core::Reader, bytes: &[u8]) -> Result<Vec<StringRecord>, String> {
    let (mut rest, mut records) = (bytes, Vec::new());
    let (mut fields, mut ends) = (vec![0; bytes.len()], vec![0; 16]);
    let (mut written, mut count) = (0, 0);
    loop {
        let (result, read, more, ended) = reader.read_record(rest, &mut fields[written..], &mut ends[count..]);
        (rest, written, count) = (&rest[read..], written + more, count + ended);
        match result {
            // Told once more that nothing is left, it ends the last row.
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::OutputFull => fields.resize(fields.len() * 2 + 64, 0),
            csv_core::ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            csv_core::ReadRecordResult::Record => {
                let mut record = StringRecord::with_capacity(written, count);
                let mut from = 0;
                for end in &ends[..count] {
                    let field = std::str::from_utf8(&fields[from..*end]);
                    record.push_field(field.map_err(|_| "is not valid UTF-8; save it as UTF-8".to_owned())?);
                    from = *end;
                }
                records.push(record);
                (written, count) = (0, 0);
            }
            csv_core::ReadRecordResult::End => return Ok(records),
        }
    }
}

/// Where a row ends whose bytes come piece by piece; the row itself is thrown away.
#[derive(Debug, Default)]
pub struct RowEnd {
    quoted: bool,
    /// The last byte was a quote within quotes: it ends them, unless another one follows.
    closing: bool,
    within_cell: bool,
}

impl RowEnd {
    /// Where the row ends in the next bytes, behind its newline.
    pub fn find(&mut self, bytes: &[u8], delimiter: u8) -> Option<usize> {
        for (k, &b) in bytes.iter().enumerate() {
            if self.closing {
                self.closing = false;
                if b == b'"' {
                    continue;
                }
                (self.quoted, self.within_cell) = (false, true);
            }
            if self.quoted {
                self.closing = b == b'"';
            } else if b == b'\n' {
                return Some(k + 1);
            } else if b == b'"' && !self.within_cell {
                self.quoted = true;
            } else {
                self.within_cell = b != delimiter;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::table::row_end;

    #[test]
    fn rows_are_split_as_the_reader_of_files_does() {
        for text in [
            "",
            "a",
            "a,b\n",
            "a,\"b\"\"c\nd\",e\r\n\r\nf",
            "\"x",
            "a\"b,c\n,,\n",
            "é,日本\n\n\nz,\"\"\n",
            "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r",
        ] {
            let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
            let want: Vec<StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
            let got = split(text.as_bytes(), b',').expect("rows");
            let cells = |all: &[StringRecord]| -> Vec<Vec<String>> {
                all.iter().map(|r| r.iter().map(str::to_owned).collect()).collect()
            };
            assert_eq!(cells(&got), cells(&want), "{text:?}");
        }
    }

    #[test]
    fn the_end_of_a_row_is_found_however_it_is_cut() {
        for text in ["a,\"x\ny \"\"q\"\"\",b\nc", "a 6\" b,c\nd", "\"a\"b\"\nc", ",\"\"\n"] {
            let want = row_end(text.as_bytes(), b',');
            for cut in 0..=text.len() {
                let mut end = RowEnd::default();
                let (first, second) = text.as_bytes().split_at(cut);
                let found = end.find(first, b',').or_else(|| end.find(second, b',').map(|k| cut + k));
                assert_eq!(found, want, "{text:?} at {cut}");
            }
        }
    }
}
