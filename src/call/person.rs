//! A person's name as files write it: "Jo Smith", "JO SMITH", "Smith, Jo"; and what stands where nobody knows one.

/// What may stand before a last name.
pub const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "dr", "mister", "missus", "doctor", "prof", "professor", "sir", "madam", "ma'am"];

/// What files write where they have no name. A name of such words alone is none; "Guest" beside another word is one.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "a", "agent", "anonymised", "anonymized", "anonymous", "available", "blocked", "caller", "cell", "client", "consumer", "contact", "customer", "default", "end",
    "external", "free", "given", "guest", "hidden", "id", "masked", "member", "n", "na", "name", "new", "nil", "no", "none", "not", "null", "number", "participant",
    "patient", "person", "phone", "private", "provided", "redacted", "removed", "restricted", "speaker", "subscriber", "tbc", "tbd", "test", "the", "toll",
    "unassigned", "unavailable", "undefined", "unknown", "unspecified", "user", "vip", "visitor", "web", "wireless", "withheld",
];

/// Whether this stands where a name is not known: "Unknown", "N/A", "None", "-".
pub fn is_placeholder(full: &str) -> bool {
    let words = || full.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    // A letter alone may be somebody's id.
    full.chars().count() > 1 && words().all(|w| NO_NAMES.contains(&w.to_lowercase().as_str()))
        || !full.chars().any(char::is_alphanumeric)
}

/// The parts of a full name in lower case, the first name first, without titles and initials. None for what is no
/// name: a number, an e-mail address, a handle, "Unknown".
pub fn parts(full: &str) -> Vec<String> {
    let mut parts = all_parts(full);
    parts.retain(|p| p.chars().count() > 1 && !TITLES.contains(&&**p));
    parts
}

fn all_parts(full: &str) -> Vec<String> {
    let odd = |c: char| c.is_ascii_digit() || "@_[]#/*<>{}".contains(c);
    if full.chars().any(odd) {
        return Vec::new();
    }
    // "Smith, Jo": the last name is put behind the others.
    let (first, last) = match full.split_once(',') {
        Some((last, first)) if !first.contains(',') => (first, last),
        _ => (full, ""),
    };
    let between = |c: char| c.is_whitespace() || ",.-()".contains(c);
    let pieces = [first, last].into_iter().flat_map(|part| part.split(between));
    let parts: Vec<String> =
        pieces.map(|piece| piece.to_lowercase().replace('\u{2019}', "'")).filter(|piece| !piece.is_empty()).collect();
    if parts.iter().all(|p| NO_NAMES.contains(&&**p)) {
        return Vec::new();
    }
    parts
}

/// One key for all ways to write a name; what is no name is its own key.
pub fn key(full: &str) -> String {
    let mut all = all_parts(full);
    if all.is_empty() {
        return full.to_owned();
    }
    // "Mr Adams" without the title might be anybody whose first name is Adams.
    let is_name = |p: &&String| !TITLES.contains(&p.as_str());
    if all.iter().filter(is_name).count() > 1 {
        all.retain(|p| is_name(&p));
    }
    all.join(" ")
}

/// Whether the name behind one key may be short for that behind another: "jo" for "jo smith".
pub fn is_first_name_of(short: &str, long: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')) && !short.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_parts_however_it_is_written() {
        for full in ["Jo Smith", "JO SMITH", "Smith, Jo", "Ms. Jo Smith", "jo  smith ", "Jo B. Smith"] {
            assert_eq!(parts(full), ["jo", "smith"], "{full}");
        }
        assert_eq!(parts("Eluned Parry-Jones"), ["eluned", "parry", "jones"]);
        assert_eq!(parts("Mr. B"), [""; 0]);
        assert_eq!(parts("Anne O\u{2019}Neill"), ["anne", "o'neill"]);
    }

    #[test]
    fn what_stands_where_nobody_knows_a_name_is_none() {
        for none in [
            "", " ", "Customer", "UNKNOWN", "N/A", "n.a.", "Guest", "Anonymous caller", "4417", "agent_7",
            "+44 20 7946 0000", "jo@mail.example", "@handle", "[NAME]", "Wireless Caller", "Customer 1", "null",
        ] {
            assert_eq!(parts(none), [""; 0], "{none}");
        }
        assert_eq!(parts("Judith Guest"), ["judith", "guest"]);
    }

    #[test]
    fn one_agent_written_in_many_ways_is_one() {
        for one in ["Jo Smith", "JO SMITH", "Smith, Jo", "jo smith", "Ms Jo Smith"] {
            assert_eq!(key(one), "jo smith", "{one}");
        }
        assert!(is_first_name_of("jo", "jo smith"));
        assert!(!is_first_name_of("jo", "joanne smith"));
        // A title and a last name may be any Adams; numbers and addresses are their own.
        assert!(!is_first_name_of(&key("Mr Adams"), "mr adams oyelaran"));
        assert_eq!(key("Agent 12"), "Agent 12");
    }
}
