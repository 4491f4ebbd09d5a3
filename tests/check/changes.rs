//! What a change to a script loses, and what `heard check` says of it: branches that are deleted, moved or reworded.

use crate::{AFTER, BEFORE, git, ran, top};
use std::fs;
use std::path::Path;

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

/// The exit code, standard output and standard error, whatever they are.
fn heard(at: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let out = crate::heard(at, args);
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
    assert!(out.contains("the branch \"If the customer is upset\" is gone"), "{out}");
    assert!(out.contains("empathy-sandwich") && out.contains("1 got worse"), "{out}");
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
    let (code, _, _) = compared(OLD, &new.replace(": complaints have a team of their own, Ann", ""));
    assert_eq!(code, Some(1));
}

#[test]
fn a_branch_that_kept_nothing_of_its_own_is_only_told() {
    let (code, out, err) = compared(OLD, &without(SHOP, "## Close"));
    assert_eq!(code, Some(0), "{out}");
    assert!(err.contains("the path \"If the customer asks for the shop\" is gone"), "{err}");
}

#[test]
fn a_branch_that_is_reworded_or_moved_is_still_there() {
    for (from, to) in [("If the customer is upset", "If the caller is upset"), ("## Opening", "## Greeting")] {
        let (code, out, _) = compared(OLD, &OLD.replace(from, to));
        assert_eq!(code, Some(0), "{from}: {out}");
    }
    let upset = &OLD[OLD.find(UPSET).unwrap()..OLD.find(SHOP).unwrap()];
    let moved = without(UPSET, SHOP).replace("## Close", &format!("{}## Close", upset.replace("###", "##")));
    let (code, out, err) = compared(OLD, &moved);
    assert!(!out.contains("is gone") && !err.contains("is gone"), "{out}{err}");
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
    assert!(out.contains("s.md:3:1: minor: ") && out.contains("; also in line 6"), "{out}");
    assert!(!out.contains("allow-is-used"), "{out}");
}

#[test]
fn the_example_change_goes_red_where_it_lost_something() {
    ran(top(), &["check", BEFORE], 0);
    let (out, _) = ran(top(), &["check", "--against", BEFORE, AFTER], 1);
    for said in [
        "billing-complaint.md:23:3: worse: In a complaint",
        "billing-complaint.md:13:10: worse: At least one statement stands alone",
        "delivery.md:15:16: worse: A hold is asked for",
        "power-cut.txt:3:8: better: ",
        "8 got worse (7 major, 1 minor)",
    ] {
        assert!(out.contains(said), "{said}\n{out}");
    }
    assert!(!out.contains("objections.md"), "nothing changed there");
    let (same, _) = ran(top(), &["check", "--against", AFTER, AFTER], 0);
    assert!(same.contains("nothing got worse"), "{same}");
    // A minor loss is a loss.
    ran(top(), &["check", "--against", AFTER, BEFORE, "--select", "genuine-language"], 1);
    ran(top(), &["check", "--against", AFTER, BEFORE, "--select", "genuine-language", "--fail-on", "major"], 0);
}

#[test]
fn a_revision_is_read_through_git() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("scripts")).unwrap();
    let good = "Thank you for calling. I'd be happy to help you, {name}.\n\nThank you for calling.\n";
    fs::write(at.join("scripts/a.md"), good).unwrap();
    fs::write(at.join("scripts/b.md"), format!("# B\n\n{good}")).unwrap();
    git(at, &["init", "-q"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "one"]);
    ran(at, &["check", "--against-rev", "HEAD", "scripts"], 0);
    // Lines move, and nothing else: fine. A new name: the same script.
    fs::write(at.join("scripts/a.md"), format!("# Title\n\n\n{good}")).unwrap();
    git(at, &["mv", "scripts/b.md", "scripts/c.md"]);
    ran(at, &["check", "--against-rev", "HEAD", "scripts"], 0);
    fs::write(at.join("scripts/a.md"), "# Title\n\nMay I have your number, {name}?\n\nThank you for calling.\n")
        .unwrap();
    let (out, _) = ran(at, &["check", "--against-rev", "HEAD", "scripts/a.md"], 1);
    assert!(out.contains("a.md:3:1: worse: "), "{out}");
    ran(&at.join("scripts"), &["check", "--against-rev", "HEAD", "a.md"], 1);
    for (rev, said) in [("no-such", "git knows no such revision"), ("--all", "this is no revision")] {
        let rev = format!("--against-rev={rev}");
        assert!(ran(at, &["check", &rev, "scripts"], 2).1.contains(said));
    }
}

/// Two folders of scripts: one about refunds, whose complaint branch no other keeps, and one about the shop.
fn folders(at: &Path) {
    fs::create_dir_all(at.join("old/sub")).unwrap();
    fs::create_dir(at.join("new")).unwrap();
    fs::write(at.join("old/sub/refunds.md"), OLD).unwrap();
    for folder in ["old", "new"] {
        fs::write(at.join(folder).join("shop.md"), without(UPSET, SHOP)).unwrap();
    }
    // What is no script is not missed.
    fs::write(at.join("old/README.md"), OLD).unwrap();
    fs::write(at.join("old/.draft.md"), OLD).unwrap();
    fs::write(at.join("old/empty.md"), "# Nothing is said here\n").unwrap();
}

