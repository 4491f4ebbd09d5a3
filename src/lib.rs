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
pub mod caught;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod delivery;
pub mod digest;
pub mod exit;
pub mod input;
pub mod inspect;
pub mod learn;
pub mod metrics;
pub mod nearest;
pub mod output;
pub mod pin;
pub mod pipeline;
pub mod progress;
pub mod render;
pub mod report;
pub mod roles;
pub mod rollup;
pub mod rules;
pub mod sample;
pub mod script;
pub mod selftest;
pub mod settings;
pub mod tell;
pub mod text;
pub mod trace;
