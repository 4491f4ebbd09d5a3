//! Settings that somebody else wrote, outputs that meet something in their place, disks that are full, and signals.

use crate::common::{command, run, said};
use crate::ends;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

const CALL: &str = r#"{"call":"a","turns":[{"speaker":"agent","text":"Hello."},{"speaker":"customer","text":"Hi."}]}"#;

/// What is tried, and the test of it; the folder holds `repo/calls/a.jsonl`, and `repo` is a repository.
pub const CASES: &[(&str, fn(&Path))] = &[
    ("settings that write elsewhere", settings_that_write_elsewhere),
    ("settings that write through a link", settings_that_write_through_a_link),
    ("settings further up without a repository", settings_further_up),
    ("settings that are a link", settings_that_are_a_link),
    ("settings say that they are used", settings_are_told),
    ("a link in the place of an output", link_in_the_way),
    ("the mode of an output that is replaced", mode_stays),
    ("what a killed run left", leftovers_go),
    ("a full disk", full_disk),
    ("metadata that is something else", |folder| quotes_nothing(folder, &["audit", "--meta", "secret", "calls"])),
    ("labels that are something else", |folder| quotes_nothing(folder, &["agree", "secret", "calls"])),
    ("a pack that is something else", |folder| quotes_nothing(folder, &["audit", "--rules", "./secret", "calls"])),
    ("a baseline that is something else", |folder| {
        quotes_nothing(folder, &["check", "--baseline", "secret", "calls/a.jsonl"]);
    }),
    ("weights that are something else", weights_quote_nothing),
    ("an interrupt while the input waits", interrupt_while_waiting),
    ("an interrupt while nobody reads", interrupt_while_nobody_reads),
    ("a run that is killed", killed),
    ("the language and the time zone of the environment", places_change_nothing),
];

#[test]
fn nobody_is_harmed() {
    for (name, test) in CASES {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("repo/calls")).unwrap();
        fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
        fs::write(folder.path().join("repo/calls/a.jsonl"), CALL).unwrap();
        fs::write(folder.path().join("victim"), "untouched").unwrap();
        // The name of the one that fails.
        eprintln!("{name}");
        test(folder.path());
        assert_eq!(fs::read_to_string(folder.path().join("victim")).unwrap(), "untouched", "{name}");
    }
}

fn code(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, args);
    (output.status.code(), said(&output))
}

fn settings(folder: &Path, text: &str) {
    fs::write(folder.join("repo/heard.toml"), text).unwrap();
}

fn settings_that_write_elsewhere(top: &Path) {
    for path in ["csv:../victim", "json:../victim", "csv:calls/../../victim"] {
        settings(top, &format!("[audit]\noutput = ['{path}']\n"));
        let (code, said) = code(&top.join("repo"), &["audit", "calls"]);
        assert!(code == Some(2) && said.contains("not below the folder"), "{said}");
    }
}

fn settings_that_write_through_a_link(top: &Path) {
    std::os::unix::fs::symlink(top, top.join("repo/out")).unwrap();
    settings(top, "[audit]\noutput = ['csv:out/victim']\n");
    let (code, said) = code(&top.join("repo"), &["audit", "calls"]);
    assert!(code == Some(2) && said.contains("not below the folder"), "{said}");
}

fn settings_further_up(top: &Path) {
    fs::remove_dir(top.join("repo/.git")).unwrap();
    settings(top, "[audit]\nformat = 'csv'\n");
    let output = run(&top.join("repo/calls"), &["audit", "a.jsonl"]);
    assert!(!output.stdout.starts_with(b"call,") && !said(&output).contains("settings"));
}

fn settings_that_are_a_link(top: &Path) {
    fs::write(top.join("other.toml"), "secret = 1\n").unwrap();
    std::os::unix::fs::symlink(top.join("other.toml"), top.join("repo/heard.toml")).unwrap();
    let (code, said) = code(&top.join("repo"), &["audit", "calls"]);
    assert!(code == Some(2) && said.contains("is a link") && !said.contains("secret"), "{said}");
}

fn settings_are_told(top: &Path) {
    settings(top, "[audit]\nformat = 'csv'\noutput = ['json:report.json']\n");
    let (code, told) = code(&top.join("repo"), &["audit", "calls"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        told.matches("settings of heard.toml are used: format, output; writes report.json").count(),
        1,
        "{told}"
    );
    assert!(top.join("repo/report.json").exists());
    assert!(said(&run(&top.join("repo"), &["audit", "-q", "calls"])).is_empty());
}

fn link_in_the_way(top: &Path) {
    std::os::unix::fs::symlink(top.join("victim"), top.join("repo/r.csv")).unwrap();
    assert_eq!(code(&top.join("repo"), &["audit", "-o", "r.csv", "calls"]).0, Some(0));
    assert!(fs::symlink_metadata(top.join("repo/r.csv")).unwrap().is_file());
}

fn mode_stays(top: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let path = top.join("repo/r.csv");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(code(&top.join("repo"), &["audit", "-o", "r.csv", "calls"]).0, Some(0));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&path).unwrap().starts_with("call,"));
}

/// Files of ours in a folder that are not whole.
fn parts(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    names.filter(|name| Path::new(name).extension().is_some_and(|e| e == "part")).count()
}