#[test]
fn a_script_that_is_deleted_is_missed_under_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    folders(at);
    let (out, err) = ran(at, &["check", "--against", "old", "new"], 1);
    assert!(out.contains("new/sub/refunds.md:1:1: worse: ") && out.contains("(script-is-kept)"), "{out}");
    assert!(out.contains("what passed empathy-sandwich; no other script passes it"), "{out}");
    assert!(out.contains("1 got worse (1 major)"), "{out}");
    assert!(!err.contains("is gone"), "told once: {err}");
    // A file that was typed says nothing of the others.
    ran(at, &["check", "--against", "old", "new/shop.md"], 0);
    let json = crate::jsonl(at, &["--against", "old", "new"], 1);
    assert_eq!(json.len(), 1);
    assert_eq!(json[0]["source"], "new/sub/refunds.md");
    assert_eq!(json[0]["call"], "refunds");
    let result = &json[0]["results"][0];
    assert_eq!(result["reason"], "script-gone");
    assert_eq!(
        (&result["evidence"][0]["file"], &result["evidence"][0]["line"]),
        (&"new/sub/refunds.md".into(), &1.into())
    );
    ran(at, &["check", "--against", "old", "new", "--ignore", "script-is-kept"], 0);
}

#[test]
fn a_script_that_is_meant_to_go_is_allowed_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    folders(at);
    let shop = without(UPSET, SHOP);
    let allow = |what: &str| {
        let comment = format!("<!-- heard: allow script-is-kept: {what} -->\n{shop}");
        fs::write(at.join("new/shop.md"), comment).unwrap();
    };
    allow("refunds.md goes, complaints have a team of their own, Ann");
    let (out, _) = ran(at, &["check", "--against", "old", "new"], 0);
    assert!(out.contains("1 allowed by a comment"), "{out}");
    ran(at, &["check", "new"], 0);
    allow("orders.md goes, Ann");
    ran(at, &["check", "--against", "old", "new"], 1);
}

#[test]
fn a_script_whose_rules_are_kept_elsewhere_or_that_has_another_name_is_no_loss() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    folders(at);
    // Moved, under another name, and a word of it changed.
    fs::create_dir(at.join("new/complaints")).unwrap();
    let moved = at.join("new/complaints/money-back.md");
    fs::write(&moved, OLD.replace("Fernway", "Fernway Foods")).unwrap();
    let (out, err) = ran(at, &["check", "-v", "--against", "old", "new"], 0);
    assert!(!out.contains("is gone"), "{out}");
    assert!(err.contains("was new/sub/refunds.md in old"), "{err}");
    // Moved, and its complaint branch lost on the way: the branch is what is missed.
    fs::write(&moved, without(UPSET, SHOP)).unwrap();
    fs::write(at.join("new/shop.md"), "Thank you for calling. Have a good day.\n").unwrap();
    let (out, _) = ran(at, &["check", "--against", "old", "new"], 1);
    assert!(out.contains("money-back.md") && out.contains("(branch-is-kept)"), "{out}");
    // Another script keeps what it kept.
    fs::remove_file(&moved).unwrap();
    fs::write(at.join("new/shop.md"), OLD).unwrap();
    fs::write(at.join("old/shop.md"), OLD).unwrap();
    let (out, err) = ran(at, &["check", "--against", "old", "new"], 0);
    assert!(err.contains("this script is gone; what passed in it passes elsewhere"), "{out}{err}");
}

#[test]
fn a_script_that_is_deleted_since_a_revision_is_missed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    folders(at);
    git(at, &["init", "-q"]);
    git(at, &["add", "-f", "old"]);
    git(at, &["commit", "-qm", "one"]);
    for file in ["sub/refunds.md", "empty.md"] {
        fs::remove_file(at.join("old").join(file)).unwrap();
    }
    let (out, _) = ran(at, &["check", "--against-rev", "HEAD", "old"], 1);
    assert!(out.contains("old/sub/refunds.md:1:1: worse: "), "{out}");
    // From inside, and when nothing else is left.
    let (out, _) = ran(&at.join("old"), &["check", "--against-rev", "HEAD", "."], 1);
    assert!(out.contains("sub/refunds.md:1:1: worse: "), "{out}");
    // Moved without telling git.
    fs::write(at.join("old/money-back.md"), OLD).unwrap();
    ran(at, &["check", "--against-rev", "HEAD", "old"], 0);
    for file in ["money-back.md", "shop.md"] {
        fs::remove_file(at.join("old").join(file)).unwrap();
    }
    let (out, _) = ran(at, &["check", "--against-rev", "HEAD", "old"], 1);
    assert!(out.contains("old/shop.md:1:1: worse: ") && out.contains("old/sub/refunds.md:1:1"), "{out}");
}
