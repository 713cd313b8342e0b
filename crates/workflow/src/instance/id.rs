//! Ids that follow from what they are for: the same at every attempt, so that nothing is made twice.

use uuid::Uuid;

const NAMESPACE: Uuid = Uuid::from_u128(0x3f0c_5f5e_8a1d_5c77_9b42_776f_726b_666c);

/// With what they begin: nobody else gives such ids, else a place could be taken before its course begins.
pub(super) const RESERVED: &str = "workflow-";

/// The id of the RequestGroup of a case and a course (by url).
pub(crate) fn group_id(tenant: &str, case: &str, url: &str) -> String {
    id(&format!("{tenant}\n{case}\n{url}"))
}

/// The id of the Task of a step.
pub(crate) fn task_id(group: &str, step: &str) -> String {
    id(&format!("{group}\n{step}"))
}

fn id(of: &str) -> String {
    format!("{RESERVED}{}", Uuid::new_v5(&NAMESPACE, of.as_bytes()))
}
