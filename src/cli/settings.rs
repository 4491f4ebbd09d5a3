//! What the arguments mean: resolved and checked, all of it before any input is read.

mod agree;
mod check;
mod summary;

pub use agree::AgreeSettings;
pub use check::CheckSettings;
pub use summary::SummarySettings;

use crate::cli::console::NoInput;
use crate::cli::shared::{ColorWhen, FailOn, ReadArgs, ReportArgs, RunArgs, WriteArgs};
use crate::cli::values::did_you_mean;
use crate::cli::{AuditArgs, ConvertArgs};
use crate::input::metadata::MetaTable;
use crate::input::metadata::name_pattern::NamePattern;
use crate::input::registry::InputFormat;
use crate::input::source::{Inputs, ReadOptions};
use crate::output::{OUTPUTS, OutputKind, Setup, by_name};
use crate::report::narrow::Narrow;
use crate::report::rollup::RollUp;
use crate::report::{JudgedBy, RuleHead, Severity};
use crate::roles::mapping::RoleRule;
use crate::rules::{PackRef, Pick};
use crate::run::delivery::{OutputFile, Redacts};
use crate::run::pipeline::Threads;
use crate::run::sample::Sample;
use anyhow::{Context, Result, anyhow, bail};
use clap::CommandFactory;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Input of known size below this is worked off in the calling thread: threads would cost more than they bring.
const SMALL: u64 = 256 << 10;

/// No machine has more use for workers; each has memory of its own.
const MOST_JOBS: NonZeroUsize = NonZeroUsize::new(512).expect("not zero");

/// The pack that is used when none is named.
const DEFAULT_PACK: &str = "empathy";

/// What every command that reads calls needs to know.
pub struct ReadSettings {
    /// What is read.
    pub inputs: Inputs,
    /// How much it is, where that is known.
    pub total_bytes: Option<u64>,
    /// How.
    pub options: Arc<ReadOptions>,
    /// Whether unreadable input leaves the exit code alone.
    pub lenient: bool,
    /// Where the work is done.
    pub threads: Threads,
    /// Whether a progress bar is shown.
    pub bar: bool,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
}

/// What an audit needs to know.
pub struct AuditSettings {
    /// How it reads.
    pub reading: ReadSettings,
    /// The packs, in order.
    pub packs: Vec<PackRef>,
    /// Which of their rules.
    pub pick: Pick,
    /// The lowest score, in tenths of a point, that is no reason for [`crate::cli::exit::Exit::FellShort`].
    pub fail_under: Option<u32>,
    /// The mildest severity whose failure is a reason for it.
    pub fail_on: Option<Severity>,
    /// Which calls.
    pub sample: Option<Sample>,
    /// What the report shows.
    pub report: ReportSettings,
    /// What is written.
    pub writing: WriteSettings,
    /// Where what tells who somebody is is replaced.
    pub redacts: Redacts,
    /// The id of the call to trace.
    pub trace: Option<String>,
    /// Results of an earlier run.
    pub resume: Option<PathBuf>,
}

/// What is written, and where.
pub struct WriteSettings {
    /// The format of standard output.
    pub standard: &'static OutputKind,
    /// The files to write.
    pub files: Vec<OutputFile>,
    /// Columns of text reports.
    pub width: usize,
    /// Whether standard output has colours.
    pub color: bool,
    /// Whether CSV begins with a byte order mark.
    pub csv_bom: bool,
    /// How many calls a web page shows whole.
    pub html_calls: usize,
}

impl WriteSettings {
    /// Checks and resolves what is written; never over a file that is read.
    pub fn resolve(args: WriteArgs, not_over: impl Iterator<Item = PathBuf>) -> Result<Self> {
        let standard = by_name(&args.format).ok_or_else(|| anyhow!("no output format `{}`", args.format))?;
        check_files(args.output.iter().map(|file| file.path.as_path()), not_over)?;
        Ok(WriteSettings {
            standard,
            files: args.output,
            width: args.width.map_or_else(width, NonZeroUsize::get),
            color: colored(args.color),
            csv_bom: args.csv_bom,
            html_calls: args.html_calls,
        })
    }

    /// The formats that are written.
    pub fn kinds(&self) -> impl Iterator<Item = &'static OutputKind> + '_ {
        std::iter::once(self.standard).chain(self.files.iter().map(|file| file.kind))
    }

    /// What the outputs of calls may depend on.
    pub fn setup(&self, rules: Vec<RuleHead>, by: JudgedBy, report: &ReportSettings, verbosity: i8) -> Setup {
        Setup {
            rules,
            by,
            width: self.width,
            color: self.color,
            csv_bom: self.csv_bom,
            html_calls: self.html_calls,
            verbosity,
            rows: rows(),
            all: report.all,
            summary: report.summary,
            rank_from: report.rank_from,
            check: None,
        }
    }
}

