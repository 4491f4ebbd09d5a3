//! Results that were written before, as JSON lines: how they are told from transcripts, and how they are read.

use super::compare::Found;
use super::said::{Wanted, Written};
use crate::input::files::results::{self, are_results};
use crate::report::Unreadable;
use std::io::{self, BufRead};
use std::path::Path;

/// An input of results.
pub struct Results {
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    lines: Box<dyn BufRead>,
}

impl Results {
    /// Opens a file, packed or not, if it holds results; transcripts are left to the audit.
    pub fn of_file(path: &Path) -> Option<Results> {
        if !path.is_file() {
            return None;
        }
        let mut lines = results::lines(path).ok()?;
        are_results(lines.fill_buf().ok()?)
            .then(|| Results { source: path.to_string_lossy().replace('\\', "/"), lines })
    }

    /// Standard input, if it holds results. Nothing is used up: the audit can still read it from its beginning.
    pub fn of_stdin() -> Option<Results> {
        let mut stdin = io::stdin().lock();
        are_results(stdin.fill_buf().ok()?).then(|| Results { source: "-".to_owned(), lines: Box::new(stdin) })
    }

    /// Reads all lines. `rules` gets the rules in the order in which they come up; `unreadable` gets each line that is no result.
    pub fn read(
        self,
        wanted: &Wanted<'_>,
        found: &mut Found,
        rules: &mut Vec<String>,
        unreadable: &mut dyn FnMut(&Unreadable),
    ) {
        let mut record = 0;
        for line in self.lines.lines() {
            let line = line.map_err(|error| format!("cannot be read: {error}"));
            let text = line.as_deref().unwrap_or_default();
            let text = text.trim_start_matches('\u{feff}').trim();
            if line.is_ok() && text.is_empty() {
                continue;
            }
            let written = line.as_ref().map_err(Clone::clone).and_then(|_| wanted.written(text, rules));
            match written {
                Ok(Written::Graded(call)) => found.graded(call),
                Ok(Written::Other(id)) => found.other(&id),
                Ok(Written::Unreadable(of_its_source)) => unreadable(&of_its_source),
                Err(error) => unreadable(&Unreadable { record, source: self.source.clone(), error }),
            }
            if line.is_err() {
                return;
            }
            record += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agree::labels::Labels;
    use std::fs::File;
    use std::io::Write as _;

    #[test]
    fn results_are_read_packed_or_not_and_transcripts_are_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "{\"schema\":\"heard.call/1\",\"call\":\"c\",\"source\":\"s\",\"results\":[{\"rule\":\"r\",\"verdict\":\"pass\"}]}\n\n\
                    {\"schema\":\"heard.call/1\",\"record\":4,\"source\":\"s\",\"error\":\"torn\"}\n{\"schema\":\"hea";
        let plain = folder.path().join("r.jsonl");
        std::fs::write(&plain, text).expect("written");
        let packed = folder.path().join("r.jsonl.gz");
        let file = File::create(&packed).expect("a file");
        let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("packed");
        gzip.finish().expect("packed");
        let labels = Labels::of("call,rule,verdict\nc,r,pass\n", "l").expect("labels");
        let wanted = Wanted::of(&labels, |_| true);
        for path in [&plain, &packed] {
            let (mut found, mut rules, mut broken) = (Found::default(), Vec::new(), Vec::new());
            let results = Results::of_file(path).expect("results");
            results.read(&wanted, &mut found, &mut rules, &mut |u| {
                broken.push((u.record, u.error.clone()));
            });
            assert_eq!((found.read(), rules.as_slice()), (1, &["r".to_owned()][..]));
            assert_eq!(broken[0], (4, "torn".to_owned()));
            assert_eq!((broken.len(), broken[1].0), (2, 2));
        }
        let call = folder.path().join("c.txt");
        std::fs::write(&call, "Agent: hello\n").expect("written");
        assert!(Results::of_file(&call).is_none() && Results::of_file(folder.path()).is_none());
    }
}
