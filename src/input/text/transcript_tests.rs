//! Text transcripts as they are met, each with the turns it must give.

use crate::input::text::transcript::*;

fn read(text: &str) -> Call {
    let mut call = Call::default();
    read_transcript(text, &mut call).unwrap_or_else(|e| panic!("{text}\n{e:?}"));
    call
}

/// Turns as `role@start-end text`, one a line.
fn turns(text: &str) -> Vec<String> {
    let call = read(text);
    let time = |t: Option<f64>| t.map_or(String::new(), |t| format!("{t}"));
    let show = |t: &crate::call::Turn| {
        let at = match (t.start, t.end) {
            (None, _) => String::new(),
            (start, None) => format!("@{}", time(start)),
            (start, end) => format!("@{}-{}", time(start), time(end)),
        };
        format!("{}{at} {}", call.role(t), call.turn_text(t).replace('\n', "/"))
    };
    call.turns.iter().map(show).collect()
}

#[test]
fn the_shapes_of_rule_examples() {
    let text = "0:00-0:03 Agent: Thanks for calling Acme, this is Jo.\n\
                0:04-0:08.5 Customer: My mother died.\n0:09 Agent: I'd be happy to take your account number.\n";
    assert_eq!(
        turns(text),
        [
            "agent@0-3 Thanks for calling Acme, this is Jo.",
            "customer@4-8.5 My mother died.",
            "agent@9 I'd be happy to take your account number."
        ]
    );
    assert_eq!(turns("  Agent: Hello.\n  Customer: Hi.\n"), ["agent Hello.", "customer Hi."]);
    assert_eq!(turns("Agent: Hello."), ["agent Hello."]);
}

#[test]
fn bold_quotes_fences_and_blank_lines() {
    let text =
        "\"\"\"\n**Customer Service Agent:** \"Hello, how can I help?\"\n\n**Caller:** \"My order is late.\"\n\"\"\"\n";
    assert_eq!(turns(text), ["agent Hello, how can I help?", "customer My order is late."]);
}

#[test]
fn wrapped_lines_belong_to_the_turn_above() {
    let text = "Agent: Thank you for\ncalling Acme.\nHow are you?\n\nSure.\nCustomer: Fine.\n";
    assert_eq!(turns(text), ["agent Thank you for calling Acme./How are you?/Sure.", "customer Fine."]);
}

#[test]
fn a_colon_in_speech_is_no_label() {
    let text =
        "Agent: Here it is.\nOrder ID: 3348917502\nStatus: shipped\nCustomer: Thanks.\nAgent: Bye.\nOrder ID: 7\n";
    assert_eq!(
        turns(text),
        ["agent Here it is./Order ID: 3348917502 Status: shipped", "customer Thanks.", "agent Bye./Order ID: 7"]
    );
    let one = "Agent: One thing.\nRemember: never share it.\nCustomer: OK.\nAgent: Good.\n";
    assert_eq!(turns(one)[0], "agent One thing./Remember: never share it.");
}

#[test]
fn one_side_with_a_role_word_settles_the_other() {
    let call = read("Sales Call - Demo\n\nRep: Hi Sarah!\n\nSarah Chen: Hi.\n\nRep: Good.\n\nSarah Chen: Yes.\n");
    assert_eq!(call.roles.how, HowRoles::Label);
    assert!(call.roles.confidence < 0.9);
    assert_eq!(call.customer.as_deref(), Some("Sarah Chen"));
    assert_eq!(call.turns.len(), 4);
}

#[test]
fn names_and_speakers_without_roles_stay_unknown() {
    for text in [
        "Jo: Hi.\nAnn: Hello.\nJo: Yes.\n",
        "SPEAKER A: Hi.\nSPEAKER B: Hello.\n",
        "[SPEAKER_00]: Hi.\n[SPEAKER_01]: Yes.\n",
    ] {
        let call = read(text);
        assert_eq!(call.roles.how, HowRoles::Unknown, "{text}");
        assert_eq!(call.speakers.len(), 2, "{text}");
    }
}

