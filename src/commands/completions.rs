//! `heard completions`: scripts for shells, from the same definitions as the arguments.

use super::print;
use crate::cli::exit::Exit;
use crate::cli::{Cli, CompletionsArgs};
use anyhow::Result;
use clap::CommandFactory;

/// Runs `completions`.
pub fn run(args: &CompletionsArgs) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "heard", &mut script);
    print(&script)
}
