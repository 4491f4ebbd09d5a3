//! Regular expressions over the letters of a sentence, for what words cannot say.

use regex::Regex;
use std::sync::{Arc, OnceLock};

/// A regular expression.
#[derive(Clone, Debug)]
pub struct Letters {
    written: Arc<str>,
    regex: Arc<OnceLock<Option<Regex>>>,
}

impl Letters {
    /// One of the library, which is compiled when it is first needed: that takes longer than hundreds of phrases. A test
    /// compiles every one; a mistake in it would match nothing.
    #[must_use]
    pub fn of_library(regex: &str) -> Letters {
        Letters { written: regex.into(), regex: Arc::default() }
    }

    /// The compiled expression.
    #[must_use]
    pub fn regex(&self) -> Option<&Regex> {
        let compiled = self.regex.get_or_init(|| Regex::new(&self.written).ok());
        compiled.as_ref()
    }
}

impl From<Regex> for Letters {
    fn from(regex: Regex) -> Letters {
        Letters { written: regex.as_str().into(), regex: Arc::new(Some(regex).into()) }
    }
}
