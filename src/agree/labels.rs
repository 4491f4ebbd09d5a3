//! Verdicts of people: a table with a row a verdict, read with all its mistakes at once.

use crate::input::files::unpack::{Transcoded, legacy, wide};
use crate::input::table;
use crate::input::table::Column;
use crate::output::escape::uncell;
use crate::report::Verdict;
use crate::support::bounded;
use crate::support::suggest::nearest;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

/// The words for verdicts, in the table and on the command line.
pub const WORDS: &str = "pass, fail, not-applicable (na), not-scorable (ns)";

/// At most so many mistakes of a table are shown.
const SHOWN: usize = 20;

/// The verdict that a word means, in any case; "not applicable" may be written with a hyphen, a space or `_`.
pub fn verdict(word: &str) -> Option<Verdict> {
    let word = word.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    match word.as_str() {
        "pass" => Some(Verdict::Pass),
        "fail" => Some(Verdict::Fail),
        "not-applicable" | "na" => Some(Verdict::NotApplicable),
        "not-scorable" | "ns" => Some(Verdict::NotScorable),
        _ => None,
    }
}

/// What one grader said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Index into [`Labels::graders`].
    pub grader: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The reason; empty if none was written down.
    pub why: String,
    /// The line it stands in, from 1.
    pub line: u64,
}

/// What was said of one rule in one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// Index into [`Labels::calls`].
    pub call: usize,
    /// Index into [`Labels::rules`].
    pub rule: usize,
    /// One grade a grader, in the order of the table; never empty.
    pub grades: Vec<Grade>,
}

impl Graded {
    /// The verdict on which all its graders agree.
    pub fn agreed(&self) -> Option<Verdict> {
        let first = self.grades.first()?.verdict;
        let same = self.grades.iter().all(|grade| grade.verdict == first);
        same.then_some(first)
    }
}

/// The table, with its names in the order in which they come up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The path as typed, joined with `/`.
    pub file: String,
    /// The calls.
    pub calls: Vec<String>,
    /// The rules.
    pub rules: Vec<String>,
    /// The graders. Rows without one are of "grader 1", "grader 2" and so on, in their order within a call and rule.
    pub graders: Vec<String>,
    /// What was said, in the order of the table.
    pub graded: Vec<Graded>,
    /// Lines that hold no verdict: not graded yet.
    pub blank: Vec<u64>,
}

impl Labels {
    /// Reads a file. The error lists everything that is wrong with it, a `file:line` each.
    pub fn read(path: &Path) -> Result<Labels, String> {
        let shown = path.to_string_lossy().replace('\\', "/");
        let bytes = bounded::read(path, bounded::TABLE).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
        let text = decoded(bytes).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
        Labels::of(&text, &shown)
    }

    /// The same, with what is put in place of graders' reasons and of names of calls.
    #[must_use]
    pub fn shown(&self, texts: impl Fn(&str) -> String, names: impl Fn(&str) -> String) -> Labels {
        let mut shown = self.clone();
        shown.calls.iter_mut().for_each(|call| *call = names(call));
        let grades = shown.graded.iter_mut().flat_map(|graded| &mut graded.grades);
        grades.for_each(|grade| grade.why = texts(&grade.why));
        shown
    }

    /// Options that name rules must name labelled ones: `--select` with its ids, for one. The error has a line for each
    /// rule that is not.
    pub fn check_named(&self, options: &[(&str, &Vec<String>)]) -> Result<(), String> {
        let named = options.iter().flat_map(|(flag, ids)| ids.iter().map(move |id| (flag, id)));
        let unknown = named.filter(|(_, id)| !self.rules.contains(id)).map(|(flag, id)| {
            let near = nearest(id, self.rules.iter().map(String::as_str));
            let meant = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            format!("{flag} {id}: no label is about this rule{meant}")
        });
        let unknown: Vec<String> = unknown.collect();
        if unknown.is_empty() { Ok(()) } else { Err(unknown.join("\n")) }
    }

