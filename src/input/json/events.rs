//! Events as live streams are logged, one a line: those of one call belong together, whichever lines of others came in
//! between.

use serde_json::Value;

use crate::input::ReadError;
use crate::input::format::{JsonFormat, Lines};
use crate::input::json::error::json_error;
use crate::input::json::field::Fields;
use crate::input::json::lines::json_lines;

/// The call that an event names.
pub fn contact(event: &Value) -> Option<String> {
    event.id("ContactId|SessionId|CallId|callId|vendorCallKey").or_else(|| event.id("detail.callId"))
}

/// The events of each call, as a list each, in the order of the calls' first events; none unless events of this
/// format come a line each.
pub fn calls(document: &dyn JsonFormat, bytes: &[u8]) -> Option<Result<Vec<Value>, ReadError>> {
    // A list of turns knows by itself which call each belongs to.
    let streamed = document.lines() == Lines::Events;
    if document.lines() == Lines::Calls || !json_lines(bytes, true) {
        return None;
    }
    let mut calls: Vec<(Option<String>, Vec<Value>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for (k, line) in bytes.split(|b| *b == b'\n').enumerate() {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        let event: Value = match serde_json::from_slice(line) {
            Ok(event) => event,
            Err(e) => return Some(Err(ReadError(format!("line {}: {}", k + 1, json_error(&e))))),
        };
        let contact = contact(&event).filter(|_| streamed);
        let place = *places.entry(contact.clone()).or_insert_with(|| {
            calls.push((contact, Vec::new()));
            calls.len() - 1
        });
        calls[place].1.push(event);
    }
    // Events that name nobody belong to the call, if it is the only one.
    if let [(None, _), (Some(_), _)] | [(Some(_), _), (None, _)] = calls.as_slice() {
        let first = calls.remove(0);
        let both = &mut calls[0].1;
        let later = std::mem::replace(both, first.1);
        both.extend(later);
    }
    Some(Ok(calls.into_iter().map(|(_, events)| Value::Array(events)).collect()))
}
