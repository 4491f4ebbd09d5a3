//! What lies between a file and its text: compression and encodings, both as streams, so that nothing is ever held
//! whole to be unpacked.

use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};
use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::input::text::prose;

/// An input that is being read.
pub type Input = Box<dyn Read + Send>;

/// How an input is compressed, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

impl Packing {
    /// What the first bytes say, four of them being enough.
    pub fn of(first: &[u8]) -> Option<Packing> {
        if first.starts_with(b"\x1f\x8b") {
            Some(Packing::Gzip)
        } else if first.starts_with(b"\x28\xb5\x2f\xfd") {
            Some(Packing::Zstd)
        } else {
            None
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }

    /// The unpacked stream of what was read already and what follows; `trailing` is raised if behind the packed data there
    /// is something else.
    pub fn unpack(self, first: Vec<u8>, rest: Input, trailing: Arc<AtomicBool>) -> Input {
        let packed = Ahead { input: rest, buffer: first, at: 0 };
        match self {
            Packing::Gzip => Box::new(Members { packed: None, member: Some(GzDecoder::new(packed)), trailing }),
            Packing::Zstd => Box::new(Frames { packed: Some(packed), frame: None }),
        }
    }
}

/// Counts what is read as it lies on disk, below everything that unpacks it: a progress bar knows no other size.
pub struct Counted {
    input: Input,
    count: Arc<AtomicU64>,
}

impl Counted {
    /// The input, and where its bytes are counted.
    pub fn new(input: Input) -> (Counted, Arc<AtomicU64>) {
        let count = Arc::default();
        (Counted { input, count: Arc::clone(&count) }, count)
    }
}

impl Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let got = self.input.read(to)?;
        self.count.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// An input whose next bytes can be looked at. One packed piece may follow the other any number of times, so nothing is
/// put around it anew for each.
struct Ahead {
    input: Input,
    buffer: Vec<u8>,
    at: usize,
}

impl Ahead {
    /// The next bytes, fewer only at the end.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
            let held = self.buffer.len();
            self.buffer.resize(held + (32 << 10), 0);
            let got = loop {
                match self.input.read(&mut self.buffer[held..]) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    done => break done,
                }
            };
            self.buffer.truncate(held + *got.as_ref().unwrap_or(&0));
            if got? == 0 {
                break;
            }
        }
        Ok(&self.buffer[self.at..])
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }
}

impl Read for Ahead {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let held = self.peek(1)?;
        let count = held.len().min(to.len());
        to[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// Gzip members one after the other, as `cat a.gz b.gz` leaves them; what follows and is none ends the input.
struct Members {
    packed: Option<Ahead>,
    member: Option<GzDecoder<Ahead>>,
    trailing: Arc<AtomicBool>,
}

impl Read for Members {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(member) = &mut self.member {
                let got = member.read(to)?;
                if got > 0 || to.is_empty() {
                    return Ok(got);
                }
                self.packed = self.member.take().map(GzDecoder::into_inner);
            }
            let Some(mut packed) = self.packed.take() else {
                return Ok(0);
            };
            match packed.peek(2)? {
                [] => return Ok(0),
                [0x1f, 0x8b, ..] => self.member = Some(GzDecoder::new(packed)),
                _ => {
                    self.trailing.store(true, Ordering::Relaxed);
                    return Ok(0);
                }
            }
        }
    }
}

/// Zstandard frames one after the other, as `cat a.zst b.zst` leaves them.
struct Frames {
    packed: Option<Ahead>,
    frame: Option<Box<StreamingDecoder<Ahead, ruzstd::decoding::FrameDecoder>>>,
}

impl Read for Frames {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let got = frame.read(to)?;
                if got > 0 {
                    return Ok(got);
                }
                self.packed = self.frame.take().map(|frame| frame.into_inner());
            }
            let Some(mut packed) = self.packed.take() else {
                return Ok(0);
            };
            if packed.peek(1)?.is_empty() {
                return Ok(0);
            }
            let frame = StreamingDecoder::new(packed).map_err(io::Error::other)?;
            self.frame = Some(Box::new(frame));
        }
    }
}

/// The encoding that the first bytes tell by themselves: UTF-16 by its mark, or by a zero in every second byte, as
/// Latin letters have it.
pub fn wide(first: &[u8]) -> Option<&'static Encoding> {
    if first.starts_with(b"\xff\xfe") && !first.starts_with(b"\xff\xfe\0\0") {
        return Some(UTF_16LE);
    }
    if first.starts_with(b"\xfe\xff") {
        return Some(UTF_16BE);
    }
    match first {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding of text that is no UTF-8, by its letters; none for UTF-8, for JSON (which must be UTF-8, so that a
/// broken record is told as one) and for what is no text at all.
pub fn legacy(head: &[u8], complete: bool) -> Option<&'static Encoding> {
    if prose::valid_start(head, complete).is_some() || head.contains(&0) {
        return None;
    }
    let first = head.trim_ascii_start();
    let control = |b: &&u8| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127);
    if first.starts_with(b"{")
        || first.starts_with(b"[{")
        || first.starts_with(b"%PDF")
        || head.iter().filter(control).count() * 200 > head.len()
    {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, complete);
    Some(detector.guess(None, Utf8Detection::Deny))
}

