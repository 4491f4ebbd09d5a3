//! What a word says of a name beside it, looked up once for all lists.

use super::lists;
use crate::call::person;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A list of words, as a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(u32);

pub(super) const NOT_NAME: Class = Class(1);
pub(super) const TALKED_ABOUT: Class = Class(1 << 1);
pub(super) const BEFORE_ADDRESS: Class = Class(1 << 2);
pub(super) const AFTER_ADDRESS: Class = Class(1 << 3);
pub(super) const LEADS_TO: Class = Class(1 << 4);
pub(super) const ALSO_WORD: Class = Class(1 << 5);
pub(super) const KIN: Class = Class(1 << 6);
pub(super) const GREETS: Class = Class(1 << 7);
pub(super) const LEADS_IN: Class = Class(1 << 8);
pub(super) const NEVER_SURNAME: Class = Class(1 << 9);
pub(super) const BEHIND_NAME: Class = Class(1 << 10);
pub(super) const FILLER: Class = Class(1 << 11);
pub(super) const TITLE: Class = Class(1 << 12);
pub(super) const WRITTEN_TITLE: Class = Class(1 << 13);
pub(super) const RANK: Class = Class(1 << 14);
pub(super) const NAME_KIND: Class = Class(1 << 16);
pub(super) const THIRD_PERSON: Class = Class(1 << 17);
pub(super) const JOINS: Class = Class(1 << 18);

static CLASSES: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let all: [(Class, &[&str]); 18] = [
        (NOT_NAME, lists::NOT_NAMES),
        (TALKED_ABOUT, lists::TALKED_ABOUT),
        (BEFORE_ADDRESS, lists::BEFORE_ADDRESS),
        (AFTER_ADDRESS, lists::AFTER_ADDRESS),
        (LEADS_TO, lists::LEADS_TO),
        (ALSO_WORD, lists::ALSO_WORDS),
        (KIN, lists::KIN),
        (GREETS, lists::GREETS),
        (LEADS_IN, lists::LEADS_IN),
        (NEVER_SURNAME, lists::NEVER_SURNAMES),
        (BEHIND_NAME, lists::BEHIND_NAMES),
        (FILLER, lists::FILLERS),
        (TITLE, person::TITLES),
        (WRITTEN_TITLE, lists::WRITTEN_TITLES),
        (RANK, lists::RANKS),
        (NAME_KIND, lists::NAME_KINDS),
        (THIRD_PERSON, lists::THIRD_PERSON),
        (JOINS, lists::JOINS),
    ];
    let mut classes = FxHashMap::default();
    for (class, words) in all {
        for word in words {
            *classes.entry(*word).or_insert(0) |= class.0;
        }
    }
    classes
});

/// Whether a word in lower case is of a class.
pub(super) fn is(word: &str, class: Class) -> bool {
    CLASSES.get(word).is_some_and(|all| all & class.0 != 0)
}
