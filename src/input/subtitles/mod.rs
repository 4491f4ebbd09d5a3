//! What formats of subtitles share: cues, their text, and the names in them.

pub mod cue_names;
pub mod cue_text;
pub mod cues;
