//! Where the last whole record of a buffer ends, and how many records that are not blank come before that.

use crate::input::table;

/// Lines; `scanned` bytes are known to hold no newline, `whole` says that nothing follows the buffer.
pub fn lines(buf: &[u8], scanned: usize, whole: bool) -> (usize, u64) {
    let end = if whole { buf.len() } else { memchr::memrchr(b'\n', &buf[scanned..]).map_or(0, |k| scanned + k + 1) };
    let (mut records, mut from) = (0, 0);
    for to in memchr::memchr_iter(b'\n', &buf[..end]).chain(std::iter::once(end)) {
        records += u64::from(!buf[from..to.max(from)].trim_ascii().is_empty());
        from = to + 1;
    }
    (end, records)
}

/// Rows of a table, whose quotes may hold newlines.
pub fn rows(buf: &[u8], delimiter: u8, whole: bool) -> (usize, u64) {
    let (mut end, mut records) = (0, 0);
    while let Some(next) = table::row_end(&buf[end..], delimiter) {
        records += u64::from(!buf[end..end + next].trim_ascii().is_empty());
        end += next;
    }
    if whole {
        records += u64::from(!buf[end..].trim_ascii().is_empty());
        end = buf.len();
    }
    (end, records)
}

/// Groups of rows with the same cell in one column; the last one only if nothing follows it.
pub fn groups(buf: &[u8], delimiter: u8, column: usize, whole: bool) -> (usize, u64) {
    let mut groups = table::groups(buf, delimiter, column, whole);
    let records = groups.by_ref().count() as u64;
    (groups.end, records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_records_count_and_blank_ones_do_not() {
        assert_eq!(lines(b"a\n\n b\nc", 0, false), (6, 2));
        assert_eq!(lines(b"a\n\n b\nc", 0, true), (7, 3));
        assert_eq!(lines(b"abc", 0, false), (0, 0));
        assert_eq!(rows(b"a,b\n\"c\nd\",e\nf", b',', false), (12, 2));
        assert_eq!(rows(b"a,b\n\"c\nd\",e\nf", b',', true), (13, 3));
        assert_eq!(groups(b"a,1\na,2\nb,3\n", b',', 0, false), (8, 1));
        assert_eq!(groups(b"a,1\na,2\nb,3\n", b',', 0, true), (12, 2));
    }
}
