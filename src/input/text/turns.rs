//! The turns of a text transcript as they grow line by line.

use crate::call::{Call, Role};
use crate::input::text::lines::stage;
use crate::input::text::markup;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::roles::labels::{self, Label};

/// The turns as they grow.
#[derive(Debug)]
pub struct Turns<'a> {
    call: &'a mut Call,
    spans: Vec<Span>,
    text: String,
    /// Speaker and time of the turn that grows; no speaker for lines that nobody says.
    open: Option<(Option<u16>, Span)>,
    gap: bool,
    /// Who spoke last, where no turn is open.
    last: Option<u16>,
    /// A time on a line of its own, for what follows.
    pending: Option<Span>,
}

impl<'a> Turns<'a> {
    /// No turn yet, to be put into this call.
    pub fn of(call: &'a mut Call) -> Self {
        Turns { call, spans: Vec::new(), text: String::new(), open: None, gap: false, last: None, pending: None }
    }

    /// Ends the last turn and gives all of them their times; the first of them, if they are dates.
    pub fn close(mut self) -> Option<f64> {
        self.flush();
        if self.call.turns.is_empty() {
            return None;
        }
        set_times(self.call, &self.spans);
        self.spans.iter().find_map(|span| match span.start {
            Some(Stamp::Instant(at)) => Some(at),
            _ => None,
        })
    }

    /// A blank line: what follows is a new paragraph.
    pub fn blank(&mut self) {
        self.gap = true;
    }

    /// A time on a line of its own, for what follows.
    pub fn mark(&mut self, span: Span) {
        let speaker = self.open.as_ref().map(|(speaker, _)| *speaker);
        self.flush();
        self.last = speaker.unwrap_or(self.last);
        self.pending = Some(span);
    }

    /// The call that is filled.
    pub fn call(&mut self) -> &mut Call {
        self.call
    }

    /// A labelled line: a turn of this speaker.
    pub fn open(&mut self, span: Span, label: &str, parsed: &Label, text: &str) {
        self.flush();
        let span = if span.start.is_some() { span } else { self.pending.take().unwrap_or_default() };
        self.pending = None;
        let speaker = (!parsed.nobody).then(|| labels::speaker(self.call, label, parsed));
        self.open = Some((speaker, span));
        self.text.push_str(text);
        self.gap = false;
    }

    /// A timed line without a label: a turn of whoever spoke last.
    pub fn next(&mut self, span: Span, text: &str) {
        let last = self.open.as_ref().map_or(self.last, |(speaker, _)| *speaker);
        self.flush();
        let speaker = last.unwrap_or_else(|| self.call.speaker(Role::Unknown, "", None));
        self.open = Some((Some(speaker), span));
        self.text.push_str(text);
        self.gap = false;
    }

    /// A line that goes on with the turn above, or that a time on a line of its own belongs to.
    pub fn more(&mut self, text: &str) {
        if let Some(span) = self.pending.take() {
            return self.next(span, text);
        }
        if self.open.is_none() {
            let speaker = self.call.speaker(Role::Unknown, "", None);
            self.open = Some((Some(speaker), self.pending.take().unwrap_or_default()));
        }
        if !self.text.is_empty() {
            // A line broken for its width goes on; one that ends a sentence, or a paragraph, does not.
            let ended = self.gap || self.text.ends_with(['.', '?', '!', '"', '”']);
            self.text.push(if ended { '\n' } else { ' ' });
        }
        self.text.push_str(text);
        self.gap = false;
    }

    fn flush(&mut self) {
        if let Some((Some(speaker), span)) = self.open.take() {
            let text = unquoted(self.text.trim());
            // "[phone rings]" alone is no word of anybody's.
            if !text.is_empty() && !stage(text) {
                self.call.push_turn(speaker, None, None, &markup::plain(text));
                self.spans.push(span);
            }
        }
        self.text.clear();
        self.gap = false;
    }
}

/// Without quotes that enclose all of it.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
        if let Some(inner) = inner.filter(|i| !i.contains([open, close])) {
            return inner.trim();
        }
    }
    text
}
