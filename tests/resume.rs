//! `--resume`: a run that goes on where another one ended gives the bytes of a run that was never interrupted.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{command, piped, printed, run, said, top};
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

const MAPPER: [&str; 6] = ["audit", "--from", "jsonl", "--format", "jsonl", "-"];

/// Calls in which some names and numbers tell who somebody is, and a line that is no call.
fn calls(count: usize) -> String {
    let mut lines = String::new();
    for k in 0..count {
        let number = 4_111_111_111_111_111_u64 + (k as u64 % 3) * 1_000;
        let answer =
            ["What is the number on it?", "I'm so sorry to hear that, Mary.", "I'd be happy to help you."][k % 3];
        let call = json!({
            "call": format!("c-{k:03}"), "agent": if k % 2 == 0 { "Jo Smith" } else { "Ann Bell" }, "customer": "Mary Weston",
            "queue": if k % 2 == 0 { "billing" } else { "delivery" }, "started": format!("2026-05-04T{:02}:15:00Z", 8 + k % 4),
            "meta": {"csat": k % 5, "phone": "020 7946 0018", "share": 0.1 + k as f64},
            "turns": [
                {"speaker": "agent", "name": "Jo", "start_s": 0.0, "end_s": 3.2, "text": "Thanks for calling Acme, this is Jo."},
                {"speaker": "customer", "start_s": 3.5, "end_s": 7.0, "text": format!("Hi, it's Mary Weston, my card {number} was charged twice and I'm really upset.")},
                {"speaker": "agent", "name": "Jo", "start_s": 7.5, "end_s": 10.0, "text": answer},
                {"speaker": "customer", "start_s": 10.5, "end_s": 12.0, "text": "So that was \u{2028} charged 7 times? I\u{2019}m at mary@weston.example."},
                {"speaker": "agent", "name": "Jo", "start_s": 12.5, "end_s": 15.0, "text": format!("I've refunded {number}, I'm sorry that your card ending {} was charged twice.", k % 10)},
            ],
        });
        lines.push_str(&call.to_string());
        lines.push('\n');
        if k == 3 {
            lines.push_str("{\"call\":\"broken\",\"turns\":[{\"spea\n");
        }
    }
    lines
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap()
}

/// The numbers of "5 calls are taken from there, 7 judged".
fn taken(said: &str) -> (u64, u64) {
    let note =
        said.lines().find(|line| line.contains("taken from there")).unwrap_or_else(|| panic!("no note in {said}"));
    let number = |word: &str| word.parse().ok();
    let mut numbers = note.split(' ').filter_map(number);
    (numbers.next().unwrap(), numbers.next().unwrap())
}

#[test]
fn results_cut_anywhere_are_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let (at, input) = (folder.path(), calls(12));
    let lenient = [&MAPPER[..], &["--lenient"]].concat();
    let whole = piped(at, &lenient, input.clone());
    let whole = printed(&whole).to_owned();
    let ends: Vec<usize> = whole.match_indices('\n').map(|(end, _)| end).collect();
    let near_ends =
        ends.iter().step_by(4).flat_map(|end| [end - 1, *end, end + 1, end + 2]).filter(|cut| *cut < whole.len());
    let mut cuts: Vec<usize> =
        (0..whole.len()).step_by(whole.len() / 8).chain([1, 5, 22, 23, 40]).chain(near_ends).collect();
    cuts.push(whole.len());
    for cut in cuts {
        fs::write(at.join("got.jsonl"), &whole.as_bytes()[..cut]).unwrap();
        let resumed = piped(at, &[&lenient[..], &["--resume", "got.jsonl"]].concat(), input.clone());
        assert_eq!(printed(&resumed), whole, "cut at {cut}");
        // The fifth line is one that could not be read, and is read again.
        let lines = ends.iter().filter(|end| **end <= cut).count();
        let known = (lines - usize::from(lines >= 5)) as u64;
        let said = said(&resumed);
        assert_eq!(taken(&said), (known, 12 - known), "cut at {cut}: {said}");
        let is_cut = cut > 0 && !ends.iter().any(|end| (*end..=end + 1).contains(&cut));
        assert_eq!(said.contains("its last line was cut"), is_cut, "cut at {cut}: {said}");
    }
}

