//! The words by which labels name a role, in lower case, without numbers.

/// Somebody on the company's side.
#[rustfmt::skip]
pub const AGENT: &[&str] = &[
    "account executive", "account manager", "advisor", "adviser", "ae", "agent", "agt", "assistant manager", "associate",
    "attendant", "call center agent", "call centre agent", "clerk", "consultant", "csr", "customer care",
    "customer care agent", "customer rep", "customer representative", "customer service", "customer service agent",
    "customer service rep", "customer service representative", "customer support", "customer support agent",
    "dispatcher", "employee", "help desk", "helpdesk", "host", "internal", "manager", "member services", "operator",
    "receptionist", "rep", "representative", "salesman", "salesperson", "sales", "sales rep", "sdr", "service agent",
    "specialist", "staff", "supervisor", "support", "support agent", "support specialist", "team lead", "team leader",
    "tech support", "technical support", "technician", "teammate",
];
/// The caller.
#[rustfmt::skip]
pub const CUSTOMER: &[&str] = &[
    "account holder", "buyer", "caller", "cardholder", "claimant", "client", "consumer", "cus", "cust", "customer", "cx", "end user",
    "enduser", "external", "guest", "member", "passenger", "patient", "policyholder", "prospect", "resident",
    "shopper", "subscriber", "tenant", "traveler", "traveller", "visitor",
];
/// A machine.
#[rustfmt::skip]
pub const BOT: &[&str] = &[
    "ai agent", "ai assistant", "assistant", "auto attendant", "auto reply", "automated agent", "automated message",
    "automated system", "automated voice", "bot", "chat bot", "chatbot", "custom bot", "ivr", "ivr system",
    "recorded message", "recorded voice", "robot", "virtual agent", "virtual assistant", "voice agent", "voice bot",
    "voicebot", "voicemail",
];
/// Labels of lines that nobody says.
pub const NOBODY: &[&str] = &[
    "action", "hold music", "music", "narration", "narrator", "scene", "stage direction", "stage directions", "system",
    "system message", "whisper",
];
/// Last words that make a role of whatever stands before: "PA Agent", "Retention Specialist", "Angry Customer".
pub const AGENT_ENDS: &[&str] = &["agent", "rep", "representative", "advisor", "adviser", "specialist", "supervisor"];
/// The same for the caller.
pub const CUSTOMER_ENDS: &[&str] = &["customer", "caller", "client", "prospect"];
