//! Whole runs of the program: exit codes, streams, files, interruptions; what a script or a cluster relies on.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn heard(folder: &Path) -> Command {
    let mut command = common::command(folder);
    command.env_remove("NO_COLOR");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    heard(folder).args(args).output().unwrap()
}

fn piped(folder: &Path, args: &[&str], input: &str) -> Output {
    common::pipe(heard(folder).args(args), input)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn call(id: &str, agent: &str) -> String {
    let turns =
        [("agent", agent), ("customer", "My mother died and I am so sad."), ("agent", "What is your account number?")];
    let mut turn_list = Vec::new();
    for (k, (speaker, said)) in turns.iter().enumerate() {
        let (start, end) = (k * 5, k * 5 + 4);
        turn_list.push(serde_json::json!({"speaker": speaker, "start_s": start, "end_s": end, "text": said}));
    }
    serde_json::json!({"call": id, "turns": turn_list}).to_string()
}

const COLD: &str = "Acme, Jo speaking, what is it?";

/// Call JSONL with broken and blank lines in between; also how many lines are not blank.
fn mixed(calls: usize) -> (String, usize) {
    let (mut lines, mut count) = (String::new(), 0);
    for k in 0..calls {
        if k % 101 == 50 {
            let cut = &call("cut", COLD)[..40];
            writeln!(lines, "{cut}").unwrap();
            count += 1;
        }
        if k % 7 == 0 {
            lines.push('\n');
        }
        writeln!(lines, "{}", call(&format!("c-{k}"), &format!("{COLD} {}", "so ".repeat(k % 40)))).unwrap();
        count += 1;
    }
    (lines, count)
}

const MAPPER: [&str; 6] = ["audit", "--from", "jsonl", "--format", "jsonl", "-"];

#[test]
fn any_number_of_workers_writes_the_same_bytes_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let (lines, count) = mixed(400);
    let of = |jobs: &str| {
        let mut args = MAPPER.to_vec();
        args.extend(["--jobs", jobs]);
        let output = piped(folder.path(), &args, &lines);
        assert_eq!(code(&output), 3, "some lines are broken");
        output.stdout
    };
    let one = of("1");
    for (k, line) in text(&one).lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["record"], k, "in order");
    }
    assert_eq!(text(&one).lines().count(), count, "a line for each line");
    assert!(one == of("2") && one == of("7") && one == of("1"), "the same bytes");
}

#[test]
fn lenient_is_for_mappers() {
    let folder = tempfile::tempdir().unwrap();
    let mut args = MAPPER.to_vec();
    args.push("--lenient");
    let (lines, count) = mixed(60);
    let output = piped(folder.path(), &args, &lines);
    assert_eq!((code(&output), text(&output.stdout).lines().count()), (0, count));
    // A partition may be empty.
    let output = piped(folder.path(), &args, "");
    assert_eq!((code(&output), output.stdout.len()), (0, 0), "{}", text(&output.stderr));
}

#[test]
fn a_slow_producer_is_answered_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = heard(folder.path()).args(MAPPER).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for k in 0..5 {
        writeln!(stdin, "{}", call(&format!("slow-{k}"), COLD)).unwrap();
        stdin.flush().unwrap();
        // Blocks for ever if the answer waits for the next line.
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.contains(&format!("\"call\":\"slow-{k}\"")), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn exit_0_and_2_and_3() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("good.jsonl"), call("good", COLD) + "\n").unwrap();
    fs::write(path.join("bad.jsonl"), format!("{}\n{{\"call\": \"x\", \n", call("fine", COLD))).unwrap();
    let cases: [(&[&str], i32); 12] = [
        (&["audit", "good.jsonl"], 0),
        (&["convert", "good.jsonl"], 0),
        (&["--version"], 0),
        (&["audit", "--help"], 0),
        (&["audit", "bad.jsonl"], 3),
        (&["convert", "bad.jsonl"], 3),
        (&["audit", "bad.jsonl", "--lenient"], 0),
        (&["audit", "absent.jsonl", "good.jsonl"], 2),
        (&["audit"], 2),
        (&["audit", "--fail-under", "many", "good.jsonl"], 2),
        (&["audit", "good.jsonl", "-o", "no/such/folder/out.json"], 2),
        (&["audit", "good.jsonl", "-o", "good.jsonl"], 2),
    ];
    for (args, want) in cases {
        let output = run(path, args);
        assert_eq!(code(&output), want, "{args:?}: {}", text(&output.stderr));
        if want == 2 {
            assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}: did not run, and said why");
        }
    }
    assert_eq!(fs::read_to_string(path.join("good.jsonl")).unwrap(), call("good", COLD) + "\n", "left alone");
}

