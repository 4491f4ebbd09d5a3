//! `heard rules pin`: a disputed verdict becomes an example of its rule, printed or put into a pack.

use super::books::{self, no_rule, position};
use crate::agree::labels::Labels;
use crate::agree::said::Wanted as Wanting;
use crate::call::Call;
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::rules::RulesPinArgs;
use crate::cli::settings::ReadSettings;
use crate::cli::shared::RunArgs;
use crate::commands::{print, through};
use crate::input::source::{Batch, Decoder, Event};
use crate::pin::insert::{Inserted, inserted, into_pack, make_it_yours};
use crate::pin::{Pin, Wanted, pin};
use crate::report::{Unreadable, Verdict};
use crate::rules::{PackRef, RuleBook, shipped};
use crate::run::pipeline::{HandOver, Sink};
use crate::support::bounded;
use anyhow::{Context as _, Result, anyhow, bail};
use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Calls that are named where none, or more than one, is meant.
const NAMED: usize = 5;

/// Runs `rules pin`.
pub fn run(args: &RulesPinArgs) -> Result<Exit> {
    let into = args.into.as_deref().map(pack_of_ones_own).transpose()?;
    let (book, rule) = match into {
        Some(path) => of_pack(path, &args.rule)?,
        None => of_packs(&args.rules, &args.rule)?,
    };
    let (call, source) = the_call(args)?;
    let why = match &args.labels {
        Some(labels) => graders_why(labels, &call, &source, args)?,
        None => args.why.clone().unwrap_or_default(),
    };
    let wanted = Wanted { expect: args.verdict, why: &why };
    let pinned = pin(&call, &book, rule, wanted);
    let console = Console::new(0, false, None);
    say(&console, &pinned, args);
    let Some(path) = into else {
        return print(pinned.block.as_bytes());
    };
    let shown = path.display();
    let id = &args.rule;
    match into_pack(path, id, &pinned.block).map_err(|e| anyhow!("{e}"))? {
        Inserted::At(line) => print(format!("{shown}:{line}: an example of {id}\n").as_bytes()),
        Inserted::Already => print(format!("{shown}: holds this example already\n").as_bytes()),
        Inserted::NoRule => bail!("{}", make_it_yours(&book, rule, path)),
    }
}

/// What is to be known of the example, beside itself.
fn say(console: &Console, pinned: &Pin, args: &RulesPinArgs) {
    let (wanted, found) = (args.verdict.as_str(), pinned.found.as_str());
    if let Some(was) = pinned.was {
        console.note(&format!(
            "with other names and numbers in the call the rule says {found} of it, no longer {}",
            was.as_str()
        ));
    }
    if pinned.found != args.verdict {
        console.note(&format!(
            "the rule says {found}, {wanted} is wanted: a known gap, marked by todo = true until the rule is mended"
        ));
    }
    if args.why.is_none() && args.labels.is_none() {
        console.note("--why says in a line what the example shows");
    }
    let many = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    let (people, numbers) =
        (many(pinned.people, "name", "names"), many(pinned.numbers, "number or address", "numbers or addresses"));
    let replaced = match (pinned.people, pinned.numbers) {
        (0, 0) => "no name, long number or address was found".to_owned(),
        (_, 0) => format!("{people} replaced"),
        (0, _) => format!("{numbers} replaced"),
        _ => format!("{people} and {numbers} replaced"),
    };
    console.note(&format!("{replaced}; read the call before you pass it on: places, companies and rare names stay"));
}

fn pack_of_ones_own(typed: &str) -> Result<&Path> {
    if let PackRef::Shipped(name) = PackRef::typed(typed)
        && shipped::pack(&name).is_some()
    {
        bail!(
            "--into {typed}: a shipped pack stays as it is; name a pack of your own, such as ./ours.toml (heard rules new writes one)"
        );
    }
    let path = Path::new(typed);
    if !path.is_file() {
        bail!("--into {typed}: there is no such pack; heard rules new writes one");
    }
    Ok(path)
}

/// The rule in a pack of one's own; one that only a shipped pack has is told how to come there.
fn of_pack(path: &Path, id: &str) -> Result<(RuleBook, usize)> {
    let book = books::book(&[PackRef::File(path.to_owned())])?;
    if let Some(rule) = position(&book, id) {
        let text = bounded::read_text(path, bounded::BY_HAND)?;
        if inserted(&text, id, "").is_none() {
            bail!("{}", make_it_yours(&book, rule, path));
        }
        return Ok((book, rule));
    }
    for (name, _) in shipped::PACKS {
        let other = books::book(&[PackRef::Shipped((*name).to_owned())])?;
        if let Some(rule) = position(&other, id) {
            bail!("{}", make_it_yours(&other, rule, path));
        }
    }
    Err(no_rule(&[book], id))
}

