//! Reading a document by its description: calls, turns, who speaks, times and words.

use std::collections::BTreeSet;

use crate::call::Role;
use crate::input::json::builder::CallBuilder;
use crate::input::json::described::description::{Description, Roles, Side};
use crate::input::json::described::path::{Here, Path, Paths};
use crate::input::json::field::PEOPLE;
use crate::input::json::time::{self, At};
use crate::input::json::{Value, voice_ai};
use crate::roles::labels::{Label, parse_label, role_word};

/// Somebody in the list of a call's people.
struct Person {
    ids: Vec<String>,
    name: Option<String>,
    role: Option<String>,
}

/// What the turns of a call have in common.
struct Around<'v> {
    people: Vec<Person>,
    /// Whether the turns are on several channels: then those tell who speaks.
    channels: bool,
    /// The words of all turns, where these name theirs by place.
    words: Vec<&'v Value>,
    /// Who spoke last, where a description lets a speaker go on.
    last: Option<String>,
    /// Where the turn stands in the list of all.
    place: usize,
    /// Ids of turns that came already.
    met: BTreeSet<String>,
    /// Whether any turn's role was stated.
    stated: bool,
}

/// Who says a turn.
struct Voice {
    role: Role,
    label: String,
    name: Option<String>,
    /// The role comes from a field or the description rather than from words in a label.
    stated: bool,
}

impl Description {
    /// Reads all calls of a document.
    pub(in crate::input::json) fn read(&self, document: &Value, builder: &mut CallBuilder<'_>) {
        let top = Here { top: document, at: document };
        let calls = if self.calls.is_empty() { vec![document] } else { self.calls.every(top) };
        let listed = calls.len() > 1 && calls.iter().any(|call| !self.turns.list(top.inside(call)).is_empty());
        for call in calls {
            self.call(top.inside(call), builder);
            // A path to the document itself is for documents of one call.
            let listed = listed && !std::ptr::eq(call, document);
            if listed { builder.hand_over_listed() } else { builder.hand_over() }
        }
    }

    fn call(&self, here: Here<'_>, builder: &mut CallBuilder<'_>) {
        let turns = self.turns.list(here);
        if self.sent {
            builder.chat();
        }
        builder.id(self.call.name(here));
        let call = builder.call();
        call.agent = self.agent.name(here);
        call.customer = self.customer.name(here);
        call.queue = self.queue.name(here);
        call.started = self.started.list(here).into_iter().find_map(time::moment);
        // A code such as `EN` is written small; one with a country, `en-GB`, has its capitals.
        let small = |code: String| if code.contains('-') { code } else { code.to_lowercase() };
        call.language = self.language.name(here).map(small);
        call.stated_duration = self.duration.time(here, None).and_then(|at| match at {
            At::Offset(seconds) | At::Clock(seconds) => Some(seconds),
            _ => None,
        });
        let channel = |turn: &&Value| self.channel.name(here.inside(turn));
        let first = turns.first().and_then(channel);
        let mut around = Around {
            people: self.people(here),
            channels: !self.channel.is_empty() && turns.iter().any(|turn| channel(turn) != first),
            words: if self.words.places.is_empty() { Vec::new() } else { self.words.at.list(here) },
            last: None,
            place: 0,
            met: BTreeSet::new(),
            stated: false,
        };
        for (k, turn) in turns.into_iter().enumerate() {
            around.place = k;
            self.turn(here.inside(turn), &mut around, builder);
        }
        // A description that does not say how roles are known: one that is stated makes them so.
        if self.gives.is_none() && !around.stated {
            builder.by_labels();
        }
    }

    fn people(&self, here: Here<'_>) -> Vec<Person> {
        let people = &self.people;
        let person = |value: &Value| {
            let here = here.inside(value);
            let ids = people.id.0.iter().filter_map(|path| path.name(here));
            Person { ids: ids.collect(), name: people.name.name(here), role: people.role.name(here) }
        };
        people.at.list(here).into_iter().take(PEOPLE).map(person).collect()
    }

