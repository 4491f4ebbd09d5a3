//! Call scripts.

use crate::mutate::mutated;
use crate::{cases, counts};
use proptest::prelude::*;

const SEEDS: [&str; 2] = [include_str!("corpus/scripts/branches.md"), include_str!("corpus/scripts/plain.txt")];
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "_",
    "__",
    "*",
    "`",
    "```\n",
    "#",
    "## If the customer ",
    "> ",
    "- ",
    "| ",
    "|\n",
    "\n\n",
    "<!-- heard: allow ",
    "-->",
    "\\",
    "&amp;",
    "---\n",
    "Agent: ",
    "Otherwise",
    "\u{feff}",
    "\u{85}",
    "é",
    "\t",
    "\r",
];

proptest! {
    #![proptest_config(cases(counts::SCRIPTS))]

    #[test]
    fn scripts_that_are_nearly_right(text in mutated(SEEDS.map(str::to_owned).to_vec(), WORDS)) {
        match heard::script::read("s.md", text.as_bytes()) {
            Ok(script) => {
                // What is read of a script is said at a place of it.
                let _ = format!("{script:?}");
            }
            Err(why) => prop_assert!(!why.to_string().is_empty()),
        }
    }
}
