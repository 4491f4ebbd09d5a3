//! The decoder: turns a batch into calls. Pure apart from opening the batch's small files; each worker has its own.

use std::borrow::Cow;
use std::sync::Arc;

use crate::call::{Call, HowRoles, language, person};
use crate::input::detect::{of_record, unknown_json};
use crate::input::framing::batch::{Batch, BatchKind};
use crate::input::framing::places::Places;
use crate::input::framing::stream::{Stream, newlines};
use crate::input::heard_language;
use crate::input::inner_labels;
use crate::input::json::{json_error, surrogates};
use crate::input::registry::InputFormat;
use crate::input::source::{ReadOptions, stem, too_long};
use crate::input::table;
use crate::input::text::{dates, prose};
use crate::input::{Format, Framing, ReadError, Record};
use crate::report::Unreadable;
use crate::roles::{self, labels, mapping};
use crate::support::panics::catch_panic;

/// What comes out of a batch.
#[derive(Debug)]
pub enum Event<'a> {
    /// A call.
    Call {
        /// Counts from 0 within its source.
        record: u64,
        /// The path as typed, joined with `/`; `-` for standard input.
        source: &'a str,
        /// The call. Who takes it leaves another one, for its memory.
        call: &'a mut Call,
    },
    /// A record that could not be read.
    Unreadable(Unreadable),
}

/// Turns batches into calls, in order, and keeps its memory from one to the next.
#[derive(Debug)]
pub struct Decoder {
    options: Arc<ReadOptions>,
    call: Call,
    held: Call,
    scratch: Batch,
}

type Each<'e> = dyn FnMut(Event<'_>) + 'e;

/// The lines of a chunk. Splitting by a search for line ends is several times as fast as by looking at each byte.
fn lines(chunk: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', chunk).chain(std::iter::once(chunk.len()));
    let mut from = 0;
    ends.map(move |end| {
        let line = &chunk[from..end];
        from = (end + 1).min(chunk.len());
        line
    })
}

impl Decoder {
    /// A decoder for one worker.
    pub fn new(options: Arc<ReadOptions>) -> Self {
        Decoder { options, call: Call::default(), held: Call::default(), scratch: Batch::default() }
    }

    /// Hands over every call and every unreadable record of the batch, in order.
    pub fn decode(&mut self, batch: &Batch, each: &mut Each<'_>) {
        match batch.kind {
            BatchKind::Files => {
                // The same stream as big files go through, only here instead of in the framer.
                let mut scratch = std::mem::take(&mut self.scratch);
                for entry in &batch.files {
                    let Some(mut stream) = Stream::of_calls(entry, &self.options, &batch.skipped) else {
                        continue;
                    };
                    loop {
                        scratch.clear();
                        if !stream.next(&mut scratch, &self.options) {
                            break;
                        }
                        self.records(&scratch, each);
                    }
                }
                self.scratch = scratch;
            }
            BatchKind::Chunk | BatchKind::Trouble => self.records(batch, each),
        }
    }

    fn records(&mut self, batch: &Batch, each: &mut Each<'_>) {
        if batch.kind == BatchKind::Trouble {
            each(unreadable(batch, batch.base, batch.line, batch.trouble.clone()));
            return;
        }
        let (Some(format), Some(framing)) = (batch.format, batch.framing) else {
            return;
        };
        let chunk: &[u8] = &batch.chunk;
        match framing {
            Framing::Whole => self.whole(batch, format, each),
            Framing::Lines => {
                let lines = lines(chunk).map(<[u8]>::trim_ascii).zip(batch.line..).filter(|(l, _)| !l.is_empty());
                for (record, (bytes, line)) in (batch.base..).zip(lines) {
                    self.one(batch, format, (record, line), Record { bytes, header: None }, each);
                }
            }
            Framing::Groups(column) => {
                let delimiter = table::delimiter(&batch.header);
                let mut line = batch.line;
                for (record, rows) in (batch.base..).zip(table::groups(chunk, delimiter, column, true)) {
                    let piece = Record { bytes: rows, header: Some(&batch.header) };
                    self.one(batch, format, (record, line), piece, each);
                    line += newlines(rows);
                }
            }
            Framing::Rows => {
                let delimiter = table::delimiter(&batch.header);
                let (mut rest, mut record, mut line) = (chunk, batch.base, batch.line);
                while !rest.is_empty() {
                    let (row, after) = rest.split_at(table::row_end(rest, delimiter).unwrap_or(rest.len()));
                    rest = after;
                    if !row.trim_ascii().is_empty() {
                        let piece = Record { bytes: row, header: Some(&batch.header) };
                        self.one(batch, format, (record, line), piece, each);
                        record += 1;
                    }
                    line += newlines(row);
                }
            }
        }
    }

