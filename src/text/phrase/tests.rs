//! How phrases are read, and what is wrong with those that cannot be.

#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn a_phrase_is_read_into_its_tree() {
    let p = read("^ [so|very] sorry ...{0,2} frustrat* (to|you) <hardship>").unwrap();
    assert!(p.at_start && !p.at_end);
    let word = |w: &'static str| Item::Word(w.into());
    assert_eq!(
        p.item,
        Item::Seq(vec![
            Item::Opt(Box::new(Item::Alt(vec![word("so"), word("very")]))),
            word("sorry"),
            Item::Gap { min: 0, max: 2 },
            Item::Glob("frustrat*".into()),
            Item::Alt(vec![word("to"), word("you")]),
            Item::Set("hardship"),
        ])
    );
}

#[test]
fn sets_are_named_with_their_places() {
    let phrase = parse("so < hardship > \\[<no set>] (my|<feeling>)").unwrap();
    let mut named = Vec::new();
    phrase.each_set(&mut |name, at| named.push((name.to_owned(), at)));
    let expected = [("hardship", 3), ("feeling", 32)];
    assert_eq!(named, expected.map(|(name, at)| (name.to_owned(), at)));
}

#[test]
fn punctuation_and_hyphens_part_words() {
    assert_eq!(read("Well-known, yes!").unwrap(), read("well known yes").unwrap());
}

#[test]
fn mistakes_say_where_and_what_to_write() {
    for (text, at, says) in [
        ("i (am sorry", 2, "never closed"),
        ("i am] sorry", 4, "closes nothing"),
        ("[so] [very]", 0, "match nothing"),
        ("... sorry", 0, "before and after"),
        ("sorry ...", 0, "before and after"),
        ("sorry ...{5,2} you", 6, "few to more"),
        ("a | b", 2, "alternatives"),
        ("(a|)", 0, "empty"),
        ("<hardship", 0, "never closed"),
        ("a $ b", 4, "no meaning here"),
    ] {
        let mistake = parse(text).unwrap_err();
        assert!(mistake.what.contains(says), "{text}: {mistake}");
        assert_eq!(mistake.at, at, "{text}: {mistake}");
    }
}
