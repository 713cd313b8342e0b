//! Errors of the database as the store's own. PostgreSQL's texts may quote values, so only codes are kept.

use crate::error::Error;
use tokio_postgres::error::SqlState;

/// Turns a database error into ours.
pub(super) fn db(error: tokio_postgres::Error) -> Error {
    match error.code() {
        Some(code) => Error::Unavailable(format!("postgres: error {}", code.code())),
        None if error.is_closed() => Error::Unavailable("postgres: the connection was lost".into()),
        None => Error::Unavailable("postgres: cannot connect, or the answer is not understood".into()),
    }
}

/// Whether the connection is of no more use, and a read may be tried again on a new one: the server went
/// away, was restarted, or changed the tables below our prepared statements.
pub(super) fn lost(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::CONNECTION_FAILURE,
            SqlState::FEATURE_NOT_SUPPORTED,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        ]
        .contains(code),
        None => true,
    }
}
