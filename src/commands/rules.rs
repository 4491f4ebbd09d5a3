//! `heard rules`: what rules there are, what they require and why, and whether their examples hold.

mod diff;
mod explain;
mod learn;
mod new;
mod pin;
mod schema;

use super::{paragraph, print};
use crate::audit::selftest::{self, Ran};
use crate::cli::exit::Exit;
use crate::cli::rules::{RulesCommand, RulesListArgs, RulesTestArgs};
use crate::output::terminal;
use crate::report::Verdict;
use crate::rules::never::never;
use crate::rules::wording::many;
use crate::rules::{PackRef, Pick, RuleBook, Sets, shipped};
use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Runs a `rules` command.
pub fn run(command: RulesCommand) -> Result<Exit> {
    match command {
        RulesCommand::List(args) => list(&args),
        RulesCommand::Explain(args) => explain::run(&args),
        RulesCommand::Test(args) => test(&args),
        RulesCommand::Learn(args) => learn::learn(&args),
        RulesCommand::New(args) => new::run(&args),
        RulesCommand::Diff(args) => diff::run(args),
        RulesCommand::Pin(args) => pin::run(&args),
        RulesCommand::Schema => schema::run(),
    }
}

/// The packs as typed together, or each shipped one by itself: two of them may have a rule of the same name.
fn load(typed: &[String]) -> Result<Vec<RuleBook>> {
    let all = Pick { sets: Sets::All, ..Pick::default() };
    if !typed.is_empty() {
        let packs: Vec<PackRef> = typed.iter().map(|name| PackRef::typed(name)).collect();
        return Ok(vec![RuleBook::load(&packs, &all)?]);
    }
    let shipped = shipped::PACKS.iter().map(|(name, _)| RuleBook::load(&[PackRef::Shipped((*name).to_owned())], &all));
    Ok(shipped.collect::<Result<_, _>>()?)
}

fn list(args: &RulesListArgs) -> Result<Exit> {
    let books = load(&args.rules)?;
    let mut text = String::new();
    if args.sets {
        let mut names = BTreeSet::new();
        let sets = books.iter().flat_map(|b| b.phrases().sets());
        // The library is in every book.
        for set in sets.filter(|s| names.insert(&s.name)) {
            let who = set.who.map_or("any", crate::call::Role::as_str);
            let count = match set.entries.len() {
                0 => "found by the engine".to_owned(),
                1 => "1 phrase".to_owned(),
                n => format!("{n} phrases"),
            };
            writeln!(text, "{:22} {who:9} {count}", set.name)?;
            paragraph(&mut text, 2, "", 2, &set.about);
        }
        return print(text.as_bytes());
    }
    let mut pack = "";
    let mut seen = BTreeSet::new();
    let heads = books.iter().flat_map(RuleBook::heads);
    for head in heads.filter(|h| seen.insert((&h.pack, &h.id))) {
        if head.pack != pack {
            pack = &head.pack;
            writeln!(text, "{}{pack}", if text.is_empty() { "" } else { "\n" })?;
        }
        let section = head.section.as_deref().unwrap_or("-");
        let lead = format!("{:22} {section:13} {:8} {:>3}", head.id, head.severity.as_str(), head.weight);
        paragraph(&mut text, 2, &lead, 53, &head.title);
    }
    print(text.as_bytes())
}

