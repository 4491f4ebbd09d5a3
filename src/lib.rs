//! `heard` audits transcripts of customer calls: a linter for conversations. This page is the map.
//!
//! # The way of one call
//!
//! ```text
//! arguments -> Settings -+-> RuleBook (packs compiled once, shared read-only)
//!                        |
//! files, stdin -> Framer -> [batch] => parse => tag => judge => render => [batch] -> reorder -> outputs
//!               (1 thread)            (N workers, pure)                     (1 thread)  `-> RollUp -> end, exit code
//!                   ^______________________ fixed pool of batches _______________________|
//! ```
//!
//! Bytes become records ([`input::framing`]), a record becomes a [`call::Call`] by the format it was recognised as
//! ([`input::formats`]), its words become a scene of sentences and tags ([`text::tagger`]), the rules of a book judge
//! the scene ([`audit`]), and each output turns the verdicts into bytes ([`output`]).
//!
//! # Rooms
//!
//! | room | answers for |
//! | --- | --- |
//! | [`call`] | one call: turns, speakers, times; what every other room speaks of |
//! | [`input`] | from files to calls: walking folders, framing, detecting, reading formats, metadata |
//! | [`roles`] | who is agent and who is customer: label words, `--roles`, inference |
//! | [`text`] | words, sentences, phrases (`text::engine`), learned weights, names: the scene of a call |
//! | [`rules`] | packs read and checked (`pack`), what a rule can require (`kinds`) |
//! | [`audit`] | one call through all rules: tag, then judge; metrics; the rules' own examples |
//! | [`report`] | what is said of one call, and counted over many (`rollup`) |
//! | [`redact`] | numbers, addresses and dates that tell who somebody is, replaced before they leave the program |
//! | [`output`] | how it leaves the program: one file a format |
//! | [`script`] | call scripts: read, turned into calls, and compared with how they were (`check`) |
//! | [`results`] | lines of results that were written before, read back: for `heard summary` and `--resume` |
//! | [`run`] | a run over many calls: the ordered pipeline, the worker, the sample, where files go |
//! | [`inspect`], [`learn`], [`pin`], [`agree`] | what the commands of these names compute |
//! | [`cli`] | arguments, `heard.toml`, settings; what is said on standard error; exit codes |
//! | [`commands`] | one file a command: wiring and nothing else |
//! | [`support`] | what any room may use |
//!
//! `tests/architecture.rs` holds who may know whom, and that no imports run in circles.
//!
//! # What always holds
//!
//! - Rules never see a format, formats never see a rule: a [`call::Call`] is all that passes between them.
//! - The same input gives the same bytes, whatever the number of threads and the machine.
//! - A worker is pure: it reads a batch and fills another; only the writer touches outputs.
//! - Nothing holds all calls or all results; memory does not grow with the input.
//! - A verdict that fails or passes shows a quote or says where it looked; what cannot be told is not scorable.
//! - What comes from outside is escaped where it leaves, by the function of its target ([`output::escape`]).
//! - A file that cannot be read costs itself and nothing else, and is told with its name and the remedy.
//!
//! # To add …
//!
//! | what | touch |
//! | --- | --- |
//! | a vendor's JSON format | `rules/formats/NAME.toml` (its language: `rules/formats/README.md`) and its line in [`input::registry`] |
//! | another input format | a file in `input/formats` with an [`input::Format`], and its line in [`input::registry`] |
//! | an output format | a file in `output` with an [`output::Output`], and its line in [`output::OUTPUTS`] |
//! | a rule kind | a file in `rules/kinds` with a [`rules::kinds::condition::Condition`], its line in [`rules::kinds::KINDS`], its keys in `rules/README.md` |
//! | a rule or a phrase | a TOML file: `rules/full.toml`, `rules/sets`; with its examples (`rules/README.md`) |
//!
//! Each with a sample and its test: `tests/conformance` holds inputs with the calls they are, `tests/output` the outputs,
//! `heard rules test` the rules' examples. `.ci/run` runs all that has to hold before a change lands.

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
pub mod redact;
pub mod report;
pub mod results;
pub mod roles;
pub mod rules;
pub mod run;
pub mod script;
pub mod support;
pub mod text;
