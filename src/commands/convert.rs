//! `heard convert`: any transcript as call JSONL, or as vCon, one call a line.

use super::lines;
use crate::call::Call;
use crate::cli::exit::Exit;
use crate::cli::settings::ReadSettings;
use crate::cli::{ConvertArgs, ConvertTo};
use crate::output::calls;
use crate::redact::Redaction;
use anyhow::Result;

/// Runs `convert`.
pub fn run(args: ConvertArgs) -> Result<Exit> {
    let write = match args.to {
        ConvertTo::Jsonl => calls::line,
        ConvertTo::Vcon => calls::vcon::line,
    };
    let redact = args.redact.redacts().standard;
    lines::run(&ReadSettings::of_convert(args)?, redact, || {
        move |call: &Call, to: &mut Vec<u8>| {
            let shown = if redact { Redaction::of(call).call(call) } else { None };
            write(shown.as_ref().unwrap_or(call), to);
        }
    })
}
