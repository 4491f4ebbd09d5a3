//! What each agent has most to win with, and how colleagues do it.

use super::RollUp;
use super::models::Model;
use super::share::Share;

/// Quotes of colleagues that are shown.
const QUOTES: usize = 2;

/// What an agent has most to win with.
#[derive(Clone, Debug, PartialEq)]
pub struct Coaching<'r> {
    /// The agent's name, as it is best to read.
    pub agent: String,
    /// Their calls.
    pub calls: u64,
    /// The rule, as an index in report order.
    pub rule: usize,
    /// The weight that their calls lost by it.
    pub lost: u64,
    /// Their calls that passed it, of those that passed or failed.
    pub share: Share,
    /// Words of colleagues who did it well, at most two.
    pub quotes: Vec<&'r Model>,
}

impl RollUp {
    /// What each agent has most to win with, by the agent's name; without those who lost nothing.
    pub fn coaching(&self) -> Vec<Coaching<'_>> {
        let entry = |(name, agent): (&str, std::borrow::Cow<'_, super::AgentFigures>)| {
            let rule = self.weakest(&agent)?;
            Some(Coaching {
                agent: name.to_owned(),
                calls: agent.figures.calls,
                rule,
                lost: self.lost(&agent.figures, rule),
                share: agent.figures.share(rule),
                quotes: self.models.get(rule)?.of_colleagues(name).take(QUOTES).collect(),
            })
        };
        self.agents.by_name().filter_map(entry).collect()
    }
}
