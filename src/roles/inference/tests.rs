//! Conversations with a clear agent, and some that nobody may guess about.

use super::*;

/// Lines `A: words`; the voices are diarised labels.
fn call(text: &str) -> Call {
    let mut call = Call::default();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (label, words) = line.split_once(": ").expect("a label");
        let speaker = call.speaker(Role::Unknown, label, None);
        call.push_turn(speaker, None, None, words);
    }
    call
}

/// Calls of the material that the weights are learned from, and other talk that is not among it.
const CALLS: &str = include_str!("../../../tests/roles/calls.txt");
const OTHER: &str = include_str!("../../../tests/roles/other.txt");

/// The conversations of such a file, by their names.
fn conversations(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.split("\n[").skip(1).map(|block| {
        let (head, said) = block.split_once('\n').expect("a head");
        (head.split_once("] ").expect("a name").1, said)
    })
}

fn agents(call: &Call) -> Vec<&str> {
    let agents = call.speakers.iter().filter(|s| s.role == Role::Agent);
    agents.map(|s| s.label.as_str()).collect()
}

/// Two-party calls in which A is the agent.
const CLEAR: &[&str] = &[
    "A: Thank you for calling Acme, my name is Jo. How can I help you today?
     B: Hi, I'm calling about my bill, it went up again this month.
     A: I see. May I have your account number?
     B: Yes, it's one two three four.",
    "B: Hello?
     A: Good morning, thanks for calling Northwind Support, this is Ann speaking.
     B: Yeah, my internet is not working since yesterday and I have been on hold for an hour.
     A: I am so sorry. Could you please confirm your address for me?
     B: Twelve Oak Street.",
    "A: thank you for calling how may i help you
     B: uh yeah i need to make an appointment for my daughter
     A: okay sure can i get your first and last name please
     B: it is ann lee",
    "A: Hello, thank you for contacting Contoso. How may I assist you?
     B: I ordered a lamp two weeks ago and my order never came.
     A: Let me look that up for you. Can I have the order number, please?
     B: It is 5512.
     A: I've issued a refund for you. Is there anything else I can help you with?
     B: No, thank you for your help.",
    "B: Hi, I was charged twice for one booking and I want my money back.
     A: I'm sorry about that. Let me pull up your account. Can you verify your date of birth?
     B: Third of May.
     A: Thank you. On our end I can see both charges.",
    "A: Nine one one, 911 what is your emergency?
     B: There is a fire, can you help me, the house next to us is burning.
     A: What is the address there? Thank you for holding, stay with me, who am I speaking with?
     B: My name is Ben.",
    "A: Customer care, this is Tom. May I have your name and account number please?
     B: It's Rita. I want to cancel, I am calling because my subscription was renewed without asking.
     A: I understand. I'd be happy to help you with that.",
    "A: Welcome to the bank, you are speaking with Sam. For security purposes, could you verify the last four digits of your card?
     B: Four four one two. I lost my card and I need help with a new one.
     A: I can send a replacement. Your reference number is nine nine one.",
    "B: I would like to speak with your manager. You guys charged me for something I never received.
     A: I do apologize for the inconvenience. Can I please get your order number?
     B: No, I have been waiting for three weeks.
     A: I understand your frustration. I'm going to transfer you to our billing department.",
    "A: Good afternoon, dental office, how can I help?
     A: How can I help you?
     B: I'd like to schedule an appointment, I have a question about my insurance too.
     A: Of course. What's your date of birth? And can I have your phone number?",
    "A: Technical support, thanks for calling. What can I help you with?
     B: I am having trouble logging into my account, it does not work at all.
     A: Okay. May I place you on a brief hold while I check our system?
     B: Sure.
     A: Thank you for holding.",
    "B: Good morning, how are you doing?
     A: I'm well, thank you, and thank you for calling Blue Travel. How may I help you today?
     B: I need to cancel a flight. My reservation is under Lee.
     A: May I have your confirmation code?
     B: It's X J two.
     A: Is there anything else that I can do for you?",
];

