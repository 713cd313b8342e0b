//! Ids that follow from what they are for: the same at every attempt, so that nothing is made twice.

use uuid::Uuid;

const NAMESPACE: Uuid = Uuid::from_u128(0x3f0c_5f5e_8a1d_5c77_9b42_776f_726b_666c);

/// The id of the RequestGroup of a case and a course (by url).
pub(crate) fn group_id(tenant: &str, case: &str, url: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{tenant}\n{case}\n{url}").as_bytes()).to_string()
}

/// The id of the Task of a step.
pub(crate) fn task_id(group: &str, step: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{group}\n{step}").as_bytes()).to_string()
}
