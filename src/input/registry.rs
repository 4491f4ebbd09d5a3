//! Every input format there is, and its name on the command line.

use crate::input::Format;
use crate::input::detect::outline::Outline;
use crate::input::formats;
use crate::input::json::described::{self, Described};

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
    described!("aws-lca"),
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
    &formats::elevenlabs_scribe::ELEVENLABS_SCRIBE,
    &formats::openai_realtime::OPENAI_REALTIME,
    described!("livekit"),
    described!("gemini"),
    &formats::chatgpt_export::CHATGPT_EXPORT,
    described!("claude-export"),
    described!("slack"),
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

/// The registered formats, and those of the user's own.
pub fn all() -> impl Iterator<Item = &'static dyn Format> {
    FORMATS.iter().chain(described::own()).copied()
}

/// Whether a document holds who took part in calls of any format, and no words.
pub fn parties_alone(outline: &Outline) -> bool {
    all().filter_map(Format::parties).any(|parties| (parties.alone)(outline))
}

/// A format as `--from` names it.
#[derive(Clone, Copy)]
pub enum InputFormat {
    /// A registered format.
    Format(&'static dyn Format),
    /// One JSON document a line, each sniffed, call JSONL first.
    Jsonl,
}

impl std::fmt::Debug for InputFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for InputFormat {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl InputFormat {
    /// Finds a format by its name; `jsonl` is one JSON document a line.
    pub fn parse(name: &str) -> Result<InputFormat, String> {
        if name == "jsonl" {
            return Ok(InputFormat::Jsonl);
        }
        let found = all().find(|f| f.name() == name).map(InputFormat::Format);
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::names();
            format!("no input format is called \"{name}\"; one of {}", names.join(", "))
        })
    }

    /// All names, `jsonl` first.
    pub fn names() -> Vec<&'static str> {
        std::iter::once("jsonl").chain(all().map(Format::name)).collect()
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            InputFormat::Format(format) => format.name(),
            InputFormat::Jsonl => "jsonl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::format::Head;

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
