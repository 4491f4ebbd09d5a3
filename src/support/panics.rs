//! A mistake of ours met in one record must not lose the run: it is caught there, said, and the rest goes on.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Where this thread panicked, while something is being caught on it; none while nothing is.
    static CATCHING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `f`; a panic in it comes back as a sentence for the report. What `f` was changing is then half done: throw it
/// away.
pub fn catch_panic<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let place = info.location().map_or_else(String::new, ToString::to_string);
            let noted = CATCHING.with_borrow_mut(|slot| slot.as_mut().map(|slot| *slot = place));
            if noted.is_none() {
                before(info);
            }
        }));
    });
    let outer = CATCHING.replace(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    let place = CATCHING.replace(outer).unwrap_or_default();
    result.map_err(|thrown| {
        format!(
            "a mistake in heard, not in this record; please report it, with the record if you may share it: {} ({place})",
            message(thrown.as_ref())
        )
    })
}

/// What a panic says.
#[must_use]
pub fn message(thrown: &(dyn Any + Send)) -> &str {
    let text = thrown.downcast_ref::<&str>().copied();
    text.or_else(|| thrown.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::catch_panic;

    #[test]
    fn a_panic_becomes_a_sentence_with_its_place() {
        assert_eq!(catch_panic(|| 7), Ok(7));
        let outer: Result<(), String> = catch_panic(|| {
            let inner: Result<(), String> = catch_panic(|| panic!("inner"));
            assert!(inner.is_err_and(|e| e.contains("inner")));
            panic!("outer {}", 1)
        });
        let error = outer.expect_err("it panicked");
        assert!(error.contains("outer 1") && error.contains("panics.rs:"), "{error}");
        assert!(error.contains("please report it"));
    }
}
