//! Subtitles of every tool, and what they come out as.

use crate::input::detect;
use crate::input::formats::sbv::Sbv;
use crate::input::formats::srt::Srt;
use crate::input::formats::webvtt::WebVtt;
use crate::input::subtitles::cues::*;
use crate::input::{Format, Head, Record};

fn read(format: &dyn Format, text: &str) -> Call {
    let found = detect::detect(text.as_bytes(), true, "x").expect("known");
    assert_eq!(found.format.name(), format.name());
    let mut call = Call::default();
    let mut calls = Vec::new();
    let record = Record { bytes: text.as_bytes(), header: None };
    format.parse(&record, &mut call, &mut |c| calls.push(c.clone())).expect("a call");
    assert_eq!(calls.len(), 1);
    calls.remove(0)
}

fn said(call: &Call) -> Vec<(&str, f64, Option<f64>, &str)> {
    call.turns
        .iter()
        .map(|t| {
            let label = call.speakers[usize::from(t.speaker)].label.as_str();
            (label, t.start.expect("a start"), t.end, call.turn_text(t))
        })
        .collect()
}

#[test]
fn voice_tags_closed_or_not() {
    let call = read(
        &WebVtt,
        "WEBVTT\r\n\r\nNOTE two\r\nlines\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\n<v.loud Jo Lee>Hello &amp; welcome.</v>\r\n\r\n2\r\n0:0:3.25 --> 0:0:4.5\r\n<v Ann>Hi,\r\nI'm calling\r\n\r\n3\r\n00:00:05.000 --> 00:00:06.000\r\nabout <i>my</i> <00:05.500>order.\r\n",
    );
    assert_eq!(
        said(&call),
        [
            ("Jo Lee", 1.0, Some(2.5), "Hello & welcome."),
            ("Ann", 3.25, Some(4.5), "Hi, I'm calling"),
            ("Ann", 5.0, Some(6.0), "about my order."),
        ]
    );
    assert_eq!(call.roles.how, HowRoles::Unknown);
}

#[test]
fn names_before_a_colon_continue_and_colons_in_speech_do_not_count() {
    let call = read(
        &WebVtt,
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nJo Lee (SL): Hello there.\n\n2\n00:00:02.000 --> 00:00:03.000\nAnd one thing: we record.\n\n3\n00:00:03.000 --> 00:00:04.000\n+15551230000: Fine.\n\n4\n00:00:04.000 --> 00:00:05.000\nJo Lee (SL): Thanks.\n\n5\n00:00:06.000 --> 00:00:07.000\n+15551230000: Okay.\n",
    );
    assert_eq!(
        said(&call).iter().map(|s| (s.0, s.3)).collect::<Vec<_>>(),
        [
            ("Jo Lee (SL)", "Hello there."),
            ("Jo Lee (SL)", "And one thing: we record."),
            ("+15551230000", "Fine."),
            ("Jo Lee (SL)", "Thanks."),
            ("+15551230000", "Okay."),
        ]
    );
}

#[test]
fn several_voices_in_one_cue_are_several_turns() {
    let call = read(
        &WebVtt,
        "WEBVTT - two\n\n00:00:01.000 --> 00:00:04.000\n<v Agent>Hello.</v>\n<v Customer>Hi.</v>\n\n00:00:05.000 --> 00:00:06.000\n<v Agent>Yes?\n",
    );
    assert_eq!(
        said(&call).iter().map(|s| (s.0, s.1, s.3)).collect::<Vec<_>>(),
        [("Agent", 1.0, "Hello."), ("Customer", 1.0, "Hi."), ("Agent", 5.0, "Yes?")]
    );
    assert_eq!(call.roles.how, HowRoles::Label);
}

#[test]
fn documents_and_names_of_cues_tell_the_speaker() {
    let call = read(
        &WebVtt,
        "WEBVTT\n\n0:0:5.320 --> 0:0:7.0\n{\"startDateTime\":\"2026-01-01T00:00:00Z\",\"speakerName\":\"Jo\",\"spokenText\":\"Hello.\",\"spokenLanguage\":\"en-us\"}\n",
    );
    assert_eq!(said(&call), [("Jo", 5.32, Some(7.0), "Hello.")]);
    let call = read(
        &WebVtt,
        "WEBVTT\n\n1 \"Jo Lee\" (295)\n00:00:01.000 --> 00:00:02.000\nHello.\n\n2 \"Ann\" (12)\n00:00:03.000 --> 00:00:04.000\nHi.\n",
    );
    assert_eq!(said(&call).iter().map(|s| s.0).collect::<Vec<_>>(), ["Jo Lee", "Ann"]);
}

#[test]
fn srt_with_missing_blank_lines_and_bracketed_speakers() {
    let call = read(
        &Srt,
        "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_01]: {\\an8}Hello\nthere.\n2\n00:00:02,500 --> 00:00:03,000\nAgain.\n\n3\n00:00:04,000 --> 00:00:05,000\n[SPEAKER_00]: Hi: <b>me</b>.\n",
    );
    assert_eq!(
        said(&call),
        [
            ("SPEAKER_01", 1.0, Some(2.0), "Hello there."),
            ("SPEAKER_01", 2.5, Some(3.0), "Again."),
            ("SPEAKER_00", 4.0, Some(5.0), "Hi: me."),
        ]
    );
}

#[test]
fn an_end_before_its_start_is_no_end() {
    let call = read(&Sbv, "0:00:01.000,0:00:02.000\nHello\nthere\n\n0:00:17.484,0:00:16.543\nBye\n");
    assert_eq!(said(&call), [("", 1.0, Some(2.0), "Hello there"), ("", 17.484, None, "Bye")]);
}

#[test]
fn rolling_captions_are_said_once() {
    let call = read(
        &WebVtt,
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\none\n\n00:00:02.000 --> 00:00:03.000\none\ntwo\n\n00:00:03.000 --> 00:00:04.000\ntwo\nthree\n\n00:00:04.000 --> 00:00:05.000\nthree\nfour\n",
    );
    assert_eq!(said(&call).iter().map(|s| s.3).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
}

#[test]
fn empty_captions_are_refused() {
    for text in ["WEBVTT\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"] {
        let record = Record { bytes: text.as_bytes(), header: None };
        assert!(WebVtt.sniff(&Head::new(text.as_bytes(), true, "")).is_some());
        let read = WebVtt.parse(&record, &mut Call::default(), &mut |_| panic!("a call"));
        assert!(read.is_err(), "{text}");
    }
}
