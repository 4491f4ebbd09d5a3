//! Archives as folders, documents among them, and the limits.

use crate::input::files::archive::*;
use crate::input::source::{Batch, Decoder, Event, Framer, Inputs, ReadOptions};
use std::sync::Arc;

const CALL: &[u8] = b"Agent: Hello, how are you?\nCustomer: Fine, thanks.\n";

/// What comes out of a file: source, then the call's id and turns or the error; and what was skipped.
fn read(path: &std::path::Path) -> (Vec<(String, String)>, Vec<Skipped>) {
    let options = Arc::new(ReadOptions::default());
    let inputs = Inputs::resolve(&[path.to_string_lossy().into_owned()]).expect("a path");
    let mut framer = Framer::new(&inputs, Arc::clone(&options));
    let mut decoder = Decoder::new(options);
    let (mut batch, mut events) = (Batch::default(), Vec::new());
    while framer.next(&mut batch) {
        decoder.decode(&batch, &mut |event| match event {
            Event::Call { source, call, .. } => {
                events.push((source.to_owned(), format!("{} {}", call.id, call.turns.len())));
            }
            Event::Unreadable(record) => events.push((record.source, record.error)),
        });
    }
    (events, framer.skipped().sorted())
}

fn in_file(name: &str, bytes: &[u8]) -> (Vec<(String, String)>, Vec<Skipped>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let (events, skipped) = read(&path);
    let start = folder.path().to_string_lossy().into_owned() + "/";
    let bare = |(source, what): (String, String)| (source.replace(&start, ""), what);
    (events.into_iter().map(bare).collect(), skipped)
}

#[test]
fn an_archive_is_a_folder() {
    let bytes = zipped(&[
        ("b/two.txt", CALL),
        ("a.csv", b"call_id,transcript\nc1,\"Agent: Hi.\nCustomer: Hi.\"\nc2,\"Agent: Yes?\nCustomer: No.\"\n"),
        (".hidden", CALL),
        ("__MACOSX/b/two.txt", CALL),
        ("README.md", CALL),
        ("b/x.wav", CALL),
        ("c.txt", b"\xff\xfeA\0g\0e\0n\0t\0:\0 \0H\0i\0.\0\n\0C\0u\0s\0t\0o\0m\0e\0r\0:\0 \0H\0i\0.\0"),
    ]);
    let (events, skipped) = in_file("calls.zip", &bytes);
    let shown: Vec<(&str, &str)> = events.iter().map(|(s, w)| (s.as_str(), w.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("calls.zip/a.csv", "c1 2"),
            ("calls.zip/a.csv", "c2 2"),
            ("calls.zip/b/two.txt", "two 2"),
            ("calls.zip/c.txt", "c 2"),
        ]
    );
    assert_eq!(skipped.len(), 4, "{skipped:?}");
    // The name does not matter.
    let (same, _) = in_file("calls.bin", &bytes);
    assert_eq!(same.len(), 4);
}

#[test]
fn bombs_and_nesting_are_refused_and_the_rest_goes_on() {
    let zeros = vec![b' '; 2 << 20];
    let inner = zipped(&[("x.txt", CALL)]);
    let bytes = zipped(&[("a-bomb.txt", &zeros), ("b.zip", &inner), ("c.txt", CALL)]);
    let (events, _) = in_file("calls.zip", &bytes);
    assert!(events[0].1.contains("200 times"), "{events:?}");
    assert!(events[1].1.contains("archive within an archive"), "{events:?}");
    assert_eq!(events[2], ("calls.zip/c.txt".into(), "c 2".into()));
}

#[test]
fn cut_and_empty_archives_say_so() {
    let bytes = zipped(&[("x.txt", CALL)]);
    for end in [4, 20, bytes.len() - 10] {
        let (events, _) = in_file("calls.zip", &bytes[..end]);
        assert!(events[0].1.contains("zip archive that cannot be read"), "{events:?}");
    }
    let (events, _) = in_file("calls.zip", &zipped(&[(".x", CALL)]));
    assert!(events[0].1.contains("without a transcript"), "{events:?}");
}

#[test]
fn documents_are_no_folders() {
    assert_eq!(kind(["a.txt", "word/document.xml"].into_iter()), Kind::Word);
    assert_eq!(kind(["[Content_Types].xml", "xl/workbook.xml"].into_iter()), Kind::Sheet);
    assert_eq!(kind(["mimetype", "content.xml", "META-INF/manifest.xml"].into_iter()), Kind::Sheet);
    assert_eq!(kind(["a.txt"].into_iter()), Kind::Folder);
    let document = zipped(&[(
        "word/document.xml",
        b"<w:document><w:body><w:p><w:r><w:t>Agent: Hello there.</w:t></w:r></w:p><w:p><w:r><w:t>Customer: Hi.</w:t></w:r></w:p></w:body></w:document>",
    )]);
    let (events, _) = in_file("call.docx", &document);
    assert_eq!(events, [("call.docx".into(), "call 2".into())]);
    // Also within an archive of documents.
    let (events, _) = in_file("calls.zip", &zipped(&[("x/call.docx", &document)]));
    assert_eq!(events, [("calls.zip/x/call.docx".into(), "call 2".into())]);
}