    /// A record that must be one call, by its number and the line it begins in.
    fn one(
        &mut self,
        batch: &Batch,
        format: InputFormat,
        (record, line): (u64, u64),
        piece: Record<'_>,
        each: &mut Each<'_>,
    ) {
        if piece.bytes.len() > self.options.max_record_bytes {
            each(unreadable(batch, record, line, too_long(self.options.max_record_bytes)));
            return;
        }
        let mut calls = 0u64;
        let mut unread = None;
        let held = &mut self.held;
        self.call.clear();
        let bytes = mended(piece.bytes, &batch.source, &self.options);
        let piece = Record { bytes: &bytes, ..piece };
        let read = resolve(format, piece.bytes).and_then(|format| {
            valid(format, piece.bytes)?;
            catch_panic(|| {
                format.parse(&piece, &mut self.call, &mut |call| {
                    calls += 1;
                    unread = call.unread.take().or_else(|| long_id(call)).or(unread.take());
                    if calls == 1 {
                        call.format = format.name();
                        std::mem::swap(held, call);
                    }
                    call.clear();
                })
            })
            .unwrap_or_else(|mistake| Err(ReadError(mistake)))
        });
        let why = match (read, calls) {
            (Ok(()), 1) if unread.is_some() => unread.unwrap_or_default(),
            (Ok(()), 1) => {
                if self.options.places
                    && let Ok(text) = piece.text()
                {
                    Places::of(text, line).locate(&mut self.held);
                }
                let k = (!batch.only).then_some(record);
                finish(&mut self.held, &batch.source, k, &self.options);
                each(Event::Call { record, source: &batch.source, call: &mut self.held });
                return;
            }
            (Ok(()), 0) => "holds no call".to_owned(),
            (Ok(()), n) => format!("holds {n} calls; one line must be one call: split it"),
            (Err(ReadError(why)), _) => why,
        };
        each(unreadable(batch, record, line, why));
    }

    /// A file that is one record and may hold several calls.
    fn whole(&mut self, batch: &Batch, format: InputFormat, each: &mut Each<'_>) {
        let Decoder { options, call, held, .. } = self;
        call.clear();
        // One call is held back, because only a second one tells that there are several.
        let (mut calls, mut holds) = (0u64, false);
        let bytes = mended(&batch.chunk, &batch.source, options);
        let bytes: &[u8] = &bytes;
        // A document of an office program has no lines.
        let text = prose::utf8(bytes)
            .ok()
            .filter(|_| options.places && !matches!(format, InputFormat::Format(f) if f.binary()));
        let mut places = text.map(|text| Places::of(text, batch.line));
        let read = resolve(format, bytes).and_then(|format| {
            valid(format, bytes)?;
            let record = Record { bytes, header: None };
            catch_panic(|| {
                format.parse(&record, call, &mut |call| {
                    if holds {
                        finish(held, &batch.source, Some(calls - 1), options);
                        each(Event::Call { record: calls - 1, source: &batch.source, call: held });
                    }
                    let why = call.unread.take().or_else(|| long_id(call));
                    holds = why.is_none();
                    if let Some(why) = why {
                        each(unreadable(batch, calls, 0, why));
                    } else {
                        call.format = format.name();
                        if let Some(places) = &mut places {
                            places.locate(call);
                        }
                        std::mem::swap(held, call);
                    }
                    call.clear();
                    calls += 1;
                })
            })
            .unwrap_or_else(|mistake| Err(ReadError(mistake)))
        });
        if holds {
            let several = calls > 1 || read.is_err();
            finish(held, &batch.source, several.then_some(calls - 1), options);
            each(Event::Call { record: calls - 1, source: &batch.source, call: held });
        }
        match read {
            Err(ReadError(why)) => each(unreadable(batch, calls, 0, why)),
            Ok(()) if calls == 0 => each(unreadable(batch, 0, 0, "holds no call".into())),
            Ok(()) => {}
        }
    }
}

/// The longest id that a call may have, in bytes: it stands in every report, many times.
const LONGEST_ID: usize = 1024;

/// What is said of a call whose id is no id.
fn long_id(call: &Call) -> Option<String> {
    let length = call.id.len();
    (length > LONGEST_ID).then(|| format!("the id of the call is {length} bytes long; at most {LONGEST_ID} are read"))
}

/// A record of JSON in which every character is whole.
fn mended<'b>(bytes: &'b [u8], source: &str, options: &ReadOptions) -> Cow<'b, [u8]> {
    if !matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return Cow::Borrowed(bytes);
    }
    let mended = surrogates::mended(bytes);
    if matches!(mended, Cow::Owned(_)) {
        options.noticed.surrogate(source);
    }
    mended
}

/// `line` is 0 where it is not known.
fn unreadable(batch: &Batch, record: u64, line: u64, error: String) -> Event<'static> {
    let line = Some(line).filter(|line| *line > 0);
    Event::Unreadable(Unreadable { record, source: batch.source.clone(), line, error })
}

