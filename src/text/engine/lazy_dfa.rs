//! A worker's walk: sets of the automaton's nodes become numbered states on first use, and stay.

use super::nfa::{Arc, BORDER, DEAD, GROUPS, Nfa, Node, OTHER, STATE_BITS, State, Symbol, Ways, advance};
use super::states::States;
use crate::text::packed::Packed;
use rustc_hash::FxHashMap;

/// Bits of a symbol: a step is one and two states in a slot of [`Packed`].
const SYMBOL_BITS: u32 = 64 - 2 * STATE_BITS;

/// The states met so far by one worker. A cache: emptied when it grows too big, and never part of a result.
#[derive(Debug)]
pub struct LazyDfa {
    symbols: Vec<Ways>,
    symbol_of: FxHashMap<Ways, Symbol>,
    /// Per symbol: its own where the word may also be passed over, if that was asked for.
    passed_of: Vec<Option<Symbol>>,
    states: States,
    /// The states that a word leads to from a start.
    firsts: Vec<State>,
    /// The states that two are together.
    unions: FxHashMap<(State, State), State>,
    /// The steps met so far, those too that lead nowhere.
    steps: Packed<STATE_BITS>,
    /// About how many bytes were taken by what was kept when the rest was last forgotten.
    kept: usize,
    /// How many more may be.
    room: usize,
    scratch: Scratch,
}

/// The memory for the nodes behind a step that was not met.
#[derive(Debug, Default)]
struct Scratch {
    /// Behind the first word of two.
    behind: Vec<Node>,
    /// Behind the step.
    next: Vec<Node>,
    reached: Vec<Node>,
}

/// What takes more bytes than that is forgotten and met again: hostile text must not fill the memory.
const MOST_BYTES: usize = 32 << 20;

impl Default for LazyDfa {
    fn default() -> Self {
        let mut dfa = LazyDfa {
            symbols: Vec::new(),
            symbol_of: FxHashMap::default(),
            passed_of: Vec::new(),
            states: States::default(),
            firsts: Vec::new(),
            unions: FxHashMap::default(),
            steps: Packed::default(),
            kept: 0,
            room: MOST_BYTES,
            scratch: Scratch::default(),
        };
        let passed = Ways { passed: true, ..Ways::default() };
        dfa.symbol(Ways::one(Vec::new()));
        for ways in [Ways::default(), Ways::default(), passed] {
            dfa.add_symbol(ways);
        }
        dfa.add_starts();
        dfa
    }
}

impl LazyDfa {
    /// Whether what was met is too much to keep.
    pub fn is_full(&self) -> bool {
        self.bytes() > self.kept + self.room
    }

    /// From now on it is full whenever something new was met.
    #[cfg(test)]
    pub fn leave_no_room(&mut self) {
        self.room = 0;
    }

    fn bytes(&self) -> usize {
        let words = 2 * self.steps.len() + 4 * self.unions.len();
        self.states.bytes() + words * size_of::<u64>()
    }

    /// The dead state and the starts have numbers of their own and no nodes. Where a walk ends is a step.
    fn add_starts(&mut self) {
        self.steps.insert(step(DEAD, BORDER), DEAD);
        for _ in 0..=GROUPS {
            self.states.add_bare();
        }
    }

    /// Forgets all but the symbols and the states that words lead to from a start; tells which those are now by the places of
    /// the old ones, dead for those that are gone.
    pub fn forget(&mut self, nfa: &Nfa) -> Vec<State> {
        let (states, firsts) = (std::mem::take(&mut self.states), std::mem::take(&mut self.firsts));
        self.unions = FxHashMap::default();
        self.steps = Packed::default();
        self.add_starts();
        let mut now = vec![DEAD; states.len()];
        for first in firsts {
            let now = &mut now[first as usize >> 1];
            if *now == DEAD {
                *now = self.state(nfa, states.nodes(first));
                self.firsts.push(*now);
            }
        }
        self.kept = self.bytes();
        now
    }

    /// The number of what a word may be taken for.
    pub fn symbol(&mut self, ways: Ways) -> Symbol {
        if let Some(&symbol) = self.symbol_of.get(&ways) {
            return symbol;
        }
        if self.symbols.len() >> SYMBOL_BITS != 0 {
            // More kinds of words than any book has: they are taken for words of no phrase.
            return OTHER;
        }
        let symbol = self.add_symbol(ways.clone());
        self.symbol_of.insert(ways, symbol);
        symbol
    }

