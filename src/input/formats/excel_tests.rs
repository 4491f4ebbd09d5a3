//! Workbooks built by hand, with times as Excel takes them.

use std::fmt::Write;

use crate::input::files::archive::zipped;
use crate::input::formats::excel::*;

/// A workbook of one sheet; cells are text, or numbers of days with the style of a time (`=`).
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet =
        String::from(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#);
    for (r, row) in rows.iter().enumerate() {
        write!(sheet, "<row r=\"{}\">", r + 1).expect("written");
        for (c, cell) in row.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + c as u8), r + 1);
            let cell = match cell.strip_prefix('=') {
                Some(days) => format!(" s=\"1\"><v>{days}</v>"),
                None => format!(" t=\"inlineStr\"><is><t>{cell}</t></is>"),
            };
            write!(sheet, "<c r=\"{place}\"{cell}</c>").expect("written");
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    zipped(&[
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Calls" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/styles.xml", br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="20" applyNumberFormat="1"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn read(bytes: &[u8]) -> Result<Vec<Call>, ReadError> {
    let mut calls = Vec::new();
    let record = Record { bytes, header: None };
    Excel.parse(&record, &mut Call::default(), &mut |c| {
        calls.push(c.clone());
    })?;
    Ok(calls)
}

fn starts(call: &Call) -> Vec<Option<f64>> {
    call.turns.iter().map(|t| t.start).collect()
}

#[test]
fn a_turn_a_row_with_times_as_excel_took_them() {
    // 0:00, 0:07, 24:06 typed, which are hours and minutes to Excel.
    let bytes = workbook(&[
        &["call_id", "timestamp", "speaker", "text"],
        &["c1", "=0", "Agent", "Hello."],
        &["c1", "=0.00486111111111111", "Customer", "Hi."],
        &["c1", "=1.00416666666667", "Agent", "Bye."],
    ]);
    assert!(Excel.sniff(&Head::new(&bytes, true, "")).is_some());
    let calls = read(&bytes).expect("a call");
    assert_eq!((calls.len(), calls[0].id.as_str()), (1, "c1"));
    assert_eq!(starts(&calls[0]), [Some(0.0), Some(7.0), Some(1446.0)]);
    // Where there are seconds, they are times as they should be.
    let bytes = workbook(&[
        &["timestamp", "speaker", "text"],
        &["=0", "Agent", "Hello."],
        &["=0.0000810185185185185", "Customer", "Hi."],
        &["=0.000694444444444444", "Agent", "Bye."],
    ]);
    assert_eq!(starts(&read(&bytes).expect("a call")[0]), [Some(0.0), Some(7.0), Some(60.0)]);
}

#[test]
fn a_call_a_row_under_a_title() {
    let bytes = workbook(&[
        &["Calls of May"],
        &["call_id", "agent", "Full Transcript"],
        &["c1", "Jo", "Agent: Hello.&#10;Customer: Hi."],
        &["", "", ""],
        &["c2", "Ann", "Agent: Yes?&#10;Customer: No."],
    ]);
    let calls = read(&bytes).expect("calls");
    let shown: Vec<_> = calls.iter().map(|c| (c.id.as_str(), c.agent.as_deref(), c.turns.len())).collect();
    assert_eq!(shown, [("c1", Some("Jo"), 2), ("c2", Some("Ann"), 2)]);
}

#[test]
fn open_document_sheets() {
    let content = br#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">
      <table:table-row><table:table-cell office:value-type="string"><text:p>speaker</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>text</text:p></table:table-cell></table:table-row>
      <table:table-row><table:table-cell office:value-type="string"><text:p>Agent</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Hello.</text:p></table:table-cell></table:table-row>
      <table:table-row><table:table-cell office:value-type="string"><text:p>Customer</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Hi.</text:p></table:table-cell></table:table-row>
    </table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
    ]);
    assert_eq!(read(&bytes).expect("a call")[0].turns.len(), 2);
}

#[test]
fn what_cannot_be_read_says_why() {
    let why = |bytes: &[u8]| read(bytes).expect_err("no calls").0;
    assert!(why(&workbook(&[&["call_id", "agent"], &["c1", "Jo"]])).contains("call_id, agent"));
    assert!(why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains(".docx"));
    assert!(why(b"a,b\n").contains("no spreadsheet"));
    assert!(why(&zipped(&[("xl/workbook.xml", b"<x")])).contains("xl/workbook.xml"));
}
