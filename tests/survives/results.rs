//! Results that `heard summary` reads: broken, endless, of another kind; and what is written of them when it cannot be.

use crate::common::{command, piped, run, said};
use crate::{ends, in_little_memory, survived};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

/// What is tried, and the test of it; the folder holds `good.jsonl`, results of three calls.
pub const CASES: &[(&str, fn(&Path))] = &[
    ("results whose last line is cut", |folder| costs_itself(folder, &lines(folder)[2].as_bytes()[..200])),
    ("results with a line that is no UTF-8", |folder| {
        costs_itself(folder, b"{\"schema\":\"heard.call/1\",\"call\":\"\xff\xfe\"}");
    }),
    ("results with a line of zeros", |folder| costs_itself(folder, &[0; 4096])),
    ("results with a line of another version", |folder| {
        costs_itself(folder, lines(folder)[1].replace("heard.call/1", "heard.call/2").as_bytes());
    }),
    ("results with a line of wrong types", |folder| {
        costs_itself(folder, lines(folder)[1].replace("\"turns\":2", "\"turns\":\"two\"").as_bytes());
    }),
    ("results with scores beyond all bounds", |folder| {
        costs_itself(folder, lines(folder)[1].replace("\"score\":", "\"score\":1e999,\"was\":").as_bytes());
    }),
    ("results with a line of 65 MiB", |folder| costs_itself(folder, &vec![b'x'; 65 << 20])),
    ("results with a deep line", |folder| costs_itself(folder, "[".repeat(1 << 20).as_bytes())),
    ("results that begin in another version", begins_in_another_version),
    ("packed results that are cut", packed_and_cut),
    ("results that are a folder, or missing, or may not be read", cannot_be_opened),
    ("a device without an end as results", |folder| endless(folder, "summary --no-config /dev/zero")),
    ("a device without an end as earlier results", |folder| {
        endless(folder, "summary --no-config good.jsonl --against /dev/zero");
    }),
    ("a summary onto a full disk", full_disk),
    ("a summary that is killed", killed),
    ("a summary that is interrupted", interrupted),
];

const CALL: &str = r#"{"call":"ID","agent":"Jo","turns":[{"speaker":"agent","text":"Hello, I'd be happy to help."},{"speaker":"customer","text":"Hi."}]}"#;

#[test]
fn each_costs_itself_or_is_told() {
    for (name, test) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let calls: String = ["a", "b", "c"].iter().map(|id| CALL.replace("ID", id) + "\n").collect();
        let output = piped(folder.path(), &["audit", "--from", "jsonl", "--format", "jsonl", "-"], calls);
        fs::write(folder.path().join("good.jsonl"), &output.stdout).unwrap();
        // The name of the one that fails.
        eprintln!("{name}");
        test(folder.path());
    }
}

fn lines(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("good.jsonl")).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The calls that a summary in CSV has.
fn calls(output: &Output) -> usize {
    output.stdout.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1)
}

/// A line among good ones costs itself: it is named, and the others are counted.
fn costs_itself(folder: &Path, bad: &[u8]) {
    let good = lines(folder);
    let parts = [good[0].as_bytes(), bad, good[2].as_bytes()];
    for (k, order) in [[0, 1, 2], [0, 2, 1]].iter().enumerate() {
        let bytes = order.map(|part| parts[part]).join(&b'\n');
        fs::write(folder.join("r.jsonl"), bytes).unwrap();
        let output = in_little_memory(folder, 700_000, "summary --no-config --format csv r.jsonl");
        survived(&output, "r.jsonl");
        let told = said(&output);
        assert_eq!((calls(&output), output.status.code()), (2, Some(3)), "{told:.600}");
        let place = format!("r.jsonl, record {} (counted from 0)", k + 1);
        assert!(told.contains(&place) && told.len() < 2000, "{told:.600}");
    }
}

