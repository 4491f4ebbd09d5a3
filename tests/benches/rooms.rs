//! What each room takes for the calls of `examples/calls`: reading, tagging, judging, replacing, writing.
//!
//! `cargo bench --bench rooms`, or with a part of a name: `cargo bench --bench rooms -- tag`
#![allow(clippy::unwrap_used, reason = "a bench cannot go on without its calls")]

use criterion::{Criterion, criterion_group, criterion_main};
use heard::audit::Auditor;
use heard::call::Call;
use heard::input::source::{Batch, Decoder, Event, Framer, Inputs, ReadOptions};
use heard::output::{Setup, by_name};
use heard::redact;
use heard::report::rollup::RollUp;
use heard::report::{CallReport, Judged};
use heard::rules::{PackRef, Pick, RuleBook};
use heard::text::scene::Scene;
use std::hint::black_box;
use std::sync::Arc;

fn read() -> Vec<Call> {
    let options = Arc::new(ReadOptions::default());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/calls");
    let mut framer = Framer::new(&Inputs::resolve(&[folder]).unwrap(), Arc::clone(&options));
    let (mut decoder, mut batch, mut calls) = (Decoder::new(options), Batch::default(), Vec::new());
    while framer.next(&mut batch) {
        decoder.decode(&batch, &mut |event| {
            if let Event::Call { call, .. } = event {
                calls.push(call.clone());
            }
        });
    }
    assert!(calls.len() > 10, "the calls of the examples are read");
    calls
}

fn rooms(criterion: &mut Criterion) {
    let calls = read();
    criterion.bench_function("read: files to calls", |bench| bench.iter(|| black_box(read().len())));
    for pack in ["empathy", "full"] {
        let book = RuleBook::load(&[PackRef::Shipped(pack.to_owned())], &Pick::default()).unwrap();
        let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
        criterion.bench_function(&format!("tag: sentences and sets, {pack}"), |bench| {
            bench.iter(|| calls.iter().for_each(|call| auditor.tag(call, black_box(&mut scene))));
        });
        let scenes: Vec<Scene> = calls
            .iter()
            .map(|call| {
                let mut scene = Scene::default();
                auditor.tag(call, &mut scene);
                scene
            })
            .collect();
        criterion.bench_function(&format!("judge: all rules, {pack}"), |bench| {
            bench
                .iter(|| calls.iter().zip(&scenes).for_each(|(call, scene)| _ = black_box(auditor.judge(call, scene))));
        });
        let judged: Vec<Judged> = calls.iter().zip(&scenes).map(|(call, scene)| auditor.judge(call, scene)).collect();
        let reports = || calls.iter().zip(&judged).map(|(call, judged)| CallReport::new(0, "call", call, judged));
        criterion.bench_function(&format!("replace: what tells who somebody is, {pack}"), |bench| {
            bench.iter(|| reports().for_each(|report| _ = black_box(redact::report(&report).report().judged.score)));
        });
        criterion.bench_function(&format!("count: the roll-up, {pack}"), |bench| {
            bench.iter(|| {
                let mut rollup = RollUp::new(book.heads());
                reports().for_each(|report| rollup.call(&report));
                black_box(rollup.calls)
            });
        });
        for format in ["jsonl", "csv", "sarif"] {
            let output = (by_name(format).unwrap().make)(Setup::plain(book.heads().to_vec(), book.by().clone()));
            let mut bytes = Vec::new();
            criterion.bench_function(&format!("write: {format}, {pack}"), |bench| {
                bench.iter(|| {
                    bytes.clear();
                    reports().for_each(|report| output.call(&report, &mut bytes));
                    black_box(bytes.len())
                });
            });
        }
    }
}

criterion_group!(benches, rooms);
criterion_main!(benches);