/// Conversations that nobody may guess about.
const UNCLEAR: &[&str] = &[
    // Small talk.
    "A: Hey, how are you?
     B: Good, good, how about you?
     A: I was wondering if you want to get lunch.
     B: Sure, can you help me with the boxes first?",
    // A podcast.
    "A: Welcome to the show, thank you for calling in, how can I help you today?
     B: Thanks for having me. I'm calling about my order of life.",
    // A job interview.
    "A: Thanks for calling. May I have your name, please? Tell me about yourself.
     B: I was a support agent. I would say thank you for calling, how can I help you today.",
    // A sales call by a representative.
    "A: Hi, this is Jo from Acme, the reason for my call is our new plan. Do you have a few minutes?
     B: What is it about?
     A: We can offer you a better price. Our customers love it.
     B: I already have a contract, what would it cost?",
    // The agent's words are scattered over both voices.
    "A: Thank you for calling Acme, how can I help you? Hi, I want to cancel my subscription.
     B: May I have your account number? It's one two. Okay. I'd be happy to help you with that.",
    // A meeting.
    "A: Our system was down, our team worked on it all night.
     B: Our customers noticed, our website was slow too.
     A: Let us builder about our policy next week.",
    // Only one voice.
    "A: Thank you for calling Acme, how can I help you? I'm calling about my bill. May I have your account number?",
    // Another language.
    "A: Gracias por llamar, ¿en qué puedo ayudarle?
     B: Hola, llamo por mi factura, quiero cancelar.",
    // Friends, one of whom tells of a call.
    "A: So I called yesterday and they said thank you for calling, how may I help you.
     B: And then?
     A: I said I want a refund, I was charged twice and my order never came.
     B: Oh wow.",
    // A call back: both sides thank.
    "A: Thanks for calling me back.
     B: Sure. You called about the car?
     A: Yes, is it still there?
     B: It is, do you want to come and see it?",
    // Three voices, two of them callers.
    "A: Thank you for calling, how can I help you? May I have your account number?
     B: I'm calling about my bill. I was charged twice.
     C: And I want a refund as well, my order never came at all.",
    // Two agents talking to each other.
    "A: Thank you for calling the help desk, how can I help you?
     B: Hi, this is Ann from billing, how may I assist you, no wait, may I have your account number for the customer?
     A: Ha, can I have your name first?",
    // Too little.
    "A: Hello?
     B: Hi, is this Ann?
     A: Yes.
     B: Okay, thanks, bye.",
];

#[test]
fn clear_calls_are_told() {
    for text in CLEAR {
        let mut call = call(text);
        assert!(infer(&mut call), "{text}");
        assert_eq!(agents(&call), ["A"], "{text}");
        assert!(call.speakers.iter().any(|s| s.label == "B" && s.role == Role::Customer));
        assert!(call.roles.how == HowRoles::Inferred && call.roles.confidence >= ENOUGH);
    }
}

#[test]
fn the_labels_do_not_matter() {
    for text in CLEAR {
        let swapped = text.replace("A: ", "C: ").replace("B: ", "A: ").replace("C: ", "B: ");
        let mut call = call(&swapped);
        assert!(infer(&mut call));
        assert_eq!(agents(&call), ["B"], "{swapped}");
    }
}

#[test]
fn unclear_ones_are_left_alone() {
    for text in UNCLEAR {
        let mut call = call(text);
        let mut before = call.clone();
        assert!(!infer(&mut call), "{text}\n{:?}", call.roles);
        // All it may leave behind is what it would have guessed.
        before.guess.clone_from(&call.guess);
        assert_eq!(call, before);
    }
}

#[test]
fn a_recorded_voice_and_a_second_agent_are_told_apart() {
    let mut call = call(
        "X: Thank you for calling Acme. Press one for billing. Please stay on the line, your call is important to us.
         A: Thanks for holding, my name is Jo, how can I help you today?
         B: I was charged twice and I want a refund for my order.
         A: Can I have your account number? Let me transfer you to our billing team.
         C: Billing, thank you for waiting. Could you verify your address? I have made a refund for you.
         B: Twelve Oak Street.",
    );
    assert!(infer(&mut call));
    let roles: Vec<Role> = call.speakers.iter().map(|s| s.role).collect();
    assert_eq!(roles, [Role::Bot, Role::Agent, Role::Customer, Role::Agent]);
}

