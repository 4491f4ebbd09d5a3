//! The nearest of some names: what somebody who mistyped may have meant.

/// The name that is near enough to be meant, if any.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Swapped or missing letters are seen by the one measure, a different ending by the other.
    let alike = |name| strsim::jaro_winkler(typed, name).max(strsim::normalized_damerau_levenshtein(typed, name) + 0.2);
    let near = names.into_iter().map(|name| (alike(name), name)).filter(|(how, _)| *how > 0.8);
    // The first of equals, so that the answer does not hang on how they are sorted further on.
    near.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        let names = ["weight", "where", "when"];
        assert_eq!(nearest("wieght", names), Some("weight"));
        assert_eq!(nearest("whne", names), Some("when"));
        assert_eq!(nearest("cvs", ["text", "csv"]), Some("csv"));
        assert_eq!(nearest("zebra", ["text", "csv"]), None);
        assert_eq!(nearest("severity", names), None);
    }
}
