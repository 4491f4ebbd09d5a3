//! Readers of JSON against documents that are nearly right: values of the wrong kind, missing fields, huge numbers,
//! cut bytes. No reader panics, hangs, or hands over a call that contradicts itself.

use heard::call::Call;
use heard::input::detect::{best, detect, of_record, unknown_json};
use heard::input::{FORMATS, Head, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A document of each family, with what its reader looks at.
fn seeds() -> Vec<Value> {
    let word = json!({"word":"hi","text":"hi","start":0.5,"end":"1.0","speaker":0,"speakerTag":1,"startTime":"0.5s","endTime":{"seconds":"1","nanos":5}});
    let turn = json!({"speaker":"SPEAKER_00","role":"agent","text":"hi there","start":0.5,"end":1.0,"words":[word],"content":"hi","message":"hi"});
    let item = json!({"type":"punctuation","start_time":"0.1","end_time":"0.5","attaches_to":"previous","channel_label":"ch_0","alternatives":[{"content":"hi","speaker":"S1","transcript":"hi","words":[word],"timestamps":[["hi",0.1,0.5]]}],"final":true});
    vec![
        json!({"Channel":"VOICE","Participants":[{"ParticipantId":"AGENT","ParticipantRole":"AGENT"}],"Transcript":[{"ParticipantId":"AGENT","BeginOffsetMillis":1,"EndOffsetMillis":2,"Content":"hi"}]}),
        json!({"Channel":"CHAT","Participants":[{"ParticipantId":"a","ParticipantRole":"AGENT"}],"Transcript":[{"ParticipantId":"a","AbsoluteTime":"2026-05-01T09:30:00Z","Type":"MESSAGE","Content":"hi"}]}),
        json!({"Segments":[{"Transcript":{"ParticipantId":"AGENT","ParticipantRole":"AGENT","Content":"hi","BeginOffsetMillis":5}}]}),
        json!({"JobName":"j","Transcript":[{"ParticipantRole":"AGENT","Content":"hi","BeginOffsetMillis":5,"EndOffsetMillis":9,"Items":[{"Type":"pronunciation","Content":"hi","BeginOffsetMillis":5}]}]}),
        json!([{"UtteranceEvent":{"IsPartial":false,"ParticipantRole":"AGENT","Transcript":"hi","BeginOffsetMillis":5,"Items":[]}}]),
        json!({"ConversationAnalytics":{"GUID":"g","ConversationTime":"2026-05-01 09:30:00","ConversationLocation":"Europe/Berlin","SpeakerLabels":[{"Speaker":"spk_0","DisplayText":"Agent"}]},"SpeechSegments":[{"SegmentStartTime":1,"SegmentSpeaker":"spk_0","DisplayText":"hi"}]}),
        json!({"jobName":"j","results":{"transcripts":[{"transcript":"hi"}],"items":[item],"channel_labels":{"channels":[{"channel_label":"ch_0","items":[item]}]},"speaker_labels":{"segments":[{"speaker_label":"spk_0","items":[{"start_time":"0.1"}]}]}}}),
        json!({"audio_items":[{"content":"hi","start_timestamp_millis":1}],"audio_segments":[{"start_timestamp_millis":1,"text":"hi","speaker":{"speaker_label":"spk_0"},"audio_item_indices":[0]}]}),
        json!({"metadata":{"duration":1},"results":{"channels":[{"alternatives":[{"transcript":"hi","words":[word],"paragraphs":{"paragraphs":[{"start":0,"end":1,"sentences":[{"text":"hi"}]}]}}]}],"utterances":[{"transcript":"hi","start":0,"words":[word]}]}}),
        json!({"id":"a","status":"completed","audio_url":"u","utterances":[turn],"words":[word]}),
        json!({"format":"2.9","job":{"id":"j"},"results":[{"type":"word","start_time":1,"end_time":2,"alternatives":[{"content":"hi","speaker":"S1"}]}]}),
        json!({"speakers":[{"id":0,"name":"Jo"}],"monologues":[{"speaker":0,"elements":[{"type":"text","value":"hi","ts":1,"end_ts":2}]}]}),
        json!({"result_index":0,"results":[item],"speaker_labels":[{"from":0.1,"to":0.5,"speaker":0}]}),
        json!({"response":{"results":[{"alternatives":[{"transcript":"hi","words":[word]}],"channelTag":1}]}}),
        json!({"entries":[{"start_timestamp_usec":"1792852149000000","text":"hi","role":"AGENT","user_id":1}]}),
        json!({"transcript":{"transcriptSegments":[{"text":"hi","segmentParticipant":{"role":"END_USER"},"words":[{"word":"hi","startOffset":"1s"}]}]}}),
        json!({"recognizedPhrases":[{"recognitionStatus":"Success","channel":0,"speaker":1,"offset":"PT1S","durationInTicks":5.5,"nBest":[{"display":"hi","words":[{"word":"hi","offsetInTicks":1e7}]}]}]}),
        json!({"combinedPhrases":[{}],"phrases":[{"offsetMilliseconds":1,"durationMilliseconds":2,"text":"hi","words":[]}]}),
        json!({"analysisInput":{"conversations":[{"id":"c","conversationItems":[{"participantId":"Agent","text":"hi","audioTimings":[{"word":"hi","offset":1,"duration":2}]}]}]}}),
        json!({"segments":[{"type":"transcript.text.segment","start":0,"end":1,"text":"hi","speaker":"agent"}]}),
        json!({"text":"hi","language":"en","segments":[turn]}),
        json!({"result":{"language":"en"},"transcription":[{"offsets":{"from":0,"to":5},"text":" hi","tokens":[{"text":" hi","offsets":{"from":0,"to":5}}]}]}),
        json!({"conversationId":"g","conversationStartTime":1_700_000_000_000_i64,"participants":[{"participantPurpose":"ivr","startTimeMs":1}],"transcripts":[{"phrases":[{"text":"hi","participantPurpose":"internal","startTimeMs":1_700_000_000_500_i64,"duration":{"milliseconds":5},"words":[{"word":"hi","startTimeMs":1_700_000_000_500_i64}]}]}]}),
        json!({"body":{"speakerInfo":[{"speakerId":1,"name":"Jo","extensionId":"5"}],"insights":{"Transcript":[{"speakerId":"1","start":1,"text":"hi"}]}}}),
        json!({"response":{"utterances":[{"speakerId":"0","start":1,"text":"hi","wordTimings":[word]}]}}),
        json!({"transcription":{"call_id":1,"content":{"utterances":[{"start_time":1,"text":"hi","participant_type":"internal"}]}}}),
        json!({"timeline":[{"text":"hi","ts":"00:00:01.5","users":[{"username":"+15550100","zoom_userid":"Unknown Speaker"}]}]}),
        json!({"callTranscripts":[{"callId":"c","transcript":[{"speakerId":"s","sentences":[{"start":1,"end":2,"text":"hi"}]}]}],"calls":[{"metaData":{"id":"c"},"parties":[{"speakerId":"s","affiliation":"Internal"}]}]}),
        json!({"call_id":"d","lines":[{"user_id":"u","content":"hi","time":"2026-05-01T09:30:00","type":"transcript"}]}),
        json!({"sentences":[{"media_channel":1,"transcript":"hi","start_time":"1","words":[{"word":"hi","start_time":"1"}]}]}),
        json!([{"type":"TRANSCRIPT","detail":{"clientSentTimestamp":1_700_000_000_000_i64,"content":{"text":"hi"},"sender":{"role":"Agent"}}}]),
        json!({"conversationHistoryRecords":[{"info":{"conversationId":"l"},"messageRecords":[{"messageData":{"msg":{"text":"hi"}},"timeL":1_700_000_000_000_i64,"sentBy":"Agent"}]}]}),
        json!({"messages":[{"type":"message","date":"2026-05-01T09:30:00","from":"Jo","from_id":"u","text":["a",{"text":"b"}]}]}),
        json!({"created_at":1_700_000_000,"source":{"body":"<p>hi &amp; <b","author":{"type":"user"}},"conversation_parts":{"conversation_parts":[{"body":"<p>hi","author":{"type":"admin"},"created_at":1_700_000_000}]}}),
        json!({"history":[{"type":"chat.msg","msg":"hi","sender_type":"Agent","timestamp":"2026-05-01T09:30:00Z"}]}),
        json!({"call_id":"r","transcript_object":[{"role":"agent","content":"hi","words":[word]}]}),
        json!({"messages":[{"role":"bot","message":"hi","secondsFromStart":1.5,"duration":100}]}),
        json!({"conversation_id":"e","agent_id":"a","transcript":[{"role":"agent","message":"hi","time_in_call_secs":1}]}),
        json!({"uuid":"v","parties":[{"name":"Jo","role":"agent"}],"dialog":[{"type":"text","start":"2026-05-01T09:30:00Z","parties":[0],"body":"hi"}],"analysis":[{"type":"transcript","dialog":0,"body":[{"parties":0,"start":1,"text":"hi"}]},{"type":"transcript","dialog":1,"body":"[{\"speaker\":\"Agent\",\"message\":\"hi\"}]"}]}),
        json!({"mapping":{"a":{"parent":null,"children":["b"],"message":{"author":{"role":"user"},"create_time":1.5,"content":{"parts":["hi"]}}},"b":{"parent":"a","message":{"author":{"role":"assistant"},"content":{"parts":["yes"]}}}},"current_node":"b"}),
        json!([{"type":"conversation.item.created","previous_item_id":null,"item":{"id":"i","type":"message","role":"user","content":[{"transcript":null}]}},{"type":"conversation.item.input_audio_transcription.completed","item_id":"i","transcript":"hi"}]),
        json!([{"EventType":"ADD_TRANSCRIPT_SEGMENT","CallId":"c","Channel":"AGENT","SegmentId":"s","StartTime":1,"EndTime":2,"Transcript":"hi","IsPartial":false}]),
        json!({"job":{"id":1},"speakers":[{"name":"M1","time":"0.1"}],"words":[{"name":"hi","time":"0.1","duration":"0.2"},{"name":".","time":"0.3","duration":"0"}]}),
        json!({"contents":[{"role":"user","parts":[{"text":"hi"}]}]}),
        json!({"chat_messages":[{"sender":"human","text":"hi","created_at":"2026-05-01T09:30:00Z"}]}),
        json!([{"type":"message","user":"U","text":"hi","ts":"1700000000.1"}]),
        json!({"dialog":[["agent",1,"hi"],["customer",2,"yes"]]}),
        json!([{"agent":"hi","customer":"yes"},{"agent":"no","customer":null}]),
        json!({"1":turn,"2":turn}),
        json!({"00:01":"Agent: hi","00:02":"Customer: yes"}),
        json!({"speaker":["agent","customer"],"text":["hi","yes"],"start":[1,2]}),
        json!({"agent":[turn],"customer":[{"start":1,"text":"yes"}]}),
        json!({"c1":[turn],"c2":{"turns":[turn]}}),
        json!({"payload":"eyJwYXJ0aWVzIjpbXX0","signatures":[{}]}),
        json!([{"speaker_role":"agent","start_ms":1,"duration_ms":2,"human_transcript":"hi","transcript":"hi"}]),
        json!([{"convo_id":1,"original":[["agent","hi"],["action","x"]]}]),
        json!({"segments":[{"body":"hi","startTime":1,"endTime":2,"speaker":"Jo"}]}),
        json!({"ConversationId":"w","StartTime":"2026-05-01 02:00:00","EndTime":"2026-05-01 02:10:00","Content":"Agent: hi\nCustomer: yes"}),
        json!({"call_id":"x","dialog":[turn],"started":"x"}),
        json!([{"agent":"hi"},{"customer":"yes"}]),
        json!(["Agent: hi", "Customer: yes"]),
    ]
}

/// What may stand where something else was meant.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        Just(json!("None")),
        Just(json!("")),
        Just(json!(" \u{feff}ñ\u{2028}<&")),
        Just(json!("2026-13-45T99:99:99Z")),
        Just(json!("PT-9999999999999S")),
        Just(json!("12:34:56.789")),
        Just(json!(1e300)),
        Just(json!(-1e300)),
        Just(json!(-1)),
        Just(json!(i64::MAX)),
        Just(json!(u64::MAX)),
        Just(json!(1e17)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[]])),
        Just(json!([null, 1, "x", {"a": 1}])),
        Just(json!({"seconds": 1e300, "nanos": -1})),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,12}".prop_map(Value::from),
    ]
}