fn begins_in_another_version(folder: &Path) {
    let old = lines(folder).join("\n").replace("heard.call/1", "heard.call/9");
    fs::write(folder.join("r.jsonl"), old).unwrap();
    let output = run(folder, &["summary", "--no-config", "r.jsonl"]);
    survived(&output, "another version");
    let told = said(&output);
    assert!(matches!(output.status.code(), Some(2 | 3)) && told.contains("heard.call/1"), "{told}");
}

fn packed_and_cut(folder: &Path) {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&fs::read(folder.join("good.jsonl")).unwrap()).unwrap();
    let bytes = gzip.finish().unwrap();
    fs::write(folder.join("r.jsonl.gz"), &bytes[..bytes.len() - 20]).unwrap();
    let output = run(folder, &["summary", "--no-config", "r.jsonl.gz"]);
    survived(&output, "cut");
    assert!(matches!(output.status.code(), Some(2 | 3)) && said(&output).contains("r.jsonl.gz"), "{}", said(&output));
}

fn cannot_be_opened(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir(folder.join("week")).unwrap();
    fs::copy(folder.join("good.jsonl"), folder.join("locked.jsonl")).unwrap();
    fs::set_permissions(folder.join("locked.jsonl"), fs::Permissions::from_mode(0o000)).unwrap();
    for name in ["week", "absent.jsonl", "locked.jsonl"] {
        // Whoever may do everything may read it all the same.
        if fs::File::open(folder.join(name)).is_ok() && name == "locked.jsonl" {
            continue;
        }
        let output = run(folder, &["summary", "--no-config", "-o", "r.csv", "good.jsonl", name]);
        survived(&output, name);
        assert!(output.status.code() == Some(2) && said(&output).contains(name), "{}", said(&output));
        assert!(!folder.join("r.csv").exists());
    }
}

fn endless(folder: &Path, line: &str) {
    if Path::new("/dev/zero").exists() {
        let output = in_little_memory(folder, 1_000_000, line);
        survived(&output, line);
        assert!(matches!(output.status.code(), Some(2 | 3)), "{line}: {}", said(&output));
        assert!(said(&output).contains("/dev/zero"), "{}", said(&output));
    }
}

fn full_disk(folder: &Path) {
    if !Path::new("/dev/full").exists() {
        return;
    }
    for format in ["csv", "xlsx", "html", "json"] {
        let file = format!("{format}:/dev/full");
        let output = run(folder, &["summary", "--no-config", "-o", &file, "-o", "beside.md", "good.jsonl"]);
        let told = said(&output);
        assert!(
            output.status.code() == Some(2) && told.contains("/dev/full: cannot be written: No space left"),
            "{told}"
        );
        assert!(!folder.join("beside.md").exists(), "none appears if one cannot be finished");
    }
    let output = ends(&mut crate::common::shell(folder, "exec heard summary --no-config good.jsonl > /dev/full"));
    assert!(output.status.code() == Some(2) && said(&output).contains("standard output"), "{}", said(&output));
}

/// A summary that writes into a pipe which nobody reads, and so does not end by itself.
fn stuck(folder: &Path) -> std::process::Child {
    let many = fs::read_to_string(folder.join("good.jsonl")).unwrap().repeat(3000);
    fs::write(folder.join("many.jsonl"), many).unwrap();
    let child = command(folder)
        .args(["summary", "--no-config", "--format", "jsonl", "-o", "r.json", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let begun = || fs::read_dir(folder).unwrap().any(|f| f.unwrap().path().extension().is_some_and(|e| e == "part"));
    while !begun() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(300));
    child
}

fn killed(folder: &Path) {
    let mut child = stuck(folder);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.join("r.json").exists(), "absent, never half");
}

fn interrupted(folder: &Path) {
    let mut child = stuck(folder);
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let mut out = child.stdout.take().unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut out, &mut bytes).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let report = fs::read_to_string(folder.join("r.json")).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&report).unwrap()["rollup"].is_object(), "closed well formed");
    assert!(bytes.ends_with(b"\n"));
}
