//! The input formats, one file each. A new one is a file here, its `mod` line and its place in
//! [`crate::input::registry::FORMATS`]; a test fails on a file that is not registered.

pub mod assemblyai;
pub mod aws;
pub mod call_jsonl;
pub mod chat_cha;
pub mod chatgpt_export;
pub mod contact_lens;
pub mod contact_lens_chat;
pub mod csv_table;
pub mod deepgram;
pub mod docx;
pub mod elevenlabs_scribe;
pub mod excel;
pub mod generic_json;
pub mod genesys;
pub mod gong;
pub mod google_ccai;
pub mod google_stt;
pub mod ibm_watson;
pub mod intercom;
pub mod meeting_notes;
pub mod one_text;
pub mod openai_realtime;
pub mod plain_text;
pub mod post_call_analytics;
pub mod rev_ai;
pub mod ringsense;
pub mod sbv;
pub mod speechmatics;
pub mod srt;
pub mod stm_ctm;
pub mod telegram;
pub mod timed_csv;
pub mod transcribe;
pub mod transcribe_stream;
pub mod vapi;
pub mod vcon;
pub mod webvtt;
pub mod whatsapp;
pub mod whisper;
pub mod whisper_cpp;
pub mod wrapped_text;
pub mod zendesk;
pub mod zoom;
pub mod zoom_chat;

#[cfg(test)]
mod samples_tests;
