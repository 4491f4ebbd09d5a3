//! The input formats, one file each. A new one is a file here, its `mod` line and its place in
//! [`super::FORMATS`]; a test fails on a file that is not registered.

pub mod aircall;
pub mod assemblyai;
pub mod azure_batch;
pub mod azure_conversations;
pub mod azure_fast;
pub mod bda;
pub mod call_analytics;
pub mod call_jsonl;
pub mod contact_lens;
pub mod contact_lens_chat;
pub mod contact_lens_live;
pub mod csv_table;
pub mod deepgram;
pub mod dialpad;
pub mod genesys;
pub mod gong;
pub mod google_ccai;
pub mod google_stt;
pub mod ibm_watson;
pub mod openai_transcription;
pub mod plain_text;
pub mod post_call_analytics;
pub mod rev_ai;
pub mod ringcentral_stt;
pub mod ringsense;
pub mod salesforce_voice;
pub mod speechmatics;
pub mod transcribe;
pub mod transcribe_stream;
pub mod twilio;
pub mod whisper;
pub mod whisper_cpp;
pub mod zoom;
