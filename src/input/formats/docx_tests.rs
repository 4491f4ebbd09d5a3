//! Documents as they are met, built by hand.

use crate::call::Role;
use crate::input::files::archive::zipped;
use crate::input::formats::docx::*;

fn read(body: &str) -> Result<Vec<Call>, ReadError> {
    let xml = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
    let bytes = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())]);
    assert!(Docx.sniff(&Head::new(&bytes, true, "")).is_some());
    let mut calls = Vec::new();
    let record = Record { bytes: &bytes, header: None };
    Docx.parse(&record, &mut Call::default(), &mut |c| {
        calls.push(c.clone());
    })?;
    Ok(calls)
}

fn paragraphs(lines: &[&str]) -> String {
    let one = |l: &&str| ["<w:p><w:r><w:t>", l, "</w:t></w:r></w:p>"].concat();
    lines.iter().map(one).collect()
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |c: &&str| format!("<w:tc>{}</w:tc>", paragraphs(&[c]));
    let row = |r: &&[&str]| format!("<w:tr>{}</w:tr>", r.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

type Said<'a> = (Role, Option<f64>, Option<f64>, &'a str);

fn said(call: &Call) -> Vec<Said<'_>> {
    call.turns.iter().map(|t| (call.role(t), t.start, t.end, call.turn_text(t))).collect()
}

#[test]
fn paragraphs_with_labels() {
    let calls = read(&paragraphs(&["Agent: Hello.", "", "Customer: Hi &amp; bye."])).expect("a call");
    assert_eq!(said(&calls[0]), [(Role::Agent, None, None, "Hello."), (Role::Customer, None, None, "Hi & bye.")]);
}

#[test]
fn the_table_of_turns_among_others() {
    let body = table(&[&["Speaker", "Sentiment"], &["Agent", "2.4"]])
        + &table(&[&["Speaker", "Turn Time", "Detected Text"], &["Agent", "0:00:01", "No."]])
        + &table(&[
            &["Start", "Dur.", "Speaker", "", "Transcription"],
            &["0:00:00.4", "5.0s", "Agent", "", "Hello [ISSUE] there."],
            &["0:01:06.31", "1:02", "Customer", "", "Hi."],
        ]);
    let calls = read(&body).expect("a call");
    assert_eq!(
        said(&calls[0]),
        [(Role::Agent, Some(0.4), Some(5.4), "Hello there."), (Role::Customer, Some(66.31), Some(128.31), "Hi.")]
    );
}

#[test]
fn a_table_without_a_header_and_the_shape_of_teams() {
    let calls = read(&table(&[&["Agent", "Hello."], &["Customer", "Hi."]])).expect("a call");
    assert_eq!(calls[0].turns.len(), 2);
    let teams = "<w:p><w:r><w:t>0:0:0.0 --&gt; 0:0:3.27</w:t><w:br/><w:t>Jo Lee</w:t><w:br/><w:t>Hello there.</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>0:0:4.0 --&gt; 0:0:5.5</w:t><w:br/><w:t>Ann</w:t><w:br/><w:t>Hi.</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>0:0:6.0 --&gt; 0:0:7.5</w:t><w:br/><w:t>Jo Lee</w:t><w:br/><w:t>Fine?</w:t></w:r></w:p>";
    let calls = read(teams).expect("a call");
    assert_eq!(
        said(&calls[0]),
        [
            (Role::Unknown, Some(0.0), Some(3.27), "Hello there."),
            (Role::Unknown, Some(4.0), Some(5.5), "Hi."),
            (Role::Unknown, Some(6.0), Some(7.5), "Fine?")
        ]
    );
    assert_eq!(calls[0].speakers[0].label, "Jo Lee");
}

#[test]
fn what_is_no_document_says_so() {
    let parse = |bytes: &[u8]| {
        let record = Record { bytes, header: None };
        Docx.parse(&record, &mut Call::default(), &mut |_| {}).expect_err("no document").0
    };
    assert!(parse(b"\xd0\xcf\x11\xe0 old").contains(".docx"));
    assert!(parse(b"Agent: Hi").contains("no zip archive"));
    assert!(
        parse(&zipped(&[("a.txt", b"x")])).contains("word/document.xml")
            || !parse(&zipped(&[("a.txt", b"x")])).is_empty()
    );
    assert!(read("<w:p><w:r><w:t>Agent: Hi</w:p>").expect_err("broken").0.contains("byte"));
}
