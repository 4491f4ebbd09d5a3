//! The exit codes. Scripts branch on them, so they are few, documented and stable.

use crate::support::leave;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Ran; nothing fell short.
    Fine = 0,
    /// Ran; something fell short of `--fail-under` or `--fail-on`, or an example of a rule failed.
    FellShort = 1,
    /// Did not run: wrong arguments, a broken pack, no input, an output that cannot be written.
    DidNotRun = 2,
    /// Ran, but some input was unreadable.
    Unreadable = 3,
    /// Interrupted by Ctrl-C; the outputs hold what was finished.
    Interrupted = leave::INTERRUPTED,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}
