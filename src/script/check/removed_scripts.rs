//! Scripts that an old state had and that were removed: whoever deletes a file deletes all of its branches with it.
//!
//! A script under another name is still there: what is new and what is gone are paired by what is said in them.

use super::checked::{CheckedScript, id};
use super::removed_branches::names;
use super::similar::{likeness, pair_up, pairs_of_words};
use super::{SCRIPT_IS_KEPT, page};
use crate::report::script::{OnPage, Place};
use crate::rules::RuleBook;
use std::collections::BTreeSet;

/// Scripts that share more than this of their pairs of words are one script under two names.
const ALIKE: f64 = 0.5;

/// More pairs of files than this are not laid side by side.
const MOST_PAIRS: usize = 100_000;

/// For each new script that had no old state under its name, the gone one that it was. `fresh` and `gone` are looked at
/// in their order, the nearest pair first.
#[must_use]
pub fn renamed(fresh: &[&CheckedScript], gone: &[CheckedScript]) -> Vec<Option<usize>> {
    let mut found = vec![None; fresh.len()];
    if fresh.len().saturating_mul(gone.len()) > MOST_PAIRS {
        return found;
    }
    let words: Vec<BTreeSet<u64>> = gone.iter().map(pairs_of_words).collect();
    let mut near = Vec::new();
    for (n, script) in fresh.iter().enumerate() {
        let own = pairs_of_words(script);
        for (o, other) in words.iter().enumerate() {
            let share = likeness(&own, other);
            if share > ALIKE {
                near.push((share, n, o));
            }
        }
    }
    for (n, o) in pair_up(near) {
        found[n] = Some(o);
    }
    found
}

/// What is to be said of a script that is gone: a finding if rules passed in it that pass in no script that is left,
/// else only a remark. `kept` are the rules that pass somewhere now, `left` the scripts that are there.
pub fn finding(
    gone: &CheckedScript,
    kept: &BTreeSet<usize>,
    left: &[&CheckedScript],
    book: &RuleBook,
) -> Result<CheckedScript, String> {
    let lost: Vec<usize> = gone.passed().difference(kept).copied().collect();
    let Some(first) = gone.paths.first().filter(|_| !lost.is_empty()) else {
        return Err(format!("{}: this script is gone; what passed in it passes elsewhere", gone.source));
    };
    let why = format!(
        "this script is gone, and with it what passed {}; no other script passes {}",
        names(&lost, book),
        if lost.len() == 1 { "it" } else { "these" }
    );
    let name = gone.source.rsplit('/').next().unwrap_or(&gone.source);
    // There is no line left to write it on, so that the comment has to say which script it means.
    let allowed = left.iter().flat_map(|s| &s.allows).find_map(|a| {
        let names = a.rules.iter().any(|r| r == SCRIPT_IS_KEPT);
        a.reason.as_deref().filter(|r| names && r.contains(name))
    });
    let on_page = OnPage {
        place: Place { line: 1, column: 1, end_line: 1, end_column: 2 },
        text: gone.headings.first().map_or_else(|| name.to_owned(), |h| h.text.clone()),
    };
    let mut path = page::removed(SCRIPT_IS_KEPT, "script-gone", why, allowed, on_page, first, book);
    if let Some(advice) = &mut path.judged.results[0].advice {
        *advice = advice.replace("FILE", name);
    }
    // It is about all of its paths.
    path.script.name.clear();
    path.steps.clear();
    path.call.id = id(&gone.source, "");
    Ok(CheckedScript { source: gone.source.clone(), paths: vec![path], ..CheckedScript::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::script::ScriptPath;
    use crate::script::check::CheckedPath;

    fn script(said: &str) -> CheckedScript {
        let mut path = CheckedPath { script: ScriptPath::default(), ..CheckedPath::default() };
        let speaker = path.call.speaker(crate::call::Role::Agent, "Agent", None);
        path.call.push_turn(speaker, None, None, said);
        CheckedScript { paths: vec![path], ..CheckedScript::default() }
    }

    #[test]
    fn a_script_under_another_name_is_known_by_its_words() {
        let refund = "Thank you for calling Acme. I'm sorry about the refund, it is on its way.";
        let order = "Which size and colour would you like, and where may we send it?";
        let gone = [script(order), script(refund)];
        let again = script(&refund.replace("on its way", "with you by Friday"));
        let other = script("Thank you for calling Acme. The shop is in Mill Street.");
        assert_eq!(renamed(&[&other, &again], &gone), [None, Some(1)]);
        assert_eq!(renamed(&[&again, &again], &gone), [Some(1), None], "once");
    }
}
