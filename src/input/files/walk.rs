//! Which files there are: the paths that were typed, and what lies in their folders, in byte order of the path.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A path that was typed and cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError(pub String);

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InputError {}

/// A file of a folder that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The path as typed, joined with `/`.
    pub path: String,
    /// Why, with the remedy if there is one.
    pub why: String,
}

/// The files that were skipped, as everybody who opens files adds them: the walk and each worker.
#[derive(Clone, Debug, Default)]
pub struct SkippedFiles(Arc<Mutex<Vec<Skipped>>>);

impl SkippedFiles {
    /// Adds a file.
    pub fn add(&self, skipped: Skipped) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(skipped);
    }

    /// All of them so far, in byte order of the path: workers add theirs whenever they come to them.
    pub fn sorted(&self) -> Vec<Skipped> {
        let mut skipped = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        skipped.sort_by(|a, b| a.path.cmp(&b.path));
        skipped
    }
}

/// One input: a file, or standard input.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it lies; none for standard input.
    pub path: Option<PathBuf>,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// Bytes; none for what is no regular file.
    pub size: Option<u64>,
    /// Whether it was named on the command line, rather than found in a folder.
    pub typed: bool,
    /// Why it cannot be opened, where that is known already.
    pub trouble: Option<String>,
}

/// The inputs of a run.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    roots: Vec<Entry>,
}

impl Inputs {
    /// Checks the typed paths. Folders are looked into only while they are read, so that ten million files are never
    /// a list in memory.
    pub fn resolve<P: AsRef<OsStr>>(paths: &[P]) -> Result<Inputs, InputError> {
        let root = |path: &P| {
            // The system's own name opens the file, whether it is UTF-8 or not; reports show what of it is.
            let path = path.as_ref();
            let typed = path.to_string_lossy();
            if path == "-" {
                return Ok(Entry { path: None, source: "-".into(), size: None, typed: true, trouble: None });
            }
            let at = fs::metadata(path).map_err(|e| {
                let hint = if e.kind() == std::io::ErrorKind::NotFound { "no such file or folder" } else { "" };
                let why = if hint.is_empty() { e.to_string() } else { hint.into() };
                InputError(format!("{typed}: {why}"))
            })?;
            let trimmed = typed.trim_end_matches('/');
            let source = if trimmed.is_empty() { "/" } else { trimmed };
            let size = at.is_file().then_some(at.len());
            Ok(Entry { path: Some(PathBuf::from(path)), source: source.into(), size, typed: true, trouble: None })
        };
        Ok(Inputs { roots: paths.iter().map(root).collect::<Result<_, _>>()? })
    }

    /// Whether one of them is standard input, which may well be empty: a partition of a cluster.
    pub fn hold_stdin(&self) -> bool {
        self.roots.iter().any(|root| root.path.is_none())
    }

    /// The bytes of all inputs, for a progress bar; none if one is a pipe. Walks the folders.
    pub fn total_bytes(&self) -> Option<u64> {
        self.walk().map(|entry| if entry.trouble.is_some() { Some(0) } else { entry.size }).sum()
    }

    /// Goes through all inputs in order.
    pub fn walk(&self) -> Walk {
        Walk { roots: self.roots.clone().into(), folders: Vec::new(), skipped: SkippedFiles::default() }
    }
}

/// Goes through inputs one by one, folders depth first; what is skipped is noted.
#[derive(Debug)]
pub struct Walk {
    roots: VecDeque<Entry>,
    /// What is left of the folders that are open, outermost first, each reversed.
    folders: Vec<Vec<Child>>,
    /// What was skipped so far.
    pub skipped: SkippedFiles,
}

#[derive(Debug)]
struct Child {
    /// The name's bytes, for folders with a `/` behind: siblings then sort as their whole paths do.
    key: Vec<u8>,
    entry: Entry,
    folder: bool,
}

