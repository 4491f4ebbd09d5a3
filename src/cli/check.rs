//! The arguments of `check`.

use super::shared::{FailOn, PickArgs, READING, RULES, RUNNING, WriteArgs};
use super::values::{Points, at_least_one};
use clap::{ArgAction, Args, ValueHint};
use std::path::PathBuf;
use std::str::FromStr;

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  heard check scripts/
  heard check scripts/refund.md -v
  heard check scripts/refund.md --explain-path upset
  heard check --against-rev origin/main scripts/
  heard check --against old/refund.md refund.md
  heard check --baseline scripts/heard-baseline.json scripts/
  heard check --format github -o report.sarif scripts/

On the line before, a comment allows a rule to fail, and says why:
  <!-- heard: allow standalone-statement: approved by legal -->

Exit codes: 0 fine, 1 fell short (or got worse), 2 did not run, 3 some script
was unreadable.";

/// What `check` takes.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Call scripts: Markdown, text, Word, tables, files of assistants; or folders of them
    #[arg(value_name = "SCRIPT", required = true, value_hint = ValueHint::AnyPath)]
    pub scripts: Vec<String>,

    /// Rules to apply: a shipped pack or a TOML file; repeatable [default: scripts]
    #[arg(long, value_name = "PACK|FILE", help_heading = RULES)]
    pub rules: Vec<String>,
    /// Which of their rules.
    #[command(flatten)]
    pub pick: PickArgs,
    /// End with 1 if any path has a lower score
    #[arg(long, value_name = "SCORE", help_heading = RULES)]
    pub fail_under: Option<Points>,
    /// End with 1 if any rule of this severity or worse fails [default: major; against an old state: note]
    #[arg(long, value_name = "SEVERITY", help_heading = RULES)]
    pub fail_on: Option<FailOn>,

    /// Tell only what got worse or better since this file or folder
    #[arg(long, value_name = "OLD", value_hint = ValueHint::AnyPath, help_heading = COMPARING)]
    pub against: Option<PathBuf>,
    /// The same, since a revision that git knows: a branch, a tag, a commit
    #[arg(long, value_name = "REV", conflicts_with = "against", help_heading = COMPARING)]
    pub against_rev: Option<String>,
    /// Accept the findings in this file; only new ones count
    #[arg(long, value_name = "FILE.json", value_hint = ValueHint::FilePath, conflicts_with_all = ["against", "against_rev"], help_heading = COMPARING)]
    pub baseline: Option<PathBuf>,
    /// Write all findings of today to the baseline
    #[arg(long, requires = "baseline", help_heading = COMPARING)]
    pub write_baseline: bool,

    /// Words a minute at which a script is read aloud
    #[arg(long, value_name = "N", default_value = "150", help_heading = READING)]
    pub wpm: Pace,
    /// Check at most so many paths through the branches of a script
    #[arg(long, value_name = "N", default_value = "64", value_parser = at_least_one, help_heading = READING)]
    pub max_paths: std::num::NonZeroUsize,
    /// End with 0 or 1 even if some script was unreadable
    #[arg(long, help_heading = READING)]
    pub lenient: bool,

    /// Show the paths whose name holds this as they would be said, with times, and explain each verdict
    #[arg(long, value_name = "PATH", conflicts_with_all = ["against", "against_rev", "write_baseline"], help_heading = RUNNING)]
    pub explain_path: Option<String>,

    /// What is written.
    #[command(flatten)]
    pub write: WriteArgs,

    /// Say less: only the last line
    #[arg(short, long, conflicts_with = "verbose", help_heading = RUNNING)]
    pub quiet: bool,
    /// Say more: every verdict of every path
    #[arg(short, long, action = ArgAction::Count, help_heading = RUNNING)]
    pub verbose: u8,
    /// Leave heard.toml unread
    #[arg(long, help_heading = RUNNING)]
    pub no_config: bool,
}

const COMPARING: &str = "Comparing";

/// A reading speed in words a minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace(pub f64);

impl FromStr for Pace {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        typed
            .parse::<f64>()
            .ok()
            .filter(|wpm| (30.0..=400.0).contains(wpm))
            .map(Pace)
            .ok_or_else(|| "write the words a minute, from 30 to 400; 150 is a calm speaker".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_are_human() {
        assert_eq!("150".parse(), Ok(Pace(150.0)));
        for wrong in ["0", "29", "401", "fast", "NaN", "-150", "inf"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong}");
        }
    }
}