    /// Reads the text of such a file.
    pub fn of(text: &str, file: &str) -> Result<Labels, String> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(format!(
                "{file}: is empty; a first line with the columns call, rule, verdict is wanted, then a row a verdict"
            ));
        }
        let delimiter = table::delimiter(text.as_bytes());
        if table::ends_in_quotes(text.as_bytes(), delimiter) {
            return Err(format!(
                "{file}: ends in the middle of a quoted cell: a quotation mark is missing, or the file is cut off"
            ));
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
        let wrong = |e: &csv::Error| format!("{file}: {}", table::csv_error(e));
        let header = reader.headers().map_err(|e| wrong(&e))?.clone();
        let columns = Columns::of(&header).map_err(|e| format!("{file}:1: {e}"))?;
        let mut rows = Rows::default();
        file.clone_into(&mut rows.labels.file);
        for row in reader.records() {
            let row = row.map_err(|e| wrong(&e))?;
            let line = row.position().map_or(0, csv::Position::line);
            rows.add(&columns, &row, line);
        }
        if rows.mistakes.is_empty() {
            return Ok(rows.labels);
        }
        rows.mistakes.sort();
        let mut said = String::new();
        for (line, what) in rows.mistakes.iter().take(SHOWN) {
            let _ = writeln!(said, "{file}:{line}: {what}");
        }
        if let Some(more @ 1..) = rows.mistakes.len().checked_sub(SHOWN) {
            let _ = writeln!(said, "and {more} more");
        }
        if rows.bad_word {
            let _ = write!(said, "  = verdicts are {WORDS}");
        }
        Err(said.trim_end().to_owned())
    }

    /// The grades of a rule in a call, both given by index.
    pub fn of_pair(&self, call: usize, rule: usize) -> Option<&Graded> {
        self.graded.iter().find(|graded| graded.call == call && graded.rule == rule)
    }
}

/// The text of a file in UTF-8, UTF-16 as spreadsheets write it, or an encoding of Windows.
fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let encoding = wide(&bytes).or_else(|| legacy(&bytes, true));
    let Some(encoding) = encoding else {
        return String::from_utf8(bytes).map_err(|_| io::Error::other("it is no text"));
    };
    let mut text = String::new();
    Transcoded::new(encoding, Vec::new(), Box::new(Cursor::new(bytes))).read_to_string(&mut text)?;
    Ok(text)
}

/// Which column holds what.
struct Columns {
    call: usize,
    rule: usize,
    verdict: usize,
    grader: Option<usize>,
    why: Option<usize>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Columns, String> {
        let named = |names: &[&str]| {
            let is = |title: &str| names.iter().any(|n| title.trim().eq_ignore_ascii_case(n));
            header.iter().position(is)
        };
        let call = named(&["call"]).or_else(|| {
            let is = |title: &str| table::column(title) == Column::Call;
            header.iter().position(is)
        });
        let rule = named(&["rule", "rule id", "rule_id"]);
        if let (Some(call), Some(rule), Some(verdict)) = (call, rule, named(&["verdict"])) {
            return Ok(Columns { call, rule, verdict, grader: named(&["grader"]), why: named(&["why"]) });
        }
        let missing = [("call", call), ("rule", rule), ("verdict", named(&["verdict"]))];
        let missing: Vec<String> =
            missing.iter().filter(|(_, at)| at.is_none()).map(|(name, _)| format!("`{name}`")).collect();
        let found: Vec<&str> = header.iter().map(str::trim).collect();
        let near = |name: &String| nearest(name.trim_matches('`'), found.iter().copied());
        let meant = match missing.as_slice() {
            [one] => near(one).map_or(String::new(), |n| format!("; is `{n}` meant for it?")),
            _ => String::new(),
        };
        // A file that has none of them is none of labels, and what stands in it may be anything.
        let shown = if missing.len() < 3 { format!(" (found: {})", found.join(", ")) } else { String::new() };
        Err(format!(
            "the first line names no column {}{meant}{shown}; columns are call, rule, verdict, and grader and why where they are known",
            missing.join(" and "),
        ))
    }
}

