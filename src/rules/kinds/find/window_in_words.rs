//! A window in words, for `heard rules explain`.

use super::window::{Anchor, Window};
use super::{Each, Find};
use crate::rules::distance::{Distance, Unit, amount};
use crate::rules::kinds::condition::Paragraph;
use crate::rules::party::Party;
use crate::rules::wording::many;
use crate::text::set::SetId;

impl Window {
    /// Where a rule looks, in words; none where it looks everywhere. `lead` begins the paragraph, `each` is what it is
    /// tested behind, `name` names sets.
    pub fn explain(
        &self,
        lead: &str,
        who: Party,
        each: Option<&Each>,
        name: &dyn Fn(SetId) -> String,
    ) -> Option<Paragraph> {
        let zero = each.map(|each| format!("every hit of {}", any_hit(&each.find, name)));
        let before = each.and_then(|each| each.before);
        let before = before.map_or(String::new(), |d| format!(", and {} before it", amount(d.amount, d.unit)));
        let says_something = *self != Window::default() || zero.is_some();
        says_something.then(|| Paragraph::plain(format!("{lead}: {}{before}.", self.in_words(who, zero, name))))
    }

    /// The window in words. `zero` is what distances count from, if not what the window says.
    fn in_words(&self, who: Party, zero: Option<String>, name: &dyn Fn(SetId) -> String) -> String {
        let from_end = self.bounds().any(|d| d.amount < 0.0 || d.unit == Unit::Percent);
        let zero = zero.unwrap_or_else(|| match &self.after {
            Anchor::Usual if who != Party::Agent || from_end => "the start of the call".to_owned(),
            Anchor::Call => "the start of the call".to_owned(),
            Anchor::Usual | Anchor::FirstAgentWord => "the first human agent word".to_owned(),
            Anchor::First(find) => format!("the first hit of {}", any_hit(find, name)),
            Anchor::Last(find) => format!("the last hit of {}", any_hit(find, name)),
        });
        let counted = |d: Distance| match d.unit {
            Unit::Seconds => format!("{} s", d.amount.abs()),
            Unit::Percent => format!("{} % of the call", d.amount.abs()),
            Unit::Words => format!("{} of {}", many(d.amount.abs() as u64, "word"), who.called()),
            Unit::Runs => format!("{} of {}", many(d.amount.abs() as u64, "run"), who.called()),
        };
        let place = |d: Distance| {
            let much = counted(d);
            match d.unit {
                _ if d.amount < 0.0 => format!("{much} before the end"),
                Unit::Percent => format!("{much} after its start"),
                _ if d.amount == 0.0 => zero.clone(),
                _ => format!("{much} after {zero}"),
            }
        };
        let before = self.before.as_ref().map(|find| {
            let first = any_hit(find, name);
            format!("what comes before the first hit of {first} behind {zero}")
        });
        let within = match (self.from, self.to) {
            (None, None) if before.is_some() => return before.unwrap_or_default(),
            (None, Some(to)) if to.amount >= 0.0 => {
                format!("the first {} from {zero} on", counted(to))
            }
            (Some(from), None) if from.amount < 0.0 => format!("the last {}", counted(from)),
            (from, Some(to)) => {
                format!("from {} up to, but not including, {}", from.map_or_else(|| zero.clone(), place), place(to))
            }
            (from, None) => format!("from {} to the end", from.map_or_else(|| zero.clone(), place)),
        };
        match before {
            Some(before) => format!("{within}, of {before}"),
            None => within,
        }
    }
}

/// The sets of a condition, by name.
fn any_hit(find: &Find, name: &dyn Fn(SetId) -> String) -> String {
    find.sets.iter().map(|&set| name(set)).collect::<Vec<_>>().join(" or ")
}
