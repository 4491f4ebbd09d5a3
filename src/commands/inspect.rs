//! `heard inspect`: a transcript as the rules see it; the tool for writing rules.

use super::{exit, finish, print, through};
use crate::audit::Auditor;
use crate::cli::rules::{InspectArgs, InspectFormat, Speaker, Which};
use crate::exit::Exit;
use crate::input::source::{Batch, Decoder, Event};
use crate::inspect::{View, lone_sentence};
use crate::pipeline::Sink;
use crate::report::Unreadable;
use crate::rules::context::Who;
use crate::rules::{PackRef, Pick, RuleBook, Sets};
use crate::settings::{self, Reading};
use crate::tell::Tell;
use crate::text::book::Detectors;
use anyhow::Result;
use std::io::{self, BufWriter, Stdout, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Runs `inspect`.
pub fn run(args: InspectArgs) -> Result<Exit> {
    let packs: Vec<PackRef> = args.rules.iter().map(|name| PackRef::typed(name)).collect();
    let book = RuleBook::load(
        &packs,
        &Pick {
            sets: Sets::Shown,
            detectors: Some(match args.detectors {
                Which::Both => Detectors::Both,
                Which::Phrases => Detectors::Phrases,
                Which::Learned => Detectors::Learned,
            }),
            ..Pick::default()
        },
    )?;
    let view = View {
        phrases: book.phrases(),
        shown: book.shown(),
        width: settings::width(),
        color: args.format == InspectFormat::Text && settings::colored(args.color),
    };
    if let Some(sentence) = &args.why {
        let who = if args.speaker == Speaker::Agent {
            Who::Agent
        } else {
            Who::Customer
        };
        let call = lone_sentence(sentence, who);
        let mut auditor = Auditor::new(&book);
        auditor.tag(&call);
        let weighed = auditor.explain(&call);
        let mut text = Vec::new();
        view.why(&call, auditor.seen().1, &weighed, &mut text);
        return print(&text);
    }
    let reading = Reading::resolve("inspect", args.paths, &args.read, &args.run)?;
    let tell = Tell::new(reading.verbosity, reading.bar, reading.total_bytes);
    let mut writer = Writer {
        to: BufWriter::with_capacity(1 << 16, io::stdout()),
        tell: &tell,
        calls: 0,
        unreadable: false,
    };
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let mut auditor = Auditor::new(&book);
        let view = view.clone();
        move |batch: &Batch, shown: &mut Shown| {
            *shown = Shown {
                bytes: batch.bytes_read(),
                ..Shown::default()
            };
            decoder.decode(batch, &mut |event| match event {
                Event::Call { call, .. } => {
                    shown.calls += 1;
                    let scene = auditor.tag(call);
                    if args.format == InspectFormat::Jsonl {
                        view.jsonl(call, scene, &mut shown.text);
                    } else {
                        let mut text = String::new();
                        view.text(call, scene, &mut text);
                        text.push('\n');
                        shown.text.extend_from_slice(text.as_bytes());
                    }
                }
                Event::Unreadable(record) => shown.unreadable.push(record),
            });
        }
    };
    let (ended, skipped) = through(
        &reading.inputs,
        &reading.options,
        reading.threads,
        make_worker,
        &mut writer,
    )?;
    finish(&tell, ended, &skipped);
    Ok(exit(ended, writer.unreadable && !reading.lenient, false))
}

/// What a batch came to.
#[derive(Default)]
struct Shown {
    text: Vec<u8>,
    unreadable: Vec<Unreadable>,
    bytes: u64,
    calls: u64,
}

struct Writer<'a> {
    to: BufWriter<Stdout>,
    tell: &'a Tell,
    calls: u64,
    unreadable: bool,
}

impl Sink<Shown> for Writer<'_> {
    fn take(&mut self, shown: &mut Shown) -> io::Result<ControlFlow<()>> {
        self.tell.progress(shown.bytes, shown.calls);
        shown
            .unreadable
            .iter()
            .for_each(|record| self.tell.unreadable(record));
        self.unreadable |= !shown.unreadable.is_empty();
        self.calls += shown.calls;
        self.to
            .write_all(&shown.text)
            .map(|()| ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
