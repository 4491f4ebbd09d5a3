//! The outline of JSON: which keys it has where, so that formats are told apart without parsing.
//!
//! The scanner is lenient: it works on the first 64 KiB of any document, cut wherever, and gives up quietly where the
//! text is no JSON.

use std::collections::BTreeMap;

/// How deep paths go: `a[].b.c[].d` has four names.
const DEPTH: usize = 4;
/// How many lists and objects may stand in each other before what is inside counts for nothing. Lists add to a path
/// without a name, so that names alone would let it grow with every bracket.
const NESTED: usize = 4 * DEPTH;
/// How much of the input is looked at.
const REACH: usize = 64 << 10;
/// Longer strings are nobody's keyword.
const SHORT: usize = 80;

/// Key paths such as `Transcript[].ParticipantId`, and the first few short values at each.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    paths: BTreeMap<String, Vec<String>>,
}

impl Outline {
    /// Scans the beginning of a document.
    pub fn of(bytes: &[u8]) -> Outline {
        Outline::whole(&bytes[..bytes.len().min(REACH)])
    }

    /// Scans all of a document, for what its beginning does not tell.
    pub fn whole(bytes: &[u8]) -> Outline {
        let mut outline = Outline::default();
        let Some(first) = bytes.iter().position(|b| !b.is_ascii_whitespace()) else {
            return outline;
        };
        if matches!(bytes[first], b'{' | b'[') {
            Scan { bytes, at: first, path: String::new(), open: Vec::new() }.run(&mut outline);
        }
        outline
    }

    /// Whether this path occurs. Paths of a top-level array begin with `[]`: `[].speaker`.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains_key(path)
    }

    /// Whether this path has this string (or number, as written) among its first values.
    pub fn says(&self, path: &str, value: &str) -> bool {
        self.values(path).iter().any(|v| v == value)
    }

    /// The first few short scalar values at a path.
    pub fn values(&self, path: &str) -> &[String] {
        self.paths.get(path).map_or(&[], Vec::as_slice)
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }

    /// The keys of the outermost object, for messages.
    pub fn top(&self) -> Vec<&str> {
        self.paths.keys().map(String::as_str).filter(|p| !p.contains('.') && !p.ends_with("[]")).collect()
    }

    fn note(&mut self, path: &str) {
        if !self.paths.contains_key(path) {
            self.paths.insert(path.to_owned(), Vec::new());
        }
    }

    fn value(&mut self, path: &str, value: &[u8]) {
        if let Some(values) = self.paths.get_mut(path)
            && values.len() < 8
            && value.len() <= SHORT
        {
            let value = String::from_utf8_lossy(value).into_owned();
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
}

/// What a sniffer sees of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// Its key paths.
    pub outline: &'a Outline,
    /// Whether that is all of it.
    pub complete: bool,
}

impl Sight<'_> {
    /// Whether all of these paths occur.
    pub fn all(&self, paths: &[&str]) -> bool {
        paths.iter().all(|p| self.outline.has(p))
    }

    /// Whether any of these paths occurs.
    pub fn any(&self, paths: &[&str]) -> bool {
        paths.iter().any(|p| self.outline.has(p))
    }
}

/// An open object or array: how long the path was before it.
struct Open {
    array: bool,
    /// Length of the path up to and with this container.
    base: usize,
    /// Names on the path so far.
    depth: usize,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    path: String,
    open: Vec<Open>,
}

impl Scan<'_> {
    fn run(mut self, outline: &mut Outline) {
        // After an opening bracket or a comma in an object stands a key.
        let mut key_next = false;
        while let Some(&b) = self.bytes.get(self.at) {
            let deep = self.open.len() >= NESTED || self.open.last().is_some_and(|o| o.depth > DEPTH);
            match b {
                b'{' | b'[' => {
                    if !deep && b == b'[' {
                        self.path.push_str("[]");
                        outline.note(&self.path);
                    }
                    let depth = self.open.last().map_or(0, |o| o.depth) + usize::from(b == b'{');
                    self.open.push(Open { array: b == b'[', base: self.path.len(), depth });
                    key_next = b == b'{';
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.open.pop();
                    let Some(outer) = self.open.last() else {
                        return;
                    };
                    self.path.truncate(outer.base);
                    self.at += 1;
                }
                b',' => {
                    let Some(open) = self.open.last() else { return };
                    self.path.truncate(open.base);
                    key_next = !open.array;
                    self.at += 1;
                }
                b'"' => {
                    let Some((from, to)) = self.string() else {
                        return;
                    };
                    if key_next {
                        key_next = false;
                        if !deep && to - from <= SHORT {
                            if !self.path.is_empty() {
                                self.path.push('.');
                            }
                            self.path.push_str(&String::from_utf8_lossy(&self.bytes[from..to]));
                            outline.note(&self.path);
                        }
                    } else if !deep {
                        outline.value(&self.path, &self.bytes[from..to]);
                    }
                }
                b if b == b':' || b.is_ascii_whitespace() => self.at += 1,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let end = rest.iter().position(|b| b",]} \t\r\n".contains(b)).unwrap_or(rest.len());
                    if !deep {
                        outline.value(&self.path, &rest[..end]);
                    }
                    self.at += end.max(1);
                }
            }
        }
    }

    /// The inside of the string that starts here; none if it is cut.
    fn string(&mut self) -> Option<(usize, usize)> {
        let from = self.at + 1;
        let mut at = from;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?)?;
            if self.bytes[at] == b'"' {
                self.at = at + 1;
                return Some((from, at));
            }
            at += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_values_of_whole_and_cut_documents() {
        let json = br#"{"Channel":"VOICE","n":[1,2],"Transcript":[{"ParticipantId":"AGENT","Items":[{"a":{"b":{"c":1}}}]},{"Id":"x"}],"z":nul"#;
        let outline = Outline::of(json);
        for path in ["Channel", "n[]", "Transcript[].ParticipantId", "Transcript[].Id", "Transcript[].Items[].a.b", "z"]
        {
            assert!(outline.has(path), "{path}: {outline:?}");
        }
        assert!(!outline.has("Transcript[].Items[].a.b.c"));
        assert!(outline.says("Channel", "VOICE") && outline.says("n[]", "2"));
        assert_eq!(outline.top(), ["Channel", "Transcript", "n", "z"]);
        assert!(Outline::of(br#" [{"speaker":"A \" {","#).has("[].speaker"));
        assert!(Outline::of(b"Agent: {").top().is_empty());
    }

    #[test]
    fn lists_in_lists_without_end_are_no_path() {
        let json = "[".repeat(REACH);
        let longest = Outline::of(json.as_bytes()).paths().map(str::len).max().unwrap_or(0);
        assert_eq!(longest, NESTED * "[]".len());
    }

    #[test]
    fn any_cut_is_survived() {
        let json = br#"{"a":[{"b\"":"c\\"},[[[]]],{"d":{"e":{"f":{"g":{"h":[1]}}}}}]}}}]"#;
        for end in 0..json.len() {
            let _ = Outline::of(&json[..end]);
            let _ = Outline::of(&json[end..]);
        }
    }
}