/// Walks to a node by turns and does something to it.
fn mutate(value: &mut Value, path: &[u8], what: u8, with: &Value) {
    let (step, rest) = match path.split_first() {
        Some((step, rest)) if !rest.is_empty() => (*step as usize, rest),
        _ => return act(value, what, with),
    };
    match value {
        Value::Array(list) if !list.is_empty() => {
            let k = step % list.len();
            mutate(&mut list[k], rest, what, with);
        }
        Value::Object(object) if !object.is_empty() => {
            let k = step % object.len();
            if let Some(inner) = object.values_mut().nth(k) {
                mutate(inner, rest, what, with);
            }
        }
        _ => act(value, what, with),
    }
}

fn act(value: &mut Value, what: u8, with: &Value) {
    match (what % 4, &mut *value) {
        (0, Value::Array(list)) => {
            let copy = list.clone();
            list.extend(copy);
        }
        (1, Value::Array(list)) => list.push(with.clone()),
        (2, Value::Object(object)) => {
            let first = object.keys().next().cloned();
            if let Some(key) = first {
                object.remove(&key);
            }
        }
        _ => *value = with.clone(),
    }
}

/// What holds of every call, whatever it was read from.
fn check(call: &Call, format: &str) {
    let finite = |t: Option<f64>| t.is_none_or(f64::is_finite);
    for turn in &call.turns {
        assert!(usize::from(turn.speaker) < call.speakers.len(), "{format}");
        assert!(finite(turn.start) && finite(turn.end), "{format}: {turn:?}");
        if let (Some(start), Some(end)) = (turn.start, turn.end) {
            assert!(end >= start, "{format}: {turn:?}");
        }
        let _ = (call.turn_text(turn), call.turn_words(turn));
    }
    for pair in call.turns.windows(2) {
        if let (Some(a), Some(b)) = (pair[0].start, pair[1].start) {
            assert!(a <= b, "{format}: {a} {b}");
        }
    }
}

