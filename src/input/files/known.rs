//! Files that are named by somebody and hold no transcript that could be read: what they are, and what to do.

/// What a file is by its first bytes, where that is none of the formats.
pub fn kind(first: &[u8]) -> Option<&'static str> {
    let starts = |signs: &[&[u8]]| signs.iter().any(|sign| first.starts_with(sign));
    let text = first.trim_ascii_start();
    let tag = |name: &str| text.get(..name.len()).is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes()));
    let at_four = |sign: &[u8]| first.get(4..).is_some_and(|rest| rest.starts_with(sign));
    Some(if starts(&[b"\xff\xfe\0\0", b"\0\0\xfe\xff"]) || like_utf_32(first) {
        "is text in UTF-32: save it as UTF-8"
    } else if starts(&[b"%PDF-"]) {
        "is a PDF: save its text as a .txt file, or export the transcript as text"
    } else if starts(&[b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BM6", b"II*\0", b"MM\0*"]) {
        "is an image: a transcript must be text"
    } else if text.starts_with(b"{\\rtf") {
        "is RTF: save it as text or as .docx"
    } else if tag("<!doctype html") || tag("<html") {
        "is a web page (HTML): save its text as a .txt file, or export the transcript"
    } else if starts(&[b"\xd0\xcf\x11\xe0"]) {
        "is a document of old Office (.doc, .xls): save it as .docx or .xlsx"
    } else if starts(&[b"RIFF", b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\x1aE\xdf\xa3"]) || at_four(b"ftyp") {
        "is a recording: it must be transcribed before it can be read"
    } else {
        return None;
    })
}

/// Whether Latin letters stand there in four bytes each.
fn like_utf_32(first: &[u8]) -> bool {
    let letter = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    match first {
        [a, 0, 0, 0, b, 0, 0, 0, ..] | [0, 0, 0, a, 0, 0, 0, b, ..] => letter(*a) && letter(*b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_what_they_are() {
        for (first, want) in [
            (&b"%PDF-1.7\n%"[..], "a PDF"),
            (b"\x89PNG\r\n\x1a\n", "an image"),
            (b"{\\rtf1\\ansi", "RTF"),
            (b"\n<!DOCTYPE HTML><html>", "HTML"),
            (b"<html lang=en>", "HTML"),
            (b"\0\0\0\x20ftypM4A ", "recording"),
            (b"\xff\xfe\0\0A\0\0\0", "UTF-32"),
            (b"\0\0\0A\0\0\0g", "UTF-32"),
            (b"RIFF\x24\0\0\0WAVE", "recording"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        ] {
            assert!(kind(first).is_some_and(|kind| kind.contains(want)), "{want}");
        }
        for text in ["Agent: Hi.", "{\"a\":1}", "<v Jo>Hi", "WEBVTT", ""] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
    }
}
