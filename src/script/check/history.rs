//! The state of scripts before a change: a file, a folder, or a revision read through git.

use crate::input::source::MAX_RECORD_BYTES;
use crate::support::bounded;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where the old state is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Old {
    /// One file.
    File(PathBuf),
    /// A folder with the same files in it.
    Folder(PathBuf),
    /// A revision.
    Revision(String),
}

/// A script as it was typed: what was typed, and the file below it.
#[derive(Clone, Copy, Debug)]
pub struct Where<'a> {
    /// The file.
    pub file: &'a Path,
    /// The path that was typed: the file, or a folder above.
    pub root: &'a Path,
}

/// The old text of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldText {
    /// The file it is from: below the old folder, or from the top of the repository.
    pub from: PathBuf,
    /// What stands in it.
    pub text: Vec<u8>,
}

impl Old {
    /// What was typed for `--against-rev`, known to be there beside each of the scripts.
    pub fn revision(rev: &str, scripts: &[String]) -> Result<Old, String> {
        scripts.iter().try_for_each(|typed| verify(rev, Path::new(typed)))?;
        Ok(Old::Revision(rev.to_owned()))
    }

    /// What was typed for `--against`.
    pub fn typed(path: &Path) -> Result<Old, String> {
        match std::fs::metadata(path) {
            Ok(there) if there.is_dir() => Ok(Old::Folder(path.to_owned())),
            Ok(_) => Ok(Old::File(path.to_owned())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                Err(format!("--against {}: no such file or folder", path.display()))
            }
            Err(e) => Err(format!("--against {}: {e}", path.display())),
        }
    }

    /// How reports call it.
    pub fn name(&self) -> String {
        match self {
            Old::File(path) | Old::Folder(path) => path.display().to_string(),
            Old::Revision(rev) => rev.clone(),
        }
    }

    /// The old text of a script; none if there was none.
    pub fn read(&self, at: Where<'_>) -> Result<Option<OldText>, String> {
        let found = |from: &Path| -> Result<Option<OldText>, String> {
            let text = match self {
                Old::Folder(folder) => file(&folder.join(from))?,
                _ => file(from)?,
            };
            Ok(text.map(|text| OldText { from: from.to_owned(), text }))
        };
        match self {
            Old::File(path) => found(path),
            Old::Folder(_) => {
                let below = at.file.strip_prefix(at.root).unwrap_or(Path::new(""));
                if !below.as_os_str().is_empty() {
                    return found(below);
                }
                // A file that was typed: under the same path, or under its name.
                let name = at.file.file_name().map_or(at.file, Path::new);
                match found(at.file)? {
                    Some(text) if at.file.is_relative() => Ok(Some(text)),
                    _ => found(name),
                }
            }
            Old::Revision(rev) => revision(rev, at.file),
        }
    }

    /// The text of a file that [`listed`] or a walk through the folder named.
    pub fn text(&self, from: &Path, near: &Path) -> Result<Vec<u8>, String> {
        let gone = || format!("{} in {}: cannot be read", from.display(), self.name());
        match self {
            Old::File(path) => file(path)?.ok_or_else(gone),
            Old::Folder(folder) => file(&folder.join(from))?.ok_or_else(gone),
            Old::Revision(rev) => {
                let shown = show(rev, near, &from.to_string_lossy())?;
                shown.status.success().then_some(shown.stdout).ok_or_else(gone)
            }
        }
    }
}

fn file(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match bounded::read(path, MAX_RECORD_BYTES as u64) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(format!("{}: cannot be read: {e}", path.display())),
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        // Its messages are read below, and nothing may ask a question.
        .env("LC_ALL", "C")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .map_err(|e| format!("--against-rev: git cannot be run: {e}"))
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether a revision is there at all, before anything is checked.
fn verify(rev: &str, near: &Path) -> Result<(), String> {
    if rev.is_empty() || rev.starts_with('-') {
        return Err(format!("--against-rev {rev}: this is no revision; write a branch, a tag or a commit"));
    }
    let folder = if near.is_dir() { near } else { folder_of(near) };
    let inside = git(folder, &["rev-parse", "--is-inside-work-tree"])?;
    if !inside.status.success() {
        return Err(format!(
            "--against-rev {rev}: {} is in no git repository that can be read; --against OLD compares with a file or folder",
            near.display()
        ));
    }
    let commit = format!("{rev}^{{commit}}");
    let known = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !known.status.success() {
        return Err(format!(
            "--against-rev {rev}: git knows no such revision; in CI, fetch it first (actions/checkout: `fetch-depth: 0`)"
        ));
    }
    Ok(())
}

/// A file of a revision: `./name` in a folder, or a path from the top of the repository.
fn show(rev: &str, folder: &Path, path: &str) -> Result<Output, String> {
    git(folder, &["show", "--end-of-options", &format!("{rev}:{path}")])
}

/// The files of a revision below a folder, from the top of the repository, and the folder from there. Links and
/// submodules are none.
pub fn listed(rev: &str, folder: &Path) -> Result<(PathBuf, Vec<PathBuf>), String> {
    let tree = git(folder, &["ls-tree", "-r", "-z", "--full-name", "--end-of-options", rev])?;
    if !tree.status.success() {
        return Err(format!(
            "--against-rev {rev}: {}: {}",
            folder.display(),
            String::from_utf8_lossy(&tree.stderr).trim()
        ));
    }
    let listed = String::from_utf8_lossy(&tree.stdout);
    let files = listed
        .split('\0')
        .filter(|entry| entry.starts_with("100"))
        .filter_map(|entry| entry.split_once('\t'))
        .map(|(_, path)| PathBuf::from(path))
        .collect();
    Ok((PathBuf::from(prefix(folder)?), files))
}

/// A folder as seen from the top of its repository, with a `/` behind; empty for the top.
fn prefix(folder: &Path) -> Result<String, String> {
    let prefix = git(folder, &["rev-parse", "--show-prefix"])?;
    let prefix = String::from_utf8_lossy(&prefix.stdout);
    Ok(prefix.trim_end_matches(['\n', '\r']).to_owned())
}

fn revision(rev: &str, file: &Path) -> Result<Option<OldText>, String> {
    let folder = folder_of(file);
    let Some(name) = file.file_name().and_then(|n| n.to_str()) else {
        return Err(format!("{}: git needs a name in UTF-8", file.display()));
    };
    let now = format!("{}{name}", prefix(folder)?);
    let shown = show(rev, folder, &format!("./{name}"))?;
    if shown.status.success() {
        return Ok(Some(OldText { from: PathBuf::from(now), text: shown.stdout }));
    }
    let message = String::from_utf8_lossy(&shown.stderr);
    if !(message.contains("does not exist") || message.contains("exists on disk, but not in")) {
        return Err(format!("--against-rev {rev}: {}: {}", file.display(), message.trim()));
    }
    // It may have had another name.
    let Some(old) = renamed(rev, folder, &now)? else {
        return Ok(None);
    };
    let shown = show(rev, folder, &old)?;
    Ok(shown.status.success().then(|| OldText { from: PathBuf::from(old), text: shown.stdout }))
}

/// The name that a file had in a revision, from the top of the repository.
fn renamed(rev: &str, folder: &Path, now: &str) -> Result<Option<String>, String> {
    let diff = git(folder, &["diff", "--find-renames", "--diff-filter=R", "--name-status", "-z", rev, "--"])?;
    let listed = String::from_utf8_lossy(&diff.stdout).into_owned();
    let fields: Vec<&str> = listed.split('\0').collect();
    Ok(fields.chunks_exact(3).find(|f| f[2] == now).map(|f| f[1].to_owned()))
}
