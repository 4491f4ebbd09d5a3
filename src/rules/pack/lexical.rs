//! Small shapes of text that packs use: ids and patterns with `*`.

/// Whether a text is kebab-case: `early-statement`.
pub fn is_kebab(text: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(part)
}

/// Whether a value fits a pattern in which `*` is anything; case does not matter.
pub fn glob(pattern: &str, value: &str) -> bool {
    crate::text::engine::lexicon::glob_matches(&pattern.to_lowercase(), &value.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told() {
        assert!(is_kebab("early-statement") && is_kebab("a1"));
        assert!(!is_kebab("Early") && !is_kebab("a--b") && !is_kebab("-a") && !is_kebab("1a") && !is_kebab(""));
        assert!(glob("Sales*", "sales-emea") && glob("*", "") && !glob("sales", "sales-emea"));
    }
}
