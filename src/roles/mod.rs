//! Who is who in a call, in three ways: by what labels say (`labels`), by what the user says (`mapping`, `typed`), and,
//! where nobody says, by how they talk (`inference`).

pub mod asides;
pub mod inference;
pub mod labels;
pub mod mapping;
mod role_words;
pub mod same_person;
pub mod typed;
mod voicemail;

pub use inference::{ENOUGH, infer};
