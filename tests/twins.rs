//! The same conversation in many formats gives the same call: as many turns, by the same sides, with the same words,
//! at the same times as far as the format tells them.
#![allow(clippy::unwrap_used, reason = "a test that cannot write its input has failed")]

use heard::call::Call;
use heard::input::source::{Batch, Decoder, Event, Framer, Inputs, ReadOptions};
use serde_json::{Value, json};
use std::sync::Arc;

/// Who speaks, from when to when in milliseconds, and what.
type Said = (&'static str, u32, u32, &'static str);

const TALK: [Said; 6] = [
    ("agent", 500, 2750, "Thank you for calling, this is Jo speaking."),
    ("customer", 3000, 6250, "Hello, my card was declined and I'm really upset."),
    // They talk over each other.
    ("agent", 6000, 8500, "I'm so sorry to hear that."),
    ("agent", 9000, 12_250, "I'd be happy to help you with that."),
    ("customer", 12_500, 13_250, "Thank you."),
    ("agent", 14_000, 75_500, "Your new card is on its way."),
];

/// What a format keeps of the conversation.
#[derive(Clone, Copy, PartialEq)]
enum Keeps {
    /// Starts and ends.
    Both,
    /// Starts.
    Starts,
    /// Starts, in whole seconds.
    Seconds,
    /// Starts as wall-clock times, so that the first turn is at 0.
    Stamps,
    /// The order alone.
    Order,
}

fn sec(millis: u32) -> f64 {
    f64::from(millis) / 1000.0
}

fn clock(millis: u32, mark: char) -> String {
    let (s, ms) = (millis / 1000, millis % 1000);
    format!("{:02}:{:02}:{:02}{mark}{ms:03}", s / 3600, s / 60 % 60, s % 60)
}

fn stamp(millis: u32) -> String {
    let at = clock(millis, '.');
    format!("2026-05-01T09:{}Z", &at[3..])
}

fn list(of: impl Fn(&Said) -> Value) -> Value {
    TALK.iter().map(of).collect()
}

fn text(head: &str, of: impl Fn(usize, &Said) -> String) -> String {
    let turns = TALK.iter().enumerate().map(|(k, said)| of(k, said));
    std::iter::once(head.to_owned()).chain(turns).collect()
}

/// A word each quarter of the turn's time; the format has no turns, so the agent's two in a row are one there.
fn words(of: impl Fn(&Said, &str, f64, f64) -> Value) -> Vec<Value> {
    let mut all = Vec::new();
    for said in &TALK {
        let parts: Vec<&str> = said.3.split(' ').collect();
        let step = (sec(said.2) - sec(said.1)) / parts.len() as f64;
        for (k, part) in parts.iter().enumerate() {
            let start = sec(said.1) + step * k as f64;
            all.push(of(said, part, start, start + step));
        }
    }
    all
}

