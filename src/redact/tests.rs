//! What is redacted and what is not, in texts, names, calls and reports.

use super::*;
use crate::call::Role;
use crate::report::{Metrics, Verdict};
use proptest::prelude::*;

#[test]
fn each_kind_has_its_label() {
    for (said, shown) in [
        ("My card is 4929 8811 2043 7762, okay?", "My card is [card number], okay?"),
        ("4929-8811-2043-7762", "[card number]"),
        ("4929, uh, 8811, 2043... 7762", "[card number]"),
        ("the long number is four nine two nine um eight eight one one", "the long number is [card number]"),
        ("ring me on +44 (0)7700 900456", "ring me on [phone number]"),
        ("It's (415) 555-0123.", "It's [phone number]."),
        ("oh seven seven double oh nine double oh four five six", "[phone number]"),
        ("account number PL-4417-2290", "account number [account number]"),
        ("4417 2290 is my account number", "[account number] is my account number"),
        ("sort code 20-45-53", "sort code [account number]"),
        ("pay DE89 3704 0044 0532 0130 00", "pay [account number]"),
        ("SSN 078-05-1120", "SSN [identity number]"),
        ("it's a b one two three four five six c", "it's [identity number]"),
        ("PAN ABCPK1234L", "PAN [identity number]"),
        ("A for alpha B for bravo 12 34 56 C", "[identity number]"),
        ("35202-1234567-1", "[identity number]"),
        ("ID 8001015009087", "ID [identity number]"),
        ("jo.bell+x@mail.example.co.uk.", "[e-mail address]."),
        ("it's jo underscore bell at g mail dot com", "it's [e-mail address]"),
        ("my email is j o, bell at example dot co dot uk", "my email is [e-mail address]"),
        ("born on the fifth of May nineteen eighty-four", "born on the [date of birth]"),
        ("date of birth oh four oh six nineteen seventy", "date of birth [date of birth]"),
        ("I live at flat 3, 14 Elm Road, Bristol BS1 4TR. Bye.", "I live at [address]. Bye."),
        ("my address is twenty two church lane leeds and that's it", "my address is [address] and that's it"),
        ("the zip code is 90210", "the zip code is [address]"),
        ("my postcode is b s one four t r", "my postcode is [address]"),
        ("the CVV is 123", "the CVV is [security code]"),
        ("four four one seven two two nine oh one", "[number]"),
    ] {
        assert_eq!(text(said), shown);
        assert_eq!(text(shown), shown, "twice is once");
    }
}

#[test]
fn what_tells_nobody_who_somebody_is_stays() {
    for said in [
        "order number 4417229011 cost £45.99",
        "My case reference is 07700900456.",
        "BA 0284 at 10:30 on 12/05/2026, gate 14",
        "one two one",
        "it's 1,234,567 in all, or 12.50 each",
        "the card that ends in 4419, the last four digits are 4419",
        "have a look at example dot com, or log in at shop dot example",
        "it comes on 12 May 2026 between nine and five",
        "b6a1f0de-41c7-4e0b-9f3a-526310407914",
        "one two three four five six seven eight",
        "I can address three points, and 14 people live on Elm Road",
        "my tracking number is four four one seven two two nine oh one two",
        "in 2019, 2020 and 2021",
        "version 10.4.12.1 on 192.168.10.14",
    ] {
        assert!(matches!(text(said), Cow::Borrowed(_)), "{said} -> {}", text(said));
    }
}

#[test]
fn a_quick_look_passes_what_holds_nothing() {
    assert!(MAY_HOLD.is_some());
    for quiet in
        ["", "Good morning, one moment.", "for the two of us", "Alone at home, “née”, no-one but the dot", "o-o"]
    {
        assert!(!may_hold(quiet), "{quiet}");
    }
    for loud in [
        "4",
        "٤",
        "a@b",
        "four, um, four",
        "Double four",
        "twenty-two",
        "my address",
        "DOT COM",
        "nine. Nine",
        "moved to two elm road",
    ] {
        assert!(may_hold(loud), "{loud}");
    }
}

#[test]
fn ids_in_figures_stay_ids() {
    for same in ["4829301123", "c-17", "20260504091200", "1746349920123", "agent-12_0511", "calls/2026/05/04/0912.json"]
    {
        assert_eq!(name(same), same);
    }
    for (said, shown) in [
        ("calls/+447700900456.txt", "calls/[phone number].txt"),
        ("2026-05-04_07700900456_in.wav", "2026-05-04_[phone number]_in.wav"),
        ("jo@mail.example/4929881120437762", "[e-mail address]/[card number]"),
        ("calls/GB82 WEST 1234 5698 7654 32.json", "calls/[account number].json"),
    ] {
        assert_eq!(name(said), shown);
    }
}