#[test]
fn known_roles_stay() {
    let mut call = call(CLEAR[0]);
    call.roles.how = HowRoles::Mapped;
    assert!(!infer(&mut call));
}

#[test]
fn every_phrase_can_be_said() {
    for phrase in cues::phrases() {
        let spoken: Vec<&str> = phrase.split(' ').filter_map(|w| w.split('/').next()).collect();
        let mut words = Vec::new();
        cues::words(&spoken.join(" "), &mut words);
        assert_eq!(words, spoken, "{phrase}");
        assert!(cues::all(&words).next().is_some(), "{phrase}");
    }
}

/// The sums are made by the script that learns, which reads words in the same way.
#[test]
fn learning_and_looking_up_agree() {
    let mut sums = Vec::new();
    for (name, said) in conversations(CALLS).chain(conversations(OTHER)) {
        let call = call(said);
        let of = Weights::get().sums(&call, |_| true, usize::MAX);
        for (k, speaker) in call.speakers.iter().enumerate() {
            let (side, is_call, units) = (of.side[k], of.call[k], of.units[k]);
            sums.push(format!("{name}\t{}\t{side}\t{is_call}\t{units}", speaker.label));
        }
    }
    let stored = include_str!("../../../tests/roles/sums.tsv").lines().skip(1);
    assert_eq!(sums, stored.collect::<Vec<_>>(), "run .ci/roles.py");
}

/// In clean text and as speech recognition writes it, whoever comes first in the file.
#[test]
fn recorded_calls_are_told() {
    for (name, said) in conversations(CALLS) {
        let raw = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\n' | ':' | '\'' | '[' | ']');
        let raw: String = said.to_lowercase().chars().filter(|c| raw(*c)).collect();
        for text in [said, &raw] {
            let mut call = call(text);
            assert!(infer(&mut call), "{name}: {:?}", call.guess);
            for speaker in &call.speakers {
                assert_eq!(speaker.role.as_str(), speaker.label, "{name}");
            }
            assert_eq!(call.guess, None, "{name}");
        }
    }
}

#[test]
fn other_talk_is_left_alone() {
    for (name, said) in conversations(OTHER) {
        let mut call = call(said);
        assert!(!infer(&mut call), "{name}: {:?}", call.roles);
    }
}

#[test]
fn what_is_too_unsure_is_kept_as_a_guess() {
    let mut call = call(
        "A: Skylark, this is Jo Ann, hello.
         B: Yes, hello, I wanted to ask about Tuesday.
         A: Which Tuesday would that be?
         B: The one after next, in the evening.",
    );
    assert!(!infer(&mut call), "{:?}", call.roles);
    let guess = call.guess.as_ref().expect("a guess");
    assert_eq!(guess.roles, [Role::Agent, Role::Customer]);
    assert!(guess.confidence < ENOUGH && guess.confidence > 0.0, "{guess:?}");
    assert!(call.speakers.iter().all(|s| s.role == Role::Unknown));
}

#[test]
fn another_language_is_not_guessed_at() {
    let mut call = call(
        "A: Buenos días, Seguros Norte, le atiende Marta, ¿en qué puedo ayudarle?
         B: Hola, llamo porque me han cobrado 45 euros dos veces en mayo y no entiendo por qué.
         A: Vaya, lo siento mucho. ¿Me dice su número de póliza, por favor?
         B: Sí, es el 4471, a nombre de Luis Ortega.
         A: Gracias, Luis. Veo los 2 recibos, le devuelvo el segundo en 3 días.
         B: Muchas gracias, muy amable.",
    );
    assert!(!infer(&mut call), "{:?}", call.roles);
    assert_eq!(call.guess, None);
}

#[test]
fn more_evidence_is_never_less_sure() {
    let all: Vec<i64> = (-100..10_000).map(percent).collect();
    assert!(all.is_sorted() && all[0] == 0 && all[all.len() - 1] == 99);
    assert_eq!((percent(4000), percent(4300)), (75, 80));
}
