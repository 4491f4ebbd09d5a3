//! Weights files: what `heard rules learn` writes and a set's `learned` reads.
//!
//! ```text
//! # comments
//! @add     250        a sentence is tagged from this sum on
//! @bias    -900       the sum begins here
//! @sure     900       may be left out (it is @add then): a call is one in which this is said from this sum on
//! @rest     300       may be left out: how much of what the turn's other sentences weigh counts, 0 to 1000
//! i will check   310  a feature and what it weighs, parted by a tab
//! ```
//!
//! Whole thousandths, sorted by feature, so that two trainings compare line by line.

use super::diagnostics::{Diagnostic, Problems, Source};
use super::open::Opened;
use super::raw_set::RawSet;
use super::reader::Text;
use super::set_names::SetNames;
use super::shipped;
use crate::report::digest::Digest;
use crate::support::bounded;
use crate::text::model::{Learned, Model};
use crate::text::set::{Detectors, SetId};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Weights beyond that are a mistake, not a weight.
const HEAVIEST: i32 = 32_000;

/// The learned weights that the sets of a run ask for, opened as sets are reached.
pub struct Models<'l> {
    opened: &'l [Opened],
    sets: &'l [(usize, RawSet)],
    names: &'l SetNames<'l>,
    detectors: Detectors,
    all: Vec<Learned>,
    digest: Digest,
}

impl<'l> Models<'l> {
    /// None yet.
    pub fn new(
        opened: &'l [Opened],
        sets: &'l [(usize, RawSet)],
        names: &'l SetNames<'l>,
        detectors: Detectors,
    ) -> Self {
        Models { opened, sets, names, detectors, all: Vec::new(), digest: Digest::default() }
    }

    /// Opens the weights of a set, if it asks for any; gives the sets whose phrases they look at.
    pub fn open(&mut self, set: SetId, problems: &mut Problems) -> Vec<SetId> {
        let asked = self.sets[usize::from(set)].1.learned.as_ref();
        let Some((file, name)) = asked else {
            return Vec::new();
        };
        let file = &self.opened[*file];
        // Only shipped weights can be switched off: whoever writes weights into a pack wants them.
        if file.in_library && self.detectors == Detectors::Phrases {
            return Vec::new();
        }
        let (source, model) = match open(name, &file.source, file.folder.as_deref()) {
            Ok(opened) => opened,
            Err(diagnostic) => {
                problems.all.push(diagnostic);
                return Vec::new();
            }
        };
        self.digest.text(&self.sets[usize::from(set)].1.name.text);
        self.digest.text(&source.text);
        let mut looked_at = Vec::new();
        for other in model.sets() {
            if let Some(id) = self.names.id(other) {
                looked_at.push(id);
                continue;
            }
            if !self.names.complete() {
                continue; // A pack that could not be read may define it.
            }
            let at = source.text.find(other).unwrap_or(0);
            problems.all.push(Diagnostic {
                source: source.clone(),
                span: at..at + other.len(),
                message: format!("these weights look at a set `{other}` that there is not"),
                help: "load the pack that defines it, or take the line out".to_owned(),
            });
        }
        self.all.push(Learned {
            set,
            who: self.sets[usize::from(set)].1.who,
            // Weights that bear another shipped set's name only decide which phrases of this one count.
            adds: !file.in_library || name.text == self.sets[usize::from(set)].1.name.text,
            model: Arc::new(model),
        });
        looked_at
    }

    /// The hash of what was opened.
    pub fn digest(&self) -> u64 {
        self.digest.finish()
    }

    /// What was opened, by set.
    pub fn finish(mut self) -> Vec<Learned> {
        self.all.sort_by_key(|learned| learned.set);
        self.all
    }
}

/// Opens the weights that a set asks for: a shipped name, or a file beside its pack.
fn open(name: &Text, pack: &Arc<Source>, folder: Option<&Path>) -> Result<(Arc<Source>, Model), Diagnostic> {
    let wrong = |message: String, help: &str| Diagnostic {
        source: pack.clone(),
        span: name.span.clone(),
        message,
        help: help.to_owned(),
    };
    let file = name.text.contains('.') || name.text.contains(['/', '\\']);
    let source = if file {
        let path = folder.map_or_else(|| PathBuf::from(&name.text), |f| f.join(&name.text));
        let text = bounded::read_text(&path, bounded::TABLE).map_err(|error| {
            let help = "make it: heard rules learn LABELS.jsonl --set NAME --out FILE";
            wrong(format!("{}: the weights cannot be read: {error}", path.display()), help)
        })?;
        if !text.lines().any(|line| line.starts_with('@')) {
            // What stands in it is no business of a message.
            let help = "weights have lines @add and @bias; heard rules learn writes them";
            return Err(wrong(format!("{}: is no file of weights", path.display()), help));
        }
        Source { name: path.to_string_lossy().replace('\\', "/"), text: text.into() }
    } else {
        let found = shipped::LEARNED.iter().find(|(n, _)| *n == name.text);
        let (_, text) = found.ok_or_else(|| {
            let all: Vec<&str> = shipped::LEARNED.iter().map(|(n, _)| *n).collect();
            let help = format!("shipped weights: {}; a file is named with a `/` or a `.`", all.join(", "));
            wrong(format!("there are no weights `{}`", name.text), &help)
        })?;
        Source { name: format!("rules/learned/{}.tsv", name.text), text: (*text).into() }
    };
    let source = Arc::new(source);
    let model = parse(&source)?;
    Ok((source, model))
}

