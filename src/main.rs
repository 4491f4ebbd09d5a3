//! One screen: parse the arguments, run, turn an error into text and an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let done = heard::cli::config::parse(std::env::args_os()).and_then(|cli| heard::commands::run(cli.command));
    match done {
        Ok(exit) => exit.into(),
        Err(error) => heard::cli::console::failure(&error).into(),
    }
}
