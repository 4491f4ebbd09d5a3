//! What an input format is: it recognises itself by content ([`Format::sniff`]), says how its files are cut into
//! records ([`Format::framing`]) and turns one record into calls ([`Format::parse`]).

use std::cell::OnceCell;

use crate::call::{Call, Role};
use crate::input::detect::outline::{Outline, Sight};
use crate::input::error::ReadError;
use crate::input::json::builder::CallBuilder;
use crate::input::text::prose;

/// The beginning of an input, as sniffers see it.
#[derive(Debug)]
pub struct Head<'a> {
    /// The first bytes, without a byte order mark: the whole input if `complete`, else up to 64 KiB.
    pub bytes: &'a [u8],
    /// Whether `bytes` is all there is.
    pub complete: bool,
    /// The file's name, for ties only: content decides.
    pub name: &'a str,
    outline: OnceCell<Outline>,
}

impl<'a> Head<'a> {
    /// The head of an input called `name`.
    pub fn new(bytes: &'a [u8], complete: bool, name: &'a str) -> Self {
        Head { bytes, complete, name, outline: OnceCell::new() }
    }

    /// A head that is the whole input, however long, for what its beginning does not tell.
    pub fn whole(bytes: &'a [u8], name: &'a str) -> Self {
        let head = Head::new(bytes, true, name);
        let _ = head.outline.set(Outline::whole(bytes));
        head
    }

    /// The key paths of the head, empty unless it begins like JSON; scanned once, whoever asks.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(self.bytes))
    }
}

/// How sure a sniffer is, and what it saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// 0 to 1. Above 0.5 it is taken; the highest wins, ties go to the earlier in the registry.
    pub confidence: f64,
    /// What gave it away, for `formats --detect`: "object with Participants and Transcript".
    pub because: &'static str,
}

/// How a file of a format is cut into records that can be parsed by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// The whole file is one record.
    Whole,
    /// A record a non-blank line.
    Lines,
    /// A record a CSV row (quotes may hold newlines); each is parsed together with the header.
    Rows,
    /// Neighbouring CSV rows with the same cell in this column, parsed together with the header. What
    /// [`Format::grouped_by`] makes of a table that is too long to be one record.
    Groups(usize),
}

/// What a format gives, for `heard formats`.
#[derive(Clone, Copy, Debug)]
pub struct Gives {
    /// "stated", "labels", "channels", "speakers" (diarised), "none"
    pub roles: &'static str,
    /// "turn start and end", "turn start", "words", "sent", "none"
    pub times: &'static str,
    /// Whether it can name the people.
    pub names: bool,
}

/// What a format says of itself.
#[derive(Clone, Copy, Debug)]
pub struct FormatInfo {
    /// Kebab-case, stable: `contact-lens`.
    pub name: &'static str,
    /// What it is, in a line: "Amazon Connect Contact Lens, voice".
    pub about: &'static str,
    /// How it is recognised, in a line.
    pub recognised: &'static str,
    /// What it gives.
    pub gives: Gives,
}

/// One input format.
pub trait Format: Sync {
    /// What it is.
    fn info(&self) -> FormatInfo;
    /// Its name.
    fn name(&self) -> &'static str {
        self.info().name
    }
    /// Whether the input looks like this format.
    fn sniff(&self, head: &Head<'_>) -> Option<Guess>;
    /// How its files are cut.
    fn framing(&self, _head: &Head<'_>) -> Framing {
        Framing::Whole
    }
    /// Whether its records are no text: those of all others must be UTF-8.
    fn binary(&self) -> bool {
        false
    }
    /// The column whose equal neighbours belong to one call, for tables of [`Framing::Whole`] over the record limit.
    fn grouped_by(&self, _head: &Head<'_>) -> Option<usize> {
        None
    }
    /// The format as a JSON document that may stand inside another one.
    fn document(&self) -> Option<&dyn JsonFormat> {
        None
    }
    /// What it knows of files that hold who took part in its calls, but none of the words.
    fn parties(&self) -> Option<&Parties> {
        None
    }
    /// Reads one record and hands over each call in it. `call` is the memory to fill; it comes empty, and `each` may
    /// be called several times, with the same memory cleared in between. What was handed over before an error stays.
    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError>;
}

/// How a vendor tells who took part in calls apart from their words: what `--meta` is for.
#[derive(Clone, Copy, Debug)]
pub struct Parties {
    /// Whether a document holds such calls and no words.
    pub alone: fn(&Outline) -> bool,
    /// The calls of a document.
    pub calls: fn(&serde_json::Value) -> Vec<CallParties>,
}

/// Who took part in a call.
#[derive(Clone, Debug, Default)]
pub struct CallParties {
    /// The call's id.
    pub id: String,
    /// When it started.
    pub started: Option<String>,
    /// Of each voice its label, its name and its side.
    pub people: Vec<(String, Option<String>, Role)>,
}

/// What is wrong with a document of which nothing came.
pub const SILENT: &str = "nobody says anything in it: no utterance of it holds words";

/// A format that is one JSON document, so that it may stand inside another one.
pub trait JsonFormat: Format {
    /// Whether an outline looks like it: how sure, and what gave it away.
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)>;
    /// Reads the document's calls; the last one is handed over by itself. What cannot be read is refused.
    fn read(&self, document: &serde_json::Value, builder: &mut CallBuilder<'_>);
    /// What lines of JSON are to it.
    fn lines(&self) -> Lines {
        Lines::Calls
    }
    /// What is wrong with a document of which nothing came.
    fn silent(&self) -> String {
        SILENT.to_owned()
    }
}

/// What a line of JSON is to a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// A document of its own.
    Calls,
    /// An event: those of one call belong together, whichever lines of others come in between.
    Events,
    /// A turn, of whichever call it says.
    Turns,
}

/// A piece of input to parse.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Its bytes, without a byte order mark; a CSV row comes with its header's bytes in `header`.
    pub bytes: &'a [u8],
    /// The header row, for [`Framing::Rows`].
    pub header: Option<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// Its bytes as text.
    pub fn text(&self) -> Result<&'a str, ReadError> {
        prose::utf8(self.bytes)
    }
}