fn test(args: &RulesTestArgs) -> Result<Exit> {
    let typed: Vec<String> = args.rules.iter().cloned().chain(args.files.iter().map(|f| pack_or_file(f))).collect();
    let books = load(&typed)?;
    let mut text = String::new();
    let (mut rules, mut examples, mut fine, mut known, mut lacking) = (0, 0, 0, 0, 0_u64);
    let mut never_out = 0;
    let mut seen = BTreeSet::new();
    for book in &books {
        // What one pack includes of another is tested once.
        let mut own: Vec<usize> = (0..book.rules().len()).collect();
        own.retain(|&k| {
            let rule = &book.rules()[k];
            seen.insert((rule.source.name.clone(), rule.head.id.clone()))
        });
        let ran = selftest::run(book, &own);
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
        let unproven = selftest::unproven(book);
        for (rule, lacks) in unproven.iter().filter(|(k, _)| own.contains(k)) {
            let rule = &book.rules()[*rule];
            let (line, _) = rule.source.place(rule.span.start);
            writeln!(
                text,
                "{}:{line}: {} has {lacks}: add [[rule.example]] below it\n",
                rule.source.name, rule.head.id
            )?;
            lacking += 1;
        }
        for line in never_lines(book, &own, &ran) {
            writeln!(text, "{line}\n")?;
            never_out += 1;
        }
        rules += book.public().iter().filter(|k| own.contains(k)).count();
        examples += ran.len();
        fine += ran.iter().filter(|r| r.is_fine()).count();
        known += ran.iter().filter(|r| r.example.todo && r.is_fine()).count();
    }
    let gaps = if known > 0 { format!(" ({known} known gaps)") } else { String::new() };
    let (rules, shown) = (many(rules as u64, "rule"), many(examples as u64, "example"));
    writeln!(
        text,
        "{rules}, {shown}: {fine} as expected{gaps}, {} not; {} unproven; {never_out} that can never come out",
        examples - fine,
        many(lacking, "rule"),
    )?;
    print(text.as_bytes())?;
    Ok(if fine == examples && lacking == 0 && never_out == 0 { Exit::Fine } else { Exit::FellShort })
}

/// What can never come out of some rules of a book, or of the sets beside them, a line each.
fn never_lines(book: &RuleBook, own: &[usize], ran: &[Ran<'_>]) -> Vec<String> {
    let tested = |name: &str| own.iter().any(|&k| book.rules()[k].source.name == name);
    let mut lines = Vec::new();
    for found in never(book).iter().filter(|n| tested(&n.source.name)) {
        let (line, _) = found.source.place(found.span.start);
        lines.push(format!("{}:{line}: {}", found.source.name, found.why));
    }
    for k in selftest::without_occasion(book, ran) {
        let rule = &book.rules()[k];
        let (line, _) = rule.source.place(rule.span.start);
        lines.push(format!("{}:{line}: {}: its occasion comes up in no example", rule.source.name, rule.head.id));
    }
    lines
}

/// The name of a shipped pack means that pack, as for `--rules`; anything else is a file here, whatever it looks like.
fn pack_or_file(typed: &str) -> String {
    match PackRef::typed(typed) {
        PackRef::Shipped(name) if shipped::pack(&name).is_none() => format!("./{typed}"),
        PackRef::Shipped(_) | PackRef::File(_) => typed.to_owned(),
    }
}

/// One example: what was expected, what came out, and the words it rests on.
fn show(ran: &Ran<'_>, text: &mut String) -> Result<()> {
    let mark = if ran.is_fine() { "✓" } else { "✗" };
    let expected = ran.example.expect.as_str();
    let note = if ran.example.why.is_empty() { String::new() } else { format!(" ({})", ran.example.why) };
    match &ran.found {
        Err(error) => {
            writeln!(text, "  {mark} expected {expected}{note}\n      the example cannot be read: {}", terminal(error))?
        }
        Ok(found) if found.verdict == ran.example.expect && !ran.example.todo => {
            writeln!(text, "  {mark} {expected}{note}")?;
        }
        Ok(found) if ran.example.todo && ran.is_fine() => {
            writeln!(text, "  {mark} known gap: {expected} wanted, {} found{note}", found.verdict.as_str())?;
        }
        Ok(_) if ran.example.todo => {
            writeln!(text, "  {mark} {expected}{note}\n      a known gap that is closed: take `todo = true` away")?;
        }
        Ok(found) => writeln!(text, "  {mark} expected {expected}, found {}{note}", found.verdict.as_str())?,
    }
    let Ok(found) = &ran.found else {
        return {
            text.push('\n');
            Ok(())
        };
    };
    let reason = if found.why.is_empty() { found.reason } else { &found.why };
    paragraph(text, 6, "", 6, &terminal(reason));
    if !ran.is_fine() || found.verdict == Verdict::Fail {
        for evidence in &found.evidence {
            let quote = &ran.call.text()[evidence.quote.start as usize..evidence.quote.end as usize];
            let quote = terminal(quote.trim());
            let lead = format!("turn {} {}:", evidence.turn, evidence.speaker);
            paragraph(text, 6, &lead, 8, &format!("\"{quote}\""));
        }
    }
    text.push('\n');
    Ok(())
}