/// A stream of UTF-8 out of a stream in another encoding. What cannot be read becomes U+FFFD.
pub struct Transcoded {
    decoder: Decoder,
    from: Input,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Transcoded {
    /// A stream of what was read already and what follows.
    pub fn new(encoding: &'static Encoding, first: Vec<u8>, rest: Input) -> Transcoded {
        Transcoded {
            decoder: encoding.new_decoder_with_bom_removal(),
            from: Box::new(Cursor::new(first).chain(rest)),
            raw: vec![0; 16 << 10],
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }
}

impl Read for Transcoded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            let got = self.from.read(&mut self.raw)?;
            self.ended = got == 0;
            let room = self.decoder.max_utf8_buffer_length(got).unwrap_or(self.raw.len() * 4);
            self.text.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..got], &mut self.text, self.ended);
            self.text.truncate(written);
            self.at = 0;
        }
        let rest = &self.text[self.at..];
        let count = rest.len().min(to.len());
        to[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: impl Read) -> String {
        let mut text = String::new();
        input.read_to_string(&mut text).expect("text");
        text
    }

    #[test]
    fn utf_16_with_and_without_a_mark() {
        let text = "Agent: café 🙂\r\n";
        for big in [false, true] {
            for mark in [false, true] {
                let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
                let bytes: Vec<u8> =
                    marked.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
                let encoding = wide(&bytes).expect("UTF-16");
                let (first, rest) = bytes.split_at(5);
                let rest: Input = Box::new(Cursor::new(rest.to_vec()));
                assert_eq!(all(Transcoded::new(encoding, first.to_vec(), rest)), text);
            }
        }
        assert_eq!(wide(b"Agen"), None);
        assert_eq!(wide(b"\0\0\0\0"), None);
    }

    #[test]
    fn windows_1252_is_told_from_utf_8_and_from_binaries() {
        let text = b"Agent: Caf\xe9 M\xfcller, how can I help\x85 \x93you\x94?\n";
        let encoding = legacy(text, true).expect("an encoding");
        let rest: Input = Box::new(io::empty());
        assert_eq!(all(Transcoded::new(encoding, text.to_vec(), rest)), "Agent: Café Müller, how can I help… “you”?\n");
        assert_eq!(legacy("Agent: Café".as_bytes(), true), None);
        assert_eq!(legacy(b"Agent: Caf\xc3", false), None);
        assert_eq!(legacy(b"{\"a\":\"Caf\xe9\"}", true), None);
        assert_eq!(legacy(b"\x01\x02\x03\xff\xfe\x80", true), None);
    }

    #[test]
    fn frames_of_zstd_are_read_one_after_the_other() {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        let mut bytes = compress_to_vec(&b"Agent: one\n"[..], CompressionLevel::Fastest);
        bytes.extend(compress_to_vec(&b"Customer: two\n"[..], CompressionLevel::Fastest));
        let (first, rest) = bytes.split_at(4);
        let packing = Packing::of(first).expect("zstd");
        let rest: Input = Box::new(Cursor::new(rest.to_vec()));
        assert_eq!(all(packing.unpack(first.to_vec(), rest, Arc::default())), "Agent: one\nCustomer: two\n");
        let cut: Input = Box::new(Cursor::new(bytes[4..9].to_vec()));
        let read = packing.unpack(bytes[..4].to_vec(), cut, Arc::default()).read_to_end(&mut Vec::new());
        assert!(read.is_err());
    }

    #[test]
    fn many_members_are_read_and_what_is_none_is_told() {
        use std::io::Write;
        let member = |text: &str| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(text.as_bytes()).expect("packed");
            gzip.finish().expect("packed")
        };
        for (end, told) in [(&b""[..], false), (b"\0", true), (b"\x1f", true), (b"junk", true)] {
            let mut bytes = member("Agent: one\n").repeat(20_000);
            bytes.extend_from_slice(end);
            let (first, rest) = bytes.split_at(4);
            let rest: Input = Box::new(Cursor::new(rest.to_vec()));
            let trailing = Arc::new(AtomicBool::default());
            let text = all(Packing::Gzip.unpack(first.to_vec(), rest, Arc::clone(&trailing)));
            assert_eq!((text.len(), trailing.load(Ordering::Relaxed)), (20_000 * 11, told));
        }
    }
}
