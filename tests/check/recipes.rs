//! The recipes of `examples/scripts.md`, and the hooks, as far as a machine without the service can run them.

use crate::{BEFORE, git, heard, ran, top};
use std::fs;
use std::path::Path;
use std::process::Command;

fn page() -> String {
    fs::read_to_string(top().join("examples/scripts.md")).unwrap()
}

/// Each `run:` or `script:` line.
#[test]
fn the_recipes_run() {
    let page = page();
    let section = page.split("\n## A gate for calls").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("scripts")).unwrap();
    for entry in fs::read_dir(top().join(BEFORE)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, at.join("scripts").join(path.file_name().unwrap())).unwrap();
    }
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "one"]);
    let mut commands = 0;
    for line in section.lines() {
        let Some(at_heard) = line.find("heard check ") else {
            continue;
        };
        let start = line[..at_heard].trim_start_matches(['-', ' ', '\t']).trim();
        if !matches!(start, "" | "run:" | "- run:") {
            continue;
        }
        let command = line[at_heard..].split(" #").next().unwrap().trim();
        let command = command
            .replace("\"origin/$GITHUB_BASE_REF\"", "main")
            .replace("origin/$CI_DEFAULT_BRANCH", "main")
            .replace("origin/main", "main");
        let args: Vec<&str> = command.split_whitespace().skip(1).collect();
        if args.iter().any(|a| a.contains("refund") || a.contains("examples")) {
            continue;
        }
        let out = heard(at, &args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(0), "{command}: {said}");
        commands += 1;
    }
    assert!(commands >= 4, "{commands} commands found");
    let makefile = section.split("```make\n").nth(1).unwrap();
    let makefile = makefile.split("```").next().unwrap();
    fs::write(at.join("Makefile"), makefile).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_heard")).parent().unwrap();
    let mut found = vec![bin.to_owned()];
    found.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let made = Command::new("make")
        .arg("scripts-check")
        .current_dir(at)
        .env("PATH", std::env::join_paths(found).unwrap())
        .output();
    // A machine without make has run the line itself above.
    if let Ok(made) = made {
        let said = String::from_utf8_lossy(&made.stdout);
        assert!(made.status.success(), "{said}");
        assert!(said.contains("in 4 scripts"), "{said}");
    }
}

/// Runs each hook as pre-commit does: its entry, the user's arguments, the files it asks for.
#[test]
fn the_hooks_run() {
    let hooks = fs::read_to_string(top().join(".pre-commit-hooks.yaml")).unwrap();
    let files = |folder: &str, ending: &str| -> Vec<String> {
        let all = fs::read_dir(top().join(folder)).unwrap();
        let names = all.map(|e| e.unwrap().file_name().into_string().unwrap());
        let fitting = names.filter(|n| n.ends_with(ending));
        fitting.map(|n| format!("{folder}/{n}")).collect()
    };
    let mut ids = Vec::new();
    for hook in hooks.split("- id: ").skip(1) {
        let id = hook.lines().next().unwrap();
        let value = |key: &str| {
            let line = hook.lines().find_map(|l| l.trim().strip_prefix(key));
            line.unwrap_or_else(|| panic!("{key} in {hook}")).trim()
        };
        assert!(!value("name:").is_empty() && value("language:") == "rust");
        let given = match id {
            "heard-check" => {
                assert_eq!(value("types_or:"), "[markdown, plain-text]");
                files(BEFORE, ".md")
            }
            "heard-rules-test" => {
                assert_eq!(value("types:"), "[toml]");
                files("examples/rules", ".toml")
            }
            other => panic!("{other}: no test runs this hook"),
        };
        assert!(!given.is_empty(), "{id}");
        let entry = value("entry:").strip_prefix("heard ").unwrap();
        let args: Vec<&str> = entry.split(' ').chain(given.iter().map(String::as_str)).collect();
        ran(top(), &args, 0);
        ids.push(id);
    }
    assert!(ids.len() == 2 && page().contains(&format!("- id: {}", ids[0])));
}

/// The block of code on a page that comes first behind some words.
fn block<'p>(page: &'p str, behind: &str) -> &'p str {
    let rest = page.split(behind).nth(1).expect(behind);
    let rest = rest.split("```toml\n").nth(1).expect("a block");
    rest.split("```").next().unwrap()
}

#[test]
fn the_policy_file_is_the_gate() {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("calls/golden")).unwrap();
    fs::create_dir(at.join("packs")).unwrap();
    let page = page();
    let policy = block(&page, "The same gate as a policy file");
    assert!(policy.contains("fail-under = 80") && policy.contains("fail-on = \"critical\""));
    fs::write(at.join("heard.toml"), policy).unwrap();
    let pack = block(&readme, "<!-- file: acme.toml -->");
    fs::write(at.join("packs/acme.toml"), pack).unwrap();
    let good = "0:00 Agent: Thank you for calling Acme, this is Jo. I'd be happy to help you.\n0:05 Customer: This is Ann. When is my parcel coming?\n0:09 Agent: On Friday, Ann. Is there anything else?\n";
    let call = at.join("calls/golden/call.txt");
    fs::write(&call, good).unwrap();
    ran(at, &["audit", "calls/golden"], 0);
    let cold = good.replace(" I'd be happy to help you.", "");
    fs::write(&call, cold).unwrap();
    ran(at, &["audit", "calls/golden"], 1);
    ran(at, &["audit", "calls/golden", "--no-config"], 0);
}
