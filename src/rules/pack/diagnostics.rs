//! What is wrong with a pack: every mistake of a run, each at its place with the line it stands on.

pub use crate::support::suggest::nearest;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// A pack's text, kept as long as something may be said about it.
#[derive(Debug)]
pub struct Source {
    /// The path as typed, or `rules/empathy.toml` for a shipped pack.
    pub name: String,
    /// The whole text.
    pub text: Cow<'static, str>,
}

impl Source {
    /// The byte itself, or the one in front of it that begins a character.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let at = self.boundary(at);
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Where it stands.
    pub source: Arc<Source>,
    /// The bytes it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it; empty if nobody knows.
    pub help: String,
}

impl Diagnostic {
    /// `file:line:column: message`, which editors and CI find, then the place and what to do.
    fn render(&self, to: &mut String) {
        let (line, column) = self.source.place(self.span.start);
        // A name that nobody knows may be as long as the file.
        let cut = self.message.char_indices().nth(LONGEST).map(|(at, _)| at);
        let (message, more) = cut.map_or((&*self.message, ""), |at| (&self.message[..at], "…"));
        let _ = writeln!(to, "{}:{line}:{column}: {message}{more}", self.source.name);
        let text = &*self.source.text;
        let (from, end) = (self.source.boundary(self.span.start), self.source.boundary(self.span.end));
        let mark = AnnotationKind::Primary.span(from..end);
        let group = Group::with_level(Level::ERROR).element(Snippet::source(text).annotation(mark));
        let help = (!self.help.is_empty()).then(|| Level::HELP.no_name().message(&*self.help));
        let _ = writeln!(to, "{}", Renderer::plain().render(&[group.elements(help)]));
    }
}

/// The longest message that is shown, in characters.
const LONGEST: usize = 500;
/// As many mistakes are shown.
const SHOWN: usize = 100;

/// Everything that is wrong with the packs of a run; its `Display` is for people.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The mistakes, in the order in which they were met.
    pub all: Vec<Diagnostic>,
    /// What has no place in a file: a pack that there is not, an id that no pack has.
    pub notes: Vec<String>,
}

impl Problems {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.notes.is_empty()
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut sorted: Vec<&Diagnostic> = self.all.iter().collect();
        sorted.sort_by(|a, b| (&a.source.name, a.span.start).cmp(&(&b.source.name, b.span.start)));
        let mut text = self.notes.join("\n\n");
        if !text.is_empty() && !sorted.is_empty() {
            text.push_str("\n\n");
        }
        for (k, diagnostic) in sorted.iter().take(SHOWN).enumerate() {
            if k > 0 {
                text.push('\n');
            }
            diagnostic.render(&mut text);
        }
        if let Some(more @ 1..) = sorted.len().checked_sub(SHOWN) {
            let _ = writeln!(text, "\nand {more} more");
        }
        f.write_str(text.trim_end())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &'static str, span: Range<usize>, help: &str) -> String {
        let source = Arc::new(Source { name: "p.toml".into(), text: text.into() });
        let all = vec![Diagnostic { source, span, message: "unknown key".into(), help: help.into() }];
        Problems { all, notes: Vec::new() }.to_string()
    }

    #[test]
    fn a_diagnostic_shows_the_line_and_points_at_the_word() {
        let expected = "p.toml:2:1: unknown key\n  |\n2 | wieght = 2\n  | ^^^^^^\n  |\n  = did you mean `weight`?";
        assert_eq!(rendered("a = 1\nwieght = 2\n", 6..12, "did you mean `weight`?"), expected);
    }

    #[test]
    fn any_place_can_be_shown() {
        let text = "é = \"日本\"\r\n\tb = 2\n";
        for from in 0..text.len() + 2 {
            for to in from..text.len() + 2 {
                assert!(rendered(text, from..to, "").starts_with("p.toml:"));
            }
        }
    }
}
