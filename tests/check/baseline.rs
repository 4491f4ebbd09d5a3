//! A baseline accepts what is there, gates what is new, and says what it no longer needs.

use crate::{SCRIPT, ran, top};
use std::fs;

#[test]
fn a_baseline_accepts_today_and_gates_tomorrow() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("card.md"), SCRIPT).unwrap();
    assert!(ran(at, &["check", "card.md", "--baseline", "b.json"], 2).1.contains("--write-baseline"));
    let write = |file| ["check", "card.md", "--baseline", file, "--write-baseline"];
    let nowhere = ran(at, &write("no/b.json"), 2).1;
    assert!(nowhere.ends_with("no/b.json: cannot be written: there is no folder no\n"), "{nowhere}");
    ran(at, &write("b.json"), 0);
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 0);
    assert!(out.contains("nothing fell short") && out.contains("known by the baseline"), "{out}");
    // From anywhere, and wherever the lines are.
    fs::write(at.join("card.md"), format!("\n\n{SCRIPT}")).unwrap();
    let file = at.join("card.md");
    let baseline = at.join("b.json");
    ran(top(), &["check", file.to_str().unwrap(), "--baseline", baseline.to_str().unwrap()], 0);
    // One more phrase is new, though the rule failed before.
    let worse = SCRIPT.replace("Calm down.", "Calm down. You should have called us.");
    fs::write(at.join("card.md"), worse).unwrap();
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 1);
    assert!(out.contains("no-invalidating"), "{out}");
    // What is repaired is said.
    fs::write(at.join("card.md"), SCRIPT.replace("Calm down. ", "")).unwrap();
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 0);
    assert!(out.contains("no longer applies: no-invalidating in card.md"), "{out}");
    fs::write(at.join("b.json"), "{}").unwrap();
    assert!(ran(at, &["check", "card.md", "--baseline", "b.json"], 2).1.contains("is no baseline"));
}
