//! Spoken words of single pieces of a page.
#![allow(clippy::unwrap_used)]

use super::*;

fn spoken(text: &str) -> Option<Speech> {
    let page = Page::read(text);
    let spans: Vec<Span> =
        (1..=page.lines.len() as u32).map(|line| Span { line, from: 0, to: page.line(line).len() }).collect();
    of(&page, &spans, 1..page.lines.len() as u32 + 1)
}

fn text(of: &str) -> String {
    spoken(of).map_or(String::new(), |s| s.text)
}

#[test]
fn markup_and_directions_are_not_spoken() {
    assert_eq!(text("**I'm** so _very_ sorry (pause), `Ann`."), "I'm so very sorry , Ann.");
    assert_eq!(text("See [our page](https://a.example/x) now."), "See our page now.");
    assert_eq!(text("Hello. [pause] One <b>moment</b>.<br>Thanks."), "Hello. One moment.\nThanks.");
    assert_eq!(text("[Customer responds] [wait for the answer]"), "");
    assert_eq!(text("Call (555) 0100 (any time)."), "Call (555) 0100 .");
    assert_eq!(text("One (two\nthree) four."), "One four.");
    assert_eq!(text("fish &amp; chips&nbsp;now"), "fish & chips now");
}

#[test]
fn blanks_to_fill_in_are_spoken() {
    for blank in
        ["[Customer Name]", "{customer_name}", "{{name}}", "<reason>", "___", "[check number]", "[NAME]", "\\[Name\\]"]
    {
        let plain = blank.replace('\\', "");
        assert_eq!(text(&format!("Thank you, {blank}.")), format!("Thank you, {plain}."));
    }
}

#[test]
fn lines_go_on_unless_they_cannot() {
    assert_eq!(text("I'm so sorry to hear\nthat, Ann."), "I'm so sorry to hear that, Ann.");
    assert_eq!(text("Good morning\nMay I have your name"), "Good morning\nMay I have your name");
    assert_eq!(text("One  \ntwo"), "One\ntwo");
}

#[test]
fn every_word_has_its_place() {
    let speech = spoken("é **I'm** (x) sorry,\n  [a](b) Ann.").unwrap();
    for word in ["I'm", "sorry", "Ann"] {
        let (line, column) = speech.place(speech.text.find(word).unwrap());
        let source = ["é **I'm** (x) sorry,", "  [a](b) Ann."][line as usize - 1];
        let there: String = source.chars().skip(column as usize - 1).collect();
        assert!(there.starts_with(word), "{word}: {line}:{column} {there}");
    }
    let quotes = spoken("Ask: \"May I?\" and “Thanks, é.”").unwrap().quotes();
    assert_eq!(quotes.len(), 2);
    assert_eq!((quotes[1].text.as_str(), quotes[1].place(0)), ("Thanks, é.", (1, 20)));
}
