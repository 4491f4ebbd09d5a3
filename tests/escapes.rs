//! What escapes do, seen by readers that are not ours: whatever a text holds, a reader of the target's language finds that
//! text again, nothing else beside it, and no character that steers.
#![allow(clippy::unwrap_used, reason = "what cannot be read back has failed")]

use heard::output::escape;
use proptest::prelude::*;

/// Texts of signs that mean something somewhere, words, and characters of every kind.
fn texts() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "<", ">", "&", "\"", "'", "`", "*", "_", "[", "](", ")", "#", "!", "|", "~~", "$", "\\", "%", ":", "::", ",",
        ";", "=", "+", "-", "@", "\t", "\n", "\r", "\r\n", "\0", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9b}",
        "\u{2028}", "\u{202e}", "\u{200b}", "\u{feff}", "\u{fffe}", "</script>", "<!--", "]]>", "&amp;", "&#60;",
        "%0A", "www.", "http://", "a", " ", "word", "1", "é", "日本", "🙂", "\u{ff1d}", "    ", "- ", "1. ", "==",
        "---",
    ]);
    let any = any::<char>().prop_map(|c| c.to_string());
    prop::collection::vec(prop_oneof![4 => signs.prop_map(str::to_owned), 1 => any], 0..24)
        .prop_map(|parts| parts.concat())
}