fn valid(format: &dyn Format, bytes: &[u8]) -> Result<(), ReadError> {
    if format.binary() {
        return Ok(());
    }
    prose::utf8(bytes).map(|_| ())
}

/// The format of one record: as found for the whole input, or, for lines of mixed JSON, its own.
fn resolve(format: InputFormat, bytes: &[u8]) -> Result<&'static dyn Format, ReadError> {
    let InputFormat::Format(format) = format else {
        if crate::input::formats::call_jsonl::own(bytes) {
            return Ok(&crate::input::formats::call_jsonl::CallJsonl);
        }
        if !bytes.starts_with(b"{") && !bytes.starts_with(b"[") {
            let parsed = serde_json::from_slice::<serde::de::IgnoredAny>(bytes);
            return Err(ReadError(parsed.map_or_else(|e| json_error(&e), |_| "is JSON, but no object".into())));
        }
        return of_record(bytes).ok_or_else(|| ReadError(unknown_json(bytes)));
    };
    Ok(format)
}

/// What a call knows from beside its record: its id, the metadata table, its file's name, the user's roles.
fn finish(call: &mut Call, source: &str, k: Option<u64>, options: &ReadOptions) {
    if inner_labels::has(call) {
        options.noticed.inner_labels(source);
    }
    for name in [&mut call.agent, &mut call.customer] {
        name.take_if(|name| person::is_placeholder(name));
    }
    if let Some(code) = call.language.as_deref().and_then(language::code) {
        call.language = Some(code);
    }
    // The names of files come first because they may hold the id that the table goes by; it overrides them anyway.
    for pattern in &options.name_patterns {
        pattern.apply(call, source);
    }
    let rule = options.meta.as_ref().and_then(|meta| meta.apply(call, source));
    if let Some(rule) = rule {
        mapping::apply(call, std::slice::from_ref(rule), source);
    }
    if !options.roles.is_empty() {
        mapping::apply(call, &options.roles, source);
    }
    if let Some(started) = call.started.as_deref()
        && let Some(iso) = dates::iso(started, dates::order(std::iter::once(started)))
    {
        call.started = Some(iso);
    }
    if call.language.as_ref().is_none_or(String::is_empty) {
        call.heard_language = heard_language::of_words(call);
    }
    if call.roles.how == HowRoles::Unknown && !call.turns.is_empty() && roles::infer(call) {
        labels::name_sides(call);
    }
    if call.id.is_empty() {
        call.id.push_str(stem(source));
        if let Some(k) = k {
            call.id.push('#');
            call.id.push_str(&k.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::format::{FormatInfo, Gives, Guess, Head};

    /// Reads "good" and stumbles over everything else, in the middle of a call.
    struct Stumbles;

    impl Format for Stumbles {
        fn info(&self) -> FormatInfo {
            let gives = Gives { roles: "none", times: "none", names: false };
            FormatInfo { name: "stumbles", about: "a format with a mistake", recognised: "never", gives }
        }
        fn sniff(&self, _head: &Head<'_>) -> Option<Guess> {
            None
        }
        fn parse(
            &self,
            record: &Record<'_>,
            call: &mut Call,
            each: &mut dyn FnMut(&mut Call),
        ) -> Result<(), ReadError> {
            let speaker = call.speaker(crate::call::Role::Agent, "A", None);
            call.push_turn(speaker, None, None, "said");
            assert!(record.bytes.starts_with(b"good"), "stumbled");
            each(call);
            Ok(())
        }
    }

    fn decoded(framing: Framing, bytes: &[u8]) -> Vec<String> {
        let mut batch = Batch {
            kind: BatchKind::Chunk,
            format: Some(InputFormat::Format(&Stumbles)),
            framing: Some(framing),
            source: "s".into(),
            ..Batch::default()
        };
        batch.chunk.set(bytes);
        let mut decoder = Decoder::new(Arc::new(ReadOptions::default()));
        let mut events = Vec::new();
        decoder.decode(&batch, &mut |event| {
            events.push(match event {
                Event::Call { record, call, .. } => format!("{record} {}", call.turns.len()),
                Event::Unreadable(u) => {
                    assert!(u.error.contains("decode.rs:"), "{}", u.error);
                    format!("{} {}", u.record, &u.error[..18])
                }
            });
        });
        events
    }

    #[test]
    fn a_mistake_in_a_reader_costs_one_record() {
        assert_eq!(decoded(Framing::Lines, b"good\nbad\ngood\n"), ["0 1", "1 a mistake in heard", "2 1"]);
        assert_eq!(decoded(Framing::Whole, b"bad"), ["0 a mistake in heard"]);
        assert_eq!(decoded(Framing::Whole, b"good"), ["0 1"]);
    }
}
