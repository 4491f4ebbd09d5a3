//! The short way through a line of call JSONL: knows the keys of the contract, copies the text of turns once, and gives
//! up at anything unusual, so that the full parser reads the line again and says exactly what is wrong with it.
//!
//! A second reader of JSON is worth its lines: without it an audit of call JSONL takes 3 to 5 % longer, and a
//! conversion twice as long.
//!
//! `Option<Option<T>>` here is: give up, or null, or a value.
//!
//! What it accepts, the full parser accepts with the same result; a test holds the two side by side.

#![allow(clippy::option_option, reason = "the outer one is the way out, the inner one is null")]

mod numbers;

use crate::call::{Call, Clock, HowRoles, Role};
use memchr::memchr2;

/// Reads a line; false if the full parser must look at it. The call is then to be cleared.
pub fn read(line: &str, call: &mut Call) -> bool {
    let line = line.trim_end_matches(['\r', '\n']);
    // Bare control characters in a string are not JSON, and between values they are rare.
    if line.bytes().fold(u8::MAX, u8::min) < b' ' {
        return false;
    }
    let mut p = Cursor { text: line, at: 0, unescaped: String::new(), unnamed: [None; ROLES] };
    p.call(call).is_some() && !call.turns.is_empty()
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// The memory for strings with escapes.
    unescaped: String,
    /// Per role: the speaker of it who has no name, once met.
    unnamed: [Option<u16>; ROLES],
}

/// How many roles there are.
const ROLES: usize = Role::Unknown as usize + 1;

/// What was met so far in a call, a bit a key: a key that comes twice is for the full parser.
const CALL: u16 = 1;
const AGENT: u16 = 2;
const CUSTOMER: u16 = 4;
const STARTED: u16 = 8;
const QUEUE: u16 = 16;
const LANGUAGE: u16 = 32;
const DURATION: u16 = 64;
const TURNS: u16 = 128;