/// File names, what is in them, and what they keep.
fn twins() -> Vec<(&'static str, String, Keeps)> {
    use Keeps::{Both, Order, Seconds, Stamps, Starts};
    let upper = |s: &Said| s.0.to_uppercase();
    let label = |s: &Said| if s.0 == "agent" { "Agent" } else { "Customer" };
    let number = |s: &Said| u8::from(s.0 == "customer");
    vec![
        ("turns.jsonl", json!({"call":"twin","turns": list(|s| json!({"speaker":s.0,"start_s":sec(s.1),"end_s":sec(s.2),"text":s.3}))}).to_string() + "\n", Both),
        ("lens.json", json!({"Channel":"VOICE","CustomerMetadata":{"ContactId":"twin"},"Participants":[{"ParticipantId":"AGENT","ParticipantRole":"AGENT"},{"ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER"}],
            "Transcript": list(|s| json!({"Id":s.1.to_string(),"ParticipantId":upper(s),"BeginOffsetMillis":s.1,"EndOffsetMillis":s.2,"Content":s.3}))}).to_string(), Both),
        ("live.jsonl", text("", |k, s| json!({"ContactId":"twin","EventType":"SEGMENTS","Segments":[{"Transcript":{"Id":k.to_string(),"ParticipantId":upper(s),"ParticipantRole":upper(s),"BeginOffsetMillis":s.1,"EndOffsetMillis":s.2,"Content":s.3}}]}).to_string() + "\n"), Both),
        ("analytics.json", json!({"JobName":"twin","JobStatus":"COMPLETED","Participants":[{"ParticipantRole":"AGENT"}],
            "Transcript": list(|s| json!({"ParticipantRole":upper(s),"BeginOffsetMillis":s.1,"EndOffsetMillis":s.2,"Content":s.3,"Items":[]}))}).to_string(), Both),
        ("genesys.json", json!({"conversationId":"twin","conversationStartTime":1_777_627_800_000_u64,"transcripts":[{"phrases":list(|s| json!({"text":s.3,"participantPurpose":if s.0 == "agent" {"internal"} else {"external"},"startTimeMs":1_777_627_800_000_u64 + u64::from(s.1),"duration":{"milliseconds":s.2 - s.1}}))}],
            "participants":[{"participantPurpose":"agent","userId":"u","startTimeMs":1_777_627_800_000_u64,"endTimeMs":1_777_627_900_000_u64}]}).to_string(), Both),
        ("deepgram.json", json!({"metadata":{"request_id":"twin","duration":80.0,"channels":1},"results":{"channels":[{"alternatives":[{"transcript":"","words":[]}]}],
            "utterances":list(|s| json!({"speaker":number(s),"channel":0,"start":sec(s.1),"end":sec(s.2),"transcript":s.3,"words":[]}))}}).to_string(), Both),
        ("assembly.json", json!({"id":"twin","status":"completed","audio_url":"https://example.org/a.wav","text":"","utterances":list(|s| json!({"speaker":if s.0 == "agent" {"A"} else {"B"},"start":s.1,"end":s.2,"text":s.3,"words":[]}))}).to_string(), Both),
        ("azure.json", json!({"source":"a.wav","recognizedPhrases":list(|s| json!({"recognitionStatus":"Success","channel":0,"speaker":number(s) + 1,"offsetInTicks":f64::from(s.1) * 10_000.0,"durationInTicks":f64::from(s.2 - s.1) * 10_000.0,"nBest":[{"display":s.3}]}))}).to_string(), Both),
        ("insights.json", json!({"conversation_info":{},"entries":list(|s| json!({"start_timestamp_usec":u64::from(s.1) * 1000,"text":s.3,"role":upper(s),"user_id":number(s)}))}).to_string(), Starts),
        ("aircall.json", json!({"transcription":{"call_id":1,"content":{"language":"en-US","utterances":list(|s| json!({"start_time":sec(s.1),"end_time":sec(s.2),"text":s.3,"participant_type":if s.0 == "agent" {"internal"} else {"external"}}))}}}).to_string(), Both),
        ("whisper.json", json!({"text":"","language":"en","segments":list(|s| json!({"start":sec(s.1),"end":sec(s.2),"text":format!(" {}", s.3),"speaker":format!("SPEAKER_0{}", number(s))}))}).to_string(), Both),
        ("vcon.json", json!({"vcon":"0.0.2","uuid":"twin","parties":[{"name":"Jo","role":"agent"},{"name":"Ann","role":"customer"}],"dialog":[{"type":"recording","start":"2026-05-01T09:30:00Z","duration":80}],
            "analysis":[{"type":"transcript","dialog":0,"body":list(|s| json!({"parties":number(s),"start":sec(s.1),"duration":sec(s.2) - sec(s.1),"text":s.3}))}]}).to_string(), Both),
        ("own.json", json!({"Conversation":list(|s| json!({"SpeakerRole":label(s),"Utterance":s.3,"StartMs":s.1,"EndMs":s.2}))}).to_string(), Both),
        ("lines.jsonl", text("", |_, s| json!({"call_id":"twin","speaker":label(s),"start":sec(s.1),"end":sec(s.2),"text":s.3}).to_string() + "\n"), Both),
        ("voice.json", json!({"conversation_id":"twin","agent_id":"a","transcript":list(|s| json!({"role":if s.0 == "agent" {"agent"} else {"user"},"message":s.3,"time_in_call_secs":s.1 / 1000}))}).to_string(), Seconds),
        ("dialpad.json", json!({"call_id":"twin","lines":list(|s| json!({(if s.0 == "agent" {"user_id"} else {"contact_id"}):"1","name":label(s),"content":s.3,"time":stamp(s.1),"type":"transcript"}))}).to_string(), Stamps),
        ("cues.vtt", text("WEBVTT\n\n", |_, s| format!("{} --> {}\n<v {}>{}</v>\n\n", clock(s.1, '.'), clock(s.2, '.'), label(s), s.3)), Both),
        ("cues.srt", text("", |k, s| format!("{}\r\n{} --> {}\r\n{}: {}\r\n\r\n", k + 1, clock(s.1, ','), clock(s.2, ','), label(s), s.3)), Both),
        ("cues.sbv", text("", |_, s| format!("{},{}\n{}: {}\n\n", &clock(s.1, '.')[1..], &clock(s.2, '.')[1..], label(s), s.3)), Both),
        ("rows.csv", text("call_id,speaker,start,end,text\n", |_, s| format!("twin,{},{},{},\"{}\"\n", label(s), sec(s.1), sec(s.2), s.3)), Both),
        ("rows.tsv", text("start\tend\tspeaker\ttext\n", |_, s| format!("{}\t{}\t{}\t{}\n", clock(s.1, '.'), clock(s.2, '.'), label(s), s.3)), Both),
        ("wide.csv", format!("call_id,transcript\ntwin,\"{}\"\n", text("", |_, s| format!("{}: {}\n", label(s), s.3))), Order),
        ("wrapped.json", json!({"ConversationId":"twin","Content":text("", |_, s| format!("**{}:** {}\n", label(s), s.3))}).to_string(), Order),
        ("plain.txt", text("", |_, s| format!("{}: {}\n", label(s), s.3)), Order),
        ("timed.txt", text("", |_, s| format!("[{}] {}: {}\n", &clock(s.1, '.')[..8], label(s), s.3)), Seconds),
    ]
}

