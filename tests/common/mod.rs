//! What several test files need: the program as a process, and pages whose parts it generates.
#![allow(dead_code, reason = "no test file needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

pub mod schemas;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The repository.
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository as text.
pub fn page(name: &str) -> String {
    fs::read_to_string(top().join(name)).unwrap()
}

/// The program in a folder, without colours, with nothing on standard input.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heard"));
    command.current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Runs the program in a folder.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder).args(args).output().unwrap()
}

/// Runs a command with standard input, which is written by a thread of its own, as a shell's pipe would be.
pub fn pipe(command: &mut Command, input: impl Into<Vec<u8>>) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.into());
    // The program may leave before it has read all.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Runs the program in a folder with standard input.
pub fn piped(folder: &Path, args: &[&str], input: impl Into<Vec<u8>>) -> Output {
    pipe(command(folder).args(args), input)
}

/// A line of a shell in a folder, which finds `heard` and has the folder as its home.
pub fn shell(folder: &Path, line: &str) -> Command {
    let bin = Path::new(env!("CARGO_BIN_EXE_heard")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command.current_dir(folder).args(["-c", line]).env("PATH", format!("{}:{path}", bin.display())).env("HOME", folder);
    command
}

/// Standard error as text.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Standard output of a run that ended well.
#[track_caller]
pub fn printed(output: &Output) -> &str {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    std::str::from_utf8(&output.stdout).unwrap()
}

/// The lines of the blocks of code in a language.
pub fn lines_of_code(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let blocks = page.split(&fence).skip(1).map(|block| block.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

/// Compares the parts of a page that are marked as generated, by their names, with what they should be, and returns how
/// many there are. With `README=overwrite` in the environment they are written anew.
pub fn keep(name: &str, generated: impl Fn(&str) -> String) -> usize {
    const BEGIN: &str = "<!-- generated: ";
    const END: &str = "<!-- end generated -->";
    let old = page(name);
    let (mut new, mut rest, mut parts) = (String::new(), old.as_str(), 0);
    while let Some(at) = rest.find(BEGIN) {
        let line = at + rest[at..].find('\n').unwrap() + 1;
        let part = rest[at + BEGIN.len()..line].trim().trim_end_matches(" -->");
        let end = line + rest[line..].find(END).expect("an end marker");
        new.push_str(&rest[..line]);
        new.push_str(&generated(part));
        new.push_str(END);
        rest = &rest[end + END.len()..];
        parts += 1;
    }
    new.push_str(rest);
    if new != old {
        let overwrite = std::env::var_os("README").is_some_and(|v| v == "overwrite");
        assert!(overwrite, "{name} is behind: README=overwrite cargo test --test readme --test packs --test grading");
        fs::write(top().join(name), new).unwrap();
    }
    parts
}

/// What a command of ours prints, as a block of code.
pub fn block(args: &[&str], language: &str) -> String {
    format!("```{language}\n{}\n```\n", printed(&run(top(), args)).trim_end())
}
