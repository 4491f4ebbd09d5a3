//! Made-up secrets, each with the check digits that it needs, as they are written, said and recognised.

/// A generator of numbers that gives the same ones everywhere (`SplitMix64`).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Digits, the first of them among some.
    pub fn digits(&mut self, first: &str, count: usize) -> String {
        let firsts: Vec<char> = first.chars().collect();
        let mut digits = String::from(firsts[self.below(firsts.len())]);
        while digits.len() < count {
            digits.push(char::from(b'0' + self.below(10) as u8));
        }
        digits
    }
}

/// The form that a transcript has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Clean,
    Verbatim,
    Raw,
}

impl Form {
    pub const ALL: [Form; 3] = [Form::Clean, Form::Verbatim, Form::Raw];

    pub fn name(self) -> &'static str {
        match self {
            Form::Clean => "clean",
            Form::Verbatim => "verbatim",
            Form::Raw => "raw",
        }
    }
}

fn with_last(mut digits: String, fits: impl Fn(&str) -> bool) -> String {
    for last in '0'..='9' {
        digits.push(last);
        if fits(&digits) {
            return digits;
        }
        digits.pop();
    }
    String::new()
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(k, d)| {
            let d = u32::from(d - b'0') << (k % 2);
            d / 10 + d % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

fn weighed(digits: &str, weights: &[u32]) -> u32 {
    digits.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum()
}

/// Verhoeff's check, by the permutation alone: the group is written out as turns and flips of a pentagon.
fn verhoeff(digits: &str) -> bool {
    let turn = |d: u8, times: usize| (0..times).fold(d, |d, _| [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][d as usize]);
    let product = |a: u8, b: u8| {
        let (flip, n) = (a / 5, a % 5);
        let turned = if flip == 0 { (n + b % 5) % 5 } else { (n + 5 - b % 5) % 5 };
        turned + 5 * (flip ^ (b / 5))
    };
    digits.bytes().rev().enumerate().fold(0, |sum, (k, d)| product(sum, turn(d - b'0', k % 8))) == 0
}

/// The digits or signs of a number, grouped as people write it.
fn number(kind: &str, dice: &mut Dice) -> Vec<String> {
    let split = |digits: String, lengths: &[usize]| {
        let mut groups = Vec::new();
        let mut rest = digits.as_str();
        for length in lengths {
            let (group, more) = rest.split_at((*length).min(rest.len()));
            groups.push(group.to_owned());
            rest = more;
        }
        if !rest.is_empty() {
            groups.push(rest.to_owned());
        }
        groups
    };
    match kind {
        "card" if dice.one_in(6) => {
            let start = dice.digits("47", 1);
            let start = format!("3{start}").replace("34", "37") + &dice.digits("0123456789", 12);
            split(with_last(start, luhn), &[4, 6, 5])
        }
        "card" => {
            let start = dice.pick(&["4", "51", "55", "53", "2221", "2720", "6011", "65"]);
            let rest = dice.digits("0123456789", 15 - start.len());
            split(with_last(format!("{start}{rest}"), luhn), &[4, 4, 4, 4])
        }
        "ssn" => vec![dice.digits("12345", 3), dice.digits("12345678", 2), dice.digits("123456789", 4)],
        "ni" => {
            let letters = dice.pick(&["AB", "JG", "CE", "SX", "PW", "LH", "NR"]).to_owned();
            let last = dice.pick(&["A", "B", "C", "D"]).to_owned();
            vec![
                letters,
                dice.digits("0123456789", 2),
                dice.digits("0123456789", 2),
                dice.digits("0123456789", 2),
                last,
            ]
        }
        "aadhaar" => split(with_last(dice.digits("23456789", 11), verhoeff), &[4, 4, 4]),
        "pan" => {
            let first = dice.pick(&["ABCP", "FGHP", "BKLP", "DNRC", "QWEP"]).to_owned();
            let letter = dice.pick(&["K", "M", "D", "S"]).to_owned();
            let last = dice.pick(&["F", "L", "Z", "B"]);
            vec![format!("{first}{letter}{}{last}", dice.digits("0123456789", 4))]
        }
        "cnic" => vec![dice.digits("34567", 5), dice.digits("0123456789", 7), dice.digits("123456789", 1)],
        "said" => {
            let (y, m, d) = (50 + dice.below(50), 1 + dice.below(12), 1 + dice.below(28));
            let start = format!("{y:02}{m:02}{d:02}{}08", dice.digits("0123456789", 4));
            split(with_last(start, luhn), &[6, 4, 3])
        }
        "tfn" => loop {
            let digits = dice.digits("123456789", 8);
            let all = with_last(digits, |d| weighed(d, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11));
            if !all.is_empty() {
                break split(all, &[3, 3, 3]);
            }
        },
        "medicare" => {
            let digits = dice.digits("23456", 8);
            let check = weighed(&digits, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10;
            split(format!("{digits}{check}1"), &[4, 5, 1])
        }
        "sin" => split(with_last(dice.digits("1234567", 8), luhn), &[3, 3, 3]),
        "iban" => {
            let bank = dice.pick(&["WEST", "NWBK", "BARC", "MIDL"]);
            let rest = format!("{bank}{}", dice.digits("0123456789", 14));
            let value = |text: &str| {
                text.bytes().fold(0u32, |rest, c| match c {
                    b'0'..=b'9' => (rest * 10 + u32::from(c - b'0')) % 97,
                    _ => (rest * 100 + u32::from(c - b'A') + 10) % 97,
                })
            };
            let check = 98 - value(&format!("{rest}GB00"));
            split(format!("GB{check:02}{rest}"), &[4, 4, 4, 4, 4, 2])
        }
        "account" => {
            let length = dice.pick(&[&8usize, &8, &10, &7, &6, &9]);
            let digits = dice.digits("123456789", *length);
            if dice.one_in(2) { vec![digits] } else { split(digits, &[4, 4]) }
        }
        "phone" => match dice.below(9) {
            0 => vec![format!("07{}", dice.digits("123456789", 3)), dice.digits("0123456789", 6)],
            1 => vec!["020".into(), format!("7{}", dice.digits("0123456789", 3)), dice.digits("0123456789", 4)],
            2 => vec!["0161".into(), dice.digits("234567", 3), dice.digits("0123456789", 4)],
            3 | 4 => vec![
                format!("{}0{}", dice.digits("23456789", 1), dice.digits("2345678", 1)),
                dice.digits("23456789", 3),
                dice.digits("0123456789", 4),
            ],
            5 => vec![dice.digits("6789", 5), dice.digits("0123456789", 5)],
            6 => vec!["0412".into(), dice.digits("0123456789", 3), dice.digits("0123456789", 3)],
            7 => vec![format!("03{}", dice.digits("0123456", 2)), dice.digits("0123456789", 7)],
            _ => vec!["082".into(), dice.digits("0123456789", 3), dice.digits("0123456789", 4)],
        },
        "code" => vec![dice.digits("123456789", 3)],
        _ => panic!("no secret is called {kind}"),
    }
}

const UNITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

fn spoken_sign(sign: char, dice: &mut Dice) -> String {
    match sign.to_digit(10) {
        Some(0) if !dice.one_in(3) => "oh".to_owned(),
        Some(digit) => UNITS[digit as usize].to_owned(),
        None => sign.to_string(),
    }
}

/// Words for signs, with "double" where two are alike.
fn spoken(signs: &str, dice: &mut Dice, upper: bool) -> Vec<String> {
    let signs: Vec<char> = signs.chars().collect();
    let (mut words, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        let alike = signs[at..].iter().take_while(|s| **s == signs[at]).count();
        let times = if alike >= 3 && dice.one_in(3) {
            3
        } else if alike >= 2 && dice.one_in(2) {
            2
        } else {
            1
        };
        let mut word = spoken_sign(signs[at], dice);
        if !upper {
            word = word.to_lowercase();
        }
        match times {
            3 => words.push(format!("triple {word}")),
            2 => words.push(format!("double {word}")),
            _ => words.push(word),
        }
        at += times;
    }
    words
}

/// The number as it stands in a transcript of this form.
fn written(kind: &str, groups: &[String], form: Form, dice: &mut Dice) -> String {
    let all = groups.concat();
    let letters = all.chars().any(char::is_alphabetic);
    match form {
        Form::Clean => {
            let phone = kind == "phone";
            match dice.below(4) {
                0 if phone && all.starts_with('0') => format!("+44 {}", groups.join(" ").trim_start_matches('0')),
                1 if phone && !all.starts_with('0') && groups.len() == 3 => {
                    format!("({}) {}-{}", groups[0], groups[1], groups[2])
                }
                0 => all,
                1 if kind != "iban" => groups.join("-"),
                _ => groups.join(if kind == "ssn" || kind == "cnic" { "-" } else { " " }),
            }
        }
        Form::Verbatim => {
            let in_words = dice.one_in(2) || letters;
            let mut text = String::new();
            for (k, group) in groups.iter().enumerate() {
                if k > 0 {
                    text.push_str(dice.pick(&[", ", ", um, ", " ", ", ", ", uh, ", "... "]));
                }
                let words = if in_words { spoken(group, dice, true) } else { vec![group.clone()] };
                // A false start: "four, four one one one".
                if in_words && dice.one_in(4) && !words[0].contains(' ') {
                    text.push_str(&words[0]);
                    text.push_str(dice.pick(&[", ", ", um, ", ", no, "]));
                }
                text.push_str(&words.join(" "));
            }
            text
        }
        Form::Raw if letters || !dice.one_in(3) => {
            let mut words = spoken(&all, dice, false);
            if dice.one_in(4) {
                let at = words.len() / 2;
                words.insert(at, dice.pick(&["um", "uh", "and then"]).to_owned());
            }
            words.join(" ")
        }
        Form::Raw => {
            // Figures cut anywhere.
            let (mut text, mut rest) = (String::new(), all.as_str());
            while !rest.is_empty() {
                let (part, more) = rest.split_at((1 + dice.below(5)).min(rest.len()));
                text.push_str(part);
                if !more.is_empty() {
                    text.push(' ');
                }
                rest = more;
            }
            text
        }
    }
}

fn email(form: Form, dice: &mut Dice) -> String {
    let first = dice.pick(&["jo", "anna", "rashid", "mike", "nomsa", "priya", "helen", "tariq"]);
    let last = dice.pick(&["bell", "okoye", "sharma", "murphy", "khan", "lindqvist", "adams", "mbeki"]);
    let domain = dice.pick(&["gmail", "example", "hotmail", "fastpost", "northmail", "yahoo"]);
    let (ending, said) = *dice.pick(&[
        &("com", "com"),
        &("co.uk", "co dot uk"),
        &("org", "org"),
        &("co.za", "co dot za"),
        &("com", "com"),
    ]);
    let joint = dice.below(4);
    let number = 10 + dice.below(80);
    if form == Form::Clean {
        let local = match joint {
            0 => first.to_owned(),
            1 => format!("{first}.{last}"),
            2 => format!("{first}_{last}"),
            _ => format!("{first}.{last}{number}"),
        };
        return format!("{local}@{domain}.{ending}");
    }
    let um = if form == Form::Verbatim { dice.pick(&["", ", um,", ""]) } else { "" };
    let local = match joint {
        0 => first.to_owned(),
        1 => format!("{first} dot {last}"),
        2 => format!("{first} underscore {last}"),
        _ => {
            let spelled: Vec<String> = first.chars().map(String::from).collect();
            format!("{} dot {last}", spelled.join(if form == Form::Verbatim { "-" } else { " " }))
        }
    };
    format!("{local}{um} at {domain} dot {said}")
}

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];
const DAYS: [&str; 28] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth",
];

pub fn in_words(n: usize) -> String {
    const TEENS: [&str; 10] =
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match n {
        0..10 => UNITS[n].to_owned(),
        10..20 => TEENS[n - 10].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n / 10 - 2].to_owned(),
        _ => format!("{}-{}", TENS[n / 10 - 2], UNITS[n % 10]),
    }
}

