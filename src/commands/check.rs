//! `heard check`: call scripts, their paths under the rules, and what changed since.

mod old;

use crate::cli::check::CheckArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::Checking;
use crate::input::source::{Inputs, MAX_RECORD_BYTES};
use crate::output::{Output, Setup};
use crate::report::rollup::RollUp;
use crate::report::script::{CheckSummary, Standing};
use crate::report::{RuleHead, Severity, Unreadable, Verdict};
use crate::rules::RuleBook;
use crate::run::delivery;
use crate::script::check::baseline::{self, Baseline};
use crate::script::check::history::Old;
use crate::script::check::{ALLOWED, CheckedScript, Checker, all_heads};
use anyhow::{Result, anyhow};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Endings of files that are scripts, when they lie in a folder.
const ENDINGS: [&str; 5] = ["md", "markdown", "mdown", "txt", "text"];

/// Runs `check`.
pub fn run(args: CheckArgs) -> Result<Exit> {
    let settings = Checking::resolve(args)?;
    let book = RuleBook::load(&settings.packs, &settings.pick)?;
    let heads = all_heads(&book);
    let files = files(&settings.scripts)?;
    let old = old::state(&settings, &files)?;
    let mut known = match (&settings.baseline, settings.write_baseline) {
        (Some(file), false) => Some(Baseline::read(file).map_err(|e| anyhow!("--baseline {e}"))?),
        _ => None,
    };
    let console = Console::new(settings.verbosity, false, None);

    let mut checker = Checker::new(&book, settings.wpm, settings.max_paths);
    let (mut scripts, mut unreadable) = (Vec::new(), Vec::new());
    for file in &files {
        match read(&file.path).and_then(|text| checker.check(&file.source, &text)) {
            Ok(script) => scripts.push((file, script)),
            Err(error) => unreadable.push(Unreadable { record: 0, source: file.source.clone(), error }),
        }
    }
    let mut summary = CheckSummary {
        scripts: scripts.len(),
        paths: scripts.iter().map(|(_, s)| s.paths.len()).sum(),
        against: old.as_ref().map(Old::name),
        ..CheckSummary::default()
    };
    for (_, script) in &scripts {
        script.remarks.iter().for_each(|r| console.note(r));
        script.details.iter().for_each(|d| console.detail(d));
    }
    let gone = match &old {
        Some(old) => old::settle(old, &settings.scripts, &mut scripts, &mut checker, &book, &console)?,
        None => Vec::new(),
    };
    let mut scripts: Vec<CheckedScript> = scripts.into_iter().map(|(_, s)| s).collect();
    scripts.extend(gone);
    if scripts.is_empty() && unreadable.is_empty() {
        return Err(anyhow!("no scripts: in a folder, files ending in .{} are read", ENDINGS.join(", .")));
    }
    for path in scripts.iter_mut().flat_map(|s| &mut s.paths) {
        path.leave_out(&settings.ignore, &heads);
    }
    let id = |rule: usize| heads.get(rule).map_or(String::new(), |h| h.id.clone());
    if let (Some(file), true) = (&settings.baseline, settings.write_baseline) {
        let count = baseline::write(file, &scripts, &id).map_err(|e| anyhow!("--baseline {e}"))?;
        console.note(&format!("{}: {count} findings are accepted from now on", file.display()));
        let mut written = Baseline::read(file).map_err(|e| anyhow!("--baseline {e}"))?;
        written.apply(&mut scripts, &id);
    } else if let Some(known) = &mut known {
        known.apply(&mut scripts, &id);
        let sources: Vec<&str> = files.iter().map(|f| f.source.as_str()).collect();
        summary.gone = known.gone(&sources, true);
    }
    count(&scripts, &heads, &mut summary);
    let fell_short = falls_short(&scripts, &heads, &settings);
    deliver(&settings, &book, heads, summary, &scripts, &unreadable)?;
    for record in &unreadable {
        console.unreadable(record);
    }
    Ok(if !unreadable.is_empty() && !settings.lenient {
        Exit::Unreadable
    } else if fell_short && !settings.write_baseline {
        Exit::FellShort
    } else {
        Exit::Fine
    })
}

/// A script to check.
struct File {
    path: PathBuf,
    /// What was typed: the file, or a folder above it.
    root: PathBuf,
    source: String,
}

