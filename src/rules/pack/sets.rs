//! The sets of all packs put together: joined with those of the same name, their names resolved, sets within sets opened.

use super::raw_set::RawSet;
use super::reader::{Mistakes, Text};
use super::set_names::SetNames;
use crate::text::engine::lexicon::BUILT_INS;
use crate::text::set::{Entry, Origin, Pattern, SetDef, SetId};

/// Joins a set with those of the same name. `complete`: every pack could be read.
pub fn join(sets: &mut Vec<(usize, RawSet)>, file: usize, set: RawSet, mistakes: &[Mistakes], complete: bool) {
    let Some(at) = sets.iter().position(|(_, s)| s.name.text == set.name.text) else {
        if set.adds && complete && !set.name.text.is_empty() {
            let help = "write `phrases` to define a set of your own";
            let message = format!("`add` widens a set that there is, and there is no set `{}`", set.name.text);
            mistakes[file].wrong(set.name.span.clone(), message, help);
        }
        sets.push((file, set));
        return;
    };
    if set.adds {
        let widened = &mut sets[at].1;
        widened.entries.extend(set.entries);
        widened.not_in.extend(set.not_in);
        widened.not_if.extend(set.not_if);
        if set.learned.is_some() {
            widened.learned = set.learned;
        }
        if set.called.is_some() {
            widened.called = set.called;
        }
    } else if set.replaces {
        sets[at] = (file, set);
    } else {
        let other = &mistakes[sets[at].0].source;
        let (line, _) = other.place(sets[at].1.name.span.start);
        let help = "write add = […] to widen it, or replace = true to take its place";
        let message = format!("there is a set `{}` already, in {}:{line}", set.name.text, other.name);
        mistakes[file].wrong(set.name.span.clone(), message, help);
    }
}

/// The sets with their names resolved.
pub fn resolve_sets(sets: &[(usize, RawSet)], names: &SetNames<'_>, mistakes: &[Mistakes]) -> Vec<SetDef> {
    let resolve = |file: usize, texts: &[Text]| -> Vec<SetId> {
        texts.iter().filter_map(|t| names.set(&mistakes[file], t)).collect()
    };
    let def = |(file, set): &(usize, RawSet)| {
        for entry in &set.entries {
            entry.each_set(&mut |name, at| {
                if names.id(name).is_some() || BUILT_INS.iter().any(|(b, _)| *b == name) {
                    return;
                }
                let near = names.near(name);
                if near.is_none() && !names.complete() {
                    return;
                }
                let near = near.map(|n| format!("did you mean <{n}>?"));
                let start = entry.span.start + 1 + at;
                mistakes[*file].wrong(
                    start..start + name.len() + 2,
                    format!("there is no set `{name}` to inline"),
                    near.unwrap_or_default(),
                );
            });
        }
        let entries = set.entries.iter().filter_map(|e| {
            let (after, not_if) = (resolve(*file, &e.after), resolve(*file, &e.not_if));
            Some(Entry {
                pattern: e.pattern.clone()?,
                written: e.written.clone(),
                instead: e.instead.clone(),
                after,
                not_if,
                shipped: e.shipped,
            })
        });
        SetDef {
            name: set.name.text.clone(),
            about: set.about.clone(),
            called: set.called.clone().unwrap_or_else(|| set.name.text.replace('-', " ")),
            who: set.who,
            origin: set.origin,
            entries: entries.collect(),
            not_in: set.not_in.clone(),
            after: resolve(*file, &set.after),
            not_if: resolve(*file, &set.not_if),
            only_inlined: false,
        }
    };
    let mut defs: Vec<SetDef> = sets.iter().map(def).collect();
    // Sets that hold each other would be opened without end.
    if check_cycles(&defs, sets, names, mistakes) {
        inherit(&mut defs, names);
        stand_for(&mut defs);
    }
    defs
}