#[test]
fn exit_1_if_something_fell_short_and_3_wins() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("good.jsonl"), call("good", COLD) + "\n").unwrap();
    fs::write(path.join("bad.jsonl"), format!("{}\nbroken\n", call("fine", COLD))).unwrap();
    let of = |args: &[&str]| code(&run(path, args));
    assert_eq!(of(&["audit", "good.jsonl", "--fail-on", "note"]), 1);
    assert_eq!(of(&["audit", "good.jsonl", "--fail-under", "100"]), 1);
    assert_eq!(of(&["audit", "good.jsonl", "--fail-under", "0"]), 0);
    assert_eq!(of(&["audit", "bad.jsonl", "--fail-on", "note"]), 3);
    assert_eq!(of(&["audit", "bad.jsonl", "--fail-on", "note", "--lenient"]), 1);
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = tempfile::tempdir().unwrap();
    // More than a pipe holds, so that the program is still writing when its reader leaves.
    let (lines, _) = mixed(1_000);
    fs::write(folder.path().join("calls.jsonl"), lines).unwrap();
    let commands = [&["audit", "-q", "--format", "jsonl", "calls.jsonl"][..], &["convert", "-q", "calls.jsonl"]];
    for args in commands {
        let mut child = heard(folder.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), text(&output.stderr)), (0, ""), "{args:?}");
    }
}

#[test]
fn what_convert_writes_is_audited_the_same() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("calls.jsonl"), mixed(60).0).unwrap();
    for (at, path) in [(folder.path(), "calls.jsonl"), (examples.as_path(), "calls")] {
        let direct = run(at, &["audit", "--format", "csv", path]);
        let converted = run(at, &["convert", path]);
        assert!(!converted.stdout.is_empty());
        let mut args = MAPPER.to_vec();
        args[4] = "csv";
        let round = piped(at, &args, text(&converted.stdout));
        assert_eq!(code(&round), 0, "only calls are converted");
        // All but the source, which is standard input here.
        let rows = |csv: &[u8]| {
            let fields = |line: &str| line.splitn(3, ',').map(str::to_owned).collect::<Vec<_>>();
            let rows = text(csv).lines().map(fields);
            rows.map(|f| [f[0].clone(), f[2].clone()]).collect::<Vec<_>>()
        };
        assert_eq!(rows(&direct.stdout), rows(&round.stdout), "{path}");
    }
}

#[test]
fn a_sample_is_the_same_whoever_draws_it() {
    let folder = tempfile::tempdir().unwrap();
    let (lines, _) = mixed(300);
    let ids = |args: &[&str]| {
        let mut all = MAPPER.to_vec();
        all.extend(args);
        let output = piped(folder.path(), &all, &lines);
        let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        let calls = text(&output.stdout).lines().map(value).filter(|v| v.get("call").is_some());
        calls.map(|v| v["call"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let twenty = ids(&["--sample", "20"]);
    assert_eq!(twenty.len(), 20);
    assert_eq!(twenty, ids(&["--sample", "20", "--jobs", "7"]));
    let number = |id: &String| id.trim_start_matches("c-").parse::<usize>().unwrap();
    assert!(twenty.is_sorted_by_key(number), "in input order: {twenty:?}");
    let share = ids(&["--sample", "10%"]);
    assert!((10..60).contains(&share.len()), "{} of 300", share.len());
    assert!(ids(&["--sample", "40"]).iter().filter(|id| twenty.contains(id)).count() == 20, "a bigger one holds it");
}

#[test]
fn files_are_whole_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("calls.jsonl"), mixed(60).0).unwrap();
    let output = run(path, &["audit", "-q", "calls.jsonl", "-o", "a.json", "-o", "csv:b.txt", "--format", "jsonl"]);
    assert_eq!(code(&output), 3);
    let whole: serde_json::Value = serde_json::from_str(&fs::read_to_string(path.join("a.json")).unwrap()).unwrap();
    assert_eq!(whole["calls"].as_array().unwrap().len(), text(&output.stdout).lines().count());
    assert!(fs::read_to_string(path.join("b.txt")).unwrap().starts_with("call,source,"));
    let mut names: Vec<_> = fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.json", "b.txt", "calls.jsonl"], "nothing is left behind");
}

/// A run that has answered its first line and waits for the next one.
fn waiting(folder: &Path) -> Child {
    let mut command = heard(folder);
    command.args(MAPPER).args(["-o", "out.json"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "{}", call("first", COLD)).unwrap();
    let mut answer = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut answer).unwrap();
    child
}

#[cfg(unix)]
#[test]
fn ctrl_c_closes_the_outputs_and_ends_with_130() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = waiting(folder.path());
    // Its input stays open: a run that only looks between two reads would wait for ever.
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "did not stop");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(130));
    let report = fs::read_to_string(folder.path().join("out.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["calls"][0]["call"], "first");
}

#[test]
fn after_a_kill_the_file_is_absent() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = waiting(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.path().join("out.json").exists());
}

