//! How sheets look: formats of cells, headers, colours; and what text a cell can hold.

use rust_xlsxwriter::{
    Color, ConditionalFormatBlank, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, Worksheet,
    XlsxError,
};

/// Characters that a cell can hold, with room for what is counted otherwise.
const CHARS: usize = 32_000;

/// The formats of cells.
pub(super) struct Looks {
    pub(super) head: Format,
    pub(super) date: Format,
    pub(super) length: Format,
    pub(super) percent: Format,
    pub(super) decimal: Format,
    pub(super) wrapped: Format,
    pub(super) good: Format,
    pub(super) fair: Format,
    pub(super) poor: Format,
}

impl Looks {
    pub(super) fn new() -> Looks {
        let filled = |ink, paper| Format::new().set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(paper));
        Looks {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            date: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            length: Format::new().set_num_format("[h]:mm:ss"),
            percent: Format::new().set_num_format("0 %"),
            decimal: Format::new().set_num_format("0.0"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            good: filled(0x0B_5D_1E, 0xD9_F2_DD),
            fair: filled(0x7A_4F_00, 0xFF_F1_C9),
            poor: filled(0x8A_10_1F, 0xFB_DC_DF),
        }
    }
}

/// A text as a cell can hold it. It is stored as text and never as a formula.
pub(super) fn shown(text: &str) -> String {
    let fit = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { c };
    let mut shown: String = text.chars().filter(|c| *c != '\r').take(CHARS).map(fit).collect();
    while shown.encode_utf16().count() > CHARS {
        shown.pop();
    }
    shown
}

/// The header of a sheet, with widths, frozen.
pub(super) fn header<'n>(
    sheet: &mut Worksheet,
    columns: impl Iterator<Item = (&'n str, f64)>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, shown(name), &looks.head)?;
    }
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// Colours shares: at least half, less, and hardly any.
pub(super) fn shares(sheet: &mut Worksheet, last: u32, column: u16, looks: &Looks) -> Result<(), XlsxError> {
    // An empty cell would be taken for 0.
    let blank = ConditionalFormatBlank::new().set_format(Format::new()).set_stop_if_true(true);
    sheet.add_conditional_format(1, column, last.max(1), column, &blank)?;
    let rules = [
        (ConditionalFormatCellRule::GreaterThanOrEqualTo(0.75), &looks.good),
        (ConditionalFormatCellRule::Between(0.5, 0.749_999), &looks.fair),
        (ConditionalFormatCellRule::Between(0.0, 0.499_999), &looks.poor),
    ];
    for (rule, format) in rules {
        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(format);
        sheet.add_conditional_format(1, column, last.max(1), column, &rule)?;
    }
    Ok(())
}
