//! `POST workflows/tasks/{id}/release {version}`: gives a step back to the team.

use super::act::{Act, Words, route as act};
use crate::instance::State;
use crate::message::NOT_CLAIMED;
use fhir::Code;
use service::Route;
use store::Error;

pub(super) fn route() -> Route {
    let change = Act {
        name: "workflow-release",
        words: Words::None,
        change: |task, acting| {
            acting.must_be_open()?;
            if acting.state != State::Claimed {
                return Err(Error::refused(Code::Conflict, NOT_CLAIMED));
            }
            task.claim(None);
            Ok(())
        },
    };
    act("workflows/tasks/{id}/release", "Gives a step back to the team", change)
}
