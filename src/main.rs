//! One screen: parse the arguments, run, turn an error into text and an exit code.

fn main() {}
