//! Formats read their samples under `tests/formats`: each is a document, or a text as a JSON string, then what came of it. `SNAPSHOTS` set
//! writes down what comes of them now, for a look at the difference.

use crate::call::Call;
use crate::input::detect::of_record;
use crate::input::json::testing::shown;
use crate::input::{Format, Record};
use std::fmt::Write;
use std::path::Path;

/// What came of a document: a line about each call, then its turns with their words; or why nothing did.
fn outcome(sample: &str, name: &str) -> String {
    let format = match of_record(sample.as_bytes()) {
        Some(format) if format.name() == name => format,
        other => return format!("! taken for {}\n", other.map_or("nothing", Format::name)),
    };
    let record = Record { bytes: sample.as_bytes(), header: None };
    let mut text = String::new();
    let mut each = |call: &mut Call| {
        if let Some(why) = call.unread.take() {
            _ = writeln!(text, "! {why}");
            return call.clear();
        }
        let duration = call.stated_duration.map(|d| d.to_string());
        let meta = (!call.meta.is_empty()).then(|| serde_json::to_string(&call.meta).expect("JSON"));
        let fields = [
            ("agent", &call.agent),
            ("customer", &call.customer),
            ("queue", &call.queue),
            ("started", &call.started),
            ("language", &call.language),
            ("duration", &duration),
            ("meta", &meta),
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
    match format.parse(&record, &mut Call::default(), &mut each) {
        Ok(()) => text,
        Err(why) => format!("{text}! {}\n", why.0),
    }
}

#[test]
fn samples_are_read_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the samples") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("its text");
        let mut want = Vec::new();
        for block in text.trim_end().split("\n\n") {
            let kept: Vec<&str> = block.split_inclusive('\n').take_while(|l| !l.starts_with(['=', '!'])).collect();
            let json: String = kept.iter().filter(|line| !line.starts_with("# ")).copied().collect();
            let sample = serde_json::from_str::<String>(&json).unwrap_or_else(|_| json.trim().to_owned());
            want.push(format!("{}\n{}", kept.concat().trim_end(), outcome(&sample, &name)));
            count += 1;
        }
        let want = want.join("\n");
        if std::env::var_os("SNAPSHOTS").is_some() {
            std::fs::write(&path, want).expect("written");
        } else {
            assert_eq!(text, want, "{name}");
        }
    }
    assert!(count > 100, "{count}");
}
