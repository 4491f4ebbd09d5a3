//! What the arguments of `summary` mean.

use super::{ReportSettings, WriteSettings};
use crate::cli::summary::SummaryArgs;
use crate::results::ResultsInput;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// What a summary needs to know.
pub struct SummarySettings {
    /// The results, in order.
    pub results: Vec<ResultsInput>,
    /// What they are set against; empty for nothing.
    pub against: Vec<ResultsInput>,
    /// What the report shows.
    pub report: ReportSettings,
    /// What is written.
    pub writing: WriteSettings,
    /// Whether what tells who somebody is is replaced, in every output.
    pub redacts: bool,
    /// Whether lines that are no results leave the exit code alone.
    pub lenient: bool,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
}

impl SummarySettings {
    /// Checks and resolves the arguments.
    pub fn resolve(args: SummaryArgs) -> Result<Self> {
        let typed = || args.results.iter().chain(&args.against);
        if typed().filter(|path| path.as_path() == Path::new("-")).count() > 1 {
            bail!("standard input can be read once: name files for the others");
        }
        let writing = WriteSettings::resolve(args.write, typed().cloned())?;
        Ok(SummarySettings {
            report: ReportSettings::resolve(&args.report, &writing)?,
            writing,
            results: opened(&args.results)?,
            against: opened(&args.against)?,
            redacts: !args.no_redact,
            lenient: args.lenient,
            verbosity: if args.quiet { -1 } else { i8::try_from(args.verbose).unwrap_or(i8::MAX) },
        })
    }
}

/// All of them, or all that is wrong with them.
fn opened(paths: &[PathBuf]) -> Result<Vec<ResultsInput>> {
    let (mut inputs, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        match ResultsInput::open(path) {
            Ok(input) => inputs.push(input),
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() { Ok(inputs) } else { bail!("{}", wrong.join("\n")) }
}
