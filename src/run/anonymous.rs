//! Pseudonyms in place of the names of agents, customers and people they mention, for reports that leave the team.
//!
//! A pseudonym is computed from the name, so that it is the same in every run, shard and week; whoever has a list of the
//! names can compute them as well, so it hides who somebody is from readers, not from the company. Names are replaced
//! where the call's metadata, its labels or its words tell them: in the fields, in ids and paths, in what was said. In ids
//! and paths, given names that are hardly anything else are replaced as well. What was judged is the call as it was.

use crate::call::rewrite::Moved;
use crate::call::{Call, Role, person};
use crate::report::Judged;
use crate::report::digest::Digest;
use crate::text::names::mentioned::{mentioned, words};
use crate::text::names::people::{is_given_name, is_title, is_word};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Who is none of the two who speak.
const PERSON: &str = "Person";

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

    /// Whether it is of somebody who is none of the two who speak.
    fn is_of_person(&self) -> bool {
        self.name.starts_with(PERSON)
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
        for name in call.speakers.iter().filter(|s| s.role == Role::Unknown).filter_map(|s| s.name.as_deref()) {
            hidden.person(name, &Pseudonym::of(PERSON, name));
        }
        hidden.third_people(call);
        hidden
    }

    /// People whom the call's words and its metadata mention.
    fn third_people(&mut self, call: &Call) {
        let mut names = Vec::new();
        call.turns.iter().for_each(|turn| mentioned(call.turn_text(turn), &mut names));
        call.speakers.iter().for_each(|speaker| mentioned(&speaker.label, &mut names));
        call.meta.values().for_each(|value| in_texts(value, &mut |text| mentioned(text, &mut names)));
        for name in names {
            let pseudonym = Pseudonym::of(PERSON, &name);
            self.parts.entry(name).or_insert(pseudonym);
        }
    }

    fn person(&mut self, name: &str, pseudonym: &Pseudonym) {
        self.whole.entry(name.to_owned()).or_insert_with(|| pseudonym.clone());
        for part in person::parts(name) {
            self.parts.entry(part).or_insert_with(|| pseudonym.clone());
        }
    }

    /// Where names stand in a text, and whose they are; `said` of what people say, where a name may be a word as well.
    fn found(&self, text: &str, said: bool) -> Vec<(Range<usize>, &Pseudonym)> {
        let mut found: Vec<(Range<usize>, &Pseudonym)> = Vec::new();
        let capitals = text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        let words = words(text);
        let part = |name: &str| self.parts.get_key_value(name);
        for (k, word) in words.iter().enumerate() {
            let (at, bare) = (word.at.clone(), word.text);
            let Some((name, pseudonym)) = part(&word.name) else { continue };
            // First and last name; of people who are mentioned, each part has a pseudonym of its own.
            let is_same = |who: &Pseudonym| who == pseudonym || who.is_of_person() && pseudonym.is_of_person();
            let beside = found.last().is_some_and(|(last, who)| is_same(who) && text[last.end..at.start].len() == 1);
            // What is a word as well ("Will", "May") is a name where it is written as one.
            let begins =
                text[..at.start].trim_end().chars().next_back().is_none_or(|c| matches!(c, '.' | '?' | '!' | '\n'));
            let called = matches!(text[at.end..].chars().next(), None | Some(',' | '.' | '!' | '?'));
            let upper = bare.starts_with(char::is_uppercase);
            let goes_on = words.get(k + 1).is_some_and(|next| {
                next.at.start - at.end == 1
                    && next.text.starts_with(char::is_uppercase)
                    && part(&next.name).is_some_and(|(_, who)| is_same(who))
            });
            if said && is_word(name) && !beside && !(capitals && upper && (!begins || called || goes_on)) {
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
        for (at, pseudonym) in self.found(text, !as_id) {
            hidden.push_str(&text[done..at.start]);
            hidden.push_str(&form(pseudonym));
            done = at.end;
        }
        hidden.push_str(&text[done..]);
        if as_id {
            for (whole, pseudonym) in self.whole.iter().filter(|(whole, _)| whole.len() >= SHORTEST) {
                hidden = hidden.replace(whole.as_str(), &pseudonym.id);
            }
            hidden = without_given_names(&hidden);
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

/// Looks at every text within a value of the metadata.
fn in_texts(value: &Value, look: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => look(text),
        Value::Array(values) => values.iter().for_each(|value| in_texts(value, look)),
        Value::Object(values) => values.values().for_each(|value| in_texts(value, look)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An id or a path with pseudonyms for given names of people of whom the call itself says nothing.
fn without_given_names(id: &str) -> String {
    let mut hidden = String::with_capacity(id.len());
    let mut done = 0;
    for word in words(id).into_iter().filter(|word| is_given_name(&word.name)) {
        hidden.push_str(&id[done..word.at.start]);
        hidden.push_str(&Pseudonym::of(PERSON, &word.name).id);
        done = word.at.end;
    }
    hidden.push_str(&id[done..]);
    hidden
}

/// Puts pseudonyms into a call that was judged, its verdicts and its path. `agents` and `others` are parts of names that
/// the call's words tell. Says where other places in the call's text came to lie.
pub fn hide(call: &mut Call, judged: &mut Judged, source: &mut String, agents: &[String], others: &[String]) -> Moved {
    let hidden = Hidden::of(call, agents, others);
    let mut edits = Vec::new();
    for turn in &call.turns {
        let from = turn.text.start;
        let found = hidden.found(call.turn_text(turn), true).into_iter();
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
    moved
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
            hit: whole.start + 35..whole.end - 1,
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
    fn people_who_are_mentioned_are_hidden_everywhere() {
        let mut call = Call::default();
        call.id = "escalated-karen-holt_17".to_owned();
        call.meta.insert("note".to_owned(), "handed to Karen Holt, cc Mrs Desai".into());
        let agent = call.speaker(Role::Agent, "Agent", None);
        let customer = call.speaker(Role::Customer, "Customer", None);
        call.push_turn(customer, None, None, "My manager Karen Holt called, and Mr Singh. My sister deals with it.");
        call.push_turn(agent, None, None, "I'll ask Karen and Mr. Singh, and Desai.");
        let unknown = call.speaker(Role::Unknown, "Zora Quill", Some("Zora Quill"));
        call.push_turn(unknown, None, None, "Zora speaking.");
        let (mut judged, mut source) = (Judged::default(), "calls/ruth/2026-paris.txt".to_owned());
        hide(&mut call, &mut judged, &mut source, &[], &[]);
        let person = |name: &str| Pseudonym::of(PERSON, name);
        let (karen, singh, desai) = (person("karen").name, person("singh").name, person("desai").name);
        let said = |k: usize| call.turn_text(&call.turns[k]);
        assert_eq!(said(0), format!("My manager {karen} called, and Mr {singh}. My sister deals with it."));
        assert_eq!(said(1), format!("I'll ask {karen} and Mr. {singh}, and {desai}."));
        assert_eq!(said(2), format!("{} speaking.", person("Zora Quill").name));
        assert_eq!(call.meta["note"], format!("handed to {karen}, cc Mrs {desai}"));
        assert_eq!(call.id, format!("escalated-{}_17", person("karen").id));
        assert!(source.starts_with(&format!("calls/{}/2026-", person("ruth").id)), "{source}");
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
