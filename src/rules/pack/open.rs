//! The files of packs: the library, the packs that were asked for, and what they include.

use super::diagnostics::{Diagnostic, Problems, Source, nearest};
use super::info::PackInfo;
use super::reader::{Mistakes, Text};
use super::{mentioned, shipped};
use crate::text::set::Detectors;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::de::DeTable;

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackRef {
    /// A pack inside the program: `empathy`.
    Shipped(String),
    /// A file.
    File(PathBuf),
}

impl std::fmt::Display for PackRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PackRef::Shipped(name) => f.write_str(name),
            PackRef::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl PackRef {
    /// A value as typed: with a `/` or `.toml` it is a file.
    pub fn typed(text: &str) -> PackRef {
        let path = Path::new(text);
        let file = text.contains(['/', '\\']) || path.extension().is_some_and(|e| e == "toml");
        if file { PackRef::File(PathBuf::from(text)) } else { PackRef::Shipped(text.to_owned()) }
    }
}

/// A file of packs, opened.
pub struct Opened {
    /// Its text.
    pub source: Arc<Source>,
    /// Who it is, so that a pack included twice is read once.
    pub identity: String,
    /// The folder that its includes are relative to; none for shipped packs.
    pub folder: Option<PathBuf>,
    /// The file's name without its ending.
    pub stem: String,
    /// A file of the shipped library: sets only, known to be right.
    pub in_library: bool,
    /// It was asked for, not only included.
    pub asked: bool,
}

/// Opens the library, the packs and what they include: includes first, each once. Of the library all files, if the whole
/// of it is wanted or a pack did not come with the program, else the sets that the packs may need and those wanted
/// `always`.
pub fn open_all(
    packs: &[PackRef],
    whole: bool,
    always: &[&str],
    detectors: Option<Detectors>,
    problems: &mut Problems,
) -> Vec<Opened> {
    let mut opened = Vec::new();
    for pack in packs {
        open(pack, None, &mut Vec::new(), &mut opened, problems);
    }
    let whole = whole || opened.iter().any(|pack| pack.folder.is_some());
    let library = if whole {
        shipped::LIBRARY.to_vec()
    } else {
        mentioned::of_library(opened.iter().map(|pack| &*pack.source.text), always, detectors)
    };
    let of_library = |(name, text)| Opened { in_library: true, ..Opened::inside("library", name, text) };
    library.into_iter().map(of_library).chain(opened).collect()
}

impl Opened {
    /// What comes with the program.
    fn inside(what: &str, name: &str, text: &'static str) -> Opened {
        Opened {
            source: Arc::new(Source { name: format!("rules/{name}.toml"), text: text.into() }),
            identity: format!("{what} {name}"),
            folder: None,
            stem: name.to_owned(),
            in_library: false,
            asked: false,
        }
    }

    /// A pack; the error is what is wrong, and what to do about it.
    fn read(pack: &PackRef) -> Result<Opened, (String, String)> {
        let path = match pack {
            PackRef::File(path) => path,
            PackRef::Shipped(name) => {
                let text = shipped::pack(name).ok_or_else(|| {
                    let all: Vec<&str> = shipped::PACKS.iter().map(|(name, _)| *name).collect();
                    let near = nearest(name, all.iter().copied()).map(|near| format!("did you mean `{near}`? "));
                    let (near, all) = (near.unwrap_or_default(), all.join(", "));
                    let help = format!("{near}shipped packs: {all}; a file is named with a `/` or `.toml`");
                    (format!("there is no pack `{name}`"), help)
                })?;
                return Ok(Opened::inside("shipped", name, text));
            }
        };
        let shown = path.display();
        let bytes = std::fs::read(path)
            .map_err(|error| (format!("{shown}: the pack cannot be read: {error}"), String::new()))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            (format!("{shown}: not UTF-8 at byte {at}"), "save the pack as UTF-8".to_owned())
        })?;
        Ok(Opened {
            source: Arc::new(Source { name: path.to_string_lossy().replace('\\', "/"), text: text.into() }),
            identity: path.canonicalize().unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned(),
            folder: Some(path.parent().unwrap_or(Path::new("")).to_owned()),
            stem: path.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned()),
            in_library: false,
            asked: false,
        })
    }
}

/// Opens a pack after all that it includes. `from` is where it is included, `trail` the packs on the way to it.
fn open(
    pack: &PackRef,
    from: Option<(&Arc<Source>, &Text)>,
    trail: &mut Vec<String>,
    opened: &mut Vec<Opened>,
    problems: &mut Problems,
) {
    let mut wrong = |(message, help): (String, String)| match from {
        Some((source, text)) => {
            problems.all.push(Diagnostic { source: source.clone(), span: text.span.clone(), message, help });
        }
        None if help.is_empty() => problems.notes.push(message),
        None => problems.notes.push(format!("{message}\n  = {help}")),
    };
    let file = match Opened::read(pack) {
        Ok(file) => Opened { asked: from.is_none(), ..file },
        Err(mistake) => return wrong(mistake),
    };
    if trail.contains(&file.identity) {
        return wrong((format!("{} includes itself", file.source.name), String::new()));
    }
    if let Some(known) = opened.iter_mut().find(|o| o.identity == file.identity) {
        known.asked |= file.asked;
        return;
    }
    // Most packs include none, and those are read once, not twice.
    let include = if file.source.text.contains("include") {
        let mistakes = Mistakes::new(file.source.clone());
        let (table, _) = DeTable::parse_recoverable(&file.source.text);
        PackInfo::read(&mistakes, table.get_ref(), &file.stem).include
    } else {
        Vec::new()
    };
    trail.push(file.identity.clone());
    for text in include {
        let inner = match PackRef::typed(&text.text) {
            PackRef::File(path) => PackRef::File(file.folder.as_ref().map_or(path.clone(), |f| f.join(path))),
            shipped @ PackRef::Shipped(_) => shipped,
        };
        open(&inner, Some((&file.source, &text)), trail, opened, problems);
    }
    trail.pop();
    opened.push(file);
}