fn read(name: &str, bytes: &str) -> Call {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let options = Arc::new(ReadOptions::default());
    let inputs = Inputs::resolve(&[path.to_string_lossy().into_owned()]).unwrap();
    let mut framer = Framer::new(&inputs, Arc::clone(&options));
    let mut decoder = Decoder::new(options);
    let (mut batch, mut calls) = (Batch::default(), Vec::new());
    while framer.next(&mut batch) {
        decoder.decode(&batch, &mut |event| match event {
            Event::Call { call, .. } => calls.push(call.clone()),
            Event::Unreadable(why) => panic!("{name}: {}", why.error),
        });
    }
    assert_eq!(calls.len(), 1, "{name}");
    calls.remove(0)
}

/// Sides, words and times; roles that are a machine's in voice-AI output are the agent's here.
fn shown(call: &Call) -> Vec<(&'static str, String, Option<f64>, Option<f64>)> {
    let side = |t| match call.role(t).as_str() {
        "bot" => "agent",
        other => other,
    };
    let turns = call.turns.iter();
    turns.map(|t| (side(t), call.turn_text(t).to_owned(), t.start, t.end)).collect()
}

fn near(found: Option<f64>, wanted: Option<f64>) -> bool {
    match (found, wanted) {
        (Some(found), Some(wanted)) => (found - wanted).abs() < 0.0015,
        (found, wanted) => found == wanted,
    }
}

#[test]
fn the_same_conversation_is_the_same_call() {
    for (name, bytes, keeps) in twins() {
        let call = read(name, &bytes);
        let found = shown(&call);
        assert_eq!(found.len(), TALK.len(), "{name}, {}: {found:?}", call.format);
        for (said, (side, text, start, end)) in TALK.iter().zip(found) {
            let wanted = match keeps {
                Keeps::Both | Keeps::Starts => Some(sec(said.1)),
                Keeps::Seconds => Some(f64::from(said.1 / 1000)),
                Keeps::Stamps => Some(sec(said.1 - TALK[0].1)),
                Keeps::Order => None,
            };
            let wanted_end = (keeps == Keeps::Both).then(|| sec(said.2));
            let where_ = format!("{name}, {}: {start:?} {end:?}", call.format);
            assert_eq!((side, text.as_str()), (said.0, said.3), "{where_}");
            assert!(near(start, wanted), "{where_}, not {wanted:?}");
            assert!(near(end, wanted_end), "{where_}, not {wanted_end:?}");
        }
    }
}

#[test]
fn words_alone_are_cut_by_speaker() {
    let quoted = |t: f64| format!("{t:.3}");
    let by = |s: &Said| u8::from(s.0 == "customer");
    let files = [
        (
            "transcribe.json",
            json!({"jobName":"twin","status":"COMPLETED","results":{"transcripts":[{"transcript":""}],"items":words(|s, w, a, b| json!({"type":"pronunciation","start_time":quoted(a),"end_time":quoted(b),"speaker_label":format!("spk_{}", by(s)),"alternatives":[{"content":w,"confidence":"0.9"}]}))}}),
        ),
        (
            "speechmatics.json",
            json!({"format":"2.9","job":{"id":"twin"},"metadata":{},"results":words(|s, w, a, b| json!({"type":"word","start_time":a,"end_time":b,"alternatives":[{"content":w,"speaker":format!("S{}", by(s) + 1)}]}))}),
        ),
        (
            "google.json",
            json!({"results":[{"alternatives":[{"transcript":"","words":words(|s, w, a, b| json!({"word":w,"startTime":format!("{a:.3}s"),"endTime":format!("{b:.3}s"),"speakerTag":by(s) + 1}))}]}]}),
        ),
        (
            "deepgram.json",
            json!({"metadata":{"request_id":"twin"},"results":{"channels":[{"alternatives":[{"transcript":"","words":words(|s, w, a, b| json!({"word":w,"punctuated_word":w,"start":a,"end":b,"speaker":by(s)}))}]}]}}),
        ),
        (
            "watson.json",
            json!({"result_index":0,
            "results":[{"final":true,"alternatives":[{"transcript":"","timestamps":words(|_, w, a, b| json!([w, a, b]))}]}],
            "speaker_labels":words(|s, _, a, b| json!({"from":a,"to":b,"speaker":by(s),"final":true}))}),
        ),
    ];
    let wanted: Vec<(&str, usize)> = vec![("agent", 8), ("customer", 9), ("agent", 14), ("customer", 2), ("agent", 7)];
    for (name, json) in files {
        let call = read(name, &json.to_string());
        let found: Vec<(&str, usize)> =
            (call.turns.iter()).map(|t| (call.role(t).as_str(), call.turn_words(t).len())).collect();
        assert_eq!(found, wanted, "{name}: {:?}", shown(&call));
        let (first, last) = (&call.turns[0], &call.turns[4]);
        assert!(near(first.start, Some(0.5)) && near(last.end, Some(75.5)), "{name}");
        assert_eq!(call.turn_text(first), TALK[0].3, "{name}");
    }
}
