//! An example put into a pack under its rule. Nothing else of the file changes, and what would not load, or would not
//! give what it says, is not written.

use crate::audit::selftest;
use crate::rules::{PackRef, Pick, RuleBook, Sets};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text with a block behind all that belongs to a rule, and the line where the block begins; none if the text
/// does not define the rule.
pub fn inserted(text: &str, rule: &str, block: &str) -> Option<(String, usize)> {
    let table = DeTable::parse(text).ok()?;
    let rules = table.get_ref().get("rule")?.get_ref().as_array()?;
    let is_it = |value: &&Spanned<DeValue<'_>>| {
        let id = value.get_ref().as_table().and_then(|t| t.get("id"));
        id.and_then(|id| id.get_ref().as_str()) == Some(rule)
    };
    let end = end(rules.iter().find(is_it)?);
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let at = text[end..].find('\n').map_or(text.len(), |k| end + k + 1);
    let mut new = text[..at].to_owned();
    if !new.ends_with('\n') {
        new.push_str(newline);
    }
    new.push_str(newline);
    let line = new.matches('\n').count() + 1;
    new.push_str(&block.replace('\n', newline));
    new.push_str(&text[at..]);
    Some((new, line))
}

/// Where the last header or value of a table ends.
fn end(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = match value.get_ref() {
        DeValue::Array(values) => values.iter().map(end).max(),
        DeValue::Table(table) => table.iter().map(|(_, value)| end(value)).max(),
        _ => None,
    };
    value.span().end.max(inside.unwrap_or(0))
}

/// Where an example stands after it was put into a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// At this line.
    At(usize),
    /// The pack had it already.
    Already,
    /// The pack does not define the rule.
    NoRule,
}

/// Puts a block into a pack file, if the file defines the rule. The new text is loaded and its example run before it
/// takes the place of the old one.
pub fn into_pack(path: &Path, rule: &str, block: &str) -> Result<Inserted, String> {
    let shown = path.display();
    let failed = |e: &dyn std::fmt::Display| format!("{shown}: the example cannot be added: {e}");
    // A link is followed, so that its target is replaced and not the link.
    let real = fs::canonicalize(path).map_err(|e| failed(&e))?;
    let text = fs::read_to_string(&real).map_err(|e| failed(&e))?;
    let plain = |text: &str| text.replace("\r\n", "\n");
    if plain(&text).contains(block) {
        return Ok(Inserted::Already);
    }
    let Some((new, line)) = inserted(&text, rule, block) else {
        return Ok(Inserted::NoRule);
    };
    // Beside the pack, from where its includes and learned weights are found.
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut beside =
        tempfile::Builder::new().prefix(".heard-").suffix(".toml").tempfile_in(folder).map_err(|e| failed(&e))?;
    beside.write_all(new.as_bytes()).and_then(|()| beside.flush()).map_err(|e| failed(&e))?;
    proven(&real, beside.path(), rule)
        .map_err(|e| format!("{}\nthe pack stays as it is; this is the example:\n\n{block}", failed(&e)))?;
    let kept = fs::metadata(&real).and_then(|there| beside.as_file().set_permissions(there.permissions()));
    kept.map_err(|e| failed(&e))?;
    beside.persist(&real).map_err(|e| failed(&e.error))?;
    Ok(Inserted::At(line))
}

/// Whether the new pack is the old one with one more example of the rule, and the example gives the verdict it states.
fn proven(old: &Path, new: &Path, rule: &str) -> Result<(), String> {
    let pick = Pick { sets: Sets::All, ..Pick::default() };
    let load = |path: &Path| RuleBook::load(&[PackRef::File(path.to_owned())], &pick).map_err(|e| e.to_string());
    let (old, new) = (load(old)?, load(new)?);
    let mut added = None;
    if old.rules().len() != new.rules().len() {
        return Err("other rules would change".to_owned());
    }
    for (k, (before, after)) in old.rules().iter().zip(new.rules()).enumerate() {
        let more = after.examples.len() - before.examples.len().min(after.examples.len());
        let wanted = usize::from(after.head.id == rule);
        if before.head.id != after.head.id || more != wanted {
            return Err("it would come under another rule".to_owned());
        }
        if more == 1 {
            added = Some(k);
        }
    }
    let rule = added.ok_or("the rule is not there")?;
    let ran = selftest::run(&new, &[rule]);
    match ran.last() {
        Some(last) if last.is_fine() => Ok(()),
        _ => Err("the rule says something else of it in this pack".to_owned()),
    }
}

