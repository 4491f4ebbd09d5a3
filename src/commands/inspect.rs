//! `heard inspect`: a transcript as the rules see it; the tool for writing rules.

use super::{lines, print};
use crate::audit::Auditor;
use crate::call::Call;
use crate::cli::exit::Exit;
use crate::cli::rules::{InspectArgs, InspectFormat, Speaker};
use crate::cli::settings::{self, ReadSettings};
use crate::inspect::{Seen, View, lone_sentence};
use crate::redact::Redaction;
use crate::rules::party::Party;
use crate::rules::{PackRef, Pick, RuleBook, Sets};
use crate::text::scene::Scene;
use anyhow::Result;

/// Runs `inspect`.
pub fn run(args: InspectArgs) -> Result<Exit> {
    let packs: Vec<PackRef> = args.rules.iter().map(|name| PackRef::typed(name)).collect();
    let book = RuleBook::load(
        &packs,
        &Pick { sets: Sets::Shown, detectors: args.detectors.map(Into::into), ..Pick::default() },
    )?;
    let view = View {
        phrases: book.phrases(),
        shown: book.shown(),
        width: settings::width(),
        color: args.format == InspectFormat::Text && settings::colored(args.color),
    };
    if let Some(sentence) = &args.why {
        let who = if args.speaker == Speaker::Agent { Party::Agent } else { Party::Customer };
        let call = lone_sentence(sentence, who);
        let mut auditor = Auditor::new(&book);
        let mut scene = Scene::default();
        auditor.tag(&call, &mut scene);
        let weighed = auditor.explain(&call, &scene);
        let mut text = Vec::new();
        view.why(&call, &scene, &weighed, &mut text);
        return print(&text);
    }
    let reading = ReadSettings::resolve("inspect", args.paths, &args.read, &args.run)?;
    let redact = args.redact.redacts().standard;
    lines::run(&reading, redact, || {
        let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
        let view = view.clone();
        move |call: &Call, to: &mut Vec<u8>| {
            auditor.tag(call, &mut scene);
            let mut redaction = if redact { Redaction::of(call) } else { Redaction::default() };
            let redacted = if redact { redaction.call(call) } else { None };
            let seen = Seen { call, shown: redacted.as_ref().unwrap_or(call), redaction: &redaction, scene: &scene };
            if args.format == InspectFormat::Jsonl {
                view.jsonl(&seen, to);
            } else {
                let mut text = String::new();
                view.text(&seen, &mut text);
                text.push('\n');
                to.extend_from_slice(text.as_bytes());
            }
        }
    })
}
