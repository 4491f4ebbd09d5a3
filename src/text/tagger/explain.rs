//! What the learned weights say of a sentence that was tagged, for people who ask why.

use super::Tagger;
use crate::call::Call;
use crate::text::scene::{Scene, Token};
use crate::text::weigh::Weighed;

impl Tagger<'_> {
    /// What the weights of each set say of a sentence; the call must be the one that was tagged last.
    pub fn explain(&mut self, call: &Call, scene: &Scene, sentence: u32) -> Vec<Weighed> {
        let units = &self.units;
        let unit = |token: &Token| units[token.facts as usize];
        self.weigher.explain(self.book, call, scene, sentence, unit)
    }
}
