//! vCon, the IETF's container of conversations: parties, dialogs and analyses. A transcript in it is another
//! vendor's document, a list of turns, or text; dialogs of type text are turns themselves.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, base64url, time};
use crate::input::{FormatInfo, Gives, ReadError};
use std::collections::BTreeSet;

use crate::call::Role;
use crate::input::detect::recognise;
use crate::input::formats::plain_text;
use crate::roles::labels::{parse_label, role_word};

/// vCon, plain or signed.
pub static VCON: Document = Document {
    info: FormatInfo {
        name: "vcon",
        about: "vCon conversations, plain or signed (a signature is read past, not checked)",
        recognised: "object with parties and dialog; or payload and signatures",
        gives: Gives { roles: "stated", times: "words", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    if sight.all(&["payload", "signatures[]"]) {
        return Some((0.9, "payload and signatures"));
    }
    if sight.outline.has("ciphertext") && sight.any(&["recipients[]", "protected", "unprotected"]) {
        return Some((0.9, "encrypted content with recipients"));
    }
    let known = sight.all(&["parties[]", "dialog[]"])
        || sight.all(&["vcon", "parties[]"])
        || sight.all(&["uuid", "parties[]", "analysis[]"]);
    known.then_some((0.98, "parties and dialog"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    if let Err(why) = document(doc, builder) {
        builder.refuse(why);
    }
}

fn document(doc: &Value, builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    if !doc.at("ciphertext").is_null() {
        return Err(ReadError(
            "is an encrypted vCon: decrypt it first, nothing of it can be read without the key".into(),
        ));
    }
    if let Some(payload) = doc.said("payload") {
        let inner = base64url::decode(payload)
            .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
            .ok_or_else(|| ReadError("is signed, but its payload is no base64url of a vCon".into()))?;
        if inner.at("parties").is_null() {
            return Err(ReadError("is signed, but what was signed is no vCon".into()));
        }
        return plain(&inner, builder);
    }
    plain(doc, builder)
}

fn plain(doc: &Value, builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    let dialogs = doc.list("dialog");
    let started = dialogs.iter().find_map(|d| time::moment(d.at("start")));
    let zero = started.as_deref().and_then(time::date);
    builder.id(doc.id("uuid"));
    builder.call().started.clone_from(&started);
    messages(doc, builder);
    let chatted = builder.turns() > 0;
    let mut tried: Option<String> = None;
    let mut done = BTreeSet::new();
    // The words as said before the words as masked.
    for kind in ["transcript", "transcript-redacted", "transcription", "wtf_transcription", "diarized"] {
        for analysis in doc.list("analysis").iter().filter(|a| a.text("type") == Some(kind)) {
            let about = analysis.at("dialog");
            let about = about.get(0).unwrap_or(about);
            let index = crate::input::json::field::number(about).map_or(0, |n| n as usize);
            if done.contains(&index) {
                continue;
            }
            let before = builder.turns();
            match transcript(analysis, doc, builder) {
                Ok(()) if builder.turns() > before => {
                    done.insert(index);
                    let at = dialogs.get(index).and_then(|d| time::date(d.text("start")?));
                    if let (Some(zero), Some(at)) = (zero, at)
                        && at > zero
                    {
                        builder.shift(before, at - zero);
                    }
                }
                Ok(()) => {}
                Err(ReadError(why)) => tried = Some(why),
            }
        }
    }
    if builder.turns() == 0 {
        return Err(ReadError(tried.unwrap_or_else(|| without_words(doc))));
    }
    sides(doc, builder);
    let duration = dialogs.iter().filter_map(|d| d.number("duration")).sum::<f64>();
    let call = builder.call();
    call.started = started;
    if call.stated_duration.is_none() && duration > 0.0 && !chatted && dialogs.len() == 1 {
        call.stated_duration = Some(duration);
    }
    if let Some(subject) = doc.text("subject") {
        call.meta.insert("subject".into(), subject.into());
    }
    Ok(())
}

/// Why a vCon without turns has none.
fn without_words(doc: &Value) -> String {
    let recorded = doc.list("dialog").iter().any(|d| d.text("type") == Some("recording"));
    if recorded {
        "is a vCon with a recording but without a transcript: transcribe the recording first".into()
    } else {
        "is a vCon without anything said in it: no transcript and no text dialog".into()
    }
}

/// Dialogs of type text: chats, SMS, mails.
fn messages(doc: &Value, builder: &mut CallBuilder<'_>) {
    let parties = doc.people("parties");
    for dialog in doc.list("dialog").iter().filter(|d| d.text("type") == Some("text")) {
        let Some(body) = dialog.said("body") else {
            continue;
        };
        let text = match dialog.text("encoding") {
            Some("base64url" | "base64") => base64url::decode(body).and_then(|b| String::from_utf8(b).ok()),
            _ => Some(body.to_owned()),
        };
        let html = dialog.text("mediatype|mimetype").is_some_and(|m| m.starts_with("text/html"));
        let text = text.map(|t| if html { crate::input::formats::intercom::plain(&t) } else { t });
        let index = dialog
            .number("originator")
            .or_else(|| dialog.at("parties").get(0).map_or_else(|| dialog.number("parties"), first_number));
        let who = party(parties, index, builder);
        let start = dialog.text("start").and_then(time::date).map(At::Instant);
        if let Some(text) = text
            && builder.push_turn(who, start, None, &text)
        {
            builder.chat();
        }
    }
}

/// The first number of a party's index, which may be a list itself.
fn first_number(value: &Value) -> Option<f64> {
    crate::input::json::field::number(value.get(0).unwrap_or(value))
}

/// The speaker for a party by its index.
fn party(parties: &[Value], index: Option<f64>, builder: &mut CallBuilder<'_>) -> u16 {
    let person = index.and_then(|k| parties.get(k as usize));
    let name = person.and_then(|p| p.text("name"));
    let contact = person.and_then(|p| p.text("tel|mailto|email"));
    let place = index.map_or(String::new(), |k| format!("party_{k}"));
    let label = name.or(contact).unwrap_or(&place);
    builder.speaker(person.map_or(Role::Unknown, role), label, name)
}

/// The role of a party, by the contact-centre extension or as metadata.
fn role(party: &Value) -> Role {
    let stated = party.text("role").or_else(|| party.text("meta.role"));
    match stated.unwrap_or_default() {
        "sme" => Role::Agent,
        "thirdparty" => Role::Unknown,
        other => role_word(other),
    }
}

/// One transcript, of whatever kind.
fn transcript(analysis: &Value, doc: &Value, builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    let held = analysis.at("body|transcript");
    let decoded = held.as_str().map(|text| match analysis.text("encoding") {
        Some("base64url" | "base64") => {
            base64url::decode(text).and_then(|b| String::from_utf8(b).ok()).unwrap_or_else(|| text.to_owned())
        }
        _ => text.to_owned(),
    });
    let parsed = decoded.as_deref().and_then(|t| serde_json::from_str::<Value>(t).ok());
    let body = parsed.as_ref().filter(|v| v.is_array() || v.is_object()).unwrap_or(held);
    let blank = match body {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.trim().is_empty(),
        other => other.is_null(),
    };
    if blank {
        return Ok(()); // Announced, and never filled: as good as no transcript.
    }
    if let (Some(text), None) = (&decoded, &parsed) {
        // Text alone is all there is of this call, or nothing of it.
        if builder.turns() == 0 {
            plain_text::read_transcript(text, builder.call())?;
            builder.read_elsewhere();
        }
        return Ok(());
    }
    if by_party(body, doc.people("parties"), builder) {
        return Ok(());
    }
    let inner = recognise(body).filter(|d| d.name() != VCON.info.name);
    let Some(document) = inner else {
        let vendor = analysis.text("vendor").unwrap_or("an unnamed vendor");
        return Err(ReadError(format!("its transcript, by {vendor}, is of a shape that no reader knows")));
    };
    document.read(body, builder);
    builder.refused().map_or(Ok(()), Err)
}

/// Turns that name their party by its index: `{parties, start, duration, text}`.
fn by_party(body: &Value, parties: &[Value], builder: &mut CallBuilder<'_>) -> bool {
    let list = body.as_array().map(Vec::as_slice).unwrap_or_default();
    let indexed = |t: &Value| !t.at("parties|party").is_null() && t.at("text|body").is_string();
    if list.is_empty() || !list.iter().all(indexed) {
        return false;
    }
    for turn in list {
        let index = first_number(turn.at("parties|party"));
        let who = party(parties, index, builder);
        let start = time::at("start", turn.at("start"), Some(1.0))
            .or_else(|| Some(At::Instant(time::date(turn.text("start")?)?)));
        let end = start.and_then(|s| Some(s.plus(turn.number("duration")?)));
        builder.push_turn(who, start, end, turn.said("text|body").unwrap_or_default());
    }
    true
}

/// Speakers that bear a party's name, or its role, are that party; the call takes its people from the parties.
fn sides(doc: &Value, builder: &mut CallBuilder<'_>) {
    for person in doc.people("parties") {
        let (role, name) = (role(person), person.text("name"));
        let call = builder.call();
        for speaker in &mut call.speakers {
            let same =
                name.is_some_and(|n| speaker.label.eq_ignore_ascii_case(n) || speaker.name.as_deref() == Some(n));
            if same && speaker.role == Role::Unknown {
                speaker.role = role;
            }
        }
        let of_call = match role {
            Role::Agent => &mut call.agent,
            Role::Customer => &mut call.customer,
            _ => continue,
        };
        if let (None, Some(name)) = (&of_call, name.filter(|n| !parse_label(n).nobody)) {
            *of_call = Some(name.to_owned());
        }
    }
}
