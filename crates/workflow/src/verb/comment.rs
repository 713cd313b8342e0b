//! `POST workflows/tasks/{id}/comment {version, comment}`: a remark for whoever does the step.

use super::act::{Act, Words, route as act};
use crate::message::OVER;
use fhir::Code;
use service::Route;
use store::Error;

pub(super) fn route() -> Route {
    let change = Act {
        name: "workflow-comment",
        words: Words::Comment,
        change: |task, acting| {
            if acting.state.is_over() || acting.state == crate::instance::State::Cancelled {
                return Err(Error::refused(Code::Conflict, OVER));
            }
            if let Some(note) = acting.note() {
                task.note(note);
            }
            Ok(())
        },
    };
    act("workflows/tasks/{id}/comment", "Adds a remark to a step", change)
}
