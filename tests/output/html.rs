//! The page for a browser, without one: what stands where, and that nothing of a call is ever markup.

use super::sample::{self, Event};
use heard::output::Setup;
use serde_json::Value;

/// What strangers may write to break out of a page.
const MARKUP: &str = "</script><script>alert(1)</script></style>--><!--]]><img src=x onerror=alert(2)>\" onfocus=alert(3) \
                      javascript:alert(4) & &lt; \u{202e}abc\u{0}";

fn hostile() -> Vec<Event> {
    let mut sample = sample::speaking(MARKUP, MARKUP);
    for field in [&mut sample.call.agent, &mut sample.call.customer, &mut sample.call.queue, &mut sample.call.started] {
        *field = Some(MARKUP.into());
    }
    sample.call.speakers[0].name = Some(MARKUP.into());
    sample.judged.results[0].why = MARKUP.into();
    let mut broken = sample::broken();
    (broken.source, broken.error) = (MARKUP.into(), MARKUP.into());
    vec![Event::Call(Box::new(sample)), Event::Call(Box::new(sample::hostile())), Event::Unreadable(broken)]
}

fn page(events: &[Event]) -> String {
    let mut setup = sample::setup();
    setup.rules[0].title = MARKUP.into();
    setup.rules[1].advice = MARKUP.into();
    sample::written("html", &setup, events)
}

/// What stands in the elements of data, by their ids.
fn data<'p>(page: &'p str, id: &str) -> Option<&'p str> {
    let behind = page.split_once(&format!("<script type=\"application/json\" id=\"{id}\">"))?.1;
    Some(behind.split_once("</script>").unwrap().0)
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn nothing_of_a_call_is_markup() {
    let page = page(&hostile());
    // A report, the rows, two calls, and the one script.
    assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (5, 5));
    assert_eq!((page.matches("<style").count(), page.matches("</style").count()), (1, 1));
    for broken in ["<img", "<!--", "-->", "alert(1)</", "\u{202e}", "\u{0}", "\u{1b}"] {
        assert!(!page.contains(broken), "{broken:?}");
    }
    for element in ["report", "rows", "data-0", "data-1"] {
        assert!(!data(&page, element).unwrap().contains(['<', '>', '&']), "{element}");
    }
    // In an attribute it stays inside.
    let parts = page.split("application/json").skip(1);
    let around: String = parts.map(|part| part.split_once("</script>").unwrap().1).collect();
    assert!(around.contains("onfocus") && !around.contains("\" onfocus"));
    // It is all there all the same.
    let row = json(data(&page, "rows").unwrap().lines().nth(1).unwrap());
    let shown = MARKUP.replace(['\u{202e}', '\u{0}'], "\u{fffd}");
    assert_eq!((row["call"].as_str(), row["id"].as_str()), (Some(&*shown), Some(MARKUP)));
    assert_eq!(json(data(&page, "data-0").unwrap())["turns"][0][3], shown);
}

#[test]
fn the_page_may_ask_for_nothing() {
    let page = page(&sample::events());
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains(':'), "{policy}");
    assert!(page.find("Content-Security-Policy").unwrap() < page.find("<style").unwrap());
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    for asks in ["src=\"", "href=\"http", "http://", "https://", "@import", "url(", " style=\"", "onclick=\""] {
        assert!(!outside.contains(asks), "{asks}");
    }
}

#[test]
fn rows_and_calls_say_what_was_judged() {
    let page = sample::written("html", &sample::setup(), &sample::events());
    let rows: Vec<Value> = data(&page, "rows").unwrap().trim().lines().map(json).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(
        (&rows[0]["call"], &rows[0]["score"], &rows[0]["verdicts"]),
        (&"c-17".into(), &333.into(), &"fpas".into())
    );
    assert_eq!((&rows[1]["source"], &rows[1]["record"]), (&"calls/cut.json".into(), &3.into()));
    assert!(rows[1]["error"].as_str().unwrap().starts_with("ends within"), "told where the others stand");
    assert_eq!(rows[2]["score"], Value::Null);
    assert!(data(&page, "data-1").is_none(), "a record that was not read has nothing to open");
    let call = json(data(&page, "data-0").unwrap());
    let absence = &call["results"][0]["evidence"][0];
    assert_eq!((&absence["turn"], &absence["quote"], &absence["instead"]), (&0.into(), &json("[0,35]"), &true.into()));
    assert_eq!(call["results"][1]["evidence"][0]["hit"], json("[0,35]"));
}