#[test]
fn a_killed_process_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let (at, input) = (folder.path(), calls(60));
    let lenient = [&MAPPER[..], &["--lenient"]].concat();
    let whole = piped(at, &lenient, input.clone());
    let got = at.join("got.jsonl");
    let mut child = command(at)
        .args(&lenient)
        .stdin(Stdio::piped())
        .stdout(fs::File::create(&got).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // It has more to do when it is killed: the rest of its input never comes.
    let mut stdin = child.stdin.take().unwrap();
    let half = input.match_indices('\n').nth(30).unwrap().0 + 100;
    stdin.write_all(&input.as_bytes()[..half]).unwrap();
    stdin.flush().unwrap();
    let begun = || fs::metadata(&got).unwrap().len() > 0;
    for _ in 0..600 {
        if begun() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(begun(), "what is ready is written while the input pauses");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(stdin);
    let resumed = piped(at, &[&lenient[..], &["--resume", "got.jsonl"]].concat(), input);
    assert!(printed(&resumed) == printed(&whole), "another one than that of a run that was left alone");
    let (taken, judged) = taken(&said(&resumed));
    assert!(taken > 0 && judged > 0 && taken + judged == 60, "{taken} taken, {judged} judged");
}

#[test]
fn every_output_says_what_it_says_of_a_fresh_run() {
    const FILES: [&str; 8] =
        ["jsonl", "json", "csv", "md", "xlsx", "csv-findings:findings", "csv-outcomes:outcomes", "junit:units"];
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("calls.jsonl"), calls(25)).unwrap();
    fs::create_dir(at.join("more")).unwrap();
    for file in fs::read_dir(top().join("examples/calls")).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), at.join("more").join(file.file_name())).unwrap();
        }
    }
    let name = |run: &str, file: &str| match file.split_once(':') {
        Some((format, extension)) => format!("{format}:{run}.{extension}"),
        None => format!("{run}.{file}"),
    };
    let audit = |name_of_run: &str, more: &[&str]| {
        let mut args =
            vec!["audit", "calls.jsonl", "more", "--rules", "full", "--all", "--lenient", "--outcome", "csat"];
        let files: Vec<String> = FILES.iter().map(|file| name(name_of_run, file)).collect();
        args.extend(files.iter().flat_map(|file| ["-o", file.as_str()]));
        args.extend(more);
        run(at, &args)
    };
    for redaction in [&[][..], &["--redact"], &["--no-redact"]] {
        let fresh = audit("fresh", redaction);
        let plain = run(at, &["audit", "calls.jsonl", "more", "--rules", "full", "--lenient", "--format", "jsonl"]);
        fs::write(at.join("plain.jsonl"), printed(&plain)).unwrap();
        // From what a file of -o had got, redacted or not, and from what standard output had.
        for from in ["fresh.jsonl", "plain.jsonl"] {
            let resumed = audit("resumed", &[redaction, &["--resume", from]].concat());
            let other = printed(&resumed).lines().zip(printed(&fresh).lines()).find(|(new, old)| new != old);
            assert_eq!(other, None, "{redaction:?} from {from}: text is another one");
            for file in FILES {
                let extension = file.rsplit(':').next().unwrap();
                let [new, old] = ["resumed", "fresh"].map(|run| bytes(at, &format!("{run}.{extension}")));
                assert!(new == old, "{redaction:?} from {from}: {file} is another one");
            }
            let (taken, judged) = taken(&said(&resumed));
            let same = redaction.is_empty() || (from == "fresh.jsonl") || redaction == ["--no-redact"];
            assert!(
                taken > 0 && (!same || redaction.is_empty() || judged == 0),
                "{redaction:?} from {from}: {taken}, {judged}"
            );
        }
    }
    let drawn = run(at, &["audit", "calls.jsonl", "--lenient", "-o", "a.html", "--resume", "plain.jsonl"]);
    assert!(said(&drawn).contains("html shows more of a call than its line holds"), "{}", said(&drawn));
    let summed = run(
        at,
        &[
            "audit", "calls.jsonl", "--rules", "full", "--lenient", "--summary", "--no-redact", "-o", "a.html",
            "--resume", "plain.jsonl",
        ],
    );
    assert!(taken(&said(&summed)).0 > 0);
}

