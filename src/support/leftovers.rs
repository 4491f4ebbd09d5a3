//! Files of runs that were killed while they wrote: they are known by their names, and removed by the next run that
//! writes into the same folder, but never one of a run that may still be going on.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// What such names begin with; files of this name are no transcripts.
const PREFIX: &str = ".heard-";
const SUFFIX: &str = ".part";
/// One of which nobody knows whether its run goes on is left alone for so long.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What names of this process begin and end with; something of its own stands in between.
pub(super) fn names() -> (String, &'static str) {
    (format!("{PREFIX}{}-{}-", std::process::id(), here()), SUFFIX)
}

/// Removes what is left in a folder. Nobody needs to hear of what cannot be removed.
pub(super) fn clear(folder: &Path) {
    let Ok(all) = fs::read_dir(folder) else { return };
    for file in all.flatten() {
        let name = file.file_name();
        let inner = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
        if let Some(inner) = inner
            && file.file_type().is_ok_and(|kind| kind.is_file())
            && is_left(inner, &file)
        {
            let _ = fs::remove_file(file.path());
        }
    }
}

fn is_left(inner: &str, file: &fs::DirEntry) -> bool {
    let mut parts = inner.split('-');
    if let (Some(Ok(process)), Some(place)) = (parts.next().map(str::parse::<u32>), parts.next())
        && !place.is_empty()
        && place == here()
    {
        return !Path::new(&format!("/proc/{process}")).exists();
    }
    let changed = file.metadata().and_then(|about| about.modified());
    changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > A_DAY))
}

/// Where numbers of processes mean the same as here: the same system since it was started, the same container. Empty
/// where that cannot be told.
fn here() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let space = fs::read_link("/proc/self/ns/pid").map(|link| link.to_string_lossy().into_owned()).unwrap_or_default();
    if boot.is_empty() || space.is_empty() {
        return String::new();
    }
    let signs = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    format!("{:.8}{}", signs(&boot), signs(&space))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_dead_run_left_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let (own, suffix) = names();
        let kept = [
            format!("{own}a{suffix}"),
            ".heard-abcdef.part".into(),
            ".heard-1-elsewhere-x.part".into(),
            "a.part".into(),
        ];
        // No process has so high a number.
        let left = format!("{PREFIX}4294967295-{}-x{SUFFIX}", here());
        for name in kept.iter().chain([&left]) {
            fs::write(at(name), "x").expect("written");
        }
        let old = fs::File::options().write(true).open(at(&kept[1])).expect("opened");
        old.set_modified(std::time::SystemTime::now() - 2 * A_DAY).expect("an older file");
        clear(folder.path());
        assert!([0, 2, 3].iter().all(|k| at(&kept[*k]).exists()));
        assert!(!at(&kept[1]).exists(), "a day is enough");
        assert_eq!(at(&left).exists(), here().is_empty(), "where processes are known, a dead one's goes at once");
    }
}
