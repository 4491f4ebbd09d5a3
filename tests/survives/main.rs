#![cfg(unix)]
//! What somebody may do to the program, and what it does then: each case is tried, and the page of them is made from what is
//! tried here.
#![allow(clippy::unwrap_used, reason = "a test that cannot make its input has failed")]
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::naive_bytecount,
    clippy::print_stderr,
    clippy::type_complexity,
    reason = "input is made and counted in the plainest way, and a case that hangs must say its name"
)]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "the constants are for the tests that try them")]
#[path = "../fuzz/counts.rs"]
mod counts;
mod documents;
mod files;
mod inputs;
mod nasty;
mod packs;
mod results;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Whatever is slower than this on a busy machine has no end that anybody would wait for.
const LONGEST: Duration = Duration::from_secs(120);

/// Reads all that comes, so that nobody waits for it to be read.
fn read(mut from: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// Runs a command to its end; it must come to one by itself.
#[track_caller]
fn ends(command: &mut Command) -> Output {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it can be run");
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (out, err) = (read(out), read(err));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    Output { status, stdout: out.join().unwrap(), stderr: err.join().unwrap() }
}

/// A run with so little memory, in KiB, that what grows with its input does not fit; where memory can be limited.
fn in_little_memory(folder: &Path, kib: u32, args: &str) -> Output {
    let limit = if cfg!(target_os = "linux") { format!("ulimit -v {kib}; ") } else { String::new() };
    ends(common::shell(folder, &format!("{limit}exec heard {args}")).env("NO_COLOR", "1"))
}

/// It ended as a run ends, not by a signal or by a mistake of ours.
#[track_caller]
fn survived(output: &Output, what: &str) {
    let said = common::said(output);
    assert!(matches!(output.status.code(), Some(0..=3)), "{what}: {:?}: {said}", output.status);
    assert!(!said.contains("mistake in") && !said.contains("panicked"), "{what}: {said}");
}

#[test]
fn the_page_says_what_is_tried() {
    let areas: [(&str, usize); 7] = [
        ("documents that claim, hide or unfold too much", documents::cases().len()),
        ("packs that cost too much", packs::cases().len()),
        ("inputs that are odd, endless or too long", inputs::CASES.len()),
        ("results of runs, and summaries that cannot be written", results::CASES.len()),
        ("settings, outputs and signals", files::CASES.len()),
        ("texts meant to be obeyed, through every output", nasty::TEXTS.len()),
        ("outputs that each of these is read back from", heard::output::OUTPUTS.len()),
    ];
    let parts = common::keep("examples/hostile.md", |part| {
        assert_eq!(part, "tried");
        let mut table = String::from("| tried in each run of the tests | cases | survived |\n| --- | ---: | ---: |\n");
        for (what, count) in areas {
            let _ = writeln!(table, "| {what} | {count} | {count} |");
        }
        for (what, count) in counts::TRIED {
            let _ = writeln!(table, "| {what}, drawn anew each time | {count} | {count} |");
        }
        table
    });
    assert_eq!(parts, 1);
}
