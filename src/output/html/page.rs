//! What stands around the calls of a page: its head with the policy that keeps it from asking anything of a network, the
//! sections in their order, the parts that the script fills.

use super::figures::{Figures, Outside, calls};
use super::kept::Shown;
use super::{data, summary};
use crate::output::Setup;
use crate::report::rollup::RollUp;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How it looks.
const STYLE: &str = concat!(
    include_str!("assets/page.css"),
    include_str!("assets/summary.css"),
    include_str!("assets/calls.css"),
    include_str!("assets/print.css")
);

/// What it does. One function, so that nothing is left in the page for others to call.
const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/timeline.js"),
    include_str!("assets/transcript.js"),
    include_str!("assets/answers.js"),
    include_str!("assets/call.js"),
    include_str!("assets/list.js"),
    include_str!("assets/main.js"),
    "})();\n"
);

/// What stands behind the rows.
pub(super) const AFTER_ROWS: &str = "</script>\n";

/// What the script knows of the report.
#[derive(Serialize)]
struct Report<'s> {
    rules: Vec<Rule<'s>>,
    scripts: bool,
}

#[derive(Serialize)]
struct Rule<'s> {
    id: &'s str,
    title: &'s str,
    section: Option<&'s str>,
    severity: &'static str,
    weight: u32,
    advice: &'s str,
    source: &'s str,
}

/// All that stands before the first call.
pub(super) fn head(setup: &Setup) -> String {
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let rules = setup.rules.iter().map(|head| Rule {
        id: &head.id,
        title: &head.title,
        section: head.section.as_deref(),
        severity: head.severity.as_str(),
        weight: head.weight,
        advice: &head.advice,
        source: &head.source,
    });
    let mut report = Vec::new();
    data::in_page(&Report { rules: rules.collect(), scripts: setup.check.is_some() }, &mut report);
    let report = String::from_utf8(report).unwrap_or_default();
    let what = if setup.check.is_some() { "Call scripts" } else { "Calls" };
    let head = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                // By this a later run knows its own report.
                meta name="generator" content="heard";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (what) ": a report of heard" }
                style { (PreEscaped(STYLE)) }
            }
        }
    };
    // The elements stay open until the foot closes them.
    let head = head.into_string();
    let head = head.strip_suffix("</html>").unwrap_or(&head);
    format!(
        "{head}\n<body>\n<script type=\"application/json\" id=\"report\">{report}</script>\n\
         <script type=\"application/json\" id=\"rows\">\n"
    )
}

/// All that stands behind the calls.
pub(super) fn foot(setup: &Setup, rollup: &RollUp, shown: &Shown) -> String {
    let figures = Figures { setup, rollup, listed: shown.listed > 0 };
    let page = html! {
        @if shown.listed > 0 { a.skip href="#calls" { "Skip to the " (calls(setup).1) } }
        (summary::header(&figures))
        main {
            (summary::sections(&figures))
            @if shown.listed > 0 {
                (list(setup, shown))
            }
        }
        footer { (about(setup)) }
        script { (PreEscaped(SCRIPT)) }
    };
    format!("{}\n</body>\n</html>\n", page.into_string())
}