#[test]
fn a_trace_shows_every_stage_on_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let output = piped(
        folder.path(),
        &["audit", "--from", "jsonl", "--trace", "b", "-"],
        &format!("{}\n{}\n", call("a", COLD), call("b", COLD)),
    );
    let told = text(&output.stderr);
    for stage in ["trace of \"b\"", "framed", "parsed", "tagged", "rendered"] {
        assert_eq!(told.matches(stage).count(), 1, "{stage}: {told}");
    }
    let line = "turn 1, sentence 0: \"My mother died and I am so sad.\" [hardship";
    assert!(told.contains(line), "tags in sentences: {told}");
    let output = piped(folder.path(), &["audit", "--from", "jsonl", "--trace", "z", "-"], &call("a", COLD));
    assert!(text(&output.stderr).contains("no call with this id"), "{}", text(&output.stderr));
}

#[test]
fn the_file_sets_defaults_and_the_command_line_wins() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b");
    fs::create_dir_all(&deep).unwrap();
    fs::write(folder.path().join("heard.toml"), "[audit]\nformat = 'jsonl'\nfrom = 'jsonl'\n").unwrap();
    let line = call("c", COLD);
    // Without a repository whatever lies further up is somebody else's.
    assert!(!piped(&deep, &["audit", "--from", "jsonl"], &line).stdout.starts_with(b"{\"schema\""));
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert!(piped(&deep, &["audit"], &line).stdout.starts_with(b"{\"schema\""));
    assert!(piped(&deep, &["audit", "--format", "csv"], &line).stdout.starts_with(b"call,source,"));
    assert!(!piped(&deep, &["audit", "--no-config", "--from", "jsonl"], &line).stdout.starts_with(b"{"));
    fs::write(folder.path().join("heard.toml"), "[audit]\nformat = 'jsonl'\nfromm = 3\n").unwrap();
    let output = piped(&deep, &["audit"], &line);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("heard.toml:3:1: no key `fromm` in [audit] (did you mean `from`?)"));
}

#[test]
fn the_manual_and_the_completions_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&["man"][..], &["completions", "bash"], &["completions", "zsh"], &["completions", "fish"]] {
        let output = run(folder.path(), args);
        assert_eq!(code(&output), 0);
        for command in ["audit", "convert", "formats", "completions", "man"] {
            assert!(text(&output.stdout).contains(command), "{args:?} does not know {command}");
        }
    }
}

/// Whoever writes reports beside the calls may do so again.
#[test]
fn reports_beside_the_calls_are_no_calls() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("calls")).unwrap();
    fs::write(folder.path().join("calls/a.txt"), "Agent: Hi.\nCustomer: Hello.\n").unwrap();
    // Every format of reports but the one that goes to a log: a new one is known again by `input::files::own_report`.
    let kinds: Vec<_> = heard::output::OUTPUTS.iter().filter(|kind| kind.name != "github").collect();
    let file = |kind: &&&heard::output::OutputKind| {
        format!("{0}:calls/{0}.{1}", kind.name, kind.extensions.first().unwrap_or(&"csv"))
    };
    let files: Vec<String> = kinds.iter().map(file).collect();
    let mut args = vec!["audit", "calls", "--format", "csv"];
    args.extend(files.iter().flat_map(|file| ["-o", file.as_str()]));
    let first = run(folder.path(), &args);
    let again = run(folder.path(), &args);
    assert_eq!(code(&again), 0, "{again:?}");
    assert_eq!(text(&again.stdout), text(&first.stdout));
    let markdown = fs::read_to_string(folder.path().join("calls/markdown.md")).unwrap();
    assert!(markdown.contains("\n1 call, mean score "), "{markdown}");
    let skipped = format!("{} files of folders were skipped", kinds.len());
    assert!(text(&again.stderr).contains(&skipped), "{again:?}");
}

/// A name that is no UTF-8 opens its file all the same, as it does where it lies in a folder.
#[cfg(unix)]
#[test]
fn a_path_is_whatever_the_system_says() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    // Not every file system takes such a name.
    if fs::write(folder.path().join(name), "Agent: Hi.\nCustomer: Hello.\n").is_err() {
        return;
    }
    for command in ["audit", "inspect", "convert"] {
        let output = heard(folder.path()).arg(command).arg(name).output().unwrap();
        assert_eq!(code(&output), 0, "{command}: {output:?}");
        assert!(text(&output.stdout).contains("caf\u{fffd}"), "{output:?}");
    }
    let detect = heard(folder.path()).args(["formats", "--detect"]).arg(name).output().unwrap();
    assert!(text(&detect.stdout).contains("plain-text"), "{detect:?}");
}
