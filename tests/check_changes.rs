//! What a change to a script loses, and what `heard check` says of it: branches that are deleted, moved or reworded.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

const OLD: &str = "# Refunds

## Opening

> Thank you for calling Fernway, my name is [Agent Name]. I'd be happy to help you with that.
> Thank you, {customer_name}.

### If the customer is upset

> I'm so sorry that you had to wait for this, {customer_name}. That must be frustrating.
> I have refunded the full amount to your card.
> Don't worry, I'll stay with this until it shows on your account.

### If the customer asks for the shop

> The shop is in Mill Street.

## Close

> Is there anything else I can do for you? Thank you for calling, and have a good day.
";

/// Checks a new state against an old one: the exit code, standard output, standard error.
fn compared(old: &str, new: &str) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("old.md"), old).unwrap();
    fs::write(at.join("new.md"), new).unwrap();
    heard(at, &["check", "--against", "old.md", "new.md"])
}

fn heard(at: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_heard"))
        .current_dir(at)
        .args(args)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "200")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

/// The script without what stands from one line to another.
fn without(from: &str, to: &str) -> String {
    let (before, rest) = OLD.split_once(from).unwrap();
    let (_, after) = rest.split_once(to).unwrap();
    format!("{before}{to}{after}")
}

const UPSET: &str = "### If the customer is upset";
const SHOP: &str = "### If the customer asks for the shop";

#[test]
fn a_complaint_branch_that_is_deleted_goes_red_at_its_heading() {
    let new = without(UPSET, SHOP);
    let (code, out, _) = compared(OLD, &new);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("new.md:3:4: worse: "), "{out}");
    assert!(
        out.contains("the branch \"If the customer is upset\" is gone"),
        "{out}"
    );
    assert!(
        out.contains("empathy-sandwich") && out.contains("1 got worse"),
        "{out}"
    );
    // The heading is gone too: the next one above.
    let (code, out, _) = compared(OLD, &new.replace("## Opening\n\n", ""));
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("new.md:1:3: worse: "), "{out}");
}

#[test]
fn a_branch_that_is_meant_to_go_is_allowed() {
    let comment = "<!-- heard: allow branch-is-kept: complaints have a team of their own, Ann -->";
    let new = without(UPSET, SHOP).replace("## Opening", &format!("{comment}\n## Opening"));
    let (code, out, _) = compared(OLD, &new);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("1 allowed by a comment"), "{out}");
    let (code, out, _) = compared(&new, &new);
    assert_eq!(code, Some(0), "the comment may stay: {out}");
    // Without a reason it allows nothing.
    let (code, _, _) = compared(
        OLD,
        &new.replace(": complaints have a team of their own, Ann", ""),
    );
    assert_eq!(code, Some(1));
}

#[test]
fn a_branch_that_kept_nothing_of_its_own_is_only_told() {
    let (code, out, err) = compared(OLD, &without(SHOP, "## Close"));
    assert_eq!(code, Some(0), "{out}");
    assert!(
        err.contains("the path \"If the customer asks for the shop\" is gone"),
        "{err}"
    );
}

#[test]
fn a_branch_that_is_reworded_or_moved_is_still_there() {
    for (from, to) in [
        ("If the customer is upset", "If the caller is upset"),
        ("## Opening", "## Greeting"),
    ] {
        let (code, out, _) = compared(OLD, &OLD.replace(from, to));
        assert_eq!(code, Some(0), "{from}: {out}");
    }
    let upset = &OLD[OLD.find(UPSET).unwrap()..OLD.find(SHOP).unwrap()];
    let moved = without(UPSET, SHOP).replace(
        "## Close",
        &format!("{}## Close", upset.replace("###", "##")),
    );
    let (code, out, err) = compared(OLD, &moved);
    assert!(
        !out.contains("is gone") && !err.contains("is gone"),
        "{out}{err}"
    );
    assert_eq!(code, Some(0), "{out}");
}

#[test]
fn a_comment_over_one_of_several_quotes_is_needed() {
    let folder = tempfile::tempdir().unwrap();
    let script = "Thank you for calling. I'd be happy to help you, {name}.

Your call is important to us.

<!-- heard: allow genuine-language: legal wants it -->
We apologise for any inconvenience this may have caused.

Thank you for calling.
";
    fs::write(folder.path().join("s.md"), script).unwrap();
    let (_, out, _) = heard(folder.path(), &["check", "s.md"]);
    assert!(
        out.contains("s.md:3:1: minor: ") && out.contains("; also in line 6"),
        "{out}"
    );
    assert!(!out.contains("allow-is-used"), "{out}");
}
