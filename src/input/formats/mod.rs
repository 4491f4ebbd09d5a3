//! The input formats, one file each. A new one is a file here, its `mod` line and its place in
//! [`super::FORMATS`]; a test fails on a file that is not registered.

pub mod call_jsonl;
pub mod chat_cha;
pub mod contact_lens;
pub mod csv_table;
pub mod docx;
pub mod excel;
pub mod meeting_notes;
pub mod plain_text;
pub mod sbv;
pub mod srt;
pub mod stm_ctm;
pub mod timed_csv;
pub mod webvtt;
pub mod whatsapp;
pub mod zoom_chat;
