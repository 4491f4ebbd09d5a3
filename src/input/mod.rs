//! How transcripts come in: one file a format, each a [`Format`] and its line in [`FORMATS`].
//!
//! A format recognises itself by content ([`Format::sniff`]), says how its files are cut into records
//! ([`Format::framing`]) and turns one record into calls ([`Format::parse`]). Which files there are, how they are
//! opened and cut, is [`source`]'s business.

pub mod archive;
pub mod buffer;
mod call_line;
pub mod cue_names;
pub mod cue_text;
pub mod cues;
pub mod decode;
pub mod detect;
pub mod ends;
pub mod formats;
pub mod frame;
pub mod json;
pub mod labels;
pub mod lines;
pub mod meta;
pub mod name_pattern;
pub mod outline;
pub mod own;
pub mod prose;
pub mod role_words;
pub mod roles_map;
pub mod rows;
pub mod sheet;
pub mod source;
pub mod stream;
pub mod table;
pub mod text_head;
pub mod times;
pub mod turns;
pub mod unpack;
pub mod walk;
pub mod word;

pub use formats::plain_text;

use std::cell::OnceCell;

use self::json::JsonFormat;
use self::json::described::Described;
use self::outline::Outline;
use crate::call::Call;

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
    #[must_use]
    pub fn new(bytes: &'a [u8], complete: bool, name: &'a str) -> Self {
        Head { bytes, complete, name, outline: OnceCell::new() }
    }

    /// A head that is the whole input, however long, for what its beginning does not tell.
    #[must_use]
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

/// What was wrong with a record: what, where, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread(pub String);

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
    /// Reads one record and hands over each call in it. `call` is the memory to fill; it comes empty, and `each` may
    /// be called several times, with the same memory cleared in between. What was handed over before an error stays.
    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), Unread>;
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
    pub fn text(&self) -> Result<&'a str, Unread> {
        prose::utf8(self.bytes)
    }
}

/// A format that a file under `rules/formats` describes.
macro_rules! described {
    ($name:literal) => {{
        static FORMAT: Described =
            Described::shipped($name, include_str!(concat!("../../rules/formats/", $name, ".toml")));
        &FORMAT
    }};
}

/// Every input format, most specific first: the order settles ties.
pub static FORMATS: &[&dyn Format] = &[
    &formats::call_jsonl::CallJsonl,
    &formats::contact_lens::ContactLens,
    &formats::docx::Docx,
    &formats::excel::Excel,
    &formats::webvtt::WebVtt,
    &formats::srt::Srt,
    &formats::sbv::Sbv,
    &formats::chat_cha::ChatCha,
    &formats::stm_ctm::Stm,
    &formats::stm_ctm::Ctm,
    &formats::timed_csv::TimedCsv,
    &formats::contact_lens_chat::CONTACT_LENS_CHAT,
    described!("contact-lens-realtime"),
    described!("aws-transcribe-call-analytics"),
    &formats::transcribe_stream::TRANSCRIBE_STREAM,
    &formats::post_call_analytics::POST_CALL_ANALYTICS,
    &formats::transcribe::TRANSCRIBE,
    described!("aws-bda-audio"),
    &formats::deepgram::DEEPGRAM,
    &formats::assemblyai::ASSEMBLYAI,
    &formats::speechmatics::SPEECHMATICS,
    &formats::rev_ai::REV_AI,
    &formats::ibm_watson::IBM_WATSON,
    &formats::google_stt::GOOGLE_STT,
    &formats::google_ccai::GOOGLE_CCAI,
    described!("azure-batch"),
    described!("azure-fast"),
    described!("azure-conversations"),
    described!("openai-transcription"),
    &formats::whisper::WHISPER,
    &formats::whisper_cpp::WHISPER_CPP,
    &formats::genesys::GENESYS,
    &formats::ringsense::RINGSENSE,
    described!("ringcentral-stt"),
    described!("aircall"),
    &formats::zoom::ZOOM,
    &formats::gong::GONG,
    described!("dialpad"),
    described!("twilio"),
    described!("salesforce-voice"),
    described!("liveperson"),
    &formats::telegram::TELEGRAM,
    &formats::intercom::INTERCOM,
    &formats::zendesk::ZENDESK,
    described!("retell"),
    &formats::vapi::VAPI,
    described!("elevenlabs"),
    &formats::vcon::VCON,
    described!("harper-valley"),
    described!("abcd-chat"),
    described!("podcast-namespace-json"),
    &formats::wrapped_text::WRAPPED_TEXT,
    &formats::generic_json::GENERIC_JSON,
    &formats::csv_table::CsvTable,
    &formats::whatsapp::WhatsApp,
    &formats::zoom_chat::ZoomChat,
    &formats::meeting_notes::Otter,
    &formats::meeting_notes::GoogleMeet,
    &formats::plain_text::PlainText,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        for (k, format) in FORMATS.iter().enumerate() {
            let name = format.name();
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(fits), "{name}");
            assert!(name != "jsonl", "jsonl is no format of its own");
            assert!(FORMATS[..k].iter().all(|other| other.name() != name), "{name} twice");
            let info = format.info();
            for text in [info.about, info.recognised, info.gives.roles, info.gives.times] {
                assert!(!text.is_empty() && !text.contains('\n'), "{name}: {text}");
            }
        }
    }

    #[test]
    fn an_empty_or_odd_head_is_nobodys() {
        for bytes in [&b""[..], b" ", b"{", b"[", b"\xff\xfe", b"\0\0\0"] {
            for format in FORMATS {
                let head = Head::new(bytes, true, "x");
                assert!(format.sniff(&head).is_none_or(|g| g.confidence <= 0.5), "{} {bytes:?}", format.name());
                let _ = format.framing(&head);
            }
        }
    }
}
