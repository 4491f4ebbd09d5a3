//! How much the name of a key, or the title of a column, says of what it holds.

/// How surely a title of a call's id names the call: a ticket has several calls, and `id` may be anybody's.
pub fn id_rank(title: &str) -> u8 {
    let key: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
    match key.to_ascii_lowercase().as_str() {
        "id" | "uuid" | "guid" => 1,
        "ticketid" => 2,
        "call" | "callid" => 4,
        _ => 3,
    }
}

/// How surely a title of a side holds a name: `agent_name` before `agent`, and both before `agent_id`.
pub fn name_rank(title: &str) -> u8 {
    let key: String = title.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = key.to_ascii_lowercase();
    if key.ends_with("name") { 2 } else { u8::from(!key.ends_with("id")) }
}
