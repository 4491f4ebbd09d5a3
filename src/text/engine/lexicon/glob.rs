//! Words with `*` in them.

/// Whether `word` fits `glob`, in which each `*` is any letters or none.
#[must_use]
pub fn glob_matches(glob: &str, word: &str) -> bool {
    // Most have one `*`, at their end.
    if let Some(start) = glob.strip_suffix('*').filter(|start| !start.contains('*')) {
        return word.starts_with(start);
    }
    let mut parts = glob.split('*');
    let Some(mut rest) = parts.next().and_then(|first| word.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}
