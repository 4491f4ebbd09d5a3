//! What formats of plain text share: lines with labels, heads, times as people write them.

pub mod dates;
pub mod head;
pub mod lines;
pub mod markup;
pub mod notices;
pub mod prose;
pub mod restarts;
pub mod times;
pub mod transcript;
pub mod turns;
