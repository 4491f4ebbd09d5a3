//! How long a record may be.

/// The longest record that is read unless the user says otherwise, in bytes.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

/// What to say of a record over the limit.
pub fn too_long(limit: usize) -> String {
    let shown = if limit >= 1 << 20 && limit.is_multiple_of(1 << 20) {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{limit} bytes")
    };
    format!("record is longer than {shown}; raise --max-record-bytes or split it")
}
