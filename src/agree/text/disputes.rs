//! Disputes for people: what each judge says, why, and where to look.

use super::writer::{Writer, line, many};
use crate::agree::compare::Dispute;
use crate::agree::said::{Quote, Said};
use crate::agree::statistics::Figures;
use crate::output::layout::{BOLD, PLAIN, Page};
use crate::output::{clock, terminal};
use crate::report::Verdict;
use std::fmt::Write as _;

/// At most so many disputes of a rule are shown, unless `-v` asks for all; json and csv-disputes always have all.
const DISPUTES: usize = 10;
/// At most so many quotes of a dispute are shown, unless `-v` asks for all.
const QUOTES: usize = 2;
/// Characters of a quote: raw speech may come without a single full stop.
const QUOTE_CHARS: usize = 200;

impl Writer<'_> {
    pub(super) fn disputes(&self, page: &mut Page<'_>) {
        let heard = &self.agreement.heard;
        if heard.all.n == 0 {
            return;
        }
        page.blank();
        let (disputed, n) = (heard.all.disputed(), heard.all.n);
        if disputed == 0 {
            page.heading("Nothing is disputed");
            return;
        }
        page.heading(&format!("Disputed: {disputed} of {}", many(n, "verdict")));
        for rule in heard.rules.iter().filter(|rule| rule.figures.disputed() > 0) {
            let of_rule = self.agreement.disputes.iter().filter(|d| d.graded.rule == rule.rule);
            let all: Vec<&Dispute<'_>> = of_rule.collect();
            page.blank();
            let id = terminal(&self.labels.rules[rule.rule]);
            let title = format!("{id}: {} of {}", all.len(), rule.figures.n);
            page.paragraph(0, (BOLD, &title), 2, (PLAIN, &ways(&rule.figures)));
            self.shown(&all, page);
        }
        self.how_to_pin(page);
    }

    /// The command that keeps a dispute as an example, shown for the first dispute of pass against fail whose call lies in
    /// a file.
    fn how_to_pin(&self, page: &mut Page<'_>) {
        let in_file = |dispute: &&Dispute<'_>| {
            dispute.heard.is_some_and(|(call, said)| call.source != "-" && said.verdict != Verdict::NotScorable)
        };
        let all = || self.agreement.disputes.iter().filter(in_file);
        let contrary = all().find(|dispute| dispute.is_contrary());
        let first = contrary.or_else(|| all().next());
        let Some((dispute, (call, _), verdict)) = first.and_then(|d| Some((d, d.heard?, d.graded.agreed()?))) else {
            return;
        };
        let place = if call.id == crate::input::source::stem(&call.source) {
            call.source.clone()
        } else {
            format!("{}#{}", call.source, call.id)
        };
        page.blank();
        line(page, 0, "Where the graders are right, the call becomes an example of the rule, with other names in it:");
        let rule = &self.labels.rules[dispute.graded.rule];
        let command = format!(
            "heard rules pin {} {rule} {} --labels {}",
            quoted(&place),
            verdict.as_str(),
            quoted(&self.labels.file)
        );
        line(page, 2, &terminal(&command));
    }

    pub(super) fn split(&self, page: &mut Page<'_>) {
        let all: Vec<&Dispute<'_>> = self.agreement.split.iter().collect();
        if all.is_empty() {
            return;
        }
        page.blank();
        page.heading(&format!("Graders differ on {}; heard is not compared with these", many(all.len(), "verdict")));
        self.shown(&all, page);
    }

    fn shown(&self, all: &[&Dispute<'_>], page: &mut Page<'_>) {
        let shown = if self.more { all.len() } else { DISPUTES };
        for dispute in all.iter().take(shown) {
            self.dispute(dispute, page);
        }
        if let Some(hidden @ 1..) = all.len().checked_sub(shown) {
            line(page, 2, &format!("and {hidden} more (-v shows all)"));
        }
    }

    fn dispute(&self, dispute: &Dispute<'_>, page: &mut Page<'_>) {
        let call = terminal(&self.labels.calls[dispute.graded.call]);
        let graders = dispute.graded.agreed();
        let mut title = match graders {
            Some(verdict) => format!("graders {}", verdict.as_str()),
            None => terminal(&self.labels.rules[dispute.graded.rule]).into_owned(),
        };
        if let Some((_, said)) = dispute.heard {
            let _ = write!(title, ", heard {}", said.verdict.as_str());
        }
        page.paragraph(2, (BOLD, &format!("{call}:")), 4, (PLAIN, &title));
        for (name, grade) in dispute.grades(self.labels) {
            let verdict = if graders.is_none() { format!(" {}", grade.verdict.as_str()) } else { String::new() };
            let lead = format!("{}{verdict}:", terminal(name));
            if !grade.why.is_empty() {
                page.paragraph(4, (PLAIN, &lead), 6, (PLAIN, &terminal(&grade.why)));
            } else if graders.is_none() {
                page.paragraph(4, (PLAIN, lead.trim_end_matches(':')), 6, (PLAIN, ""));
            }
        }
        let Some((call, said)) = dispute.heard else {
            return;
        };
        page.paragraph(4, (PLAIN, "heard:"), 6, (PLAIN, &terminal(reason(said))));
        let source = terminal(&call.source);
        let place = match call.record {
            0 => source.into_owned(),
            record => format!("{source}, record {record}"),
        };
        let shown = if self.more { said.quotes.len() } else { QUOTES };
        let mut quotes = said.quotes.iter().take(shown).peekable();
        if quotes.peek().is_none() {
            page.paragraph(4, (PLAIN, "in"), 6, (PLAIN, &place));
        }
        for (k, quote) in quotes.enumerate() {
            let source = if k == 0 { format!("{place}, ") } else { String::new() };
            page.paragraph(4, (PLAIN, "in"), 6, (PLAIN, &format!("{source}{}", at(quote))));
        }
    }
}

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-#=:@+,".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', "'\\''"))
    }
}

/// Why `heard` says it.
pub(in crate::agree) fn reason(said: &Said) -> &str {
    if said.why.is_empty() { &said.reason } else { &said.why }
}

/// Turn, time, speaker and words of a quote.
fn at(quote: &Quote) -> String {
    let mut place = Vec::new();
    if let Some(turn) = quote.turn {
        place.push(format!("turn {turn}"));
    }
    if let Some(start) = quote.start_s.filter(|s| s.is_finite()) {
        place.push(format!("at {}", clock(start)));
    }
    if let Some(speaker) = &quote.speaker {
        place.push(terminal(speaker).into_owned());
    }
    let words = quote.quote.trim();
    let words = match words.char_indices().nth(QUOTE_CHARS) {
        Some((end, _)) => format!("{} …", words[..end].trim_end()),
        None => words.to_owned(),
    };
    format!("{}: \"{}\"", place.join(", "), terminal(&words))
}

/// "graders pass, heard fail: 3; …", the most frequent first.
fn ways(figures: &Figures) -> String {
    let mut ways: Vec<(usize, Verdict, Verdict)> = Vec::new();
    for graders in Verdict::ALL {
        for heard in Verdict::ALL {
            let count = figures.table[graders as usize][heard as usize];
            if graders != heard && count > 0 {
                ways.push((count, graders, heard));
            }
        }
    }
    ways.sort_by_key(|way| std::cmp::Reverse(way.0));
    let say = |(count, graders, heard): &(usize, Verdict, Verdict)| {
        format!("graders {}, heard {}: {count}", graders.as_str(), heard.as_str())
    };
    format!("({})", ways.iter().map(say).collect::<Vec<_>>().join("; "))
}
