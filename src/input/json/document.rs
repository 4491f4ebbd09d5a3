//! A format that is one JSON document: recognised by its outline, parsed whole, read field by field.

use serde_json::Value;

use crate::call::Call;
use crate::input::detect::outline::Sight;
use crate::input::format::{JsonFormat, Lines, Parties};
use crate::input::json::builder::CallBuilder;
use crate::input::json::error::json_error;
use crate::input::json::events;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};

/// A JSON format that needs code: everything that tells it apart from the others.
pub struct Document {
    /// What it is.
    pub info: FormatInfo,
    /// See [`JsonFormat::lines`].
    pub lines: Lines,
    /// See [`JsonFormat::sight`].
    pub sniff: fn(&Sight<'_>) -> Option<(f64, &'static str)>,
    /// See [`JsonFormat::read`].
    pub read: fn(&Value, &mut CallBuilder<'_>),
    /// See [`Format::parties`].
    pub parties: Option<Parties>,
}

impl Document {
    /// What most documents are: a line is a call, and who took part is told within.
    pub const PLAIN: Document = Document {
        info: FormatInfo {
            name: "",
            about: "",
            recognised: "",
            gives: Gives { roles: "none", times: "none", names: false },
        },
        lines: Lines::Calls,
        sniff: |_| None,
        read: |_, _| {},
        parties: None,
    };
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.info.name)
    }
}

impl Format for Document {
    fn info(&self) -> FormatInfo {
        self.info
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let sight = Sight { outline: head.outline(), complete: head.complete };
        let (confidence, because) = (self.sniff)(&sight)?;
        Some(Guess { confidence, because })
    }

    fn parties(&self) -> Option<&Parties> {
        self.parties.as_ref()
    }

    fn document(&self) -> Option<&dyn JsonFormat> {
        Some(self)
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        parse(self, record, call, each)
    }
}

impl JsonFormat for Document {
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)> {
        (self.sniff)(sight)
    }

    fn read(&self, document: &Value, builder: &mut CallBuilder<'_>) {
        (self.read)(document, builder);
    }

    fn lines(&self) -> Lines {
        self.lines
    }
}

/// Reads a record of a JSON format: a document, or events of several calls, one a line.
pub fn parse(
    format: &dyn JsonFormat,
    record: &Record<'_>,
    call: &mut Call,
    each: &mut dyn FnMut(&mut Call),
) -> Result<(), ReadError> {
    let values = match events::calls(format, record.bytes) {
        Some(calls) => calls?,
        None => vec![serde_json::from_slice(record.bytes).map_err(|e| ReadError(json_error(&e)))?],
    };
    let mut builder = CallBuilder::of(call, each).reading(record.bytes);
    for value in values {
        format.read(&value, &mut builder);
        if let Some(why) = builder.refused() {
            return Err(why);
        }
        builder.hand_over();
    }
    if builder.handed() == 0 { Err(ReadError(format.silent())) } else { Ok(()) }
}