#[test]
fn names_in_labels() {
    let call = read("Agent (Ben): Hello.\nCustomer (Juan): Hi.\nAgent Jannie: It's me.\n");
    assert_eq!(call.agent.as_deref(), Some("Ben"));
    assert_eq!(call.customer.as_deref(), Some("Juan"));
    assert_eq!(call.speakers[2].name.as_deref(), Some("Jannie"));
}

#[test]
fn times_on_their_own_line_and_in_headings() {
    let own = "00:00:07\n\nCustomer (Juan): Hello.\n\n00:00:12\n\nAgent: Hi.\n";
    assert_eq!(turns(own), ["customer@7 Hello.", "agent@12 Hi."]);
    let heading = "Jo Lee (0:00)\nHello there.\nHow are you?\n\nAgent (0:09)\nFine.\n\nJo Lee (0:12)\nGood.\n";
    assert_eq!(turns(heading), ["customer@0 Hello there./How are you?", "agent@9 Fine.", "customer@12 Good."]);
    let bold = "**Agent** (00:00:00)\nHello.\n**Customer** (00:00:03)\nHi.\n";
    assert_eq!(turns(bold), ["agent@0 Hello.", "customer@3 Hi."]);
    let wall = "10:32 AM Agent\nHello.\n\n10:33 AM Ann Smith\nHi.\n\n10:35 AM Agent\nBye.\n";
    assert_eq!(turns(wall), ["agent@0 Hello.", "customer@60 Hi.", "agent@180 Bye."]);
    assert_eq!(read(wall).clock, crate::call::Clock::Sent);
}

#[test]
fn timed_lines_without_speakers() {
    let text = "00:00:06 so I called you\n00:00:09 because of the bill\n";
    assert_eq!(turns(text), ["unknown@6 so I called you", "unknown@9 because of the bill"]);
    let voices = "00:00:06 <v Jo Lee>Hello.\n00:00:09 <v Ann>Hi.</v>\n00:00:11 <v Jo Lee>Yes.\n";
    assert_eq!(turns(voices), ["unknown@6 Hello.", "unknown@9 Hi.", "unknown@11 Yes."]);
}

#[test]
fn blocks_of_speaker_and_text() {
    let text = "Speaker : Sales Agent 00:03\nText : Hello,\nthis is Jo.\nScore : 0.9\n\nSpeaker : Customer 00:07\nText : Hi.\nScore : 0.2\n";
    assert_eq!(turns(text), ["agent@3 Hello, this is Jo.", "customer@7 Hi."]);
}

#[test]
fn heads_are_metadata() {
    let text = "Call Transcript\nDate: 2026-05-01\nAgent: Sarah\nCustomer: Bob Smith\nQueue: Billing\n\nAgent: Hello.\nCustomer: Hi.\n";
    let call = read(text);
    assert_eq!(call.turns.len(), 2);
    assert_eq!(call.agent.as_deref(), Some("Sarah"));
    assert_eq!(call.customer.as_deref(), Some("Bob Smith"));
    assert_eq!(call.started.as_deref(), Some("2026-05-01"));
    assert_eq!(call.queue.as_deref(), Some("Billing"));
    let listed = "Participants: Jo (Agent), Ann (Customer)\nDate: 1 May\n\nJo: Hello.\nAnn: Hi.\nJo: Bye.\nAnn: Bye.\n";
    assert_eq!(turns(listed)[..2], ["agent Hello.", "customer Hi."]);
}

#[test]
fn narrators_the_system_and_stage_directions_say_nothing() {
    let text = "NARRATOR: The phone rings.\nIt is late.\nAgent: Hello.\n[Verifying account information]\n(pause)\nCustomer: Hi [NAME].\nSYSTEM: Call ended.\n";
    assert_eq!(turns(text), ["agent Hello.", "customer Hi [NAME]."]);
    assert_eq!(turns("IVR: Press one.\nAgent: Hello.\nCaller: Hi.\n")[0], "bot Press one.");
}

