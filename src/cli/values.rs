//! Values of arguments that are more than a word: sizes, shares, points, output files.

use crate::output::{OUTPUTS, left_out};
use crate::run::delivery::OutputFile;
use crate::run::sample::Sample;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A number of bytes: `16777216`, `500kB`, `16MiB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteSize(pub usize);

impl FromStr for ByteSize {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        const UNITS: [(&str, u64); 10] = [
            ("", 1),
            ("b", 1),
            ("k", 1 << 10),
            ("kb", 1_000),
            ("kib", 1 << 10),
            ("m", 1 << 20),
            ("mb", 1_000_000),
            ("mib", 1 << 20),
            ("gb", 1_000_000_000),
            ("gib", 1 << 30),
        ];
        let wrong = || "write a number of bytes of at least 1, such as 500000, 500kB, 16MiB or 1GiB".to_owned();
        let digits = typed.find(|c: char| !c.is_ascii_digit()).unwrap_or(typed.len());
        let (number, unit) = typed.split_at(digits);
        let unit = unit.trim().to_ascii_lowercase();
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(wrong)?;
        let bytes = number.parse::<u64>().ok().and_then(|n| n.checked_mul(*factor)).ok_or_else(wrong)?;
        match usize::try_from(bytes) {
            Ok(bytes) if bytes > 0 => Ok(ByteSize(bytes)),
            _ => Err(wrong()),
        }
    }
}

/// A whole number from 1 on; clap's own parser speaks of non-zero types.
pub fn at_least_one(typed: &str) -> Result<NonZeroUsize, String> {
    typed.parse().map_err(|_| "write a whole number of at least 1".to_owned())
}

/// A score that was typed, in tenths of a point: 0 to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points(pub u32);

impl FromStr for Points {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        decimal(typed, 1)
            .filter(|tenths| *tenths <= 1000)
            .map(|tenths| Points(tenths as u32))
            .ok_or_else(|| "write a score from 0 to 100, such as 70 or 72.5".to_owned())
    }
}

impl FromStr for Sample {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = || {
            "write a number of calls from 1 on, such as 50, or a share of them up to 100%, such as 10% or 0.5%"
                .to_owned()
        };
        if let Some(percent) = typed.strip_suffix('%') {
            let share = decimal(percent.trim_end(), 4)
                .filter(|s| (1..=u64::from(Sample::WHOLE)).contains(s))
                .ok_or_else(wrong)?;
            return Ok(Sample::Share(share as u32));
        }
        typed.parse().ok().filter(|count| *count > 0).map(Sample::Count).ok_or_else(wrong)
    }
}

/// A decimal number without a sign, in units of the last of so many places; more places than that are refused, so
/// that nothing that was typed is silently rounded.
fn decimal(typed: &str, places: usize) -> Option<u64> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let digits = |s: &str| !s.is_empty() && s.len() <= 12 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let part = part.trim_end_matches('0');
    (part.len() <= places).then(|| format!("{whole}{part:0<places$}"))?.parse().ok()
}

impl FromStr for OutputFile {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let (named, file) = split_format(typed);
        if let Some(name) = named {
            let Some(kind) = OUTPUTS.iter().find(|kind| kind.name == name) else {
                if let Some(remedy) = left_out(&name) {
                    return Err(remedy.to_owned());
                }
                let known_names = OUTPUTS.iter().map(|kind| kind.name);
                return Err(format!(
                    "no output format `{name}`{}; one of {}",
                    did_you_mean(&name, known_names),
                    known()
                ));
            };
            return match file {
                "" | "-" => Err(format!("`{name}:` wants a file; for standard output type --format {name}")),
                file => Ok(OutputFile { kind, path: PathBuf::from(file) }),
            };
        }
        if file == "-" {
            return Err("standard output has its own flag: --format FORMAT".to_owned());
        }
        let path = Path::new(file);
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        match OUTPUTS.iter().find(|kind| kind.extensions.contains(&extension.as_str())) {
            Some(kind) => Ok(OutputFile { kind, path: path.to_owned() }),
            None => Err(left_out(&extension).map_or_else(
                || format!("no format is known by that extension; write FORMAT:{file}, FORMAT one of {}", known()),
                str::to_owned,
            )),
        }
    }
}

/// Splits `FORMAT:FILE`. A single letter before the colon is a drive, and what holds a slash or a dot is a file.
pub fn split_format(typed: &str) -> (Option<String>, &str) {
    match typed.split_once(':') {
        Some((name, file)) if name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => {
            (Some(name.to_owned()), file)
        }
        _ => (None, typed),
    }
}

/// Whether a value of `--rules` is a file; else it is a shipped pack.
pub fn names_a_file(typed: &str) -> bool {
    typed.contains(['/', std::path::MAIN_SEPARATOR]) || Path::new(typed).extension().is_some_and(|e| e == "toml")
}

fn known() -> String {
    OUTPUTS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ")
}

/// ` (did you mean X?)` where one of the names is near enough, else nothing.
pub fn did_you_mean<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> String {
    crate::support::suggest::nearest(typed, names).map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_limits() {
        let read = |s: &str| s.parse::<ByteSize>().map(|b| b.0).ok();
        assert_eq!(read("1"), Some(1));
        assert_eq!(read("16MiB"), Some(16 << 20));
        assert_eq!(read("500 kB"), Some(500_000));
        assert_eq!(read("2gib"), Some(2 << 30));
        for wrong in ["", "0", "MiB", "-1", "1.5MiB", "16 parsecs", "99999999999999999999", "18446744073709551615k"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn points_are_exact_tenths() {
        let read = |s: &str| s.parse::<Points>().map(|p| p.0).ok();
        assert_eq!(read("70"), Some(700));
        assert_eq!(read("72.5"), Some(725));
        assert_eq!(read("100.00"), Some(1000));
        assert_eq!(read("0"), Some(0));
        for wrong in ["", "100.1", "-1", "7o", "72.55", "1e2", ".", "5."] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn samples_are_counts_or_shares() {
        assert_eq!("50".parse(), Ok(Sample::Count(50)));
        assert_eq!("10%".parse(), Ok(Sample::Share(100_000)));
        assert_eq!("0.5%".parse(), Ok(Sample::Share(5_000)));
        assert_eq!("100%".parse(), Ok(Sample::Share(Sample::WHOLE)));
        for wrong in ["", "0", "0%", "0.0%", "%", "101%", "-5", "half", "0.00001%"] {
            assert!(wrong.parse::<Sample>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_drive_and_a_folder_are_no_format() {
        assert_eq!(split_format("csv:out.txt"), (Some("csv".to_owned()), "out.txt"));
        assert_eq!(split_format("C:out.csv"), (None, "C:out.csv"));
        assert_eq!(split_format("a/b:out.csv"), (None, "a/b:out.csv"));
        assert_eq!(split_format("out.csv"), (None, "out.csv"));
    }

    #[test]
    fn a_near_name_is_suggested() {
        assert_eq!(did_you_mean("cvs", ["text", "csv"].into_iter()), " (did you mean `csv`?)");
        assert_eq!(did_you_mean("zebra", ["text", "csv"].into_iter()), "");
    }
}
