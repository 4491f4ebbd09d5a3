//! Settings that are nearly right, with a format of one's own in them: the program says what is wrong or does its work, and
//! writes nothing outside the folder.

use crate::mutate::mutated;
use crate::{cases, counts};
use proptest::prelude::*;
use std::fs;
use std::process::{Command, Stdio};

const SEEDS: [&str; 2] = [
    include_str!("corpus/settings/all.toml"),
    "[audit]\nformat = \"jsonl\"\n[formats.mine]\nturns = \"items[]\"\ntext = \"body.text\"\nspeaker = \"who\"\nroles = { A = \"agent\" }\nrecognise = { any = \"items[].who\" }\n",
];
const WORDS: &[&str] = &[
    "[audit]\n",
    "[formats.mine]\n",
    "[formats.\"\"]\n",
    "[summary]\n",
    "=",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "[]",
    "..",
    "../",
    "/tmp/",
    "\n",
    "#",
    "true",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "output = [\"csv:../victim\"]\n",
    "output = [\"/victim\"]\n",
    "format = \"csv\"\n",
    "turns",
    "text",
    "speaker",
    "items[].body.text",
    "items[][]",
    "*",
    ".",
    "unit = \"ms\"\n",
    "start = \"items\"\n",
    "recognise",
    "\u{feff}",
    "é",
    "\u{202e}",
    "\r",
    "\t",
    "\\u0000",
];
const CALL: &str = r#"{"items":[{"who":"A","at":10,"body":{"text":"Hello, I'd be happy to help."}},{"who":"B","at":"x","body":{"text":"Hi."}}]}"#;

proptest! {
    #![proptest_config(cases(counts::SETTINGS))]

    #[test]
    fn settings_that_are_nearly_right(text in mutated(SEEDS.map(str::to_owned).to_vec(), WORDS)) {
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("repo");
        fs::create_dir_all(folder.join(".git")).unwrap();
        fs::write(folder.join("call.json"), CALL).unwrap();
        fs::write(folder.join("heard.toml"), &text).unwrap();
        fs::write(top.path().join("victim"), "untouched").unwrap();
        let mut heard = Command::new(env!("CARGO_BIN_EXE_heard"));
        let output = heard.current_dir(&folder).args(["audit", "call.json"]).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        prop_assert!(matches!(output.status.code(), Some(0..=3)), "{:?}: {}", output.status, said);
        prop_assert!(!said.contains("panicked") && !said.contains("mistake in"), "{}", said);
        // What did not run says why.
        prop_assert!(output.status.code() != Some(2) || !said.trim().is_empty());
        prop_assert_eq!(fs::read_to_string(top.path().join("victim")).unwrap(), "untouched");
        prop_assert_eq!(fs::read_dir(top.path()).unwrap().count(), 2);
    }
}
