//! Office documents and archives: parts that are nearly right, and workbooks that another reader reads as well.

use crate::mutate::mutated;
use crate::{cases, counts};
use calamine::{Data, Reader as _};
use heard::call::Call;
use heard::input::documents::workbook;
use heard::input::formats::{docx::Docx, excel::Excel};
use heard::input::{Format, Record};
use proptest::prelude::*;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const SHARED: &str = "<sst><si><t>speaker</t></si><si><t>text</t></si><si><r><t>Hel</t></r><r><t>lo</t></r></si></sst>";
const SHEET: &str = r#"<worksheet><dimension ref="A1:C3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>start</t></is></c></row><row r="2"><c r="A2" t="str"><v>Agent</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" s="1"><v>0.5</v></c></row><row><c><v>7</v></c><c t="b"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#;
const CONTENT: &str = r#"<office:document-content xmlns:office="o"><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>speaker</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>text</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Agent<text:s text:c="3"/>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:document-content>"#;
const TEXT: &str = r"<w:document><w:body><w:p><w:r><w:t>Agent: Hello &amp; hi</w:t><w:tab/></w:r></w:p><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>speaker</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>text</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Jo</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Hi</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

const WORDS: &[&str] = &[
    "<",
    ">",
    "/>",
    "\"",
    "&",
    "&#0;",
    "&#xD800;",
    "&a;",
    "<!DOCTYPE d [<!ENTITY a \"&a;&a;\">]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?x",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<c r=\"ZZZZZZ9\"><v>1</v></c>",
    "<row r=\"4294967295\">",
    "</row>",
    "<si/>",
    "t=\"s\"",
    "<v>-1</v>",
    "<v>1e999</v>",
    "r=\"\"",
    "table:number-columns-repeated=\"1000000000\"",
    "table:number-rows-repeated=\"1000000000\"",
    "<table:table>",
    "</table:table>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:t>",
    "</w:t>",
    "_x000D_",
    "\u{0}",
    "é",
];

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of one document of each kind.
fn document(kind: usize) -> Vec<(&'static str, &'static str)> {
    match kind {
        0 => vec![
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/sharedStrings.xml", SHARED),
            ("xl/worksheets/sheet1.xml", SHEET),
        ],
        1 => vec![("META-INF/manifest.xml", "<m/>"), ("content.xml", CONTENT)],
        _ => vec![("word/document.xml", TEXT)],
    }
}

fn read(format: &dyn Format, bytes: &[u8]) -> Result<usize, String> {
    let started = Instant::now();
    let (mut calls, mut text) = (0, 0);
    let read = format.parse(&Record { bytes, header: None }, &mut Call::default(), &mut |call| {
        calls += 1;
        text += call.text().len();
        call.clear();
    });
    // Debug builds on busy machines are slow; what has no end has none.
    assert!(started.elapsed() < Duration::from_secs(60));
    assert!(text < 64 << 20);
    match read {
        Ok(()) => Ok(calls),
        Err(why) => {
            assert!(!why.0.is_empty());
            Err(why.0)
        }
    }
}

#[test]
fn each_document_is_read_as_it_is() {
    assert_eq!(read(&Excel, &zipped(&document(0))), Ok(1));
    assert_eq!(read(&Excel, &zipped(&document(1))), Ok(1));
    assert_eq!(read(&Docx, &zipped(&document(2))), Ok(1));
}

/// A document of a kind with one part damaged.
fn damaged() -> impl Strategy<Value = (usize, Vec<u8>)> {
    (0..3usize).prop_flat_map(|kind| {
        let parts = document(kind);
        (0..parts.len()).prop_flat_map(move |part| {
            let parts = document(kind);
            mutated(vec![parts[part].1.to_owned()], WORDS).prop_map(move |text| {
                let mut parts = document(kind);
                let text: &str = &text;
                let mut owned: Vec<(&str, &str)> = std::mem::take(&mut parts);
                owned[part].1 = text;
                (kind, zipped(&owned))
            })
        })
    })
}

/// Cells that any reader of spreadsheets gives back.
fn cell() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        "[a-z0-9 &<>\"'é]{0,8}[a-z]".prop_map(Some),
        (0..100_000u32).prop_map(|n| Some(n.to_string()))
    ]
}

proptest! {
    #![proptest_config(cases(counts::DOCUMENTS))]

    #[test]
    fn damaged_parts_cost_the_document_alone((kind, bytes) in damaged()) {
        let format: &dyn Format = if kind == 2 { &Docx } else { &Excel };
        let _ = read(format, &bytes);
    }

    #[test]
    fn damaged_archives_cost_the_document_alone(kind in 0..3usize, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = zipped(&document(kind));
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        for format in [&Excel as &dyn Format, &Docx] {
            let _ = read(format, &bytes);
        }
    }

    #[test]
    fn workbooks_are_read_as_another_reader_does(rows in prop::collection::vec(prop::collection::vec(cell(), 0..6), 1..8)) {
        let mut sheet = String::from("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (r, row) in rows.iter().enumerate() {
            sheet.push_str(&format!("<row r=\"{}\">", r + 1));
            for (c, cell) in row.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let place = format!("{}{}", char::from(b'A' + u8::try_from(c).unwrap()), r + 1);
                let number = cell.parse::<u32>().is_ok();
                let text = quick_xml::escape::escape(cell.as_str());
                sheet.push_str(&if number { format!("<c r=\"{place}\"><v>{text}</v></c>") } else { format!("<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>") });
            }
            sheet.push_str("</row>");
        }
        sheet.push_str("</sheetData></worksheet>");
        let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
        let top = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
        let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
        let bytes = zipped(&[("[Content_Types].xml", types), ("_rels/.rels", top), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/styles.xml", STYLES), ("xl/worksheets/sheet1.xml", &sheet)]);
        let mut ours = Vec::new();
        workbook::read(&bytes, &mut |sheet| {
            for row in sheet.rows() {
                ours.push(row.iter().map(|(_, cell)| sheet.plain(*cell).into_owned()).collect::<Vec<_>>());
            }
            Ok(())
        }).unwrap();
        let mut theirs = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
        let range = theirs.worksheet_range("S").unwrap();
        let theirs = range.rows().map(|row| row.iter().filter_map(|cell| match cell {
            Data::Empty => None,
            Data::Float(n) => Some(format!("{n}")),
            other => Some(other.to_string().trim().to_owned()),
        }).collect::<Vec<_>>());
        let theirs: Vec<_> = theirs.filter(|row| !row.is_empty()).collect();
        prop_assert_eq!(ours, theirs);
    }
}
