//! What `heard.toml` may say, and what is said against it.

use super::*;
use std::fs;

fn read(typed: &[&str], toml: &str) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(NAME);
    fs::write(&file, toml).expect("written");
    let mut top = Cli::command();
    top.build();
    let matches = top.clone().try_get_matches_from(["heard"].iter().chain(typed)).expect("well typed");
    let (name, typed) = matches.subcommand().expect("a command");
    let tidy = |text: String| text.replace(&*folder.path().to_string_lossy(), "DIR");
    let arguments = defaults(&top, name, typed, &file).map_err(tidy)?;
    Ok(arguments.into_iter().map(|a| tidy(a.to_string_lossy().into_owned())).collect())
}

#[test]
fn keys_become_flags() {
    let toml = "[audit]\nfail-under = 72.5\nlenient = true\ncsv-bom = false\nverbose = 2\nselect = ['a', 'b']\nsample = '5%'\n";
    let mut got = read(&["audit"], toml).expect("a good file");
    got.sort();
    let want = ["--fail-under=72.5", "--lenient", "--sample=5%", "--select=a", "--select=b", "--verbose", "--verbose"];
    assert_eq!(got, want);
}

#[test]
fn what_was_typed_wins() {
    let toml = "[audit]\nselect = 'a'\nquiet = true\nfail-on = 'major'\n";
    assert_eq!(read(&["audit", "--select", "z", "-v"], toml).expect("good"), ["--fail-on=major"]);
}

#[test]
fn a_section_is_for_its_command_alone() {
    assert_eq!(read(&["convert"], "[audit]\nlenient = true\n").expect("good"), [""; 0]);
}

#[test]
fn paths_are_relative_to_the_file() {
    let toml = "[audit]\nrules = ['empathy', 'our/rules.toml', 'own.toml']\nmeta = 'calls.csv'\n";
    let got = read(&["audit"], toml).expect("a good file");
    assert_eq!(got, ["--meta=DIR/calls.csv", "--rules=empathy", "--rules=DIR/our/rules.toml", "--rules=DIR/own.toml"]);
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let toml = "[audit]\nfail-undr = 3\nlenient = 'yes'\n\n  jobs = 'two'\nfail-on = 'mayor'\nselect = [1]\n[adit]\n";
    let errors = read(&["audit"], toml).expect_err("a bad file");
    let starts = [
        "DIR/heard.toml:2:1: no key `fail-undr` in [audit] (did you mean `fail-under`?)",
        "DIR/heard.toml:3:11: `lenient` wants true or false, this is a string",
        "DIR/heard.toml:5:10: `jobs` wants a number, this is a string",
        "DIR/heard.toml:6:11: invalid value 'mayor' for '--fail-on <SEVERITY>'; [possible values: note, minor,",
        "DIR/heard.toml:7:10: `select` wants a string or a list of strings",
        "DIR/heard.toml:8:2: no section `adit` (did you mean `audit`?)",
    ];
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), starts.len(), "{errors}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}\nis not\n{start}");
    }
}

#[test]
fn broken_toml_is_told_at_its_place() {
    let error = read(&["audit"], "[audit]\nlenient = \n").expect_err("a bad file");
    assert!(error.starts_with("DIR/heard.toml:2:1"), "{error}");
}

#[test]
fn the_search_ends_at_the_repository() {
    let top = tempfile::tempdir().expect("a folder");
    let deep = top.path().join("repo/a/b");
    fs::create_dir_all(&deep).expect("made");
    fs::write(deep.parent().expect("a folder").join(NAME), "").expect("written");
    assert_eq!(find(&deep), None, "without a repository the working folder alone counts");
    fs::remove_file(deep.parent().expect("a folder").join(NAME)).expect("removed");
    fs::create_dir(top.path().join("repo/.git")).expect("made");
    fs::write(top.path().join(NAME), "").expect("written");
    assert_eq!(find(&deep), None);
    let file = top.path().join("repo").join(NAME);
    fs::write(&file, "").expect("written");
    assert_eq!(find(&deep), Some(file));
}

#[test]
fn what_it_makes_a_run_write_lies_below_it() {
    let good = read(&["audit"], "[audit]\noutput = ['a.csv', 'json:out/b', './c.json']\n").expect("a good file");
    assert_eq!(good, ["--output=DIR/a.csv", "--output=json:DIR/out/b", "--output=DIR/./c.json"]);
    for bad in ["output = '../a.csv'", "output = ['a.csv', 'csv:/tmp/x']", "output = 'csv:/dev/stdout'"] {
        let error = read(&["audit"], &format!("[audit]\n{bad}\n")).expect_err("a bad file");
        assert!(error.contains("2:10: `output` would write"), "{error}");
    }
    let error = read(&["check", "x"], "[check]\nbaseline = '../b.json'\n").expect_err("a bad file");
    assert!(error.contains("not below the folder"), "{error}");
    let added = additions(&["--output=csv:x".into(), "--quiet".into(), "--output=y".into()]);
    assert_eq!(added.as_deref(), Some(": output, quiet; writes x, y"));
}

#[test]
fn own_formats_are_checked_key_by_key() {
    let good = "[formats.mine]\nturns = 'items[]'\ntext = 'body.text'\nspeaker = 'who'\nstart = 'at'\nunit = 'ms'\nroles = { A = 'agent', B = 'customer' }\n";
    assert_eq!(read(&["audit"], good).expect("good"), [""; 0]);
    let bad = "[formats.mine]\nturn = 'items[]'\ntext = 3\nunit = 'hours'\nspeaker = 'a..b'\nroles = { A = 'boss' }\nsent = 'yes'\n[formats.csv]\nturns = 'a[]'\ntext = 'b'\n[formats.half]\ntext = 'b'\n[formats.more]\nturns = 'a[]'\ntext = 'b'\npeople = { who = 'x' }\nwords = 'w[]'\nrecognise = { any = 3, sure = 2 }\nonly = 'x'\n";
    let errors = read(&["convert"], bad).expect_err("a bad file");
    let starts = [
        "DIR/heard.toml:2:1: no key `turn` in [formats.mine] (did you mean `turns`?)",
        "DIR/heard.toml:3:8: `text` wants a path in quotes",
        "DIR/heard.toml:4:8: `unit` wants one of",
        "DIR/heard.toml:5:11: \"a..b\" is no path",
        "DIR/heard.toml:6:15: a role is one of",
        "DIR/heard.toml:7:8: `sent` wants true or false",
        "DIR/heard.toml:8:10: there is a format `csv` already",
        "DIR/heard.toml:11:10: [formats.half] needs `turns`",
        "DIR/heard.toml:16:12: no key `who` in `people`; there are at, id, turn, name, role",
        "DIR/heard.toml:17:9: `words` wants a table of paths",
        "DIR/heard.toml:18:21: `any` wants a text in quotes, or a list of them",
        "DIR/heard.toml:18:31: `sure` wants a number between 0.0 and 1.0",
        "DIR/heard.toml:19:8: `only` wants a table such as { type = \"message\" }",
    ];
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), starts.len(), "{errors}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}\nis not\n{start}");
    }
}
