//! `heard convert`: any transcript as call JSONL, or as vCon, one call a line.

use super::lines;
use crate::cli::exit::Exit;
use crate::cli::settings::ReadSettings;
use crate::cli::{ConvertArgs, ConvertTo};
use crate::output::calls;
use anyhow::Result;

/// Runs `convert`.
pub fn run(args: ConvertArgs) -> Result<Exit> {
    let write = match args.to {
        ConvertTo::Jsonl => calls::line,
        ConvertTo::Vcon => calls::vcon::line,
    };
    lines::run(&ReadSettings::of_convert(args)?, || write)
}