impl<'a> Cursor<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes a byte, past white space.
    fn take(&mut self, byte: u8) -> Option<()> {
        if self.byte() != Some(byte) {
            self.space();
            if self.byte() != Some(byte) {
                return None;
            }
        }
        self.at += 1;
        Some(())
    }

    /// Whether a list or an object goes on: a comma does, its end does not.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let mut byte = self.byte()?;
        if byte != b',' && byte != end {
            self.space();
            byte = self.byte()?;
        }
        self.at += 1;
        match byte {
            b',' => Some(true),
            byte if byte == end => Some(false),
            _ => None,
        }
    }

    /// Takes a text that stands here to the byte: most writers put keys in one order and nothing between them.
    #[inline]
    fn eat<const N: usize>(&mut self, fixed: &[u8; N]) -> bool {
        let rest = self.text.as_bytes().get(self.at..);
        let here = rest.and_then(<[u8]>::first_chunk) == Some(fixed);
        if here {
            self.at += N;
        }
        here
    }

    /// The place of a string's content, and whether it has escapes; the cursor is then past its end.
    fn span(&mut self) -> Option<(usize, usize, bool)> {
        self.take(b'"')?;
        let bytes = self.text.as_bytes();
        let (from, mut escapes) = (self.at, false);
        loop {
            self.at += memchr2(b'"', b'\\', bytes.get(self.at..)?)?;
            if bytes[self.at] == b'"' {
                break;
            }
            escapes = true;
            self.at += 2;
        }
        let to = self.at;
        self.at += 1;
        Some((from, to, escapes))
    }

    /// A string without escapes, as keys and most values are.
    fn plain(&mut self) -> Option<&'a str> {
        let (from, to, escapes) = self.span()?;
        if escapes {
            return None;
        }
        self.text.get(from..to)
    }

    /// A string, or nothing for null; empty counts as nothing.
    fn optional(&mut self) -> Option<Option<String>> {
        self.space();
        if self.text.as_bytes()[self.at..].starts_with(b"null") {
            self.at += 4;
            return Some(None);
        }
        let text = self.plain()?;
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    /// A number, or nothing for null.
    fn number(&mut self) -> Option<Option<f64>> {
        if !self.byte()?.is_ascii_digit() {
            self.space();
            if self.eat(b"null") {
                return Some(None);
            }
        }
        let (number, len) = numbers::read(self.text.as_bytes().get(self.at..)?)?;
        self.at += len;
        Some(Some(number))
    }

    fn call(&mut self, call: &mut Call) -> Option<()> {
        self.take(b'{')?;
        let mut seen = 0;
        loop {
            let key = self.plain()?;
            self.take(b':')?;
            let bit = match key {
                "call" => {
                    let id = self.plain()?;
                    call.id.push_str(id);
                    CALL
                }
                "agent" => {
                    call.agent = self.optional()?;
                    AGENT
                }
                "customer" => {
                    call.customer = self.optional()?;
                    CUSTOMER
                }
                "started" => {
                    call.started = self.optional()?;
                    STARTED
                }
                "queue" => {
                    call.queue = self.optional()?;
                    QUEUE
                }
                "language" => {
                    call.language = self.optional()?;
                    LANGUAGE
                }
                "duration_s" => {
                    call.stated_duration = self.number()?;
                    DURATION
                }
                "turns" => {
                    self.turns(call)?;
                    TURNS
                }
                _ => return None,
            };
            if seen & bit != 0 {
                return None;
            }
            seen |= bit;
            if !self.goes_on(b'}')? {
                break;
            }
        }
        self.space();
        if self.at < self.text.len() || seen & TURNS == 0 {
            return None;
        }
        if call.turns.iter().any(|t| t.start.is_some()) {
            call.clock = Clock::Speech;
        }
        call.sort_turns();
        crate::roles::labels::settle(call, HowRoles::Stated);
        Some(())
    }

    fn turns(&mut self, call: &mut Call) -> Option<()> {
        self.take(b'[')?;
        loop {
            self.turn(call)?;
            if !self.goes_on(b']')? {
                return Some(());
            }
        }
    }

    fn turn(&mut self, call: &mut Call) -> Option<()> {
        self.take(b'{')?;
        let (mut role, mut name, mut start, mut end, mut text) = (None, None, None, None, None);
        loop {
            // The second letter tells which key it may be.
            let again = match self.text.as_bytes().get(self.at + 2) {
                Some(b'p') if self.eat(b"\"speaker\":") => role.replace(self.role()?).is_some(),
                Some(b't') if self.eat(b"\"start_s\":") => start.replace(self.number()?).is_some(),
                Some(b'n') if self.eat(b"\"end_s\":") => end.replace(self.number()?).is_some(),
                Some(b'e') if self.eat(b"\"text\":") => text.replace(self.span()?).is_some(),
                _ => {
                    let key = self.plain()?;
                    self.take(b':')?;
                    match key {
                        "speaker" => role.replace(self.role()?).is_some(),
                        "name" => name.replace(self.plain()?).is_some(),
                        "start_s" => start.replace(self.number()?).is_some(),
                        "end_s" => end.replace(self.number()?).is_some(),
                        "text" => text.replace(self.span()?).is_some(),
                        _ => return None,
                    }
                }
            };
            if again {
                return None;
            }
            if !self.goes_on(b'}')? {
                break;
            }
        }
        let (from, to, escapes) = text?;
        let role = role?;
        let speaker = match name.filter(|name| !name.is_empty()) {
            None => *self.unnamed[role as usize].get_or_insert_with(|| call.speaker(role, role.as_str(), None)),
            name => call.speaker(role, role.as_str(), name),
        };
        let (start, end) = (start.flatten(), end.flatten());
        let end = end.filter(|end| start.is_none_or(|start| *end >= start));
        if escapes {
            self.unescape(from, to)?;
            call.push_turn(speaker, start, end, &self.unescaped);
        } else {
            call.push_turn(speaker, start, end, self.text.get(from..to)?);
        }
        Some(())
    }

    fn role(&mut self) -> Option<Role> {
        if self.eat(b"\"agent\"") {
            return Some(Role::Agent);
        }
        if self.eat(b"\"customer\"") {
            return Some(Role::Customer);
        }
        role_of(self.plain()?)
    }

    /// Opens the escapes of a string into the cursor's memory.
    fn unescape(&mut self, from: usize, to: usize) -> Option<()> {
        self.unescaped.clear();
        let mut rest = self.text.get(from..to)?;
        while let Some(at) = rest.find('\\') {
            self.unescaped.push_str(&rest[..at]);
            let escape = *rest.as_bytes().get(at + 1)?;
            rest = rest.get(at + 2..)?;
            let opened = match escape {
                b'"' => '"',
                b'\\' => '\\',
                b'/' => '/',
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                // Halves of a pair are for the full parser.
                b'u' => {
                    let digits = rest.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
                    rest = &rest[4..];
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
                }
                _ => return None,
            };
            self.unescaped.push(opened);
        }
        self.unescaped.push_str(rest);
        Some(())
    }
}

fn role_of(speaker: &str) -> Option<Role> {
    match speaker {
        "agent" => Some(Role::Agent),
        "customer" => Some(Role::Customer),
        "bot" => Some(Role::Bot),
        "unknown" => Some(Role::Unknown),
        // Any other label is looked up by the full parser.
        _ => None,
    }
}
