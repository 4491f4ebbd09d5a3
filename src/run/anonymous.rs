//! Pseudonyms in place of the names of agents and customers, for reports that leave the team.
//!
//! A pseudonym is computed from the name, so that it is the same in every run, shard and week; whoever has a list of the
//! names can compute them as well, so it hides who somebody is from readers, not from the company. Names are replaced
//! where the call's metadata, its labels or its words tell them: in the fields, in ids and paths, in what was said. What
//! was judged is the call as it was.

use crate::call::{Call, Role, person};
use crate::report::Judged;
use crate::report::digest::Digest;
use crate::text::names::people::{is_title, is_word};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Words of letters, with the apostrophes inside them.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\pL+(?:['’]\pL+)*").ok());

/// Shorter ids are not looked for within other texts.
const SHORTEST: usize = 3;

/// A pseudonym.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pseudonym {
    /// `Agent 7QK2F`.
    name: String,
    /// `agent-7qk2f`, for ids and paths.
    id: String,
}

impl Pseudonym {
    fn of(role: &str, name: &str) -> Pseudonym {
        // Letters and digits that are not taken for each other.
        const DIGITS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut digest = Digest::default();
        digest.text(&person::key(name).to_lowercase());
        let number = digest.finish();
        let code: String = (0..6).map(|k| char::from(DIGITS[(number >> (5 * k)) as usize & 31])).collect();
        Pseudonym { id: format!("{}-{}", role.to_lowercase(), code.to_lowercase()), name: format!("{role} {code}") }
    }
}

/// Who is hidden in a call.
#[derive(Debug, Default)]
struct Hidden {
    /// Parts of names, in lower case.
    parts: BTreeMap<String, Pseudonym>,
    /// Whole names and ids, as they stand.
    whole: BTreeMap<String, Pseudonym>,
}

impl Hidden {
    /// Everybody whom a call tells of by name; `agents` and `others` are parts of names that its words tell.
    fn of(call: &Call, agents: &[String], others: &[String]) -> Hidden {
        let mut hidden = Hidden::default();
        for (role, field, said, speaker) in [
            ("Agent", call.agent.as_deref(), agents, Role::Agent),
            ("Customer", call.customer.as_deref(), others, Role::Customer),
        ] {
            let field = field.filter(|name| !person::is_placeholder(name));
            let own = field.map(|name| (name, Pseudonym::of(role, name)));
            if let Some((name, pseudonym)) = &own {
                hidden.person(name, pseudonym);
            }
            for name in call.speakers.iter().filter(|s| s.role == speaker).filter_map(|s| s.name.as_deref()) {
                let shares = |part: &String| hidden.parts.get(part).cloned();
                let known = person::parts(name).iter().find_map(shares);
                let pseudonym = known.unwrap_or_else(|| Pseudonym::of(role, name));
                hidden.person(name, &pseudonym);
            }
            let of_words = || Pseudonym::of(role, &said.join(" "));
            let pseudonym = own.map_or_else(of_words, |(_, pseudonym)| pseudonym);
            for part in said.iter().filter(|part| !is_title(part)) {
                hidden.parts.entry(part.to_lowercase()).or_insert_with(|| pseudonym.clone());
            }
        }
        hidden
    }

    fn person(&mut self, name: &str, pseudonym: &Pseudonym) {
        self.whole.entry(name.to_owned()).or_insert_with(|| pseudonym.clone());
        for part in person::parts(name) {
            self.parts.entry(part).or_insert_with(|| pseudonym.clone());
        }
    }

    /// Where names stand in a text, and whose they are.
    fn found(&self, text: &str) -> Vec<(Range<usize>, &Pseudonym)> {
        let mut found: Vec<(Range<usize>, &Pseudonym)> = Vec::new();
        let capitals = text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        for word in WORD.iter().flat_map(|word| word.find_iter(text)) {
            let bare =
                ["'s", "’s", "'S", "’S"].iter().find_map(|s| word.as_str().strip_suffix(s)).unwrap_or(word.as_str());
            let at = word.start()..word.start() + bare.len();
            let name = bare.to_lowercase().replace('’', "'");
            let Some(pseudonym) = self.parts.get(&name) else { continue };
            let beside =
                found.last().is_some_and(|(last, who)| *who == pseudonym && text[last.end..at.start].len() == 1);
            // What is a word as well ("Will", "May") is a name where it is written as one.
            let begins =
                text[..at.start].trim_end().chars().next_back().is_none_or(|c| matches!(c, '.' | '?' | '!' | '\n'));
            let called = matches!(text[at.end..].chars().next(), None | Some(',' | '.' | '!' | '?'));
            let upper = bare.starts_with(char::is_uppercase);
            if is_word(&name) && !beside && !(capitals && upper && (!begins || called)) {
                continue;
            }
            match found.last_mut().filter(|_| beside) {
                // First and last name become one.
                Some((last, _)) => last.end = at.end,
                None => found.push((at, pseudonym)),
            }
        }
        found
    }

    /// A text with pseudonyms in it; as an id or a path, those for ids.
    fn hide(&self, text: &str, as_id: bool) -> String {
        let form = |pseudonym: &Pseudonym| if as_id { pseudonym.id.clone() } else { pseudonym.name.clone() };
        if let Some(pseudonym) = self.whole.get(text) {
            return form(pseudonym);
        }
        let mut hidden = String::with_capacity(text.len());
        let mut done = 0;
        for (at, pseudonym) in self.found(text) {
            hidden.push_str(&text[done..at.start]);
            hidden.push_str(&form(pseudonym));
            done = at.end;
        }
        hidden.push_str(&text[done..]);
        for (whole, pseudonym) in self.whole.iter().filter(|(whole, _)| as_id && whole.len() >= SHORTEST) {
            hidden = hidden.replace(whole.as_str(), &pseudonym.id);
        }
        hidden
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hide(text, false),
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(values) => values.values_mut().for_each(|value| self.value(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// Puts pseudonyms into a call that was judged, its verdicts and its path. `agents` and `others` are parts of names that
/// the call's words tell.
pub fn hide(call: &mut Call, judged: &mut Judged, source: &mut String, agents: &[String], others: &[String]) {
    let hidden = Hidden::of(call, agents, others);
    if hidden.parts.is_empty() && hidden.whole.is_empty() {
        return;
    }
    let mut edits = Vec::new();
    for turn in &call.turns {
        let from = turn.text.start;
        let found = hidden.found(call.turn_text(turn)).into_iter();
        edits.extend(found.map(|(at, who)| (from + at.start as u32..from + at.end as u32, who.name.clone())));
    }
    let moved = call.rewrite(&edits);
    for result in &mut judged.results {
        result.why = hidden.hide(&result.why, false);
        result.advice = result.advice.as_deref().map(|advice| hidden.hide(advice, false));
        for evidence in &mut result.evidence {
            evidence.quote = moved.range(&evidence.quote);
            evidence.hit = moved.range(&evidence.hit);
        }
    }
    for field in [&mut call.agent, &mut call.customer].into_iter().flatten() {
        *field = hidden.hide(field, false);
    }
    for speaker in &mut call.speakers {
        speaker.label = hidden.hide(&speaker.label, false);
        speaker.name = speaker.name.as_deref().map(|name| hidden.hide(name, false));
    }
    call.id = hidden.hide(&call.id, true);
    *source = hidden.hide(source, true);
    call.meta.values_mut().for_each(|value| hidden.value(value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Evidence, RuleResult, Verdict};

    #[test]
    fn nobody_is_named_and_everybody_is_the_same_again() {
        let mut call = Call::default();
        call.id = "cards_jo_17".to_owned();
        (call.agent, call.customer) = (Some("Smith, Jo".to_owned()), Some("Will Bell".to_owned()));
        call.meta.insert("note".to_owned(), "asked for Jo Smith, tier 2".into());
        let agent = call.speaker(Role::Agent, "Jo Smith", Some("Jo"));
        let customer = call.speaker(Role::Customer, "CUSTOMER", None);
        call.push_turn(agent, None, None, "Acme, Jo speaking. I will help, Mr Bell.");
        call.push_turn(customer, None, None, "Will Bell's order, Ruth Bell speaking.");
        let whole = call.turns[0].text.clone();
        let mut result = RuleResult::new(0, Verdict::Pass, "found", "'Bell' at 0:06".to_owned());
        result.evidence.push(Evidence {
            turn: 0,
            sentence: 1,
            speaker: Role::Agent,
            start_s: None,
            end_s: None,
            quote: whole.start + 19..whole.end,
            hit: whole.start + 34..whole.end - 1,
            tags: Vec::new(),
            looked: None,
        });
        let mut judged = Judged { results: vec![result], ..Judged::default() };
        let mut source = "calls/Jo-Smith/cards_jo_17.txt".to_owned();
        hide(&mut call, &mut judged, &mut source, &["jo".to_owned()], &["ruth".to_owned()]);
        let (jo, bell) = (Pseudonym::of("Agent", "Jo Smith"), Pseudonym::of("Customer", "Will Bell"));
        assert_eq!(call.agent.as_deref(), Some(jo.name.as_str()));
        assert_eq!(call.customer.as_deref(), Some(bell.name.as_str()));
        let said = |k: usize| call.turn_text(&call.turns[k]);
        assert_eq!(said(0), format!("Acme, {} speaking. I will help, Mr {}.", jo.name, bell.name));
        assert_eq!(said(1), format!("{0}'s order, {0} speaking.", bell.name));
        let evidence = &judged.results[0].evidence[0];
        let shown = |range: &Range<u32>| &call.text()[range.start as usize..range.end as usize];
        assert_eq!(shown(&evidence.quote), format!("I will help, Mr {}.", bell.name));
        assert_eq!(shown(&evidence.hit), bell.name);
        assert_eq!(judged.results[0].why, format!("'{}' at 0:06", bell.name));
        assert_eq!(call.id, format!("cards_{}_17", jo.id));
        assert_eq!(source, format!("calls/{0}/cards_{0}_17.txt", jo.id));
        assert_eq!(call.meta["note"], format!("asked for {}, tier 2", jo.name));
        assert_eq!(call.speakers[0].name.as_deref(), Some(jo.name.as_str()));
        let all = format!("{call:?}{judged:?}{source}").to_lowercase();
        assert!(!all.contains("smith") && !all.contains("bell"), "{all}");
    }

    #[test]
    fn what_is_no_name_is_hidden_as_a_whole() {
        let mut call = Call::default();
        call.id = "q-agent-7@acme.example-4".to_owned();
        call.agent = Some("agent-7@acme.example".to_owned());
        call.customer = Some("Unknown".to_owned());
        let (mut judged, mut source) = (Judged::default(), "x.txt".to_owned());
        hide(&mut call, &mut judged, &mut source, &[], &[]);
        let agent = Pseudonym::of("Agent", "agent-7@acme.example");
        assert_eq!(call.id, format!("q-{}-4", agent.id));
        assert_eq!((call.agent, call.customer.as_deref()), (Some(agent.name), Some("Unknown")));
    }
}
