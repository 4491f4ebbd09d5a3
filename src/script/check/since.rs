//! What changed in some scripts since an old state: which old file each is compared with, and which old files have no
//! successor.

use super::compare::compare;
use super::files::{self, File, is_script};
use super::history::{self, Old, Where};
use super::{CheckedScript, Checker, Remark, removed_scripts};
use crate::input::files::walk::skipped_name;
use crate::rules::RuleBook;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An old file that is no longer there.
struct Removed {
    /// Where it was, as the old state has it.
    from: PathBuf,
    /// The folder that was typed, below which it was.
    root: PathBuf,
    /// Its path as it would be typed.
    source: String,
}

/// What came of a comparison, beside what it left of the scripts.
#[derive(Default)]
pub struct Since {
    /// The findings about scripts that are gone.
    pub removed: Vec<CheckedScript>,
    /// What is worth knowing.
    pub remarks: Vec<Remark>,
}

/// Keeps of some scripts what changed since an old state; `typed` is what was typed to find them.
pub fn settle(
    old: &Old,
    typed: &[String],
    scripts: &mut [(&File, CheckedScript)],
    checker: &mut Checker<'_>,
    book: &RuleBook,
) -> Result<Since, String> {
    let mut since = Since::default();
    let mut befores: Vec<Option<CheckedScript>> = Vec::with_capacity(scripts.len());
    let (mut used, mut fresh) = (BTreeSet::new(), Vec::new());
    for (n, (file, _)) in scripts.iter().enumerate() {
        let Some(before) = old.read(Where { file: &file.path, root: &file.root })? else {
            fresh.push(n);
            befores.push(None);
            continue;
        };
        let state = checker.check(&file.source, &before.text);
        used.insert(before.from);
        if let Err(error) = &state {
            let note = format!("{} as it was in {}: {error}; all of it counts as new", file.source, old.name());
            since.remarks.push(Remark::Note(note));
        }
        befores.push(state.ok());
    }
    let mut removed = Vec::new();
    for one in removed_files(old, typed, &used)? {
        let text = old.text(&one.from, &one.root)?;
        match checker.check(&one.source, &text) {
            Ok(state) => removed.push(state),
            // It was never checked, so nothing is lost.
            Err(error) => since.remarks.push(Remark::Detail(format!("{}: is gone, and {error}", one.source))),
        }
    }
    let new: Vec<&CheckedScript> = fresh.iter().map(|&n| &scripts[n].1).collect();
    let was = removed_scripts::renamed(&new, &removed);
    let mut removed: Vec<Option<CheckedScript>> = removed.into_iter().map(Some).collect();
    for (&n, was) in fresh.iter().zip(was) {
        let source = &scripts[n].1.source;
        befores[n] = was.and_then(|k| removed[k].take());
        since.remarks.push(Remark::Detail(match &befores[n] {
            Some(before) => format!("{source}: was {} in {}", before.source, old.name()),
            None => format!("{source}: new since {}", old.name()),
        }));
    }
    // What passes now, before only what changed is left of it.
    let kept: BTreeSet<usize> = scripts.iter().flat_map(|(_, s)| s.passed()).collect();
    let left: Vec<&CheckedScript> = scripts.iter().map(|(_, s)| s).collect();
    for script in removed.into_iter().flatten() {
        match removed_scripts::finding(&script, &kept, &left, book) {
            Ok(script) => since.removed.push(script),
            Err(remark) => since.remarks.push(Remark::Note(remark)),
        }
    }
    for ((_, script), before) in scripts.iter_mut().zip(&befores) {
        since.remarks.extend(compare(script, before.as_ref(), book));
    }
    Ok(since)
}

/// The scripts of an old state that no script of today was read from. Only of folders that were typed: of a file,
/// nobody says that the others should be there.
fn removed_files(old: &Old, typed: &[String], used: &BTreeSet<PathBuf>) -> Result<Vec<Removed>, String> {
    let roots: Vec<&String> = typed.iter().filter(|t| Path::new(t).is_dir()).collect();
    let mut all = Vec::new();
    let mut add = |from: PathBuf, below: &Path, root: &String| {
        let now = Path::new(root).join(below);
        // What is there and cannot be read is said already.
        if !used.contains(&from) && !now.exists() {
            let below = below.to_string_lossy().replace('\\', "/");
            all.push(Removed {
                from,
                root: PathBuf::from(root),
                source: format!("{}/{below}", root.trim_end_matches('/')),
            });
        }
    };
    match old {
        Old::File(_) => {}
        Old::Folder(folder) => {
            // Laid over the first folder; a file that lies in one of the others was used.
            let Some(root) = roots.first() else {
                return Ok(all);
            };
            for file in files::find(&[folder.to_string_lossy().into_owned()])? {
                if let Ok(below) = file.path.strip_prefix(folder) {
                    let elsewhere = |r: &&String| Path::new(r).join(below).exists();
                    if !roots.iter().any(elsewhere) {
                        add(below.to_owned(), below, root);
                    }
                }
            }
        }
        Old::Revision(rev) => {
            for root in roots {
                let (prefix, files) = history::listed(rev, Path::new(root))?;
                for from in files {
                    let Ok(below) = from.strip_prefix(&prefix).map(Path::to_owned) else {
                        continue;
                    };
                    let shown = below.iter().all(|part| {
                        let name = part.to_string_lossy();
                        skipped_name(&name).is_none()
                    });
                    if shown && is_script(&below) {
                        add(from, &below, root);
                    }
                }
            }
        }
    }
    Ok(all)
}
