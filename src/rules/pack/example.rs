//! Examples of rules, `[[rule.example]]`: a call, and the verdict that it must get.

use super::reader::Table;
use crate::report::Verdict;

/// An example of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The verdict that it must get.
    pub expect: Verdict,
    /// What it shows.
    pub why: String,
    /// The transcript, as text with labels.
    pub call: Option<String>,
    /// Or as call JSONL.
    pub call_jsonl: Option<String>,
    /// Metadata of the call.
    pub meta: Vec<(String, String)>,
    /// A known gap: it must still miss.
    pub todo: bool,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// The verdicts by the words that packs use.
pub const VERDICTS: [(&str, Verdict); 4] = [
    ("pass", Verdict::Pass),
    ("fail", Verdict::Fail),
    ("not-applicable", Verdict::NotApplicable),
    ("not-scorable", Verdict::NotScorable),
];

impl Example {
    /// Reads `[[rule.example]]`; `rule_keys` are the keys of rules, which authors write below their examples.
    pub fn read(table: &Table<'_, '_>, rule_keys: &[&str]) -> Option<Example> {
        let expect = table.one_of("expect", &VERDICTS);
        if !table.has("expect") {
            let help = "expect = \"pass\", \"fail\", \"not-applicable\" or \"not-scorable\"";
            table.wrong(table.span(), "an example has no `expect`", help);
        }
        let why = table.text("why").map_or(String::new(), |t| t.text);
        let call = table.text("call").map(|t| t.text);
        let call_jsonl = table.text("call_jsonl").map(|t| t.text);
        if call.is_some() == call_jsonl.is_some() {
            let help = "call = \"\"\"…\"\"\" with a line a turn, `Agent: …`; or call_jsonl with one call as JSON";
            table.wrong(table.span(), "an example wants either `call` or `call_jsonl`", help);
        }
        let mut meta = Vec::new();
        if let Some(inner) = table.table("meta") {
            for (key, value) in inner.entries() {
                match value.get_ref().as_str() {
                    Some(text) => meta.push((key.text, text.to_owned())),
                    None => table.wrong(value.span(), "metadata of an example are texts in quotes", ""),
                }
            }
        }
        let todo = table.flag("todo").unwrap_or(false);
        table.finish(&[(rule_keys, "this belongs to the rule: write it above the first [[rule.example]], since a TOML table ends where the next begins")]);
        let (line, _) = table.mistakes().source.place(table.span().start);
        Some(Example { expect: expect?, why, call, call_jsonl, meta, todo, line })
    }
}