impl Iterator for Walk {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let Some(folder) = self.folders.last_mut() else {
                let root = self.roots.pop_front()?;
                if root.path.as_ref().is_some_and(|p| p.is_dir()) {
                    if let Some(trouble) = self.open(&root) {
                        return Some(trouble);
                    }
                    continue;
                }
                return Some(root);
            };
            let Some(child) = folder.pop() else {
                self.folders.pop();
                continue;
            };
            if !child.folder {
                return Some(child.entry);
            }
            if let Some(trouble) = self.open(&child.entry) {
                return Some(trouble);
            }
        }
    }
}

impl Walk {
    /// Opens a folder; what keeps it from being read is an input that cannot be read.
    fn open(&mut self, folder: &Entry) -> Option<Entry> {
        let path = folder.path.as_deref()?;
        let listed = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let listed = match listed {
            Ok(listed) => listed,
            Err(e) => {
                let trouble = Some(format!("the folder cannot be read: {e}"));
                return Some(Entry { size: Some(0), trouble, ..folder.clone() });
            }
        };
        let mut children = Vec::with_capacity(listed.len());
        for item in listed {
            let name = item.file_name();
            let text = name.to_string_lossy();
            let joint = if folder.source.ends_with('/') { "" } else { "/" };
            let source = format!("{}{joint}{text}", folder.source);
            match class(&item.path(), &text) {
                Ok(size) => {
                    let mut key = name.as_encoded_bytes().to_vec();
                    if size.is_none() {
                        key.push(b'/');
                    }
                    let entry = Entry { path: Some(item.path()), source, size, typed: false, trouble: None };
                    children.push(Child { key, entry, folder: size.is_none() });
                }
                // Nobody put it there: a report that is being written, or was when its run was killed.
                Err(_) if text.starts_with(".heard-") => {}
                Err(why) => self.skipped.add(Skipped { path: source, why: why.into() }),
            }
        }
        children.sort_by(|a, b| b.key.cmp(&a.key));
        self.folders.push(children);
        None
    }
}

/// The size of a file that is to be read, none for a folder; or why it is skipped.
fn class(path: &Path, name: &str) -> Result<Option<u64>, &'static str> {
    if name.starts_with('.') {
        return Err("hidden");
    }
    let link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
    // A dangling link, a file that just went: opening it will say what is wrong.
    let Ok(at) = fs::metadata(path) else {
        return Ok(Some(0));
    };
    if at.is_dir() {
        return if link { Err("a link to a folder") } else { Ok(None) };
    }
    if !at.is_file() {
        return Err("no regular file");
    }
    match skipped_name(name) {
        Some(why) => Err(why),
        None => Ok(Some(at.len())),
    }
}

/// Why a file of a folder is skipped for its name alone.
pub fn skipped_name(name: &str) -> Option<&'static str> {
    if name.starts_with('.') {
        return Some("hidden");
    }
    let lower = name.to_ascii_lowercase();
    // In capitals whatever follows; in small letters by the whole name: "license-renewal-17.txt" may well be a call.
    let stem = lower.split('.').next().unwrap_or("");
    let about = name.starts_with("README") || name.starts_with("LICENSE");
    if about || matches!(stem, "readme" | "license" | "licence") {
        return Some("about the folder, not a call");
    }
    match lower.rsplit_once('.').map(|(_, ext)| ext) {
        Some("toml") => Some("settings or rules"),
        Some(
            "wav" | "mp3" | "m4a" | "aac" | "flac" | "ogg" | "oga" | "opus" | "wma" | "amr" | "aif" | "aiff" | "mp4"
            | "mov" | "avi" | "mkv" | "webm" | "gsm" | "au",
        ) => Some("audio or video; only transcripts are read"),
        Some("png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "tif" | "tiff" | "ico" | "heic") => {
            Some("an image")
        }
        Some("pdf") => Some("PDF; export the transcript as text"),
        _ => None,
    }
}

/// A source's file name without `.gz` or `.zst` and its extension: `calls/c-17.json.gz` gives `c-17`.
pub fn stem(source: &str) -> &str {
    if source == "-" {
        return "stdin";
    }
    let name = source.rsplit('/').next().unwrap_or(source);
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).filter(|n| !n.is_empty()).unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches('.')
}
