//! From pack files to a rule book: includes, unions, names resolved, everything that is wrong collected.

use super::context::Who;
use super::diagnostics::{Diagnostic, Problems, Source, nearest};
use super::pack::{PackInfo, RawSet};
use super::reader::{Reading, Table, Text};
use super::rule::{Link, Rule};
use super::shipped;
use super::{PackRef, Pick, RuleBook, Sets};
use crate::call::Role;
use crate::text::book::{Entry, PhraseBook, SetDef, SetId};
use crate::text::lexicon::BUILT_INS;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;

/// A file of packs, opened.
struct Opened {
    source: Arc<Source>,
    /// Who it is, so that a pack included twice is read once.
    identity: String,
    /// The folder that its includes are relative to; none for shipped packs.
    folder: Option<PathBuf>,
    stem: String,
    /// A file of the shipped library: sets only, known to be right.
    library: bool,
}

/// The names of sets that rules may use.
pub struct Names<'s> {
    ids: FxHashMap<&'s str, SetId>,
    who: Vec<Option<Role>>,
}

impl Names<'_> {
    /// The sets that a key names.
    pub fn sets(&self, table: &Table<'_, '_>, key: &'static str) -> Vec<SetId> {
        let texts = table.texts(key);
        if texts.is_empty() && table.has(key) {
            table
                .reading()
                .wrong(table.span(), format!("`{key}` names no set"), None);
        }
        texts
            .into_iter()
            .filter_map(|t| self.set(table.reading(), &t))
            .collect()
    }

    fn set(&self, reading: &Reading, name: &Text) -> Option<SetId> {
        let found = self.ids.get(name.text.as_str()).copied();
        if found.is_none() {
            let help = match nearest(&name.text, self.ids.keys().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "define it as [set.{}], or take a shipped one: heard rules list --sets",
                    name.text
                ),
            };
            reading.wrong(
                name.span.clone(),
                format!("there is no set `{}`", name.text),
                Some(help),
            );
        }
        found
    }

    /// Whose words sets are for, if they agree.
    pub fn who_of(&self, sets: &[SetId], usual: Who) -> Who {
        let mut roles = sets.iter().map(|&s| self.who[usize::from(s)]);
        match roles.next().flatten() {
            Some(role) if roles.all(|r| r == Some(role)) => Who::ALL
                .iter()
                .find(|(_, w)| w.role() == Some(role))
                .map_or(usual, |(_, w)| *w),
            _ => usual,
        }
    }

    /// Reports a speaker in whose words a set is never looked for.
    pub fn check_who(&self, table: &Table<'_, '_>, sets: &[SetId], who: Who) {
        for &set in sets {
            if let (Some(of), Some(wanted)) = (self.who[usize::from(set)], who.role()) {
                if of != wanted {
                    let span = table.get("who").map_or(table.span(), toml::Spanned::span);
                    let name = self
                        .ids
                        .iter()
                        .find(|(_, id)| **id == set)
                        .map_or("", |(name, _)| name);
                    let message = format!(
                        "`{name}` is looked for in the words of the {of} only, never in those of the {wanted}"
                    );
                    table.reading().wrong(
                        span,
                        message,
                        Some(format!("write who = \"{of}\", or take another set")),
                    );
                }
            }
        }
    }
}