/// What a report shows of many calls.
pub struct ReportSettings {
    /// What it is narrowed to.
    pub narrow: Narrow,
    /// The figures over all calls alone.
    pub summary: bool,
    /// Every call.
    pub all: bool,
    /// Agents are ranked, of those with so many calls at least.
    pub rank_from: Option<NonZeroUsize>,
    /// Pseudonyms in place of names.
    pub anonymous: bool,
    /// Columns of metadata to be set against each rule.
    pub outcomes: Vec<String>,
}

impl ReportSettings {
    /// Checks and resolves what a report shows, in these formats.
    pub fn resolve(args: &ReportArgs, writing: &WriteSettings) -> Result<Self> {
        if let Some(kind) = writing.kinds().find(|kind| args.summary && !kind.rollup) {
            let with: Vec<&str> = OUTPUTS.iter().filter(|kind| kind.rollup).map(|kind| kind.name).collect();
            bail!(
                "--summary: {} holds calls and no figures over them; formats that do: {}",
                kind.name,
                with.join(", ")
            );
        }
        Ok(ReportSettings {
            narrow: Narrow::to(trimmed(&args.agent), trimmed(&args.queue), trimmed(&args.rule)),
            summary: args.summary,
            all: args.all,
            rank_from: args.rank,
            anonymous: args.anonymous,
            outcomes: trimmed(&args.outcome),
        })
    }

    /// Leaves the rules that are named.
    pub fn heads(&mut self, heads: Vec<RuleHead>) -> Result<Vec<RuleHead>> {
        let known: Vec<String> = heads.iter().map(|head| head.id.clone()).collect();
        self.narrow.heads(heads).map_err(|unknown| {
            let near = did_you_mean(&unknown, known.iter().map(String::as_str));
            anyhow!("--rule {unknown}: no such rule is applied{near}")
        })
    }

    /// Empty counters of what these formats show.
    pub fn counters(&self, heads: &[RuleHead], writing: &WriteSettings) -> RollUp {
        let worst =
            if self.all || self.summary { 0 } else { writing.kinds().map(|kind| kind.worst).max().unwrap_or(0) };
        RollUp::new(heads).with_worst(worst).with_outcomes(&self.outcomes)
    }
}

/// The packs that are named; the usual one if none is.
fn packs(named: &[String], usual: &str) -> Vec<PackRef> {
    match named {
        [] => vec![PackRef::Shipped(usual.to_owned())],
        named => named.iter().map(|name| PackRef::typed(name)).collect(),
    }
}

/// Those of them that are files.
fn pack_files(packs: &[PackRef]) -> impl Iterator<Item = PathBuf> {
    packs.iter().filter_map(|pack| match pack {
        PackRef::File(path) => Some(path.clone()),
        PackRef::Shipped(_) => None,
    })
}

impl AuditSettings {
    /// Checks and resolves the arguments of `audit`.
    pub fn resolve(args: AuditArgs) -> Result<Self> {
        let packs = packs(&args.rules, DEFAULT_PACK);
        let not_over = args.paths.iter().map(PathBuf::from).chain(args.read.meta.clone()).chain(pack_files(&packs));
        let writing = WriteSettings::resolve(args.write, not_over)?;
        let mut reading = ReadSettings::resolve("audit", args.paths, &args.read, &args.run)?;
        let in_lines = writing.standard.in_lines || writing.files.iter().any(|file| file.kind.in_lines);
        Arc::make_mut(&mut reading.options).places = in_lines;
        Ok(AuditSettings {
            report: ReportSettings::resolve(&args.report, &writing)?,
            packs,
            pick: Pick {
                select: trimmed(&args.pick.select),
                ignore: trimmed(&args.pick.ignore),
                detectors: args.pick.detectors.map(Into::into),
                hardship: true,
                ..Pick::default()
            },
            fail_under: args.fail_under.map(|points| points.0),
            fail_on: severity(args.fail_on),
            sample: args.sample,
            writing,
            redacts: args.redact.redacts(),
            trace: args.trace,
            resume: args.resume,
            reading,
        })
    }
}

impl ReadSettings {
    /// Checks and resolves the arguments of `convert`.
    pub fn of_convert(args: ConvertArgs) -> Result<Self> {
        ReadSettings::resolve("convert", args.paths, &args.read, &args.run)
    }

