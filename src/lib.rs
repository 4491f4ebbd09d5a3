//! `heard` audits transcripts of customer calls: a linter for conversations.
//!
//! This is the map. Data flows one way, each room knows only what it needs:
//!
//! ```text
//! arguments -> Settings -+-> RuleBook (packs compiled once, shared read-only)
//!                        |
//! files, stdin -> Framer -> [batch] => parse => tag => judge => render => [batch] -> reorder -> outputs
//!               (1 thread)            (N workers, pure)                     (1 thread)  `-> RollUp -> end, exit code
//!                   ^______________________ fixed pool of batches _______________________|
//! ```

pub mod agree;
pub mod audit;
pub mod call;
pub mod cli;
pub mod commands;
pub mod input;
pub mod inspect;
pub mod learn;
pub mod output;
pub mod pin;
pub mod report;
pub mod roles;
pub mod rules;
pub mod run;
pub mod script;
pub mod support;
pub mod text;
