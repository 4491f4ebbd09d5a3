//! What tables have in common: delimiters, the meaning of a column's title, the end of a row.

pub mod pieces;
pub mod rows;
pub mod sides;

use csv::StringRecord;

use crate::input::json::rows::{Key, key};
use crate::input::json::time;

pub use crate::input::json::titles::{id_rank, name_rank};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Column {
    /// What was said: one turn, or a whole transcript.
    Text,
    /// Who said it.
    Speaker,
    /// When a turn starts; how much one unit is in seconds, none for clocks and dates.
    Start(Option<f64>),
    /// When a turn ends.
    End(Option<f64>),
    /// The call's id.
    Call,
    /// The file the call is in.
    File,
    /// The agent's name or id.
    Agent,
    /// The customer's name or id.
    Customer,
    /// Queue or team.
    Queue,
    /// When the call started.
    Started,
    /// The call's language.
    Language,
    /// Length of the call; how much one unit is in seconds.
    Duration(f64),
    /// Anything else.
    Other,
}

/// The meaning of a title, in any of `call_id`, `CallId`, `Call ID`, `call-id`.
pub fn column(title: &str) -> Column {
    let key: String = title.trim_start_matches('\u{feff}').chars().filter(char::is_ascii_alphanumeric).collect();
    match key.to_ascii_lowercase().as_str() {
        "text" | "transcript" | "message" | "utterance" | "content" | "context" | "body" | "fulltranscript"
        | "calltranscript" | "transcripttext" | "conversation" | "dialogue" | "dialog" | "transcription"
        | "sentence" | "messagetext" | "msg" => Column::Text,
        "speaker" | "role" | "participant" | "sender" | "source" | "channel" | "speakerrole" | "speakerlabel"
        | "speakerid" | "speakername" | "participantrole" | "author" | "from" | "who" => Column::Speaker,
        "timestamp" | "start" | "starttime" | "stime" | "offset" | "time" | "begin" | "ts" | "startoffset" => {
            Column::Start(None)
        }
        "starts" | "startseconds" | "startsec" | "startsecs" | "offsetseconds" | "startinseconds" => {
            Column::Start(Some(1.0))
        }
        "startms" | "startmillis" | "offsetms" | "startmilliseconds" | "beginms" | "starttimems" | "begintimems"
        | "timestampms" | "beginoffsetmillis" => Column::Start(Some(0.001)),
        "end" | "endtime" | "etime" | "stop" => Column::End(None),
        "ends" | "endseconds" | "endsec" | "endsecs" | "endinseconds" => Column::End(Some(1.0)),
        "endms" | "endmillis" | "endmilliseconds" | "endtimems" | "endoffsetmillis" => Column::End(Some(0.001)),
        "call" | "callid" | "conversationid" | "transcriptid" | "id" | "ticketid" | "contactid" | "interactionid"
        | "recordingid" | "sessionid" | "dialogueid" | "dialogid" | "convoid" | "chatid" | "uuid" | "guid" => {
            Column::Call
        }
        "file" | "filename" | "path" | "transcriptfile" | "recording" => Column::File,
        "agent" | "agentid" | "agentname" | "repid" | "rep" | "repname" | "assignee" | "advisor" | "representative"
        | "employee" => Column::Agent,
        "customer" | "customername" | "customerid" | "client" | "clientid" | "clientname" | "caller" | "callername"
        | "member" | "membername" | "cust" => Column::Customer,
        "queue" | "queuename" | "skill" | "team" | "department" | "callqueue" => Column::Queue,
        "started" | "startedat" | "calldate" | "date" | "callstart" | "callstarttime" | "contactdate" | "datetime"
        | "createdat" | "conversationtime" | "calltime" => Column::Started,
        "language" | "languagecode" | "lang" | "locale" => Column::Language,
        "durations" | "durationseconds" | "durationsec" | "durationsecs" | "callduration" | "duration" => {
            Column::Duration(1.0)
        }
        "durationminutes" | "durationmin" | "calldurationmin" | "calldurationminutes" => Column::Duration(60.0),
        "durationms" | "durationmillis" => Column::Duration(0.001),
        _ => of_turn(title),
    }
}

