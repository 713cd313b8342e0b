//! Errors of the database as the store's own. The server's texts may quote values, so of these only the code is
//! kept.

use crate::error::Error;
use tokio_postgres::error::SqlState;

/// Turns a database error into ours.
pub(super) fn db(error: tokio_postgres::Error) -> Error {
    match error.code() {
        Some(code) => Error::Unavailable(format!("postgres: {} ({})", reason(code), code.code())),
        // What the client itself says (cannot connect, connection closed, …) quotes nothing.
        None => Error::Unavailable(format!("postgres: {}", chain(&error))),
    }
}

/// What an operator can do something about.
fn reason(code: &SqlState) -> &'static str {
    let known = [
        (SqlState::INVALID_PASSWORD, "the password is not accepted"),
        (SqlState::INVALID_AUTHORIZATION_SPECIFICATION, "the user is not accepted"),
        (SqlState::UNDEFINED_DATABASE, "there is no such database"),
        (
            SqlState::INSUFFICIENT_PRIVILEGE,
            "the user may not do this: it must own its schemas and may create some",
        ),
        (SqlState::TOO_MANY_CONNECTIONS, "too many connections: raise max_connections"),
        (SqlState::DISK_FULL, "the server's disk is full"),
        (SqlState::CANNOT_CONNECT_NOW, "the server is starting or stopping"),
        (SqlState::ADMIN_SHUTDOWN, "the server is being stopped"),
        (SqlState::LOCK_NOT_AVAILABLE, "another node has held the write lock for too long"),
        (SqlState::QUERY_CANCELED, "the statement took too long"),
    ];
    known.iter().find(|(known, _)| known == code).map_or("the server refused a statement", |(_, text)| text)
}

fn chain(error: &tokio_postgres::Error) -> String {
    let mut text = error.to_string();
    if let Some(cause) = std::error::Error::source(error) {
        text.push_str(": ");
        text.push_str(&cause.to_string());
    }
    text
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
