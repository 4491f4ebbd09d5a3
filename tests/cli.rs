//! What people read on the command line, case by case: each `tests/cmd/*.toml` holds arguments, exit code and output,
//! with its input in the folder `*.in` beside it. `TRYCMD=overwrite cargo test --test cli` blesses what is printed.

#[test]
fn cases() {
    let cases = trycmd::TestCases::new();
    // What is set here must not show in the output.
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        cases.env(name, "");
    }
    cases.case("tests/cmd/*.toml");
}
