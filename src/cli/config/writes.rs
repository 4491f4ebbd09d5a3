//! Where files lie that a run writes because of a `heard.toml`: below its folder, through no link that leads away.

use std::path::{Component, Path, PathBuf};

/// Why a file is not heeded that was found under its name and lies elsewhere: who put the link there need not be who
/// keeps the settings.
pub(super) fn leads_away(file: &Path) -> Option<&'static str> {
    let real = file.canonicalize().ok()?;
    let folder = file.parent()?.canonicalize().ok()?;
    (!real.starts_with(folder))
        .then_some("is a link to a file elsewhere; put the file itself there, or use --no-config")
}

/// Whether a path that is to be written lies below a folder, all links followed.
pub(super) fn is_below(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    // The last part is replaced if it is a link, so it need not be followed.
    let (Some(parent), Some(_)) = (path.parent(), path.file_name()) else { return false };
    real(parent).is_some_and(|parent| parent.starts_with(folder))
}

/// A folder with its links followed, as far as it is there; what is not there cannot be a link.
fn real(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if let Ok(real) = folder.canonicalize() {
        return Some(real);
    }
    match folder.components().next_back()? {
        Component::Normal(name) => Some(real(folder.parent()?)?.join(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_and_dots_lead_away() {
        let top = tempfile::tempdir().expect("a folder");
        let at = |name: &str| top.path().join(name);
        std::fs::create_dir_all(at("repo/out")).expect("made");
        std::fs::create_dir_all(at("home")).expect("made");
        std::os::unix::fs::symlink(at("home"), at("repo/link")).expect("linked");
        for (path, below) in [
            ("repo/a.csv", true),
            ("repo/out/a.csv", true),
            ("repo/out/../a.csv", true),
            ("repo/new/a.csv", true),
            ("repo/../home/a.csv", false),
            ("repo/link/a.csv", false),
            ("repo/new/../../home/a.csv", false),
            ("home/a.csv", false),
            ("repository/a.csv", false),
        ] {
            assert_eq!(is_below(&at(path), &at("repo")), below, "{path}");
        }
        assert!(!is_below(Path::new("/dev/stdout"), &at("repo")));
        std::fs::write(at("home/heard.toml"), "").expect("written");
        std::os::unix::fs::symlink(at("home/heard.toml"), at("repo/heard.toml")).expect("linked");
        assert!(leads_away(&at("repo/heard.toml")).is_some());
        assert!(leads_away(&at("home/heard.toml")).is_none());
    }
}
