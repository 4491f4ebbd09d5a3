//! Reading the turns of a call into tokens, a block at a time, with notes of what later steps would ask of every one.
//!
//! Each step goes over a block in one tight loop and keeps it where the processor has it at hand. What is asked of every
//! word is a bit of the block, so that no answer decides where the program goes on: they could not be foreseen.

use super::word_facts::Known;
use super::{Tagger, group_of};
use crate::call::Call;
use crate::text::bits::{BLOCK, bits, push_places};
use crate::text::engine::nfa::{BORDER, DEAD, Group};
use crate::text::scene::{Scene, Token};
use crate::text::traits;
use crate::text::words::{Cutter, Key, Kind, Piece};

/// A block of pieces and which of them a customer said.
#[derive(Debug)]
pub(super) struct Block {
    pieces: [Piece; BLOCK],
    customer: u64,
}

impl Default for Block {
    fn default() -> Self {
        Block { pieces: [Piece::default(); BLOCK], customer: 0 }
    }
}

impl Tagger<'_> {
    /// Cuts the turns into tokens. Blocks do not stop for turns: those are short.
    pub(super) fn read(&mut self, call: &Call, scene: &mut Scene) {
        scene.tokens.clear();
        scene.contents.clear();
        scene.asked.clear();
        self.symbols.clear();
        self.leads.clear();
        self.ends.clear();
        self.others.clear();
        self.stops.clear();
        self.doubled.clear();
        self.opens.clear();
        scene.cued.clear();
        self.last = Last::default();
        let mut spans = std::mem::take(&mut self.spans);
        let mut block = self.block.take().unwrap_or_default();
        spans.find(call.text());
        let mut cutter = Cutter::new(call.text(), &spans);
        let mut filled = 0;
        for turn in &call.turns {
            let customer = group_of(call.role(turn)) == Group::Customer;
            cutter.go_to(turn.text.start as usize..turn.text.end as usize);
            loop {
                let from = filled;
                filled += cutter.fill(&mut block.pieces[from..]);
                if customer && filled > from {
                    block.customer |= (u64::MAX >> (BLOCK - (filled - from))) << from;
                }
                if filled < BLOCK {
                    break;
                }
                self.look_up(call.text(), &block, filled, scene);
                (filled, block.customer) = (0, 0);
            }
            self.ends.push(scene.tokens.len() + filled);
        }
        self.look_up(call.text(), &block, filled, scene);
        block.customer = 0;
        (self.spans, self.block) = (spans, Some(block));
        self.symbols.push(BORDER);
        for &stop in &self.stops {
            self.symbols[stop as usize] = BORDER;
        }
        let (mut from, mut others) = (0, self.others.iter().peekable());
        scene.words_of.clear();
        for &to in &self.ends {
            // A turn begins with a sentence.
            self.symbols[from] = BORDER;
            let mut words = to - from;
            while others.next_if(|&&other| (other as usize) < to).is_some() {
                words -= 1;
            }
            scene.words_of.push(words as u32);
            from = to;
        }
    }

    /// Adds the tokens of a block. Each way through it is short, so that all it needs stays in registers.
    fn look_up(&mut self, text: &str, block: &Block, filled: usize, scene: &mut Scene) {
        let pieces = &block.pieces[..filled];
        let (from, tokens) = (scene.tokens.len(), &mut scene.tokens);
        tokens.resize(from + filled, Token::default());
        scene.contents.resize(from + filled, 0);
        self.symbols.resize(from + filled, BORDER);
        self.leads.resize(from + filled, DEAD);
        let (mut words, mut missed) = ([Known::NONE; BLOCK], 0);
        for (k, (piece, word)) in pieces.iter().zip(&mut words).enumerate() {
            // Nearly all are met there.
            match self.short.get(&piece.key) {
                Some(known) => *word = *known,
                None => missed |= 1 << k,
            }
        }
        for k in bits(missed) {
            words[k] = self.known(text, &pieces[k]);
        }
        let (mut flags, mut customer) = ([0; BLOCK], block.customer);
        // Those that are read as the word before is, the last one on top.
        let (mut alike, mut last_facts) = (0, self.last.facts);
        let facts = self.facts.as_slice();
        let symbols = self.symbols[from..].iter_mut();
        let places = symbols.zip(&mut self.leads[from..]).zip(&mut flags);
        let given = pieces.iter().zip(&words);
        let tokens = tokens[from..].iter_mut().zip(&mut scene.contents[from..]);
        for (((token, content), ((symbol, lead), flags)), (piece, known)) in tokens.zip(places).zip(given) {
            let traits = piece.traits.and(known.traits);
            *token = Token { start: piece.start, end: piece.end, facts: known.facts, traits };
            *content = known.content * u32::from(traits.kind() == Kind::Word);
            *symbol = known.symbol;
            let first = &facts[known.facts as usize].first;
            *lead = first[Group::Agent as usize + (customer & 1) as usize];
            customer >>= 1;
            *flags = traits::flags(traits);
            alike = (alike | u64::from(known.facts == last_facts)).rotate_right(1);
            last_facts = known.facts;
        }
        for k in bits(traits::having(&flags, traits::RARE)) {
            let (place, at) = (pieces[k].traits, (from + k) as u32);
            if place.asked() {
                scene.asked.push(at);
            }
            if place.kind() != Kind::Word {
                self.others.push(at);
            }
        }
        if !pieces.is_empty() {
            let alike = alike >> (BLOCK - pieces.len());
            self.note(pieces, &flags, alike, from, scene);
        }
    }

    /// Takes the notes of a block: what later steps look at. `alike` are the pieces that are read as the one before.
    fn note(&mut self, pieces: &[Piece], flags: &[u8; BLOCK], alike: u64, from: usize, scene: &mut Scene) {
        let tokens = &scene.tokens[from..];
        let having = |bit: u32| traits::having(flags, bit);
        let fills = having(traits::FILLS);
        let filled = having(traits::FILLED) & (fills << 1 | self.last.fills);
        // Written alike, or read alike: "okay, ok".
        let is_same = |&k: &usize| {
            let before = k.checked_sub(1).map_or(self.last.key, |k| pieces[k].key);
            pieces[k].key == before || tokens[k].is(traits::LISTED)
        };
        let same = bits(alike).filter(is_same).fold(0, |all, k| all | 1 << k);
        let from = from as u32;
        let doubled = filled | same | having(traits::TWO);
        push_places(&mut self.doubled, from, doubled);
        push_places(&mut self.stops, from, having(traits::STOPS));
        push_places(&mut self.opens, from, having(traits::OPENS));
        push_places(&mut scene.cued, from, having(traits::NAMES));
        let last = pieces.len() - 1;
        self.last = Last { key: pieces[last].key, facts: tokens[last].facts, fills: fills >> last };
    }
}

/// The word that was read last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Last {
    key: Key,
    facts: u32,
    /// 1 if the next one may make a filler of it.
    fills: u64,
}

impl Default for Last {
    fn default() -> Self {
        Last { key: Key::default(), facts: u32::MAX, fills: 0 }
    }
}
