//! The states a worker met: sets of the automaton's nodes, each with a number.

use super::lexicon::Atom;
use super::nfa::{DEAD, Node, STATE_BITS, State};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Sets of nodes and their numbers.
#[derive(Debug, Default)]
pub(super) struct States {
    sets: Vec<Rc<[Node]>>,
    number_of: FxHashMap<Rc<[Node]>, State>,
    /// What the nodes of states ask for, and where each goes on, one state after the other: a step that was not met is looked
    /// for among these.
    arcs: Vec<(Atom, Node)>,
    /// Where those of a state end within `arcs`, by its place.
    arcs_to: Vec<u32>,
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
        let arcs = self.arcs.len() * size_of::<(Atom, Node)>();
        2 * arcs + self.accepts.len() * size_of::<u32>() + self.len() * 64
    }

    /// The nodes of a state, in order.
    pub(super) fn nodes(&self, state: State) -> &[Node] {
        &self.sets[state as usize >> 1]
    }

    /// The phrases that end in a state.
    pub(super) fn accepts(&self, state: State) -> &[u32] {
        of_state(&self.accepts, &self.accepts_to, state)
    }

    /// What the nodes of a state ask for, and where each goes on.
    pub(super) fn arcs(&self, state: State) -> &[(Atom, Node)] {
        of_state(&self.arcs, &self.arcs_to, state)
    }

    /// The number of a set of nodes that was met.
    pub(super) fn get(&self, nodes: &[Node]) -> Option<State> {
        self.number_of.get(nodes).copied()
    }

    /// Adds a state that has a number of its own and no nodes.
    pub(super) fn add_bare(&mut self) -> State {
        let state = (self.len() as State) << 1;
        self.sets.push(Rc::default());
        self.end_lists();
        state
    }

    /// Adds a set of nodes, in order, that was not met: the phrases that end there, and its arcs.
    pub(super) fn add(&mut self, nodes: &[Node], accepts: &[u32], arcs: impl Iterator<Item = (Atom, Node)>) -> State {
        if self.len() >= 1 << (STATE_BITS - 1) {
            // Beyond what a step can hold nothing more is found; a walker that is full is made to forget long before.
            return DEAD;
        }
        let state = (self.len() as State) << 1 | State::from(!accepts.is_empty());
        self.accepts.extend_from_slice(accepts);
        self.arcs.extend(arcs);
        self.end_lists();
        let nodes: Rc<[Node]> = nodes.into();
        self.sets.push(nodes.clone());
        self.number_of.insert(nodes, state);
        state
    }

    fn end_lists(&mut self) {
        self.accepts_to.push(self.accepts.len() as u32);
        self.arcs_to.push(self.arcs.len() as u32);
    }
}

/// What belongs to a state of lists that stand one behind the other.
fn of_state<'a, T>(all: &'a [T], ends: &[u32], state: State) -> &'a [T] {
    let place = state as usize >> 1;
    let from = place.checked_sub(1).map_or(0, |before| ends[before]);
    &all[from as usize..ends[place] as usize]
}