#[test]
fn places_are_counted_as_scripts_count_them() {
    let said = "😀 né. I'm happy to help.\u{200b}";
    let mut sample = sample::plain();
    let agent = sample.call.turns[0].speaker;
    sample.call.push_turn(agent, Some(9.0), Some(10.0), said);
    let turn = sample.call.turns[3].clone();
    let mut evidence = sample::quoting(&sample.call, 3);
    let from = turn.text.start + said.find("I'm").unwrap() as u32;
    evidence.quote = from - 1..from + "I'm happy to help.".len() as u32;
    evidence.hit = from..from + "I'm happy".len() as u32;
    sample.judged.results[1].evidence = vec![evidence];
    let page = sample::written("html", &sample::setup(), &[Event::Call(Box::new(sample))]);
    let call = json(data(&page, "data-0").unwrap());
    let shown: Vec<u16> = call["turns"][3][3].as_str().unwrap().encode_utf16().collect();
    let cut = |range: &Value| {
        let [from, to] = [0, 1].map(|k| range[k].as_u64().unwrap() as usize);
        String::from_utf16(&shown[from..to]).unwrap()
    };
    let evidence = &call["results"][1]["evidence"][0];
    assert_eq!(cut(&evidence["quote"]), "I'm happy to help.");
    assert_eq!(cut(&evidence["hit"]), "I'm happy");
}

#[test]
fn of_more_calls_than_asked_for_the_worst_and_the_best_are_drawn() {
    let events: Vec<Event> = [500, 100, 900, 700, 300]
        .into_iter()
        .map(|tenths| {
            let mut sample = sample::speaking(&format!("c-{tenths}"), "Hello.");
            sample.judged.score.as_mut().unwrap().tenths = tenths;
            Event::Call(Box::new(sample))
        })
        .collect();
    let page = sample::written("html", &Setup { html_calls: 2, ..sample::setup() }, &events);
    let drawn: Vec<usize> = (0..5).filter(|k| data(&page, &format!("data-{k}")).is_some()).collect();
    assert_eq!(drawn, [1, 2]);
    assert_eq!(data(&page, "rows").unwrap().trim().lines().count(), 5, "all are listed");
    assert!(page.contains("2 of 5 calls, open with their transcripts"));
    let whole = sample::written("html", &sample::setup(), &events);
    assert!(!whole.contains("open with their transcripts"));
}

#[test]
fn figures_alone_make_a_page() {
    let page = sample::written("html", &sample::setup(), &[]);
    assert!(page.contains("<h1>0 calls</h1>") && page.ends_with("</html>\n"));
    assert!(!page.contains("id=\"list\""), "there is no list of nothing");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(32) })]

    /// The JSON that stands in a page ends no script, and holds the words of the call.
    #[test]
    fn words_are_read_back_from_the_data_of_a_page(said in "[a-z<>&\"'/!\\\\-]{1,20}(</script>|<!--|\u{2028}|é|\u{0})[a-z<>&/]{0,8}[a-z]") {
        let text = sample::written("html", &sample::setup(), &[Event::Call(Box::new(sample::speaking("c", &said)))]);
        let inside = data(&text, "data-0").unwrap();
        let live = inside.contains(['<', '>', '&', '\u{2028}']);
        proptest::prop_assert!(!live);
        let read = json(inside)["turns"][0][3].as_str().unwrap().to_owned();
        proptest::prop_assert_eq!(read, said.replace('\u{0}', "\u{fffd}"));
    }
}
