//! The language of a call that states none, where its words leave no doubt that it is one of a few that are not
//! English. Everything else stays unknown: a wrong guess would keep a call from being scored.

use crate::call::Call;

/// Words of everyday talk by language, the most frequent ones that hardly stand in another of these.
#[rustfmt::skip]
const WORDS: [(&str, &[&str]); 6] = [
    ("de", &["aber", "auch", "auf", "bitte", "das", "dass", "dem", "den", "der", "die", "ein", "eine", "einen", "für", "habe", "haben", "hallo", "ich", "ihnen", "ihre", "ist", "ja", "kann", "mein", "meine", "mich", "mir", "mit", "nicht", "noch", "sie", "sind", "und", "von", "war", "wenn", "wie", "wir", "zu"]),
    ("es", &["buenas", "buenos", "como", "con", "cuenta", "días", "el", "ella", "en", "está", "estoy", "gracias", "hola", "la", "las", "le", "llamar", "lo", "los", "mi", "muchas", "muy", "para", "pero", "por", "puedo", "que", "qué", "señor", "señora", "sin", "sí", "su", "tengo", "una", "usted", "y", "ya", "yo", "del"]),
    ("fr", &["au", "avec", "avez", "bien", "bonjour", "ce", "cette", "dans", "des", "du", "elle", "est", "et", "il", "j'ai", "je", "la", "le", "les", "ma", "madame", "mais", "mon", "monsieur", "ne", "nous", "oui", "pas", "pour", "qui", "suis", "sur", "une", "votre", "vous", "été"]),
    ("it", &["anche", "buongiorno", "che", "ciao", "come", "con", "della", "di", "è", "gli", "grazie", "ho", "il", "io", "la", "le", "lei", "mi", "mia", "mio", "molto", "nel", "non", "per", "perché", "posso", "prego", "quello", "questo", "signora", "sono", "suo", "un", "una"]),
    ("nl", &["aan", "bij", "dat", "de", "dit", "een", "en", "goedemiddag", "goedemorgen", "graag", "heb", "heeft", "het", "ik", "kan", "maar", "met", "mevrouw", "mij", "mijn", "naar", "niet", "nog", "ook", "op", "u", "uw", "van", "voor", "wat", "wel", "wij", "zijn"]),
    ("pt", &["ainda", "as", "boa", "bom", "com", "da", "dia", "do", "ela", "ele", "em", "estou", "eu", "isso", "mas", "meu", "minha", "muito", "na", "não", "no", "obrigada", "obrigado", "os", "ou", "para", "por", "que", "senhor", "senhora", "seu", "tenho", "uma", "você", "é"]),
];
/// No English talk of some length goes without these.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "and", "are", "for", "have", "how", "i", "i'm", "is", "it", "it's", "my", "of", "that", "the", "this", "to", "what", "with", "would", "you", "your",
];
/// So many words are looked at, and fewer than the least tell nothing.
const MOST: usize = 300;
const LEAST: usize = 15;
/// So many of the first words English ones, and nothing else is asked: most calls stop here.
const ENGLISH_ENOUGH: usize = 5;

/// The language that the words of a call leave no doubt about, if it is one of a few and not English.
pub fn of_words(call: &Call) -> Option<&'static str> {
    let pieces = || {
        let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
        let texts = call.turns.iter().map(|turn| call.turn_text(turn));
        texts.flat_map(move |text| text.split(apart)).filter(|piece| !piece.is_empty()).take(MOST)
    };
    let (mut all, mut english) = (0, 0);
    for piece in pieces() {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|word| word.eq_ignore_ascii_case(piece)));
        if english >= ENGLISH_ENOUGH && english * 8 >= all {
            return None;
        }
    }
    if all < LEAST || english * 20 > all {
        return None;
    }
    let mut hits = [0; WORDS.len()];
    for piece in pieces() {
        let word = piece.to_lowercase().replace('’', "'");
        for (hits, (_, words)) in hits.iter_mut().zip(&WORDS) {
            *hits += usize::from(words.contains(&word.as_str()));
        }
    }
    let best = (0..WORDS.len()).max_by_key(|&k| hits[k])?;
    let second = (0..WORDS.len()).filter(|&k| k != best).map(|k| hits[k]).max()?;
    (hits[best] * 4 >= all && second * 5 <= hits[best] * 4).then_some(WORDS[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn only_what_is_plain_is_told() {
        let english =
            "Thanks for calling, how can I help? It's about my order, it is late and I would like to know why.";
        let both =
            "Gracias por llamar, how can I help you? Mi cuenta está cerrada and I would like to open it, por favor.";
        for (text, language) in [
            (
                "Buenas tardes, gracias por llamar. Hola, tengo un problema con la factura y no sé qué hacer.",
                Some("es"),
            ),
            (
                "Guten Tag, wie kann ich Ihnen helfen? Ich habe eine Frage, die Rechnung ist nicht angekommen.",
                Some("de"),
            ),
            (
                "Bonjour madame, je vous appelle pour une facture. Oui, je suis là, mais elle n'est pas dans le dossier.",
                Some("fr"),
            ),
            ("Bom dia, eu tenho uma dúvida com a minha conta e não sei o que fazer, você pode ver isso?", Some("pt")),
            (
                "Buongiorno, sono Anna. Ho un problema con la bolletta, non è arrivata e non so che cosa fare per questo.",
                Some("it"),
            ),
            (
                "Goedemorgen, ik heb een vraag over mijn rekening, die is nog niet bij mij. Dat kan ik voor u nakijken.",
                Some("nl"),
            ),
            ("Hola, gracias.", None),
            (
                "Dzień dobry, mam pytanie o mój rachunek, bo jeszcze nie przyszedł i nie wiem, co mam z tym zrobić.",
                None,
            ),
            (english, None),
            (both, None),
        ] {
            let mut call = Call::default();
            let who = call.speaker(Role::Agent, "Agent", None);
            call.push_turn(who, None, None, text);
            assert_eq!(of_words(&call), language, "{text}");
        }
    }
}
