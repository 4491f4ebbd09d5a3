//! The agreement as one JSON document, `heard.agreement/1`. Every key is always there, `null` where it is unknown.

use super::Style;
use super::compare::{Agreement, Comparison, Dispute, LeftOut, Listed};
use super::said::Quote;
use super::statistics::{ENOUGH, Figures};
use crate::output::{escape, number};
use crate::report::Verdict;

/// Appends the document, a rule or a dispute a line.
pub(super) fn write(agreement: &Agreement<'_>, _: &Style, to: &mut Vec<u8>) {
    let labels = agreement.labels;
    put("{\"schema\":\"heard.agreement/1\"", to);
    put(",\"graders\":", to);
    list(&labels.graders, to, |name, to| escape::json(name, to));
    count("calls_read", agreement.read, to);
    count("calls_compared", agreement.heard.calls, to);
    flag("too_few", agreement.heard.calls < ENOUGH, to);
    put(",\n\"heard\":", to);
    comparison(agreement, &agreement.heard, ["graders", "heard"], to);
    put(",\n\"between_graders\":", to);
    list(&agreement.graders, to, |((first, second), of), to| {
        put("{\"graders\":", to);
        let both = [first, second].map(|grader| labels.graders[*grader].as_str());
        list(both, to, escape::json);
        put(",\"agreement\":", to);
        comparison(agreement, of, both, to);
        to.push(b'}');
    });
    put(",\n\"disputed\":", to);
    list(&agreement.disputes, to, |one, to| {
        dispute(agreement, one, to);
    });
    put(",\n\"graders_differ\":", to);
    list(&agreement.split, to, |one, to| dispute(agreement, one, to));
    put(",\n\"left_out\":", to);
    left_out(agreement, &agreement.left_out, to);
    put("}\n", to);
}

fn comparison(agreement: &Agreement<'_>, of: &Comparison, between: [&str; 2], to: &mut Vec<u8>) {
    put("{\"rules\":", to);
    list(&of.rules, to, |rule, to| {
        put("\n{\"rule\":", to);
        escape::json(&agreement.labels.rules[rule.rule], to);
        figures(&rule.figures, between, to);
        flag("too_few", rule.figures.n < ENOUGH, to);
        to.push(b'}');
    });
    put(",\n\"all\":{\"rules\":", to);
    number::integer(of.rules.len() as u64, to);
    decimal("mean_kappa", of.mean_kappa.map(|(mean, _)| mean), to);
    figures(&of.all, between, to);
    put("}}", to);
}

fn figures(of: &Figures, between: [&str; 2], to: &mut Vec<u8>) {
    count("n", of.n, to);
    decimal("agreement", of.agreement, to);
    decimal("kappa", of.kappa, to);
    decimal("kappa_low", of.interval.map(|i| i.0), to);
    decimal("kappa_high", of.interval.map(|i| i.1), to);
    text("kappa_note", of.note(between[0], between[1]).as_deref(), to);
    decimal("ac1", of.ac1, to);
    decimal("pabak", of.pabak, to);
    decimal("pass_agreement", of.pass, to);
    decimal("fail_agreement", of.fail, to);
    decimal("fail_precision", of.precision, to);
    decimal("fail_recall", of.recall, to);
    count("disputed", of.disputed(), to);
    // How often the verdict of the first (the grader) met that of the second (heard).
    put(",\"verdicts\":{", to);
    for (k, first) in Verdict::ALL.into_iter().enumerate() {
        put(if k > 0 { ",\"" } else { "\"" }, to);
        put(first.as_str(), to);
        put("\":{", to);
        for (k, second) in Verdict::ALL.into_iter().enumerate() {
            put(if k > 0 { ",\"" } else { "\"" }, to);
            put(second.as_str(), to);
            put("\":", to);
            number::integer(of.table[first as usize][second as usize] as u64, to);
        }
        to.push(b'}');
    }
    to.push(b'}');
}

fn dispute(agreement: &Agreement<'_>, of: &Dispute<'_>, to: &mut Vec<u8>) {
    let labels = agreement.labels;
    put("\n{\"call\":", to);
    escape::json(&labels.calls[of.graded.call], to);
    text("rule", Some(&labels.rules[of.graded.rule]), to);
    text("verdict", of.graded.agreed().map(Verdict::as_str), to);
    put(",\"grades\":", to);
    list(of.grades(labels), to, |(name, grade), to| {
        put("{\"grader\":", to);
        escape::json(name, to);
        text("verdict", Some(grade.verdict.as_str()), to);
        text("why", Some(grade.why.as_str()).filter(|why| !why.is_empty()), to);
        to.push(b'}');
    });
    let said = of.heard.map(|(_, said)| said);
    text("heard", said.map(|s| s.verdict.as_str()), to);
    text("reason", said.map(|s| s.reason.as_str()), to);
    text("why", said.map(|s| s.why.as_str()), to);
    text("source", of.heard.map(|(call, _)| call.source.as_str()), to);
    put(",\"record\":", to);
    match of.heard {
        Some((call, _)) => number::integer(call.record, to),
        None => put("null", to),
    }
    put(",\"evidence\":", to);
    list(said.map_or(&[][..], |s| &s.quotes), to, quote);
    to.push(b'}');
}

fn quote(of: &Quote, to: &mut Vec<u8>) {
    put("{\"turn\":", to);
    match of.turn {
        Some(turn) => number::integer(turn, to),
        None => put("null", to),
    }
    text("speaker", of.speaker.as_deref(), to);
    decimal("start_s", of.start_s, to);
    decimal("end_s", of.end_s, to);
    text("quote", Some(&of.quote), to);
    to.push(b'}');
}

fn left_out(agreement: &Agreement<'_>, of: &LeftOut, to: &mut Vec<u8>) {
    let labels = agreement.labels;
    put("{\"calls_not_read\":", to);
    list(&of.calls, to, |call, to| {
        escape::json(&labels.calls[*call], to);
    });
    put(",\"rules_not_judged\":", to);
    list(&of.rules, to, |(rule, _), to| {
        escape::json(&labels.rules[*rule], to);
    });
    count("verdicts_missing", of.unjudged, to);
    count("labels_without_verdict", labels.blank.len(), to);
    listed("calls_without_labels", &of.unlabelled, to);
    listed("calls_read_again", &of.twice, to);
    to.push(b'}');
}

fn listed(name: &str, of: &Listed, to: &mut Vec<u8>) {
    count(name, of.count, to);
    put(",\"first_", to);
    put(name, to);
    put("\":", to);
    list(&of.first, to, |name, to| escape::json(name, to));
}

fn put(text: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(text.as_bytes());
}

fn key(name: &str, to: &mut Vec<u8>) {
    put(",\"", to);
    put(name, to);
    put("\":", to);
}

fn count(name: &str, value: usize, to: &mut Vec<u8>) {
    key(name, to);
    number::integer(value as u64, to);
}

fn decimal(name: &str, value: Option<f64>, to: &mut Vec<u8>) {
    key(name, to);
    number::optional(value, to);
}

fn text(name: &str, value: Option<&str>, to: &mut Vec<u8>) {
    key(name, to);
    escape::json_optional(value, to);
}

fn flag(name: &str, value: bool, to: &mut Vec<u8>) {
    key(name, to);
    put(if value { "true" } else { "false" }, to);
}

fn list<T>(items: impl IntoIterator<Item = T>, to: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    to.push(b'[');
    for (k, item) in items.into_iter().enumerate() {
        if k > 0 {
            to.push(b',');
        }
        write(item, to);
    }
    to.push(b']');
}
