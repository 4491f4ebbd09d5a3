//! Places that were noted on a way through a call.

/// Ascending places. Noting one is a store and an addition whether it is wanted or not: the question is asked of every
/// word, and a branch on its answer could not be foreseen.
#[derive(Debug, Default)]
pub struct Marks {
    /// Beyond `len` stands what was noted before.
    places: Vec<u32>,
    len: usize,
}

impl Marks {
    /// Forgets all places.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Makes room for so many more; without it, noting one beyond them panics.
    pub fn make_room(&mut self, more: usize) {
        if self.places.len() < self.len + more + 1 {
            self.places
                .resize((self.len + more + 1).next_power_of_two(), 0);
        }
    }

    /// Notes a place, if `wanted`.
    #[inline]
    pub fn note(&mut self, place: u32, wanted: bool) {
        self.places[self.len] = place;
        self.len += usize::from(wanted);
    }

    /// The places noted.
    #[must_use]
    pub fn places(&self) -> &[u32] {
        &self.places[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_wanted_leaves_nothing() {
        let mut marks = Marks::default();
        for round in 0..2 {
            marks.clear();
            marks.make_room(4);
            for place in 0..4 {
                marks.note(place, place % 2 == round);
            }
            assert_eq!(marks.places(), [round, round + 2]);
        }
        marks.make_room(100);
        assert_eq!(marks.places(), [1, 3]);
    }
}
