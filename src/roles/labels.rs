//! What a speaker's label says: `Agent (Ben)` is an agent called Ben, `SPEAKER A` says nothing.
//!
//! "user" is deliberately missing: it is the customer in voice-AI formats and the agent in others, so only a format
//! that knows may map it.

use crate::call::{Call, HowRoles, Role, Roles, Speaker};
use crate::roles::role_words::{AGENT, AGENT_ENDS, BOT, CUSTOMER, CUSTOMER_ENDS, NOBODY};
use crate::roles::{asides, same_person, voicemail};

/// What a label tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The role, if a word of the label says so.
    pub role: Role,
    /// The person's name, if it holds one.
    pub name: Option<String>,
    /// The label of a line that nobody says: a narrator, the system, an action.
    pub nobody: bool,
}

/// The role a word or group of words names, for fields that hold a role and nothing else.
pub fn role_word(label: &str) -> Role {
    exact(&folded(label)).unwrap_or_default()
}

/// Reads a label.
pub fn parse_label(label: &str) -> Label {
    let label = label.trim();
    let key = folded(label);
    if NOBODY.contains(&key.as_str()) {
        return Label { nobody: true, ..Label::default() };
    }
    if let Some(role) = exact(&key) {
        return Label { role, ..Label::default() };
    }
    // "Agent says: …"
    if let Some(role) = [" says", " said", " wrote"].iter().find_map(|said| exact(key.strip_suffix(said)?)) {
        return Label { role, ..Label::default() };
    }
    if asides::is_aside(label) {
        return Label { nobody: true, ..Label::default() };
    }
    // "Agent (Ben)", "Ben (Agent)", "Agent [Ben]", "Agent - Ben".
    if let Some((before, inside)) = bracketed(label) {
        let (outer, inner) = (parse_label(before), role_word(inside));
        if outer.role != Role::Unknown {
            let named = person(inside).filter(|_| initials(label).is_none());
            return Label { role: outer.role, name: named.or(outer.name), nobody: false };
        }
        if inner != Role::Unknown {
            return Label { role: inner, name: person(before), nobody: false };
        }
        return Label { name: person(before), ..Label::default() };
    }
    if let Some((front, last)) = key.rsplit_once(' ')
        && front.split(' ').count() <= 3
    {
        let ends = [(AGENT_ENDS, Role::Agent), (CUSTOMER_ENDS, Role::Customer)];
        if let Some((_, role)) = ends.into_iter().find(|(words, _)| words.contains(&last)) {
            return Label { role, ..Label::default() };
        }
    }
    // "Agent, Ben", "Ben, Agent".
    if let Some((front, behind)) = label.split_once(", ") {
        let both = [(front, behind), (behind, front)];
        let roled = both.into_iter().find_map(|(role, name)| Some((exact(&folded(role))?, person(name)?)));
        return match roled {
            Some((role, name)) => Label { role, name: Some(name), nobody: false },
            None => Label { name: last_name_first(label), ..Label::default() },
        };
    }
    let words: Vec<&str> = label.split([' ', '_']).filter(|w| !w.is_empty()).collect();
    // "Agent Jannie", "Customer Service Agent Jannie Lee": the longest role in front, a name behind.
    for cut in (1..words.len()).rev() {
        let rest = words[cut..].join(" ");
        if let (Some(role), Some(name)) = (exact(&folded(&words[..cut].join(" "))), person(&rest)) {
            return Label { role, name: Some(name), nobody: false };
        }
    }
    Label { name: person(label), ..Label::default() }
}

/// The initials that a label introduces for itself, such as `SA` in `Sales Agent (SA)`.
pub fn initials(label: &str) -> Option<&str> {
    let (words, inside) = bracketed(label).filter(|_| label.ends_with([')', ']']))?;
    let short = (1..=4).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_uppercase());
    if !short || parse_label(words).role == Role::Unknown {
        return None;
    }
    let firsts: String =
        words.split_whitespace().filter_map(|w| w.chars().next()).flat_map(char::to_uppercase).collect();
    let begun = !words.contains(' ') && words.to_uppercase().starts_with(inside);
    (firsts == inside || begun).then_some(inside)
}

/// The speaker of a call whom a label means: one voice however the label is written, `Agent` or `AGENT`.
pub fn speaker(call: &mut Call, label: &str, parsed: &Label) -> u16 {
    let same = |s: &Speaker| s.role == parsed.role && s.name == parsed.name && s.label.eq_ignore_ascii_case(label);
    let found = call.speakers.iter().position(same);
    found.map_or_else(|| call.speaker(parsed.role, label, parsed.name.as_deref()), |k| k as u16)
}

