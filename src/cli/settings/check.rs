//! What the arguments of `check` mean.

use super::{WriteSettings, pack_files, packs, severity, trimmed};
use crate::cli::check::CheckArgs;
use crate::cli::shared::FailOn;
use crate::report::Severity;
use crate::rules::{PackRef, Pick};
use crate::script::check;
use anyhow::Result;
use std::path::PathBuf;

/// The pack that is used when none is named.
const DEFAULT_PACK: &str = "scripts";

/// What a check of scripts needs to know.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct CheckSettings {
    /// The scripts and folders as typed.
    pub scripts: Vec<String>,
    /// The packs, in order.
    pub packs: Vec<PackRef>,
    /// Which of their rules.
    pub pick: Pick,
    /// Rules about the page, which no pack holds, that are left out.
    pub ignore: Vec<String>,
    /// Rules about the page, if none but these were chosen.
    pub only: Vec<String>,
    /// The lowest score of a path that is fine, in tenths of a point.
    pub fail_under: Option<u32>,
    /// The mildest severity whose failure is none.
    pub fail_on: Option<Severity>,
    /// An old file or folder to compare with.
    pub against: Option<PathBuf>,
    /// An old revision to compare with.
    pub against_rev: Option<String>,
    /// The baseline.
    pub baseline: Option<PathBuf>,
    /// Whether it is written rather than heeded.
    pub write_baseline: bool,
    /// Words a minute.
    pub wpm: f64,
    /// Most paths of a script.
    pub max_paths: usize,
    /// Whether unreadable scripts leave the exit code alone.
    pub lenient: bool,
    /// The paths to be shown as they would be said, by a part of their name.
    pub explain_path: Option<String>,
    /// What is written.
    pub writing: WriteSettings,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
}

impl CheckSettings {
    /// Checks and resolves the arguments of `check`.
    pub fn resolve(args: CheckArgs) -> Result<Self> {
        let packs = packs(&args.rules, DEFAULT_PACK);
        let not_over = args
            .scripts
            .iter()
            .map(PathBuf::from)
            .chain(pack_files(&packs))
            .chain(args.baseline.clone())
            .chain(args.against.clone());
        let writing = WriteSettings::resolve(args.write, not_over)?;
        // Against an old state whatever got worse counts, unless something else is asked for.
        let compares = args.against.is_some() || args.against_rev.is_some();
        let usual = if compares { FailOn::Note } else { FailOn::Major };
        let known: Vec<String> = check::heads().into_iter().map(|h| h.id).collect();
        let of_page = |id: &String| known.contains(id);
        let (mut ignore, of_packs): (Vec<String>, _) = trimmed(&args.pick.ignore).into_iter().partition(of_page);
        let (asked, select): (Vec<String>, Vec<String>) = trimmed(&args.pick.select).into_iter().partition(of_page);
        // Who chooses rules chooses whether statements are compared, too.
        let statements = check::STATEMENT_IS_KEPT.to_owned();
        if !select.is_empty() && !asked.contains(&statements) {
            ignore.push(statements);
        }
        let alone = !asked.is_empty() && select.is_empty();
        Ok(CheckSettings {
            packs,
            pick: Pick { select, ignore: of_packs, detectors: args.pick.detectors.map(Into::into), ..Pick::default() },
            ignore,
            only: if alone { asked } else { Vec::new() },
            scripts: args.scripts,
            fail_under: args.fail_under.map(|points| points.0),
            fail_on: severity(args.fail_on.unwrap_or(usual)),
            against: args.against,
            against_rev: args.against_rev,
            baseline: args.baseline,
            write_baseline: args.write_baseline,
            wpm: args.wpm.0,
            max_paths: args.max_paths.get().min(MOST_PATHS),
            lenient: args.lenient,
            explain_path: args.explain_path,
            writing,
            verbosity: if args.quiet { -1 } else { i8::try_from(args.verbose).unwrap_or(i8::MAX) },
        })
    }
}

/// Nobody reads more.
const MOST_PATHS: usize = 10_000;
