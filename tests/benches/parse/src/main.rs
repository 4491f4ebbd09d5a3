//! The anchor of the figures on speed: reads call JSON lines and parses every line with `serde_json` into borrowed structs,
//! on two threads, and does nothing else. Times beside it mean the same on any machine.
//!
//! `cargo run --release --manifest-path tests/benches/parse/Cargo.toml -- CALLS.jsonl`

use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::sync::Mutex;

/// As many bytes are read before their lines are parsed.
const CHUNK: u64 = 1 << 20;

#[derive(Deserialize)]
struct Call<'l> {
    #[serde(borrow, rename = "call")]
    id: Cow<'l, str>,
    #[serde(borrow)]
    agent: Option<Cow<'l, str>>,
    #[serde(borrow)]
    turns: Vec<Turn<'l>>,
}

#[derive(Deserialize)]
struct Turn<'l> {
    #[serde(borrow)]
    speaker: Cow<'l, str>,
    start_s: Option<f64>,
    end_s: Option<f64>,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

/// Whole lines: a chunk, and what is missing of its last line.
fn next(lines: &Mutex<BufReader<File>>, chunk: &mut Vec<u8>) -> bool {
    chunk.clear();
    let mut lines = lines.lock().unwrap();
    lines.by_ref().take(CHUNK).read_to_end(chunk).unwrap();
    lines.read_until(b'\n', chunk).unwrap();
    !chunk.is_empty()
}

fn work(lines: &Mutex<BufReader<File>>) -> (usize, usize) {
    let (mut calls, mut letters, mut chunk) = (0, 0, Vec::new());
    while next(lines, &mut chunk) {
        for line in chunk.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let call: Call<'_> = serde_json::from_slice(line).unwrap();
            calls += 1;
            letters += call.id.len() + call.agent.map_or(0, |agent| agent.len());
            for turn in &call.turns {
                let seconds = turn.end_s.unwrap_or(0.0) - turn.start_s.unwrap_or(0.0);
                letters += turn.speaker.len() + turn.text.len() + usize::from(seconds < 0.0);
            }
        }
    }
    (calls, letters)
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of call JSON lines");
    let lines = Mutex::new(BufReader::new(File::open(path).unwrap()));
    let (calls, letters) = std::thread::scope(|scope| {
        let workers = [scope.spawn(|| work(&lines)), scope.spawn(|| work(&lines))];
        workers.into_iter().map(|worker| worker.join().unwrap()).fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    });
    println!("{calls} calls, {letters} letters");
}
