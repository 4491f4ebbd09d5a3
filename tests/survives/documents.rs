//! A folder of documents that claim, hide or unfold too much, and one good call among them.

use crate::{in_little_memory, survived};
use std::io::{Cursor, Write as _};

const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx(sheet: &str, shared: &str) -> Vec<u8> {
    let head = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>speaker</t></is></c><c r="B1" t="inlineStr"><is><t>text</t></is></c></row>"#;
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{head}{sheet}</sheetData></worksheet>").as_bytes()),
    ])
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!("<d xmlns:office=\"o\"><office:spreadsheet>{table}</office:spreadsheet></d>");
    zipped(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", content.as_bytes())])
}

fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes())])
}

const LAUGHS: &str =
    "<!DOCTYPE d [<!ENTITY a \"ha ha ha\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";

/// Names of files, what they hold, and whether no call can be read from them.
pub fn cases() -> Vec<(&'static str, Vec<u8>, bool)> {
    let number = r#"office:value-type="float" office:value="1""#;
    let row = |repeated: &str, cell: &str| {
        format!(
            "<table:table table:name=\"S\"><table:table-row {repeated}><table:table-cell {cell}/></table:table-row></table:table>"
        )
    };
    let mut lying = docx("<w:p><w:r><w:t>Agent: Hi.</w:t></w:r></w:p>");
    // The size that the archive's list says: a lie.
    let list = lying.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    lying[list + 24..list + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    let said = "<w:p><w:r><w:t>Agent: Hello there.</w:t></w:r></w:p><w:p><w:r><w:t>Customer: Hi.</w:t></w:r></w:p>";
    vec![
        ("cell-far-out.xlsx", xlsx(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#, "<sst/>"), true),
        ("cell-out-of-the-sheet.xlsx", xlsx(r#"<row r="2"><c r="ZZZZ2"><v>1</v></c></row>"#, "<sst/>"), true),
        ("row-out-of-the-sheet.xlsx", xlsx(r#"<row r="4294967296"><c><v>1</v></c></row>"#, "<sst/>"), true),
        ("no-such-text.xlsx", xlsx(r#"<row r="2"><c t="s"><v>4294967295</v></c></row>"#, "<sst/>"), true),
        ("text-number-below-zero.xlsx", xlsx(r#"<row r="2"><c t="s"><v>-1</v></c></row>"#, "<sst/>"), true),
        ("sheet-within-sheets.xlsx", xlsx(&"<row><c>".repeat(100_000), "<sst/>"), true),
        ("one-long-text.xlsx", xlsx("", &format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32 << 20))), true),
        (
            "one-text-in-many-cells.xlsx",
            xlsx(
                &r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#.repeat(20_000),
                &format!("<sst><si><t>{}</t></si></sst>", "word ".repeat(2000)),
            ),
            true,
        ),
        ("sheet-without-an-end.xlsx", xlsx("<row><c><v>1", "<sst/>"), true),
        ("laughs.xlsx", xlsx("", &format!("{LAUGHS}<sst><si><t>&c;</t></si></sst>")), true),
        (
            "merged-all-over.xlsx",
            xlsx(r#"</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>"#, "<sst/>"),
            true,
        ),
        ("no-relations.xlsx", zipped(&[("xl/workbook.xml", BOOK.as_bytes())]), true),
        (
            "leads-out.xlsx",
            zipped(&[
                ("xl/workbook.xml", BOOK.as_bytes()),
                (
                    "xl/_rels/workbook.xml.rels",
                    br#"<Relationships><Relationship Id="rId1" Target="../../../etc/passwd"/></Relationships>"#,
                ),
            ]),
            true,
        ),
        ("binary.xlsb", zipped(&[("xl/workbook.bin", b"\x83\x01")]), true),
        (
            "columns-repeated.ods",
            ods(&row("", &format!("table:number-columns-repeated=\"1000000000\" {number}"))),
            true,
        ),
        ("rows-repeated.ods", ods(&row("table:number-rows-repeated=\"1000000000\"", number)), true),
        (
            "both-repeated.ods",
            ods(&row(
                "table:number-rows-repeated=\"100000\"",
                &format!("table:number-columns-repeated=\"10000\" {number}"),
            )),
            true,
        ),
        (
            "nothing-repeated.ods",
            ods(&row("table:number-rows-repeated=\"1000000000\"", "table:number-columns-repeated=\"1000000000\"")),
            true,
        ),
        ("table-without-an-end.ods", ods("<table:table>"), true),
        (
            "blanks-repeated.ods",
            ods(
                "<table:table table:name=\"S\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row></table:table>",
            ),
            true,
        ),
        ("tables-within-tables.ods", ods(&"<table:table>".repeat(100_000)), true),
        ("text-document.ods", zipped(&[("META-INF/manifest.xml", b""), ("content.xml", b"<d><text/></d>")]), true),
        ("tables-within-tables.docx", docx(&"<w:tbl><w:tr><w:tc>".repeat(100_000)), true),
        ("empty-paragraphs.docx", docx(&format!("{said}{}", "<w:p/>".repeat(2_000_000))), false),
        ("paragraphs.docx", docx(&"<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(2_100_000)), true),
        ("one-long-paragraph.docx", docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "x".repeat(20 << 20))), true),
        (
            "many-attributes.docx",
            docx(&format!("<w:p {}/>{said}", (0..200_000).map(|k| format!("a{k}=\"\" ")).collect::<String>())),
            false,
        ),
        (
            "laughs.docx",
            zipped(&[(
                "word/document.xml",
                format!("{LAUGHS}<w:document><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:document>").as_bytes(),
            )]),
            true,
        ),
        ("unpacks-to-much.docx", zipped(&[("word/document.xml", &vec![b' '; 300 << 20])]), true),
        ("size-that-lies.docx", lying, false),
        ("no-text.docx", zipped(&[("word/document.xml", b"")]), true),
        ("archive-within.zip", zipped(&[("inner.zip", &zipped(&[("a.txt", b"Agent: Hi.")]))]), true),
        ("unpacks-to-much.zip", zipped(&[("a.txt", &vec![b'x'; 64 << 20])]), true),
        ("names-that-lead-out.zip", zipped(&[("../../etc/x.txt", b"Agent: Hi.\nCustomer: Hi.\n")]), true),
        ("cut.zip", zipped(&[("a.txt", b"Agent: Hi.")])[..60].to_vec(), true),
    ]
}

#[test]
fn each_costs_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let calls = folder.path().join("calls");
    std::fs::create_dir(&calls).unwrap();
    let cases = cases();
    for (name, bytes, _) in &cases {
        std::fs::write(calls.join(name), bytes).unwrap();
    }
    std::fs::write(calls.join("good.txt"), "Agent: Hello, I'd be happy to help.\nCustomer: Thanks.\n").unwrap();
    let output = in_little_memory(folder.path(), 1_500_000, "convert --no-config --jobs 1 calls");
    survived(&output, "documents");
    assert_eq!(output.status.code(), Some(3));
    let (calls, said) = (String::from_utf8_lossy(&output.stdout).into_owned(), crate::common::said(&output));
    assert!(calls.contains("\"call\":\"good\""), "{said}");
    for (name, _, unread) in &cases {
        let told = said.lines().any(|line| line.contains(&format!("calls/{name}")));
        assert_eq!(told, *unread, "{name}: {said}");
    }
}
