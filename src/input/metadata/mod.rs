//! `--meta FILE`: what a table beside the calls knows of them, or Gong's file of the calls' parties.

pub mod name_pattern;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::call::{Call, Role};
use crate::input::Format;
use crate::input::json::json_error;
use crate::input::registry::all;
use crate::input::table::{self, Column};
use crate::input::text::dates;
use crate::roles::mapping::RoleRule;
use crate::support::suggest::nearest;

/// The rows of a metadata table by the key of their call.
#[derive(Clone, Debug, Default)]
pub struct MetaTable {
    columns: Vec<(Column, String)>,
    rows: Vec<Vec<String>>,
    roles: Vec<Option<RoleRule>>,
    /// Names of the speakers by their labels, of tables that know them.
    names: Vec<BTreeMap<String, String>>,
    by_key: BTreeMap<String, usize>,
    used: Arc<Used>,
    /// How many rows are of a call that has a row already, and the first such call. The first row counts.
    doubles: Option<(usize, String)>,
    /// A column of dates of which nothing says whether the day is in front, and its first one.
    ambiguous: Option<(String, String)>,
}

/// Titles that somebody may have mistyped.
const TITLES: [&str; 9] =
    ["call_id", "agent", "agent_name", "customer", "customer_name", "queue", "language", "started", "roles"];

/// Whether the table was of use, as all workers saw it.
#[derive(Debug, Default)]
struct Used {
    /// A call was looked up.
    asked: AtomicBool,
    /// Of each row, whether its call was found.
    found: Vec<AtomicBool>,
}

/// Once is enough, and workers that write to one place wait for each other.
fn raise(flag: &AtomicBool) {
    if !flag.load(Ordering::Relaxed) {
        flag.store(true, Ordering::Relaxed);
    }
}

impl MetaTable {
    /// Reads a CSV file with a header, whose delimiter is found by itself, or JSON with calls and their parties.
    pub fn read(path: &Path) -> Result<MetaTable, String> {
        let shown = path.display();
        let bytes = std::fs::read(path).map_err(|e| format!("{shown}: {e}"))?;
        Self::of(&bytes).map_err(|e| {
            // A mistake at a line stands behind the file's name as compilers write it.
            let gap = if e.starts_with(|c: char| c.is_ascii_digit()) { "" } else { " " };
            format!("{shown}:{gap}{e}")
        })
    }

    /// Reads the bytes of such a file.
    pub fn of(bytes: &[u8]) -> Result<MetaTable, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[')) {
            return Self::of_parties(bytes);
        }
        if bytes.trim_ascii().is_empty() {
            return Err("is empty: there is no table in it".to_owned());
        }
        let delimiter = table::delimiter(bytes);
        if table::ends_in_quotes(bytes, delimiter) {
            return Err(
                "ends in the middle of a quoted cell: a quotation mark is missing, or the file is cut off".to_owned()
            );
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(bytes);
        let header = reader.headers().map_err(|e| table::csv_error(&e))?.clone();
        let columns: Vec<(Column, String)> = header.iter().map(|h| (table::column(h), h.trim().to_owned())).collect();
        let keys: Vec<usize> =
            (0..columns.len()).filter(|k| matches!(columns[*k].0, Column::Call | Column::File)).collect();
        if keys.is_empty() {
            let names: Vec<&str> = header.iter().collect();
            return Err(format!(
                "1:1: no column names the call; one of them must be call_id, conversation_id, id or file (found: {})",
                names.join(", ")
            ));
        }
        let roles_at = columns.iter().position(|(_, name)| name.eq_ignore_ascii_case("roles"));
        let mut table = MetaTable { columns, ..MetaTable::default() };
        for row in reader.records() {
            let row = row.map_err(|e| table::csv_error(&e))?;
            let line = row.position().map_or(0, csv::Position::line);
            let rule = roles_at.and_then(|k| row.get(k)).map(str::trim).filter(|r| !r.is_empty());
            let rule = rule.map(RoleRule::parse).transpose().map_err(|e| {
                let quote = if delimiter == b',' && e.contains("commas") {
                    "; a cell with commas stands in quotation marks"
                } else {
                    ""
                };
                format!("{line}: roles: {e}{quote}")
            })?;
            let own = keys.iter().filter_map(|k| row.get(*k)).map(str::trim).filter(|k| !k.is_empty());
            if own.clone().next().is_some() && own.clone().all(|key| table.by_key.contains_key(key)) {
                table.doubles.get_or_insert_with(|| (0, own.clone().next().unwrap_or_default().to_owned())).0 += 1;
            }
            for key in own {
                table.by_key.entry(key.to_owned()).or_insert(table.rows.len());
            }
            table.rows.push(row.iter().map(|c| c.trim().to_owned()).collect());
            table.roles.push(rule);
        }
        table.date();
        table.watch();
        Ok(table)
    }

