//! `heard man`: the manual, from the same definitions as the arguments: a page for the program and one a command.

use super::print;
use crate::cli::Cli;
use crate::cli::exit::Exit;
use anyhow::Result;
use clap::CommandFactory;

/// Runs `man`.
pub fn run() -> Result<Exit> {
    let mut top = Cli::command();
    top.build();
    let mut pages = Vec::new();
    clap_mangen::Man::new(top.clone()).render(&mut pages)?;
    for command in top.get_subcommands().filter(|command| command.get_name() != "help") {
        // The page's name has the dash that man pages of subcommands have: heard-audit.
        let named = command.clone().name(format!("heard-{}", command.get_name()));
        clap_mangen::Man::new(named).render(&mut pages)?;
    }
    print(&pages)
}