/// What to write into a pack so that it defines a rule of another pack itself, and can hold examples of it.
pub fn make_it_yours(book: &RuleBook, rule: usize, path: &Path) -> String {
    let rule = &book.rules()[rule];
    let mut lines = rule.written(|_| true);
    let id = lines.iter().position(|line| line.trim_start().starts_with("id"));
    lines.insert(id.map_or(lines.len(), |k| k + 1), "replace = true");
    let (id, pack, path) = (&rule.head.id, &rule.head.pack, path.display());
    format!(
        "{path} does not define {id}: it is a rule of the pack {pack}. To make it yours, write include = [\"{pack}\"] \
         under [pack] there, and put this behind the rest; then type the same again:\n\n{}",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "\
# Ours.
[pack]
name = \"ours\"

[set.brand]
phrases = [\"acme\"]

[[rule]] # the greeting
id = \"greets\"
title = \"Greets\"
find = [\"brand\"]
who = \"agent\"

[[rule.example]]
expect = \"fail\"
call = \"\"\"
[0:00] Agent: Hello.
[[rule]]
\"\"\" # a bare one

# ---- the second
[[rule]]
id = \"thanks\"
title = \"Thanks\"
find = [\"courtesy\"]
who = \"agent\"
";

    const BLOCK: &str = "[[rule.example]]\nexpect = \"pass\"\ncall = \"\"\"\nAgent: Acme, hello.\n\"\"\"\n";

    #[test]
    fn an_example_stands_behind_the_others_of_its_rule() {
        let (new, line) = inserted(PACK, "greets", BLOCK).expect("the rule");
        let (before, after) = new.split_once(BLOCK).expect("the block");
        assert_eq!(format!("{}{after}", &before[..before.len() - 1]), PACK);
        assert!(before.ends_with("\"\"\" # a bare one\n\n") && after.starts_with("\n# ---- the second"));
        assert_eq!(new.lines().nth(line - 1), Some("[[rule.example]]"));
        let (new, _) = inserted(PACK, "thanks", BLOCK).expect("the rule");
        assert!(new.ends_with(&format!("who = \"agent\"\n\n{BLOCK}")));
        let windows = PACK.replace('\n', "\r\n");
        let (new, _) = inserted(windows.trim_end(), "thanks", BLOCK).expect("the rule");
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert_eq!(inserted(PACK, "none", BLOCK), None);
    }

    #[test]
    fn a_pack_is_written_only_if_it_still_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ours.toml");
        fs::write(&path, PACK).expect("written");
        assert_eq!(into_pack(&path, "none", BLOCK), Ok(Inserted::NoRule));
        let wrong = BLOCK.replace("pass", "fail");
        let refused = into_pack(&path, "greets", &wrong).expect_err("it does not hold");
        assert!(refused.contains("says something else") && refused.contains(&wrong), "{refused}");
        let broken = into_pack(&path, "greets", "[[rule.example]]\nexpect = \n").expect_err("no TOML");
        assert!(broken.contains("the pack stays as it is"), "{broken}");
        assert_eq!(fs::read_to_string(&path).expect("read"), PACK);
        assert!(matches!(into_pack(&path, "greets", BLOCK), Ok(Inserted::At(21))));
        assert_eq!(into_pack(&path, "greets", BLOCK), Ok(Inserted::Already));
        let files = fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(files, 1, "nothing is left beside it");
    }
}
