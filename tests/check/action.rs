//! `action.yml`: its steps run in a shell with the environment that GitHub gives, and stand-ins for `cargo` and `gh`.

use crate::common::top;
use crate::git;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A step of the action.
#[derive(Default)]
struct Step {
    name: String,
    /// `if:`, as it is written.
    condition: String,
    /// `env:`, as it is written.
    env: Vec<(String, String)>,
    run: String,
}

/// The steps of the action. Its file is plain enough to be read line by line.
fn steps() -> Vec<Step> {
    let text = fs::read_to_string(top().join("action.yml")).unwrap();
    let (_, text) = text.split_once("\n  steps:\n").unwrap();
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = "";
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("    - name: ") {
            steps.push(Step { name: name.to_owned(), ..Step::default() });
            inside = "";
            continue;
        }
        let step = steps.last_mut().unwrap();
        match (inside, line.strip_prefix("        ")) {
            ("env", Some(entry)) => {
                let (key, value) = entry.split_once(": ").unwrap();
                step.env.push((key.to_owned(), value.to_owned()));
                continue;
            }
            ("run", Some(command)) => {
                step.run.push_str(command);
                step.run.push('\n');
                continue;
            }
            _ => {}
        }
        match line.trim() {
            "env:" => inside = "env",
            "run: |" => inside = "run",
            key => {
                if let Some(condition) = key.strip_prefix("if: ") {
                    condition.clone_into(&mut step.condition);
                }
                assert!(key.is_empty() || key.contains(": "), "no step has {key}");
            }
        }
    }
    steps
}

/// A runner: a checkout with scripts, a folder for what is temporary, programs that stand in for others.
struct Runner {
    folder: tempfile::TempDir,
    values: BTreeMap<String, String>,
    base: &'static str,
}

impl Runner {
    fn new(pull: bool) -> Runner {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        for name in ["work/scripts", "temp", "bin"] {
            fs::create_dir_all(at.join(name)).unwrap();
        }
        let built = env!("CARGO_BIN_EXE_heard");
        // The build takes minutes; what is held here is what it is asked for and where its binary is looked for.
        let cargo = format!(
            "#!/bin/sh\n[ \"$*\" = \"build --release --locked --manifest-path $GITHUB_ACTION_PATH/Cargo.toml --target-dir $RUNNER_TEMP/heard-target\" ] || exit 9\nmkdir -p \"$RUNNER_TEMP/heard-target/release\" && ln -sf '{built}' \"$RUNNER_TEMP/heard-target/release/heard\"\n"
        );
        let gh = "#!/bin/sh\necho \"$*\" >> \"$RUNNER_TEMP/gh.log\"\ncase \"$*\" in *--jq*) cat \"$RUNNER_TEMP/old\" 2>/dev/null;; esac\nexit 0\n";
        for (name, text) in [("cargo", cargo.as_str()), ("gh", gh)] {
            let file = at.join("bin").join(name);
            fs::write(&file, text).unwrap();
            executable(&file);
        }
        let mut values = BTreeMap::new();
        for (key, value) in [
            ("inputs.scripts", "scripts"),
            ("inputs.against", ""),
            ("inputs.arguments", ""),
            ("inputs.comment", "true"),
            ("inputs.token", "secret"),
            ("github.event.pull_request.number", if pull { "7" } else { "" }),
        ] {
            values.insert(key.to_owned(), value.to_owned());
        }
        Runner { folder, values, base: if pull { "main" } else { "" } }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Fills in `${{ … }}`.
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        while let Some((before, rest)) = text.clone().split_once("${{ ") {
            let (key, after) = rest.split_once(" }}").unwrap();
            let value = self.values.get(key).unwrap_or_else(|| panic!("nothing gives {key}"));
            text = format!("{before}{value}{after}");
        }
        text
    }

    fn wanted(&self, step: &Step) -> bool {
        step.condition.split(" && ").filter(|c| !c.is_empty()).all(|one| {
            let (key, same, value) = match one.split_once(" == ") {
                Some((key, value)) => (key, true, value),
                None => one.split_once(" != ").map(|(key, value)| (key, false, value)).unwrap(),
            };
            (self.values[key] == value.trim_matches('\'')) == same
        })
    }

