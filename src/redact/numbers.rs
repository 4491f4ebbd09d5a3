//! Numbers as they are said: "four", "oh", "double four", "forty-two", "fourteenth", and the words that stand between
//! the digits of one.

/// Digits as they are spoken one by one, by their values.
pub fn spoken_digit(word: &str) -> Option<u8> {
    Some(match word {
        "zero" | "oh" | "o" | "nought" | "naught" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" | "niner" => 9,
        _ => return None,
    })
}

/// What speech recognition writes for a digit that sounds the same.
pub(super) fn sounds_like(word: &str) -> Option<u8> {
    Some(match word {
        "won" => 1,
        "to" | "too" => 2,
        "for" | "fore" => 4,
        "ate" => 8,
        _ => return None,
    })
}

/// Numbers from ten to nineteen.
pub(super) fn teen(word: &str) -> Option<u8> {
    const TEENS: [&str; 10] =
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    TEENS.iter().position(|teen| *teen == word).map(|k| 10 + k as u8)
}

/// Twenty to ninety.
pub(super) fn tens(word: &str) -> Option<u8> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let word = if word == "fourty" { "forty" } else { word };
    TENS.iter().position(|tens| *tens == word).map(|k| 20 + 10 * k as u8)
}

/// How often the next digit counts: "double", "triple".
pub(super) fn times(word: &str) -> Option<usize> {
    match word {
        "double" => Some(2),
        "triple" | "treble" => Some(3),
        _ => None,
    }
}

/// "First" to "nineteenth", and the tens.
pub(super) fn ordinal(word: &str) -> Option<u8> {
    const ORDINALS: [&str; 20] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
        "twentieth",
    ];
    let tenth = if word == "thirtieth" { Some(30) } else { None };
    ORDINALS.iter().position(|o| *o == word).map(|k| k as u8 + 1).or(tenth)
}

/// The months, also cut short.
pub(super) fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    let short = |month: &&str| word.len() == 3 && month.starts_with(word) || word == "sept" && *month == "september";
    MONTHS.iter().position(|m| *m == word || short(m)).map(|k| k as u8 + 1)
}

/// Words that stand between the digits of one number: hesitation, repair, names of marks.
pub(super) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "um" | "uh"
            | "umm"
            | "uhh"
            | "er"
            | "erm"
            | "err"
            | "ah"
            | "eh"
            | "hmm"
            | "mm"
            | "mhm"
            | "hm"
            | "uhm"
            | "like"
            | "so"
            | "okay"
            | "ok"
            | "yeah"
            | "yes"
            | "yep"
            | "right"
            | "then"
            | "and"
            | "no"
            | "nope"
            | "sorry"
            | "wait"
            | "space"
            | "dash"
            | "hyphen"
            | "stroke"
            | "slash"
            | "followed"
            | "by"
            | "again"
            | "that's"
            | "mean"
            | "well"
            | "say"
            | "i"
            | "actually"
            | "let"
            | "me"
            | "see"
            | "you"
            | "know"
            | "plus"
            | "make"
            | "it"
            | "that"
            | "is"
    )
}

/// What is counted or measured: a short number before it is not one that tells who somebody is.
pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "pound"
            | "dollar"
            | "euro"
            | "rupee"
            | "rand"
            | "quid"
            | "pence"
            | "penny"
            | "cent"
            | "buck"
            | "lakh"
            | "crore"
            | "percent"
            | "per"
            | "second"
            | "minute"
            | "min"
            | "hour"
            | "day"
            | "week"
            | "month"
            | "year"
            | "night"
            | "mile"
            | "kilometre"
            | "kilometer"
            | "meter"
            | "metre"
            | "kilo"
            | "gram"
            | "kg"
            | "km"
            | "gb"
            | "mb"
            | "gigabyte"
            | "megabyte"
            | "gig"
            | "meg"
            | "kilowatt"
            | "kwh"
            | "unit"
            | "litre"
            | "gallon"
            | "degree"
            | "item"
            | "people"
            | "person"
            | "time"
            | "o'clock"
            | "am"
            | "pm"
            | "a.m"
            | "p.m"
            | "thousand"
            | "million"
            | "billion"
            | "hundred"
            | "point"
            | "mile "
            | "step"
            | "page"
            | "copy"
            | "copie"
            | "piece"
            | "box"
            | "boxe"
            | "pack"
            | "bag"
            | "call"
            | "agent"
            | "customer"
            | "gbp"
            | "usd"
            | "eur"
            | "inr"
            | "zar"
            | "aud"
            | "cad"
            | "pkr"
            | "watt"
            | "volt"
            | "inch"
            | "inche"
            | "foot"
            | "feet"
            | "ton"
            | "tonne"
            | "stop"
            | "mbp"
            | "review"
            | "seat"
            | "ticket"
    )
}

/// Whether a word is any number, for dates and house numbers.
pub(super) fn is_number_word(word: &str) -> bool {
    spoken_digit(word).is_some()
        || teen(word).is_some()
        || tens(word).is_some()
        || times(word).is_some()
        || matches!(word, "hundred" | "thousand")
}
