//! Where a name that is known to be the caller's is used to address them.

use super::Names;
use super::address::{Place, is_possessive};
use super::classes::{AFTER_ADDRESS, ALSO_WORD, BEFORE_ADDRESS, GREETS, JOINS, TALKED_ABOUT, THIRD_PERSON};

impl Place<'_> {
    /// Whether a known name is used to address the caller: not talked about, not read back, not somebody's.
    pub fn is_known_address(self, k: usize, end: usize, names: &Names) -> bool {
        let words = self.words;
        let head = self.head(k);
        if self.is_asked(head) {
            return true;
        }
        if is_possessive(words.written(end - 1)) || (words.follows(head) && self.is_told(head)) {
            return false;
        }
        if words.follows(head) && words.is_behind(head, TALKED_ABOUT) && !self.is_joined(head, end) {
            return false;
        }
        // "Hoa dot Nguyen at northmail", "p ramsaran nurse": a part of an address.
        if matches!(&*words.at(end), "dot" | "at" | "underscore" | "dash" | "hyphen" | "s")
            || words.before(k, 1).len() == 1
            || words.before(k, 1) == "dot"
        {
            return false;
        }
        let led =
            words.is_behind(head, BEFORE_ADDRESS) || words.is_behind(head, GREETS) || words.is_behind(head, JOINS);
        let last = end == words.len() && !self.leads_to(head);
        let called = words.is_apart(head) || led || last;
        if head < k {
            let third = words.is(end, THIRD_PERSON) && words.follows(end);
            return if words.bare { !self.leads_to(head) } else { called && !third };
        }
        // "Mokoena, two nights": a last name is looked up or read back. In "Meiling, I've got it" the first one stands last.
        if end == k + 1 && names.is_last(&words.name(k)) {
            return k == 0 && words.closes(k) && words.is(end, AFTER_ADDRESS);
        }
        // "Harold Fedoruk. And the policy number?" is read back.
        if end > k + 1 && !words.bare && words.is_apart(k) && !words.is_behind(k, GREETS) {
            return false;
        }
        // "Will" and "Grace" are words, too: those must stand where only an address can.
        if !words.is(k, ALSO_WORD) {
            // A name without a capital that no list has may be any word.
            let goes_on = words.is(end, AFTER_ADDRESS) || words.closes(end - 1) || k == 0;
            let bare = words.is_sure(k) || called || goes_on;
            return if words.is_capital(k) { called } else { bare };
        }
        let closes = words.closes(k);
        let greeted = words.is_behind(k, BEFORE_ADDRESS) || words.is_behind(k, GREETS);
        let shown = words.is_capital(k) && (k > 0 || closes);
        (shown && called) || (closes && (greeted || (words.bare && last && k > 0)))
    }
}