#[test]
fn a_line_is_taken_as_it_was_and_counts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let input = calls(3);
    let whole = piped(at, &MAPPER, input.clone());
    let marked = printed(&whole).replacen("\"advice\":\"", "\"advice\":\"(as it was) ", 1);
    let zero = regex::Regex::new(r#""score":[0-9.]+,"band":"[a-z]+""#).unwrap();
    let marked = zero.replace(&marked, r#""score":1.5,"band":"poor""#);
    fs::write(at.join("got.jsonl"), &*marked).unwrap();
    let args = [&MAPPER[..], &["--resume", "got.jsonl", "--fail-under", "2"]].concat();
    let resumed = piped(at, &args, input.clone());
    assert_eq!(resumed.status.code(), Some(1), "a score that was taken counts: {}", said(&resumed));
    assert!(String::from_utf8(resumed.stdout).unwrap() == marked, "the line is another one");
    let fresh = piped(at, &[&MAPPER[..], &["--fail-under", "2"]].concat(), input);
    assert_eq!(fresh.status.code(), Some(0));
}

#[test]
fn what_this_run_would_say_otherwise_is_judged_anew() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("calls.jsonl"), calls(4)).unwrap();
    fs::write(at.join("meta.csv"), "call,csat\nc-000,9\n").unwrap();
    let base = ["audit", "calls.jsonl", "--format", "jsonl", "--lenient"];
    fs::write(at.join("old.jsonl"), printed(&run(at, &base))).unwrap();
    let other = fs::read_to_string(at.join("old.jsonl")).unwrap().replace("\"version\":\"", "\"version\":\"0.0.");
    fs::write(at.join("version.jsonl"), other).unwrap();
    for (file, flags, judged, note) in [
        ("old.jsonl", &["--rules", "full"][..], 4, "4 calls were judged by heard 0."),
        ("old.jsonl", &["--detectors", "phrases"], 4, "combined; this is heard"),
        ("version.jsonl", &[], 4, "judged by heard 0.0."),
        ("old.jsonl", &["--select", "early-statement"], 4, "they are judged anew"),
        ("old.jsonl", &["--rule", "early-statement"], 4, ""),
        ("old.jsonl", &["--meta", "meta.csv"], 1, ""),
        ("old.jsonl", &["--trace", "c-001"], 1, "judged"),
        ("old.jsonl", &["--sample", "50%"], 0, ""),
        ("old.jsonl", &["--agent", "Jo Smith"], 0, ""),
    ] {
        let fresh = run(at, &[&base, flags].concat());
        let resumed = run(at, &[&base, flags, &["--resume", file]].concat());
        assert_eq!(printed(&resumed), printed(&fresh), "{file} {flags:?}");
        let said = said(&resumed);
        assert!(said.contains(note), "{flags:?}: {said}");
        assert_eq!(taken(&said).1, judged, "{flags:?}: {said}");
    }
    // Other words under the same name.
    let changed = calls(4).replace("I'd be happy to help you.", "What else?");
    fs::write(at.join("calls.jsonl"), changed).unwrap();
    let resumed = run(at, &[&base[..], &["--resume", "old.jsonl"]].concat());
    assert_eq!(printed(&resumed), printed(&run(at, &base)));
    assert_eq!(taken(&said(&resumed)), (3, 1));
}

#[test]
fn a_folder_costs_what_is_new_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("calls")).unwrap();
    let put = |name: &str, text: &str| fs::write(at.join("calls").join(name), text).unwrap();
    put("b.txt", "Agent: Acme, this is Jo.\nCustomer: My parcel is lost.\nAgent: I'm so sorry.\n");
    put("d.txt", "Agent: Acme, this is Ann.\nCustomer: My parcel is late.\nAgent: I'm so sorry about that.\n");
    let night = || run(at, &["audit", "calls", "--resume", "results.jsonl", "-o", "results.jsonl"]);
    let first = night();
    assert!(said(&first).contains("results.jsonl: is not there yet, so every call is judged"), "{}", said(&first));
    printed(&first);
    assert_eq!(taken(&said(&night())), (2, 0));
    put("a.txt", "Agent: Acme, this is Jo.\nCustomer: My parcel is here.\nAgent: Lovely.\n");
    put("c.txt", "Agent: Acme, this is Jo.\nCustomer: My parcel is wet.\nAgent: Oh no.\n");
    fs::remove_file(at.join("calls/d.txt")).unwrap();
    let third = night();
    assert_eq!(taken(&said(&third)), (1, 2));
    printed(&run(at, &["audit", "calls", "-o", "fresh.jsonl"]));
    assert!(bytes(at, "results.jsonl") == bytes(at, "fresh.jsonl"));
}

#[test]
fn what_is_no_results_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("calls.jsonl"), calls(2)).unwrap();
    fs::write(at.join("empty.jsonl"), "").unwrap();
    for (file, what) in [("calls.jsonl", "holds no results of calls"), ("none.jsonl", "--resume none.jsonl: ")] {
        let refused = run(at, &["audit", "calls.jsonl", "--resume", file]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(said(&refused).contains(what), "{}", said(&refused));
    }
    assert_eq!(taken(&said(&run(at, &["audit", "calls.jsonl", "--resume", "empty.jsonl"]))), (0, 2));
    let results = run(at, &["audit", "calls.jsonl", "--format", "jsonl"]);
    let results = printed(&results);
    let cut = &results[..results.len() - 9];
    // Two parts joined, the first of them cut.
    fs::write(at.join("joined.jsonl"), format!("{cut}{results}")).unwrap();
    let resumed = run(at, &["audit", "calls.jsonl", "--format", "jsonl", "--resume", "joined.jsonl"]);
    assert_eq!(printed(&resumed), results);
    assert!(said(&resumed).contains("1 line that is no result is read past, line 2 the first"), "{}", said(&resumed));
    let line: Value = serde_json::from_str(results.lines().next().unwrap()).unwrap();
    assert_eq!(line["record"], 0);
}