fn read_by_all(bytes: &[u8]) {
    let head = Head::new(bytes, true, "x.json");
    let _ = best(&head);
    let _ = detect(bytes, true, "x.json");
    let _ = of_record(bytes);
    assert!(!unknown_json(bytes).is_empty());
    let mut call = Call::default();
    for format in FORMATS {
        call.clear();
        let record = Record { bytes, header: None };
        let read = format.parse(&record, &mut call, &mut |call| {
            check(call, format.name());
            call.clear();
        });
        if let Err(why) = read {
            assert!(!why.0.is_empty(), "{} does not say why", format.name());
        }
    }
}

#[test]
fn every_seed_is_recognised_and_read() {
    for seed in seeds() {
        let bytes = serde_json::to_vec(&seed).expect("json");
        let format = of_record(&bytes).unwrap_or_else(|| panic!("nobody takes {seed}"));
        let (mut call, mut calls) = (Call::default(), 0);
        let record = Record { bytes: &bytes, header: None };
        let read = format.parse(&record, &mut call, &mut |call| {
            check(call, format.name());
            calls += 1;
            call.clear();
        });
        let empty = seed.get("payload").is_some();
        assert_eq!((read.is_ok(), calls > 0), (!empty, !empty), "{seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn values_of_the_wrong_kind(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..8), any::<u8>(), odd()), 1..5),
    ) {
        let seeds = seeds();
        let mut value = seeds[seed.index(seeds.len())].clone();
        for (path, what, with) in &changes {
            mutate(&mut value, path, *what, with);
        }
        read_by_all(&serde_json::to_vec(&value).expect("json"));
    }

    #[test]
    fn cut_and_flipped_bytes(seed in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), with in any::<u8>(), cut in any::<bool>()) {
        let seeds = seeds();
        let mut bytes = serde_json::to_vec(&seeds[seed.index(seeds.len())]).expect("json");
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = with;
        }
        read_by_all(&bytes);
    }
}
