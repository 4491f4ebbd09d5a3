//! A transcript as the rules see it: turns, sentences, times and tags; as text for people, as JSONL for programs.

mod why;

use crate::call::{Basis, Call, Clock, Role};
use crate::output::{clock, terminal, wire};
use crate::redact::Redaction;
use crate::roles::typed;
use crate::rules::party::Party;
use crate::text::book::PhraseBook;
use crate::text::scene::Scene;
use crate::text::set::SetId;
use crate::text::timing::{self, Edge};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_width::UnicodeWidthStr as _;

/// How a transcript is shown.
#[derive(Clone, Debug)]
pub struct View<'b> {
    /// The sets.
    pub phrases: &'b PhraseBook,
    /// Those that are shown, in this order.
    pub shown: Vec<SetId>,
    /// Columns of text.
    pub width: usize,
    /// Whether text has colours.
    pub color: bool,
}

/// A call that is shown: as the rules see it, and as its words may be shown.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'c> {
    /// The call as it was.
    pub call: &'c Call,
    /// Its id, names and labels as they may be shown; the call itself where nothing is replaced.
    pub shown: &'c Call,
    /// What is replaced in its words.
    pub redaction: &'c Redaction,
    /// The sentences and tags of the call as it was.
    pub scene: &'c Scene,
}

impl<'c> Seen<'c> {
    fn piece(&self, bytes: &Range<u32>) -> Cow<'c, str> {
        self.redaction.show(self.call, bytes.clone())
    }
}

/// A sentence as programs read it, key by key as it is written.
#[derive(Serialize)]
struct Line<'c> {
    call: &'c str,
    turn: u32,
    sentence: u32,
    speaker: &'static str,
    start_s: Option<f64>,
    end_s: Option<f64>,
    basis: &'static str,
    text: &'c str,
    tags: Vec<&'c str>,
}

/// When a range of a turn's text is said.
fn times(call: &Call, turn: u32, bytes: &Range<u32>) -> (Option<f64>, Option<f64>, Basis) {
    let at = |byte, edge| timing::seconds(call, turn, byte, edge).filter(|_| call.clock == Clock::Speech);
    match (at(bytes.start, Edge::Start), at(bytes.end, Edge::End)) {
        (Some((start, a)), Some((end, b))) => (Some(start), Some(end), a.max(b)),
        _ => (None, None, Basis::Turns),
    }
}