    /// Checks and resolves how a command reads and runs.
    pub fn resolve(command: &str, mut paths: Vec<OsString>, read: &ReadArgs, run: &RunArgs) -> Result<Self> {
        let mut roles = Vec::new();
        for typed in &read.roles {
            roles.push(RoleRule::parse(typed).map_err(|e| anyhow!("--roles {typed}: {e}"))?);
        }
        let pattern = |typed: &String| NamePattern::parse(typed).map_err(|e| anyhow!("--name-pattern {typed}: {e}"));
        let options = ReadOptions {
            from: read.from.as_deref().map(InputFormat::parse).transpose().map_err(|e| anyhow!("--from: {e}"))?,
            max_record_bytes: read.max_record_bytes.0,
            roles,
            meta: read.meta.as_deref().map(MetaTable::read).transpose().map_err(|e| anyhow!("--meta: {e}"))?,
            name_patterns: read.name_pattern.iter().map(pattern).collect::<Result<_>>()?,
            places: false,
            noticed: Arc::default(),
        };
        if paths.is_empty() {
            standard_input_or_help(command)?;
            paths.push("-".into());
        }
        let inputs = Inputs::resolve(&paths).map_err(|e| anyhow!("{e}"))?;
        // Once: it looks at every file of every folder.
        let total_bytes = inputs.total_bytes();
        let small = total_bytes.is_some_and(|bytes| bytes < SMALL);
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let verbosity = verbosity(run);
        Ok(ReadSettings {
            inputs,
            total_bytes,
            options: Arc::new(options),
            lenient: read.lenient,
            threads: if small {
                Threads::Here
            } else {
                Threads::Workers(run.jobs.unwrap_or_else(cores).min(MOST_JOBS))
            },
            bar: !small && !run.no_progress && verbosity >= 0 && std::io::stderr().is_terminal(),
            verbosity,
        })
    }
}

/// 0 is normal; `-v` adds one, `-q` takes one.
fn verbosity(run: &RunArgs) -> i8 {
    if run.quiet { -1 } else { i8::try_from(run.verbose).unwrap_or(i8::MAX) }
}

/// Standard input stands in for a missing PATH if it is a pipe or a file with something in it.
fn standard_input_or_help(command: &str) -> Result<()> {
    let why = if !is_pipe_or_file() {
        "no input: name files or folders, or pipe transcripts in"
    } else if std::io::stdin().lock().fill_buf().context("standard input cannot be read")?.is_empty() {
        "no input: standard input is empty"
    } else {
        return Ok(());
    };
    let mut top = crate::cli::Cli::command();
    top.build();
    let help = top.find_subcommand_mut(command).map(|c| c.render_help().to_string()).unwrap_or_default();
    Err(NoInput { why, help }.into())
}

#[cfg(unix)]
fn is_pipe_or_file() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let stdin = std::io::stdin();
    let file = stdin.as_fd().try_clone_to_owned().map(std::fs::File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|m| {
        let kind = m.file_type();
        kind.is_file() || kind.is_fifo() || kind.is_socket()
    })
}

#[cfg(not(unix))]
fn is_pipe_or_file() -> bool {
    !std::io::stdin().is_terminal()
}

/// No file is written twice, and none over what is read.
fn check_files<'p>(files: impl Iterator<Item = &'p Path>, not_over: impl Iterator<Item = PathBuf>) -> Result<()> {
    let real =
        |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| std::path::absolute(path).unwrap_or_default());
    let inputs: BTreeSet<PathBuf> = not_over.map(|path| real(&path)).collect();
    let mut written = BTreeSet::new();
    for file in files {
        let (path, shown) = (real(file), file.display());
        if inputs.contains(&path) {
            bail!("--output {shown}: this is read too; write somewhere else");
        }
        // What is no file, such as /dev/stdout, may well be named twice.
        if !written.insert(path.clone()) && (path.is_file() || !path.exists()) {
            bail!("--output {shown}: named twice; give each report its own file");
        }
    }
    Ok(())
}

fn trimmed(ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
}

fn severity(typed: FailOn) -> Option<Severity> {
    match typed {
        FailOn::Note => Some(Severity::Note),
        FailOn::Minor => Some(Severity::Minor),
        FailOn::Major => Some(Severity::Major),
        FailOn::Critical => Some(Severity::Critical),
        FailOn::Never => None,
    }
}

/// Whether standard output gets colours.
pub fn colored(when: ColorWhen) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => {
            let unwanted = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            std::io::stdout().is_terminal()
                && !unwanted("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Columns where nobody says how many there are.
const PLAIN: usize = 80;

/// Columns for text: those of the terminal, else 80. What the environment says is not asked, so that a pipe or a file gets
/// the same bytes everywhere.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    terminal.filter(|&width| width > 0).unwrap_or(PLAIN)
}

/// Rows of the terminal, if standard output is one.
fn rows() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout()).map(|(_, height)| usize::from(height.0))
}
