//! Runs a [`Select`].

use super::db;
use crate::backend::{Hit, Select};
use crate::error::Result;
use rusqlite::{CachedStatement, Connection};

pub(super) fn hits(connection: &Connection, select: &Select) -> Result<Vec<Hit>> {
    let Some(keys) = &select.each else {
        let mut statement = connection.prepare_cached(&select.sql).map_err(db)?;
        bind(&mut statement, 1, &select.args)?;
        let mut hits = Vec::new();
        collect(&mut statement, &mut hits)?;
        return Ok(hits);
    };
    // `{key}` becomes the first argument; the others move up by one, which their names do not show.
    let sql = shift(&select.sql);
    let mut statement = connection.prepare_cached(&sql).map_err(db)?;
    let mut hits = Vec::new();
    for key in keys {
        statement.raw_bind_parameter(1, key).map_err(db)?;
        bind(&mut statement, 2, &select.args)?;
        collect(&mut statement, &mut hits)?;
    }
    hits.sort_unstable();
    if select.descending {
        hits.reverse();
    }
    hits.dedup();
    hits.truncate(select.limit);
    Ok(hits)
}

pub(super) fn count(connection: &Connection, select: &Select) -> Result<i64> {
    let mut statement = connection.prepare_cached(&select.sql).map_err(db)?;
    bind(&mut statement, 1, &select.args)?;
    let mut rows = statement.raw_query();
    let row = rows.next().map_err(db)?;
    row.map_or(Ok(0), |r| r.get(0)).map_err(db)
}

/// SQLite numbers named parameters by their first appearance, so `$key` ahead of `$1` is number 1.
fn shift(sql: &str) -> String {
    sql.replace("{key}", "$key")
}

fn bind(statement: &mut CachedStatement<'_>, first: usize, args: &[i64]) -> Result<()> {
    for (i, arg) in args.iter().enumerate() {
        statement.raw_bind_parameter(first + i, arg).map_err(db)?;
    }
    Ok(())
}

fn collect(statement: &mut CachedStatement<'_>, hits: &mut Vec<Hit>) -> Result<()> {
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(db)? {
        hits.push(Hit { time: row.get(0).map_err(db)?, vid: row.get(1).map_err(db)? });
    }
    Ok(())
}
