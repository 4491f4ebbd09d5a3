//! What was odd about inputs that could be read all the same, told once at the end of a run.

use std::sync::Mutex;

/// What was noticed, by all threads together.
#[derive(Debug, Default)]
pub struct Noticed {
    trailing: Count,
    surrogates: Count,
    labels: Count,
}

/// How often, and in which source first by name, so that it does not hang on which thread came first.
#[derive(Debug, Default)]
struct Count(Mutex<(u64, String)>);

impl Count {
    fn add(&self, source: &str) {
        if let Ok(mut found) = self.0.lock() {
            if found.0 == 0 || source < found.1.as_str() {
                source.clone_into(&mut found.1);
            }
            found.0 += 1;
        }
    }

    fn note(&self, one: &str, many: &str, what: &str) -> Option<String> {
        let (count, first) = self.0.lock().ok().map(|found| found.clone())?;
        match count {
            0 => None,
            1 => Some(format!("{first}: {one} {what}")),
            n => Some(format!("{n} {many} {what}, among them {first}")),
        }
    }
}

impl Noticed {
    /// Behind the compressed data of an input there are other bytes.
    pub fn trailing(&self, source: &str) {
        self.trailing.add(source);
    }

    /// A record of an input holds half a character.
    pub fn surrogate(&self, source: &str) {
        self.surrogates.add(source);
    }

    /// A call still holds what look like labels of speakers in its turns.
    pub fn inner_labels(&self, source: &str) {
        self.labels.add(source);
    }

    /// What is to be said of it.
    pub fn notes(&self) -> Vec<String> {
        let trailing =
            self.trailing.note("the file", "files", "had bytes behind the gzip data, which were passed over");
        let what = "had half a surrogate pair where a character should be; it is read as U+FFFD";
        let surrogates = self.surrogates.note("a record", "records", what);
        let what = "with what look like labels of speakers within a turn, such as \"Agent:\": turns may be missing; put each on a line of its own";
        let labels = self.labels.note("a call was read", "calls were read", what);
        [trailing, surrogates, labels].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_once_and_with_the_first_name() {
        let noticed = Noticed::default();
        assert!(noticed.notes().is_empty());
        noticed.trailing("b.gz");
        assert_eq!(noticed.notes(), ["b.gz: the file had bytes behind the gzip data, which were passed over"]);
        noticed.trailing("a.gz");
        noticed.surrogate("x");
        noticed.inner_labels("y");
        let notes = noticed.notes();
        assert!(notes[0].starts_with("2 files had bytes") && notes[0].ends_with("among them a.gz"), "{notes:?}");
        assert!(notes[1].starts_with("x: a record had half"), "{notes:?}");
        assert!(notes[2].starts_with("y: a call was read with what look like labels"), "{notes:?}");
    }
}
