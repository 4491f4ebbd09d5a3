//! The parties of a call, as rules name them with `who`.

use crate::call::Role;

/// Whose words a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Party {
    /// The agents'.
    Agent,
    /// The customers'.
    Customer,
    /// The machines'.
    Bot,
    /// Everybody's.
    #[default]
    Any,
}

impl Party {
    /// All of them by the word that packs use.
    pub const ALL: [(&'static str, Party); 4] =
        [("agent", Party::Agent), ("customer", Party::Customer), ("bot", Party::Bot), ("any", Party::Any)];

    /// The one role, if it is one.
    pub const fn role(self) -> Option<Role> {
        match self {
            Party::Agent => Some(Role::Agent),
            Party::Customer => Some(Role::Customer),
            Party::Bot => Some(Role::Bot),
            Party::Any => None,
        }
    }

    /// Whether it means a role.
    pub fn is(self, role: Role) -> bool {
        self.role().is_none_or(|own| own == role)
    }

    /// In a sentence: "the agent".
    pub const fn called(self) -> &'static str {
        match self {
            Party::Agent => "the agent",
            Party::Customer => "the customer",
            Party::Bot => "the bot",
            Party::Any => "anybody",
        }
    }
}