/// A call of an agent's and a customer's turns, one after the other.
fn call(turns: &[&str]) -> Call {
    let mut call = Call::default();
    for (k, turn) in turns.iter().enumerate() {
        let role = [Role::Agent, Role::Customer][k % 2];
        let speaker = call.speaker(role, role.as_str(), None);
        call.push_turn(speaker, None, None, turn);
    }
    call
}

fn shown(call: &Call) -> Vec<String> {
    let new = Redaction::of(call).call(call);
    let new = new.as_ref().unwrap_or(call);
    new.turns.iter().map(|turn| new.turn_text(turn).to_owned()).collect()
}

#[test]
fn a_number_is_known_over_turns() {
    let pieces =
        call(&["your account number", "four four one", "four four one okay", "seven two two", "yep", "nine oh"]);
    let label = "[account number]";
    let want = ["your account number", label, "[account number] okay", label, "yep", label];
    assert_eq!(shown(&pieces), want);
    let again = call(&["And your mobile?", "4155550199", "So 415-555-0199.", "Yes, 4155550199. I paid 45 pounds."]);
    let label = "[phone number]";
    let want = ["And your mobile?", label, "So [phone number].", "Yes, [phone number]. I paid 45 pounds."];
    assert_eq!(shown(&again), want);
    let order = call(&[
        "What's the order number?",
        "It's 441722901.",
        "And your date of birth?",
        "12/05/84",
        "12 May 84, thanks.",
    ]);
    let want = [
        "What's the order number?",
        "It's 441722901.",
        "And your date of birth?",
        "[date of birth]",
        "[date of birth], thanks.",
    ];
    assert_eq!(shown(&order), want);
}

#[test]
fn names_and_metadata_of_a_call_are_shown_alike() {
    let mut call = call(&["Hi.", "My account number is 44172290."]);
    "44172290-may".clone_into(&mut call.id);
    call.customer = Some("+44 7700 900456".to_owned());
    call.meta = serde_json::from_str(
        r#"{"customerPhone": 4155550199, "dob": "1984-05-12", "n": [{"account_no": "44172290"}], "score": 4155550199, "ok": true}"#,
    )
    .expect("JSON");
    let new = Redaction::of(&call).call(&call).expect("something is replaced");
    assert_eq!(new.id, "[account number]-may");
    assert_eq!(new.customer.as_deref(), Some("[phone number]"));
    let want = r#"{"customerPhone":"[phone number]","dob":"[date of birth]","n":[{"account_no":"[account number]"}]"#;
    assert!(serde_json::to_string(&new.meta).expect("JSON").starts_with(want), "{:?}", new.meta);
    assert_eq!(digest::of_call(&new), digest::of_call(&call));
}

#[test]
fn quotes_and_places_are_those_of_the_new_text() {
    let said = "So your card 4929 8811 2043 7762 is fine. I'm happy to help, on 07700 900456.";
    let call = call(&["Well, 4929 8811 2043 7762.", "Hm.", said]);
    let from = call.turns[2].text.start;
    let at = |part: &str| {
        let at = from + said.find(part).expect("there") as u32;
        at..at + part.len() as u32
    };
    let evidence = |quote: &str, hit: &str| Evidence {
        turn: 2,
        sentence: 0,
        speaker: Role::Agent,
        start_s: None,
        end_s: None,
        quote: at(quote),
        hit: at(hit),
        tags: Vec::new(),
        looked: None,
    };
    let mut result = RuleResult::new(0, Verdict::Pass, "found", "'card 4929 8811 2043 7762' at 0:06".to_owned());
    let second = "I'm happy to help, on 07700 900456.";
    result.evidence =
        vec![evidence(said, "happy to help"), evidence(second, "07700"), evidence("8811 2043 7762 is fine.", "fine")];
    let judged = Judged { results: vec![result], score: None, hardship: None, metrics: Metrics::default() };
    let before = CallReport::new(3, "07700900456.txt", &call, &judged);
    let redacted = report(&before);
    let after = redacted.report();
    assert_eq!((after.record, after.source), (3, "[phone number].txt"));
    let result = &after.judged.results[0];
    assert_eq!(result.why, "'card [card number]' at 0:06");
    let quotes: Vec<&str> = result.evidence.iter().map(|e| after.quote(e)).collect();
    let whole = "So your card [card number] is fine. I'm happy to help, on [phone number].";
    assert_eq!(quotes, [whole, "I'm happy to help, on [phone number].", "[card number] is fine."]);
    let hits = result.evidence.iter().map(|e| &after.call.text()[e.hit.start as usize..e.hit.end as usize]);
    assert_eq!(hits.collect::<Vec<_>>(), ["happy to help", "[phone number]", "fine"]);
}

