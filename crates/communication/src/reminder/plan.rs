//! When an appointment is reminded of: a mail a week before, a text message two days before, a mail the day before, at
//! ten o'clock of the clinic's clock whatever daylight saving does.

use super::visit::Visit;
use crate::channel::Channel;
use jiff::civil::time;
use service::wall_clock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub code: &'static str,
    pub channel: Channel,
    days: i64,
}

const STEPS: [Step; 3] = [
    Step { code: "j-7", channel: Channel::Mail, days: 7 },
    Step { code: "j-2", channel: Channel::Sms, days: 2 },
    Step { code: "j-1", channel: Channel::Mail, days: 1 },
];

impl Step {
    pub fn parse(code: &str) -> Option<Step> {
        STEPS.into_iter().find(|one| one.code == code)
    }

    /// ms since epoch
    fn due(self, visit: &Visit) -> i64 {
        let day = wall_clock::local(visit.start).date();
        wall_clock::at(wall_clock::plus(day, -self.days), time(10, 0, 0, 0))
    }

    /// Whether the next step of the same visit is due already: after a time of silence one message is enough.
    pub fn is_overtaken(self, visit: &Visit, now: i64) -> bool {
        STEPS.into_iter().any(|other| other.days < self.days && other.due(visit) <= now)
    }
}

/// The steps that are still to come, with their moments (ms since epoch). What would have been due is not made up for:
/// whoever books for tomorrow knows it.
pub(crate) fn planned(visit: &Visit, now: i64) -> Vec<(Step, i64)> {
    let due = |step: Step| (step, step.due(visit));
    STEPS.into_iter().map(due).filter(|(_, at)| *at > now && *at < visit.start).collect()
}

#[cfg(test)]
mod tests {
    use super::super::visit::Kind;
    use super::*;
    use proptest::prelude::*;

    fn visit(start: i64) -> Visit {
        Visit { id: "a".into(), patient: "p".into(), start, kind: Kind::Consultation }
    }

    proptest! {
        /// Over ten years: always ten o'clock, never after the visit, never in the past, one of a kind.
        #[test]
        fn at_ten_whatever_the_season(start in 1_795_334_400_000i64..2_110_000_000_000, ahead in 0i64..20 * 86_400_000) {
            let now = start - ahead;
            let found = planned(&visit(start), now);
            for (step, at) in &found {
                prop_assert_eq!(wall_clock::local(*at).time(), time(10, 0, 0, 0));
                prop_assert!(*at > now && *at < start);
                let day = wall_clock::plus(wall_clock::local(*at).date(), step.days);
                prop_assert_eq!(day, wall_clock::local(start).date());
            }
            prop_assert!(found.len() == 3 || ahead < 9 * 86_400_000);
        }
    }
}
