//! The phrases that announce what kind of number, date or address comes next.

/// What a cue announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Cue {
    Card,
    Account,
    Identity,
    Phone,
    /// "My number is", "reach me on": of a telephone, most likely, or of an account.
    Number,
    Code,
    Email,
    Birth,
    /// "Live at", "my address is".
    Address,
    /// A postcode or zip code.
    Postcode,
    /// A number that tells nobody who somebody is: of an order, a case, a flight.
    Harmless,
}

/// The phrases of each cue. A longer phrase wins over a shorter one that begins at the same word.
#[rustfmt::skip]
pub(super) const PHRASES: &[(Cue, &[&str])] = &[
    (Cue::Card, &[
        "card number", "card no", "card num", "credit card", "debit card", "long number", "card details", "card is",
        "sixteen digits", "sixteen digit", "16 digits", "16 digit", "digits across the front",
        "number across the front", "number on the front", "visa", "mastercard", "master card", "amex",
        "american express", "pan on the card", "digits on the card", "number on the card", "card with you",
        "card in front of you", "card to hand", "my card", "the card ready", "card numbers",
    ]),
    (Cue::Account, &[
        "account number", "account no", "account num", "account numbers", "account id", "acct number", "acct no",
        "acct", "account is", "account", "sort code", "sortcode", "routing number", "routing", "iban", "i ban",
        "policy number", "policy no", "membership number", "member number", "member id", "membership id",
        "customer number", "customer id", "customer reference number", "bank details", "bsb", "ifsc", "swift",
        "loyalty number", "subscriber number", "patient number", "nhs number",
    ]),
    (Cue::Identity, &[
        "social security", "social security number", "ssn", "s s n", "social", "social is", "full social",
        "your social", "my social", "the social", "whole social", "national insurance", "national insurance number",
        "ni number", "n i number", "nino", "insurance number", "aadhaar", "aadhar", "adhar", "adhaar",
        "aadhaar number", "pan number", "pan card", "pan", "cnic", "c n i c", "nic number", "identity card",
        "identity number", "id number", "id card", "i d number", "south african id", "tax file number", "tax file",
        "tfn", "t f n", "medicare number", "medicare card", "medicare", "social insurance", "social insurance number",
        "sin number", "sin is", "passport number", "passport", "licence number", "license number", "driving licence",
        "driver's license", "drivers license", "taxpayer", "tax id", "identification number", "national id", "my sin",
        "your sin", "my id is", "nicop", "my nic", "card number on the id",
    ]),
    (Cue::Phone, &[
        "phone number", "telephone number", "phone", "telephone", "mobile number", "mobile", "cell number", "cell",
        "cell phone", "cellphone", "landline", "contact number", "callback number", "call back number", "home number",
        "work number", "best number", "call me on", "call me at", "call me back on", "call me back at", "ring me on",
        "reach me on", "reach me at", "reach you on", "reach you at", "call you on", "call you at",
        "call you back on", "call you back at", "get me on", "get you on", "text me on", "text me at", "whatsapp",
        "number to call", "number to reach", "number we can reach", "number for you", "number i can reach",
        "contact you on", "contact me on", "phone numbers", "tel", "fax", "number on file", "number is best",
        "text you on", "text you at", "calling from", "number you're calling from", "number you are calling from",
        "number you called from",
    ]),
    (Cue::Number, &[
        "number", "number is", "my number", "your number", "the number", "digits", "numbers", "all the digits",
        "digits are",
    ]),
    (Cue::Code, &[
        "security code", "cvv", "cvc", "c v v", "c v c", "cvv2", "digits on the back", "three digits",
        "numbers on the back", "number on the back", "pin", "pin number", "passcode", "pass code", "one time code",
        "one time passcode", "one time password", "verification code", "access code", "code we sent", "code i sent",
        "code we texted", "otp",
    ]),
    (Cue::Email, &[
        "email", "e mail", "email address", "e mail address", "mail address", "gmail", "mail id", "email id",
    ]),
    (Cue::Birth, &[
        "date of birth", "dates of birth", "dob", "d o b", "birth date", "birthdate", "birthday", "born on", "born",
        "date birth", "day of birth", "date of birth is",
    ]),
    (Cue::Address, &[
        "address", "home address", "postal address", "mailing address", "street address", "billing address",
        "delivery address", "shipping address", "live at", "lives at", "living at", "lived at", "live on",
        "staying at", "address is", "first line", "first line of your address", "first line of the address",
        "house number", "moved to", "moving to", "reside at", "residing at", "send it to", "sent to", "deliver it to",
        "delivered to", "deliver to", "ship it to", "shipped to", "ship to", "street", "i'm at", "we're at",
        "located at", "property at", "post it to",
    ]),
    (Cue::Postcode, &[
        "postcode", "post code", "postal code", "zip code", "zip", "zipcode", "pin code", "pincode", "p i n code",
        "postcode is",
    ]),
    (Cue::Harmless, &[
        "order", "orders", "tracking", "reference", "ref", "flight", "case", "ticket", "model", "serial", "invoice",
        "booking", "confirmation", "parcel", "shipment", "consignment", "claim", "item", "product", "sku", "room",
        "gate", "seat", "bus", "train", "batch", "lot", "version", "transaction", "receipt", "job", "quote", "error",
        "error code", "promo", "promo code", "voucher", "coupon", "meter", "reading", "complaint", "reservation",
        "incident", "imei", "part", "barcode", "bar code", "isbn", "delivery", "docket", "waybill", "store", "branch",
        "page", "channel", "queue", "extension", "auth", "authorisation", "authorization", "approval", "balance",
        "points", "refund", "engineer", "job number", "request", "query", "delivery number", "discount code",
        "catalogue", "work order", "build", "firmware", "address the", "address this", "address that", "address your",
        "address these", "address it", "web address", "ip address", "mac address", "of the order", "last four",
        "last 4", "ending in", "ends in", "ending", "ends with", "last three", "last two", "test", "testing", "mic",
        "count", "counting", "counted",
    ]),
];