/// The rule in the packs as typed, else in the first shipped pack that has it.
fn of_packs(typed: &[String], id: &str) -> Result<(RuleBook, usize)> {
    let mut books = books::load(typed)?;
    let found = books.iter().enumerate().find_map(|(k, book)| Some((k, position(book, id)?)));
    match found {
        Some((k, rule)) => Ok((books.swap_remove(k), rule)),
        None => Err(no_rule(&books, id)),
    }
}

/// The transcript's only call, or the one that is named behind a `#`.
fn the_call(args: &RulesPinArgs) -> Result<(Call, String)> {
    let (path, id) = split(&args.call);
    let run = RunArgs { jobs: None, no_progress: true, quiet: false, verbose: 0, no_config: false };
    let reading = ReadSettings::resolve("rules pin", vec![path], &args.read, &run)?;
    let mut met = Met { id, ..Met::default() };
    let wanted = met.id.clone();
    let make_worker = || {
        let mut decoder = Decoder::new(Arc::clone(&reading.options));
        let wanted = wanted.as_deref();
        move |batch: &Batch, seen: &mut Seen, _: &mut HandOver<'_, Seen>| {
            *seen = Seen::default();
            decoder.decode(batch, &mut |event| match event {
                Event::Call { source, call, .. } => {
                    seen.ids.push(call.id.clone());
                    if wanted.is_none_or(|id| id == call.id) {
                        seen.calls.push((call.clone(), source.to_owned()));
                    }
                }
                Event::Unreadable(record) => seen.unreadable.push(record),
            });
        }
    };
    through(&reading, make_worker, &mut met)?;
    let shown = args.call.to_string_lossy();
    if met.calls.len() > 1 && met.id.is_none() {
        let count = met.ids.len();
        bail!("{shown} holds {count} calls; name one of them behind #: {}", met.named());
    }
    if met.calls.len() > 1 {
        bail!("{shown}: {} calls have this id; put the one that is meant into a file of its own", met.calls.len());
    }
    match (met.calls.pop(), met.unreadable.take()) {
        (Some(found), _) => Ok(found),
        (None, Some(record)) => bail!("{}: {}", record.source, record.error),
        (None, None) => bail!("{shown}: there is no such call; there are {}", met.named()),
    }
}

/// A path as it is, if it is there, else cut at the first `#` before which it is.
fn split(typed: &OsString) -> (OsString, Option<String>) {
    let text = typed.to_string_lossy();
    if Path::new(typed).exists() {
        return (typed.clone(), None);
    }
    for (at, _) in text.match_indices('#') {
        let (path, id) = (&text[..at], &text[at + 1..]);
        if path == "-" || Path::new(path).exists() {
            return (path.into(), Some(id.to_owned()));
        }
    }
    (typed.clone(), None)
}

/// What a batch came to.
#[derive(Default)]
struct Seen {
    calls: Vec<(Call, String)>,
    ids: Vec<String>,
    unreadable: Vec<Unreadable>,
}

/// What was met on the way to the call.
#[derive(Default)]
struct Met {
    id: Option<String>,
    calls: Vec<(Call, String)>,
    ids: Vec<String>,
    unreadable: Option<Unreadable>,
}

impl Met {
    fn named(&self) -> String {
        let some: Vec<&str> = self.ids.iter().take(NAMED).map(String::as_str).collect();
        let more = if self.ids.len() > NAMED { ", …" } else { "" };
        format!("{}{more}", some.join(", "))
    }
}

impl Sink<Seen> for Met {
    fn take(&mut self, seen: &mut Seen) -> io::Result<ControlFlow<()>> {
        // Two are enough to know that there is more than one.
        let room = 2_usize.saturating_sub(self.calls.len());
        self.calls.extend(seen.calls.drain(..).take(room));
        self.ids.append(&mut seen.ids);
        if self.unreadable.is_none() {
            self.unreadable = seen.unreadable.pop();
        }
        Ok(ControlFlow::Continue(()))
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reason that a grader gave for the verdict.
fn graders_why(path: &Path, call: &Call, source: &str, args: &RulesPinArgs) -> Result<String> {
    let labels = Labels::read(path).map_err(|wrong| anyhow!("{wrong}"))?;
    let shown = path.display();
    let at = Wanting::of(&labels, |_| true).call(&call.id, source);
    let rule = labels.rules.iter().position(|rule| *rule == args.rule);
    let graded = at.zip(rule).and_then(|(call, rule)| labels.of_pair(call, rule));
    let graded = graded.with_context(|| format!("{shown}: holds no verdict on {} in {}", args.rule, call.id))?;
    let agrees = |verdict: Verdict| verdict == args.verdict;
    let mut same = graded.grades.iter().filter(|grade| agrees(grade.verdict)).peekable();
    if same.peek().is_none() {
        let said = graded.grades[0].verdict.as_str();
        bail!("{shown}: the verdict on {} in {} is {said}, not {}", args.rule, call.id, args.verdict.as_str());
    }
    Ok(same.find(|grade| !grade.why.is_empty()).map_or(String::new(), |grade| grade.why.clone()))
}
