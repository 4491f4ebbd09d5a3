//! What is replaced, and what stands there instead.

/// A kind of what tells who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The number of a payment card.
    Card,
    /// An account, sort code, IBAN, policy or membership number.
    Account,
    /// A number that a state gave: of social security, of taxes, of an identity card, a passport or a licence.
    Identity,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A date of birth.
    Birth,
    /// Where somebody lives, and postcodes.
    Address,
    /// The code on the back of a card, a PIN, a code that was sent.
    Code,
    /// Digits that were spoken one by one, nobody knows what of.
    Number,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 9] = [
        Kind::Card,
        Kind::Account,
        Kind::Identity,
        Kind::Phone,
        Kind::Email,
        Kind::Birth,
        Kind::Address,
        Kind::Code,
        Kind::Number,
    ];

    /// What stands in its place.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Card => "[card number]",
            Kind::Account => "[account number]",
            Kind::Identity => "[identity number]",
            Kind::Phone => "[phone number]",
            Kind::Email => "[e-mail address]",
            Kind::Birth => "[date of birth]",
            Kind::Address => "[address]",
            Kind::Code => "[security code]",
            Kind::Number => "[number]",
        }
    }
}

/// All labels.
pub(super) const LABELS: [&str; 9] = {
    let mut labels = [""; 9];
    let mut k = 0;
    while k < labels.len() {
        labels[k] = Kind::ALL[k].label();
        k += 1;
    }
    labels
};
