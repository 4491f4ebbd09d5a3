//! The agreement for people: a table of figures, then every dispute with both reasons and where to look.

mod disputes;
mod writer;

pub(super) use disputes::reason;

use super::Style;
use super::compare::{Agreement, Comparison};
use super::statistics::{ENOUGH, Figures};
use crate::output::layout::{BOLD, FAIR, PLAIN, Page};
use crate::output::terminal;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;
use writer::{Writer, line, many};

/// With more graders than this, each pair of graders gets one line instead of a table.
const TABLES: usize = 3;

/// What stands above the figures.
const TITLES: [&str; COLUMNS] = ["n", "agree", "kappa", "low", "high", "AC1", "PABAK", "pass", "fail", "prec", "rec"];
/// Widths of the columns, the gap before each included: with the longest shipped id, they fill 78 of 80.
const WIDTHS: [usize; COLUMNS] = [5, 6, 6, 5, 5, 5, 6, 5, 5, 5, 5];
const COLUMNS: usize = 11;

const LEGEND: &str = "agree: equal verdicts. kappa, AC1, PABAK: how much better than chance, by three reckonings of chance; low, high: the 95 % interval of kappa. pass, fail: agreement on this verdict alone. prec, rec: of the failures that heard finds, the share that graders fail, too; of theirs, the share that heard finds.";

/// Writes the whole report.
pub(super) fn write(agreement: &Agreement<'_>, style: &Style, to: &mut Vec<u8>) {
    let mut page = Page::new(to, style.width, style.color);
    let writer = Writer { agreement, labels: agreement.labels, more: style.verbosity > 0 };
    writer.head(&mut page);
    if agreement.heard.all.n > 0 {
        writer.table(&agreement.heard, ["graders", "heard"], &mut page);
        if style.verbosity >= 0 {
            page.blank();
            line(&mut page, 0, LEGEND);
        }
    }
    writer.between(&mut page);
    if style.verbosity >= 0 {
        writer.disputes(&mut page);
        writer.split(&mut page);
    }
}

