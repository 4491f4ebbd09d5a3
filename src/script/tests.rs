//! Whole scripts as they are written, and what is said on their paths.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::call::Role;

/// Every path: its name and who says what.
fn said(text: &str) -> Vec<(String, Vec<String>)> {
    let script = read("script.md", text.as_bytes()).unwrap();
    let found = paths(&script.items, 64);
    let line = |s: &&Speech| {
        let who = if s.role == Role::Agent { "" } else { "C: " };
        format!("{who}{}", s.text)
    };
    found.taken.iter().map(|p| (p.steps.join(" > "), p.speeches.iter().map(line).collect())).collect()
}

fn only(text: &str) -> Vec<String> {
    let mut all = said(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).1
}

#[test]
fn paragraphs_items_and_headings() {
    let text = "# Refund\n\n## Opening\nThank you for calling Acme, this is [Agent Name].\n(wait)\n\n- May I have\n  your number?\n1. Thank you.\n\nAsk the customer for the date.\n";
    assert_eq!(
        only(text),
        ["Thank you for calling Acme, this is [Agent Name].", "May I have your number?", "Thank you."]
    );
}

#[test]
fn loud_lines_right_above_what_is_said_are_headings_and_end_a_branch() {
    let text = "OPENING\nThank you for calling Acme.\n\nIF CALLER IS UPSET:\nI'm so sorry.\n\nWRAP UP\nGoodbye.\n";
    let all = said(text);
    let words: Vec<Vec<String>> = all.into_iter().map(|(_, words)| words).collect();
    assert_eq!(words[0], ["Thank you for calling Acme.", "I'm so sorry.", "Goodbye."]);
    assert_eq!(words[1], ["Thank you for calling Acme.", "Goodbye."]);
    let loud = "THANK YOU FOR CALLING\nTHE ACME COMPANY TODAY\n";
    assert_eq!(only(loud), ["THANK YOU FOR CALLING\nTHE ACME COMPANY TODAY"]);
}

#[test]
fn labels_make_role_plays_and_the_rest_notes() {
    let text = "Be kind, you two.\n\n**Agent:** Hello.\n**Customer:** My bill is wrong.\n*(sighs)*\n\nAgent:\nI'm so sorry.\n\nNote: do not rush.\n";
    let script = read("script.md", text.as_bytes()).unwrap();
    assert_eq!(only(text), ["Hello.", "C: My bill is wrong.", "I'm so sorry."]);
    assert_eq!(script.marked, Marked::Labels);
    assert_eq!((script.doubts.len(), script.doubts[0].line), (1, 1));
}

#[test]
fn block_quotes_and_quotation_marks_mark_speech() {
    let text = "## Greeting\nUse a warm voice.\n\n> Hello, this is ___.\n> How can I help?\n\n> [!TIP]\n> Smile.\n>\n> Really, you do.\n";
    assert_eq!(only(text), ["Hello, this is ___.\nHow can I help?"]);
    let text = "Greet: \"Hello, thanks for calling.\"\n\nVerify the account.\n\nThen say “I'd be happy to help you.” warmly.\n";
    assert_eq!(only(text), ["Hello, thanks for calling.", "I'd be happy to help you."]);
}

#[test]
fn heading_branches_are_alternatives() {
    let text = "## Opening\nHello.\n## If the customer is upset\nI'm so sorry.\n### If they want a refund\nI'll refund it.\n## If the customer is calm\nSure.\n## Closing\nGoodbye now.\n";
    assert_eq!(
        said(text),
        [
            (
                "If the customer is upset > If they want a refund".into(),
                vec!["Hello.".into(), "I'm so sorry.".into(), "I'll refund it.".into(), "Goodbye now.".into()]
            ),
            ("If the customer is upset".into(), vec!["Hello.".into(), "I'm so sorry.".into(), "Goodbye now.".into()]),
            ("If the customer is calm".into(), vec!["Hello.".into(), "Sure.".into(), "Goodbye now.".into()]),
        ]
    );
}

