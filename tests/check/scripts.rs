//! Scripts as they are read and judged: places recomputed from the files, comments, what cannot be read, too many paths.

use crate::{SCRIPT, jsonl, ran, verdict};
use serde_json::Value;
use std::fs;

#[test]
fn a_late_statement_is_told_with_its_seconds_and_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.md"), SCRIPT).unwrap();
    let (out, _) = ran(folder.path(), &["check", "card.md"], 1);
    assert!(out.contains("the first one comes after 18 s when read at 150 words a minute, in line 7"), "{out}");
    assert!(out.contains("card.md:11:1: major: "), "{out}");
    let slow = ran(folder.path(), &["check", "card.md", "--wpm", "75"], 1).0;
    assert!(slow.contains("after 36 s when read at 75 words a minute"), "{slow}");
    let fast = ran(folder.path(), &["check", "card.md", "--wpm", "300", "-v"], 1).0;
    assert!(fast.contains("✓ pass  early-statement"), "{fast}");
}

#[test]
fn jsonl_is_a_call_a_path_with_places() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.md"), SCRIPT).unwrap();
    let paths = jsonl(folder.path(), &["card.md"], 1);
    let ids: Vec<&Value> = paths.iter().map(|p| &p["call"]).collect();
    assert_eq!(ids, ["card > If the customer is upset", "card"]);
    let lines: Vec<&str> = SCRIPT.lines().collect();
    let mut places = 0;
    for path in &paths {
        assert_eq!(path["schema"], "heard.call/1");
        assert_eq!(path["format"], "script");
        for result in path["results"].as_array().unwrap() {
            if !result["basis"].is_null() {
                assert!(["estimated", "turns"].contains(&result["basis"].as_str().unwrap()));
            }
            for evidence in result["evidence"].as_array().unwrap() {
                assert_eq!(evidence["file"], "card.md");
                let line = lines[evidence["line"].as_u64().unwrap() as usize - 1];
                let there: String = line.chars().skip(evidence["column"].as_u64().unwrap() as usize - 1).collect();
                let quote = evidence["quote"].as_str().unwrap();
                let word = there.split(' ').next().unwrap();
                assert!(!word.is_empty() && quote.contains(word), "{quote} at {there}");
                places += 1;
            }
        }
    }
    assert!(places > 10);
    assert_eq!(verdict(&paths[0], "no-invalidating")["verdict"], "fail");
    assert_eq!(verdict(&paths[1], "no-invalidating")["verdict"], "pass");
    assert_eq!(verdict(&paths[1], "name-usage")["verdict"], "fail", "the agent's name is none");
}

#[test]
fn comments_allow_with_a_reason_and_are_needed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(folder.path().join("s.md"), text).unwrap();
    let text = |comment: &str| {
        format!(
            "Thank you for calling. I'd be happy to help you, {{name}}.\n\n{comment}\nCalm down.\n\nThank you for calling.\n"
        )
    };
    write(&text("<!-- heard: allow no-invalidating: approved by legal -->"));
    let paths = jsonl(folder.path(), &["s.md"], 0);
    let result = verdict(&paths[0], "no-invalidating");
    assert_eq!((&result["verdict"], &result["reason"]), (&"not-applicable".into(), &"allowed".into()));
    assert!(result["why"].as_str().unwrap().contains("approved by legal"));
    for (comment, reason) in [
        ("<!-- heard: allow no-invalidating -->", "no-reason"),
        ("<!-- heard: allow warm-close: because -->", "unused"),
        ("<!-- heard: allow warm-closs: because -->", "unknown-rule"),
        ("<!-- heard: allow: because -->", "no-rule"),
    ] {
        write(&text(comment));
        let paths = jsonl(folder.path(), &["s.md"], 1);
        let results = paths[0]["results"].as_array().unwrap();
        let found = results.iter().find(|r| r["reason"] == reason).unwrap_or_else(|| panic!("{comment}: {results:?}"));
        let evidence = &found["evidence"][0];
        assert_eq!((&evidence["line"], &evidence["column"]), (&3.into(), &1.into()));
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("bad.md"), b"caf\xe9").unwrap();
    fs::write(at.join("empty.txt"), "# Only a title\n").unwrap();
    fs::write(at.join("good.md"), "I'd be happy to help you, {name}. Thank you for calling.\n").unwrap();
    fs::write(at.join("image.png"), b"\x89PNG").unwrap();
    let (out, err) = ran(at, &["check", "."], 3);
    assert!(err.contains("UTF-8 at byte 3") && err.contains("nothing in it is spoken"), "{err}");
    assert!(out.contains("2 could not be read"), "{out}");
    ran(at, &["check", ".", "--lenient"], 0);
    ran(at, &["check", "nowhere.md"], 2);
}

#[test]
fn too_many_paths_are_cut_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let branch = |n: usize| format!("If it is {n}:\n    Sure, number {n}.\nOtherwise:\n    I see.\nGood.\n");
    let text: String = (0..12).map(branch).collect();
    fs::write(
        folder.path().join("s.txt"),
        format!("I'd be happy to help you, {{name}}.\n{text}Thank you for calling.\n"),
    )
    .unwrap();
    let (out, err) = ran(folder.path(), &["check", "s.txt"], 0);
    assert!(err.contains("4096 paths, 64 of them checked; every branch is on one of them"), "{err}");
    assert!(out.contains("64 paths"), "{out}");
}