/// A phrase that is nothing but `<set>` stands for all phrases of that set, with their places and their conditions; inside
/// a longer phrase a set lends its words alone.
fn stand_for(defs: &mut [SetDef]) {
    // Each round opens one level; no set leads back to itself.
    for _ in 0..defs.len() {
        let mut opened = false;
        for k in 0..defs.len() {
            let mut entries = Vec::new();
            for entry in std::mem::take(&mut defs[k].entries) {
                let Some(n) = whole_set(&entry, defs).filter(|&n| n != k) else {
                    entries.push(entry);
                    continue;
                };
                opened = true;
                let set = &defs[n];
                entries.extend(set.entries.iter().map(|inner| {
                    let either = |a: &[SetId], b: &[SetId]| {
                        if a.is_empty() { b.to_vec() } else { a.to_vec() }
                    };
                    let all = |lists: [&[SetId]; 3]| lists.concat();
                    Entry {
                        instead: entry.instead.clone().or_else(|| inner.instead.clone()),
                        after: either(&entry.after, &either(&inner.after, &set.after)),
                        not_if: all([&entry.not_if, &inner.not_if, &set.not_if]),
                        ..inner.clone()
                    }
                }));
            }
            defs[k].entries = entries;
        }
        if !opened {
            return;
        }
    }
}

/// The set that a phrase is nothing but.
fn whole_set(entry: &Entry, defs: &[SetDef]) -> Option<usize> {
    let Pattern::Words(phrase) = &entry.pattern else {
        return None;
    };
    let name = phrase.only_set()?;
    // A set found by the engine has no phrases to stand for.
    defs.iter().position(|d| d.name == name && d.origin == Origin::Listed)
}

/// What cancels a hit of an inlined set cancels it in the sets that inline it, too.
fn inherit(defs: &mut [SetDef], names: &SetNames<'_>) {
    let inlined: Vec<Vec<usize>> =
        defs.iter().map(|d| names.inlined_by(d).into_iter().map(usize::from).collect()).collect();
    for k in 0..defs.len() {
        let (mut todo, mut seen) = (inlined[k].clone(), vec![k]);
        while let Some(n) = todo.pop() {
            if !seen.contains(&n) {
                seen.push(n);
                todo.extend(&inlined[n]);
                let own = defs[n].not_in.clone();
                defs[k].not_in.extend(own);
            }
        }
    }
}

/// Reports sets that refer to themselves, directly or through others: they could never be resolved. Whether there are
/// none.
fn check_cycles(defs: &[SetDef], sets: &[(usize, RawSet)], names: &SetNames<'_>, mistakes: &[Mistakes]) -> bool {
    let next: Vec<Vec<usize>> = defs
        .iter()
        .zip(sets)
        .map(|(def, (_, raw))| {
            let mut next: Vec<usize> = def.looks_at().map(usize::from).collect();
            for entry in &raw.entries {
                entry.each_set(&mut |name, _| next.extend(names.id(name).map(usize::from)));
            }
            next
        })
        .collect();
    let (mut state, mut found) = (vec![0u8; defs.len()], Vec::new());
    for k in 0..defs.len() {
        if state[k] == 0 {
            visit(k, &next, &mut state, &mut found);
        }
    }
    for &n in &found {
        let (file, set) = &sets[n];
        let message = format!("the set `{}` leads back to itself through its phrases or conditions", set.name.text);
        mistakes[*file].wrong(set.name.span.clone(), message, "");
    }
    found.is_empty()
}

/// Finds the sets that lead back to one on the way to them. `state`: 0 not seen, 1 on the way, 2 done.
fn visit(k: usize, next: &[Vec<usize>], state: &mut [u8], found: &mut Vec<usize>) {
    state[k] = 1;
    for &n in &next[k] {
        match state[n] {
            0 => visit(n, next, state, found),
            1 if !found.contains(&n) => found.push(n),
            _ => {}
        }
    }
    state[k] = 2;
}
