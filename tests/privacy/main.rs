//! What `--redact` finds, measured on made-up calls whose secrets are known, and that nothing of it leaks through any
//! output. The figures stand in `examples/privacy.md`.
//!
//! `README=overwrite cargo test --test privacy` writes them anew.
#![allow(clippy::print_stderr, reason = "figures that miss their floor are shown with what was missed")]
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

#[path = "../common/mod.rs"]
mod common;
mod corpus;
mod measure;
mod network;
mod outputs;
mod secrets;

#[test]
fn the_page_has_the_figures_of_today() {
    let parts = common::keep("examples/privacy.md", |name| match name {
        "figures" => measure::figures(),
        other => panic!("nothing makes {other}"),
    });
    assert_eq!(parts, 1, "the marker is found");
}