fn exact(key: &str) -> Option<Role> {
    [(AGENT, Role::Agent), (CUSTOMER, Role::Customer), (BOT, Role::Bot)]
        .into_iter()
        .find(|(words, _)| words.contains(&key))
        .map(|(_, role)| role)
}

/// Lower case, one space between words, without "the" in front and a number behind (`rep_03`, `Agent #2`).
fn folded(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    for word in label.split(|c: char| c.is_whitespace() || c == '_' || c == '-' || c == '#').filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let bare = bare.strip_prefix("the ").unwrap_or(bare);
    bare.to_owned()
}

/// What stands before brackets or a dash, and what in them or behind it.
fn bracketed(label: &str) -> Option<(&str, &str)> {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = label.strip_suffix(close) {
            let (before, inside) = inner.split_once(open)?;
            return Some((before.trim(), inside.trim())).filter(|(b, i)| !b.is_empty() && !i.is_empty());
        }
    }
    [" - ", " – ", " — "].into_iter().find_map(|dash| label.split_once(dash)).map(|(a, b)| (a.trim(), b.trim()))
}

/// The label as a person's name: one to four words of letters, each with a capital, and no diarised label.
pub fn person(label: &str) -> Option<String> {
    let label = label.trim();
    let words: Vec<&str> = label.split_whitespace().collect();
    let key = folded(label);
    let first = key.split(' ').next().unwrap_or_default();
    let wordlike = |w: &&str| {
        w.chars().next().is_some_and(char::is_uppercase)
            && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
    };
    let small =
        |w: &&str| matches!(*w, "de" | "da" | "van" | "von" | "der" | "den" | "del" | "la" | "el" | "bin" | "al");
    let fits = (1..=4).contains(&words.len())
        && words.first().is_some_and(wordlike)
        && words.iter().all(|w| wordlike(w) || small(w))
        && label.chars().count() > 1
        && !matches!(first, "speaker" | "channel" | "spk" | "unknown" | "participant" | "user" | "voice" | "person")
        && !matches!(first, "male" | "female" | "man" | "woman" | "line" | "left" | "right" | "other" | "pii");
    fits.then(|| label.to_owned())
}

/// `SPEAKER_00`, `spk_1`, `Speaker A`: labels that only a diariser writes.
pub fn diarised(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    ["speaker", "spk", "channel", "ch"].iter().any(|p| {
        lower.strip_prefix(p).is_some_and(|rest| {
            let rest = rest.trim_start_matches([' ', '_', '-', '#']);
            !rest.is_empty() && (rest.bytes().all(|b| b.is_ascii_digit()) || (rest.len() == 1 && *p == "speaker"))
        })
    })
}

/// `Lee, Jo` as the name it is, "Jo Lee"; none if it is no last name, a comma and a first name.
pub fn last_name_first(label: &str) -> Option<String> {
    let (last, first) = label.split_once(", ").filter(|(_, first)| !first.contains(','))?;
    let plain = |part: &str| person(part).filter(|_| role_word(part) == Role::Unknown && !part.ends_with('.'));
    let opening = matches!(
        folded(last).as_str(),
        "okay"
            | "ok"
            | "yes"
            | "no"
            | "well"
            | "so"
            | "thanks"
            | "sorry"
            | "hi"
            | "hello"
            | "now"
            | "right"
            | "look"
            | "and"
            | "but"
            | "oh"
    );
    Some(format!("{} {}", plain(first)?, plain(last)?)).filter(|_| !opening)
}

/// Fills in what the labels of the speakers leave open: where one side is known and exactly one other voice remains,
/// that one is the opposite; names of the only agent and customer become the call's. Says how the roles are known.
pub fn settle(call: &mut Call, how: HowRoles) {
    asides::leave_out(call);
    if how == HowRoles::Label {
        same_person::join(call, initials);
    }
    if how != HowRoles::Mapped {
        voicemail::mark(call);
    }
    let has = |call: &Call, role| call.speakers.iter().any(|s| s.role == role);
    let (agent, customer, bot) = (has(call, Role::Agent), has(call, Role::Customer), has(call, Role::Bot));
    let mut confidence = if how == HowRoles::Label { 0.95 } else { 1.0 };
    let missing = match (agent, customer) {
        (true, false) => Some(Role::Customer),
        (false, true) if !bot => Some(Role::Agent),
        // A bot is the company's side, so the one human voice beside it is the caller.
        (false, false) if bot => Some(Role::Customer),
        _ => None,
    };
    if let Some(missing) = missing {
        let mut unknown = call.speakers.iter_mut().filter(|s| s.role == Role::Unknown);
        if let (Some(only), None) = (unknown.next(), unknown.next()) {
            only.role = missing;
            confidence = if how == HowRoles::Label { 0.8 } else { confidence };
        }
    }
    let known = call.speakers.iter().any(|s| matches!(s.role, Role::Agent | Role::Customer));
    let known = known && (how != HowRoles::Label || !half_known(call));
    call.roles = if known { Roles { how, confidence } } else { Roles::default() };
    name_sides(call);
}

