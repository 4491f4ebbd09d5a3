//! What the fields around a transcript tell of its call, by the same names as a table's columns have.

use serde_json::Value;

use crate::input::json::builder::CallBuilder;
use crate::input::json::field::{Fields, number};
use crate::input::json::time::{self, At};
use crate::input::table::{Column, column as table_column, id_rank, name_rank};

/// Takes the metadata of an object, and of objects in it called so, into the call; what is known already stays.
pub fn metadata(object: &Value, builder: &mut CallBuilder<'_>) {
    scalars(object, builder);
    for inner in ["metadata", "meta", "info", "call", "conversation_info", "header", "details"] {
        if object.at(inner).is_object() {
            scalars(object.at(inner), builder);
            people(object.at(inner), builder);
        }
    }
    people(object, builder);
}

/// The names of the two sides where each is an object of its own: `"agent": {"id": 7, "name": "Jo"}`.
fn people(object: &Value, builder: &mut CallBuilder<'_>) {
    for (side, inner) in object.as_object().into_iter().flatten().filter(|(_, inner)| inner.is_object()) {
        let place = match table_column(side) {
            Column::Agent => &mut builder.call().agent,
            Column::Customer => &mut builder.call().customer,
            _ => continue,
        };
        let both = || Some(format!("{} {}", inner.text("firstName|first_name")?, inner.text("lastName|last_name")?));
        let name = inner.id("name|fullName|full_name|displayName|display_name").or_else(both);
        *place = place.take().or(name);
    }
}

fn scalars(object: &Value, builder: &mut CallBuilder<'_>) {
    let Some(fields) = object.as_object() else {
        return;
    };
    // A key that says of what the id is goes before one that does not; within one object the last of equals.
    let (mut ended, mut best, mut ticket) = (None, 0, None);
    for (key, value) in fields {
        let own = object.id(key);
        let column = match table_column(key) {
            // Around a transcript, a time is the call's own.
            Column::Start(_) => Column::Started,
            column => column,
        };
        // Of an agent's id and name, the name is what people know them by; the id is kept beside it.
        let outranked = matches!(column, Column::Agent | Column::Customer)
            && fields.iter().any(|(other, value)| {
                table_column(other) == column
                    && name_rank(other) > name_rank(key)
                    && !value.is_null()
                    && !value.is_object()
            });
        match (if outranked { Column::Other } else { column }, own) {
            (Column::Call, Some(id)) => {
                let rank = id_rank(key);
                let call = builder.call();
                if call.id.is_empty() || rank >= best {
                    call.id.clone_from(&id);
                    best = rank;
                }
                if rank == id_rank("ticket_id") {
                    ticket = Some((key, id));
                }
            }
            (Column::Agent, Some(name)) => _ = builder.call().agent.get_or_insert(name),
            (Column::Customer, Some(name)) => _ = builder.call().customer.get_or_insert(name),
            (Column::Queue, Some(name)) => _ = builder.call().queue.get_or_insert(name),
            (Column::Language, Some(name)) => _ = builder.call().language.get_or_insert(name),
            (Column::Started, Some(_)) => {
                if let Some(moment) = time::moment(value) {
                    builder.call().started.get_or_insert(moment);
                }
            }
            (Column::End(_), Some(_)) => ended = value.as_str().and_then(time::date),
            (Column::Duration(unit), Some(_)) => {
                let seconds = number(value).map(|n| n * unit).or_else(|| match time::written(value.as_str()?)? {
                    At::Offset(seconds) | At::Clock(seconds) => Some(seconds),
                    _ => None,
                });
                if builder.call().stated_duration.is_none() {
                    builder.call().stated_duration = seconds;
                }
            }
            (Column::Other, Some(value)) if value.len() <= 300 => {
                builder.call().meta.entry(key.clone()).or_insert(Value::String(value));
            }
            _ => {}
        }
    }
    if let Some((key, id)) = ticket.filter(|(_, id)| *id != builder.call().id) {
        builder.call().meta.entry(key.clone()).or_insert(Value::String(id));
    }
    // Both ends say how long it was without a unit to be wrong about.
    let started = builder.call().started.as_deref().and_then(time::date);
    if let (Some(from), Some(to)) = (started, ended)
        && (0.0..86_400.0).contains(&(to - from))
    {
        builder.call().stated_duration = Some(to - from);
    }
}