    /// Writes the starts of the calls as ISO 8601, in the order of day and month that the whole column has.
    fn date(&mut self) {
        let starts = (0..self.columns.len()).filter(|k| self.columns[*k].0 == Column::Started);
        for k in starts.collect::<Vec<_>>() {
            let order = dates::order(self.rows.iter().filter_map(|row| row.get(k)).map(String::as_str));
            for cell in self.rows.iter_mut().filter_map(|row| row.get_mut(k)) {
                if dates::is_ambiguous(cell, order) {
                    self.ambiguous.get_or_insert_with(|| (self.columns[k].1.clone(), cell.clone()));
                } else if let Some(iso) = dates::iso(cell, order) {
                    *cell = iso;
                }
            }
        }
    }

    /// Reads calls with their parties, of any format that tells them.
    fn of_parties(bytes: &[u8]) -> Result<MetaTable, String> {
        let json: Value = serde_json::from_slice(bytes).map_err(|e| json_error(&e))?;
        let mut table = MetaTable { columns: vec![(Column::Started, "started".to_owned())], ..MetaTable::default() };
        for call in all().filter_map(Format::parties).flat_map(|parties| (parties.calls)(&json)) {
            let sides: Vec<(String, Role)> =
                call.people.iter().filter(|p| p.2 != Role::Unknown).map(|p| (p.0.clone(), p.2)).collect();
            table.by_key.entry(call.id).or_insert(table.rows.len());
            table.rows.push(vec![call.started.unwrap_or_default()]);
            table.roles.push((!sides.is_empty()).then(|| RoleRule::of(sides)));
            table.names.push(call.people.into_iter().filter_map(|(label, name, _)| Some((label, name?))).collect());
        }
        if table.rows.is_empty() {
            return Err("is JSON without calls and their parties, as Gong gives them under `calls`; other metadata must be a CSV table".into());
        }
        table.watch();
        Ok(table)
    }

    /// Begins to note which rows are of use.
    fn watch(&mut self) {
        let found = self.rows.iter().map(|_| AtomicBool::new(false)).collect();
        self.used = Arc::new(Used { asked: AtomicBool::new(false), found });
    }

    /// What to say of it after a run: rows that were of no use, and titles that are probably mistyped.
    pub fn notes(&self) -> Vec<String> {
        let doubles = self.doubles.as_ref().map(|(count, first)| {
            let rows = if *count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") };
            format!("{rows} of a call that has a row already, such as \"{first}\": the first row of a call counts")
        });
        let other = self.columns.iter().filter(|(column, title)| *column == Column::Other && !title.is_empty());
        let mistyped = other.filter_map(|(_, title)| {
            let meant = nearest(&title.to_ascii_lowercase(), TITLES.iter().copied())?;
            let known = title.eq_ignore_ascii_case(meant)
                || self.columns.iter().any(|(column, _)| *column == table::column(meant));
            (!known)
                .then(|| format!("its column \"{title}\" is taken for a note about the call (did you mean `{meant}`?)"))
        });
        let ambiguous = self.ambiguous.as_ref().map(|(title, first)| {
            format!(
                "nothing says whether day or month is in front in its column \"{title}\", the first \"{first}\": such dates are kept as they are; write them as 2026-12-31"
            )
        });
        self.unused().into_iter().chain(doubles).chain(mistyped).chain(ambiguous).collect()
    }