/// The list of calls with what chooses among them; the script fills it.
fn list(setup: &Setup, shown: &Shown) -> Markup {
    let (one, many) = calls(setup);
    let left = shown.calls - shown.whole;
    html! {
        section #calls aria-labelledby="calls-title" {
            h2 #calls-title tabindex="-1" { @if setup.check.is_some() { "Every path" } @else { "Every call" } }
            @if left > 0 {
                p.note {
                    "The worst and the best, " (shown.whole) " of " (shown.calls) " " (many) ", open with their transcripts; \
                     the others are listed. More open with " code { "--html-calls N" } "."
                }
            }
            noscript {
                p.note { "The list of " (many) " needs a browser that runs the script of this page. The figures above do not." }
            }
            form #filter role="search" aria-label={ "Choose " (many) } {
                label.wide { "Search" input #search type="search" autocomplete="off" placeholder="words, names, ids"; }
                label { "Agent" select #agent { option value="" { "any" } } }
                label { "Queue" select #queue { option value="" { "any" } } }
                label { "Rule" select #rule { option value="" { "any" } } }
                label { "Verdict"
                    select #verdict {
                        option value="" { "any" }
                        option value="f" { "fail" }
                        option value="p" { "pass" }
                        option value="a" { "not applicable" }
                        option value="s" { "not scorable" }
                    }
                }
                fieldset {
                    legend { "Score" }
                    input #lowest type="number" min="0" max="100" step="1" placeholder="0" aria-label="Lowest score";
                    span aria-hidden="true" { "to" }
                    input #highest type="number" min="0" max="100" step="1" placeholder="100" aria-label="Highest score";
                }
                label { "Order"
                    select #order {
                        option value="worst" { "lowest score first" }
                        option value="best" { "highest score first" }
                        option value="place" { "as they were read" }
                        option value="newest" { "newest first" }
                        option value="longest" { "longest first" }
                        option value="agent" { "by agent" }
                    }
                }
                div.buttons {
                    button #clear type="reset" { "Clear" }
                    button #help type="button" aria-haspopup="dialog" { "Keys" }
                }
            }
            p #count role="status" {}
            ol #list data-one=(one) data-many=(many) {}
            button #more type="button" hidden { "Show more" }
            (keys(one))
            (answers())
        }
    }
}

fn keys(one: &str) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { "Keys" }
            dl {
                div { dt { kbd { "/" } } dd { "search" } }
                div { dt { kbd { "j" } " " kbd { "k" } } dd { "next, previous " (one) } }
                div { dt { kbd { "Enter" } } dd { "open or close the " (one) } }
                div { dt { kbd { "n" } " " kbd { "p" } } dd { "next, previous marked sentence of the open " (one) } }
                div { dt { kbd { "Esc" } } dd { "back to the title of the " (one) } }
                div { dt { kbd { "?" } } dd { "this list" } }
            }
            label.check { input #single type="checkbox" checked; " Keys of one letter work" }
            form method="dialog" { button { "Close" } }
        }
    }
}

fn answers() -> Markup {
    html! {
        form #answers aria-label="Your answers" hidden {
            p #answered role="status" {}
            label { "Your name" input #grader type="text" autocomplete="name" maxlength="80"; }
            button type="submit" { "Save labels.csv" }
            p #doubles.note hidden {}
        }
    }
}

fn about(setup: &Setup) -> Markup {
    let by = &setup.by;
    html! {
        p {
            "heard judges words, not feelings: a verdict says that listed words were or were not found, and shows where. No \
             verdict decides about a person. It infers no emotions of agents, which the European Union forbids at work. \
             It hears no voices: tone and pace of voice are for people to judge."
        }
        p { "Made by heard " (by.version) " with " code { (Outside(&by.packs)) } ", detectors: " (by.detectors) "." }
    }
}

/// A source for the policy: the hash of what stands between the tags.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([0; 2].iter()).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for k in 0..4 {
            let letter = LETTERS[bits >> (18 - 6 * k) & 63];
            text.push(if k > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_browsers() {
        // As `printf %s 'alert(1)' | openssl sha256 -binary | base64` has it.
        assert_eq!(hash("alert(1)"), "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
        assert_eq!([base64(b"a"), base64(b"ab"), base64(b"abc")], ["YQ==", "YWI=", "YWJj"]);
    }

    #[test]
    fn nothing_in_the_page_ends_its_script_or_style() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !SCRIPT.contains("eval("));
        assert!(!STYLE.contains("</") && !STYLE.contains("url(") && !STYLE.contains("@import"));
        for sink in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "http:", "https:", "new Function"]
        {
            let only_names = SCRIPT.replace("http://www.w3.org/2000/svg", "");
            assert!(!only_names.contains(sink), "{sink}");
        }
    }
}