#[test]
fn labels_in_one_paragraph() {
    let text = "Agent: Hello, how can I help? Customer: My bill is wrong. Agent: I'm sorry to hear that.";
    assert_eq!(
        turns(text),
        ["agent Hello, how can I help?", "customer My bill is wrong.", "agent I'm sorry to hear that."]
    );
    let bold = "**Agent:** Hello. **Customer:** Hi there.";
    assert_eq!(turns(bold), ["agent Hello.", "customer Hi there."]);
}

#[test]
fn a_paragraph_without_labels_is_one_unknown_voice() {
    let call = read("Hi, my name is Joanna. I would like to update my account. Hello Joanna, thank you for calling.");
    assert_eq!((call.turns.len(), call.roles.how), (1, HowRoles::Unknown));
}

#[test]
fn what_is_no_transcript_is_refused() {
    let mut call = Call::default();
    for wrong in ["", " \n ", "{\"a\": [1, 2", "[{\"a\":1}", "Agent: \0 hello", "id,agent,score\n1,Jo,2\n", "qwerty"] {
        assert!(read_transcript(wrong, &mut call).is_err(), "{wrong:?}");
    }
}

#[test]
fn crlf_and_a_byte_order_mark() {
    assert_eq!(turns("\u{feff}Agent: Hello.\r\nCustomer: Hi.\r\n"), ["agent Hello.", "customer Hi."]);
}

#[test]
fn times_and_letters_in_speech_and_in_labels() {
    let text = "0:00 Agent: Hi.\n0:05 Customer: Yes, at\n10:30 works for me.\n0:09 Agent: Good.\n0:11 So be it.\n";
    assert_eq!(
        turns(text),
        ["agent@0 Hi.", "customer@5 Yes, at 10:30 works for me.", "agent@9 Good.", "agent@11 So be it."]
    );
    assert_eq!(read("A: Hi.\nB: Hello.\nA: Bye.\n").speakers.len(), 2);
    let listed = "1. Agent: Hi there.\n2. Customer: Hello.\n";
    assert_eq!(turns(listed), ["agent Hi there.", "customer Hello."]);
    let dashed = read("Agent – Jo: Hi.\nCustomer – Ann: Hello.\n");
    assert_eq!((dashed.agent.as_deref(), dashed.customer.as_deref()), (Some("Jo"), Some("Ann")));
    assert_eq!(turns("[Agent] Hi.\n[Customer] Hello.\n"), ["agent Hi.", "customer Hello."]);
}

#[test]
fn labels_within_a_line_begin_one_and_words_with_a_colon_do_not() {
    use crate::input::text::head::broken_at_labels;
    for (text, broken) in [
        ("Hi. \t Customer: \t Hello", "Hi.\nCustomer: Hello"),
        ("Hi. **Customer:** Hello", "Hi.\n**Customer:** Hello"),
        ("Hi. **Ann**: Hello", "Hi.\n**Ann**: Hello"),
        ("Hi. Ann: Hello", "Hi. Ann: Hello"),
        ("Hi. customer: Hello", "Hi. customer: Hello"),
        ("Hi. Customer:Hello", "Hi. Customer:Hello"),
        ("Hi Customer: Hello", "Hi Customer: Hello"),
        ("Hi.\n2. Customer: Hello", "Hi.\n2. Customer: Hello"),
        ("Hi. SPEAKER 1: a? SPEAKER 2: b", "Hi.\nSPEAKER 1: a?\nSPEAKER 2: b"),
    ] {
        assert_eq!(broken_at_labels(text), broken, "{text}");
    }
}

