//! From pack files to a rule book: includes, unions, names resolved, everything that is wrong collected.

use super::book::{OwnSet, RuleBook};
use super::fingerprint;
use super::pack::diagnostics::{Diagnostic, Problems, nearest};
use super::pack::info::PackInfo;
use super::pack::learned::Models;
use super::pack::open::{Opened, PackRef, open_all};
use super::pack::raw_set::RawSet;
use super::pack::reader::{Mistakes, Table};
use super::pack::set_names::SetNames;
use super::pack::sets::{join, resolve_sets};
use super::pack::shipped;
use super::rule::{Rule, resolve_parts, sets_reached, with_parts};
use crate::report::JudgedBy;
use crate::text::book::PhraseBook;
use crate::text::set::{Detectors, SetDef, SetId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeTable;

/// Which rules of the packs are wanted; both empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// Only these ids.
    pub select: Vec<String>,
    /// Not these ids.
    pub ignore: Vec<String>,
    /// Sets to compile beside those that the rules reach.
    pub sets: Sets,
    /// What finds the tags of sets that have learned weights; none leaves it to the packs.
    pub detectors: Option<Detectors>,
    /// Whether hardships are looked for whatever the rules.
    pub hardship: bool,
}

/// Sets that are wanted though no rule may reach them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sets {
    /// None.
    #[default]
    Reached,
    /// What `heard inspect` shows: the shipped tags and all sets of the packs.
    Shown,
    /// All.
    All,
}

/// A file with its table.
type Parsed<'o> = (&'o Opened, Spanned<DeTable<'o>>);

impl RuleBook {
    /// Reads and compiles packs with all that they include; all mistakes come in one run.
    pub fn load(packs: &[PackRef], pick: &Pick) -> Result<RuleBook, Problems> {
        load(packs, pick)
    }

    /// The shipped pack with most of these rules, by name, the first of equals; none if no pack has any of them.
    pub fn with_most_of(rules: &[&str]) -> Result<Option<(&'static str, RuleBook)>, Problems> {
        let mut best: (usize, Option<(&'static str, RuleBook)>) = (0, None);
        for (name, _) in shipped::PACKS {
            let book = RuleBook::load(&[PackRef::Shipped((*name).to_owned())], &Pick::default())?;
            let count = rules.iter().filter(|id| book.heads().iter().any(|head| head.id == **id)).count();
            if count > best.0 {
                best = (count, Some((name, book)));
            }
        }
        Ok(best.1)
    }
}

fn load(packs: &[PackRef], pick: &Pick) -> Result<RuleBook, Problems> {
    let mut problems = Problems::default();
    let whole = pick.sets != Sets::Reached;
    let always = if pick.hardship { &[shipped::HOLD, shipped::HARDSHIP][..] } else { &[shipped::HOLD] };
    let opened = open_all(packs, whole, always, pick.detectors, &mut problems);
    let (parsed, mistakes) = parse(&opened, &mut problems);
    // A pack that could not be read may define names that others use: then an unknown name is no mistake.
    let complete = problems.is_empty();
    let (sets, infos) = read_sets(&parsed, &mistakes, complete);
    let names = SetNames::of(&sets, complete);
    let mut rules = read_rules(&parsed, &mistakes, &names, &infos);
    resolve_parts(&mut rules, &mistakes, complete);
    let defs = resolve_sets(&sets, &names, &mistakes);
    problems.all.extend(mistakes.into_iter().flat_map(Mistakes::into_all));
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
    // Sets that rules name or that are shown are judged by phrases and learned weights; the sets that weights look at,
    // by their phrases alone.
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
    let heads = public.iter().map(|&k| rules[k].head.clone()).collect();
    let sets = public.iter().map(|&k| sets_reached(&rules, k)).collect();
    Ok(RuleBook { rules, heads, public, sets, info, by, hardship, phrases, shown, own })
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

/// Parses the files. Where the TOML of one is broken, mistakes are only looked for before the table in which it breaks:
/// what follows may merely seem wrong.
fn parse<'o>(opened: &'o [Opened], problems: &mut Problems) -> (Vec<Parsed<'o>>, Vec<Mistakes>) {
    let (mut parsed, mut mistakes) = (Vec::new(), Vec::new());
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
            help: String::new(),
        }));
        mistakes.push(Mistakes::up_to(sound, file.source.clone()));
        parsed.push((file, table));
    }
    (parsed, mistakes)
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
fn read_sets(parsed: &[Parsed<'_>], mistakes: &[Mistakes], complete: bool) -> (Vec<(usize, RawSet)>, Vec<PackInfo>) {
    let (mut sets, mut infos) = (Vec::new(), Vec::new());
    for (n, (file, table)) in parsed.iter().enumerate() {
        let root = Table::new(&mistakes[n], table.get_ref(), "a pack", 0..0);
        if let Some(named) = root.table("set") {
            for (name, value) in named.entries() {
                if let Some(mut set) = RawSet::read(name, value, &root, file.in_library) {
                    set.learned.iter_mut().for_each(|learned| learned.0 = n);
                    join(&mut sets, n, set, mistakes, complete);
                }
            }
        }
        infos.push(PackInfo::read(&mistakes[n], table.get_ref(), &file.stem));
        root.allow(["pack", "rule"]);
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

fn read_rules(parsed: &[Parsed<'_>], mistakes: &[Mistakes], names: &SetNames<'_>, infos: &[PackInfo]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for (n, (file, table)) in parsed.iter().enumerate() {
        let root = Table::new(&mistakes[n], table.get_ref(), "a pack", 0..0);
        for table in root.tables("rule", "[[rule]]") {
            if let Some(rule) = Rule::read(&table, names, &infos[n], file.source.clone()) {
                add_rule(&mut rules, rule, &mistakes[n]);
            }
        }
    }
    rules
}

/// A set that no chosen rule reaches keeps its number and its name, and costs nothing.
fn emptied(def: SetDef) -> SetDef {
    SetDef { entries: Vec::new(), not_in: Vec::new(), after: Vec::new(), not_if: Vec::new(), ..def }
}

fn add_rule(rules: &mut Vec<Rule>, rule: Rule, mistakes: &Mistakes) {
    let Some(at) = rules.iter().position(|r| r.head.id == rule.head.id) else {
        return rules.push(rule);
    };
    if rule.replaces {
        rules[at] = rule;
        return;
    }
    let (line, _) = rules[at].source.place(rules[at].span.start);
    let message = format!("there is a rule `{}` already, in {}:{line}", rule.head.id, rules[at].source.name);
    mistakes.wrong(rule.span.clone(), message, "write replace = true to take its place, or another id");
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
    let of_rules = with_parts(rules, public).into_iter().flat_map(|k| rules[k].sets());
    more.iter().copied().chain(of_rules).collect()
}

/// All sets that must be compiled: those that the chosen rules name, those in `todo`, and whatever these need in turn.
/// `inlined` gives the sets whose phrases a set holds within its own.
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