/// Whether labels give one side only and most turns are of voices that nobody knows: to judge the few turns that have a
/// role would say that the agent never said what another label has.
fn half_known(call: &Call) -> bool {
    let has = |role| call.speakers.iter().any(|s| s.role == role);
    let unknown = call.turns.iter().filter(|turn| call.role(turn) == Role::Unknown).count();
    has(Role::Agent) != has(Role::Customer) && unknown * 2 > call.turns.len()
}

/// Takes the call's agent and customer from its speakers, and the speakers' names from the call, where one is
/// missing. A call with two agents keeps their names apart: the call is the first one's.
pub fn name_sides(call: &mut Call) {
    for role in [Role::Agent, Role::Customer] {
        let of_call = if role == Role::Agent { &mut call.agent } else { &mut call.customer };
        let mut side = call.speakers.iter_mut().filter(|s| s.role == role);
        let Some(first) = side.next() else { continue };
        if of_call.is_none() {
            of_call.clone_from(&first.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_they_are_met() {
        for (label, role, name) in [
            ("Agent", Role::Agent, None),
            ("AGENT", Role::Agent, None),
            ("Rep", Role::Agent, None),
            ("rep_03", Role::Agent, None),
            ("AE", Role::Agent, None),
            ("Sales Agent", Role::Agent, None),
            ("Customer Service Agent", Role::Agent, None),
            ("Customer Support", Role::Agent, None),
            ("Technical Support", Role::Agent, None),
            ("PA Agent", Role::Agent, None),
            ("representative", Role::Agent, None),
            ("Agent (Ben)", Role::Agent, Some("Ben")),
            ("Ben (Agent)", Role::Agent, Some("Ben")),
            ("Agent Jannie", Role::Agent, Some("Jannie")),
            ("Agent 2", Role::Agent, None),
            ("Supervisor (Mary Ann)", Role::Agent, Some("Mary Ann")),
            ("Member", Role::Customer, None),
            ("Prospect", Role::Customer, None),
            ("the prospect (rest_142)", Role::Customer, None),
            ("Consumer", Role::Customer, None),
            ("CALLER", Role::Customer, None),
            ("IVR", Role::Bot, None),
            ("Virtual Assistant", Role::Bot, None),
            ("user", Role::Unknown, None),
            ("SPEAKER A", Role::Unknown, None),
            ("SPEAKER_01", Role::Unknown, None),
            ("spk_0", Role::Unknown, None),
            ("Sarah Chen", Role::Unknown, Some("Sarah Chen")),
        ] {
            let parsed = parse_label(label);
            assert_eq!((parsed.role, parsed.name.as_deref()), (role, name), "{label}");
        }
        assert!(parse_label("NARRATOR").nobody && parse_label("System").nobody);
    }

    #[test]
    fn the_only_other_voice_is_the_opposite() {
        let mut call = Call::default();
        call.speaker(Role::Agent, "Rep", None);
        call.speaker(Role::Unknown, "Sarah Chen", Some("Sarah Chen"));
        settle(&mut call, HowRoles::Label);
        assert_eq!(call.speakers[1].role, Role::Customer);
        assert_eq!(call.customer.as_deref(), Some("Sarah Chen"));
        assert!(call.roles.how == HowRoles::Label && call.roles.confidence < 0.95);
    }

    #[test]
    fn two_plain_names_stay_unknown() {
        let mut call = Call::default();
        call.speaker(Role::Unknown, "Jo", Some("Jo"));
        call.speaker(Role::Unknown, "Ann", Some("Ann"));
        settle(&mut call, HowRoles::Label);
        assert_eq!(call.roles, Roles::default());
    }

    #[test]
    fn initials_are_those_of_the_label() {
        for (label, short) in [
            ("Sales Agent (SA)", Some("SA")),
            ("Prospect (P)", Some("P")),
            ("Customer (CUST)", Some("CUST")),
            ("Agent (BEN)", None),
            ("Agent (Al)", None),
            ("Sales Agent", None),
            ("Jo Lee (JL)", None),
        ] {
            assert_eq!(initials(label), short, "{label}");
        }
    }
}
