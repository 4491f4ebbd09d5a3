//! A worker's walk: sets of the automaton's nodes become numbered states on first use, and stay.

use super::steps::{DeadEnds, SYMBOL_BITS, Steps};
use super::{Arc, Automaton, DEAD, EITHER, GROUPS, Node, OTHER, STATE_BITS, State, Symbol, Ways};
use rustc_hash::FxHashMap;

/// The states met so far by one worker. A cache: emptied when it grows too big, and never part of a result.
#[derive(Debug)]
pub struct Walker {
    symbols: Vec<Ways>,
    symbol_of: FxHashMap<Ways, Symbol>,
    states: Vec<Vec<Node>>,
    state_of: FxHashMap<Vec<Node>, State>,
    /// The phrases that end in states, one state after the other.
    accepts: Vec<u32>,
    /// Where those of a state end within `accepts`, by its place; they begin where those of the one before end.
    accepts_to: Vec<u32>,
    dead: DeadEnds,
    steps: Steps,
}

/// More states than that are forgotten and met again: hostile text must not fill the memory.
const MOST_STATES: usize = 60_000;
/// And so are more steps.
const MOST_STEPS: usize = 600_000;
/// And so are more words of bits.
const MOST_BITS: usize = 1 << 21;

impl Default for Walker {
    fn default() -> Self {
        let mut walker = Walker {
            symbols: Vec::new(),
            symbol_of: FxHashMap::default(),
            states: Vec::new(),
            state_of: FxHashMap::default(),
            accepts: Vec::new(),
            accepts_to: Vec::new(),
            dead: DeadEnds::default(),
            steps: Steps::default(),
        };
        let passed = Ways {
            passed: true,
            ..Ways::default()
        };
        walker.symbol(Ways::one(Vec::new()));
        for ways in [Ways::default(), Ways::default(), passed] {
            walker.add_symbol(ways);
        }
        // The dead state and the starts have numbers of their own and no nodes.
        for state in 0..=GROUPS {
            walker.states.push(Vec::new());
            walker.accepts_to.push(0);
            walker.dead.add_state();
            walker.dead.set((state as State) << 1, OTHER);
        }
        walker
    }
}

impl Walker {
    /// Whether what was met is too much to keep.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.states.len() > MOST_STATES
            || self.steps.len() > MOST_STEPS
            || self.dead.len() > MOST_BITS
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
        self.dead.fit(symbol, self.states.len());
        symbol
    }

    /// The symbol of a word that may also be passed over.
    pub fn passed(&mut self, symbol: Symbol) -> Symbol {
        let mut ways = self.symbols[symbol as usize].clone();
        ways.passed = true;
        self.symbol(ways)
    }

    /// The phrases that end in a state.
    #[must_use]
    pub fn accepts(&self, state: State) -> &[u32] {
        let place = state as usize >> 1;
        let from = place
            .checked_sub(1)
            .map_or(0, |before| self.accepts_to[before]);
        &self.accepts[from as usize..self.accepts_to[place] as usize]
    }

    /// Whether a word may lead on; false is certain.
    #[inline]
    #[must_use]
    pub fn goes_on(&self, from: State, word: Symbol) -> bool {
        !self.dead.has(from, word)
    }

    /// Where a word leads from a state that is not dead.
    #[inline]
    pub fn step(&mut self, automaton: &Automaton, from: State, word: Symbol) -> State {
        // Most words lead nowhere from most states, and that is the cheapest to tell.
        if self.dead.has(from, word) {
            return DEAD;
        }
        self.step_on(automaton, from, word)
    }

    /// Where a word leads that may lead on, as [`Self::goes_on`] told.
    #[inline]
    pub fn step_on(&mut self, automaton: &Automaton, from: State, word: Symbol) -> State {
        match self.steps.get(from, word) {
            Some(to) => to,
            None => self.first_step(automaton, from, word),
        }
    }

    #[cold]
    fn first_step(&mut self, automaton: &Automaton, from: State, word: Symbol) -> State {
        let to = self.discover(automaton, from, word);
        if word == EITHER {
            // Its walker goes two ways: it never is a dead end.
        } else if to == DEAD {
            self.dead.set(from, word);
        } else {
            self.steps.insert(from, word, to);
        }
        to
    }

    fn discover(&mut self, automaton: &Automaton, from: State, word: Symbol) -> State {
        let place = from as usize >> 1;
        if place == 0 || self.states.len() >= 1 << (STATE_BITS - 1) {
            // Beyond what a step can hold, and what memory could: nothing more is found.
            return DEAD;
        }
        let ways = &self.symbols[word as usize];
        let mut next = Vec::new();
        for (first, second) in &ways.readings {
            let mut behind = Vec::new();
            if place <= GROUPS {
                let roots = &automaton.roots[place - 1];
                behind.extend(first.iter().filter_map(|a| roots.get(a)).flatten().copied());
            } else {
                automaton.advance(&self.states[place], first, &mut behind);
            }
            match second {
                None => next.append(&mut behind),
                Some(second) => automaton.advance(&automaton.close(behind), second, &mut next),
            }
        }
        // A phrase that ended before what is passed over does not end once more behind it.
        if ways.passed && place > GROUPS {
            let waits = |node: &Node| !matches!(automaton.nodes[*node as usize], Arc::Accept(_));
            next.extend(self.states[place].iter().copied().filter(waits));
        }
        let nodes = automaton.close(next);
        if nodes.is_empty() {
            return DEAD;
        }
        if let Some(&state) = self.state_of.get(&nodes) {
            return state;
        }
        let mut accepts: Vec<u32> = nodes
            .iter()
            .filter_map(|&n| match automaton.nodes[n as usize] {
                Arc::Accept(phrase) => Some(phrase),
                _ => None,
            })
            .collect();
        accepts.sort_unstable();
        accepts.dedup();
        let state = (self.states.len() as State) << 1 | State::from(!accepts.is_empty());
        let any = |&n: &Node| matches!(automaton.nodes[n as usize], Arc::Any(_));
        self.dead.add_state();
        // A word in no phrase is let pass by a gap alone.
        if !nodes.iter().any(any) {
            self.dead.set(state, OTHER);
        }
        self.accepts.extend(accepts);
        self.accepts_to.push(self.accepts.len() as u32);
        self.states.push(nodes.clone());
        self.state_of.insert(nodes, state);
        state
    }
}
