//! What others may ask about names of people: those of the agents, forms of one name, and whether a word is a name.

use super::Names;
use super::classes::{self, ALSO_WORD, NOT_NAME, TITLE};
use super::given::{Given, given};
use super::spelling::add_forms;

impl Names {
    /// The agents' own names, lower case.
    pub fn of_agents(&self) -> &[String] {
        &self.own
    }
}

/// A name in lower case with its short and its long forms.
pub fn forms(name: &str) -> Vec<&str> {
    let mut all = Vec::new();
    add_forms(name, &mut all);
    all
}

/// Whether a word in lower case is a given name, and hardly ever anything else.
pub fn is_given_name(word: &str) -> bool {
    given(word) == Some(Given::Name) && !is_word(word)
}

/// Whether a name in lower case is a word as well: "will", "mark", "long".
pub fn is_word(name: &str) -> bool {
    given(name) == Some(Given::AlsoWord) || classes::is(name, ALSO_WORD) || classes::is(name, NOT_NAME)
}

/// Whether a word in lower case is a title: "mr", "doctor".
pub fn is_title(word: &str) -> bool {
    classes::is(word, TITLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_words_and_titles_are_told_apart() {
        assert!(is_given_name("ruth") && !is_given_name("grace") && !is_given_name("long"));
        assert!(is_word("grace") && is_word("long") && !is_word("bennett"));
        assert!(is_title("mrs") && !is_title("ruth"));
        assert!(forms("michael").contains(&"mike") && forms("zzz") == ["zzz"]);
    }
}
