//! `POST workflows/tasks/{id}/skip {version, reason}`: the step is left out, and everyone sees why.

use super::act::{Act, Words, route as act};
use crate::instance::Decision;
use service::Route;

pub(super) fn route() -> Route {
    let change = Act {
        name: "workflow-skip",
        words: Words::Reason,
        change: |task, acting| {
            acting.must_be_open()?;
            task.decide(Decision::Skipped, acting.who.clone(), acting.reason.clone(), acting.now);
            Ok(())
        },
    };
    act("workflows/tasks/{id}/skip", "Leaves out a step, with the reason", change)
}
