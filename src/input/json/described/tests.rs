//! Every format that is described by a file reads its samples under `tests/formats`: JSON, then what came of it.

use crate::call::Call;
use crate::input::detect::best;
use crate::input::format::{Head, Record};
use crate::input::json::described::describe;
use crate::input::json::testing::shown;
use crate::input::registry::FORMATS;
use std::fmt::Write;
use std::path::Path;

/// What came of a document: a line about each call, its turns, and the words beneath their turn.
fn parse_label(json: &str, name: &str) -> String {
    let head = Head::new(json.as_bytes(), true, "");
    let (format, _) = best(&head).expect("a format");
    assert_eq!(format.name(), name, "{json}");
    let record = Record { bytes: json.as_bytes(), header: None };
    let mut text = String::new();
    let mut each = |call: &mut Call| {
        let duration = call.stated_duration.map(|d| d.to_string());
        let fields = [
            ("agent", &call.agent),
            ("customer", &call.customer),
            ("queue", &call.queue),
            ("started", &call.started),
            ("language", &call.language),
            ("duration", &duration),
        ];
        _ = write!(text, "= call {}", call.id);
        for (name, value) in fields.into_iter().filter_map(|(n, v)| Some((n, v.as_ref()?))) {
            _ = write!(text, ", {name} {value}");
        }
        _ = writeln!(text, ", {:?} {}, {:?}", call.roles.how, call.roles.confidence, call.clock);
        for (turn, line) in call.turns.iter().zip(shown(call)) {
            let name = call.speakers[usize::from(turn.speaker)].name.as_deref();
            let words = call.turn_words(turn).iter().map(|w| format!(" ({} {}-{})", call.word(w), w.start, w.end));
            let name = name.map_or(String::new(), |n| format!(" ({n})"));
            _ = writeln!(text, "{}{name}{}", line.replace('\n', " / "), words.collect::<String>());
        }
        call.clear();
    };
    format.parse(&record, &mut Call::default(), &mut each).expect("calls");
    text
}

#[test]
fn shipped_descriptions_have_no_mistake() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/formats");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the descriptions") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("its text");
        let table = toml::de::DeTable::parse(&text).expect("TOML");
        let mut wrong = Vec::new();
        let said = describe(&name, 0, table.get_ref(), &mut wrong);
        assert!(said.is_some_and(|l| l.about.is_some() && l.gives.is_some()), "{name}: {wrong:?}");
        assert!(FORMATS.iter().any(|f| f.name() == name), "{name} is not in FORMATS");
        assert!(path.with_file_name(format!("../../tests/formats/{name}.txt")).exists(), "{name} has no sample");
        count += 1;
    }
    assert!(count >= 15, "{count}");
}

#[test]
fn samples_of_described_formats_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    for entry in std::fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("its text");
        let samples = text.split("\n\n").map(|block| block.split("\n= ").next().unwrap_or_default().trim());
        let want: Vec<String> = samples.map(|json| format!("{json}\n{}", parse_label(json, &name))).collect();
        let want = want.join("\n");
        if std::env::var_os("SNAPSHOTS").is_some() {
            std::fs::write(&path, want).expect("written");
        } else {
            assert_eq!(text, want, "{name}");
        }
    }
}