#[test]
fn labels_with_numbers_bullets_brackets_and_dashes_before_or_behind_them() {
    let call = ["agent Hello, this is Mia.", "customer My bill is wrong.", "agent Let me see."];
    for text in [
        "1 Agent: Hello, this is Mia.\n2 Customer: My bill is wrong.\n3 Agent: Let me see.\n",
        "(1) Agent: Hello, this is Mia.\n(2) Customer: My bill is wrong.\n(3) Agent: Let me see.\n",
        "[1] Agent: Hello, this is Mia.\n[2] Customer: My bill is wrong.\n[3] Agent: Let me see.\n",
        "07  AGENT: Hello,\n08  this is Mia.\n09  CUSTOMER: My bill is wrong.\n10  AGENT: Let me see.\n",
        "– Agent: Hello, this is Mia.\n– Customer: My bill is wrong.\n– Agent: Let me see.\n",
        "Agent - Hello, this is Mia.\nCustomer - My bill is wrong.\nAgent - Let me see.\n",
        "Agent:Hello, this is Mia.\nCustomer:My bill is wrong.\nAgent:Let me see.\n",
        "<Agent> Hello, this is Mia.\n<Customer> My bill is wrong.\n<Agent> Let me see.\n",
        "Agent, Mia: Hello, this is Mia.\nCustomer, Sam: My bill is wrong.\nAgent, Mia: Let me see.\n",
        "Date: 3 May\nAgent: Mia Reyes\nQueue: Bills\nAgent: Hello, this is Mia.\nCustomer: My bill is wrong.\nAgent: Let me see.\n",
        "Agent\nHello, this is Mia.\n\nCustomer\nMy bill is wrong.\n\nAgent\nLet me see.\n",
    ] {
        assert_eq!(turns(text), call, "{text}");
    }
    let timed = "00:01 Agent - Hello there.\n00:04 Customer - My bill is wrong.\n00:08 Agent - Let me see.\n";
    assert_eq!(turns(timed), ["agent@1 Hello there.", "customer@4 My bill is wrong.", "agent@8 Let me see."]);
    let inside = "[Agent 00:01] Hello there.\n[Customer 00:04] My bill is wrong.\n[Agent 00:08] Let me see.\n";
    assert_eq!(turns(inside), turns(timed));
    let letters = read("[A] Hello there.\n[B] My bill is wrong.\n[A] Let me see.\n");
    assert_eq!((letters.speakers.len(), letters.turns.len()), (2, 3));
    let names = read("Reyes, Mia: Hello there.\nOduya, Sam: My bill is wrong.\nReyes, Mia: Okay, Sam: let me see.\n");
    assert_eq!(names.speakers[0].name.as_deref(), Some("Mia Reyes"));
    assert_eq!(names.turn_text(&names.turns[2]), "Okay, Sam: let me see.");
    // A number, a dash or a word alone may as well be said.
    let said = "Agent: It is\n24 Elm Street: the blue door.\nSales - they know more.\nManager\nCustomer: Fine.\n";
    assert_eq!(
        turns(said),
        ["agent It is 24 Elm Street: the blue door./Sales - they know more./Manager", "customer Fine."]
    );
}

#[test]
fn a_time_and_a_speaker_above_the_words() {
    let text = "Recording\ncall 3.mp3\n\n00:00:01 Speaker 1\nHello there.\n00:00:05 Speaker 2\nHi.\n\n00:00:09 Speaker 1\nBye.\n";
    assert_eq!(turns(text), ["unknown@1 Hello there.", "unknown@5 Hi.", "unknown@9 Bye."]);
    assert_eq!(read(text).speakers.len(), 2);
}

