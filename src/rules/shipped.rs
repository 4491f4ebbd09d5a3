//! The packs and the library of sets inside the program.

/// The library: sets that every pack knows. A test fails on a file in `rules/` that is neither here nor a pack.
pub static LIBRARY: &[(&str, &str)] = &[("sets", include_str!("../../rules/sets.toml"))];

/// The packs, the default first.
pub static PACKS: &[(&str, &str)] = &[("empathy", include_str!("../../rules/empathy.toml"))];

/// The text of a pack by its name.
#[must_use]
pub fn pack(name: &str) -> Option<&'static str> {
    PACKS
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, text)| *text)
}

/// The set whose hits begin a hold; figures of a call rest on it, whatever the rules.
pub const HOLD: &str = "hold";