impl View<'_> {
    /// Appends a line of JSON for every sentence.
    pub fn jsonl(&self, seen: &Seen<'_>, to: &mut Vec<u8>) {
        let Seen { call, shown, scene, .. } = *seen;
        for (n, sentence) in scene.sentences.iter().enumerate() {
            let first = scene.tokens[sentence.tokens.start as usize].start;
            let last = scene.tokens[sentence.tokens.end as usize - 1].end;
            let (start, end, basis) = times(call, sentence.turn, &(first..last));
            let text = seen.piece(&sentence.text);
            let line = Line {
                call: &shown.id,
                turn: sentence.turn,
                sentence: sentence.index,
                speaker: call.role(&call.turns[sentence.turn as usize]).as_str(),
                start_s: start.map(wire::decimal),
                end_s: end.map(wire::decimal),
                basis: basis.as_str(),
                text: text.trim(),
                tags: self.tags(scene, n as u32).into_iter().map(|set| self.phrases.name(set)).collect(),
            };
            wire::json(&line, to);
            to.push(b'\n');
        }
    }

    fn tags(&self, scene: &Scene, sentence: u32) -> Vec<SetId> {
        self.shown.iter().copied().filter(|&s| scene.has(sentence, s)).collect()
    }

    /// Appends the transcript for people.
    pub fn text(&self, seen: &Seen<'_>, to: &mut String) {
        let Seen { call, shown, scene, .. } = *seen;
        self.head(shown, scene, to);
        for (k, turn) in call.turns.iter().enumerate() {
            let k = k as u32;
            let role = call.role(turn);
            let at = turn.start.filter(|_| call.clock == Clock::Speech).map_or(String::new(), clock);
            let name = shown.speakers.get(usize::from(turn.speaker)).and_then(|s| s.name.as_deref().or(Some(&s.label)));
            let name = name.filter(|n| !n.is_empty() && !n.eq_ignore_ascii_case(role.as_str()));
            let who = name.map_or(role.to_string(), |n| format!("{role} {}", terminal(n)));
            let run = scene.run_of[k as usize].map_or("backchannel".to_owned(), |r| format!("run {r}"));
            let bold = self.styled(Style::new().bold(), &who);
            let dim = self.styled(Style::new().dimmed(), &format!("turn {k}, {run}"));
            let _ = writeln!(to, "{at:>8}  {bold}  {dim}");
            for n in scene.turn_sentences(k) {
                self.sentence(seen, n, role, to);
            }
        }
    }

    fn head(&self, call: &Call, scene: &Scene, to: &mut String) {
        let _ = write!(to, "{}", self.styled(Style::new().bold(), &terminal(&call.id)));
        let known = [("agent", &call.agent), ("customer", &call.customer), ("queue", &call.queue)];
        for (what, value) in known.into_iter().filter_map(|(w, v)| v.as_ref().map(|v| (w, v))) {
            let _ = write!(to, " · {what} {}", terminal(value));
        }
        let (how, sure) = (call.roles.how.as_str(), call.roles.confidence);
        let _ = writeln!(to, " · {} · roles {how} ({sure:.2})", call.format);
        Self::guess(call, to);
        if !scene.names.known.is_empty() {
            let _ = writeln!(to, "the caller's names: {}", terminal(&scene.names.known.join(", ")));
        }
        to.push('\n');
    }

    /// Who is who by what is said, where nobody says it and it is too unsure to be used.
    fn guess(call: &Call, to: &mut String) {
        let Some(guess) = &call.guess else { return };
        let voices = || call.speakers.iter().zip(&guess.roles).filter(|(_, role)| **role != Role::Unknown);
        let labels: Vec<String> = voices().map(|(s, role)| format!("{} {role}", terminal(&s.label))).collect();
        let option = typed::option(voices().map(|(s, role)| (s.label.as_str(), *role)));
        let option = option.map_or(String::new(), |option| format!("; if it is right: {}", terminal(&option)));
        let _ =
            writeln!(to, "best guess, too unsure to be used: {} ({:.2}){option}", labels.join(", "), guess.confidence);
    }

    /// A sentence with its number, the words that were found, and the tags they gave.
    fn sentence(&self, seen: &Seen<'_>, n: u32, role: Role, to: &mut String) {
        let scene = seen.scene;
        let sentence = &scene.sentences[n as usize];
        let tags = self.tags(scene, n);
        let mut found: Vec<Range<u32>> = Vec::new();
        for &set in &tags {
            found.extend(scene.hits(set).iter().filter(|h| h.sentence == n).map(|h| scene.bytes(h)));
        }
        let number = format!("{}.{}", sentence.turn, sentence.index);
        let text = self.marked(seen, &sentence.text, &mut found, role);
        let names: Vec<&str> = tags.iter().map(|&s| self.phrases.name(s)).collect();
        let _ = write!(to, "{number:>8}  {text}");
        if !names.is_empty() {
            let tags = format!("‹{}›", names.join(" "));
            let room = self.width.saturating_sub(10);
            let long = seen.piece(&sentence.text).trim().width() + tags.chars().count() + 2 > room;
            let _ = write!(to, "{}{}", if long { "\n          " } else { "  " }, self.styled(hue(role), &tags));
        }
        to.push('\n');
    }

    /// The sentence with the words that were found underlined; without colours it stays as it is.
    fn marked(&self, seen: &Seen<'_>, range: &Range<u32>, found: &mut Vec<Range<u32>>, role: Role) -> String {
        let slice = |from: u32, to: u32| terminal(&seen.piece(&(from..to))).into_owned();
        // What is replaced is not underlined, and so shown once.
        found.retain(|hit| matches!(seen.piece(hit), Cow::Borrowed(_)));
        if !self.color {
            return slice(range.start, range.end).trim().to_owned();
        }
        found.sort_by_key(|r| (r.start, r.end));
        let (mut at, mut marked) = (range.start, String::new());
        for hit in found.iter() {
            let (from, end) = (hit.start.max(at), hit.end.min(range.end));
            if from < end {
                marked.push_str(&slice(at, from));
                marked.push_str(&self.styled(hue(role).underline(), &slice(from, end)));
                at = end;
            }
        }
        marked.push_str(&slice(at, range.end));
        marked.trim().to_owned()
    }

    fn styled(&self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// Agents and customers have a hue each.
fn hue(role: Role) -> Style {
    let color = if role == Role::Customer { AnsiColor::Yellow } else { AnsiColor::Cyan };
    Style::new().fg_color(Some(color.into()))
}

/// Whose words `--why` takes a sentence for.
pub fn lone_sentence(text: &str, who: Party) -> Call {
    let mut call = Call::default();
    let role = who.role().unwrap_or(Role::Agent);
    let speaker = call.speaker(role, role.as_str(), None);
    call.push_turn(speaker, None, None, text);
    call.roles = crate::call::Roles { how: crate::call::HowRoles::Stated, confidence: 1.0 };
    call
}
