//! `heard rules test`: whether packs hold what their examples promise, and what in them can never come out.

use super::books::load;
use super::example::show;
use crate::audit::selftest::{self, Ran};
use crate::cli::exit::Exit;
use crate::cli::rules::RulesTestArgs;
use crate::commands::print;
use crate::rules::unreachable::unreachable;
use crate::rules::wording::many;
use crate::rules::{PackRef, RuleBook, shipped};
use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Runs `rules test`.
pub fn run(args: &RulesTestArgs) -> Result<Exit> {
    let typed: Vec<String> = args.rules.iter().cloned().chain(args.files.iter().map(|f| pack_or_file(f))).collect();
    let books = load(&typed)?;
    let mut text = String::new();
    let (mut rules, mut examples, mut fine, mut known, mut lacking) = (0, 0, 0, 0, 0_u64);
    let mut unreachable_found = 0;
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
        for line in unreachable_lines(book, &own, &ran) {
            writeln!(text, "{line}\n")?;
            unreachable_found += 1;
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
        "{rules}, {shown}: {fine} as expected{gaps}, {} not; {} unproven; {unreachable_found} that can never come out",
        examples - fine,
        many(lacking, "rule"),
    )?;
    print(text.as_bytes())?;
    Ok(if fine == examples && lacking == 0 && unreachable_found == 0 { Exit::Fine } else { Exit::FellShort })
}

/// What can never come out of some rules of a book, or of the sets beside them, a line each.
fn unreachable_lines(book: &RuleBook, own: &[usize], ran: &[Ran<'_>]) -> Vec<String> {
    let tested = |name: &str| own.iter().any(|&k| book.rules()[k].source.name == name);
    let mut lines = Vec::new();
    for found in unreachable(book).iter().filter(|n| tested(&n.source.name)) {
        let (line, _) = found.source.place(found.span.start);
        lines.push(format!("{}:{line}: {}", found.source.name, found.message));
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