#[test]
fn line_branches_end_where_the_page_shows_it() {
    let names = |text: &str| -> Vec<String> {
        said(text).into_iter().map(|(name, lines)| format!("{name}: {}", lines.join(" | "))).collect()
    };
    // Indented.
    assert_eq!(
        names(
            "Hello.\nIf the customer is upset:\n    I'm sorry.\n\n    Really.\nOtherwise:\n    Sure.\nGoodbye now.\n"
        ),
        [
            "If the customer is upset: Hello. | I'm sorry. | Really. | Goodbye now.",
            "Otherwise: Hello. | Sure. | Goodbye now."
        ]
    );
    // In the same paragraph.
    assert_eq!(
        names("If the customer is upset:\nI'm sorry.\nWe are.\n\nIf they are calm:\nSure.\n\nGoodbye now.\n"),
        ["If the customer is upset: I'm sorry.\nWe are. | Goodbye now.", "If they are calm: Sure. | Goodbye now."]
    );
    // On their own, up to "Then continue:".
    assert_eq!(
        names("**If the customer is upset:**\n\n> I'm sorry.\n\n> I am.\n\nThen continue:\n\n> Goodbye now.\n"),
        ["If the customer is upset: I'm sorry. | I am. | Goodbye now.", ": Goodbye now."]
    );
    // Items.
    assert_eq!(
        names("- Hello.\n- If yes: Great.\n  - Thanks.\n- If no:\n  - I see.\n- Goodbye now.\n"),
        ["If yes: Hello. | Great. | Thanks. | Goodbye now.", "If no: Hello. | I see. | Goodbye now."]
    );
}

#[test]
fn tables_of_prompts_and_of_objections() {
    assert_eq!(
        only("| Step | Say | Note |\n|---|:--|---|\n| 1 | Hello, {name}. | smile |\n| 2 | \"How can I help?\" | |\n"),
        ["Hello, {name}.", "\"How can I help?\""]
    );
    assert_eq!(
        said(
            "| If the customer says | Agent response |\n|--|--|\n| Too expensive | I understand. |\n| Not now | Of course. |\n"
        ),
        [("Too expensive".into(), vec!["I understand.".into()]), ("Not now".into(), vec!["Of course.".into()])]
    );
    assert_eq!(
        only("Customer | Agent\n--- | ---\nMy bill is wrong. | I'm so sorry.\n"),
        ["C: My bill is wrong.", "I'm so sorry."]
    );
}

#[test]
fn one_of_several_is_a_choice() {
    let found = said("Hello.\n\nSay one of these:\n- I'm sorry.\n- That's hard.\n\nGoodbye now.\n");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], ("option 2".into(), vec!["Hello.".into(), "That's hard.".into(), "Goodbye now.".into()]));
}

#[test]
fn comments_hold_for_what_follows_them() {
    let text = "<!-- heard: allow a: because -->\n# All\n\nHello.\n\n<!-- heard: allow b: why -->\nOne line\nand another.\n\nThree. <!-- heard: allow c: so -->\n";
    let script = read("script.md", text.as_bytes()).unwrap();
    let scopes: Vec<_> = script.allows.iter().map(|a| a.scope.clone()).collect();
    assert_eq!(scopes, [2..u32::MAX, 7..9, 10..11]);
}

#[test]
fn nothing_spoken_is_an_error_with_a_remedy() {
    for text in ["", "# Title only\n", "(wait)\n", "Note: nothing.\n"] {
        let error = read("script.md", text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("nothing in it is spoken: "), "{error}");
    }
    assert!(read("a.md", b"caf\xe9").unwrap_err().to_string().contains("UTF-8 at byte 3"));
    assert!(read("a.md", b"a\0b").is_err());
}

#[test]
fn hostile_nesting_ends() {
    let mut text = String::new();
    for n in 0..2000 {
        text.push_str(&" ".repeat(n));
        text.push_str("- If yes:\n");
    }
    assert!(read("script.md", text.as_bytes()).is_err());
    let text = format!("Hello {}{}", "(".repeat(20_000), "[".repeat(20_000));
    read("script.md", text.as_bytes()).unwrap();
}

proptest::proptest! {
    #[test]
    fn every_spoken_byte_has_its_place(text in "([ -~é\n]|\\*\\*|If yes:|Agent:|\n- |\n## |> |<!-- x -->){0,80}") {
        let Ok(script) = read("script.md", text.as_bytes()) else { return Ok(()); };
        let lines: Vec<&str> = text.split('\n').collect();
        for path in &paths(&script.items, 8).taken {
            for speech in &path.speeches {
                for (at, c) in speech.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                    let (line, column) = speech.place(at);
                    let there = lines[line as usize - 1].chars().nth(column as usize - 1);
                    proptest::prop_assert_eq!(there, Some(c));
                }
            }
        }
    }
}
