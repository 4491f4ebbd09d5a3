//! The nearest of some names: what somebody who mistyped may have meant.

/// No longer name is compared.
const LONGEST: usize = 100;

/// The name that is near enough to be meant, if any.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // The measures take the product of both lengths, and nobody mistypes a name of ours at such a length.
    if typed.len() > LONGEST {
        return None;
    }
    let names = names.into_iter().filter(|name| name.len() <= LONGEST);
    // Swapped or missing letters are seen by the one measure, a different ending by the other.
    let alike = |name| strsim::jaro_winkler(typed, name).max(strsim::normalized_damerau_levenshtein(typed, name) + 0.2);
    let near = names.map(|name| (alike(name), name)).filter(|(how, _)| *how > 0.8);
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
