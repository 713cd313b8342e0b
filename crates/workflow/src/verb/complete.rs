//! `POST workflows/tasks/{id}/complete {version, comment?}`: the step is done; those behind it may begin.

use super::act::{Act, Words, route as act};
use crate::instance::Decision;
use service::Route;

pub(super) fn route() -> Route {
    let change = Act {
        name: "workflow-complete",
        words: Words::MaybeComment,
        change: |task, acting| {
            acting.must_be_open()?;
            if let Some(note) = acting.note() {
                task.note(note);
            }
            task.decide(Decision::Done, acting.who.clone(), None, acting.now);
            Ok(())
        },
    };
    act("workflows/tasks/{id}/complete", "Completes a step of a course", change)
}