fn birth(form: Form, dice: &mut Dice) -> String {
    let (day, month, year) = (1 + dice.below(28), 1 + dice.below(12), 40 + dice.below(59));
    let name = MONTHS[month - 1];
    let words = match dice.below(4) {
        _ if form == Form::Clean => {
            return match dice.below(5) {
                0 => format!("{day:02}/{month:02}/19{year}"),
                1 => format!("{day} {name} 19{year}"),
                2 => format!("{name} {day}th, 19{year}"),
                3 => format!("19{year}-{month:02}-{day:02}"),
                _ => format!("{month}/{day}/{year}"),
            };
        }
        0 => format!("the {} of {name} nineteen {}", DAYS[day - 1], in_words(year)),
        1 => format!("{name} {} nineteen {}", DAYS[day - 1], in_words(year)),
        2 => format!("{} {} {}", in_words(day), in_words(month), in_words(year)),
        _ => format!("{name} {day} 19{year}"),
    };
    match form {
        Form::Raw => words.to_lowercase().replace('-', " "),
        _ if dice.one_in(3) => words.replacen(' ', ", um, ", 1),
        _ => words,
    }
}

fn postcode(form: Form, dice: &mut Dice) -> String {
    let outward = format!("{}{}", dice.pick(&["BS", "LS", "M", "NW", "EH", "CF"]), 1 + dice.below(9));
    let inward = format!("{}{}", 1 + dice.below(9), dice.pick(&["TR", "AB", "XE", "QT", "LW"]));
    match form {
        Form::Clean => format!("{outward} {inward}"),
        Form::Verbatim => {
            format!("{}, {}", spoken(&outward, dice, true).join(" "), spoken(&inward, dice, true).join(" "))
        }
        Form::Raw => spoken(&format!("{outward}{inward}"), dice, false).join(" "),
    }
}

