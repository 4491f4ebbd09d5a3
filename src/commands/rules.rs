//! `heard rules`: what rules there are, what they require and why, and whether their examples hold.

use super::print;
use crate::cli::rules::{RulesCommand, RulesExplainArgs, RulesListArgs, RulesTestArgs};
use crate::exit::Exit;
use crate::output::terminal;
use crate::report::Verdict;
use crate::rules::diagnostics::nearest;
use crate::rules::rule::{Check, Rule};
use crate::rules::{PackRef, Pick, RuleBook, Sets, shipped};
use crate::selftest::{self, Ran};
use anyhow::{Result, bail};
use std::fmt::Write as _;

/// Runs a `rules` command.
pub fn run(command: RulesCommand) -> Result<Exit> {
    match command {
        RulesCommand::List(args) => list(&args),
        RulesCommand::Explain(args) => explain(&args),
        RulesCommand::Test(args) => test(&args),
        RulesCommand::Learn(args) => super::rules_learn::learn(&args),
    }
}

/// The packs as typed, or all shipped ones.
fn packs(typed: &[String]) -> Vec<PackRef> {
    if typed.is_empty() {
        return shipped::PACKS
            .iter()
            .map(|(name, _)| PackRef::Shipped((*name).to_owned()))
            .collect();
    }
    typed.iter().map(|name| PackRef::typed(name)).collect()
}

fn load(typed: &[String]) -> Result<RuleBook> {
    Ok(RuleBook::load(
        &packs(typed),
        &Pick {
            sets: Sets::All,
            ..Pick::default()
        },
    )?)
}

fn list(args: &RulesListArgs) -> Result<Exit> {
    let book = load(&args.rules)?;
    let mut text = String::new();
    if args.sets {
        for set in book.phrases().sets() {
            let who = set.who.map_or("any", crate::call::Role::as_str);
            let count = match set.entries.len() {
                0 => "found by the engine".to_owned(),
                1 => "1 phrase".to_owned(),
                n => format!("{n} phrases"),
            };
            writeln!(text, "{:18} {who:9} {count}\n  {}", set.name, set.about)?;
        }
        return print(text.as_bytes());
    }
    let mut pack = "";
    for head in book.heads() {
        if head.pack != pack {
            pack = &head.pack;
            writeln!(text, "{}{pack}", if text.is_empty() { "" } else { "\n" })?;
        }
        let section = head.section.as_deref().unwrap_or("-");
        writeln!(
            text,
            "  {:22} {section:13} {:8} {:>3}  {}",
            head.id,
            head.severity.as_str(),
            head.weight,
            head.title
        )?;
    }
    print(text.as_bytes())
}

fn explain(args: &RulesExplainArgs) -> Result<Exit> {
    let book = load(&args.rules)?;
    let Some(at) = book.rules().iter().position(|r| r.head.id == args.id) else {
        let ids: Vec<&str> = book.rules().iter().map(|r| r.head.id.as_str()).collect();
        match nearest(&args.id, ids.iter().copied()) {
            Some(near) => bail!("there is no rule `{}`; did you mean `{near}`?", args.id),
            None => bail!("there is no rule `{}`; rules: {}", args.id, ids.join(", ")),
        }
    };
    let rule = &book.rules()[at];
    let head = &rule.head;
    let mut text = String::new();
    writeln!(text, "{}: {}", head.id, head.title)?;
    let section = head
        .section
        .as_deref()
        .map_or(String::new(), |s| format!("section {s}, "));
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
            writeln!(text, "\n{what}: {said}")?;
        }
    }
    writeln!(text, "\nAs it is written:\n")?;
    for line in written(rule).lines() {
        writeln!(text, "  {line}")?;
    }
    sets(&book, at, args.verbose, &mut text)?;
    let ran = selftest::run(&book, &[at]);
    if !ran.is_empty() {
        writeln!(text, "\nExamples, as they come out now:\n")?;
        for one in &ran {
            show(one, &mut text)?;
        }
    }
    print(text.as_bytes())
}

/// The rule's lines in its pack, without the examples.
fn written(rule: &Rule) -> String {
    let source = &rule.source.text;
    let from = source[..rule.span.start]
        .rfind("[[rule]]")
        .unwrap_or(rule.span.start);
    let rest = &source[from..];
    let to = rest[8.min(rest.len())..]
        .find("\n[")
        .map_or(rest.len(), |i| i + 8);
    let lines = rest[..to]
        .lines()
        .filter(|l| !l.trim_start().starts_with("advice") && !l.trim_start().starts_with("source"));
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .trim_end_matches(['#', '-', ' ', '\n'])
        .to_owned()
}

