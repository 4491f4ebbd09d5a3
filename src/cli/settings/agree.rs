//! What the arguments of `agree` mean.

use super::{ReadSettings, check_files, colored, pack_files, standard_input_or_help, trimmed, verbosity, width};
use crate::agree::results::Results;
use crate::agree::{ReportKind, Style, by_name};
use crate::cli::agree::{AgreeArgs, ReportFile};
use crate::input::files::results::are_in_one_piece;
use crate::rules::PackRef;
use crate::run::delivery::Redacts;
use anyhow::{Result, anyhow, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What a comparison with graders needs to know.
pub struct AgreeSettings {
    /// The packs as typed; none leaves it to the labels.
    pub packs: Vec<PackRef>,
    /// Only these labelled rules; empty means all.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// How transcripts are read, if there are any.
    pub reading: Option<ReadSettings>,
    /// Results that were written before.
    pub results: Vec<Results>,
    /// The format of standard output.
    pub standard: &'static ReportKind,
    /// The files to write.
    pub files: Vec<ReportFile>,
    /// Where what tells who somebody is is replaced.
    pub redacts: Redacts,
    /// How reports look.
    pub style: Style,
    /// Whether unreadable input leaves the exit code alone.
    pub lenient: bool,
}

impl AgreeSettings {
    /// Checks and resolves the arguments of `agree`.
    pub fn resolve(args: AgreeArgs) -> Result<Self> {
        let packs: Vec<PackRef> = args.rules.iter().map(|name| PackRef::typed(name)).collect();
        let standard = by_name(&args.format).ok_or_else(|| anyhow!("no output format `{}`", args.format))?;
        let not_over = args
            .paths
            .iter()
            .map(PathBuf::from)
            .chain([args.labels])
            .chain(args.read.meta.clone())
            .chain(pack_files(&packs));
        check_files(args.output.iter().map(|file| file.path.as_path()), not_over)?;
        let mut paths = args.paths;
        if paths.is_empty() {
            standard_input_or_help("agree")?;
            paths.push("-".into());
        }
        let (results, transcripts) = apart(paths)?;
        let reading = if transcripts.is_empty() {
            None
        } else {
            Some(ReadSettings::resolve("agree", transcripts, &args.read, &args.run)?)
        };
        Ok(AgreeSettings {
            packs,
            select: trimmed(&args.pick.select),
            ignore: trimmed(&args.pick.ignore),
            reading,
            results,
            standard,
            files: args.output,
            redacts: args.redact.redacts(),
            style: Style {
                width: width(),
                color: colored(args.color),
                csv_bom: args.csv_bom,
                verbosity: verbosity(&args.run),
            },
            lenient: args.read.lenient,
        })
    }

    /// Whether a rule is one of those that are looked at.
    pub fn is_picked(&self, rule: &str) -> bool {
        let among = |ids: &[String]| ids.iter().any(|id| id == rule);
        (self.select.is_empty() || among(&self.select)) && !among(&self.ignore)
    }
}

/// Results, and what is left to be read as transcripts.
fn apart(paths: Vec<OsString>) -> Result<(Vec<Results>, Vec<OsString>)> {
    let (mut results, mut transcripts) = (Vec::new(), Vec::new());
    for path in paths {
        let opened = if path == "-" {
            Results::of_stdin()
        } else {
            let path = Path::new(&path);
            if are_in_one_piece(path) {
                bail!(
                    "{}: is a report in one piece; results are read as JSON lines, as heard audit --format jsonl writes them",
                    path.display()
                );
            }
            Results::of_file(path)
        };
        match opened {
            Some(opened) => results.push(opened),
            None => transcripts.push(path),
        }
    }
    Ok((results, transcripts))
}