/// What a column holds that is called as a key of a turn in JSON is: `UtteranceText`, `StartOffsetMs`.
fn of_turn(title: &str) -> Column {
    let unit = time::of_name(title);
    match key(title) {
        Key::Text(true) => Column::Text,
        Key::Speaker(true) => Column::Speaker,
        Key::Start if title != "t" && title != "at" => Column::Start(unit),
        Key::End => Column::End(unit),
        _ => Column::Other,
    }
}

/// The column that names the call: of several the surest, of equals the first.
pub fn call_column<'t>(titles: impl Iterator<Item = &'t str>) -> Option<usize> {
    let named = titles.enumerate().filter(|(_, title)| column(title) == Column::Call);
    named.min_by_key(|(k, title)| (std::cmp::Reverse(id_rank(title)), *k)).map(|(k, _)| k)
}

/// The delimiter of a table: the one of `,` `;` tab `|` that the first line has most of, outside quotes.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0u32), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for &b in bytes.iter().take(64 << 10) {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, n)) = counts.iter_mut().find(|(d, _)| *d == b) {
                    *n += 1;
                }
            }
            _ => {}
        }
    }
    // The first of the most: a comma wins a tie.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(d, _)| *d)
}

/// How long the line `sep=;` is that Excel puts before a table for its own use.
pub fn separator_line(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b's', b'e', b'p', b'=', _, b'\r', b'\n', ..] => Some(7),
        [b's', b'e', b'p', b'=', _, b'\n', ..] => Some(6),
        _ => None,
    }
}

/// Puts together what an unquoted delimiter cut: the words, where they are the last column, take the rest of the row.
/// Otherwise nobody knows which cell was cut.
pub fn whole_cells(
    row: StringRecord,
    titles: &StringRecord,
    text: usize,
    delimiter: u8,
) -> Result<StringRecord, String> {
    let width = titles.len();
    if row.iter().skip(width).all(|cell| cell.trim().is_empty()) {
        return Ok(row);
    }
    if text + 1 != width {
        let (found, sign) = (row.len(), char::from(delimiter));
        let titles = if width == 1 { "1 title".to_owned() } else { format!("{width} titles") };
        return Err(format!(
            "a row has {found} cells under {titles}: a cell that holds `{sign}` must stand in quotation marks"
        ));
    }
    let rest: Vec<&str> = row.iter().skip(text).collect();
    let rest = rest.join(char::from(delimiter).encode_utf8(&mut [0; 4]));
    Ok(row.iter().take(text).chain([rest.as_str()]).collect())
}

/// Where the first row ends, behind its newline; none if `bytes` holds no complete row. Quotes may hold newlines; one
/// in the middle of a field is a character like any other.
pub fn row_end(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let (mut at, mut field_start) = (0, true);
    while at < bytes.len() {
        let b = bytes[at];
        if field_start && b == b'"' {
            at += 1;
            loop {
                at += memchr::memchr(b'"', bytes.get(at..)?)? + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            field_start = false;
            continue;
        }
        at += 1;
        if b == b'\n' {
            return Some(at);
        }
        field_start = b == delimiter;
    }
    None
}

/// Whether the last row ends inside a quoted cell, as where a file was cut off.
pub fn ends_in_quotes(bytes: &[u8], delimiter: u8) -> bool {
    // Quotes come in pairs, but for one in the middle of a field, so most tables are not looked through.
    if memchr::memchr_iter(b'"', bytes).count().is_multiple_of(2) {
        return false;
    }
    let mut rest = bytes;
    while let Some(end) = row_end(rest, delimiter) {
        rest = &rest[end..];
    }
    row_end(&[rest, b"\n"].concat(), delimiter).is_none()
}

/// The bytes of one cell of a row, quotes included.
pub fn cell(row: &[u8], delimiter: u8, column: usize) -> &[u8] {
    let (mut from, mut quoted, mut at) = (0, false, 0);
    for (k, &b) in row.iter().enumerate() {
        if b == b'"' {
            quoted = !quoted;
        } else if b == delimiter && !quoted {
            if at == column {
                return row[from..k].trim_ascii();
            }
            at += 1;
            from = k + 1;
        }
    }
    if at == column { row[from..].trim_ascii() } else { b"" }
}

/// Groups of neighbouring rows with the same cell in one column.
#[derive(Debug)]
pub struct Groups<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    column: usize,
    /// Nothing follows the bytes, so the last group is whole too.
    last: bool,
    /// Where the last group that was given ends.
    pub end: usize,
}

