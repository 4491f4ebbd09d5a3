//! What is said of a map of `--roles` that is about nobody in the calls of a run.

use crate::roles::mapping::RoleRule;
use crate::roles::mapping::met::{SHOWN, is_raised};
use std::collections::BTreeSet;

/// What to say after a run in which calls were read and maps met nobody they are about.
pub fn unused(rules: &[RoleRule]) -> Option<String> {
    let quoted = |label: &String| format!("\"{label}\"");
    let (mut known, mut nobody, mut others) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut globs = BTreeSet::new();
    for rule in rules {
        if !is_raised(&rule.met.call) {
            globs.extend(rule.files.iter().map(|(glob, _)| quoted(glob)));
            continue;
        }
        for ((label, _), met) in rule.map.iter().zip(&rule.met.labels) {
            let of = if is_raised(met) { &mut known } else { &mut nobody };
            of.insert(quoted(label));
        }
        if let Ok(of) = rule.met.others.lock() {
            others.extend(of.iter().map(quoted));
        }
    }
    // A label that another map met is no mistake.
    let nobody: Vec<String> = nobody.difference(&known).cloned().collect();
    let globs: Vec<String> = globs.into_iter().collect();
    let others: Vec<String> = others.into_iter().take(SHOWN).collect();
    let there = if others.is_empty() { String::new() } else { format!(" (there is {})", others.join(", ")) };
    let mut said = Vec::new();
    if !nobody.is_empty() {
        said.push(format!("nobody in the calls is {}{there}", nobody.join(", ")));
    }
    if !globs.is_empty() {
        said.push(format!("no file is {}", globs.join(", ")));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::call::Role;
    use crate::roles::mapping::apply;

    #[test]
    fn mappings_that_met_nobody_are_said() {
        let parsed = |rules: &[&str]| -> Vec<RoleRule> { rules.iter().map(|r| RoleRule::parse(r).expect(r)).collect() };
        for (rules, said) in [
            (&["spk_0=agent,Ann=customer"][..], None),
            (&["spk_0=agent,spk_9=customer"], Some("nobody in the calls is \"spk_9\"")),
            (
                &["Speaker 1=agent,Speaker 2=customer"],
                Some("nobody in the calls is \"speaker 1\", \"speaker 2\" (there is \"spk_0\", \"spk_1\")"),
            ),
            (&["*.txt:spk_0=agent"], Some("no file is \"*.txt\"")),
            (&["*.txt:spk_0=agent", "ann=customer"], Some("no file is \"*.txt\"")),
            (&["spk_0=agent", "a.json:spk_0=customer"], None),
        ] {
            let rules = parsed(rules);
            let mut call = Call::default();
            call.speaker(Role::Unknown, "spk_0", None);
            call.speaker(Role::Unknown, "spk_1", Some("Ann"));
            apply(&mut call, &rules, "calls/a.json");
            assert_eq!(unused(&rules).as_deref(), said);
        }
    }
}
