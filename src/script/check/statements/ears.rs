//! Hears what each sentence of a script does for the caller.
//!
//! Twice, with phrases alone and with learned weights beside them: what one of the two hears in the old state counts as
//! a statement, and what one of them hears in the new state can stand for it. A statement that only one way of
//! listening knows is then no false alarm when it is reworded, and no blind spot when it is deleted.

use super::part::{Families, Part, Sentence};
use super::wording;
use crate::audit::Auditor;
use crate::call::Role;
use crate::report::script::ScriptPath;
use crate::rules::{PackRef, Pick, Problems, RuleBook, Sets};
use crate::script::{self, Item, Path, Speech};
use crate::text::set::{Detectors, SetId};
use crate::text::scene::{Doubts, Scene};

/// Last words of a script are warm or not within this many words from its end.
const CLOSE: usize = 45;

/// Two ways of listening.
pub struct Ears {
    phrases: RuleBook,
    learned: RuleBook,
}

impl Ears {
    /// With the sets that these packs know.
    pub fn load(packs: &[PackRef]) -> Result<Ears, Problems> {
        let load = |detectors| {
            let pick = Pick { sets: Sets::All, detectors: Some(detectors), ..Pick::default() };
            RuleBook::load(packs, &pick)
        };
        Ok(Ears { phrases: load(Detectors::Phrases)?, learned: load(Detectors::Combined)? })
    }

    /// Somebody who listens to scripts.
    pub fn listener(&self) -> Listener<'_> {
        Listener { phrases: Ear::new(&self.phrases), learned: Ear::new(&self.learned) }
    }
}

/// One way of listening, with the sets it listens for.
struct Ear<'e> {
    auditor: Auditor<'e>,
    scene: Scene,
    feeling: Vec<SetId>,
    acknowledgement: Vec<SetId>,
    help: Vec<SetId>,
    warmth: Vec<SetId>,
    logistics: Vec<SetId>,
    names: Vec<SetId>,
}

impl<'e> Ear<'e> {
    fn new(book: &'e RuleBook) -> Self {
        let sets = |names: &[&str]| names.iter().filter_map(|name| book.phrases().id(name)).collect();
        Ear {
            auditor: Auditor::new(book),
            scene: Scene::default(),
            feeling: sets(&["empathy", "apology", "kind-word"]),
            acknowledgement: sets(&["acknowledgement"]),
            help: sets(&["willingness", "reassurance", "personal-effort"]),
            warmth: sets(&["warmth", "wish", "courtesy"]),
            logistics: sets(&["logistics"]),
            names: sets(&["name", "name-placeholder"]),
        }
    }

    fn has(&self, sentence: u32, sets: &[SetId]) -> bool {
        sets.iter().any(|&set| self.scene.has(sentence, set))
    }

    fn families(&self, sentence: u32, closing: bool) -> Families {
        let found = |sets, family| if self.has(sentence, sets) { family } else { Families::NONE };
        let warmth = if closing { found(&self.warmth, Families::WARMTH) } else { Families::NONE };
        found(&self.feeling, Families::FEELING).with(found(&self.help, Families::HELP)).with(warmth)
    }

    fn names(&self, sentence: u32) -> usize {
        let of = |set: &SetId| self.scene.hits(*set).iter().filter(|h| h.sentence == sentence).count();
        self.names.iter().map(of).max().unwrap_or(0)
    }
}

/// Listens to scripts.
pub struct Listener<'e> {
    phrases: Ear<'e>,
    learned: Ear<'e>,
}

/// What is said in one part, before it is listened to.
#[derive(Default)]
struct Said<'s> {
    part: Part,
    speeches: Vec<&'s Speech>,
    /// From this speech on, nothing comes after it but the end of the call.
    closing: Option<usize>,
}

