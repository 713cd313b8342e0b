//! Looking at a token without using it: a connection that stays open asks again and again whether its session
//! still is, and must not keep the session from going idle by that.

use super::{Caller, Hub};
use crate::error::Result;

/// A token as the hub knows it: its hash. What stays open for hours holds this, not the token.
#[derive(Clone, Copy)]
pub struct TokenKey([u8; 32]);

impl TokenKey {
    pub fn of(token: &str) -> TokenKey {
        TokenKey(seal::token_hash(token))
    }
}

impl Hub {
    /// Who holds this token, as it is at this moment; its time of idleness goes on.
    ///
    /// # Errors
    /// As [`Hub::authenticate`].
    pub async fn peek(&self, key: &TokenKey) -> Result<Caller> {
        self.look_up(&key.0, self.config.clock.now_ms(), false).await
    }
}
