//! The old state beside the new one: which old file each script is compared with, and which old files have no successor.

use super::{File, files, is_script};
use crate::cli::console::Tell;
use crate::cli::settings::Checking;
use crate::input::files::walk::skipped_name;
use crate::rules::RuleBook;
use crate::script::check::compare::compare;
use crate::script::check::history::{self, Old, Where};
use crate::script::check::{CheckedScript, Checker, lost};
use anyhow::{Result, anyhow};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The old state that was asked for, known to be there.
pub(super) fn state(settings: &Checking, files: &[File]) -> Result<Option<Old>> {
    if let Some(rev) = &settings.against_rev {
        for typed in &settings.scripts {
            history::verify(rev, Path::new(typed)).map_err(|e| anyhow!("{e}"))?;
        }
        return Ok(Some(Old::Revision(rev.clone())));
    }
    let Some(path) = &settings.against else {
        return Ok(None);
    };
    let old = Old::typed(path).map_err(|e| anyhow!("{e}"))?;
    if matches!(old, Old::File(_)) && files.len() != 1 {
        return Err(anyhow!(
            "--against {}: one old file, and {} scripts; name one script, or an old folder",
            path.display(),
            files.len()
        ));
    }
    Ok(Some(old))
}

/// An old file that is no longer there.
struct Gone {
    /// Where it was, as the old state has it.
    from: PathBuf,
    /// The folder that was typed, below which it was.
    root: PathBuf,
    /// Its path as it would be typed.
    source: String,
}

/// Keeps of some scripts what changed since an old state. Returns the findings about scripts that are gone.
pub(super) fn settle(
    old: &Old,
    typed: &[String],
    scripts: &mut [(&File, CheckedScript)],
    checker: &mut Checker<'_>,
    book: &RuleBook,
    tell: &Tell,
) -> Result<Vec<CheckedScript>> {
    let mut befores: Vec<Option<CheckedScript>> = Vec::with_capacity(scripts.len());
    let (mut used, mut fresh) = (BTreeSet::new(), Vec::new());
    for (n, (file, _)) in scripts.iter().enumerate() {
        let at = Where { file: &file.path, root: &file.root };
        let Some(before) = old.read(at).map_err(|e| anyhow!("{e}"))? else {
            fresh.push(n);
            befores.push(None);
            continue;
        };
        let state = checker.check(&file.source, &before.text);
        used.insert(before.from);
        if let Err(error) = &state {
            tell.note(&format!("{} as it was in {}: {error}; all of it counts as new", file.source, old.name()));
        }
        befores.push(state.ok());
    }
    let mut gone = Vec::new();
    for one in gone_files(old, typed, &used)? {
        let text = old.text(&one.from, &one.root).map_err(|e| anyhow!("{e}"))?;
        match checker.check(&one.source, &text) {
            Ok(state) => gone.push(state),
            // It was never checked, so nothing is lost.
            Err(error) => tell.detail(&format!("{}: is gone, and {error}", one.source)),
        }
    }
    let new: Vec<&CheckedScript> = fresh.iter().map(|&n| &scripts[n].1).collect();
    let was = lost::renamed(&new, &gone);
    let mut gone: Vec<Option<CheckedScript>> = gone.into_iter().map(Some).collect();
    for (&n, was) in fresh.iter().zip(was) {
        let source = &scripts[n].1.source;
        befores[n] = was.and_then(|k| gone[k].take());
        tell.detail(&match &befores[n] {
            Some(before) => format!("{source}: was {} in {}", before.source, old.name()),
            None => format!("{source}: new since {}", old.name()),
        });
    }
    // What passes now, before only what changed is left of it.
    let kept: BTreeSet<usize> = scripts.iter().flat_map(|(_, s)| s.passed()).collect();
    let left: Vec<&CheckedScript> = scripts.iter().map(|(_, s)| s).collect();
    let mut found = Vec::new();
    for script in gone.into_iter().flatten() {
        match lost::finding(&script, &kept, &left, book) {
            Ok(script) => found.push(script),
            Err(remark) => tell.note(&remark),
        }
    }
    for ((_, script), before) in scripts.iter_mut().zip(&befores) {
        for remark in compare(script, before.as_ref(), book) {
            tell.note(&remark);
        }
    }
    Ok(found)
}

/// The scripts of an old state that no script of today was read from. Only of folders that were typed: of a file,
/// nobody says that the others should be there.
fn gone_files(old: &Old, typed: &[String], used: &BTreeSet<PathBuf>) -> Result<Vec<Gone>> {
    let roots: Vec<&String> = typed.iter().filter(|t| Path::new(t).is_dir()).collect();
    let mut all = Vec::new();
    let mut add = |from: PathBuf, below: &Path, root: &String| {
        let now = Path::new(root).join(below);
        // What is there and cannot be read is said already.
        if !used.contains(&from) && !now.exists() {
            let below = below.to_string_lossy().replace('\\', "/");
            all.push(Gone {
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
            for file in files(&[folder.to_string_lossy().into_owned()])? {
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
                let (prefix, files) = history::listed(rev, Path::new(root)).map_err(|e| anyhow!("{e}"))?;
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
