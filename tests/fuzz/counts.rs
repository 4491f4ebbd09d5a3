//! How many cases a run of the tests tries, for the page that says so.

pub const DOCUMENTS: u32 = 96;
pub const PACKS: u32 = 48;
pub const SCRIPTS: u32 = 96;
pub const TEXTS: u32 = 256;
pub const SETTINGS: u32 = 48;

/// What is damaged, how often, and in how many ways.
pub const TRIED: &[(&str, u32)] = &[
    ("office documents with a damaged part", DOCUMENTS),
    ("office documents as damaged archives", DOCUMENTS),
    ("workbooks that a second reader reads as well", DOCUMENTS),
    ("damaged packs", PACKS),
    ("phrases of any shape, compiled and matched", PACKS),
    ("text that is no phrase", PACKS),
    ("damaged call scripts", SCRIPTS),
    ("damaged texts, tables and subtitles", TEXTS),
    ("places of words in them", TEXTS),
    ("times and dates of any kind", TEXTS),
    ("damaged settings with a format of one's own", SETTINGS),
];
