//! The arguments of `agree`.

use super::shared::{ColorWhen, PickArgs, RULES, ReadArgs, RedactArgs, RunArgs, WRITING};
use crate::agree::{REPORTS, ReportKind, by_name};
use crate::cli::values::{did_you_mean, split_format};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueHint};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;

pub(super) const AGREE_EXAMPLES: &str = "\
Examples:
  heard agree labels.csv calls/
  heard agree labels.csv calls/ --rules full -o agreement.json
  heard agree labels.csv calls/ --select warm-close -v
  heard audit --rules full --format jsonl calls/ | heard agree labels.csv

The table has a row a verdict, with commas, semicolons or tabs:
  call,rule,verdict,grader,why
  c-17,warm-close,fail,jo,ends on the reference number
grader and why may be missing. Verdicts are pass, fail, not-applicable (na)
and not-scorable (ns). The call is named by its id or by its file's name.

Exit codes: 0 compared, 2 did not run (or nothing to compare), 3 some input
was unreadable.";

/// What `agree` takes.
#[derive(Debug, Args)]
pub struct AgreeArgs {
    /// Verdicts of graders, a table with the columns call, rule, verdict, and grader and why
    #[arg(value_name = "LABELS.csv", value_hint = ValueHint::FilePath)]
    pub labels: PathBuf,
    /// Transcripts to audit, or results of an audit in JSON lines; - for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,

    /// Rules to judge transcripts by: a shipped pack or a TOML file; repeatable [default: the shipped pack that has the labelled rules]
    #[arg(long, value_name = "PACK|FILE", help_heading = RULES)]
    pub rules: Vec<String>,
    /// Which of the labelled rules.
    #[command(flatten)]
    pub pick: PickArgs,

    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,

    /// Format for standard output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = names(), help_heading = WRITING)]
    pub format: String,
    /// Write the report to a file too: format by extension, or FORMAT:FILE; repeatable
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = WRITING)]
    pub output: Vec<ReportFile>,
    /// Begin CSV with a byte order mark, for Excel
    #[arg(long, help_heading = WRITING)]
    pub csv_bom: bool,
    /// Colour of the text report (NO_COLOR is heeded too)
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = WRITING)]
    pub color: ColorWhen,

    /// Where what tells who somebody is is replaced.
    #[command(flatten)]
    pub redact: RedactArgs,
    /// How it is run.
    #[command(flatten)]
    pub run: RunArgs,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(REPORTS.iter().map(|kind| PossibleValue::new(kind.name).help(kind.about)))
}

/// A report file that was asked for.
#[derive(Clone)]
pub struct ReportFile {
    /// The format, named or meant by the extension.
    pub kind: &'static ReportKind,
    /// Where to.
    pub path: PathBuf,
}

impl std::fmt::Debug for ReportFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind.name, self.path.display())
    }
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let known = || REPORTS.iter().map(|kind| kind.name);
        let all = known().collect::<Vec<_>>().join(", ");
        let (named, file) = split_format(typed);
        if matches!(file, "" | "-") {
            return Err("standard output has its own flag: --format FORMAT".to_owned());
        }
        let path = PathBuf::from(file);
        let kind = if let Some(name) = &named {
            by_name(name).ok_or_else(|| {
                let near = did_you_mean(name, known());
                format!("no format `{name}`{near}; one of {all}")
            })?
        } else {
            let extension = Path::new(file).extension().unwrap_or_default();
            let means = |kind: &&ReportKind| kind.extension.is_some_and(|known| extension.eq_ignore_ascii_case(known));
            REPORTS.iter().find(means).ok_or_else(|| {
                format!("no format is known by that extension; write FORMAT:{file}, FORMAT one of {all}")
            })?
        };
        Ok(ReportFile { kind, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_a_format_by_name_or_extension() {
        let read = |typed: &str| {
            let file = typed.parse::<ReportFile>();
            file.map(|f| format!("{f:?}")).map_err(|e| e.split(';').next().unwrap_or("").to_owned())
        };
        assert_eq!(read("a.json"), Ok("json:a.json".into()));
        assert_eq!(read("csv-disputes:d.CSV"), Ok("csv-disputes:d.CSV".into()));
        assert_eq!(read("a.CSV"), Ok("csv:a.CSV".into()));
        assert_eq!(read("jsn:a"), Err("no format `jsn` (did you mean `json`?)".into()));
        assert!(read("a.pdf").is_err() && read("json:").is_err() && read("-").is_err());
    }
}
