//! Recall and false alarms on made-up calls.

use crate::corpus::{Made, make, templates};
use crate::secrets::{Dice, Form};
use heard::redact::Redaction;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

const CLEAN: &str = include_str!("clean.txt");
const VERBATIM: &str = include_str!("verbatim.txt");
const RAW: &str = include_str!("raw.txt");
const HARMLESS: &str = include_str!("harmless.txt");

/// Calls made of each template.
const DRAWS: usize = 40;

fn carriers(form: Form) -> &'static str {
    match form {
        Form::Clean => CLEAN,
        Form::Verbatim => VERBATIM,
        Form::Raw => RAW,
    }
}

/// What was found, of what there was.
#[derive(Clone, Copy, Default)]
struct Tally {
    found: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, found: bool) {
        self.found += usize::from(found);
        self.all += 1;
    }

    fn share(self) -> f64 {
        self.found as f64 / self.all.max(1) as f64
    }
}

/// Whether all words and figures of a secret are replaced; hesitation may stay.
fn is_hidden(text: &str, parts: &[Range<usize>], edits: &[Range<usize>]) -> bool {
    parts.iter().all(|part| {
        let said = &text[part.clone()];
        let mut at = 0;
        said.split(|c: char| !c.is_alphanumeric()).all(|word| {
            let from = part.start + at + (said[at..].find(word).unwrap_or(0));
            at = from + word.len() - part.start;
            let stays = ["", "um", "uh", "no", "and", "then", "the", "of"].contains(&word);
            stays || edits.iter().any(|edit| edit.start <= from && from + word.len() <= edit.end)
        })
    })
}

/// Recall by kind and form, false alarms, and turns.
#[derive(Default)]
struct Measured {
    recall: BTreeMap<(String, Form), Tally>,
    alarms: usize,
    turns: usize,
    missed: Vec<String>,
    alarming: Vec<String>,
}

impl Measured {
    fn call(&mut self, made: &Made, form: Form) {
        let redaction = Redaction::of(&made.call);
        let edits: Vec<Range<usize>> = redaction.edits().iter().map(|edit| edit.at.clone()).collect();
        let text = made.call.text();
        for secret in &made.hidden {
            let hidden = is_hidden(text, &secret.parts, &edits);
            self.recall.entry((secret.kind.clone(), form)).or_default().add(hidden);
            if !hidden {
                self.missed.push(format!("{} {}: {text:?} -> {:?}", form.name(), secret.kind, redaction.edits()));
            }
        }
        for turn in &made.call.turns {
            self.turns += 1;
            let range = turn.text.start as usize..turn.text.end as usize;
            let inside = edits.iter().filter(|edit| edit.start >= range.start && edit.end <= range.end);
            let secret = |edit: &Range<usize>| {
                made.hidden.iter().flat_map(|s| &s.parts).any(|part| part.start < edit.end && edit.start < part.end)
            };
            if inside.clone().any(|edit| !secret(edit)) {
                self.alarms += 1;
                self.alarming.push(format!("{}: {:?}", form.name(), &text[range]));
            }
        }
    }

    fn of(&self, form: Form) -> Tally {
        let of = self.recall.iter().filter(|((_, f), _)| *f == form).map(|(_, tally)| *tally);
        of.fold(Tally::default(), |a, b| Tally { found: a.found + b.found, all: a.all + b.all })
    }
}

fn measure(scored: bool) -> Measured {
    let mut measured = Measured::default();
    for form in Form::ALL {
        let mut dice = Dice(18 + form as u64);
        for template in templates(carriers(form), scored) {
            for _ in 0..DRAWS {
                measured.call(&make(template, form, &mut dice), form);
            }
        }
        for template in templates(HARMLESS, scored) {
            for _ in 0..DRAWS {
                measured.call(&make(template, form, &mut dice), form);
            }
        }
    }
    measured
}

#[test]
fn secrets_are_found_and_little_else() {
    for form in Form::ALL {
        assert!(carriers(form).lines().count() >= 60 && HARMLESS.lines().count() >= 60, "{}", form.name());
    }
    for scored in [false, true] {
        let measured = measure(scored);
        let half = if scored { "scored" } else { "tuned" };
        // To see what is missed: HEARD_MISSED=1 cargo test --test privacy -- --nocapture. Of the half that is only
        // scored no case is shown, so that nobody tunes on it.
        if std::env::var_os("HEARD_MISSED").is_some() && !scored {
            eprintln!("{}\n\n{}", measured.missed.join("\n"), measured.alarming.join("\n"));
        }
        for form in Form::ALL {
            let recall = measured.of(form).share();
            eprintln!("{half} {}: {recall:.4}", form.name());
        }
        eprintln!("{half}: {} of {} turns", measured.alarms, measured.turns);
        for ((kind, form), tally) in measured.recall.iter().filter(|(_, tally)| tally.found < tally.all) {
            eprintln!("{half} {kind} {}: {} of {}", form.name(), tally.found, tally.all);
        }
        for form in Form::ALL {
            let recall = measured.of(form).share();
            assert!(recall >= 0.98, "{half}, {}: recall {recall:.4}", form.name());
        }
        let (alarms, turns) = (measured.alarms, measured.turns);
        assert!(alarms * 1000 <= turns, "{half}: false alarms in {alarms} of {turns} turns");
    }
}

/// The table of the page.
pub fn figures() -> String {
    let (tuned, scored) = (measure(false), measure(true));
    let mut table = String::from("| | clean | verbatim | raw | secrets |\n| --- | --- | --- | --- | --- |\n");
    let kinds: std::collections::BTreeSet<&String> = scored.recall.keys().map(|(kind, _)| kind).collect();
    let row = |table: &mut String, name: &str, of: &dyn Fn(Form) -> Tally| {
        let all: usize = Form::ALL.iter().map(|form| of(*form).all).sum();
        let cells: Vec<String> = Form::ALL.iter().map(|form| format!("{:.3}", of(*form).share())).collect();
        writeln!(table, "| {name} | {} | {all} |", cells.join(" | ")).unwrap();
    };
    for kind in kinds {
        let of = |form: Form| scored.recall.get(&(kind.clone(), form)).copied().unwrap_or_default();
        row(&mut table, in_words(kind), &of);
    }
    row(&mut table, "**all**", &|form| scored.of(form));
    row(&mut table, "all, of the half tuned on", &|form| tuned.of(form));
    writeln!(
        table,
        "\nFalse alarms: {} in {} turns; of the half tuned on, {} in {}.",
        scored.alarms, scored.turns, tuned.alarms, tuned.turns
    )
    .unwrap();
    table
}

fn in_words(kind: &str) -> &str {
    match kind {
        "aadhaar" => "Aadhaar (India)",
        "account" => "account, policy, membership",
        "address" => "address",
        "card" => "card",
        "cnic" => "CNIC (Pakistan)",
        "code" => "security code",
        "dob" => "date of birth",
        "email" => "e-mail",
        "iban" => "IBAN",
        "medicare" => "Medicare (Australia)",
        "ni" => "national insurance (UK)",
        "pan" => "PAN (India)",
        "phone" => "telephone",
        "postcode" => "postcode",
        "said" => "identity number (South Africa)",
        "sin" => "social insurance (Canada)",
        "ssn" => "social security (US)",
        "tfn" => "tax file (Australia)",
        other => other,
    }
}
