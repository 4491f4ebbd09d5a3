//! Prompts that stand in other files than pages: tables, documents, the files of assistants.

use crate::common::top;
use crate::{jsonl, ran};
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

fn flow(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    top().join("tests/check/flows")
}

/// What `inspect` would call the evidence of a rule on the first path: its quote, its line and column.
fn found(paths: &[Value], rule: &str) -> (String, u64, u64) {
    let evidence = &crate::verdict(&paths[0], rule)["evidence"][0];
    let number = |key: &str| evidence[key].as_u64().unwrap();
    (evidence["quote"].as_str().unwrap().to_owned(), number("line"), number("column"))
}

/// The words of a line from a column on.
fn at(text: &str, line: u64, column: u64) -> String {
    text.lines().nth(line as usize - 1).unwrap().chars().skip(column as usize - 1).collect()
}

#[test]
fn each_prompt_of_an_assistant_has_its_place() {
    for (file, rule, words) in [
        ("dialogflow-page.json", "standalone-statement", "a holiday without your own things is no fun"),
        ("voiceflow.vf", "early-statement", "I'd be happy to help you, {first_name}"),
        ("builtin_text.json", "early-statement", "I'm here to help you"),
    ] {
        let paths = jsonl(&folder(), &["--fail-on", "never", file], 0);
        let (quote, line, column) = found(&paths, rule);
        assert!(quote.contains(words), "{file}: {quote}");
        let there: String = at(&flow(file), line, column).chars().take(9).collect();
        assert!(quote.contains(&there), "{file}:{line}:{column}: {there}");
    }
}

/// A change of a flow, checked: the places and reasons of what is lost.
fn lost(file: &str, old: &str, new: &str) -> String {
    let at = tempfile::tempdir().unwrap();
    let at = at.path();
    for folder in ["old", "new"] {
        fs::create_dir(at.join(folder)).unwrap();
    }
    let text = flow(file);
    assert!(text.contains(old), "{file}: {old}");
    fs::write(at.join("old").join(file), &text).unwrap();
    fs::write(at.join("new").join(file), text.replace(old, new)).unwrap();
    ran(at, &["check", "--against", "old", "new"], 1).0
}

#[test]
fn a_prompt_that_loses_its_words_is_named_where_it_stands() {
    let out = lost(
        "dialogflow-page.json",
        "You have every right to be upset. I'll stay with this until your suitcase is back.",
        "Please note the number of your report.",
    );
    assert!(out.contains("new/dialogflow-page.json:25:"), "{out}");
    assert!(
        out.contains("\"Lost luggage: caller is upset\" no longer says \"You have every right to be upset.\""),
        "{out}"
    );
    let out = lost(
        "voiceflow.vf",
        "Oh no, a broken chain on the way to work is awful, ",
        "The chain is a part with a number, ",
    );
    assert!(out.contains("new/voiceflow.vf:14:") && out.contains("\"ROOT: Broken\" no longer says"), "{out}");
    let out = lost(
        "builtin_text.json",
        "I'm so sorry about your dog. Losing a friend like that is hard.",
        "Please bring the papers of your dog.",
    );
    assert!(out.contains("new/builtin_text.json:16:"), "{out}");
    assert!(out.contains("\"builtin_text-sad\" no longer says"), "{out}");
}

#[test]
fn what_is_of_no_known_shape_is_told_with_what_is() {
    let at = tempfile::tempdir().unwrap();
    let at = at.path();
    fs::write(at.join("settings.json"), "{\"theme\": \"dark\"}").unwrap();
    fs::write(at.join("numbers.csv"), "a,b\n1,2\n").unwrap();
    fs::write(at.join("broken.yml"), "responses: [\n").unwrap();
    let (_, err) = ran(at, &["check", "settings.json"], 3);
    assert!(err.contains("holds no prompts in a shape that is known: a Rasa domain"), "{err}");
    let (_, err) = ran(at, &["check", "numbers.csv"], 3);
    assert!(err.contains("has no column for what is said (found: a, b): call it `prompt`"), "{err}");
    let (_, err) = ran(at, &["check", "broken.yml"], 3);
    assert!(err.contains("is no JSON or YAML that can be read"), "{err}");
    // In a folder, what may be anything is none of the scripts.
    fs::remove_file(at.join("broken.yml")).unwrap();
    fs::write(at.join("a.md"), "Thank you for calling. I'd be happy to help you, {name}. Have a lovely day.\n")
        .unwrap();
    let (_, err) = ran(at, &["check", "."], 0);
    assert!(err.contains("2 files hold no prompts in a shape that is known: not checked"), "{err}");
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_word_document_is_a_page_whose_paragraphs_are_its_lines() {
    let paragraphs = [
        "Lost card",
        "Agent: Thank you for calling Harbour Bank. I'd be happy to help you, {name}.",
        "If the caller is upset:",
        "Agent: Please calm down, I have blocked the card.",
        "Otherwise:",
        "Agent: I have blocked the card. Thank you for calling, and have a good day.",
    ];
    let body: String = paragraphs.iter().map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>")).collect();
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("card.docx"), zipped(&[("word/document.xml", &xml)])).unwrap();
    let (out, _) = ran(at.path(), &["check", "card.docx"], 1);
    assert!(out.contains("card.docx:4:15: major: "), "{out}");
    assert!(out.contains("path: \"If the caller is upset\""), "{out}");
}

#[test]
fn a_workbook_is_a_table_of_prompts() {
    let rows = [
        ["Situation", "Prompt"],
        ["", "Thank you for calling. I'd be happy to help you, {name}."],
        ["Caller is upset", "There's no need to get so upset. I have refunded it."],
        ["Caller is calm", "I have refunded it."],
        ["", "Thank you for calling, and have a good day."],
    ];
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |(n, cells): (usize, &[&str; 2])| {
        format!("<row r=\"{}\">{}</row>", n + 1, cells.iter().map(|c| cell(c)).collect::<String>())
    };
    let sheet: String = rows.iter().enumerate().map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Prompts\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let at = tempfile::tempdir().unwrap();
    fs::write(at.path().join("prompts.xlsx"), zipped(&parts)).unwrap();
    let (out, _) = ran(Path::new(at.path()), &["check", "prompts.xlsx"], 1);
    assert!(out.contains("prompts.xlsx:3:") && out.contains("Caller is upset"), "{out}");
}