/// Reads a weights file. What comes with the program is not copied: there are many features.
fn parse(source: &Arc<Source>) -> Result<Model, Diagnostic> {
    match &source.text {
        Cow::Borrowed(text) => read(source, text, Cow::Borrowed),
        Cow::Owned(text) => read(source, text, |feature| Cow::Owned(feature.to_owned())),
    }
}

fn read<'t>(
    source: &Arc<Source>,
    text: &'t str,
    keep: impl Fn(&'t str) -> Cow<'static, str>,
) -> Result<Model, Diagnostic> {
    let mut model = Model::default();
    let (mut add, mut bias, mut sure, mut at) = (None, None, None, 0);
    let mut last = "";
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let from = std::mem::replace(&mut at, end + 1);
        let line = text.get(from..end).unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.starts_with("# ") || line == "#" || line.bytes().all(|b| b == b' ') {
            continue;
        }
        let span = from..from + line.len();
        let wrong = |message: String, help: &str| Diagnostic {
            source: source.clone(),
            span: span.clone(),
            message,
            help: help.to_owned(),
        };
        let read = line
            .rsplit_once('\t')
            .and_then(|(feature, weight)| Some((feature, weight.parse::<i32>().ok()?)))
            .filter(|(feature, weight)| !feature.trim_start().is_empty() && weight.abs() <= HEAVIEST);
        let Some((feature, weight)) = read else {
            return Err(wrong(
                "this line is no weight".to_owned(),
                "a feature, a tab, a whole number of thousandths from -32000 to 32000",
            ));
        };
        if feature == last {
            return Err(wrong(format!("`{feature}` has a weight already"), "leave one of the two lines"));
        }
        last = feature;
        if !feature.starts_with('@') {
            // As nearly always.
            model.weights.push((keep(feature), weight));
            continue;
        }
        match feature {
            "@add" => add = Some(weight),
            "@bias" => bias = Some(weight),
            "@rest" => model.rest = weight,
            "@sure" => sure = Some(weight),
            _ => {
                return Err(wrong(format!("there is no `{feature}`"), "one of @add, @bias, @rest, @sure"));
            }
        }
    }
    let (Some(add), Some(bias)) = (add, bias) else {
        return Err(Diagnostic {
            source: source.clone(),
            span: 0..0,
            message: "weights want `@add` and `@bias`".to_owned(),
            help: "@add\\t0 tags a sentence whose sum is 0 or more".to_owned(),
        });
    };
    (model.add, model.bias, model.sure) = (add, bias, sure.unwrap_or(add));
    Ok(model)
}

/// Writes a weights file under a head of comments, a line each.
pub fn write(model: &Model, head: &str) -> String {
    let mut lines: Vec<(&str, i32)> = model.weights.iter().map(|(f, w)| (&**f, *w)).collect();
    lines.push(("@add", model.add));
    lines.push(("@bias", model.bias));
    lines.extend((model.sure != model.add).then_some(("@sure", model.sure)));
    lines.extend((model.rest != 0).then_some(("@rest", model.rest)));
    lines.sort_unstable();
    let mut text: String = head.lines().map(|line| format!("# {line}\n").replace("# \n", "#\n")).collect();
    for (feature, weight) in lines {
        let _ = writeln!(text, "{feature}\t{weight}");
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parsed(text: &str) -> Result<Model, String> {
        let source = Arc::new(Source { name: "w.tsv".to_owned(), text: text.to_owned().into() });
        parse(&source).map_err(|d| d.message)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let model = Model {
            bias: -900,
            add: 250,
            sure: 900,
            rest: 300,
            weights: vec![("#number".into(), -3), ("i will".into(), 310)],
        };
        let text = write(&model, "Made by hand.\n\nSources: none.");
        assert!(text.starts_with("# Made by hand.\n#\n# Sources: none.\n#number\t-3\n@add\t250\n"));
        assert_eq!(parsed(&text).unwrap(), model);
    }

    #[test]
    fn every_mistake_is_told() {
        assert!(parsed("i will\t310\n").unwrap_err().contains("`@add`"));
        assert!(parsed("@add\t0\n@bias\t0\ni will 310\n").unwrap_err().contains("no weight"));
        assert!(parsed("@adds\t0\n").unwrap_err().contains("@adds"));
        assert!(parsed("@add\t0\n@bias\t0\nwe\t1\nwe\t2\n").unwrap_err().contains("already"));
        assert!(parsed("we\t99999999\n").unwrap_err().contains("no weight"));
    }
}
