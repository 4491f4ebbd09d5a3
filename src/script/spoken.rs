//! The spoken words of a piece of a page: emphasis, links, tags, stage directions and what stands in brackets taken
//! away, each word left with its place.

use super::blocks::Span;
use super::lines::Page;
use super::{Mark, Speech};
use std::ops::Range;

/// How far a bracket may reach, in characters; a bracket that is not closed by then is a character like any other.
const FARTHEST: usize = 400;

/// First words of a direction in square brackets or braces: `[pause]`, `[wait for the answer]`.
#[rustfmt::skip]
const DIRECTIONS: &[&str] = &[
    "pause", "pauses", "wait", "waits", "listen", "listens", "silence", "beat", "verify", "verifies", "check", "checks", "transfer", "transfers", "explain", "explains",
    "read", "repeat", "note", "do", "don't", "smile", "smiles", "sigh", "sighs", "laugh", "laughs", "click", "press", "type", "open", "search", "log", "document",
    "continue", "go", "end", "if", "when", "stage", "action", "allow", "let", "give", "take", "mute", "unmute", "hang", "look", "update", "enter", "place", "put",
    "ask", "say", "tell", "offer", "describe", "describes", "summarise", "summarize", "escalate", "escalates", "apologise", "apologize", "stop", "see", "skip", "x",
];
/// Last words by which a bracket is a blank to fill in, whatever it begins with: `[check number]`.
const BLANKS: &[&str] =
    &["name", "number", "date", "time", "amount", "id", "code", "reason", "day", "price", "address", "email"];
