//! An example of a rule as it comes out now, for people.

use crate::audit::selftest::Ran;
use crate::commands::paragraph;
use crate::output::terminal;
use crate::report::Verdict;
use anyhow::Result;
use std::fmt::Write as _;

/// One example: what was expected, what came out, and the words it rests on.
pub fn show(ran: &Ran<'_>, text: &mut String) -> Result<()> {
    let mark = if ran.is_fine() { "✓" } else { "✗" };
    let expected = ran.example.expect.as_str();
    let note = if ran.example.why.is_empty() { String::new() } else { format!(" ({})", ran.example.why) };
    match &ran.found {
        Err(error) => {
            writeln!(
                text,
                "  {mark} expected {expected}{note}\n      the example cannot be read: {}",
                terminal(error)
            )?;
        }
        Ok(found) if found.verdict == ran.example.expect && !ran.example.todo => {
            writeln!(text, "  {mark} {expected}{note}")?;
        }
        Ok(found) if ran.example.todo && ran.is_fine() => {
            writeln!(text, "  {mark} known gap: {expected} wanted, {} found{note}", found.verdict.as_str())?;
        }
        Ok(_) if ran.example.todo => {
            writeln!(text, "  {mark} {expected}{note}\n      a known gap that is closed: take `todo = true` away")?;
        }
        Ok(found) => writeln!(text, "  {mark} expected {expected}, found {}{note}", found.verdict.as_str())?,
    }
    let Ok(found) = &ran.found else {
        text.push('\n');
        return Ok(());
    };
    let reason = if found.why.is_empty() { found.reason } else { &found.why };
    paragraph(text, 6, "", 6, &terminal(reason));
    if !ran.is_fine() || found.verdict == Verdict::Fail {
        for evidence in &found.evidence {
            let quote = &ran.call.text()[evidence.quote.start as usize..evidence.quote.end as usize];
            let quote = terminal(quote.trim());
            let lead = format!("turn {} {}:", evidence.turn, evidence.speaker);
            paragraph(text, 6, &lead, 8, &format!("\"{quote}\""));
        }
    }
    text.push('\n');
    Ok(())
}
