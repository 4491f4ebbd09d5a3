//! What tables have in common: delimiters, the meaning of a column's title, the end of a row.

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
#[must_use]
pub fn column(title: &str) -> Column {
    let key: String = title
        .trim_start_matches('\u{feff}')
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    match key.to_ascii_lowercase().as_str() {
        "text" | "transcript" | "message" | "utterance" | "content" | "context" | "body"
        | "fulltranscript" | "calltranscript" | "transcripttext" | "conversation" | "dialogue"
        | "dialog" | "transcription" | "sentence" | "messagetext" | "msg" => Column::Text,
        "speaker" | "role" | "participant" | "sender" | "source" | "channel" | "speakerrole"
        | "speakerlabel" | "speakerid" | "speakername" | "participantrole" | "author" | "from"
        | "who" => Column::Speaker,
        "timestamp" | "start" | "starttime" | "stime" | "offset" | "time" | "begin" | "ts"
        | "startoffset" => Column::Start(None),
        "starts" | "startseconds" | "startsec" | "startsecs" | "offsetseconds"
        | "startinseconds" => Column::Start(Some(1.0)),
        "startms" | "startmillis" | "offsetms" | "startmilliseconds" | "beginms"
        | "starttimems" | "begintimems" | "timestampms" | "beginoffsetmillis" => {
            Column::Start(Some(0.001))
        }
        "end" | "endtime" | "etime" | "stop" => Column::End(None),
        "ends" | "endseconds" | "endsec" | "endsecs" | "endinseconds" => Column::End(Some(1.0)),
        "endms" | "endmillis" | "endmilliseconds" | "endtimems" | "endoffsetmillis" => {
            Column::End(Some(0.001))
        }
        "call" | "callid" | "conversationid" | "transcriptid" | "id" | "ticketid" | "contactid"
        | "interactionid" | "recordingid" | "sessionid" => Column::Call,
        "file" | "filename" | "path" | "transcriptfile" | "recording" => Column::File,
        "agent" | "agentid" | "agentname" | "repid" | "rep" | "repname" | "assignee"
        | "advisor" | "representative" | "employee" => Column::Agent,
        "customer" | "customername" | "customerid" | "client" | "clientid" | "clientname"
        | "caller" | "callername" | "member" | "membername" | "cust" => Column::Customer,
        "queue" | "queuename" | "skill" | "team" | "department" | "callqueue" => Column::Queue,
        "started" | "startedat" | "calldate" | "date" | "callstart" | "callstarttime"
        | "contactdate" | "datetime" | "createdat" | "conversationtime" | "calltime" => {
            Column::Started
        }
        "language" | "languagecode" | "lang" | "locale" => Column::Language,
        "durations" | "durationseconds" | "durationsec" | "durationsecs" | "callduration"
        | "duration" => Column::Duration(1.0),
        "durationminutes" | "durationmin" | "calldurationmin" | "calldurationminutes" => {
            Column::Duration(60.0)
        }
        "durationms" | "durationmillis" => Column::Duration(0.001),
        _ => Column::Other,
    }
}

/// The delimiter of a table: the one of `,` `;` tab `|` that the first line has most of, outside quotes.
#[must_use]
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
    counts
        .iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .map_or(b',', |(d, _)| *d)
}

/// Where the first row ends, behind its newline; none if `bytes` holds no complete row. Quotes may hold newlines; one
/// in the middle of a field is a character like any other.
#[must_use]
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

/// What is wrong with a table, with its line.
#[must_use]
pub fn csv_error(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos, err } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!(
                "line {line}: is not valid UTF-8 (field {}); save it as UTF-8",
                err.field() + 1
            )
        }
        _ => error.to_string(),
    }
}

/// The meanings of the columns of a table, from its first row; none if that is no row of several.
#[must_use]
pub fn columns(bytes: &[u8]) -> Option<Vec<Column>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let header = reader.headers().ok()?;
    (!header.is_empty()).then(|| header.iter().map(column).collect())
}

/// Whether a header is of calls' metadata: columns that are known, none with text.
#[must_use]
pub fn is_metadata(columns: &[Column]) -> bool {
    let known = columns.iter().filter(|c| **c != Column::Other).count();
    let key = columns
        .iter()
        .any(|c| matches!(c, Column::Call | Column::File));
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
    fn delimiters_and_rows() {
        assert_eq!(delimiter(b"a;b;c\n1,2;3,4;5"), b';');
        assert_eq!(delimiter(b"\"a,b\"\tc\n"), b'\t');
        assert_eq!(delimiter(b"text\n"), b',');
        assert_eq!(row_end(b"a,\"x\ny \"\"q\"\"\",b\nc", b','), Some(16));
        assert_eq!(row_end(b"a 6\" b,c\nd", b','), Some(9));
        assert_eq!(row_end(b"a,\"x\ny", b','), None);
    }
}
