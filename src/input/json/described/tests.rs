//! The shipped descriptions say what they must, without a mistake.

use super::describe;
use crate::input::FORMATS;
use std::path::Path;

#[test]
fn shipped_descriptions_have_no_mistake() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/formats");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the descriptions") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("its text");
        let table = toml::de::DeTable::parse(&text).expect("TOML");
        let mut wrong = Vec::new();
        let said = describe(&name, 0, table.get_ref(), &mut wrong);
        assert!(said.is_some_and(|l| l.about.is_some() && l.gives.is_some()), "{name}: {wrong:?}");
        assert!(FORMATS.iter().any(|f| f.name() == name), "{name} is not in FORMATS");
        assert!(path.with_file_name(format!("../../tests/formats/{name}.txt")).exists(), "{name} has no sample");
        count += 1;
    }
    assert!(count >= 15, "{count}");
}
