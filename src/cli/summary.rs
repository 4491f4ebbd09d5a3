//! The arguments of `summary`.

use super::shared::{ReportArgs, WRITING, WriteArgs};
use crate::cli::shared::RUNNING;
use clap::{ArgAction, Args, ValueHint};
use std::path::PathBuf;

pub(super) const SUMMARY_EXAMPLES: &str = "\
Examples:
  heard summary monday.jsonl tuesday.jsonl
  heard summary shards/*.jsonl.gz -o week.xlsx -o week.md
  heard summary week20.jsonl --against week19.jsonl
  heard summary week20.jsonl --agent 'Jo Smith' --format markdown
  heard audit calls/ --format jsonl | heard summary -

Results are what heard audit -o FILE.jsonl writes. Two halves give the report of
the whole.

Exit codes: 0 reported, 2 did not run, 3 some line was no result.";

/// What `summary` takes.
#[allow(clippy::struct_excessive_bools, reason = "flags are independent of each other")]
#[derive(Debug, Args)]
pub struct SummaryArgs {
    /// Results of calls in JSON lines, packed or not; - for standard input
    #[arg(value_name = "RESULTS.jsonl", required = true, value_hint = ValueHint::FilePath)]
    pub results: Vec<PathBuf>,
    /// Results to set these against: what changed, with intervals; repeatable
    #[arg(long, value_name = "LAST.jsonl", value_hint = ValueHint::FilePath)]
    pub against: Vec<PathBuf>,
    /// End with 0 even if some line was no result
    #[arg(long)]
    pub lenient: bool,

    /// What the report shows.
    #[command(flatten)]
    pub report: ReportArgs,
    /// What is written.
    #[command(flatten)]
    pub write: WriteArgs,
    /// Redact card, account, identity and phone numbers, e-mails, addresses and dates of birth: the default
    #[arg(long, overrides_with = "no_redact", help_heading = WRITING)]
    pub redact: bool,
    /// Write everything as the results have it
    #[arg(long, overrides_with = "redact", help_heading = WRITING)]
    pub no_redact: bool,

    /// Say less on standard error, and show no single call
    #[arg(short, long, conflicts_with = "verbose", help_heading = RUNNING)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, action = ArgAction::Count, help_heading = RUNNING)]
    pub verbose: u8,
    /// Leave heard.toml unread
    #[arg(long, help_heading = RUNNING)]
    pub no_config: bool,
}
