//! What the parts of the roll-up as JSON share: who writes them, and which call something was met in.

use crate::output::Setup;
use crate::report::rollup::Whose;
use serde::Serialize;

/// Which call something was met in.
#[derive(Serialize)]
pub(super) struct MetIn<'r> {
    pub(super) call: &'r str,
    pub(super) source: &'r str,
    pub(super) record: u64,
    pub(super) agent: Option<&'r str>,
}

/// Makes the figures.
pub(super) struct Writer<'s> {
    pub(super) setup: &'s Setup,
}

impl<'s> Writer<'s> {
    pub(super) fn id(&self, rule: usize) -> Option<&'s str> {
        self.setup.rules.get(rule).map(|head| head.id.as_str())
    }
}

pub(super) fn met_in(whose: &Whose) -> MetIn<'_> {
    MetIn { call: &whose.call, source: &whose.source, record: whose.record, agent: whose.agent.as_deref() }
}