fn address(form: Form, dice: &mut Dice) -> String {
    let number = 1 + dice.below(98);
    let street = dice.pick(&["Elm", "Church", "Victoria", "Mill", "Station", "Oak", "Kingsley", "Jinnah", "Queen's"]);
    let kind = dice.pick(&["Road", "Street", "Lane", "Avenue", "Close", "Drive", "Court", "Way"]);
    let town = dice.pick(&["Bristol", "Leeds", "Cardiff", "Durban", "Lahore", "Dayton", ""]);
    let code = if dice.one_in(2) { postcode(form, dice) } else { String::new() };
    match form {
        Form::Clean => {
            let parts = [format!("{number} {street} {kind}"), format!("{town} {code}").trim().to_owned()];
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
        }
        Form::Verbatim => {
            let number = if dice.one_in(2) { number.to_string() } else { in_words(number) };
            format!("{number}{} {street} {kind}", dice.pick(&["", ", um,", ""]))
        }
        Form::Raw => {
            let number = in_words(number).replace('-', " ");
            let all = format!("{number} {street} {kind} {town} {code}").to_lowercase().replace('\'', "");
            all.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

/// A secret of a kind, as a transcript of a form has it.
pub fn secret(kind: &str, form: Form, dice: &mut Dice) -> String {
    match kind {
        "email" => email(form, dice),
        "dob" => birth(form, dice),
        "address" => address(form, dice),
        "postcode" => postcode(form, dice),
        _ => {
            let groups = number(kind, dice);
            written(kind, &groups, form, dice)
        }
    }
}

/// What is no secret, for the turns that hold none.
pub fn harmless(kind: &str, dice: &mut Dice) -> String {
    let count = |kind: &str| kind[1..].parse::<usize>().unwrap_or(0);
    match kind {
        "time" => format!("{}:{:02}", 1 + dice.below(23), dice.below(60)),
        "amount" => {
            let (whole, rest) = (1 + dice.below(3000), dice.below(100));
            match dice.below(4) {
                0 => format!("£{whole}.{rest:02}"),
                1 => format!("${whole}"),
                2 => format!("{whole} pounds"),
                _ => format!("{}.{rest:02}", 1 + dice.below(200)),
            }
        }
        "date" => match dice.below(3) {
            0 => format!("{}/{}/2026", 1 + dice.below(28), 1 + dice.below(12)),
            1 => format!("{} {}", 1 + dice.below(28), MONTHS[dice.below(12)]),
            _ => format!("{} {}th", MONTHS[dice.below(12)], 4 + dice.below(16)),
        },
        "year" => format!("20{}", 10 + dice.below(16)),
        "day" => DAYS[dice.below(28)].to_owned(),
        "wday" => DAYS[dice.below(28)].replace('-', " "),
        "small" => (1 + dice.below(60)).to_string(),
        "wsmall" => in_words(1 + dice.below(60)).replace('-', " "),
        _ if kind.starts_with('n') => dice.digits("123456789", count(kind)),
        _ if kind.starts_with('w') => {
            let digits = dice.digits("123456789", count(kind));
            spoken(&digits, dice, false).join(" ")
        }
        _ => panic!("nothing harmless is called {kind}"),
    }
}