    /// Runs all steps. Returns what each one said, up to the first that failed.
    fn run(&mut self) -> Vec<(String, Output)> {
        let mut all = Vec::new();
        for step in steps().iter().filter(|s| !s.run.is_empty()) {
            if !self.wanted(step) {
                continue;
            }
            let mut paths = vec![self.at("bin")];
            paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
            let mut shell = Command::new("bash");
            shell
                .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &step.run])
                .current_dir(self.at("work"))
                .env("PATH", std::env::join_paths(paths).unwrap())
                .env("GITHUB_ACTION_PATH", top())
                .env("RUNNER_TEMP", self.at("temp"))
                .env("GITHUB_BASE_REF", self.base)
                .env("GITHUB_REPOSITORY", "acme/calls")
                .env("GITHUB_OUTPUT", self.at("temp/output"))
                .env("GITHUB_STEP_SUMMARY", self.at("temp/summary.md"));
            for (key, value) in &step.env {
                shell.env(key, self.filled(value));
            }
            let out = shell.output().unwrap();
            let written = fs::read_to_string(self.at("temp/output")).unwrap_or_default();
            for (key, value) in written.lines().filter_map(|l| l.split_once('=')) {
                self.values.insert(format!("steps.check.outputs.{key}"), value.to_owned());
            }
            let failed = !out.status.success();
            all.push((step.name.clone(), out));
            if failed {
                break;
            }
        }
        all
    }

    /// A repository whose pull request makes of one script another; the base is on the remote alone.
    fn pull_request(&self, old: &str, new: &str) {
        let (origin, work) = (self.at("origin"), self.at("work"));
        fs::create_dir(&origin).unwrap();
        git(&origin, &["init", "-q", "-b", "main"]);
        fs::create_dir(origin.join("scripts")).unwrap();
        fs::write(origin.join("scripts/refund.md"), old).unwrap();
        git(&origin, &["add", "."]);
        git(&origin, &["commit", "-qm", "one"]);
        git(&work, &["init", "-q", "-b", "change"]);
        git(&work, &["remote", "add", "origin", origin.to_str().unwrap()]);
        fs::write(work.join("scripts/refund.md"), new).unwrap();
        git(&work, &["add", "."]);
        git(&work, &["commit", "-qm", "two"]);
    }
}

#[cfg(unix)]
fn executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_: &Path) {}

const OLD: &str = "# Refund

> Thank you for calling Fernway. I'd be happy to help you with that, {name}.

## If the parcel is lost

> I'm so sorry, a birthday without the present must be so disappointing.
> I have ordered a new one, and it leaves tonight.

## Close

> Is there anything else I can do for you? Thank you for calling, and have a lovely day.
";

fn said(all: &[(String, Output)], step: usize) -> String {
    let out = &all[step].1;
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

#[test]
#[cfg(unix)]
fn a_pull_request_that_loses_a_statement_is_annotated_commented_and_red() {
    let mut runner = Runner::new(true);
    let new = OLD.replace("> I'm so sorry, a birthday without the present must be so disappointing.\n", "");
    runner.pull_request(OLD, &new);
    let all = runner.run();
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let text = (0..all.len()).map(|n| said(&all, n)).collect::<String>();
    assert_eq!(
        names,
        ["Build heard", "Check the scripts", "Comment on the pull request", "Tell how it came out"],
        "{text}"
    );
    assert!(said(&all, 1).contains("::error file=scripts/refund.md,line=7,"), "{text}");
    assert_eq!(all[3].1.status.code(), Some(1), "{text}");
    let log = fs::read_to_string(runner.at("temp/gh.log")).unwrap();
    assert!(log.contains("--method POST repos/acme/calls/issues/7/comments -F body=@"), "{log}");
    let body = fs::read_to_string(runner.at("temp/heard-body.md")).unwrap();
    assert!(body.starts_with("<!-- heard check -->\n## heard: "), "{body}");
    assert!(body.contains("| before | now |") && body.contains("a birthday without the present"), "{body}");
    assert!(fs::read_to_string(runner.at("temp/summary.md")).unwrap().contains("| before | now |"));
    // The next push writes into the comment that is there.
    fs::write(runner.at("temp/old"), "4711\n").unwrap();
    runner.run();
    let log = fs::read_to_string(runner.at("temp/gh.log")).unwrap();
    assert!(log.contains("--method PATCH repos/acme/calls/issues/comments/4711 -F body=@"), "{log}");
}

#[test]
#[cfg(unix)]
fn a_pull_request_that_only_rewords_is_green() {
    let mut runner = Runner::new(true);
    runner.pull_request(OLD, &OLD.replace("must be so disappointing", "must be such a disappointment"));
    let all = runner.run();
    let text = (0..all.len()).map(|n| said(&all, n)).collect::<String>();
    assert_eq!(all.last().unwrap().1.status.code(), Some(0), "{text}");
}

#[test]
#[cfg(unix)]
fn a_push_is_checked_without_a_comparison_or_a_comment() {
    let mut runner = Runner::new(false);
    runner.pull_request(OLD, &OLD.replace("I'm so sorry", "Please calm down"));
    let all = runner.run();
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Build heard", "Check the scripts", "Tell how it came out"]);
    assert!(said(&all, 1).contains("title=heard no-invalidating"), "{}", said(&all, 1));
    assert_eq!(all[2].1.status.code(), Some(1));
}