#[test]
fn a_report_without_secrets_is_the_same_one() {
    let call = call(&["Hello, how can I help?", "It's about one of my 12 orders."]);
    let judged = Judged::default();
    let before = CallReport::new(0, "a.txt", &call, &judged);
    assert!(std::ptr::eq(report(&before).report().call, &raw const call));
}

/// Text of the words that matter, and of anything.
fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "four", "oh", "double", "4929", "8811", "07700", "900456", "12/05/84", "at", "dot", "com", "@", "card number",
        "is", "my", "account", "date of birth", "born", "May", "live at", "14", "Elm Road", "BS1", "a", "b", "Q", "-",
        ",", ".", "[card number]", "um", "no", "order", "£", "é", "٤٤", "\n", "twenty", "hundred", "(", ")", "+44",
        "postcode", "I", "GB82", "WEST", "1234", "it's", "phone", "pin", "ending in", "uh", "x@y.example", "/", "_",
        "thousand", "zip",
    ]);
    let word = prop_oneof![8 => words.prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec((word, prop::bool::weighted(0.85)), 0..60)
        .prop_map(|words| words.into_iter().map(|(word, space)| if space { word + " " } else { word }).collect())
}

#[test]
fn what_a_label_replaced_decides_nothing() {
    let once = text("live at four order BS14929account").into_owned();
    assert_eq!(text(&once), once);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 400 } else { 20_000 }))]

    #[test]
    fn any_text_can_be_redacted_and_twice_is_once(said in any_text()) {
        let once = text(&said).into_owned();
        prop_assert_eq!(text(&once), once.as_str());
        let once = name(&said).into_owned();
        prop_assert_eq!(name(&once), once.as_str());
    }

    #[test]
    fn a_call_keeps_its_turns_and_every_piece_can_be_shown(said in prop::collection::vec(any_text(), 1..6)) {
        let turns: Vec<&str> = said.iter().map(String::as_str).collect();
        let call = call(&turns);
        let mut redaction = Redaction::of(&call);
        for turn in &call.turns {
            let whole = redaction.show(&call, turn.text.clone()).into_owned();
            let middle = (turn.text.start..=turn.text.end).find(|at| call.text().is_char_boundary(*at as usize) && *at * 2 >= turn.text.start + turn.text.end);
            let middle = middle.unwrap_or(turn.text.end);
            let halves = [turn.text.start..middle, middle..turn.text.end].map(|half| redaction.show(&call, half).len());
            prop_assert!(halves[0] + halves[1] >= whole.len());
        }
        if let Some(new) = redaction.call(&call) {
            prop_assert_eq!(new.turns.len(), call.turns.len());
        }
    }
}

/// How long a text takes so many times over, at the best of some tries.
fn time(said: &str, times: usize) -> f64 {
    let tries = (0..3).map(|_| {
        let start = std::time::Instant::now();
        (0..times).for_each(|_| drop(std::hint::black_box(text(said).into_owned())));
        start.elapsed().as_secs_f64()
    });
    tries.fold(f64::INFINITY, f64::min)
}

#[test]
fn time_grows_with_the_length_and_no_faster() {
    for piece in [
        "four ",
        "4",
        "4929 ",
        "1,",
        "at dot com ",
        "x@",
        "a b c ",
        "card number ",
        "born ",
        "oh, ",
        "double ",
        "(",
        "12 May ",
        "my account number is 44172290. ",
        "live at 14 Elm ",
        "a.",
        "+",
        "hundred ",
        "4929 8811 2043 7762 ",
        "um, ",
        "order ",
        "date of birth 12/05/84 ",
        "GB82 WEST ",
        "@a.b ",
        "at at ",
        "14 Elm Road ",
        "postcode ",
    ] {
        let (size, times) = (8_000, 16);
        let (short, long) = (piece.repeat(size / piece.len()), piece.repeat(times * size / piece.len()));
        // As much text in pieces and as a whole, so that a busy machine slows down both: the square would be 16 times as
        // slow.
        let (pieces, whole) = (time(&short, times), time(&long, 1));
        assert!(whole < pieces * 6.0 + 0.1, "{piece:?}: {pieces:.4} s in pieces, {whole:.4} s as a whole");
    }
}
