//! Sheets as they are written by spreadsheet programs, and sheets that claim too much.

use super::*;
use crate::input::files::archive::zipped;

fn xlsx(sheet: &str, shared: &str) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", br#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/styles.xml", br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>").as_bytes()),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:d xmlns:office=\"o\"><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:d>"
    );
    zipped(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", content.as_bytes())])
}

/// The rows of all sheets, as `column=value`.
fn rows(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut rows = Vec::new();
    read(bytes, &mut |sheet| {
        for row in sheet.rows() {
            let shown = row.iter().map(|(column, cell)| match cell {
                Cell::Days(days, from_1904) => format!("{column}=day {days} {from_1904}"),
                cell => format!("{column}={}", sheet.plain(*cell)),
            });
            rows.push(shown.collect::<Vec<_>>().join(" "));
        }
        Ok(())
    })?;
    Ok(rows)
}

#[test]
fn cells_of_every_kind() {
    let sheet = r#"<row r="2"><c r="B2" t="s"><v>1</v></c><c r="A2" t="s"><v>0</v></c></row><row/>
        <row><c><v>7</v></c><c s="1"><v>40000.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>a&amp;b</v></c>
        <c t="inlineStr"><is><r><t>in</t></r><r><t>line_x000A_</t></r></is></c><c t="n"><v>1.5</v></c><c s="1"/></row>"#;
    let shared = "<sst><si><t>one</t></si><si><r><t>t</t></r><rPh><t>x</t></rPh><r><t>wo</t></r></si></sst>";
    let want = ["0=one 1=two", "0=7 1=day 40000.5 true 2=true 4=a&b 5=inline 6=1.5"];
    assert_eq!(rows(&xlsx(sheet, shared)).as_deref(), Ok(&want.map(String::from)[..]));
    let sheet = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="1000000000"/>b</text:p><text:p>c</text:p><office:annotation><text:p>no</text:p></office:annotation></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="2.0"><text:p>two</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1000000000"/></table:table-row>
        <table:table-row table:number-rows-repeated="1000000000"><table:table-cell/></table:table-row>
        "#;
    assert_eq!(rows(&ods(sheet)), Ok(vec!["0=a                b\nc 1=2 2=2".to_owned()]));
    let sheet = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="time" office:time-value="PT00H01M05S"><text:p>1:05</text:p></table:table-cell><table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-05-01"><text:p>1 May</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>"#;
    assert_eq!(rows(&ods(sheet)), Ok(vec!["0=0:01:05.000 2=2026-05-01 3=true".to_owned(); 2]));
}

#[test]
fn what_claims_too_much_is_refused_with_the_limit() {
    let why = |bytes: Vec<u8>| rows(&bytes).expect_err("too much");
    let cell = |place: &str| format!("<row r=\"1\"><c r=\"{place}\"><v>1</v></c></row>");
    assert!(rows(&xlsx(&cell("XFD1"), "<sst/>")).is_ok());
    assert!(why(xlsx(&cell("XFE1"), "<sst/>")).contains("column 16385"));
    assert!(why(xlsx("<row r=\"1048577\"><c><v>1</v></c></row>", "<sst/>")).contains("row 1048577"));
    assert!(why(xlsx("<row r=\"99999999999\"><c><v>1</v></c></row>", "<sst/>")).contains("1048576"));
    assert!(why(xlsx("<row><c t=\"s\"><v>5</v></c></row>", "<sst/>")).contains("text number 5 of 0"));
    assert!(why(xlsx(&"<row><c/>".repeat(300), "<sst/>")).contains("nests more than 256"));
    assert!(why(xlsx("", &format!("<sst>{}</sst>", "<si/>".repeat(40_001)))).contains("40000"));
    assert!(why(xlsx("", &format!("<sst><si><t>{}</t></si></sst>", "x".repeat(17 << 20)))).contains("16 MiB"));
    let cell = |repeated: &str| {
        format!(
            "<table:table-row {repeated}><table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
        )
    };
    assert!(rows(&ods(&cell(""))).is_ok());
    assert!(why(ods(&cell("table:number-rows-repeated=\"1000\""))).contains("40000"));
    assert!(why(ods(&cell("table:number-rows-repeated=\"4000000000\""))).contains("1048576"));
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"4000000000\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert!(why(ods(wide)).contains("16384"));
    // A document that ends in the middle of its table ends.
    let open = br#"<d><office:spreadsheet xmlns:office="o"><table:table table:name="S">"#;
    assert!(why(zipped(&[("content.xml", open), ("META-INF/manifest.xml", b"")])).contains("ends in the middle"));
}
