//! `heard rules explain`: one rule as it is written, what it measures and where it looks in words, its sets, and its
//! examples as they come out now.

use super::books::{find, load, no_rule};
use super::example::show;
use crate::audit::selftest;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesExplainArgs;
use crate::commands::{paragraph, print};
use crate::report::RuleHead;
use crate::rules::RuleBook;
use crate::rules::rule::sets_reached;
use crate::script::check;
use anyhow::Result;
use std::fmt::Write as _;

/// Runs `rules explain`.
pub fn run(args: &RulesExplainArgs) -> Result<Exit> {
    let books = load(&args.rules)?;
    let Some((book, at)) = find(&books, &args.id) else {
        return match check::heads().into_iter().find(|h| h.id == args.id) {
            Some(head) => about_page(&head),
            None => Err(no_rule(&books, &args.id)),
        };
    };
    let rule = &book.rules()[at];
    let head = &rule.head;
    let mut text = String::new();
    let what = format!("{}: {}", head.id, head.title);
    paragraph(&mut text, 0, "", 2, &what);
    let section = head.section.as_deref().map_or(String::new(), |s| format!("section {s}, "));
    writeln!(
        text,
        "{section}weight {}, severity {}, pack {}, {}",
        head.weight,
        head.severity.as_str(),
        head.pack,
        rule.source.name
    )?;
    for (what, said) in [("Say instead", &head.advice), ("Source", &head.source)] {
        if !said.is_empty() {
            text.push('\n');
            paragraph(&mut text, 0, "", 2, &format!("{what}: {said}"));
        }
    }
    writeln!(text, "\nAs it is written:\n")?;
    for (n, k) in with_helpers(book, at).into_iter().enumerate() {
        let part = &book.rules()[k];
        if n > 0 {
            text.push('\n');
        }
        // The advice and the source are said above.
        let key = |line: &str, key: &str| line.trim_start().starts_with(key);
        for line in part.written(|line| !key(line, "advice") && !key(line, "source")) {
            writeln!(text, "  {line}")?;
        }
        let name = |set| format!("`{}`", book.phrases().name(set));
        for said in part.condition.explain(&name) {
            text.push('\n');
            paragraph(&mut text, 0, "", 2, &said.text);
            if let Some(remark) = said.remark {
                paragraph(&mut text, 2, "", 2, remark);
            }
        }
    }
    sets(book, at, args.verbose, &mut text)?;
    let ran = selftest::run(book, &[at]);
    if !ran.is_empty() {
        writeln!(text, "\nExamples, as they come out now:\n")?;
        for one in &ran {
            show(one, &mut text)?;
        }
    }
    print(text.as_bytes())
}

/// A rule about the page of a script, which is written in no pack.
fn about_page(head: &RuleHead) -> Result<Exit> {
    let severity = head.severity.as_str();
    let text = format!(
        "{}: {}\nseverity {severity}, of heard check itself; --ignore {} leaves it out\n\nWhat to do: {}\n",
        head.id, head.title, head.id, head.advice
    );
    print(text.as_bytes())
}

/// A rule and the helpers it is made of: they are nowhere else, and say what it looks at.
fn with_helpers(book: &RuleBook, rule: usize) -> Vec<usize> {
    let mut all = vec![rule];
    let mut at = 0;
    while let Some(&k) = all.get(at) {
        let parts = book.rules()[k].parts.iter();
        let new = parts.filter(|&&p| book.rules()[p].internal && !all.contains(&p));
        let new: Vec<usize> = new.copied().collect();
        all.extend(new);
        at += 1;
    }
    all
}

/// The sets a rule names, with their sizes, through the rules it is made of.
fn sets(book: &RuleBook, rule: usize, all: bool, text: &mut String) -> Result<()> {
    let ids = sets_reached(book.rules(), rule);
    if ids.is_empty() {
        return Ok(());
    }
    writeln!(text, "\nSets it looks at{}:\n", if all { "" } else { " (-v prints their phrases)" })?;
    for id in ids {
        let set = &book.phrases().sets()[usize::from(id)];
        let lead = format!("{} ({}):", set.name, set.entries.len());
        paragraph(text, 2, &lead, 6, &set.about);
        if all {
            for entry in &set.entries {
                writeln!(text, "      {}", entry.written)?;
            }
        }
    }
    Ok(())
}
