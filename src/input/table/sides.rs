//! Tables in which a row holds what each side says, in a column of its own: `customer,agent` or `agent_text,customer_text`.

use csv::StringRecord;

use crate::call::{Call, Role};
use crate::input::ReadError;
use crate::input::json::recast::side;
use crate::input::table::Column;
use crate::input::table::rows::Long;
use crate::roles::labels::role_word;

/// What a title may have behind the role whose words stand under it.
const WORDS: &[&str] = &["text", "message", "utterance", "transcript", "words", "turn", "response", "said", "msg"];

/// Such a table.
#[derive(Debug)]
pub struct Sides {
    titles: StringRecord,
    columns: Vec<Column>,
    /// The columns of words, each with who says them.
    said: Vec<(usize, String)>,
}

impl Sides {
    /// The table with these titles and some of its rows; none if it is another one. A column that is called by the role
    /// alone may as well hold names: its cells must be sentences.
    pub fn of(titles: &StringRecord, columns: &[Column], rows: &[StringRecord]) -> Option<Sides> {
        let sentences = |k: usize| {
            let cells = rows.iter().filter_map(|row| row.get(k)).filter(|cell| !cell.trim().is_empty());
            let (count, spoken) = cells.fold((0, 0), |(count, spoken), cell| {
                let sentence = cell.trim_end().ends_with(['.', '?', '!']) || cell.split_whitespace().count() > 3;
                (count + 1, spoken + usize::from(sentence))
            });
            count > 0 && spoken * 2 >= count
        };
        let who = |k: usize| {
            let title = titles[k].trim().to_lowercase().replace(['_', '-'], " ");
            let role =
                WORDS.iter().find_map(|word| title.strip_suffix(word)).map(str::trim).filter(|role| !role.is_empty());
            let known = |role: &str| side(role).is_some() && (role_word(role) != Role::Unknown || role == "user");
            match role {
                Some(role) if known(role) => Some((k, role.to_owned())),
                _ => (known(&title) && sentences(k)).then_some((k, title)),
            }
        };
        let said: Vec<(usize, String)> = (0..titles.len()).filter_map(who).collect();
        let several = said.iter().any(|(_, role)| *role != said[0].1);
        several.then(|| {
            let mut titles = titles.clone();
            let mut columns = columns.to_vec();
            for (k, _) in &said {
                columns[*k] = Column::Other;
            }
            titles.push_field("speaker");
            titles.push_field("text");
            columns.extend([Column::Speaker, Column::Text]);
            Sides { titles, columns, said }
        })
    }

    /// Reads the rows, each as a turn for every side that says something, in the order of the columns.
    pub fn read(
        &self,
        rows: Vec<StringRecord>,
        delimiter: u8,
        lined: bool,
        call: &mut Call,
        each: &mut dyn FnMut(&mut Call),
    ) -> Result<(), ReadError> {
        let width = self.titles.len() - 2;
        let turns = rows.into_iter().flat_map(|row| {
            let said = self.said.iter().filter_map(move |(k, who)| {
                let text = row.get(*k).filter(|text| !text.trim().is_empty())?;
                let cells = (0..width)
                    .map(|at| if self.said.iter().any(|(k, _)| *k == at) { "" } else { &row[at.min(row.len() - 1)] });
                let mut turn: StringRecord = cells.chain([who.as_str(), text]).collect();
                turn.set_position(row.position().cloned());
                Some(Ok(turn))
            });
            said.collect::<Vec<_>>()
        });
        let text = self.titles.len() - 1;
        Long { titles: &self.titles, columns: &self.columns, text, delimiter }.read(turns, lined, call, each)
    }
}
