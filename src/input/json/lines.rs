//! Whether an input is one JSON document a line, rather than one document that spans lines.

/// Whether this is one JSON document a line: a line that is a whole object while there are others, none of them the
/// inside of a document that spans lines.
pub fn json_lines(bytes: &[u8], complete: bool) -> bool {
    let mut lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).filter(|l| !l.is_empty());
    let Some(first) = lines.next() else {
        return false;
    };
    let whole = |line: &[u8]| {
        line.starts_with(b"{") && line.ends_with(b"}") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    };
    let others: Vec<&[u8]> = lines.take(16).collect();
    // A lone line is read the same either way; parsing it here would be in vain.
    if others.is_empty() {
        return !complete && whole(first);
    }
    if whole(first) {
        return true;
    }
    // A broken first line, then whole ones. Pretty-printed documents indent what is inside.
    let open =
        first == b"{" || first == b"[" || first.ends_with(b"[") || first.ends_with(b"{") || first.ends_with(b",");
    !open && others.iter().filter(|l| whole(l)).count() * 2 > others.len()
}
