//! The language of a call by whatever name a file gives it.

/// Of each language its code, its code of three letters (and the other one, where there are two), and its names.
#[rustfmt::skip]
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["ara", "arabic", "العربية"]), ("cs", &["ces", "cze", "czech", "čeština"]),
    ("da", &["dan", "danish", "dansk"]), ("de", &["deu", "ger", "german", "deutsch"]),
    ("el", &["ell", "gre", "greek", "ελληνικά"]), ("en", &["eng", "english"]),
    ("es", &["spa", "spanish", "español", "castellano"]), ("fi", &["fin", "finnish", "suomi"]),
    ("fr", &["fra", "fre", "french", "français"]), ("he", &["heb", "hebrew", "עברית"]),
    ("hi", &["hin", "hindi", "हिन्दी"]), ("hu", &["hun", "hungarian", "magyar"]),
    ("id", &["ind", "indonesian"]), ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese", "日本語"]), ("ko", &["kor", "korean", "한국어"]),
    ("nl", &["nld", "dut", "dutch", "nederlands"]), ("no", &["nor", "norwegian", "norsk"]),
    ("pl", &["pol", "polish", "polski"]), ("pt", &["por", "portuguese", "português"]),
    ("ro", &["ron", "rum", "romanian", "română"]), ("ru", &["rus", "russian", "русский"]),
    ("sv", &["swe", "swedish", "svenska"]), ("th", &["tha", "thai", "ไทย"]),
    ("tl", &["tgl", "fil", "tagalog", "filipino"]), ("tr", &["tur", "turkish", "türkçe"]),
    ("uk", &["ukr", "ukrainian", "українська"]), ("ur", &["urd", "urdu"]),
    ("vi", &["vie", "vietnamese", "tiếng việt"]), ("zh", &["zho", "chi", "cmn", "chinese", "mandarin", "中文"]),
];

/// The code of a language that is given by its name or by three letters: `English`, `English (US)`, `eng`, `eng-US`.
/// None for what is a code already, or no language that is known here.
pub fn code(stated: &str) -> Option<String> {
    let (name, rest) =
        stated.trim().split_at(stated.trim().find([' ', '-', '_', '(', ',']).unwrap_or(stated.trim().len()));
    let all = stated.trim().to_lowercase();
    let name = name.to_lowercase();
    let known = LANGUAGES.iter().find(|(_, names)| names.contains(&&*all) || names.contains(&&*name))?.0;
    // A code's country stays with it.
    let country = rest.strip_prefix(['-', '_']).filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_alphabetic()));
    Some(country.map_or_else(|| known.to_owned(), |country| format!("{known}-{}", country.to_ascii_uppercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_long_codes_are_codes() {
        for (stated, want) in [
            ("English", Some("en")),
            ("ENG", Some("en")),
            ("eng-us", Some("en-US")),
            ("English (UK)", Some("en")),
            ("español", Some("es")),
            ("Tiếng Việt", Some("vi")),
            (" German ", Some("de")),
            ("en", None),
            ("en-GB", None),
            ("EN", None),
            ("Klingon", None),
            ("", None),
        ] {
            assert_eq!(code(stated).as_deref(), want, "{stated}");
        }
    }
}
