//! One automaton over words for all phrases of a run: compiled once, determinised as it is walked.
//!
//! Phrases become a Thompson automaton whose arcs ask for an [`Atom`]. A worker walks it from every word that can begin
//! a phrase; sets of its nodes become numbered states on first use and stay, so that after the first calls a step is
//! one look-up. Cost follows the words that begin phrases, not the number of phrases.

use super::lexicon::Atom;
use rustc_hash::FxHashMap;

/// A node of the automaton under construction.
pub type Node = u32;

/// What a phrase is found for; groups keep the words of one speaker from walking the phrases of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Clause openers, for cutting sentences.
    Openers = 0,
    /// Phrases of the agent, the bot or anyone.
    Agent = 1,
    /// Phrases of the customer or anyone.
    Customer = 2,
}

/// How many groups there are.
pub const GROUPS: usize = 3;
/// All groups, in the order of their numbers.
pub const ALL_GROUPS: [Group; GROUPS] = [Group::Openers, Group::Agent, Group::Customer];

#[derive(Clone, Copy, Debug)]
pub(super) enum Arc {
    Word(Atom, Node),
    Any(Node),
    /// Several at once: so many from a place of [`Nfa::branches`] on.
    Split(u32, u32),
    Accept(u32),
}

/// The automaton of all phrases.
#[derive(Debug, Default)]
pub struct Nfa {
    pub(super) nodes: Vec<Arc>,
    /// Where the splits go on, one after the other: thousands of small lists would cost a start more than the phrases.
    branches: Vec<Node>,
    /// Per group: the nodes behind each first word.
    pub(super) roots: [FxHashMap<Atom, Vec<Node>>; GROUPS],
}

impl Nfa {
    fn add(&mut self, arc: Arc) -> Node {
        self.nodes.push(arc);
        self.nodes.len() as Node - 1
    }

    /// A node that is a hit of a phrase.
    pub fn accept(&mut self, phrase: u32) -> Node {
        self.add(Arc::Accept(phrase))
    }

    /// A node that wants a word and goes on.
    pub fn word(&mut self, atom: Atom, next: Node) -> Node {
        self.add(Arc::Word(atom, next))
    }

    /// A node that takes any word and goes on.
    pub fn any(&mut self, next: Node) -> Node {
        self.add(Arc::Any(next))
    }

    /// A node that goes on at each of these without a word.
    pub fn split(&mut self, to: &[Node]) -> Node {
        if let [one] = to {
            return *one;
        }
        let from = self.branches.len() as u32;
        self.branches.extend_from_slice(to);
        self.add(Arc::Split(from, to.len() as u32))
    }

    /// The nodes that a split goes on at.
    fn branches(&self, from: u32, count: u32) -> &[Node] {
        &self.branches[from as usize..(from + count) as usize]
    }

    /// Makes a node the beginning of a phrase of a group.
    pub fn root(&mut self, group: Group, node: Node) {
        let mut todo = vec![node];
        while let Some(node) = todo.pop() {
            match self.nodes[node as usize] {
                Arc::Word(atom, next) => {
                    let behind = self.roots[group as usize].entry(atom).or_default();
                    if !behind.contains(&next) {
                        behind.push(next);
                    }
                }
                Arc::Split(from, count) => todo.extend(self.branches(from, count)),
                // The phrase parser lets no phrase begin with a gap or match nothing.
                Arc::Any(_) | Arc::Accept(_) => {}
            }
        }
    }

    /// What nodes ask for, and where each goes on.
    pub(super) fn arcs<'a>(&'a self, nodes: &'a [Node]) -> impl Iterator<Item = (Atom, Node)> + 'a {
        nodes.iter().filter_map(|&node| match self.nodes[node as usize] {
            Arc::Word(atom, next) => Some((atom, next)),
            Arc::Any(next) => Some((ANY, next)),
            Arc::Split(..) | Arc::Accept(_) => None,
        })
    }