    /// What to say where calls were read and rows were about none of them.
    fn unused(&self) -> Option<String> {
        let used = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        if !used(&self.used.asked) {
            return None;
        }
        if self.used.found.iter().any(used) {
            // A row that another one stands for has no key of its own.
            let of_none = |row: usize| !used(&self.used.found[row]);
            let alone: BTreeMap<usize, &String> =
                self.by_key.iter().rev().map(|(key, row)| (*row, key)).filter(|(row, _)| of_none(*row)).collect();
            let (_, first) = alone.first_key_value()?;
            let (count, rows) = (alone.len(), self.rows.len());
            let verb = if count == 1 { "matches" } else { "match" };
            return Some(format!("{count} of its {rows} rows {verb} none of the calls, the first for \"{first}\""));
        }
        let rows = match self.rows.len() {
            0 => return Some("there is no row below its header".to_owned()),
            1 => "its row matches none of the calls".to_owned(),
            n => format!("none of its {n} rows matches a call"),
        };
        let keys = self
            .columns
            .iter()
            .filter(|(column, _)| matches!(column, Column::Call | Column::File))
            .map(|(_, title)| format!("\"{title}\""))
            .collect::<Vec<_>>();
        let keys = match keys.as_slice() {
            [] => String::new(),
            keys => format!(", here in {}", keys.join(" and ")),
        };
        let example = self
            .by_key
            .iter()
            .min_by_key(|(_, row)| **row)
            .map_or_else(String::new, |(key, _)| format!(", such as \"{key}\""));
        Some(format!("{rows}: they are joined by the call's id, then by the file's name{keys}{example}"))
    }

