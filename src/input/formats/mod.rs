//! The input formats, one file each. A new one is a file here, its `mod` line and its place in
//! [`super::FORMATS`]; a test fails on a file that is not registered.

pub mod bda;
pub mod call_analytics;
pub mod call_jsonl;
pub mod contact_lens;
pub mod contact_lens_chat;
pub mod contact_lens_live;
pub mod csv_table;
pub mod plain_text;
pub mod post_call_analytics;
pub mod transcribe;
pub mod transcribe_stream;
