//! Why a sentence has its tags: the words, the phrase that found them, and what the learned weights made of it.

use super::View;
use crate::call::Call;
use crate::output::layout::{BOLD, PLAIN, Page};
use crate::output::terminal;
use crate::text::model::LEARNED;
use crate::text::scene::{Hit, Scene};
use crate::text::set::SetId;
use crate::text::weigh::Weighed;
use anstyle::Style;

/// So many of the words that weigh are shown.
const HEAVIEST: usize = 6;
/// Columns before what explains a tag.
const HANG: usize = 6;
/// Alternatives of a phrase that are shown without a need.
const FEW: usize = 3;

impl View<'_> {
    /// Why sentences have their tags: every hit with its words, the phrase that found them and the set, and for learned
    /// sets the words that weighed most; `weighed` is told a sentence.
    pub fn why(&self, call: &Call, scene: &Scene, weighed: &[Vec<Weighed>], to: &mut Vec<u8>) {
        let mut page = Page::new(to, self.width, self.color);
        for (n, sentence) in scene.sentences.iter().enumerate() {
            let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
            let quoted = format!("\"{}\"", terminal(text.trim()));
            page.paragraph(0, (PLAIN, ""), 1, (PLAIN, &quoted));
            let mut any = false;
            for &set in &self.shown {
                let sums = weighed.get(n).and_then(|w| w.iter().find(|w| w.set == set));
                for hit in scene.hits(set).iter().filter(|h| h.sentence as usize == n) {
                    any = true;
                    self.found(&mut page, call, scene, hit, sums);
                }
                for hit in sums.iter().flat_map(|w| &w.dropped) {
                    any = true;
                    self.dropped(&mut page, call, scene, hit, sums);
                }
            }
            if !any {
                page.paragraph(2, (PLAIN, ""), 2, (PLAIN, "no tag"));
            }
        }
    }

    fn found(&self, page: &mut Page<'_>, call: &Call, scene: &Scene, hit: &Hit, sums: Option<&Weighed>) {
        let words = self.title(page, call, scene, hit, "");
        if hit.entry == LEARNED {
            if let Some(sums) = sums {
                let over = sums.total - sums.add;
                let says = format!("by learned weights, {over} over the sum from which they tag:");
                page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &says));
                heaviest(page, sums);
            }
            return;
        }
        let phrase = match self.written(hit.set, hit.entry) {
            Some(written) => shortened(written, words, 2 * page.width()),
            None => "the engine itself".to_owned(),
        };
        let by = format!("by {phrase}");
        page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &by));
        if let Some(sums) = sums {
            let over = sums.total - sums.add;
            let says = match over {
                0.. => format!("learned weights agree, {over} over the sum from which they tag:"),
                _ => "a phrase of your own counts, whatever learned weights say:".to_owned(),
            };
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &says));
            heaviest(page, sums);
        }
    }

    /// A find of a phrase that the weights took away.
    fn dropped(&self, page: &mut Page<'_>, call: &Call, scene: &Scene, hit: &Hit, sums: Option<&Weighed>) {
        let words = self.title(page, call, scene, hit, "no ");
        let phrase = self.written(hit.set, hit.entry).unwrap_or_default();
        let phrase = shortened(phrase, words, 2 * page.width());
        let by = format!("though found by {phrase}");
        page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &by));
        if let Some(sums) = sums {
            let under = sums.add - sums.total;
            let says = format!("learned weights overrule it, {under} under the sum to tag from:");
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &says));
            heaviest(page, sums);
        }
    }

    /// The tag with the words it rests on; gives these.
    fn title<'c>(&self, page: &mut Page<'_>, call: &'c Call, scene: &Scene, hit: &Hit, lead: &str) -> &'c str {
        let bytes = scene.bytes(hit);
        let words = &call.text()[bytes.start as usize..bytes.end as usize];
        let name = format!("{lead}{}:", self.phrases.name(hit.set));
        let style: Style = if lead.is_empty() { BOLD } else { Style::new().dimmed() };
        let said = format!("'{}'", terminal(words));
        page.paragraph(2, (style, &name), HANG, (PLAIN, &said));
        words
    }

    fn written(&self, set: SetId, entry: u32) -> Option<&str> {
        let entries = &self.phrases.sets()[usize::from(set)].entries;
        entries.get(entry as usize).map(|e| &*e.written)
    }
}

/// The words that weighed most, with their weights in thousandths.
fn heaviest(page: &mut Page<'_>, sums: &Weighed) {
    for (feature, weight) in sums.parts.iter().take(HEAVIEST) {
        let lead = format!("{weight:>+5}");
        page.paragraph(HANG + 2, (PLAIN, &lead), HANG + 9, (PLAIN, feature));
    }
    let bias = sums.total - sums.parts.iter().map(|(_, w)| w).sum::<i32>();
    let lead = format!("{bias:>+5}");
    page.paragraph(HANG + 2, (PLAIN, &lead), HANG + 9, (PLAIN, "to begin with"));
    let more = sums.parts.len().saturating_sub(HEAVIEST);
    if more > 0 {
        let rest: i32 = sums.parts.iter().skip(HEAVIEST).map(|(_, w)| w).sum();
        let (lead, told) = (format!("{rest:>+5}"), format!("{more} more"));
        page.paragraph(HANG + 2, (PLAIN, &lead), HANG + 9, (PLAIN, &told));
    }
}

/// A phrase as it is written; one of very many alternatives with those that found the words.
fn shortened(written: &str, found: &str, room: usize) -> String {
    if written.chars().count() <= room {
        return terminal(written).into_owned();
    }
    let found = found.to_lowercase();
    let said: Vec<&str> = found.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let mut short = String::new();
    let mut rest = written;
    while let Some(open) = rest.find(['(', '[']) {
        let (before, group) = rest.split_at(open);
        short.push_str(before);
        let end = closing(group);
        let alternatives = alternatives(&group[1..end]);
        let has = |a: &&&str| a.starts_with('<') || a.split(' ').next().is_some_and(|word| said.contains(&word));
        let few = alternatives.len() <= FEW;
        let shown: Vec<&str> = match alternatives.iter().filter(|a| few || has(a)).copied() {
            some if some.clone().next().is_some() => some.collect(),
            _ => alternatives.iter().take(1).copied().collect(),
        };
        short.push_str(&group[..1]);
        short.push_str(&shown.join("|"));
        short.push_str(if shown.len() < alternatives.len() { "|…" } else { "" });
        short.push_str(&group[end..(end + 1).min(group.len())]);
        rest = &group[(end + 1).min(group.len())..];
    }
    short.push_str(rest);
    terminal(&short).into_owned()
}

/// Where the group that begins here is closed.
fn closing(group: &str) -> usize {
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    group.len()
}

/// The alternatives of a group, those of groups within it left together.
fn alternatives(inside: &str) -> Vec<&str> {
    let (mut depth, mut from, mut all) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '|' if depth == 0 => {
                all.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&inside[from..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_of_many_alternatives_shows_those_that_found() {
        let written =
            "(understand|see|hear|know) [just|exactly] (how|why|that|what) (<bad>|hard (on|for) you|sad|awful)";
        assert_eq!(shortened(written, "hear how sad", 200), written);
        assert_eq!(shortened(written, "hear how sad", 20), "(hear|…) [just|exactly] (how|…) (<bad>|sad|…)");
    }

    #[test]
    fn a_group_that_nothing_closes_is_shown_as_it_stands() {
        assert_eq!(shortened("say (a|b", "x", 3), "say (a|b");
    }
}