    /// Moves on from nodes without a word, as far as words or ends hang on: `reached` are those, sorted.
    pub(super) fn close(&self, from: &mut Vec<Node>, reached: &mut Vec<Node>) {
        reached.clear();
        while let Some(node) = from.pop() {
            match self.nodes[node as usize] {
                Arc::Split(first, count) => from.extend(self.branches(first, count)),
                _ => reached.push(node),
            }
        }
        reached.sort_unstable();
        reached.dedup();
    }
}

/// Stands for an atom where any word will do.
const ANY: Atom = Atom::MAX;

/// Adds where arcs go on that take a word with these atoms.
pub(super) fn advance(arcs: impl Iterator<Item = (Atom, Node)>, atoms: &[Atom], to: &mut Vec<Node>) {
    // Most ask for another word, and a bit tells that of nearly all of them.
    let bit = |atom: Atom| 1_u64 << (atom % 64);
    let wanted = atoms.iter().fold(bit(ANY), |all, atom| all | bit(*atom));
    let takes = |atom| atom == ANY || atoms.binary_search(&atom).is_ok();
    to.extend(arcs.filter_map(|(atom, next)| (wanted & bit(atom) != 0 && takes(atom)).then_some(next)));
}

/// A numbered set of nodes: its place in the walker's lists, and in the lowest bit whether a phrase ends there, so that a
/// walk need not look that up at every word.
pub type State = u32;
/// The state from which nothing can be reached.
pub const DEAD: State = 0;
/// The state before the first word, one a group.
pub const fn start(group: Group) -> State {
    (1 + group as State) << 1
}

/// Whether a phrase ends in a state.
#[inline]
pub const fn ends_phrase(state: State) -> bool {
    state & 1 == 1
}

/// How many bits the number of a state takes at the most.
pub const STATE_BITS: u32 = 22;

/// A number for what a word may be taken for.
pub type Symbol = u32;
/// The symbol of a word that no phrase knows.
pub const OTHER: Symbol = 0;
/// No word: nothing leads past it. Stands where a sentence begins, so that no walk asks where its own ends.
pub const BORDER: Symbol = 1;
/// A word that may be passed over together with the next one: where it leads is two places, which its walker knows.
pub const EITHER: Symbol = 2;
/// What is passed over and taken for nothing.
pub const PASSED: Symbol = 3;

/// What a word may be taken for: an automaton goes on in all ways at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ways {
    /// One reading each, of a word or of two: the atoms that each satisfies, sorted.
    pub readings: Vec<(Vec<Atom>, Option<Vec<Atom>>)>,
    /// It may also be passed over between the words of a phrase, as a filler or a stuttered word is.
    pub passed: bool,
}

impl Ways {
    /// One reading of one word.
    pub fn one(atoms: Vec<Atom>) -> Ways {
        Ways { readings: vec![(atoms, None)], passed: false }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lazy_dfa::LazyDfa;
    use super::*;

    #[test]
    fn walks_follow_words_gaps_and_splits() {
        // phrase 7: 1 [2] any{0,1} 3
        let mut a = Nfa::default();
        let end = a.accept(7);
        let three = a.word(3, end);
        let gap = a.any(three);
        let after = a.split(&[gap, three]);
        let two = a.word(2, after);
        let maybe = a.split(&[two, after]);
        let one = a.word(1, maybe);
        a.root(Group::Agent, one);
        let mut w = LazyDfa::default();
        let symbols: Vec<Symbol> = (1..=4).map(|k| w.symbol(Ways::one(vec![k]))).collect();
        let mut hits = |words: &[usize]| {
            let last = words.iter().fold(start(Group::Agent), |s, &k| w.next_state(&a, s, symbols[k - 1]));
            w.accepts(last).to_vec()
        };
        assert_eq!(hits(&[1, 3]), [7]);
        assert_eq!(hits(&[1, 2, 3]), [7]);
        assert_eq!(hits(&[1, 2, 4, 3]), [7]);
        assert_eq!(hits(&[1, 4, 4, 3]), [0; 0]);
        assert_eq!(hits(&[2, 3]), [0; 0]);
    }
}
