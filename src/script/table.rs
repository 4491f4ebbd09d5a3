//! Tables of prompts: which column is said, by whom, and which one is a condition.

use super::blocks::{Block, Kind, Span};
use super::lines::Page;
use super::{Branch, Item, spoken};
use crate::call::Role;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What somebody says.
    Said(Role),
    /// When it is said.
    Condition,
    /// Nothing that is said.
    Note,
}

/// Heads of columns that are said by the agent.
#[rustfmt::skip]
const AGENT: &[&str] = &[
    "say", "says", "said", "script", "prompt", "prompts", "agent", "rep", "response", "responses", "reply", "wording", "phrase", "phrases", "line", "lines", "example",
    "text", "words", "statement", "answer", "verbatim", "advisor", "adviser",
];
/// Heads of columns that the caller says, or that say when.
#[rustfmt::skip]
const CONDITION: &[&str] = &["if", "when", "situation", "objection", "trigger", "condition", "case", "scenario", "concern", "objections", "emotion", "mood"];
const CUSTOMER: &[&str] = &["customer", "caller", "client", "guest", "member", "patient"];
const NOTES: &[&str] = &["avoid", "don't", "not", "never", "note", "notes", "why", "tip", "instead"];

fn column(head: &str) -> Option<Column> {
    let lower = head.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    if has(NOTES) {
        Some(Column::Note)
    } else if has(CONDITION) {
        Some(Column::Condition)
    } else if has(CUSTOMER) && has(AGENT) && words.len() > 2 {
        // "If the customer says" was a condition; "What to say to the customer" is the agent's.
        Some(Column::Said(if words.contains(&"to") { Role::Agent } else { Role::Customer }))
    } else if has(CUSTOMER) {
        Some(Column::Said(Role::Customer))
    } else if has(AGENT) {
        Some(Column::Said(Role::Agent))
    } else {
        None
    }
}

/// What the columns of a file of prompts hold, by their heads; none if none of them is said. One head says it: of a
/// `prompt` and a `text`, the `prompt` is said.
pub(super) fn columns(heads: &[String]) -> Option<Vec<Column>> {
    let mut kinds: Vec<Column> = heads.iter().map(|h| column(h).unwrap_or(Column::Note)).collect();
    let named =
        |name: &str| heads.iter().position(|h| h.trim().to_lowercase().split([' ', '_', '-']).any(|w| w == name));
    let sure = ["prompt", "prompts", "script", "say", "utterance", "wording", "response", "message", "text", "agent"];
    let said = sure.iter().find_map(|name| named(name).filter(|&k| kinds[k] != Column::Condition))?;
    for (k, kind) in kinds.iter_mut().enumerate() {
        if *kind == Column::Said(Role::Agent) {
            *kind = Column::Note;
        }
        if k == said {
            *kind = Column::Said(Role::Agent);
        }
    }
    Some(kinds)
}

/// Reads a table: its header and the rows after it.
pub fn items(page: &Page<'_>, rows: &[Block]) -> Vec<Item> {
    let Some((header, rows)) = rows.split_first() else {
        return Vec::new();
    };
    let text = |s: &Span| page.line(s.line)[s.from..s.to].to_owned();
    let mut columns: Vec<Column> = header.spans.iter().map(|s| column(&text(s)).unwrap_or(Column::Note)).collect();
    let agent = Column::Said(Role::Agent);
    if !columns.contains(&agent) {
        // Nobody says which column is said: the last one that is no note by name.
        let unnamed = |k: &usize| column(&text(&header.spans[*k])).is_none();
        if let Some(k) = (0..columns.len()).rev().find(unnamed) {
            columns[k] = agent;
        }
    }
    let mut items = Vec::new();
    let mut ways = Vec::new();
    for row in rows.iter().filter(|r| matches!(r.kind, Kind::Row { header: false })) {
        let (mut condition, mut at) = (String::new(), (row.lines().start, 1));
        let mut speeches = Vec::new();
        for (span, column) in row.spans.iter().zip(&columns) {
            match column {
                Column::Condition => {
                    condition = plain(&text(span));
                    at = (span.line, page.line(span.line)[..span.from].chars().count() as u32 + 1);
                }
                Column::Said(role) => {
                    if let Some(mut speech) = spoken::of(page, &[*span], row.lines()) {
                        speech.role = *role;
                        speeches.push(Item::Say(speech));
                    }
                }
                Column::Note => {}
            }
        }
        if condition.is_empty() {
            items.append(&mut speeches);
        } else {
            ways.push(Branch { label: condition, items: speeches, at, ..Branch::default() });
        }
    }
    if ways.len() == 1 {
        ways.push(Branch::default());
    }
    if !ways.is_empty() {
        items.push(Item::Choice(ways));
    }
    items
}

/// A condition without its emphasis and quotes.
fn plain(text: &str) -> String {
    text.replace(['*', '`', '"', '“', '”'], "").trim().to_owned()
}
