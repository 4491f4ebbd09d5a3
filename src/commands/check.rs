//! `heard check`: call scripts, their paths under the rules, and what changed since.

use super::print;
use crate::cli::check::CheckArgs;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::settings::{CheckSettings, WriteSettings};
use crate::output::{self, Output, Setup};
use crate::report::rollup::RollUp;
use crate::report::script::CheckSummary;
use crate::report::{RuleHead, Unreadable};
use crate::rules::RuleBook;
use crate::run::delivery;
use crate::script::check::baseline::{self, Baseline};
use crate::script::check::history::Old;
use crate::script::check::since::{self, Since};
use crate::script::check::{CheckedPath, CheckedScript, Checker, Ears, Remark, all_heads, files, summary};
use anyhow::{Error, Result, anyhow};
use std::ops::ControlFlow;
use std::path::Path;

/// Runs `check`.
pub fn run(args: CheckArgs) -> Result<Exit> {
    let settings = CheckSettings::resolve(args)?;
    let book = RuleBook::load(&settings.packs, &settings.pick)?;
    let heads = all_heads(&book);
    let mut files = files::find(&settings.scripts).map_err(Error::msg)?;
    // The baseline lies beside the scripts and is none.
    files.retain(|f| settings.baseline.as_ref().is_none_or(|baseline| !is_same(&f.path, baseline)));
    let old = old_state(&settings, files.len()).map_err(Error::msg)?;
    let mut known = match (&settings.baseline, settings.write_baseline) {
        (Some(file), false) => Some(Baseline::read(file).map_err(|e| anyhow!("--baseline {e}"))?),
        _ => None,
    };
    let console = Console::new(settings.verbosity, false, None);

    let ears = if old.is_some() { Some(Ears::load(&settings.packs)?) } else { None };
    let mut checker = Checker::new(&book, settings.wpm, settings.max_paths, ears.as_ref());
    let (mut scripts, mut unreadable, mut skipped) = (Vec::new(), Vec::new(), 0);
    for file in &files {
        let unread = |error: String| Unreadable { record: 0, source: file.source.clone(), line: None, error };
        match files::read(&file.path).map(|text| checker.check(&file.source, &text)) {
            Ok(Ok(script)) => scripts.push((file, script)),
            Ok(Err(error)) if error.unknown && !file.typed => {
                console.detail(&format!("{}: {error}; not checked", file.source));
                skipped += 1;
            }
            Ok(Err(error)) => unreadable.push(unread(error.to_string())),
            Err(error) => unreadable.push(unread(error)),
        }
    }
    if skipped > 0 {
        let files = if skipped == 1 { "1 file holds".to_owned() } else { format!("{skipped} files hold") };
        console.note(&format!("{files} no prompts in a shape that is known: not checked (-v names them)"));
    }
    let mut summary = CheckSummary {
        scripts: scripts.len(),
        paths: scripts.iter().map(|(_, s)| s.paths.len()).sum(),
        against: old.as_ref().map(Old::name),
        ..CheckSummary::default()
    };
    for (_, script) in &scripts {
        script.remarks.iter().for_each(|remark| say(&console, remark));
    }
    let since = match &old {
        Some(old) => since::settle(old, &settings.scripts, &mut scripts, &mut checker, &book).map_err(Error::msg)?,
        None => Since::default(),
    };
    since.remarks.iter().for_each(|remark| say(&console, remark));
    let mut scripts: Vec<CheckedScript> = scripts.into_iter().map(|(_, s)| s).collect();
    scripts.extend(since.removed);
    if scripts.is_empty() && unreadable.is_empty() {
        return Err(anyhow!("no scripts: in a folder, files ending in .{} are read", files::endings().join(", .")));
    }
    let mut left_out = settings.ignore.clone();
    if !settings.only.is_empty() {
        left_out.extend(heads.iter().map(|h| h.id.clone()).filter(|id| !settings.only.contains(id)));
    }
    for path in scripts.iter_mut().flat_map(|s| &mut s.paths) {
        path.leave_out(&left_out, &heads);
    }
    let id = |rule: usize| heads.get(rule).map_or(String::new(), |h| h.id.clone());
    if let (Some(file), true) = (&settings.baseline, settings.write_baseline) {
        let count = baseline::write(file, &scripts, &id).map_err(|e| anyhow!("--baseline {e}"))?;
        let findings = if count == 1 { "1 finding is".to_owned() } else { format!("{count} findings are") };
        console.note(&format!("{}: {findings} accepted from now on", file.display()));
        let mut written = Baseline::read(file).map_err(|e| anyhow!("--baseline {e}"))?;
        written.apply(&mut scripts, &id);
    } else if let Some(known) = &mut known {
        known.apply(&mut scripts, &id);
        let sources: Vec<&str> = files.iter().map(|f| f.source.as_str()).collect();
        summary.outdated = known.outdated(&sources, true);
    }
    if let Some(name) = &settings.explain_path {
        return explain(&settings, &book, &heads, &scripts, name);
    }
    summary::count(&scripts, &heads, &mut summary);
    let fell_short = summary::falls_short(&scripts, &heads, settings.fail_under, settings.fail_on);
    deliver(&settings, &book, heads, summary, &scripts, &unreadable)?;
    for record in &unreadable {
        console.unreadable(record);
    }
    Ok(if !unreadable.is_empty() && !settings.lenient {
        console.quiet_reason(&format!("exit 3: scripts that could not be read: {}", unreadable.len()));
        Exit::Unreadable
    } else if fell_short && !settings.write_baseline {
        console.quiet_reason("exit 1: a script fell short of --fail-on or --fail-under");
        Exit::FellShort
    } else {
        Exit::Fine
    })
}

fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(one).is_some_and(|one| Some(one) == real(other))
}

fn say(console: &Console, remark: &Remark) {
    match remark {
        Remark::Note(text) => console.note(text),
        Remark::Detail(text) => console.detail(text),
    }
}

/// The old state that was asked for.
fn old_state(settings: &CheckSettings, scripts: usize) -> Result<Option<Old>, String> {
    if let Some(rev) = &settings.against_rev {
        return Old::revision(rev, &settings.scripts).map(Some);
    }
    let Some(path) = &settings.against else {
        return Ok(None);
    };
    let old = Old::typed(path)?;
    if matches!(old, Old::File(_)) && scripts != 1 {
        return Err(format!(
            "--against {}: one old file, and {scripts} scripts; name one script, or an old folder",
            path.display()
        ));
    }
    Ok(Some(old))
}

/// Shows the paths whose name holds some words as they would be said.
fn explain(
    settings: &CheckSettings,
    book: &RuleBook,
    heads: &[RuleHead],
    scripts: &[CheckedScript],
    name: &str,
) -> Result<Exit> {
    let setup = setup(settings, book, heads.to_vec(), None);
    let wanted = name.to_lowercase();
    let mut text = Vec::new();
    for script in scripts {
        let fits = |path: &&CheckedPath| path.script.name.to_lowercase().contains(&wanted);
        for (record, path) in script.paths.iter().enumerate().filter(|(_, path)| fits(path)) {
            // It is told whole, whatever an earlier path has told.
            let mut path = path.clone();
            path.script.notes.iter_mut().for_each(|note| (note.repeated, note.others) = (false, 0));
            output::path::explain(&setup, &path.report(record as u64, &script.source), &mut text);
        }
    }
    if text.is_empty() {
        let known: Vec<&str> = scripts.iter().flat_map(|s| &s.paths).map(|p| p.script.name.as_str()).take(8).collect();
        let known = known.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        return Err(anyhow!("--explain-path {name}: no path is called so; there are {known} (\"\" takes all)"));
    }
    print(&text)
}

/// What outputs need to know.
fn setup(settings: &CheckSettings, book: &RuleBook, rules: Vec<RuleHead>, check: Option<CheckSummary>) -> Setup {
    let WriteSettings { width, color, csv_bom, html_calls, .. } = settings.writing;
    let verbosity = settings.verbosity;
    Setup { width, color, csv_bom, html_calls, verbosity, all: true, check, ..Setup::plain(rules, book.by().clone()) }
}

/// Writes all that was asked for.
fn deliver(
    settings: &CheckSettings,
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
    let setup = setup(settings, book, rules, Some(summary));
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
    delivery.end(&outputs, |_| &rollup)?;
    Ok(())
}