fn files(typed: &[String]) -> Result<Vec<File>> {
    let mut scripts = Vec::new();
    for one in typed {
        if one == "-" {
            return Err(anyhow!("a script is a file or a folder: standard input has no lines to point at"));
        }
        let inputs = Inputs::resolve(std::slice::from_ref(one)).map_err(|e| anyhow!("{e}"))?;
        for entry in inputs.walk() {
            let Some(path) = entry.path else { continue };
            if entry.typed || is_script(&path) {
                scripts.push(File { path, root: PathBuf::from(one), source: entry.source });
            }
        }
    }
    Ok(scripts)
}

/// Whether a file of a folder is a script, by its name.
fn is_script(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path).map(|m| m.len());
    if size.is_ok_and(|bytes| bytes > MAX_RECORD_BYTES as u64) {
        return Err("is larger than 16 MiB: this is no call script".to_owned());
    }
    std::fs::read(path).map_err(|e| format!("cannot be read: {e}"))
}

fn count(scripts: &[CheckedScript], heads: &[RuleHead], summary: &mut CheckSummary) {
    for path in scripts.iter().flat_map(|s| &s.paths) {
        for (result, note) in path.judged.results.iter().zip(&path.script.notes) {
            if note.repeated {
                continue;
            }
            if result.reason == ALLOWED {
                summary.allowed += 1;
            } else if note.standing == Standing::Better {
                summary.better += 1;
            } else if result.verdict == Verdict::Fail && note.standing == Standing::Known {
                summary.known += 1;
            } else if result.verdict == Verdict::Fail {
                let severity = heads.get(result.rule).map_or(Severity::Note, |h| h.severity);
                summary.findings[severity as usize] += 1;
            }
        }
    }
}

fn falls_short(scripts: &[CheckedScript], heads: &[RuleHead], settings: &Checking) -> bool {
    let paths = || scripts.iter().flat_map(|s| &s.paths);
    let below =
        settings.fail_under.is_some_and(|least| paths().any(|p| p.judged.score.is_some_and(|s| s.tenths < least)));
    let failed = settings.fail_on.is_some_and(|least| {
        paths().flat_map(|p| p.judged.results.iter().zip(&p.script.notes)).any(|(result, note)| {
            result.verdict == Verdict::Fail
                && note.standing != Standing::Known
                && heads.get(result.rule).is_some_and(|h| h.severity >= least)
        })
    });
    below || failed
}

/// Writes all that was asked for.
fn deliver(
    settings: &Checking,
    book: &RuleBook,
    heads: Vec<RuleHead>,
    summary: CheckSummary,
    scripts: &[CheckedScript],
    unreadable: &[Unreadable],
) -> Result<()> {
    let mut rollup = RollUp::new(&heads);
    // The columns of tables are those of the rules; the rest is about comments and only there if something is wrong.
    let on_page =
        scripts.iter().flat_map(|s| &s.paths).flat_map(|p| &p.judged.results).any(|r| r.rule >= book.heads().len());
    let rules = if on_page { heads } else { book.heads().to_vec() };
    let setup = Setup {
        rules,
        by: book.by().clone(),
        width: settings.writing.width,
        color: settings.writing.color,
        csv_bom: settings.writing.csv_bom,
        verbosity: settings.verbosity,
        check: Some(summary),
    };
    let (outputs, mut delivery) = delivery::open(settings.writing.standard, &settings.writing.files, &setup)?;
    delivery.begin(&outputs)?;
    let mut write = |event: &dyn Fn(&dyn Output, &mut Vec<u8>)| -> Result<ControlFlow<()>> {
        let mut streams: Vec<Vec<u8>> = vec![Vec::new(); outputs.len()];
        for (output, bytes) in outputs.iter().zip(&mut streams) {
            event(output.as_ref(), bytes);
        }
        Ok(delivery.write(&outputs, &streams)?)
    };
    for script in scripts {
        for (record, path) in script.paths.iter().enumerate() {
            let report = path.report(record as u64, &script.source);
            rollup.call(&report);
            if write(&|output, to| output.call(&report, to))?.is_break() {
                return Ok(());
            }
        }
    }
    for record in unreadable {
        rollup.unreadable(record);
        if write(&|output, to| output.unreadable(record, to))?.is_break() {
            return Ok(());
        }
    }
    delivery.end(&outputs, &rollup)?;
    Ok(())
}
