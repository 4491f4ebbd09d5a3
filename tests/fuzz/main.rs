//! Readers of everything that people hand over, fed with what is nearly right: none panics, hangs or takes what it is not
//! given. A run of the tests tries some; `PROPTEST_CASES=100000 cargo test --release --test fuzz` tries more.
#![allow(clippy::format_push_string, reason = "input is made in the plainest way")]
#![allow(clippy::unwrap_used, reason = "a test that cannot make its input has failed")]

#[allow(dead_code, reason = "the table is for a page")]
mod counts;
mod documents;
mod mutate;
mod packs;
mod scripts;
mod settings;
mod texts;

use proptest::prelude::ProptestConfig;

/// So many cases, or as many as the environment says.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(usual),
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
