//! The packs and the library of sets inside the program.

/// The library: sets that every pack knows. A test fails on a file in `rules/` that is neither here nor a pack.
pub static LIBRARY: &[(&str, &str)] = &[
    ("sets/words", include_str!("../../rules/sets/words.toml")),
    (
        "sets/empathy",
        include_str!("../../rules/sets/empathy.toml"),
    ),
    ("sets/help", include_str!("../../rules/sets/help.toml")),
    (
        "sets/service",
        include_str!("../../rules/sets/service.toml"),
    ),
    ("sets/names", include_str!("../../rules/sets/names.toml")),
    (
        "sets/customer",
        include_str!("../../rules/sets/customer.toml"),
    ),
];

/// The packs, the default first.
pub static PACKS: &[(&str, &str)] = &[
    ("empathy", include_str!("../../rules/empathy.toml")),
    ("scripts", include_str!("../../rules/scripts.toml")),
];

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
/// The sets that `heard inspect` always shows: those of the agent, then those of the customer.
pub const SHOWN: &[&str] = &[
    "empathy",
    "apology",
    "willingness",
    "offer",
    "reassurance",
    "acknowledgement",
    "logistics",
    "solution",
    "name",
    "open-question",
    "courtesy",
    "hardship",
    "issue",
    "relief",
    "anger",
    "frustration",
    "worry",
    "fear",
    "sadness",
    "disappointment",
];