/// The sets a rule names, with their sizes, through the rules it is made of.
fn sets(book: &RuleBook, rule: usize, all: bool, text: &mut String) -> Result<()> {
    let (mut todo, mut ids) = (vec![rule], Vec::new());
    while let Some(k) = todo.pop() {
        ids.extend(book.rules()[k].sets());
        if let Check::Combine(_, parts) = &book.rules()[k].check {
            todo.extend(parts);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    writeln!(
        text,
        "\nSets it looks at{}:\n",
        if all {
            ""
        } else {
            " (-v prints their phrases)"
        }
    )?;
    for id in ids {
        let set = &book.phrases().sets()[usize::from(id)];
        writeln!(
            text,
            "  {} ({}): {}",
            set.name,
            set.entries.len(),
            set.about
        )?;
        if all {
            for entry in &set.entries {
                writeln!(text, "      {}", entry.written)?;
            }
        }
    }
    Ok(())
}

fn test(args: &RulesTestArgs) -> Result<Exit> {
    let typed: Vec<String> = args
        .rules
        .iter()
        .cloned()
        .chain(args.files.iter().map(|f| as_file(f)))
        .collect();
    let book = load(&typed)?;
    let all: Vec<usize> = (0..book.rules().len()).collect();
    let ran = selftest::run(&book, &all);
    let mut text = String::new();
    for one in ran.iter().filter(|r| args.verbose || !r.is_fine()) {
        writeln!(
            text,
            "{}:{}: {}",
            book.rules()[one.rule].source.name,
            one.example.line,
            book.rules()[one.rule].head.id
        )?;
        show(one, &mut text)?;
    }
    let unproven = selftest::unproven(&book);
    for (rule, lacks) in &unproven {
        let rule = &book.rules()[*rule];
        let (line, _) = rule.source.place(rule.span.start);
        writeln!(
            text,
            "{}:{line}: {} has {lacks}: add [[rule.example]] below it\n",
            rule.source.name, rule.head.id
        )?;
    }
    let fine = ran.iter().filter(|r| r.is_fine()).count();
    let known = ran.iter().filter(|r| r.example.todo && r.is_fine()).count();
    let gaps = if known > 0 {
        format!(" ({known} known gaps)")
    } else {
        String::new()
    };
    let rules = book.heads().len();
    writeln!(
        text,
        "{rules} rules, {} examples: {fine} as expected{gaps}, {} not; {} rules unproven",
        ran.len(),
        ran.len() - fine,
        unproven.len()
    )?;
    print(text.as_bytes())?;
    Ok(if fine == ran.len() && unproven.is_empty() {
        Exit::Fine
    } else {
        Exit::FellShort
    })
}

/// A file is a file here, whatever its name looks like.
fn as_file(typed: &str) -> String {
    if matches!(PackRef::typed(typed), PackRef::File(_)) {
        typed.to_owned()
    } else {
        format!("./{typed}")
    }
}

/// One example: what was expected, what came out, and the words it rests on.
fn show(ran: &Ran<'_>, text: &mut String) -> Result<()> {
    let mark = if ran.is_fine() { "✓" } else { "✗" };
    let expected = ran.example.expect.as_str();
    let note = if ran.example.why.is_empty() {
        String::new()
    } else {
        format!(" ({})", ran.example.why)
    };
    match &ran.found {
        Err(error) => writeln!(
            text,
            "  {mark} expected {expected}{note}\n      the example cannot be read: {}",
            terminal(error)
        )?,
        Ok(found) if found.verdict == ran.example.expect && !ran.example.todo => {
            writeln!(text, "  {mark} {expected}{note}")?;
        }
        Ok(found) if ran.example.todo && ran.is_fine() => {
            writeln!(
                text,
                "  {mark} known gap: {expected} wanted, {} found{note}",
                found.verdict.as_str()
            )?;
        }
        Ok(_) if ran.example.todo => {
            writeln!(
                text,
                "  {mark} {expected}{note}\n      a known gap that is closed: take `todo = true` away"
            )?;
        }
        Ok(found) => writeln!(
            text,
            "  {mark} expected {expected}, found {}{note}",
            found.verdict.as_str()
        )?,
    }
    let Ok(found) = &ran.found else {
        return {
            text.push('\n');
            Ok(())
        };
    };
    let reason = if found.why.is_empty() {
        found.reason
    } else {
        &found.why
    };
    writeln!(text, "      {}", terminal(reason))?;
    if !ran.is_fine() || found.verdict == Verdict::Fail {
        for evidence in &found.evidence {
            let quote =
                &ran.call.text()[evidence.quote.start as usize..evidence.quote.end as usize];
            writeln!(
                text,
                "      turn {} {}: \"{}\"",
                evidence.turn,
                evidence.speaker,
                terminal(quote.trim())
            )?;
        }
    }
    text.push('\n');
    Ok(())
}