/// The table as it grows.
#[derive(Default)]
struct Rows {
    labels: Labels,
    calls: HashMap<String, usize>,
    rules: HashMap<String, usize>,
    graders: HashMap<String, usize>,
    /// Index into [`Labels::graded`] by call and rule.
    pairs: HashMap<(usize, usize), usize>,
    mistakes: Vec<(u64, String)>,
    bad_word: bool,
}

impl Rows {
    fn add(&mut self, columns: &Columns, row: &csv::StringRecord, line: u64) {
        // Ids that begin like a formula stand behind a `'` in tables of ours.
        let text = |at: usize| uncell(row.get(at).map_or("", str::trim));
        let (call, rule, word) = (text(columns.call), text(columns.rule), text(columns.verdict));
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if call.is_empty() || rule.is_empty() {
            let what = if call.is_empty() { "call" } else { "rule" };
            self.mistakes.push((line, format!("names no {what}")));
            return;
        }
        if word.is_empty() {
            self.labels.blank.push(line);
            return;
        }
        let Some(verdict) = verdict(word) else {
            self.bad_word = true;
            self.mistakes.push((line, format!("`{word}` is no verdict ({call}, {rule})")));
            return;
        };
        let key = (
            index(&mut self.calls, &mut self.labels.calls, call),
            index(&mut self.rules, &mut self.labels.rules, rule),
        );
        let at = *self.pairs.entry(key).or_insert_with(|| {
            self.labels.graded.push(Graded { call: key.0, rule: key.1, grades: Vec::new() });
            self.labels.graded.len() - 1
        });
        let said = &mut self.labels.graded[at].grades;
        let named = columns.grader.map_or("", text);
        let unnamed = format!("grader {}", said.len() + 1);
        let name = if named.is_empty() { &unnamed } else { named };
        let grader = index(&mut self.graders, &mut self.labels.graders, name);
        if let Some(before) = said.iter().find(|grade| grade.grader == grader) {
            // The same row twice is harmless; another verdict of the same grader is not.
            if before.verdict != verdict {
                let (was, there) = (before.verdict.as_str(), before.line);
                self.mistakes
                    .push((line, format!("{name} says {word} of {rule} in {call}, and {was} in line {there}")));
            }
            return;
        }
        said.push(Grade { grader, verdict, why: columns.why.map_or("", text).to_owned(), line });
    }
}

