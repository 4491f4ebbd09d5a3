//! The XML of office documents, read as a stream within a budget. Entities that a document defines for itself are left
//! out, so that none of them can unfold.

use std::io::{BufReader, Error, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::input::documents::budget::{Budget, DEPTH, PIECE};

/// What is met on the way through a part of a document.
pub enum Step<'x, 'e> {
    /// An element begins: its name without a prefix, and the element.
    Open(&'x str, &'x Element<'e>),
    /// An element of this name ends.
    Close(&'x str),
    /// Text; the one between two tags may come in several pieces.
    Text(&'x str),
}

/// The start of an element, for its attributes.
pub struct Element<'e>(&'e BytesStart<'e>);

impl Element<'_> {
    /// The value of an attribute by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        // Looking for doubled names would take the square of their number.
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// A number in an attribute.
    pub fn number(&self, name: &str) -> Option<u32> {
        let value = self.attribute(name)?;
        let value = value.trim();
        // More than fits is as much as fits: what is counted by it goes over its budget either way.
        if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
            return Some(value.parse().unwrap_or(u32::MAX));
        }
        None
    }
}

/// Counts what is read, and how much of it since the last tag or text was whole.
struct Metered<'b, R> {
    input: R,
    budget: &'b Budget,
    piece: u64,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let got = self.input.read(to)?;
        self.piece += got as u64;
        self.budget.bytes(got as u64).map_err(Error::other)?;
        if self.piece > PIECE {
            return Err(Error::other(format!("holds a single tag or text of more than {} MiB", PIECE >> 20)));
        }
        Ok(got)
    }
}

/// Goes through a part of a document, whose name is for messages. An error of `each` ends it.
pub fn read(
    input: impl Read,
    part: &str,
    budget: &Budget,
    each: &mut dyn FnMut(Step<'_, '_>) -> Result<(), String>,
) -> Result<(), String> {
    let metered = Metered { input, budget, piece: 0 };
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 15, metered));
    let (mut buffer, mut depth) = (Vec::new(), 0usize);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEPTH {
                    return Err(format!("nests more than {DEPTH} elements in {part}"));
                }
                each(Step::Open(tag.local_name().as_ref(), &Element(&tag)))?;
            }
            Ok(Event::Empty(tag)) => {
                each(Step::Open(tag.local_name().as_ref(), &Element(&tag)))?;
                each(Step::Close(tag.local_name().as_ref()))?;
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Step::Close(tag.local_name().as_ref()))?;
            }
            Ok(Event::Text(text)) => each(Step::Text(&text.xml10_content()))?,
            Ok(Event::CData(text)) => each(Step::Text(&text.xml10_content()))?,
            Ok(Event::GeneralRef(entity)) => {
                let name = entity.xml10_content();
                if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
                    each(Step::Text(text))?;
                } else if let Ok(Some(c)) = entity.resolve_char_ref() {
                    each(Step::Text(c.encode_utf8(&mut [0; 4])))?;
                }
            }
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(format!("ends in the middle of {part}")),
            Ok(_) => {}
            Err(quick_xml::Error::Io(e)) => return Err(format!("{e} (in {part})")),
            Err(e) => {
                let at = reader.error_position();
                return Err(format!("its text is broken at byte {at} of {part}: {e}"));
            }
        }
        buffer.clear();
        // What a long piece took is given back.
        buffer.shrink_to(1 << 16);
        let ahead = reader.get_ref().buffer().len() as u64;
        reader.get_mut().get_mut().piece = ahead;
    }
}
