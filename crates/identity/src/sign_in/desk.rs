//! What the verbs of sign-in share.

use crate::Parts;

/// The front desk.
pub struct Desk {
    pub parts: Parts,
}

impl Desk {
    pub fn new(parts: Parts) -> Desk {
        Desk { parts }
    }
}
