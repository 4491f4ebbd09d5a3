//! Names in address: with capitals and without, known and unknown, by their short forms, and what only looks like one.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use heard::call::{Call, Role};
use heard::rules::{Pick, RuleBook, Sets};
use heard::text::scene::Scene;
use heard::text::tagger::Tagger;
use std::sync::OnceLock;

/// The words in which the agent's turns address the caller, and the names that the caller is known by.
fn tagged(customer: Option<&str>, turns: &[(Role, &str)]) -> (Vec<String>, Vec<String>) {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    let book = BOOK.get_or_init(|| {
        let pick = Pick { sets: Sets::Shown, ..Pick::default() };
        RuleBook::load(&[], &pick).unwrap()
    });
    let mut call = Call::default();
    call.customer = customer.map(str::to_owned);
    for (role, text) in turns {
        let speaker = call.speaker(*role, role.as_str(), None);
        call.push_turn(speaker, None, None, text);
    }
    let mut scene = Scene::default();
    Tagger::new(book.phrases()).tag(&call, &mut scene);
    let name = book.phrases().id("name").unwrap();
    let hits = scene.hits(name).iter().map(|hit| scene.bytes(hit));
    let uses = hits.map(|b| call.text()[b.start as usize..b.end as usize].to_owned());
    (uses.collect(), scene.names.known.clone())
}

fn uses(customer: Option<&str>, turns: &[(Role, &str)]) -> Vec<String> {
    tagged(customer, turns).0
}

fn said(text: &str) -> Vec<String> {
    uses(None, &[(Role::Agent, text)])
}

#[test]
fn an_address_is_heard_with_capitals_and_without() {
    for (clean, raw, name) in [
        ("Thank you, Maria, for holding.", "thank you maria for holding", "maria"),
        ("I'm sorry to hear that, Helena.", "i 'm sorry to hear that helena", "helena"),
        ("Hi Rajesh, we see your note.", "hi rajesh we see your note", "rajesh"),
        ("Alright, Julia, so you've been here before.", "alright julia so you've been here before", "julia"),
        ("How can I help you today, Siobhan?", "how can i help you today siobhan", "siobhan"),
        ("Yusuf, I understand.", "yusuf i understand", "yusuf"),
        ("Good morning, Grace.", "good morning grace", "grace"),
        ("Hi, Mrs. Wood, I see your scan.", "hi mrs wood i see your scan", "wood"),
    ] {
        for text in [clean.to_owned(), raw.to_owned(), raw.to_uppercase()] {
            let found: Vec<String> = said(&text).iter().map(|n| n.to_lowercase()).collect();
            assert_eq!(found, [name], "{text}");
        }
    }
}