/// The groups of rows in `bytes`; the last one only if `last` says that nothing follows.
pub fn groups(bytes: &[u8], delimiter: u8, column: usize, last: bool) -> Groups<'_> {
    Groups { bytes, delimiter, column, last, end: 0 }
}

impl<'a> Iterator for Groups<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let from = self.end;
        let (mut at, mut key) = (from, None);
        loop {
            let rest = &self.bytes[at..];
            let Some(length) = row_end(rest, self.delimiter).or((self.last && !rest.is_empty()).then_some(rest.len()))
            else {
                break;
            };
            let row = &rest[..length];
            if !row.trim_ascii().is_empty() {
                let own = cell(row, self.delimiter, self.column);
                if *key.get_or_insert(own) != own {
                    self.end = at;
                    return Some(&self.bytes[from..at]);
                }
            }
            at += length;
        }
        if !self.last || key.is_none() {
            return None;
        }
        self.end = self.bytes.len();
        Some(&self.bytes[from..])
    }
}

/// What is wrong with a table, with its line.
pub fn csv_error(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos, err } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!("line {line}: is not valid UTF-8 (field {}); save it as UTF-8", err.field() + 1)
        }
        _ => error.to_string(),
    }
}

/// The meanings of the columns of a table, from its first row; none if that is no row of several.
pub fn columns(bytes: &[u8]) -> Option<Vec<Column>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
    let header = reader.headers().ok()?;
    (!header.is_empty()).then(|| header.iter().map(column).collect())
}

/// Whether a header is of calls' metadata: columns that are known, none with text.
pub fn is_metadata(columns: &[Column]) -> bool {
    let known = columns.iter().filter(|c| **c != Column::Other).count();
    let key = columns.iter().any(|c| matches!(c, Column::Call | Column::File));
    columns.len() >= 2 && (key || known >= 2) && !columns.contains(&Column::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_every_case() {
        for title in ["call_id", "CallId", "Call ID", "call-id", "\u{feff}call_id"] {
            assert_eq!(column(title), Column::Call, "{title}");
        }
        assert_eq!(column("Full Transcript"), Column::Text);
        assert_eq!(column("start_ms"), Column::Start(Some(0.001)));
        assert_eq!(column(""), Column::Other);
    }

    #[test]
    fn the_surest_id_is_the_calls() {
        let at = |titles: &[&str]| call_column(titles.iter().copied());
        assert_eq!(at(&["id", "Ticket ID", "conversation_id", "Call ID"]), Some(3));
        assert_eq!(at(&["id", "ticket_id", "text"]), Some(1));
        assert_eq!((at(&["id", "text"]), at(&["session_id", "contact_id"]), at(&["text"])), (Some(0), Some(0), None));
    }

    #[test]
    fn delimiters_and_rows() {
        assert_eq!(delimiter(b"a;b;c\n1,2;3,4;5"), b';');
        assert_eq!(delimiter(b"\"a,b\"\tc\n"), b'\t');
        assert_eq!(delimiter(b"text\n"), b',');
        assert_eq!(row_end(b"a,\"x\ny \"\"q\"\"\",b\nc", b','), Some(16));
        assert_eq!(row_end(b"a 6\" b,c\nd", b','), Some(9));
        assert_eq!(row_end(b"a,\"x\ny", b','), None);
    }

    #[test]
    fn groups_end_where_the_cell_changes() {
        let rows = b"a,1\na,2\n\nb,\"x\na,\"\nb,3\na,4";
        let all: Vec<&[u8]> = groups(rows, b',', 0, true).collect();
        assert_eq!(all, [&b"a,1\na,2\n\n"[..], b"b,\"x\na,\"\nb,3\n", b"a,4"]);
        // A row without its newline may go on, so it does not end the group before it.
        let mut open = groups(rows, b',', 0, false);
        assert_eq!((open.by_ref().count(), open.end), (1, 9));
    }
}
