//! Limits as packs write them: times with their unit, other figures as plain numbers.

use super::Quantity;
use crate::rules::distance::{DISTANCE_HELP, Distance, Unit};
use crate::rules::pack::reader::Table;

/// Reads a limit: seconds with their unit, other figures as plain numbers.
pub(super) fn limit(table: &Table<'_, '_>, key: &'static str, quantity: Quantity) -> Option<f64> {
    let value = table.get(key)?;
    let seconds = matches!(quantity, Quantity::ReplyGap | Quantity::Overlap | Quantity::Silence | Quantity::Duration);
    if seconds {
        let found = value.get_ref().as_str().and_then(Distance::parse).filter(|d| d.unit == Unit::Seconds);
        if found.is_none() {
            table.wrong(value.span(), format!("`{key}` is in seconds here"), DISTANCE_HELP);
        }
        return found.map(|d| d.amount);
    }
    let text = value
        .get_ref()
        .as_integer()
        .map(toml::de::DeInteger::as_str)
        .or_else(|| value.get_ref().as_float().map(toml::de::DeFloat::as_str));
    let found = text.and_then(|t| t.parse::<f64>().ok()).filter(|n| n.is_finite());
    if found.is_none() {
        table.wrong(value.span(), format!("`{key}` is a plain number here"), "min = 1, max = 1.25");
    }
    found
}
