//! The fingerprint of a run's rules: what of the packs decides verdicts and their words, as one short hash.
//!
//! Comments, examples and what no chosen rule reaches are no part of it, so that a pack whose comments were tidied still
//! has the fingerprint it had.

use super::pack::info::PackInfo;
use super::rule::{Rule, with_parts};
use crate::report::digest::Digest;
use crate::text::set::{Entry, SetDef, SetId};

/// The fingerprint of the chosen rules with their parts and of all sets that they reach; `weights` is the digest of the
/// learned weights in use.
pub fn of(info: &PackInfo, rules: &[Rule], public: &[usize], defs: &[SetDef], weights: u64) -> u64 {
    let mut digest = Digest::default();
    let marks = (info.pass_mark, info.good, info.fair, &info.sections);
    digest.text(&format!("{marks:?} {:?}", info.language));
    digest.number(weights);
    for &k in &with_parts(rules, public) {
        let Rule { head, condition, parts, when, language, .. } = &rules[k];
        digest.number(u64::from(public.contains(&k)));
        digest.text(&format!("{head:?} {} {when:?} {language:?}", condition.deciding(parts)));
    }
    let name = |&set: &SetId| defs[usize::from(set)].name.as_str();
    for def in defs {
        digest.text(&def.name);
        digest.text(&def.called);
        let what = (def.who, def.origin, def.only_inlined);
        digest.text(&format!("{what:?}"));
        names(&mut digest, def.after.iter().map(name));
        names(&mut digest, def.not_if.iter().map(name));
        digest.text(&format!("{:?}", def.not_in));
        for entry in &def.entries {
            let Entry {
                pattern: _, // As it was written.
                written,
                instead,
                after,
                not_if,
                shipped,
            } = entry;
            digest.text(written);
            digest.text(instead.as_deref().unwrap_or(""));
            names(&mut digest, after.iter().map(name));
            names(&mut digest, not_if.iter().map(name));
            digest.number(u64::from(*shipped));
        }
    }
    digest.finish()
}

fn names<'n>(digest: &mut Digest, names: impl ExactSizeIterator<Item = &'n str>) {
    digest.number(names.len() as u64);
    names.for_each(|name| digest.text(name));
}