    /// Puts a call's row over what the file says, and gives the row's roles.
    pub fn apply(&self, call: &mut Call, source: &str) -> Option<&RoleRule> {
        let name = source.rsplit('/').next().unwrap_or(source);
        let stem = crate::input::files::walk::stem(source);
        let first = name.split('.').next().unwrap_or(name);
        let keys = [call.id.as_str(), source, name, stem, first];
        raise(&self.used.asked);
        let at = *keys.iter().filter(|k| !k.is_empty()).find_map(|k| self.by_key.get(*k))?;
        if let Some(found) = self.used.found.get(at) {
            raise(found);
        }
        for ((column, title), value) in self.columns.iter().zip(&self.rows[at]).filter(|(_, v)| !v.is_empty()) {
            let value = value.clone();
            match column {
                Column::Call | Column::File => {}
                Column::Agent => call.agent = Some(value),
                Column::Customer => call.customer = Some(value),
                Column::Queue => call.queue = Some(value),
                Column::Started => call.started = Some(value),
                Column::Language => call.language = Some(value),
                _ if title.eq_ignore_ascii_case("roles") => {}
                _ => {
                    call.meta.insert(title.clone(), Value::String(value));
                }
            }
        }
        if let Some(names) = self.names.get(at) {
            for speaker in call.speakers.iter_mut().filter(|s| s.name.is_none()) {
                speaker.name = names.get(&speaker.label).cloned();
            }
        }
        self.roles[at].as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn rows_are_found_by_id_and_by_file() {
        let table = MetaTable::of(
            b"ConversationId;Agent;ClientName;Queue;roles;Tier\nc-1;Jo;Ann;Billing;spk_0=agent;gold\nb.txt;Ben;;;;\n",
        )
        .expect("a table");
        let mut call = Call::default();
        call.id.push_str("c-1");
        call.agent = Some("old".into());
        call.speaker(Role::Unknown, "spk_0", None);
        let rule = table.apply(&mut call, "calls/x.json").expect("roles").clone();
        crate::roles::mapping::apply(&mut call, &[rule], "calls/x.json");
        assert_eq!((call.agent.as_deref(), call.customer.as_deref()), (Some("Jo"), Some("Ann")));
        assert_eq!((call.queue.as_deref(), call.meta["Tier"].as_str()), (Some("Billing"), Some("gold")));
        assert_eq!(call.speakers[0].role, Role::Agent);
        for source in ["calls/b.txt", "b.txt"] {
            let mut by_file = Call::default();
            table.apply(&mut by_file, source);
            assert_eq!(by_file.agent.as_deref(), Some("Ben"), "{source}");
        }
    }

    #[test]
    fn the_parties_of_a_call_map_its_speakers() {
        let json = br#"{"calls":[{"metaData":{"id":"782","started":"2026-05-01T09:30:00Z"},"parties":[
            {"speakerId":"6432","name":"Jo Bell","affiliation":"Internal"},{"speakerId":"6433","name":"Ann","affiliation":"External"},
            {"speakerId":null,"name":"Max","affiliation":"Internal"}]}]}"#;
        let table = MetaTable::of(json).expect("parties");
        let mut call = Call::default();
        call.id.push_str("782");
        call.speaker(Role::Unknown, "6433", None);
        call.speaker(Role::Unknown, "6432", None);
        let rule = table.apply(&mut call, "x.json").expect("roles").clone();
        crate::roles::mapping::apply(&mut call, &[rule], "x.json");
        assert_eq!((call.speakers[0].role, call.speakers[1].role), (Role::Customer, Role::Agent));
        assert_eq!((call.agent.as_deref(), call.customer.as_deref()), (Some("Jo Bell"), Some("Ann")));
        assert_eq!(call.started.as_deref(), Some("2026-05-01T09:30:00Z"));
        for other in [&b"{}"[..], b"[1]", b"{\"calls\":[{}]}"] {
            assert!(MetaTable::of(other).expect_err("no calls").contains("CSV"));
        }
        assert!(MetaTable::of(b"{\"calls\":").expect_err("cut").contains("cut off"));
    }

    #[test]
    fn a_table_that_is_cut_off_or_empty_is_refused() {
        let cut = MetaTable::of(b"call,agent\n\"1,Jo\n2,Ann\n").expect_err("a quote");
        assert!(cut.contains("quoted cell"), "{cut}");
        for nothing in [&b""[..], b"\xef\xbb\xbf", b"\r\n"] {
            assert!(MetaTable::of(nothing).expect_err("nothing").contains("is empty"));
        }
    }

    #[test]
    fn rows_of_no_use_and_mistyped_titles_are_told_once() {
        let table = MetaTable::of(b"call_id,agnet,Tier\nc-1,Jo,a\nc-2,Ann,b\nc-1,Ben,c\nc-3,,\n").expect("a table");
        let mut call = Call::default();
        call.id.push_str("c-1");
        table.apply(&mut call, "x.json");
        assert_eq!(
            table.notes(),
            [
                "2 of its 4 rows match none of the calls, the first for \"c-2\"",
                "1 row is of a call that has a row already, such as \"c-1\": the first row of a call counts",
                "its column \"agnet\" is taken for a note about the call (did you mean `agent`?)",
            ]
        );
        assert!(MetaTable::of(b"call_id,agent,Tier\nc-1,Jo,a\n").expect("a table").notes().is_empty());
    }

    #[test]
    fn a_table_without_a_key_is_refused() {
        assert!(MetaTable::of(b"agent,queue\nJo,a\n").expect_err("no key").contains("call_id"));
        assert!(MetaTable::of(b"id,roles\n1,x\n").expect_err("roles").contains("2: roles"));
    }
}