fn control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Marks that turn text around or show nothing, the best known of them.
fn steers(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text as it is read from between tags and from an attribute.
fn from_xml(document: &str) -> (String, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut between, mut attribute, mut tags) = (String::new(), String::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                tags += 1;
                let value = tag.attributes().next().unwrap().unwrap();
                attribute = quick_xml::escape::unescape(&value.value).unwrap().into_owned();
            }
            Event::Text(text) => between.push_str(&text),
            Event::GeneralRef(name) => {
                between.push_str(&quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap());
            }
            Event::End(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} in {document}"),
        }
    }
    assert_eq!(tags, 1, "{document}");
    (between, attribute)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn xml_is_read_back(text in texts()) {
        let escaped = escape::xml(&text);
        let (between, attribute) = from_xml(&format!("<a b=\"{escaped}\">{escaped}</a>"));
        let fit = |c: char| if control(c) || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c };
        let want: String = text.chars().map(fit).collect();
        prop_assert_eq!(&between, &want);
        prop_assert_eq!(&attribute, &want);
        prop_assert!(!escaped.contains(char::is_control));
    }

    /// As every place of a page takes a text: cleaned, then escaped by the template.
    #[test]
    fn a_page_is_read_back(text in texts()) {
        let shown = escape::html(&text);
        let page = maud::html! { p title=(shown) { (shown) } }.into_string();
        let (between, attribute) = from_xml(&page);
        prop_assert_eq!(&between, &attribute);
        prop_assert_eq!(between.chars().count(), text.chars().count(), "places stay");
        prop_assert!(!between.contains(|c| control(c) || steers(c)));
        let differs = between.chars().zip(text.chars()).filter(|(now, was)| now != was);
        for (now, was) in differs {
            prop_assert_eq!(now, '\u{fffd}', "{:?}", was);
        }
    }

    #[test]
    fn a_cell_is_read_back_and_is_no_formula(text in texts()) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["begin", &*escape::cell(&text), "end"]).unwrap();
        let bytes = writer.into_inner().unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
        let row = reader.records().next().unwrap().unwrap();
        prop_assert_eq!(&row[2], "end");
        // A quote that was put in before what begins a formula is all that differs.
        let plain = |text: &str| text.chars().filter(|c| *c != '\'').map(|c| if control(c) { '\u{fffd}' } else { c }).collect::<String>();
        prop_assert_eq!(plain(&row[1]), plain(&text));
        for delimiter in [b',', b';', b'\t'] {
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true).delimiter(delimiter);
            for cell in reader.from_reader(&bytes[..]).records().filter_map(Result::ok).flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()) {
                let begins = cell.trim_start_matches(['"', ' ']);
                let formula = cell != "-" && begins.starts_with(['=', '+', '-', '@', '\u{ff1d}']);
                prop_assert!(!formula || row[1] == *"-", "{:?} of {:?}", cell, text);
            }
        }
    }

    #[test]
    fn markdown_is_read_back_as_words(text in texts()) {
        use pulldown_cmark::{Event, Options, Parser, Tag};
        let line = format!("- x {}\n", escape::markdown(&text));
        let (mut read, mut wrong) = (String::new(), Vec::new());
        for event in Parser::new_ext(&line, Options::all()) {
            match event {
                Event::Text(words) => read.push_str(&words),
                Event::SoftBreak => read.push(' '),
                Event::Start(Tag::List(_) | Tag::Item | Tag::Paragraph) | Event::End(_) => {}
                other => wrong.push(format!("{other:?}")),
            }
        }
        prop_assert!(wrong.is_empty(), "{:?} in {}", wrong, line);
        prop_assert!(!read.contains(|c: char| c.is_control() || steers(c)));
        let narrow = |text: &str| {
            let text = text.replace('＠', "@").replace('＃', "#").replace('：', ":").replace('．', ".");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        // Quotes, dashes and dots may be set as typesetters do.
        let straight = |text: &str| text.replace(['‘', '’'], "'").replace(['“', '”'], "\"").replace('—', "---").replace('–', "--").replace('…', "...");
        prop_assert_eq!(straight(&narrow(&read)), straight(&narrow(&format!("x {}", escape::terminal(&text)))));
    }

    #[test]
    fn a_command_is_one_line_and_its_words_are_read_back(text in texts(), property in any::<bool>()) {
        let escaped = escape::github(&text, property);
        prop_assert!(!escaped.contains(|c: char| c.is_control() || steers(c)));
        prop_assert!(!property || !escaped.contains([':', ',']));
        let read = escaped.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
        // What no sign of steering is in comes back as it was.
        let kept: String = read.chars().filter(|c| *c != '\u{fffd}').collect();
        let visible: String = text.chars().filter(|c| !control(*c) && *c != '\t').collect();
        if !visible.contains(['\u{fffd}']) && text.chars().all(|c| c.is_ascii() || c.is_alphanumeric()) {
            prop_assert_eq!(kept, visible);
        }
    }

    #[test]
    fn a_terminal_is_not_steered_and_shows_what_was_there(text in texts()) {
        let shown = escape::terminal(&text);
        prop_assert!(!shown.contains(|c: char| c.is_control() || steers(c)));
        let obeyed = [" ", &shown].concat().contains(" ::") || shown.contains("##[");
        prop_assert!(!obeyed);
        // `\u{1b}` stands for what was there.
        let mut read = String::new();
        let mut rest = &*shown;
        while let Some((before, behind)) = rest.split_once("\\u{") {
            let (digits, after) = behind.split_once('}').unwrap();
            read.push_str(before);
            read.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
            rest = after;
        }
        read.push_str(rest);
        let spaced = |c: char| if matches!(c, '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
        prop_assert_eq!(read, text.chars().map(spaced).collect::<String>());
    }

    #[test]
    fn json_and_messages_are_read_back(text in texts()) {
        let mut bytes = Vec::new();
        escape::json(&text, &mut bytes);
        prop_assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), text.clone());
        let ends_lines = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let ends = String::from_utf8(bytes).unwrap().contains(ends_lines);
        prop_assert!(!ends);
        let message = escape::sarif(&text);
        // A link ends in a bracket with an even number of backslashes before it: the first half of them are backslashes.
        let mut read = String::new();
        for (k, piece) in message.split("](").enumerate() {
            if k > 0 {
                let bare = read.trim_end_matches('\\').len();
                let backslashes = read.len() - bare;
                prop_assert!(backslashes % 2 == 1, "a link in {}", message);
                read.truncate(bare + backslashes / 2);
                read.push_str("](");
            }
            read.push_str(piece);
        }
        prop_assert_eq!(read, text);
    }
}
