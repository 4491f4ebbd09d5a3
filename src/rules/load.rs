//! From pack files to a rule book: includes, unions, names resolved, everything that is wrong collected.

use super::diagnostics::{Diagnostic, Problems, nearest};
use super::learned::Models;
use super::names::{Names, join, resolve_sets};
use super::never::OwnSet;
use super::open::{Opened, open_all};
use super::pack::PackInfo;
use super::raw_set::RawSet;
use super::reader::{Reading, Table};
use super::rule::{Link, Rule};
use super::{PackRef, Pick, RuleBook, Sets, fingerprint, shipped};
use crate::report::JudgedBy;
use crate::text::book::{Detectors, PhraseBook, SetDef, SetId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeTable;

/// A file with its table.
type Parsed<'o> = (&'o Opened, Spanned<DeTable<'o>>);

/// Loads packs with all that they include.
pub fn load(packs: &[PackRef], pick: &Pick) -> Result<RuleBook, Problems> {
    let mut problems = Problems::default();
    let whole = pick.sets != Sets::Reached;
    let always = if pick.hardship { &[shipped::HOLD, shipped::HARDSHIP][..] } else { &[shipped::HOLD] };
    let opened = open_all(packs, whole, always, pick.detectors, &mut problems);
    let (parsed, readings) = parse(&opened, &mut problems);
    // What is known by name may stand in what could not be read.
    let complete = problems.is_empty();
    let (sets, infos) = read_sets(&parsed, &readings, complete);
    let names = Names::of(&sets, complete);
    let mut rules = read_rules(&parsed, &readings, &names, &infos);
    Link::resolve(&mut rules, &readings, complete);
    let defs = resolve_sets(&sets, &names, &readings);
    for reading in readings {
        problems.all.extend(reading.into_mistakes());
    }
    let public = choose(&rules, pick, complete, &mut problems);
    let detectors = pick.detectors.unwrap_or_else(|| by_packs(&infos));
    let packs = packs_by_version(&opened, &infos);
    // Includes come before what includes them, so the last one is what was asked for.
    let info = infos.into_iter().next_back().unwrap_or_default();
    let wanted = |&k: &usize| match pick.sets {
        Sets::Reached => false,
        Sets::Shown => !opened[sets[k].0].in_library || shipped::SHOWN.contains(&defs[k].name.as_str()),
        Sets::All => true,
    };
    let shown: Vec<SetId> = (0..defs.len()).filter(wanted).map(|k| k as SetId).collect();
    let is_always = |(_, def): &(usize, &SetDef)| always.contains(&def.name.as_str());
    let always = defs.iter().enumerate().filter(is_always);
    let always: Vec<SetId> = always.map(|(k, _)| k as SetId).collect();
    let asked = [shown.as_slice(), &always].concat();
    let mut models = Models::new(&opened, &sets, &names, detectors);
    // What rules name and what is shown is judged by its weights. What these look at is looked for by its phrases alone.
    let judged = named(&rules, &public, &asked);
    let mut beside: FxHashMap<SetId, Vec<SetId>> = FxHashMap::default();
    let mut looked_at = |set| {
        let open = || {
            if judged.contains(&set) { models.open(set, &mut problems) } else { Vec::new() }
        };
        beside.entry(set).or_insert_with(open).clone()
    };
    let told = needed(&rules, &public, &defs, asked.clone(), &mut looked_at, &|_| Vec::new());
    let inlined = |def: &SetDef| names.inlined_by(def);
    let reached_sets = needed(&rules, &public, &defs, asked, &mut looked_at, &inlined);
    let weights = models.digest();
    let models = models.finish();
    if !problems.is_empty() {
        return Err(problems);
    }
    let own = if pick.sets == Sets::All {
        let every: Vec<usize> = (0..rules.len()).collect();
        let looked_at = |set| beside.get(&set).cloned().unwrap_or_default();
        let used = needed(&rules, &every, &defs, always, looked_at, &inlined);
        own_sets(&sets, &opened, &rules, &used)
    } else {
        Vec::new()
    };
    let reached = |(k, def): (usize, SetDef)| {
        let k = k as SetId;
        if !reached_sets.contains(&k) {
            return emptied(def);
        }
        SetDef { only_inlined: !told.contains(&k), ..def }
    };
    let defs: Vec<SetDef> = defs.into_iter().enumerate().map(reached).collect();
    let hardship = defs.iter().position(|def| def.name == shipped::HARDSHIP);
    let hardship = hardship.map(|k| k as SetId).filter(|k| told.contains(k));
    let fingerprint = fingerprint::of(&info, &rules, &public, &defs, weights);
    let by = JudgedBy {
        version: env!("CARGO_PKG_VERSION"),
        packs: format!("{packs}:{fingerprint:016x}"),
        detectors: if detectors == Detectors::Phrases { "phrases" } else { "combined" },
    };
    let phrases = PhraseBook::compile(defs).with_models(&models);
    Ok(RuleBook { by, hardship, ..RuleBook::new(rules, public, info, phrases, shown, own) })
}

/// Both detectors, unless a pack wants phrases alone and no other wants more.
fn by_packs(infos: &[PackInfo]) -> Detectors {
    let says = |which| infos.iter().any(|info| info.detectors == Some(which));
    if says(Detectors::Phrases) && !says(Detectors::Combined) { Detectors::Phrases } else { Detectors::Combined }
}

/// The packs that were asked for, each with its version if it says one.
fn packs_by_version(opened: &[Opened], infos: &[PackInfo]) -> String {
    let asked = opened.iter().zip(infos).filter(|(file, _)| file.asked);
    let named = asked.map(|(_, info)| match info.version.as_str() {
        "" => info.name.clone(),
        version => format!("{}@{version}", info.name),
    });
    named.collect::<Vec<_>>().join(",")
}

/// The sets that packs with rules define.
fn own_sets(sets: &[(usize, RawSet)], opened: &[Opened], rules: &[Rule], used: &FxHashSet<SetId>) -> Vec<OwnSet> {
    let own = |(k, (file, set)): (usize, &(usize, RawSet))| {
        let source = opened[*file].source.clone();
        let has_rules = rules.iter().any(|r| Arc::ptr_eq(&r.source, &source));
        (has_rules && !opened[*file].in_library).then(|| OwnSet {
            id: k as SetId,
            source,
            span: set.name.span.clone(),
            learned: set.learned.is_some(),
            used: used.contains(&(k as SetId)),
        })
    };
    sets.iter().enumerate().filter_map(own).collect()
}

/// The files as tables, each with the place for its mistakes. Where TOML itself is broken, what it was meant to say is
/// known up to the table in which it breaks.
fn parse<'o>(opened: &'o [Opened], problems: &mut Problems) -> (Vec<Parsed<'o>>, Vec<Reading>) {
    let (mut parsed, mut readings) = (Vec::new(), Vec::new());
    for file in opened {
        let text = &file.source.text;
        let (table, errors) = DeTable::parse_recoverable(text);
        let place = |error: &toml::de::Error| error.span().unwrap_or(0..0);
        let sound = match errors.iter().map(|error| place(error).start).min() {
            Some(at) => last_table(text, at),
            None => usize::MAX,
        };
        problems.all.extend(errors.into_iter().map(|error| Diagnostic {
            source: file.source.clone(),
            span: place(&error),
            message: error.message().trim().replace('\n', ", "),
            help: None,
        }));
        readings.push(Reading::up_to(sound, file.source.clone()));
        parsed.push((file, table));
    }
    (parsed, readings)
}