impl Writer<'_> {
    fn head(&self, page: &mut Page<'_>) {
        let heard = &self.agreement.heard;
        let mut title = format!(
            "heard and {}: {}, {}",
            names(&self.labels.graders),
            many(heard.calls, "graded call"),
            many(heard.all.n, "verdict")
        );
        let _ = write!(title, " on {}", many(heard.rules.len(), "rule"));
        page.heading(&title);
        if heard.calls < ENOUGH {
            let few = format!(
                "{}: this is too few to go by. Grade at least {ENOUGH}, better 50.",
                many(heard.calls, "graded call")
            );
            page.paragraph(0, (FAIR, ""), 2, (FAIR, &few));
        }
        if heard.all.n > 0 {
            page.blank();
        }
    }

    fn table(&self, of: &Comparison, between: [&str; 2], page: &mut Page<'_>) {
        let ids: Vec<_> = of.rules.iter().map(|r| terminal(&self.labels.rules[r.rule])).collect();
        let widest = ids.iter().map(|id| id.width()).max().unwrap_or(0);
        let figures: usize = WIDTHS.iter().sum();
        // A longer id gets a line of its own rather than push the figures over the edge.
        let first = widest.max("all rules".len()).min(page.width().saturating_sub(figures));
        let row = |name: &str, cells: &[String; COLUMNS]| {
            let mut row = format!("{name}{}", " ".repeat(first.saturating_sub(name.width())));
            for (cell, width) in cells.iter().zip(WIDTHS) {
                let _ = write!(row, "{cell:>width$}");
            }
            row
        };
        let mut put = |style, name: &str, cells: &[String; COLUMNS]| {
            let name = if name.width() > first {
                page.paragraph(0, (style, name), 0, (PLAIN, ""));
                ""
            } else {
                name
            };
            page.paragraph(0, (style, &row(name, cells)), 0, (PLAIN, ""));
        };
        put(BOLD, "rule", &TITLES.map(str::to_owned));
        for (id, rule) in ids.iter().zip(&of.rules) {
            put(PLAIN, id, &cells(&rule.figures));
        }
        if of.rules.len() > 1 {
            put(PLAIN, "all rules", &cells(&of.all));
        }
        self.notes(of, between, page);
    }

    /// Warnings that belong beside the figures.
    fn notes(&self, of: &Comparison, between: [&str; 2], page: &mut Page<'_>) {
        if let Some((mean, rules)) = of.mean_kappa.filter(|_| of.rules.len() > 1) {
            line(page, 2, &format!("mean kappa of {}: {}", many(rules, "rule"), short(Some(mean))));
        }
        let few = |n: usize| n < ENOUGH;
        if of.calls >= ENOUGH && of.rules.iter().any(|r| few(r.figures.n)) {
            let rules = of.rules.iter().filter(|r| few(r.figures.n));
            let ids: Vec<&str> = rules.map(|r| self.labels.rules[r.rule].as_str()).collect();
            line(
                page,
                2,
                &format!("under {ENOUGH} graded calls, which is too few to go by: {}", terminal(&ids.join(", "))),
            );
        }
        for rule in &of.rules {
            if let Some(note) = rule.figures.note(between[0], between[1]) {
                line(page, 2, &format!("{}: {note}", terminal(&self.labels.rules[rule.rule])));
            }
        }
    }

    fn between(&self, page: &mut Page<'_>) {
        let graders = &self.agreement.graders;
        for ((first, second), comparison) in graders {
            let name = |grader: &usize| terminal(&self.labels.graders[*grader]);
            let (first, second) = (name(first), name(second));
            let title = format!(
                "{first} and {second}: {}, {}",
                many(comparison.calls, "call"),
                many(comparison.all.n, "verdict")
            );
            page.blank();
            if graders.len() > TABLES && !self.more {
                let (kappa, all) = (comparison.all.kappa, &comparison.all);
                line(page, 0, &format!("{title}, agreement {}, kappa {}", short(all.agreement), short(kappa)));
                continue;
            }
            page.heading(&format!("Between graders {title}"));
            self.table(comparison, [&first, &second], page);
        }
    }
}

fn cells(figures: &Figures) -> [String; COLUMNS] {
    [
        figures.n.to_string(),
        short(figures.agreement),
        short(figures.kappa),
        short(figures.interval.map(|i| i.0)),
        short(figures.interval.map(|i| i.1)),
        short(figures.ac1),
        short(figures.pabak),
        short(figures.pass),
        short(figures.fail),
        short(figures.precision),
        short(figures.recall),
    ]
}

/// A figure with two decimals, without a leading zero: `.87`, `-.05`, `1.00`.
fn short(figure: Option<f64>) -> String {
    let Some(figure) = figure else {
        return "-".to_owned();
    };
    let text = format!("{figure:.2}");
    let text = if text == "-0.00" { "0.00" } else { &text };
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None => text.replace("-0.", "-."),
    }
}

/// "grader a", "graders a and b", "graders a, b and c".
fn names(graders: &[String]) -> String {
    let names: Vec<_> = graders.iter().map(|name| terminal(name)).collect();
    match names.as_slice() {
        [] => "graders".to_owned(),
        [one] if one.starts_with("grader") => one.clone().into_owned(),
        [one] => format!("grader {one}"),
        [first @ .., last] => {
            let word = if names.iter().all(|n| n.starts_with("grader")) { "" } else { "graders " };
            format!("{word}{} and {last}", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let shown = [Some(0.874), Some(1.0), Some(-0.05), Some(-0.001), Some(-1.0), None].map(short);
        assert_eq!(shown, [".87", "1.00", "-.05", ".00", "-1.00", "-"]);
    }

    #[test]
    fn graders_are_named() {
        let named = |all: &[&str]| names(&all.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&["a"]), "grader a");
        assert_eq!(named(&["a", "b", "c"]), "graders a, b and c");
        assert_eq!(named(&["grader 1", "grader 2"]), "grader 1 and grader 2");
    }
}