/// The index of a name, which is added if it is new.
fn index(known: &mut HashMap<String, usize>, names: &mut Vec<String>, name: &str) -> usize {
    if let Some(at) = known.get(name) {
        return *at;
    }
    names.push(name.to_owned());
    known.insert(name.to_owned(), names.len() - 1);
    names.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Labels {
        Labels::of(text, "l.csv").expect("good labels")
    }

    #[test]
    fn delimiters_marks_cases_and_other_columns_do_not_matter() {
        let want = read("call,rule,verdict,grader,why\nc-1,warm-close,pass,a,\"so, yes\"\nc-1,privacy,na,a,\n");
        for text in [
            "\u{feff}Call\tnotes\tRULE\tVerdict\tGrader\tWhy\nc-1\tx\twarm-close\tPASS\ta\tso, yes\r\nc-1\t\tprivacy\tNA\ta\t\r\n",
            "why;verdict;rule;call;grader\nso, yes;Pass;warm-close;c-1;a\n;not applicable;privacy;c-1;a\n;;;;\n",
            "call_id,rule,verdict,grader,why\n c-1 ,warm-close,pass,a,\"so, yes\"\nc-1,privacy,Not-Applicable,a",
        ] {
            let found = read(text);
            assert_eq!((&found.calls, &found.rules), (&want.calls, &want.rules));
            let said = |labels: &Labels| {
                let grades = labels.graded.iter().flat_map(|g| g.grades.clone());
                grades.map(|g| (g.verdict, g.why)).collect::<Vec<_>>()
            };
            assert_eq!(said(&found), said(&want), "{text}");
        }
        assert_eq!(verdict("ns"), Some(Verdict::NotScorable));
    }

    #[test]
    fn what_was_kept_from_running_as_a_formula_is_read_as_it_was() {
        let labels = read("call,rule,verdict,why\n'+49 30 1,r,pass,'=1+1\n'tis,r,fail,'twas\n");
        assert_eq!(labels.calls, ["+49 30 1", "'tis"]);
        let whys: Vec<&str> = labels.graded.iter().map(|g| g.grades[0].why.as_str()).collect();
        assert_eq!(whys, ["=1+1", "'twas"]);
    }

    #[test]
    fn graders_are_kept_apart_named_or_not() {
        let two = "call,rule,verdict\nc,r,pass\nd,r,fail\nc,r,fail\n";
        let labels = read(two);
        assert_eq!(labels.graders, ["grader 1", "grader 2"]);
        assert_eq!(labels.graded[0].agreed(), None);
        assert_eq!(labels.graded[1].agreed(), Some(Verdict::Fail));
        let named = read("call,rule,verdict,grader\nc,r,pass,jo\nc,r,pass,ann\nc,r,pass,ann\n");
        assert_eq!(named.graded[0].grades.len(), 2);
        assert_eq!(named.graded[0].agreed(), Some(Verdict::Pass));
        assert_eq!(named.of_pair(0, 0), Some(&named.graded[0]));
    }

    #[test]
    fn every_mistake_comes_with_its_line() {
        let text = "call,rule,verdict,grader\nc,r,maybe,a\n,r,pass,a\nc,r,pass,a\nc,,fail,a\nd,r,,a\nc,r,fail,a\nc,s,passed,b\n";
        let wrong = Labels::of(text, "l.csv").expect_err("mistakes");
        let want = "l.csv:2: `maybe` is no verdict (c, r)\nl.csv:3: names no call\nl.csv:5: names no rule\n\
                    l.csv:7: a says fail of r in c, and pass in line 4\nl.csv:8: `passed` is no verdict (c, s)\n  \
                    = verdicts are pass, fail, not-applicable (na), not-scorable (ns)";
        assert_eq!(wrong, want);
    }

    #[test]
    fn what_is_no_table_of_verdicts_is_told() {
        for (text, says) in [
            ("", "is empty"),
            ("call,rule\nc,r\n", "no column `verdict`"),
            ("call,rule,verdicts\nc,r,pass\n", "is `verdicts` meant for it?"),
            ("call,r,pass\n", "found: call, r, pass"),
            ("c,r,pass\n", "`call` and `rule` and `verdict`; columns are"),
            ("call,rule,verdict,why\nc,r,pass,\"cut\n", "quotation mark"),
        ] {
            let wrong = Labels::of(text, "l.csv").expect_err("no labels");
            assert!(wrong.starts_with("l.csv:") && wrong.contains(says), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_graded_yet_is_counted_and_left_out() {
        let labels = read("call,rule,verdict\nc,r,\nc,s,pass\n");
        assert_eq!((labels.blank, labels.graded.len()), (vec![2], 1));
    }

    #[test]
    fn spreadsheets_write_other_encodings() {
        let text = "call\trule\tverdict\twhy\nc\tr\tpass\té\n";
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let windows = b"call;rule;verdict;why\nc;r;pass;caf\xe9 is warm enough\n".to_vec();
        for (bytes, why) in [(utf16, "é"), (windows, "café is warm enough")] {
            let labels = read(&decoded(bytes).expect("text"));
            assert_eq!(labels.graded[0].grades[0].why, why);
        }
    }
}
