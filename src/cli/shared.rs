//! Arguments that several commands share: how calls are read, which rules apply, what is written, how a command runs.

use super::values::{self, ByteSize};
use crate::input::registry::InputFormat;
use crate::output::{HTML_CALLS, OUTPUTS, left_out};
use crate::run::delivery::{OutputFile, Redacts};
use crate::text::set::Detectors;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Args, Command, ValueEnum, ValueHint};
use std::ffi::OsStr;

/// How input is read; the same for every command that reads calls.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Input format, instead of detecting it (see `heard formats`)
    #[arg(long, value_name = "FORMAT", value_parser = input_names(), hide_possible_values = true, help_heading = READING)]
    pub from: Option<String>,
    /// Who is who: "spk_0=agent,Sarah=agent", or "GLOB:spk_0=agent"; repeatable
    #[arg(long, value_name = "MAP", help_heading = READING)]
    pub roles: Vec<String>,
    /// What else is known of the calls: CSV, joined by call id or file name, or Gong's parties
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = READING)]
    pub meta: Option<std::path::PathBuf>,
    /// Read agent, call, queue, date … off file names by named groups, or aws; repeatable
    #[arg(long, value_name = "REGEX", help_heading = READING)]
    pub name_pattern: Vec<String>,
    /// A longer record is unreadable, not read
    #[arg(long, value_name = "N", default_value = "16MiB", help_heading = READING)]
    pub max_record_bytes: ByteSize,
    /// End with 0 or 1 even if some input was unreadable
    #[arg(long, help_heading = READING)]
    pub lenient: bool,
}

/// Which rules apply; the same for `audit` and `check`.
#[derive(Debug, Args)]
pub struct PickArgs {
    /// Apply only these rules
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = RULES)]
    pub select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = RULES)]
    pub ignore: Vec<String>,
    /// What finds the sets that have learned weights: phrases alone, or weights and phrases combined [default: what the
    /// packs ask for, else combined]
    #[arg(long, value_name = "WHICH", help_heading = RULES)]
    pub detectors: Option<Which>,
}

/// What `--detectors` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum Which {
    Phrases,
    Combined,
}

impl From<Which> for Detectors {
    fn from(which: Which) -> Detectors {
        match which {
            Which::Combined => Detectors::Combined,
            Which::Phrases => Detectors::Phrases,
        }
    }
}

/// What is written; the same for `audit` and `check`.
#[derive(Debug, Args)]
pub struct WriteArgs {
    /// Format for standard output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = output_names(), help_heading = WRITING)]
    pub format: String,
    /// Write a report to a file too: format by extension, or FORMAT:FILE; repeatable
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = WRITING)]
    pub output: Vec<OutputFile>,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long, help_heading = WRITING)]
    pub csv_bom: bool,
    /// Draw at most so many calls in html, of more the worst and the best
    #[arg(long, value_name = "N", default_value_t = HTML_CALLS, help_heading = WRITING)]
    pub html_calls: usize,
    /// Columns of the text report [default: those of the terminal, else 80]
    #[arg(long, value_name = "N", value_parser = values::at_least_one, help_heading = WRITING)]
    pub width: Option<std::num::NonZeroUsize>,
    /// Colour of the text report (NO_COLOR is heeded too)
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = WRITING)]
    pub color: ColorWhen,
}

/// Whether what tells who somebody is is replaced; the same for every command that shows words of calls.
#[derive(Debug, Args)]
pub struct RedactArgs {
    /// Redact card, account, identity and phone numbers, e-mails, addresses and dates of birth [default: in files of -o
    /// alone]
    #[arg(long, overrides_with = "no_redact", help_heading = WRITING)]
    redact: bool,
    /// Write everything as it was said, in files of -o too
    #[arg(long, overrides_with = "redact", help_heading = WRITING)]
    no_redact: bool,
}

impl RedactArgs {
    /// Where it is replaced.
    pub fn redacts(&self) -> Redacts {
        Redacts { standard: self.redact, files: !self.no_redact }
    }
}

/// What a report shows of many calls; the same for `audit` and `summary`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Report only calls of this agent; repeatable
    #[arg(long, value_name = "NAME", help_heading = REPORT)]
    pub agent: Vec<String>,
    /// Report only calls of this queue; repeatable
    #[arg(long, value_name = "NAME", help_heading = REPORT)]
    pub queue: Vec<String>,
    /// Report only verdicts of these rules; scores stay those of all rules
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = REPORT)]
    pub rule: Vec<String>,
    /// Report the figures over all calls alone
    #[arg(long, conflicts_with = "all", help_heading = REPORT)]
    pub summary: bool,
    /// Print every call, and not the worst alone
    #[arg(long, help_heading = REPORT)]
    pub all: bool,
    /// Rank agents by how often callers were heard in time, of those with at least so many such calls [without a number:
    /// 10]
    #[arg(long, value_name = "CALLS", num_args = 0..=1, require_equals = true, default_missing_value = "10",
        value_parser = values::at_least_one, help_heading = REPORT)]
    pub rank: Option<std::num::NonZeroUsize>,
    /// Put pseudonyms in place of the names of agents, customers and people they mention, the same ones each time
    #[arg(long, help_heading = REPORT)]
    pub anonymous: bool,
    /// Set these columns of the metadata against each rule, such as csat,fcr,aht
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', help_heading = REPORT)]
    pub outcome: Vec<String>,
}

/// How a command runs; the same for every command that reads calls.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Worker threads [default: one a core]; the output is the same for any number
    #[arg(long, value_name = "N", value_parser = values::at_least_one, help_heading = RUNNING)]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// No progress bar
    #[arg(long, help_heading = RUNNING)]
    pub no_progress: bool,
    /// Say less on standard error
    #[arg(short, long, conflicts_with = "verbose", help_heading = RUNNING)]
    pub quiet: bool,
    /// Say more: name the files that were skipped
    #[arg(short, long, action = ArgAction::Count, help_heading = RUNNING)]
    pub verbose: u8,
    /// Leave heard.toml unread
    #[arg(long, help_heading = RUNNING)]
    pub no_config: bool,
}

pub(super) const RULES: &str = "Rules";
pub(super) const READING: &str = "Reading";
pub(super) const WRITING: &str = "Writing";
pub(super) const REPORT: &str = "Report";
pub(super) const RUNNING: &str = "Running";

/// What `--fail-on` takes, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum FailOn {
    Note,
    Minor,
    Major,
    Critical,
    Never,
}

/// What `--color` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum ColorWhen {
    Auto,
    Always,
    Never,
}

pub(super) fn output_names() -> OutputNames {
    OutputNames(PossibleValuesParser::new(OUTPUTS.iter().map(|kind| PossibleValue::new(kind.name).help(kind.about))))
}

/// Names of output formats; of one that this program was built without, the error says how to get it.
#[derive(Clone, Debug)]
pub struct OutputNames(PossibleValuesParser);

impl TypedValueParser for OutputNames {
    type Value = String;

    fn parse_ref(&self, cmd: &Command, arg: Option<&Arg>, typed: &OsStr) -> Result<String, clap::Error> {
        if let Some(remedy) = typed.to_str().and_then(left_out) {
            let error = format!("invalid value '{}' for '--format <FORMAT>': {remedy}\n", typed.display());
            return Err(clap::Error::raw(ErrorKind::InvalidValue, error).with_cmd(cmd));
        }
        self.0.parse_ref(cmd, arg, typed)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

pub(super) fn input_names() -> PossibleValuesParser {
    PossibleValuesParser::new(InputFormat::names())
}
