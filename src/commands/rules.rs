//! `heard rules`: what rules there are, what they require and why, and whether their examples hold.

mod books;
mod diff;
mod example;
mod explain;
mod learn;
mod list;
mod new;
mod pin;
mod schema;
mod test;

use crate::cli::exit::Exit;
use crate::cli::rules::RulesCommand;
use anyhow::Result;

/// Runs a `rules` command.
pub fn run(command: RulesCommand) -> Result<Exit> {
    match command {
        RulesCommand::List(args) => list::run(&args),
        RulesCommand::Explain(args) => explain::run(&args),
        RulesCommand::Test(args) => test::run(&args),
        RulesCommand::Learn(args) => learn::learn(&args),
        RulesCommand::New(args) => new::run(&args),
        RulesCommand::Diff(args) => diff::run(args),
        RulesCommand::Pin(args) => pin::run(&args),
        RulesCommand::Schema => schema::run(),
    }
}