impl Listener<'_> {
    /// The parts of a script; the first is the trunk.
    pub fn listen(&mut self, items: &[Item], wpm: f64) -> Vec<Part> {
        let mut all = vec![Said::default()];
        gather(items, 0, true, &mut all);
        all.into_iter().map(|said| self.hear(said, wpm)).collect()
    }

    fn hear(&mut self, said: Said<'_>, wpm: f64) -> Part {
        let mut part = said.part;
        let closing = said.closing.unwrap_or(usize::MAX);
        let path = Path { speeches: said.speeches, ..Path::default() };
        let script::Enacted { call, marks } = script::enact(&path, wpm);
        let places = ScriptPath { marks, ..ScriptPath::default() };
        self.phrases.auditor.tag(&call, &mut self.phrases.scene);
        self.learned.auditor.tag(&call, &mut self.learned.scene);
        let scene = &self.phrases.scene;
        let words: usize = (0..call.turns.len() as u32).map(|t| scene.word_count(t)).sum();
        let mut before = 0;
        for (n, sentence) in scene.sentences.iter().enumerate() {
            let (tokens, n) = (sentence.tokens.len(), n as u32);
            let at = before;
            let role = call.role(&call.turns[sentence.turn as usize]);
            if role == Role::Agent {
                before += tokens;
            }
            let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
            if role != Role::Agent || !text.contains(char::is_alphanumeric) {
                continue;
            }
            let last = sentence.turn as usize >= closing && at + CLOSE >= words;
            part.sentences.push(Sentence {
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                words: wording::words(text),
                start_s: at as f64 * 60.0 / wpm,
                place: places.place(call.text(), &sentence.text),
                ..self.judge(n, last)
            });
        }
        part
    }

    fn judge(&self, n: u32, closing: bool) -> Sentence {
        let (one, other) = (&self.phrases, &self.learned);
        let (a, b) = (one.families(n, closing), other.families(n, closing));
        let perhaps = other.scene.with_doubts(Doubts::For, || other.families(n, closing));
        // A restated matter is worth little by itself, and many a fact sounds like one.
        let restated = one.has(n, &one.acknowledgement) && other.has(n, &other.acknowledgement);
        let restated = if restated { Families::FEELING } else { Families::NONE };
        Sentence {
            sure: a.shared(b),
            heard: a.with(b).with(restated),
            perhaps: a.with(b).with(perhaps).with(restated),
            logistics: one.has(n, &one.logistics) && other.has(n, &other.logistics),
            names: one.names(n),
            ..Sentence::default()
        }
    }
}

/// Gathers what is said in each part; `last` is whether the call ends where these items end.
fn gather<'s>(items: &'s [Item], part: usize, last: bool, all: &mut Vec<Said<'s>>) {
    let mut own = part;
    for (k, item) in items.iter().enumerate() {
        let over = last && !items[k + 1..].iter().any(speaks);
        match item {
            Item::Say(speech) => {
                if let Some(id) = &speech.prompt {
                    own = all.len();
                    all.push(Said { part: named(id, speech, part), ..Said::default() });
                }
                all[own].speeches.push(speech);
            }
            Item::Choice(ways) => {
                for way in ways.iter().filter(|w| !w.label.is_empty()) {
                    let inside = all.len();
                    let made = Part {
                        label: way.label.clone(),
                        under: way.under.clone(),
                        parent: own,
                        at: way.at,
                        sentences: Vec::new(),
                    };
                    all.push(Said { part: made, ..Said::default() });
                    gather(&way.items, inside, over, all);
                }
            }
        }
    }
    if last {
        // What is said behind the last choice is the close.
        let choices = items
            .iter()
            .rposition(|i| matches!(i, Item::Choice(ways) if ways.iter().any(|w| w.items.iter().any(speaks))));
        let after = items[choices.map_or(0, |c| c + 1)..].iter().filter(|i| matches!(i, Item::Say(_))).count();
        if after > 0 {
            all[own].closing = Some(all[own].speeches.len().saturating_sub(after));
        }
    }
}

fn named(id: &str, speech: &Speech, parent: usize) -> Part {
    Part { label: id.to_owned(), parent, at: speech.place(0), ..Part::default() }
}

fn speaks(item: &Item) -> bool {
    match item {
        Item::Say(speech) => speech.role == Role::Agent,
        Item::Choice(ways) => ways.iter().any(|w| w.items.iter().any(speaks)),
    }
}