#[test]
fn what_only_looks_like_an_address_is_none() {
    for text in [
        "my name is maria how can i help",
        "this is julia speaking",
        "i spoke with john about it",
        "ask peter when you see him",
        "your brother michael called us",
        "that would be for mark in accounting",
        "we fly to charlotte on monday",
        "have you been to austin",
        "will you hold please",
        "may i have your number",
        "i hope so and i'd be happy to mark it",
        "there is some grace on that bill",
        "Thanks ^Akash",
        "You can read it there. -Angie",
        "miss it once and it ends",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn a_company_that_answers_is_nobody_spoken_to() {
    for text in [
        "Good morning, Brightwater, this is Lena.",
        "Good morning, Brightwater, Lena speaking, how can I help?",
        "Hello, Brightwater, my name is Lena.",
        "Good evening, Kestrel, you're through to Lena.",
        "Hi, Brightwater, how can I help?",
    ] {
        assert_eq!(
            tagged(None, &[(Role::Agent, text), (Role::Customer, "My boiler stopped.")]),
            (vec![], vec![]),
            "{text}"
        );
    }
    for text in ["Good morning, Tadhg, this is Lena from Brightwater.", "Hi Tadhg, how can I help?"] {
        assert_eq!(uses(None, &[(Role::Agent, text), (Role::Customer, "My boiler stopped.")]), ["Tadhg"], "{text}");
    }
}

#[test]
fn the_agents_own_name_is_no_use() {
    let turns = [
        (Role::Agent, "hi this is maria how can i help"),
        (Role::Customer, "hi my card is gone"),
        (Role::Agent, "okay maria will look into that"),
    ];
    assert_eq!(uses(None, &turns), [""; 0]);
}

#[test]
fn a_name_is_known_from_an_introduction_without_capitals() {
    for intro in ["my name is oona lindqvist", "hello this is priya and my card is gone", "am i speaking with priya"] {
        let role = if intro.starts_with("am") { Role::Agent } else { Role::Customer };
        let name = if intro.contains("oona") { "oona" } else { "priya" };
        let then = format!("okay {name} i see it");
        let turns = [(role, intro), (Role::Customer, "yes"), (Role::Agent, &*then)];
        // To ask for somebody by name is to use it.
        let times = if role == Role::Agent { 2 } else { 1 };
        assert_eq!(uses(None, &turns), vec![name; times], "{intro}");
    }
}

#[test]
fn a_caller_is_addressed_by_a_short_form_of_the_name() {
    for (stated, text, name) in [
        ("Alexander Hale", "thanks alex one moment", "alex"),
        ("Elizabeth Cole", "Thank you, Liz.", "Liz"),
        ("Deborah Quist", "okay debbie i can help", "debbie"),
        ("William Grant", "Okay, Bill, I have it.", "Bill"),
        ("Rose Dunn", "i'm sorry rose", "rose"),
    ] {
        assert_eq!(uses(Some(stated), &[(Role::Agent, text)]), [name], "{stated}: {text}");
    }
    // A name that is a word stays a word.
    assert_eq!(uses(Some("Rose Dunn"), &[(Role::Agent, "the price rose in may")]), [""; 0]);
    // Somebody else's name is no use of the caller's.
    assert_eq!(uses(Some("Rose Dunn"), &[(Role::Agent, "thank you peter")]), [""; 0]);
}

/// What the caller is known by.
fn known(customer: Option<&str>, turns: &[(Role, &str)]) -> Vec<String> {
    tagged(customer, turns).1
}

const A: Role = Role::Agent;
const C: Role = Role::Customer;

#[test]
fn callers_are_known_by_how_they_introduce_themselves() {
    for (asked, said, name) in [
        ("Acme.", "Good evening. It's Iain Sutherland, at Kinbrace Cottage.", "iain sutherland"),
        ("Acme.", "Hi, Kayleigh, it's, um, it's Jamie. Jamie Onwuka.", "jamie onwuka"),
        ("Acme.", "Morning, Deb. Jerry Amundson, out on County Road 12.", "jerry amundson"),
        ("Acme.", "418 Old Sawmill Road, out past the church. Hubert Langley.", "hubert langley"),
        ("Acme.", "Yeah, hi, Kevin Doyle, picking up insulin.", "kevin doyle"),
        ("Acme.", "Zofrina Quelch. I have a question about my bill.", "zofrina quelch"),
        ("Acme.", "Morning, it's Dympna Heffernan here.", "dympna heffernan"),
        ("Acme.", "You're talking to Ruth Bennett.", "ruth bennett"),
        ("Acme.", "I'm calling about a kettle. My name's Ana Lopez.", "ana lopez"),
        ("Acme.", "My name is also Jo, but last name Pike.", "jo pike"),
        ("And your name?", "Alan Forster, 14 Harbour Rise.", "alan forster"),
        ("Who am I speaking to?", "Yes, it's Mrs. Odessa Pettway.", "odessa pettway"),
        ("Who've I got on the line?", "Trevor Mahoney, 81 7740.", "trevor mahoney"),
        ("Can I take a name?", "Er, Brett.", "brett"),
        ("Am I speaking with the account holder?", "Yes, Margaret Oduya.", "margaret oduya"),
        // Raw speech recognition.
        ("can i take your name and postcode", "yeah tanya doyle n e seven", "tanya doyle"),
        ("who am i speaking to", "grainne folan", "grainne folan"),
        ("your first and last", "dominic fusco f u s c o", "dominic fusco"),
        ("and your last name", "w o j c i k", "wojcik"),
        ("acme", "giddy trish its murray out at douglas", "murray"),
        ("acme", "good morning here is willem from the end of the road", "willem"),
        ("acme", "hi deb it s jamie onwuka", "jamie onwuka"),
        ("is that harpreet", "yes harpreet speaking sir", "harpreet"),
    ] {
        let found = known(None, &[(A, asked), (C, said)]);
        assert_eq!(found.join(" "), name, "{asked} {said}");
    }
}

#[test]
fn what_is_no_introduction_tells_no_name() {
    for (asked, said) in [
        ("Acme, Jo speaking.", "Hello, Jo. I have a question."),
        ("Acme.", "It's Thursday, isn't it? It's Christmas next week."),
        ("Acme.", "I'm, I'm Scottish, sorry. I'm calling about a bill."),
        ("Acme.", "It's my wife, Sheila. She is on the concentrator."),
        ("Acme.", "It's Effie's machine I'm ringing about."),
        ("Acme.", "It's for my mother. Ruth Ellen Crabtree."),
        ("Acme.", "Her name's Graciela Pizarro."),
        ("What's your baby's name?", "Ezekiel Amadi."),
        ("And what is his name?", "Kevin."),
        ("acme", "the dog is called kevin and he ate a cake"),
        ("Is that in your name?", "Grey, the small one."),
        ("Something with your name on it.", "Hang on. Right."),
        ("Acme.", "I live in Vernon. Kingsbury Pike."),
        ("Acme.", "@Tesco Your site is down."),
    ] {
        assert_eq!(known(None, &[(A, asked), (C, said)]), [""; 0], "{asked} {said}");
    }
}

#[test]
fn metadata_without_a_name_tells_none() {
    for none in
        ["Customer", "UNKNOWN", "N/A", "Guest", "Anonymous caller", "4471", "ann@mail.example", "@12345", "[NAME]"]
    {
        assert_eq!(known(Some(none), &[(A, "Hello.")]), [""; 0], "{none}");
    }
    assert_eq!(known(Some("Guest, Judith"), &[(A, "Hello.")]), ["judith", "guest"]);
}

#[test]
fn whoever_is_addressed_by_a_name_is_known_by_it() {
    for (text, name) in [
        ("Hi Renee, how's things?", "renee"),
        ("Right, Dympna, it is sent.", "dympna"),
        ("Mind yourself, Breda.", "breda"),
        ("I'm putting it on the bottom, Zofrina, so you have it.", "zofrina"),
        ("Thanks, Mrs Okafor. That is all.", "okafor"),
        ("That's fine, Mr. Quelch.", "quelch"),
        ("Simon? I've got him.", "simon"),
        ("Thanks, is it Kirra?", "kirra"),
        ("And is that Mrs Okonjo-Reilly?", "okonjo reilly"),
        ("okay mister escobedo i see it", "escobedo"),
        ("okay john is this the left knee", "john"),
        ("i do apologise barry so i'm looking at it", "barry"),
        ("and joan is it okay if they pop in", "joan"),
        ("Okay, and Latrice, have you spoken to them?", "latrice"),
    ] {
        let turns = [(A, "Acme, this is Jo."), (C, "It is broken."), (A, text)];
        assert_eq!(known(None, &turns).join(" "), name, "{text}");
        assert_eq!(uses(None, &turns).len(), 1, "{text}");
    }
}

#[test]
fn other_people_are_not_addressed() {
    for text in [
        "There's an engineer, his name's Dev, he'll ring before he knocks.",
        "I'm sending Eddie, he's our plumber.",
        "I'll ring Jade.",
        "Dr Sethi says don't come here.",
        "There's a counsellor, Mrs Naidoo, and her fee is capped.",
        "Mr. Curtis that drives our van can come by.",
        "Ask for Desmond.",
        "So I have here Mr. Arnel Quelch, Dubai to Manila.",
        "Harold Fedoruk. And your policy number?",
        "Tomorrow it is Eddie, Martin and Dev.",
        "You're doing fine, Mum.",
        "Thanks, love. Bye, pet. Of course, sir.",
        "the address i have is 16 b lorraine",
        "It's at hoa dot nguyen at mail dot example.",
    ] {
        let turns = [(A, "Acme, this is Jo."), (C, "It is broken."), (A, text)];
        assert_eq!(uses(None, &turns), [""; 0], "{text}");
    }
}

#[test]
fn the_agents_introduction_is_never_the_callers() {
    for text in [
        "Harbour Bank, you're speaking with Keisha.",
        "Acme, Kerry speaking.",
        "Acme, you're through to Annalise.",
        "Good evening, Acme technical, Hassan this side.",
        "Kettle Creek Plumbing, Stan.",
        "Academic registry, Mrs Kiptoo.",
        "Acme, it's Leanne. Can I get your number?",
        "Acme, you're with Craig.",
        "acme housing trish speaking",
        "acme this is joanne",
    ] {
        let turns = [(A, text), (C, "It is broken."), (A, "I see it.")];
        assert_eq!(known(None, &turns), [""; 0], "{text}");
        assert_eq!(uses(None, &turns), [""; 0], "{text}");
    }
}

#[test]
fn a_misspelt_name_counts_and_a_wrong_one_does_not() {
    let named = |said: &str, text: &str| uses(None, &[(A, "Acme."), (C, said), (A, text)]);
    assert_eq!(named("It's Joyce Banks.", "No problem, Joyxe."), ["Joyxe"]);
    assert_eq!(named("It's Geneviève Roy.", "Thanks, Genevieve."), ["Genevieve"]);
    assert_eq!(named("It's Geoffrey Banks.", "No problem, Mr Burns, I can."), [""; 0]);
    assert_eq!(named("It's Joan Banks.", "Thanks, Peter."), [""; 0]);
    // A last name alone is read back.
    assert_eq!(named("It's Joan Mokoena.", "Mokoena, two nights."), [""; 0]);
    assert_eq!(named("It's Joan Mokoena.", "See you, Ms. Mokoena."), ["Mokoena"]);
}