/// Where the last rule, set or pack begins before a byte.
fn last_table(text: &str, at: usize) -> usize {
    let begins = |line: &str| ["[[rule]]", "[set.", "[pack"].iter().any(|h| line.starts_with(h));
    let (mut start, mut last) = (0, 0);
    for line in text.split_inclusive('\n') {
        if start >= at {
            break;
        }
        if begins(line) {
            last = start;
        }
        start += line.len();
    }
    last
}

/// What the files say of themselves, and their sets, each with the number of its file.
fn read_sets(parsed: &[Parsed<'_>], readings: &[Reading], complete: bool) -> (Vec<(usize, RawSet)>, Vec<PackInfo>) {
    let (mut sets, mut infos) = (Vec::new(), Vec::new());
    for (n, (file, table)) in parsed.iter().enumerate() {
        let root = Table::new(&readings[n], table.get_ref(), "a pack", 0..0);
        if let Some(named) = root.table("set") {
            for (name, value) in named.entries() {
                if let Some(mut set) = RawSet::read(name, value, &root, file.in_library) {
                    set.learned.iter_mut().for_each(|learned| learned.0 = n);
                    join(&mut sets, n, set, readings, complete);
                }
            }
        }
        infos.push(PackInfo::read(&readings[n], table.get_ref(), &file.stem));
        root.allow(&["pack", "rule"]);
        let inner: &[&str] = &["id", "title", "find", "name", "phrases", "weight", "include", "language", "version"];
        root.finish(&[
            (inner, "keys stand in a table: [pack], [set.NAME] or [[rule]]"),
            (&["rules"], "write [[rule]] for each"),
            (
                &["example", "examples", "expect", "call", "call_jsonl"],
                "this belongs to an example: write [[rule.example]] below its rule",
            ),
            (&["sets"], "write [set.NAME] for each"),
        ]);
    }
    (sets, infos)
}

fn read_rules(parsed: &[Parsed<'_>], readings: &[Reading], names: &Names<'_>, infos: &[PackInfo]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (n, (file, table)) in parsed.iter().enumerate() {
        let root = Table::new(&readings[n], table.get_ref(), "a pack", 0..0);
        for table in root.tables("rule", "[[rule]]") {
            if let Some(rule) = Rule::read(&table, names, &infos[n], file.source.clone()) {
                add_rule(&mut rules, rule, &readings[n]);
            }
        }
    }
    rules
}

/// A set that no chosen rule reaches keeps its number and its name, and costs nothing.
fn emptied(def: SetDef) -> SetDef {
    SetDef { entries: Vec::new(), not_in: Vec::new(), after: Vec::new(), not_if: Vec::new(), ..def }
}

fn add_rule(rules: &mut Vec<Rule>, rule: Rule, reading: &Reading) {
    let Some(at) = rules.iter().position(|r| r.head.id == rule.head.id) else {
        return rules.push(rule);
    };
    if rule.replaces {
        rules[at] = rule;
        return;
    }
    let (line, _) = rules[at].source.place(rules[at].span.start);
    let message = format!("there is a rule `{}` already, in {}:{line}", rule.head.id, rules[at].source.name);
    reading.wrong(rule.span.clone(), message, Some("write replace = true to take its place, or another id".to_owned()));
}

/// The rules that are reported: not internal, selected, not ignored.
fn choose(rules: &[Rule], pick: &Pick, complete: bool, problems: &mut Problems) -> Vec<usize> {
    let public: Vec<usize> = (0..rules.len()).filter(|&k| !rules[k].internal).collect();
    let ids = || public.iter().map(|&k| rules[k].head.id.as_str());
    for id in pick.select.iter().chain(&pick.ignore) {
        if !ids().any(|known| known == id) {
            let near = nearest(id, ids());
            if near.is_none() && !complete {
                continue;
            }
            let near = near.map_or_else(
                || format!("rules here: {}", ids().collect::<Vec<_>>().join(", ")),
                |n| format!("did you mean `{n}`?"),
            );
            problems.notes.push(format!("there is no rule `{id}` in these packs\n  = {near}"));
        }
    }
    let wanted = |id: &String| (pick.select.is_empty() || pick.select.contains(id)) && !pick.ignore.contains(id);
    public.into_iter().filter(|&k| wanted(&rules[k].head.id)).collect()
}

/// The sets that rules and their parts name, and some more.
fn named(rules: &[Rule], public: &[usize], more: &[SetId]) -> FxHashSet<SetId> {
    let mut sets: FxHashSet<SetId> = more.iter().copied().collect();
    let (mut seen, mut todo) = (FxHashSet::default(), public.to_vec());
    while let Some(k) = todo.pop() {
        if seen.insert(k) {
            sets.extend(rules[k].sets());
            todo.extend(rules[k].parts());
        }
    }
    sets
}

/// The sets that the chosen rules and the wanted sets reach, and through `inlined` those that theirs are made of.
fn needed(
    rules: &[Rule],
    public: &[usize],
    defs: &[SetDef],
    mut todo: Vec<SetId>,
    mut looks_at_too: impl FnMut(SetId) -> Vec<SetId>,
    inlined: &dyn Fn(&SetDef) -> Vec<SetId>,
) -> FxHashSet<SetId> {
    todo.extend(named(rules, public, &[]));
    let mut needed = FxHashSet::default();
    while let Some(set) = todo.pop() {
        if needed.insert(set) {
            let def = &defs[usize::from(set)];
            todo.extend(def.looks_at());
            todo.extend(looks_at_too(set));
            todo.extend(inlined(def));
        }
    }
    needed
}
