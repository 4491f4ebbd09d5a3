//! What was typed: the arguments of every command, as clap reads them, with no side effects.
//!
//! What the values mean, and whether they go together, is [`crate::cli::settings`]'s business. Lists of allowed values come
//! from the registries, so that help, completions and errors can never disagree with what works.

#![allow(clippy::doc_markdown, reason = "doc comments of arguments are help, where back ticks would be noise")]

pub mod agree;
pub mod check;
pub mod config;
pub mod console;
pub mod exit;
pub mod progress;
pub mod rules;
pub mod settings;
pub mod shared;
pub mod summary;
pub mod values;

use crate::run::sample::Sample;
use agree::{AGREE_EXAMPLES, AgreeArgs};
use check::{CHECK_EXAMPLES, CheckArgs};
use clap::builder::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use rules::{INSPECT_EXAMPLES, InspectArgs, RULES_EXAMPLES, RulesCommand};
use shared::{FailOn, PickArgs, READING, RULES, ReadArgs, RedactArgs, ReportArgs, RunArgs, WRITING, WriteArgs};
use std::ffi::OsString;
use std::path::PathBuf;
use summary::{SUMMARY_EXAMPLES, SummaryArgs};
use values::Points;

/// What `heard --help` says at the end.
const EXAMPLES: &str = "\
Examples:
  heard audit calls/                      what was heard, call by call
  heard audit calls/ -o report.json       the same, for a program
  heard check scripts/                    what agents are to say, on every path
  heard inspect call.txt                  a transcript as the rules see it
  heard convert call.vtt                  any transcript as call JSONL
  heard formats --detect mystery.json     what is this file?

Exit codes: 0 fine, 1 fell short of --fail-under or --fail-on, 2 did not run,
3 some input was unreadable, 130 interrupted.";

const AUDIT_EXAMPLES: &str = "\
Examples:
  heard audit calls/
  heard audit calls/ -o calls.csv -o csv-findings:findings.csv
  heard audit calls/ --fail-under 70 --fail-on major
  heard audit --roles spk_0=agent,spk_1=customer call.json
  heard audit calls/ --meta calls.csv
  heard audit calls/ --name-pattern '(?<agent>[a-z]+)-(?<call>\\d+)'
  cat calls.jsonl | heard audit --from jsonl --format jsonl -
  heard audit calls/ --resume results.jsonl -o results.jsonl

heard.toml, here or in a folder above, sets defaults: the long flags' names
under [audit]. The command line wins.";

const CONVERT_EXAMPLES: &str = "\
Examples:
  heard convert call.vtt > call.jsonl
  heard convert calls/ | heard audit --from jsonl -
  heard convert --to vcon call.json > call.vcon";

const FORMATS_EXAMPLES: &str = "\
Examples:
  heard formats
  heard formats --detect calls/ mystery.json";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  heard completions bash > ~/.local/share/bash-completion/completions/heard
  heard completions zsh > ~/.zfunc/_heard";

const MAN_EXAMPLES: &str = "\
Examples:
  heard man | man -l -
  heard man > heard.1";

/// A linter for conversations: audits transcripts of customer calls.
///
/// Says for every call whether the caller was heard, with the quote and the second that prove it. It judges words,
/// not feelings. Everything stays on this machine.
#[derive(Debug, Parser)]
#[command(name = "heard", version, max_term_width = 80, after_help = EXAMPLES, styles = styles())]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order of help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit transcripts: files, folders, or standard input
    #[command(after_help = AUDIT_EXAMPLES)]
    Audit(Box<AuditArgs>),
    /// Check call scripts: what agents are to say, on every path
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Box<CheckArgs>),
    /// Show a transcript as the rules see it: turns, times, tags
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(InspectArgs),
    /// Turn any transcript into call JSONL on standard output
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(ConvertArgs),
    /// List the formats, or say what a file is taken for
    #[command(after_help = FORMATS_EXAMPLES)]
    Formats(FormatsArgs),
    /// The rules: what there is, why, and whether they hold
    #[command(subcommand, after_help = RULES_EXAMPLES)]
    Rules(RulesCommand),
    /// Compare the verdicts with those of people who graded the same calls
    #[command(after_help = AGREE_EXAMPLES)]
    Agree(Box<AgreeArgs>),
    /// Make one report of the results of several runs, and say what changed
    #[command(after_help = SUMMARY_EXAMPLES)]
    Summary(Box<SummaryArgs>),
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print the manual page
    #[command(after_help = MAN_EXAMPLES)]
    Man,
}

/// What `audit` takes.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Files and folders of transcripts, or - for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,

    /// Rules to apply: a shipped pack or a TOML file; repeatable [default: empathy]
    #[arg(long, value_name = "PACK|FILE", help_heading = RULES)]
    pub rules: Vec<String>,
    /// Which of their rules.
    #[command(flatten)]
    pub pick: PickArgs,
    /// End with 1 if any scored call has less than this
    #[arg(long, value_name = "SCORE", help_heading = RULES)]
    pub fail_under: Option<Points>,
    /// End with 1 if any rule of this severity or worse fails
    #[arg(long, value_name = "SEVERITY", default_value = "never", help_heading = RULES)]
    pub fail_on: FailOn,

    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// Audit only so many calls, or a share of them; the same ones each time
    #[arg(long, value_name = "N|P%", help_heading = READING)]
    pub sample: Option<Sample>,
    /// Judge only calls that these results of an earlier run do not hold, or not as this run judges
    #[arg(long, value_name = "RESULTS.jsonl", value_hint = ValueHint::FilePath, conflicts_with = "anonymous", help_heading = READING)]
    pub resume: Option<PathBuf>,

    /// What the report shows.
    #[command(flatten)]
    pub report: ReportArgs,
    /// What is written.
    #[command(flatten)]
    pub write: WriteArgs,
    /// What is replaced in it.
    #[command(flatten)]
    pub redact: RedactArgs,
    /// Print every stage of the call with this id to standard error
    #[arg(long, value_name = "CALL", conflicts_with_all = ["rule", "anonymous"], help_heading = WRITING)]
    pub trace: Option<String>,

    /// How it is run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What `convert` takes.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Files and folders of transcripts, or - for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// What to write: call JSONL, or one vCon a line
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", help_heading = WRITING)]
    pub to: ConvertTo,
    /// What is replaced in it.
    #[command(flatten)]
    pub redact: RedactArgs,
    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// How it is run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What `formats` takes.
#[derive(Debug, Args)]
pub struct FormatsArgs {
    /// Say for each file what it is taken for, how surely, and why
    #[arg(long, value_name = "PATH", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub detect: Vec<OsString>,
}

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// What `--to` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum ConvertTo {
    Jsonl,
    Vcon,
}

fn styles() -> Styles {
    use anstyle::{AnsiColor, Style};
    let bold = Style::new().bold();
    Styles::styled().header(bold).usage(bold).literal(AnsiColor::Cyan.on_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_help_fits_eighty_columns_and_shows_an_example() {
        let mut top = Cli::command();
        top.build();
        let mut commands: Vec<clap::Command> =
            top.get_subcommands().filter(|c| c.get_name() != "help").cloned().collect();
        commands.push(top);
        for mut command in commands {
            let help = command.render_help().to_string();
            let long = help.lines().filter(|line| !line.starts_with("  heard ")).find(|line| line.chars().count() > 80);
            assert_eq!(long, None, "in the help of {}", command.get_name());
            assert!(help.contains("Examples:\n  heard "), "no example in the help of {}", command.get_name());
        }
    }
}