/// Tags of HTML that people write into Markdown; anything else between angle brackets is a blank to fill in.
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "br", "b", "i", "em", "strong", "u", "p", "div", "span", "small", "sup", "sub", "details", "summary", "kbd", "mark", "ul", "ol", "li", "a", "img", "hr", "center",
    "font", "code", "h1", "h2", "h3", "h4", "h5", "h6", "s", "del", "ins", "q", "blockquote", "table", "tr", "td", "th", "tbody", "thead", "pre", "section",
];
/// References to characters.
const ENTITIES: &[(&str, char)] = &[
    ("&nbsp;", ' '),
    ("&amp;", '&'),
    ("&quot;", '"'),
    ("&apos;", '\''),
    ("&#39;", '\''),
    ("&rsquo;", '\u{2019}'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&ndash;", '–'),
    ("&mdash;", '—'),
    ("&hellip;", '…'),
];

/// The spoken words of some spans, if there are any; `lines` are those of their block.
pub fn of(page: &Page<'_>, spans: &[Span], lines: Range<u32>) -> Option<Speech> {
    let mut reader = Reader::default();
    for (k, span) in spans.iter().enumerate() {
        let line = page.line(span.line);
        let words = &line[span.from..span.to];
        if k > 0 {
            reader.next_line(page, &spans[k - 1], words);
        }
        reader.line(words, span.line, line[..span.from].chars().count() as u32 + 1);
    }
    let speech = Speech { lines, ..reader.speech };
    let (from, to) = (speech.text.len() - speech.text.trim_start().len(), speech.text.trim_end().len());
    // Blanks to fill in alone say nothing.
    let spoken = speech.text.contains(|c: char| c.is_alphanumeric());
    spoken.then(|| speech.slice(from, to.max(from)))
}

#[derive(Default)]
struct Reader {
    speech: Speech,
    /// The place that would go on without a mark.
    next: (u32, u32),
    /// Inside parentheses that are closed in a later line.
    inside: bool,
}

impl Reader {
    fn push(&mut self, c: char, line: u32, column: u32) {
        // What was taken away between two spaces leaves one.
        if c == ' ' && self.speech.text.ends_with([' ', '\n']) {
            return;
        }
        if self.next != (line, column) {
            self.speech.marks.push(Mark { at: self.speech.text.len() as u32, line, column });
        }
        self.speech.text.push(c);
        self.next = (line, column + 1);
    }

    /// What stands between two lines: a space where the sentence goes on, a line break where it cannot.
    fn next_line(&mut self, page: &Page<'_>, before: &Span, words: &str) {
        let line = &page.line(before.line)[before.from..before.to];
        let hard = line.ends_with("  ") || line.ends_with('\\');
        let line = line.trim_end();
        let first = words.trim_start_matches(['*', '_', '"', '“', ' ']);
        let capital =
            first.starts_with(char::is_uppercase) && !["I ", "I'", "I\u{2019}"].iter().any(|i| first.starts_with(i));
        let short = line.chars().count() < 45;
        let apart = hard || capital && short;
        if line.ends_with('\\') && self.speech.text.ends_with('\\') {
            self.speech.text.pop();
        }
        if self.speech.text.ends_with(' ') {
            self.speech.text.pop();
        }
        self.speech.text.push(if apart { '\n' } else { ' ' });
        self.next = (0, 0);
    }

    fn line(&mut self, words: &str, line: u32, column: u32) {
        let chars: Vec<char> = words.chars().collect();
        let mut k = 0;
        if self.inside {
            let close = chars.iter().position(|&c| c == ')');
            k = close.map_or(chars.len(), |at| at + 1);
            self.inside = close.is_none();
        }
        while k < chars.len() {
            let at = |k: usize| column + k as u32;
            let c = chars[k];
            let len = match c {
                '(' => self.parenthesis(&chars, k),
                '[' | '{' => bracket(&chars, k, |range| {
                    for n in range {
                        self.push(chars[n], line, at(n));
                    }
                }),
                '<' => tag(&chars[k..]).inspect(|_| {
                    if chars.get(k + 1).is_some_and(|c| c.eq_ignore_ascii_case(&'b'))
                        && chars.get(k + 2).is_some_and(|c| c.eq_ignore_ascii_case(&'r'))
                    {
                        self.speech.text.push('\n');
                        self.next = (0, 0);
                    }
                }),
                '!' if chars.get(k + 1) == Some(&'[') => {
                    let image = bracket(&chars, k + 1, |_| {});
                    image.filter(|_| is_link(&chars, k + 1)).map(|len| len + 1)
                }
                '%' | '$' | '«' => blank(&chars, k).map(|inner| {
                    self.blank(&chars[inner.from..inner.to], (line, at(k)), (line, at(inner.from)));
                    inner.end - k
                }),
                '*' | '`' => Some(1),
                '~' if chars.get(k + 1) == Some(&'~') => Some(2),
                '_' => {
                    let run = chars[k..].iter().take_while(|&&c| c == '_').count();
                    if run >= 3 || run == 2 && !is_emphasis(&chars, k) {
                        for n in k..k + run {
                            self.push('_', line, at(n));
                        }
                        Some(run)
                    } else {
                        let word = |n: Option<&char>| n.is_some_and(|c| c.is_alphanumeric());
                        let within = word(chars.get(k + run)) && k > 0 && word(chars.get(k - 1));
                        (!within).then_some(run)
                    }
                }
                '\\' if chars.get(k + 1).is_some_and(char::is_ascii_punctuation) => {
                    self.push(chars[k + 1], line, at(k + 1));
                    Some(2)
                }
                '&' => entity(&chars[k..]).map(|(len, c)| {
                    self.push(c, line, at(k));
                    self.next = (0, 0);
                    len
                }),
                _ => None,
            };
            if let Some(len) = len {
                k += len;
            } else {
                self.push(c, line, at(k));
                k += 1;
            }
        }
    }

    /// A blank to fill in, however the file marks it: in braces, which is how rules know one.
    fn blank(&mut self, name: &[char], start: (u32, u32), inner: (u32, u32)) {
        self.push('{', start.0, start.1);
        for (n, &c) in name.iter().enumerate() {
            self.push(c, inner.0, inner.1 + n as u32);
        }
        self.push('}', inner.0, inner.1 + name.len() as u32);
        self.next = (0, 0);
    }

    /// What stands in parentheses is a direction, unless it is a number.
    fn parenthesis(&mut self, chars: &[char], k: usize) -> Option<usize> {
        let near = &chars[k..chars.len().min(k + FARTHEST)];
        match near.iter().position(|&c| c == ')') {
            Some(end) => {
                let number = near[1..end].iter().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+'));
                (!number).then_some(end + 1)
            }
            // It may be closed in the next line, if there is hardly anything before that.
            None if near.len() < FARTHEST => {
                self.inside = true;
                Some(chars.len() - k)
            }
            None => None,
        }
    }
}

/// A blank to fill in that is marked by something else than brackets.
struct Blank {
    /// Where its name begins.
    from: usize,
    /// One past its name.
    to: usize,
    /// One past all of it.
    end: usize,
}

/// `%NAME%`, `$name`, `«name»`; not a price, a percentage or a quotation.
fn blank(chars: &[char], k: usize) -> Option<Blank> {
    const LONGEST: usize = 40;
    let close = match chars[k] {
        '%' => '%',
        '«' => '»',
        _ => {
            let name = |n: usize| chars.get(n).is_some_and(|c| c.is_alphanumeric() || *c == '_');
            // `$customer.name`, and the full stop behind `$name.` stays one.
            let inner = |n: usize| name(n) || chars.get(n) == Some(&'.') && name(n + 1);
            let starts = chars.get(k + 1).is_some_and(|c| c.is_alphabetic() || *c == '_');
            let to = (k + 1..chars.len()).find(|&n| !inner(n)).unwrap_or(chars.len());
            return starts.then_some(Blank { from: k + 1, to, end: to });
        }
    };
    let near = &chars[k + 1..chars.len().min(k + 1 + LONGEST)];
    let len = near.iter().position(|&c| c == close)?;
    let inner = &near[..len];
    let of_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let words = inner.iter().collect::<String>().split_whitespace().count();
    let fits = inner.iter().all(of_name) && (1..=3).contains(&words) && !inner.starts_with(&[' ']);
    let letter = inner.first().is_some_and(|c| c.is_alphabetic() || *c == '_');
    (fits && letter).then_some(Blank { from: k + 1, to: k + 1 + len, end: k + 2 + len })
}

/// Whether `__` opens or closes emphasis: there is another one around a word.
fn is_emphasis(chars: &[char], k: usize) -> bool {
    let double = |n: usize| chars.get(n) == Some(&'_') && chars.get(n + 1) == Some(&'_');
    let near = k.saturating_sub(FARTHEST)..(k + FARTHEST).min(chars.len());
    near.clone().any(|n| (n + 1 < k || n > k + 1) && double(n))
}

fn is_link(chars: &[char], k: usize) -> bool {
    let near = &chars[k..chars.len().min(k + FARTHEST)];
    near.iter().position(|&c| c == ']').is_some_and(|end| near.get(end + 1) == Some(&'('))
}

/// A square bracket or brace: a link's text, a blank to fill in, or a direction. `keep` gets what is spoken of it.
fn bracket(chars: &[char], k: usize, mut keep: impl FnMut(Range<usize>)) -> Option<usize> {
    let close = if chars[k] == '[' { ']' } else { '}' };
    let near = &chars[k..chars.len().min(k + FARTHEST)];
    let end = near.iter().position(|&c| c == close)?;
    let doubled = near.get(1) == Some(&chars[k]) && near.get(end + 1) == Some(&close);
    let len = end + 1 + usize::from(doubled);
    let inner: String = near[1 + usize::from(doubled)..end].iter().collect();
    if close == ']' && near.get(end + 1) == Some(&'(') {
        let url = near[end..].iter().position(|&c| c == ')')?;
        keep(k + 1..k + end);
        return Some(end + url + 1);
    }
    if inner.starts_with('^') || is_direction(&inner) {
        return Some(len);
    }
    keep(k..k + len);
    Some(len)
}

/// Whether a bracket tells the agent what to do, rather than what to fill in.
fn is_direction(inner: &str) -> bool {
    let lower = inner.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':')).filter(|w| !w.is_empty()).collect();
    let Some((first, last)) = words.first().zip(words.last()) else {
        return true;
    };
    if words.len() > 1 && BLANKS.contains(last) && words.len() <= 4 {
        return false;
    }
    let of_customer = matches!(*first, "customer" | "caller" | "client" | "agent")
        && words.get(1).is_some_and(|w| {
            matches!(
                *w,
                "responds"
                    | "answers"
                    | "explains"
                    | "says"
                    | "speaks"
                    | "replies"
                    | "agrees"
                    | "declines"
                    | "response"
                    | "waits"
                    | "gives"
                    | "provides"
                    | "vents"
                    | "talks"
            )
        });
    words.len() > 6 || of_customer || DIRECTIONS.contains(first)
}

fn tag(chars: &[char]) -> Option<usize> {
    let end = chars.iter().take(FARTHEST).position(|&c| c == '>')?;
    let inner: String = chars[1..end].iter().collect();
    let name = inner
        .trim_start_matches('/')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    TAGS.contains(&name.as_str()).then_some(end + 1)
}

fn entity(chars: &[char]) -> Option<(usize, char)> {
    let near: String = chars.iter().take(8).collect();
    ENTITIES.iter().find(|(name, _)| near.starts_with(name)).map(|(name, c)| (name.len(), *c))
}

#[cfg(test)]
#[path = "spoken_tests.rs"]
mod tests;
