//! How verdicts are worded: times, lists, the names of sets in a sentence.

use super::context::Context;
use crate::text::scene::Hit;
use crate::text::set::SetId;

/// Seconds as people read them on a player: `0:06.2`, `12:00`, `1:02:03`.
pub fn clock(seconds: f64) -> String {
    let tenths = (seconds.max(0.0) * 10.0).round() as u64;
    let (hours, minutes, rest, tenth) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
    // Digit by digit, which is faster than `format!`: every call has several times.
    let digit = |number: u64| char::from(b'0' + (number % 10) as u8);
    let mut read = String::with_capacity("0:00:00.0".len());
    if hours > 0 {
        read.push_str(&hours.to_string());
        read.push(':');
    }
    if hours > 0 || minutes >= 10 {
        read.push(digit(minutes / 10));
    }
    read.extend([digit(minutes), ':', digit(rest / 10), digit(rest)]);
    if tenth > 0 {
        read.extend(['.', digit(tenth)]);
    }
    read
}

/// What a set is called in a sentence for people who never saw a pack.
pub fn called<'c>(cx: &Context<'c>, set: SetId) -> &'c str {
    &cx.phrases.set(set).called
}

/// "empathy, apology or willingness".
pub fn either(cx: &Context<'_>, sets: &[SetId]) -> String {
    // Two sets may go by one name: people do not hear it twice.
    let mut names: Vec<&str> = Vec::new();
    for &set in sets {
        let name = called(cx, set);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// Where a hit is: `'happy to help' at 0:06.2`, or in which turn where there are no times.
pub fn hit(cx: &Context<'_>, hit: &Hit) -> String {
    match cx.start(hit) {
        Some((at, _)) => ["'", cx.said(hit), "' at ", &clock(at)].concat(),
        None => format!("'{}' in turn {}", cx.said(hit), cx.scene.sentence(hit).turn),
    }
}

/// "1 run", "2 runs".
pub fn many(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_player() {
        for (seconds, read) in [
            (6.2, "0:06.2"),
            (15.0, "0:15"),
            (754.04, "12:34"),
            (59.96, "1:00"),
            (3723.0, "1:02:03"),
            (45_296.0, "12:34:56"),
        ] {
            assert_eq!(clock(seconds), read);
        }
    }
}
