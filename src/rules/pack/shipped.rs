//! The packs and the library of sets inside the program.

/// The library: sets that every pack knows. A test fails on a file in `rules/` that is neither here nor a pack.
pub static LIBRARY: &[(&str, &str)] = &[
    ("sets/words", include_str!("../../../rules/sets/words.toml")),
    ("sets/empathy", include_str!("../../../rules/sets/empathy.toml")),
    ("sets/help", include_str!("../../../rules/sets/help.toml")),
    ("sets/service", include_str!("../../../rules/sets/service.toml")),
    ("sets/conduct", include_str!("../../../rules/sets/conduct.toml")),
    ("sets/holds", include_str!("../../../rules/sets/holds.toml")),
    ("sets/refusals", include_str!("../../../rules/sets/refusals.toml")),
    ("sets/sales", include_str!("../../../rules/sets/sales.toml")),
    ("sets/closing", include_str!("../../../rules/sets/closing.toml")),
    ("sets/names", include_str!("../../../rules/sets/names.toml")),
    ("sets/customer", include_str!("../../../rules/sets/customer.toml")),
    ("sets/feelings", include_str!("../../../rules/sets/feelings.toml")),
    ("sets/returning", include_str!("../../../rules/sets/returning.toml")),
];

/// Learned weights by their names; a set asks for them with `learned`.
pub static LEARNED: &[(&str, &str)] = &[
    ("acknowledgement", include_str!("../../../rules/learned/acknowledgement.tsv")),
    ("anger", include_str!("../../../rules/learned/anger.tsv")),
    ("apology", include_str!("../../../rules/learned/apology.tsv")),
    ("caller-thanks", include_str!("../../../rules/learned/caller-thanks.tsv")),
    ("courtesy", include_str!("../../../rules/learned/courtesy.tsv")),
    ("disappointment", include_str!("../../../rules/learned/disappointment.tsv")),
    ("empathy", include_str!("../../../rules/learned/empathy.tsv")),
    ("hardship", include_str!("../../../rules/learned/hardship.tsv")),
    ("issue", include_str!("../../../rules/learned/issue.tsv")),
    ("logistics", include_str!("../../../rules/learned/logistics.tsv")),
    ("offer", include_str!("../../../rules/learned/offer.tsv")),
    ("open-question", include_str!("../../../rules/learned/open-question.tsv")),
    ("reassurance", include_str!("../../../rules/learned/reassurance.tsv")),
    ("relief", include_str!("../../../rules/learned/relief.tsv")),
    ("returning-caller", include_str!("../../../rules/learned/returning-caller.tsv")),
    ("sadness", include_str!("../../../rules/learned/sadness.tsv")),
    ("solution", include_str!("../../../rules/learned/solution.tsv")),
    ("willingness", include_str!("../../../rules/learned/willingness.tsv")),
    ("worry", include_str!("../../../rules/learned/worry.tsv")),
];

/// The packs, the default first.
pub static PACKS: &[(&str, &str)] = &[
    ("empathy", include_str!("../../../rules/empathy.toml")),
    ("full", include_str!("../../../rules/full.toml")),
    ("scripts", include_str!("../../../rules/scripts.toml")),
];

/// The text of a pack by its name.
pub fn pack(name: &str) -> Option<&'static str> {
    PACKS.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

/// The set whose hits begin a hold; figures of a call rest on it, whatever the rules.
pub const HOLD: &str = "hold";
/// The set whose hits are hardships that a caller voices; what is said of a call beside its verdicts rests on it.
pub const HARDSHIP: &str = "hardship";
/// The sets that hold statements.
pub const STATEMENTS: [&str; 3] = ["empathy", "willingness", "apology"];
/// The sets that hold solutions.
pub const SOLUTIONS: [&str; 2] = ["solution", "remedy"];
/// The sets that `heard inspect` always shows: those of the agent, then those of the customer.
pub const SHOWN: &[&str] = &[
    "empathy", "apology", "willingness", "offer", "reassurance", "acknowledgement", "logistics", "solution", "name",
    "open-question", "courtesy", "hardship", "issue", "relief", "caller-thanks", "returning-caller", "anger",
    "frustration", "worry", "fear", "sadness", "disappointment",
];