fn leftovers_go(top: &Path) {
    let folder = top.join("repo");
    let mut child = command(&folder)
        .args(["audit", "-o", "r.csv", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while parts(&folder) == 0 && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(parts(&folder), 1);
    // One that is at work is left alone.
    assert_eq!(code(&folder, &["audit", "-o", "other.csv", "calls"]).0, Some(0));
    assert_eq!(parts(&folder), 1);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.join("r.csv").exists());
    assert_eq!(code(&folder, &["audit", "-o", "other.csv", "calls"]).0, Some(0));
    assert_eq!(parts(&folder), usize::from(!cfg!(target_os = "linux")));
}

fn full_disk(top: &Path) {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let (code, told) = code(&top.join("repo"), &["audit", "-o", "csv:/dev/full", "calls"]);
    assert!(code == Some(2) && told.contains("/dev/full: cannot be written: No space left"), "{told}");
    let output = ends(&mut crate::common::shell(&top.join("repo"), "exec heard audit --format csv calls > /dev/full"));
    assert!(output.status.code() == Some(2) && said(&output).contains("standard output"), "{}", said(&output));
}

/// What a file says that is not what it was taken for.
const SECRET: &str = "root:hunter2:0:0,swordfish;\"letmein\n{\"key\": \"opensesame\"}\n";

fn quotes_nothing(top: &Path, args: &[&str]) {
    let folder = top.join("repo");
    for text in [SECRET, "{\"hunter2\": [\"swordfish\"]}", "hunter2,swordfish\nletmein,opensesame\n"] {
        fs::write(folder.join("secret"), text).unwrap();
        let (_, told) = code(&folder, args);
        for word in ["hunter2", "swordfish", "letmein", "opensesame"] {
            assert!(!told.contains(word), "{args:?}: {told}");
        }
        assert!(told.contains("secret"), "{args:?}: the file is named: {told}");
    }
}

fn weights_quote_nothing(top: &Path) {
    let pack = "[pack]\nname = 'x'\n[set.t]\nphrases = ['a']\nlearned = './secret'\n[[rule]]\nid = 'r'\ntitle = 'R'\nsection = 's'\nweight = 1\nseverity = 'note'\nwho = 'agent'\nfind = ['t']\nadvice = 'x'\nsource = 'y'\n";
    fs::write(top.join("repo/own.toml"), pack).unwrap();
    quotes_nothing(top, &["audit", "--rules", "own.toml", "calls"]);
}

fn interrupt(child: &std::process::Child) {
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Ends within a second, and what a busy machine adds.
fn ends_soon(child: &mut std::process::Child) -> Option<i32> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(started.elapsed() < Duration::from_secs(5), "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn interrupt_while_waiting(top: &Path) {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    let folder = top.join("repo");
    let mut child = command(&folder)
        .args(["audit", "--from", "jsonl", "--format", "jsonl", "-o", "r.json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(format!("{CALL}\n").as_bytes()).unwrap();
    stdin.flush().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    interrupt(&child);
    assert_eq!(ends_soon(&mut child), Some(130));
    stdout.read_to_string(&mut line).unwrap();
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("r.json")).unwrap()).unwrap();
    assert_eq!(report["calls"].as_array().unwrap().len(), 1, "closed well formed, with what was done");
    drop(stdin);
}

fn interrupt_while_nobody_reads(top: &Path) {
    let folder = top.join("repo");
    fs::write(folder.join("many.jsonl"), format!("{CALL}\n").repeat(3000)).unwrap();
    let mut child = command(&folder)
        .args(["audit", "--from", "jsonl", "--format", "jsonl", "-o", "r.json", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its pipe is full and stays so.
    std::thread::sleep(Duration::from_secs(4));
    interrupt(&child);
    assert_eq!(ends_soon(&mut child), Some(130));
    assert_eq!(parts(&folder), 0);
}

fn killed(top: &Path) {
    let folder = top.join("repo");
    fs::write(folder.join("r.csv"), "old").unwrap();
    let mut child = command(&folder)
        .args(["audit", "-o", "r.csv", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(folder.join("r.csv")).unwrap(), "old");
}

fn places_change_nothing(top: &Path) {
    let folder = top.join("repo");
    let started =
        CALL.replace("\"turns\"", "\"agent\":\"I\\u0307rem Iii\",\"started\":\"2026-05-01T23:30:00-07:00\",\"turns\"");
    fs::write(folder.join("calls/b.jsonl"), started).unwrap();
    let places = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("TZ", "Asia/Kolkata"),
        ("TZ", "America/Los_Angeles"),
        ("LANG", "C"),
        ("TERM", "dumb"),
        ("COLUMNS", "40"),
        ("COLUMNS", "200"),
    ];
    for args in [&["audit", "calls", "--summary"][..], &["rules", "explain", "early-statement"], &["inspect", "calls"]]
    {
        let of = |name: &str, value: &str| command(&folder).env(name, value).args(args).output().unwrap().stdout;
        let usual = of("COLUMNS", "80");
        for (name, value) in places {
            assert_eq!(of(name, value), usual, "{args:?} under {name}={value}");
        }
    }
    // Every output, as a file and read by a summary.
    let written = |name: &str, value: &str| {
        let mut audit = command(&folder);
        audit.env(name, value).args(["audit", "calls", "--format", "jsonl"]);
        for kind in heard::output::OUTPUTS {
            audit.arg("-o").arg(format!("{0}:../{0}", kind.name));
        }
        let mut all = vec![("standard output", audit.output().unwrap().stdout)];
        for kind in heard::output::OUTPUTS {
            all.push((kind.name, fs::read(top.join(kind.name)).unwrap()));
        }
        let mut summary = command(&folder);
        all.push(("summary", summary.env(name, value).args(["summary", "../jsonl"]).output().unwrap().stdout));
        all
    };
    let usual = written("COLUMNS", "80");
    for (name, value) in places {
        for ((what, now), (_, before)) in written(name, value).iter().zip(&usual) {
            assert!(now == before && !now.is_empty(), "{what} under {name}={value}");
        }
    }
}