#[test]
fn notes_heads_feet_and_whispers_are_not_said_to_the_caller() {
    let chat = "(09:15:00) Visitor 7: my bill is wrong\n(09:15:08) *** Mia joined the chat ***\n(09:15:20) Mia: Hi there\n(09:15:31) Visitor 7: hello\n(09:15:40) *** Visitor 7 has left ***\n";
    assert_eq!(turns(chat), ["customer@0 my bill is wrong", "agent@20 Hi there", "customer@31 hello"]);
    let pages = "Agent: Hello\nPage 1 of 2\nthere.\nSam has joined the chat.\nCustomer: Hi.\n\nEnd of transcript\nDuration: 4:10\n";
    assert_eq!(turns(pages), ["agent Hello there.", "customer Hi."]);
    let head = "Date: 3/2/2026\nCall ID: 88\nAgent ID: 17\nTime: 9 AM\nAgent: Hello.\nCustomer: Hi.\n";
    assert_eq!(turns(head), ["agent Hello.", "customer Hi."]);
    assert_eq!((read(head).id.as_str(), read(head).agent.as_deref()), ("88", Some("17")));
    for label in ["Supervisor (whisper)", "Supervisor [whispers]", "Coach - to agent", "Whisper", "Hold music"] {
        let text = format!("Agent: Hello.\n{label}: Say you're sorry.\nCustomer: Hi.\n");
        assert_eq!(turns(&text), ["agent Hello.", "customer Hi."], "{label}");
    }
    let aloud = "Agent (whispering): Hello.\nSupervisor: Hello, too.\nCustomer (whispers): Hi.\n";
    assert_eq!(turns(aloud), ["agent Hello.", "agent Hello, too.", "customer Hi."]);
}

#[test]
fn one_person_under_two_labels_is_one_speaker() {
    for text in [
        "Billing Agent (BA): Hello.\nNew Customer (NC): Hi.\nBA: Fine.\nNC: Good.\n",
        "Call between Billing Agent (BA) and New Customer (NC)\n\nBA: Hello.\nNC: Hi.\nBA: Fine.\nNC: Good.\n",
        "Participants: Billing Agent (BA), New Customer (NC)\n\nBA: Hello.\nNC: Hi.\nBA: Fine.\nNC: Good.\n",
        "Agent: Hello.\nAgent: This is Mia speaking.\nSam: Hi.\nMia: Fine.\nSam: Good.\n",
    ] {
        let call = read(text);
        let roles: Vec<Role> = call.turns.iter().rev().take(4).map(|t| call.role(t)).collect();
        assert_eq!(roles, [Role::Customer, Role::Agent, Role::Customer, Role::Agent], "{text}");
        assert_eq!(call.speakers.len(), 2, "{text}");
        assert_ne!(call.customer.as_deref(), Some("NC"), "{text}");
    }
    let other = read("Agent: Hello, is Mia there?\nSam: This is Sam.\nMia: Hello.\nMia: Hi.\nAgent: Good.\n");
    assert_eq!(other.speakers.len(), 3);
}

#[test]
fn roles_of_a_few_turns_are_no_roles_of_the_call() {
    let call = read("Agent: Hello.\nSam: Hi.\nMia: Fine.\nSam: Good.\nMia: Bye.\n");
    assert_eq!(call.roles.how, HowRoles::Unknown);
    let call = read("Agent: Hello.\nSam: Hi.\nMia: Fine.\nAgent: Good.\nSam: Bye.\nAgent: Bye.\n");
    assert_eq!(call.roles.how, HowRoles::Label);
}

#[test]
fn a_mailbox_is_no_caller() {
    let text = "Customer: You've reached Sam Oduya, I can't take your call. Leave a message after the beep.\nAgent: Hello Sam, this is Mia.\n";
    let call = read(text);
    let roles: Vec<Role> = call.turns.iter().map(|t| call.role(t)).collect();
    assert_eq!(roles, [Role::Bot, Role::Agent]);
    let told =
        "Agent: Hello.\nCustomer: I've reached your line and it says leave a message after the tone.\nAgent: I see.\n";
    assert_eq!(turns(told)[1].split(' ').next(), Some("customer"));
}