/// Loads packs with all that they include.
pub fn load(packs: &[PackRef], pick: &Pick) -> Result<RuleBook, Problems> {
    let mut problems = Problems::default();
    let opened = open_all(packs, &mut problems);
    let mut parsed = Vec::new();
    for file in &opened {
        let (table, errors) = DeTable::parse_recoverable(&file.source.text);
        for error in errors {
            let message = error.message().trim().replace('\n', ", ");
            let span = error.span().unwrap_or(0..0);
            problems.all.push(Diagnostic {
                source: file.source.clone(),
                span,
                message,
                help: None,
            });
        }
        parsed.push((file, table));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let readings: Vec<Reading> = opened
        .iter()
        .map(|f| Reading::new(f.source.clone()))
        .collect();
    let mut sets: Vec<(usize, RawSet)> = Vec::new();
    let mut infos = Vec::new();
    for (n, (file, table)) in parsed.iter().enumerate() {
        let root = Table::new(&readings[n], table.get_ref(), "a pack", 0..0);
        if let Some(named) = root.table("set") {
            for (name, value) in named.entries() {
                if let Some(set) = RawSet::read(name, value, &root) {
                    join(&mut sets, n, set, &readings);
                }
            }
        }
        infos.push(PackInfo::read(&readings[n], table.get_ref(), &file.stem));
        let (_, _) = (root.get("pack"), root.get("rule"));
        let moved: &[&str] = &[
            "id", "title", "find", "name", "phrases", "weight", "include", "language", "version",
        ];
        root.finish(&[
            (
                moved,
                "keys stand in a table: [pack], [set.NAME] or [[rule]]",
            ),
            (&["rules"], "write [[rule]] for each"),
            (&["sets"], "write [set.NAME] for each"),
        ]);
    }
    let ids = sets
        .iter()
        .enumerate()
        .map(|(k, (_, s))| (s.name.text.as_str(), k as SetId))
        .collect();
    let names = Names {
        ids,
        who: sets.iter().map(|(_, s)| s.who).collect(),
    };
    let mut rules: Vec<Rule> = Vec::new();
    for (n, (file, table)) in parsed.iter().enumerate().filter(|(_, (f, _))| !f.library) {
        let root = Table::new(&readings[n], table.get_ref(), "a pack", 0..0);
        for table in root.tables("rule", "[[rule]]") {
            if let Some(rule) = Rule::read(&table, &names, &infos[n], file.source.clone()) {
                add_rule(&mut rules, rule, &readings[n]);
            }
        }
    }
    let links = Link::resolve(&mut rules, &readings);
    let defs = resolve_sets(&sets, &names, &readings);
    for reading in readings {
        problems.all.extend(reading.into_mistakes());
    }
    if problems.is_empty() && links {
        check_cycles(&defs, &sets, &opened, &mut problems);
    }
    let own: Vec<usize> = (0..opened.len()).filter(|&k| !opened[k].library).collect();
    let info = own
        .iter()
        .rev()
        .map(|&k| infos[k].clone())
        .next()
        .unwrap_or_else(|| infos[0].clone());
    let public = choose(&rules, pick, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let own_sets = |k: &usize| match pick.sets {
        Sets::Reached => false,
        Sets::Shown => {
            !opened[sets[*k].0].library || shipped::SHOWN.contains(&defs[*k].name.as_str())
        }
        Sets::All => true,
    };
    let shown: Vec<SetId> = (0..defs.len())
        .filter(own_sets)
        .map(|k| k as SetId)
        .collect();
    let needed = needed(&rules, &public, &defs, shown.clone());
    let defs = defs.into_iter().enumerate().map(|(k, d)| {
        if needed.contains(&(k as SetId)) {
            d
        } else {
            emptied(d)
        }
    });
    Ok(RuleBook::new(rules, public, info, defs.collect(), shown))
}

/// A set that no chosen rule reaches keeps its number and its name, and costs nothing.
fn emptied(def: SetDef) -> SetDef {
    SetDef {
        entries: Vec::new(),
        not_in: Vec::new(),
        after: Vec::new(),
        not_if: Vec::new(),
        ..def
    }
}

/// Opens the library, the packs and what they include: includes first, each once.
fn open_all(packs: &[PackRef], problems: &mut Problems) -> Vec<Opened> {
    let mut opened: Vec<Opened> = shipped::LIBRARY
        .iter()
        .map(|(name, text)| Opened {
            source: Arc::new(Source {
                name: format!("rules/{name}.toml"),
                text: (*text).to_owned(),
            }),
            identity: format!("library {name}"),
            folder: None,
            stem: (*name).to_owned(),
            library: true,
        })
        .collect();
    for pack in packs {
        open(pack, None, &mut Vec::new(), &mut opened, problems);
    }
    opened
}

fn open(
    pack: &PackRef,
    from: Option<(&Arc<Source>, &Text)>,
    trail: &mut Vec<String>,
    opened: &mut Vec<Opened>,
    problems: &mut Problems,
) {
    let mut wrong = |message: String, help: Option<String>| match from {
        Some((source, text)) => problems.all.push(Diagnostic {
            source: source.clone(),
            span: text.span.clone(),
            message,
            help,
        }),
        None => problems
            .notes
            .push(help.map_or(message.clone(), |h| format!("{message}\n  = {h}"))),
    };
    let file = match pack {
        PackRef::Shipped(name) => match shipped::pack(name) {
            Some(text) => Opened {
                source: Arc::new(Source {
                    name: format!("rules/{name}.toml"),
                    text: text.to_owned(),
                }),
                identity: format!("shipped {name}"),
                folder: None,
                stem: name.clone(),
                library: false,
            },
            None => {
                let near = nearest(name, shipped::PACKS.iter().map(|(n, _)| *n))
                    .map(|n| format!("did you mean `{n}`? "));
                let all: Vec<&str> = shipped::PACKS.iter().map(|(n, _)| *n).collect();
                let help = format!(
                    "{}shipped packs: {}; a file is named with a `/` or `.toml`",
                    near.unwrap_or_default(),
                    all.join(", ")
                );
                return wrong(format!("there is no pack `{name}`"), Some(help));
            }
        },
        PackRef::File(path) => match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => Opened {
                source: Arc::new(Source {
                    name: path.to_string_lossy().replace('\\', "/"),
                    text,
                }),
                identity: path
                    .canonicalize()
                    .unwrap_or_else(|_| path.clone())
                    .to_string_lossy()
                    .into_owned(),
                folder: Some(path.parent().unwrap_or(Path::new("")).to_owned()),
                stem: path
                    .file_stem()
                    .map_or(String::new(), |s| s.to_string_lossy().into_owned()),
                library: false,
            },
            Ok(Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                return wrong(
                    format!("{}: not UTF-8 at byte {at}", path.display()),
                    Some("save the pack as UTF-8".to_owned()),
                );
            }
            Err(error) => {
                return wrong(
                    format!("{}: the pack cannot be read: {error}", path.display()),
                    None,
                );
            }
        },
    };
    if trail.contains(&file.identity) {
        return wrong(format!("{} includes itself", file.source.name), None);
    }
    if opened.iter().any(|o| o.identity == file.identity) {
        return;
    }
    let reading = Reading::new(file.source.clone());
    let (table, _) = DeTable::parse_recoverable(&file.source.text);
    let include = PackInfo::read(&reading, table.get_ref(), &file.stem).include;
    trail.push(file.identity.clone());
    for text in include {
        let inner = match PackRef::typed(&text.text) {
            PackRef::File(path) => {
                PackRef::File(file.folder.as_ref().map_or(path.clone(), |f| f.join(path)))
            }
            shipped @ PackRef::Shipped(_) => shipped,
        };
        open(&inner, Some((&file.source, &text)), trail, opened, problems);
    }
    trail.pop();
    opened.push(file);
}

/// Joins a set with those of the same name.
fn join(sets: &mut Vec<(usize, RawSet)>, file: usize, set: RawSet, readings: &[Reading]) {
    let Some(at) = sets.iter().position(|(_, s)| s.name.text == set.name.text) else {
        if set.adds && !set.name.text.is_empty() {
            let help = "write `phrases` to define a set of your own".to_owned();
            let message = format!(
                "`add` widens a set that there is, and there is no set `{}`",
                set.name.text
            );
            readings[file].wrong(set.name.span.clone(), message, Some(help));
        }
        sets.push((file, set));
        return;
    };
    if set.adds {
        let widened = &mut sets[at].1;
        widened.entries.extend(set.entries);
        widened.not_in.extend(set.not_in);
        widened.not_if.extend(set.not_if);
    } else if set.replaces {
        sets[at] = (file, set);
    } else {
        let other = &readings[sets[at].0].source;
        let (line, _) = other.place(sets[at].1.name.span.start);
        let help = "write add = […] to widen it, or replace = true to take its place".to_owned();
        let message = format!(
            "there is a set `{}` already, in {}:{line}",
            set.name.text, other.name
        );
        readings[file].wrong(set.name.span.clone(), message, Some(help));
    }
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
    let message = format!(
        "there is a rule `{}` already, in {}:{line}",
        rule.head.id, rules[at].source.name
    );
    reading.wrong(
        rule.span.clone(),
        message,
        Some("write replace = true to take its place, or another id".to_owned()),
    );
}

fn resolve_sets(sets: &[(usize, RawSet)], names: &Names<'_>, readings: &[Reading]) -> Vec<SetDef> {
    let resolve = |file: usize, texts: &[Text]| -> Vec<SetId> {
        texts
            .iter()
            .filter_map(|t| names.set(&readings[file], t))
            .collect()
    };
    let def = |(file, set): &(usize, RawSet)| {
        for (entry, (name, at)) in set
            .entries
            .iter()
            .flat_map(|e| e.inlines().into_iter().map(move |i| (e, i)))
        {
            if !BUILT_INS.iter().any(|(b, _)| *b == name) && !names.ids.contains_key(name.as_str())
            {
                let near = nearest(&name, names.ids.keys().copied())
                    .map(|n| format!("did you mean <{n}>?"));
                let start = entry.text.span.start + 1 + at;
                readings[*file].wrong(
                    start..start + name.len() + 2,
                    format!("there is no set `{name}` to inline"),
                    near,
                );
            }
        }
        let entries = set.entries.iter().filter_map(|e| {
            let (after, not_if) = (resolve(*file, &e.after), resolve(*file, &e.not_if));
            Some(Entry {
                pattern: e.pattern.clone()?,
                written: e.text.text.clone(),
                instead: e.instead.clone(),
                after,
                not_if,
            })
        });
        SetDef {
            name: set.name.text.clone(),
            about: set.about.clone(),
            who: set.who,
            origin: set.origin,
            entries: entries.collect(),
            not_in: set.not_in.iter().map(|(_, p)| p.clone()).collect(),
            after: resolve(*file, &set.after),
            not_if: resolve(*file, &set.not_if),
        }
    };
    sets.iter().map(def).collect()
}

/// Sets whose conditions or phrases lead back to themselves could never be worked out.
fn check_cycles(
    defs: &[SetDef],
    sets: &[(usize, RawSet)],
    opened: &[Opened],
    problems: &mut Problems,
) {
    let next: Vec<Vec<usize>> = defs
        .iter()
        .zip(sets)
        .map(|(def, (_, raw))| {
            let inlined = raw.entries.iter().flat_map(super::pack::RawEntry::inlines);
            let inlined = inlined.filter_map(|(name, _)| defs.iter().position(|d| d.name == name));
            def.looks_at().map(usize::from).chain(inlined).collect()
        })
        .collect();
    // 0 not seen, 1 on the way, 2 done.
    let mut state = vec![0u8; defs.len()];
    fn visit(k: usize, next: &[Vec<usize>], state: &mut [u8]) -> Option<usize> {
        state[k] = 1;
        for &n in &next[k] {
            if state[n] == 1 {
                return Some(n);
            }
            if state[n] == 0 {
                if let Some(found) = visit(n, next, state) {
                    return Some(found);
                }
            }
        }
        state[k] = 2;
        None
    }
    for k in 0..defs.len() {
        if state[k] == 0 {
            if let Some(n) = visit(k, &next, &mut state) {
                let (file, set) = &sets[n];
                let message = format!(
                    "the set `{}` leads back to itself through its phrases or conditions",
                    set.name.text
                );
                problems.all.push(Diagnostic {
                    source: opened[*file].source.clone(),
                    span: set.name.span.clone(),
                    message,
                    help: None,
                });
                return;
            }
        }
    }
}

/// The rules that are reported: not internal, selected, not ignored.
fn choose(rules: &[Rule], pick: &Pick, problems: &mut Problems) -> Vec<usize> {
    let public: Vec<usize> = (0..rules.len()).filter(|&k| !rules[k].internal).collect();
    let ids = || public.iter().map(|&k| rules[k].head.id.as_str());
    for id in pick.select.iter().chain(&pick.ignore) {
        if !ids().any(|known| known == id) {
            let near = nearest(id, ids()).map_or_else(
                || format!("rules here: {}", ids().collect::<Vec<_>>().join(", ")),
                |n| format!("did you mean `{n}`?"),
            );
            problems.notes.push(format!(
                "there is no rule `{id}` in these packs\n  = {near}"
            ));
        }
    }
    let wanted = |id: &String| {
        (pick.select.is_empty() || pick.select.contains(id)) && !pick.ignore.contains(id)
    };
    public
        .into_iter()
        .filter(|&k| wanted(&rules[k].head.id))
        .collect()
}

/// The sets that the chosen rules and the wanted sets reach.
fn needed(
    rules: &[Rule],
    public: &[usize],
    defs: &[SetDef],
    mut todo: Vec<SetId>,
) -> FxHashSet<SetId> {
    let mut seen_rules = FxHashSet::default();
    let mut rule_todo = public.to_vec();
    while let Some(k) = rule_todo.pop() {
        if seen_rules.insert(k) {
            todo.extend(rules[k].sets());
            rule_todo.extend(rules[k].parts());
        }
    }
    todo.extend(
        defs.iter()
            .position(|d| d.name == shipped::HOLD)
            .map(|k| k as SetId),
    );
    let mut needed = FxHashSet::default();
    while let Some(set) = todo.pop() {
        if needed.insert(set) {
            let def = &defs[usize::from(set)];
            todo.extend(def.looks_at());
            todo.extend(
                PhraseBook::inlined_by(def)
                    .into_iter()
                    .filter_map(|name| defs.iter().position(|d| d.name == name))
                    .map(|k| k as SetId),
            );
        }
    }
    needed
}
