//! How long before the operation the consultation is to take place.

use super::message::{DONE_LATE, KEPT, LATE, OPEN, OVERDUE, URGENT};
use fhir::{Code, Issue, Json, Lang};

const HOUR_MS: i64 = 3_600_000;
/// The least between the consultation and an operation that can wait, in hours.
const HOURS: i64 = 48;

/// What is known of a case, for the rule. Moments in milliseconds since 1970.
pub(super) struct Delay {
    pub urgent: bool,
    pub planned: Option<i64>,
    pub done: Option<i64>,
    pub now: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Kept,
    Late,
    NotApplicable,
    Open,
}

impl Delay {
    pub fn state(&self) -> State {
        let moment = self.done.unwrap_or(self.now);
        match self.planned {
            _ if self.urgent => State::NotApplicable,
            None => State::Open,
            Some(planned) if planned - moment < HOURS * HOUR_MS => State::Late,
            Some(_) if self.done.is_some() => State::Kept,
            Some(_) => State::Open,
        }
    }

    /// Whole hours between the consultation, or now, and the operation.
    pub fn hours(&self) -> Option<i64> {
        Some((self.planned? - self.done.unwrap_or(self.now)).div_euclid(HOUR_MS))
    }

    fn issue(&self, text: fhir::Text) -> Issue {
        Issue::error(Code::BusinessRule, text).arg("hours", HOURS).arg("left", self.hours().unwrap_or(0))
    }

    /// Why it may not be completed now without a reason.
    pub fn refusal(&self) -> Option<Issue> {
        (self.state() == State::Late).then(|| self.issue(LATE).at("overrideReason"))
    }

    pub fn told(&self, lang: Lang) -> Json<'static> {
        let (name, text) = match (self.state(), self.done) {
            (State::Kept, _) => ("kept", KEPT),
            (State::Late, Some(_)) => ("late", DONE_LATE),
            (State::Late, None) => ("late", OVERDUE),
            (State::NotApplicable, _) => ("not-applicable", URGENT),
            (State::Open, _) => ("open", OPEN),
        };
        let due = self.planned.filter(|_| !self.urgent).map(|at| fhir::edit::instant(at - HOURS * HOUR_MS));
        Json::object([
            ("state", Json::string(name)),
            ("sentence", Json::string(self.issue(text).sentence(lang))),
            ("due", due.unwrap_or(Json::Null)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_late_exactly_within_two_days(before in -200i64..400, urgent: bool, done: bool) {
            let now = 1_000 * HOUR_MS;
            let delay = Delay { urgent, planned: Some(now + before * HOUR_MS), done: done.then_some(now), now };
            let wanted = match (urgent, before < 48, done) {
                (true, ..) => State::NotApplicable,
                (false, true, _) => State::Late,
                (false, false, true) => State::Kept,
                (false, false, false) => State::Open,
            };
            prop_assert_eq!(delay.state(), wanted);
            prop_assert_eq!(delay.hours(), Some(before));
            prop_assert_eq!(delay.refusal().is_some(), wanted == State::Late);
        }
    }
}