    fn add_symbol(&mut self, ways: Ways) -> Symbol {
        let symbol = self.symbols.len() as Symbol;
        self.symbols.push(ways);
        self.passed_of.push(None);
        symbol
    }

    /// The symbol of a word that may also be passed over.
    pub fn passed(&mut self, symbol: Symbol) -> Symbol {
        if let Some(passed) = self.passed_of[symbol as usize] {
            return passed;
        }
        let mut ways = self.symbols[symbol as usize].clone();
        ways.passed = true;
        let passed = self.symbol(ways);
        self.passed_of[symbol as usize] = Some(passed);
        passed
    }

    /// The phrases that end in a state.
    pub fn accepts(&self, state: State) -> &[u32] {
        self.states.accepts(state)
    }

    /// Where a word leads from a state.
    #[inline]
    pub fn next_state(&mut self, nfa: &Nfa, from: State, word: Symbol) -> State {
        // A step like any other, since whether it is that cannot be foreseen.
        let ends = from == DEAD || word == BORDER;
        let (from, word) = if ends { (DEAD, BORDER) } else { (from, word) };
        match self.steps.get(step(from, word)) {
            Some(to) => to,
            None => self.determinise(nfa, from, word),
        }
    }

    #[cold]
    fn determinise(&mut self, nfa: &Nfa, from: State, word: Symbol) -> State {
        let to = self.reach(nfa, from, word);
        if from as usize >> 1 <= GROUPS && to != DEAD {
            self.firsts.push(to);
        }
        self.steps.insert(step(from, word), to);
        to
    }

    fn reach(&mut self, nfa: &Nfa, from: State, word: Symbol) -> State {
        let place = from as usize >> 1;
        if place == 0 {
            return DEAD;
        }
        let Scratch { mut behind, mut next, mut reached } = std::mem::take(&mut self.scratch);
        let ways = &self.symbols[word as usize];
        for (first, second) in &ways.readings {
            let to = if second.is_some() { &mut behind } else { &mut next };
            if place <= GROUPS {
                let roots = &nfa.roots[place - 1];
                to.extend(first.iter().filter_map(|a| roots.get(a)).flatten().copied());
            } else {
                advance(self.states.arcs(from).iter().copied(), first, to);
            }
            if let Some(second) = second {
                nfa.close(&mut behind, &mut reached);
                advance(nfa.arcs(&reached), second, &mut next);
            }
        }
        // A phrase that ended before what is passed over does not end once more behind it.
        if ways.passed && place > GROUPS {
            let waits = |node: &Node| !matches!(nfa.nodes[*node as usize], Arc::Accept(_));
            next.extend(self.states.nodes(from).iter().copied().filter(waits));
        }
        nfa.close(&mut next, &mut reached);
        let to = self.state(nfa, &reached);
        self.scratch = Scratch { behind, next, reached };
        to
    }

    /// The state of what two of them are on the way to.
    #[inline]
    pub fn union(&mut self, nfa: &Nfa, one: State, other: State) -> State {
        if other == DEAD || one == other {
            return one;
        }
        if one == DEAD {
            return other;
        }
        self.joined(nfa, one, other)
    }

    #[cold]
    fn joined(&mut self, nfa: &Nfa, one: State, other: State) -> State {
        if let Some(&state) = self.unions.get(&(one, other)) {
            return state;
        }
        let mut nodes = [self.states.nodes(one), self.states.nodes(other)].concat();
        nodes.sort_unstable();
        nodes.dedup();
        let state = self.state(nfa, &nodes);
        self.unions.insert((one, other), state);
        state
    }

    /// The number of a set of nodes, in order.
    fn state(&mut self, nfa: &Nfa, nodes: &[Node]) -> State {
        if nodes.is_empty() {
            return DEAD;
        }
        if let Some(state) = self.states.get(nodes) {
            return state;
        }
        let mut accepts: Vec<u32> = nodes
            .iter()
            .filter_map(|&n| match nfa.nodes[n as usize] {
                Arc::Accept(phrase) => Some(phrase),
                _ => None,
            })
            .collect();
        accepts.sort_unstable();
        accepts.dedup();
        self.states.add(nodes, &accepts, nfa.arcs(nodes))
    }
}

/// The key of a step. Words that are met early, as the frequent ones are, differ in the lowest bits.
#[inline]
fn step(from: State, word: Symbol) -> u64 {
    u64::from(from) << SYMBOL_BITS | u64::from(word)
}
