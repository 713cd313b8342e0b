//! `POST workflows/tasks/{id}/claim {version}`: takes a step.

use super::act::{Act, Words, route as act};
use crate::instance::State;
use crate::message::CLAIMED;
use fhir::Code;
use service::Route;
use store::Error;

pub(super) fn route() -> Route {
    let change = Act {
        name: "workflow-claim",
        words: Words::None,
        change: |task, acting| {
            acting.must_be_open()?;
            if acting.state == State::Claimed {
                return Err(Error::refused(Code::Conflict, CLAIMED));
            }
            task.claim(Some(acting.who.clone()));
            Ok(())
        },
    };
    act("workflows/tasks/{id}/claim", "Takes a step of a course", change)
}