    fn turn<'v>(&self, here: Here<'v>, around: &mut Around<'v>, builder: &mut CallBuilder<'_>) {
        let counts = |(path, values): &(Path, Vec<String>)| path.word(here).is_none_or(|v| values.contains(&v));
        if !self.only.iter().all(counts) {
            return;
        }
        let Some(voice) = self.voice(here, around) else { return };
        let Some(text) = self.text.said(here) else { return };
        if self.once.name(here).is_some_and(|id| !around.met.insert(id)) {
            return;
        }
        around.stated |= voice.stated;
        if !voice.stated && self.gives.is_some_and(|gives| gives.roles != "stated") {
            builder.by_labels();
        }
        let known = parse_label(&voice.label);
        let who = if !known.nobody && voice.role == known.role && voice.name == known.name {
            builder.labelled(&voice.label).unwrap_or_default()
        } else {
            builder.speaker(voice.role, &voice.label, voice.name.as_deref())
        };
        let words = if self.words.places.is_empty() {
            self.words.at.list(here)
        } else {
            let places = self.words.places.list(here).into_iter().filter_map(Value::as_u64);
            places.filter_map(|k| around.words.get(k as usize).copied()).collect()
        };
        let span = |from: &Paths, to: &Paths, length: &Paths, here: Here<'_>| {
            let start = from.time(here, self.unit);
            let length = || match length.time(here, self.unit) {
                Some(At::Offset(seconds) | At::Clock(seconds)) => start.map(|s| s.plus(seconds)),
                _ => None,
            };
            (start, to.time(here, self.unit).or_else(length))
        };
        let (mut start, mut end) = span(&self.start, &self.end, &self.length, here);
        let w = &self.words;
        let word_span = |word: &Value| span(&w.start, &w.end, &w.length, here.inside(word));
        if start.is_none() {
            // A turn that does not say when is as long as its words.
            start = words.first().and_then(|word| word_span(word).0);
            end = end.or_else(|| words.last().and_then(|word| word_span(word).1));
        }
        if builder.push_turn(who, start, end, &text) {
            for word in words {
                let (start, end) = word_span(word);
                builder.push_word(&w.text.said(here.inside(word)).unwrap_or_default(), start, end);
            }
        }
    }

    /// Who says a turn; none if nobody does.
    fn voice(&self, here: Here<'_>, around: &mut Around<'_>) -> Option<Voice> {
        let mut label = self.speaker.label(here, self.speaker_prefix.as_deref());
        if around.channels || label.is_none() {
            label = self.channel.label(here, Some("ch")).or(label);
        }
        if self.speaker_goes_on {
            label = label.or(around.last.take());
            around.last.clone_from(&label);
        }
        let in_turn = || self.alternate.get(around.place % self.alternate.len().max(1)).cloned();
        let label = label.or_else(in_turn).unwrap_or_default();
        let id = self.people.turn.name(here);
        let person = id.and_then(|id| around.people.iter().find(|p| p.ids.contains(&id)));
        // Where fields state the role, a label is a label.
        let fields = [&self.role, &self.is_agent, &self.is_customer].iter().any(|paths| !paths.is_empty());
        let stated = self.gives.is_some_and(|gives| gives.roles == "stated");
        let known = if fields && stated { Label::default() } else { parse_label(&label) };
        let name = self.speaker_name.name(here).or_else(|| person.and_then(|p| p.name.clone()));
        let role = match self.stated(here, person, &label) {
            Some(Side::Says(role)) => Some(role),
            None if !known.nobody => None,
            _ => return None,
        };
        // A role word in a field of its own is stated, too, where no description says otherwise.
        let stated = role.is_some() || (self.gives.is_none() && role_word(&label) != Role::Unknown);
        let role = role.unwrap_or(known.role);
        Some(Voice { role, label, name: name.or(known.name), stated })
    }

    /// Who speaks, as fields state it.
    fn stated(&self, here: Here<'_>, person: Option<&Person>, label: &str) -> Option<Side> {
        if self.is_agent.holds(here) {
            return Some(Side::Says(Role::Agent));
        }
        if self.is_customer.holds(here) {
            return Some(Side::Says(Role::Customer));
        }
        let word = |word: &str| Some(role_word(word)).filter(|r| *r != Role::Unknown).map(Side::Says);
        if let Some(role) = person.and_then(|p| p.role.as_deref()).and_then(|r| self.mapped(r).or_else(|| word(r))) {
            return Some(role);
        }
        if let Some(role) = self.role.name(here) {
            let nobody = || parse_label(&role).nobody.then_some(Side::Nobody);
            if let Some(role) = self.mapped(&role).or_else(|| word(&role)).or_else(nobody) {
                return Some(role);
            }
        }
        self.mapped(label)
    }

    /// The role that the description gives a word.
    fn mapped(&self, word: &str) -> Option<Side> {
        match &self.roles {
            Roles::Words(words) => words.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, side)| *side),
            Roles::VoiceAi if word.is_empty() => None,
            Roles::VoiceAi => Some(voice_ai::role(word).map_or(Side::Nobody, Side::Says)),
        }
    }
}
