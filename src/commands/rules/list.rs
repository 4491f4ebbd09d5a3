//! `heard rules list`: the rules or the sets there are, a line each.

use super::books::load;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesListArgs;
use crate::commands::{paragraph, print};
use crate::rules::RuleBook;
use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Runs `rules list`.
pub fn run(args: &RulesListArgs) -> Result<Exit> {
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
