//! How roles are written so that a shell and `--roles` take them as they are meant, whatever the labels are.

use crate::call::Role;
use std::fmt::Write as _;

/// The signs that part what `--roles` reads; in a label each has a `\` before it.
pub const PARTING: [char; 4] = [',', ':', '=', '\\'];

/// The option to type, `--roles "spk_0=agent,spk_1=customer"`. None if nothing is left that can be typed: no line of
/// a terminal holds control characters.
pub fn option<'p>(pairs: impl IntoIterator<Item = (&'p str, Role)>) -> Option<String> {
    let mut map = String::new();
    for (label, role) in pairs {
        let label = label.trim();
        if label.is_empty() || label.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            continue;
        }
        if !map.is_empty() {
            map.push(',');
        }
        for c in label.chars() {
            if PARTING.contains(&c) {
                map.push('\\');
            }
            map.push(c);
        }
        let _ = write!(map, "={role}");
    }
    // Double quotes are those of every shell, but within them some signs still mean something to one or another.
    let plain = |c: char| !matches!(c, '"' | '$' | '`' | '!' | '%');
    let quoted = if map.chars().all(plain) && !map.contains("\\\\") {
        format!("\"{map}\"")
    } else {
        format!("'{}'", map.replace('\'', r"'\''"))
    };
    // A value that begins with a hyphen would be taken for an option.
    let parted = if map.starts_with('-') { '=' } else { ' ' };
    (!map.is_empty()).then(|| format!("--roles{parted}{quoted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_quoted_as_far_as_they_need_it() {
        for (labels, typed) in [
            (["spk_0", "SPEAKER B"], Some(r#"--roles "spk_0=agent,SPEAKER B=customer""#)),
            (["Doe, Jo", "Line: 2"], Some(r#"--roles "Doe\, Jo=agent,Line\: 2=customer""#)),
            (["a=b", "it's"], Some(r#"--roles "a\=b=agent,it's=customer""#)),
            (["$(rm -rf)", "it's"], Some(r"--roles '$(rm -rf)=agent,it'\''s=customer'")),
            (["-1", " 2 "], Some(r#"--roles="-1=agent,2=customer""#)),
            (["CORP\\jo", "\u{1b}[2J"], Some(r"--roles 'CORP\\jo=agent'")),
            (["", "\n"], None),
        ] {
            let [agent, customer] = labels;
            let pairs = [(agent, Role::Agent), (customer, Role::Customer)];
            assert_eq!(option(pairs).as_deref(), typed, "{labels:?}");
        }
    }
}
