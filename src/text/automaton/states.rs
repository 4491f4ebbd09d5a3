//! The states a worker met: sets of the automaton's nodes, each with a number.

use super::{DEAD, Node, STATE_BITS, State};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Sets of nodes and their numbers.
#[derive(Debug, Default)]
pub(super) struct States {
    sets: Vec<Rc<[Node]>>,
    number_of: FxHashMap<Rc<[Node]>, State>,
    /// How many nodes the sets have together.
    nodes: usize,
    /// The phrases that end in states, one state after the other.
    accepts: Vec<u32>,
    /// Where those of a state end within `accepts`, by its place; they begin where those of the one before end.
    accepts_to: Vec<u32>,
}

impl States {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sets.len()
    }

    /// About how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        (self.nodes + self.accepts.len()) * size_of::<Node>() + self.len() * 64
    }

    /// The nodes of a state, in order.
    pub(super) fn nodes(&self, state: State) -> &[Node] {
        &self.sets[state as usize >> 1]
    }

    /// The phrases that end in a state.
    pub(super) fn accepts(&self, state: State) -> &[u32] {
        let place = state as usize >> 1;
        let from = place
            .checked_sub(1)
            .map_or(0, |before| self.accepts_to[before]);
        &self.accepts[from as usize..self.accepts_to[place] as usize]
    }

    /// The number of a set of nodes that was met.
    pub(super) fn get(&self, nodes: &[Node]) -> Option<State> {
        self.number_of.get(nodes).copied()
    }

    /// Adds a state that has a number of its own and no nodes.
    pub(super) fn add_bare(&mut self) -> State {
        let state = (self.len() as State) << 1;
        self.sets.push(Rc::default());
        self.accepts_to.push(self.accepts.len() as u32);
        state
    }

    /// Adds a set of nodes, in order, that was not met; `accepts` are the phrases that end there.
    pub(super) fn add(&mut self, nodes: Vec<Node>, accepts: Vec<u32>) -> State {
        if self.len() >= 1 << (STATE_BITS - 1) {
            // Beyond what a step can hold nothing more is found; a walker that is full is made to forget long before.
            return DEAD;
        }
        let state = (self.len() as State) << 1 | State::from(!accepts.is_empty());
        self.nodes += nodes.len();
        self.accepts.extend(accepts);
        self.accepts_to.push(self.accepts.len() as u32);
        let nodes: Rc<[Node]> = nodes.into();
        self.sets.push(nodes.clone());
        self.number_of.insert(nodes, state);
        state
    }
}
