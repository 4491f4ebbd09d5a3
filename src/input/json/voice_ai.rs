//! Roles in the output of voice-AI agents: there the user is the customer and the agent is a machine.

use crate::call::Role;

/// The role of a role word of a voice-AI product; none for prompts, tools and their results, which nobody says.
pub fn role(stated: &str) -> Option<Role> {
    let lower = stated.trim().to_ascii_lowercase();
    match lower.as_str() {
        "assistant" | "agent" | "bot" | "ai" | "model" | "gpt" | "chatbot" => Some(Role::Bot),
        "user" | "human" | "customer" | "caller" => Some(Role::Customer),
        // A person the machine handed over to.
        "transfer_target" | "human_agent" => Some(Role::Agent),
        "system" | "developer" | "function" => None,
        other if other.starts_with("tool") || other.starts_with("function") => None,
        _ => Some(Role::Unknown),
    }
}

/// Whether this is a word for what nobody says.
pub fn nobody(stated: &str) -> bool {
    role(stated).is_none()
}
