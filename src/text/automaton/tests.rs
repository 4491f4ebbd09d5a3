//! Tests of the automaton.

use super::*;

#[test]
fn walks_follow_words_gaps_and_splits() {
    // phrase 7: 1 [2] any{0,1} 3
    let mut a = Automaton::default();
    let end = a.accept(7);
    let three = a.word(3, end);
    let gap = a.any(three);
    let after = a.split(vec![gap, three]);
    let two = a.word(2, after);
    let maybe = a.split(vec![two, after]);
    let one = a.word(1, maybe);
    a.root(Group::Agent, one);
    let mut w = Walker::default();
    let symbols: Vec<Symbol> = (1..=4).map(|k| w.symbol(Ways::one(vec![k]))).collect();
    let mut hits = |words: &[usize]| {
        let last = words
            .iter()
            .fold(start(Group::Agent), |s, &k| w.step(&a, s, symbols[k - 1]));
        w.accepts(last).to_vec()
    };
    assert_eq!(hits(&[1, 3]), [7]);
    assert_eq!(hits(&[1, 2, 3]), [7]);
    assert_eq!(hits(&[1, 2, 4, 3]), [7]);
    assert_eq!(hits(&[1, 4, 4, 3]), [0; 0]);
    assert_eq!(hits(&[2, 3]), [0; 0]);
}
