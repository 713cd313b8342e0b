//! Brings a schema to its newest version: ordered steps, each once, each in one transaction, one node at a
//! time. A step that was applied is never edited: its text is checked.

use super::connection::quoted;
use super::failure::db;
use super::server::Server;
use crate::error::{Error, Result};

/// # Errors
/// `Unavailable` when the database cannot be reached, when the schema is newer than this program, or when it
/// was made from other texts.
pub(super) async fn migrate(server: &Server, schema: &str, steps: &[&str]) -> Result<()> {
    let mut client = server.client().await?;
    let name = quoted(schema)?;
    let transaction = client.transaction().await.map_err(db)?;
    transaction
        .execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[&format!("medhub {schema}")])
        .await
        .map_err(db)?;
    let tables = format!(
        "SET LOCAL client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS {name}; SET LOCAL search_path = {name}; \
         CREATE TABLE IF NOT EXISTS migration (step bigint PRIMARY KEY, text text NOT NULL)"
    );
    transaction.batch_execute(&tables).await.map_err(db)?;
    let rows = transaction.query("SELECT text FROM migration ORDER BY step", &[]).await.map_err(db)?;
    if rows.len() > steps.len() {
        return Err(Error::Unavailable(format!(
            "the schema has version {}, this program knows up to {}: use a newer program",
            rows.len(),
            steps.len()
        )));
    }
    for (row, step) in rows.iter().zip(steps) {
        if row.get::<_, &str>(0) != *step {
            return Err(Error::Unavailable("the schema was made by another build: its steps differ".into()));
        }
    }
    for (n, step) in steps.iter().enumerate().skip(rows.len()) {
        transaction.batch_execute(step).await.map_err(db)?;
        let number = n as i64 + 1;
        let sql = "INSERT INTO migration (step, text) VALUES ($1, $2)";
        transaction.execute(sql, &[&number, step]).await.map_err(db)?;
    }
    transaction.commit().await.map_err(db)
}
