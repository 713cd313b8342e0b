//! Runs a [`Select`].

use super::connection::{Connection, Sql};
use crate::backend::{Hit, Select};
use tokio_postgres::types::{ToSql, Type};

pub(super) async fn hits(connection: &Connection, select: &Select) -> Sql<Vec<Hit>> {
    let (sql, types);
    match &select.each {
        None => (sql, types) = (select.sql.clone(), vec![Type::INT8; select.args.len()]),
        Some(_) => (sql, types) = for_each(select),
    }
    let statement = connection.statement(&sql, &types).await?;
    let rows = connection.client.query(&statement, &params(select)).await?;
    rows.iter().map(|row| Ok(Hit { time: row.try_get(0)?, vid: row.try_get(1)? })).collect()
}

pub(super) async fn count(connection: &Connection, select: &Select) -> Sql<i64> {
    let types = vec![Type::INT8; select.args.len()];
    let statement = connection.statement(&select.sql, &types).await?;
    let rows = connection.client.query(&statement, &params(select)).await?;
    rows.first().map_or(Ok(0), |row| row.try_get(0))
}

/// All keys in one statement: the key list is the last argument, so the others keep their numbers.
fn for_each(select: &Select) -> (String, Vec<Type>) {
    let order = if select.descending { "DESC" } else { "ASC" };
    let keys = select.args.len() + 1;
    let one = select.sql.replace("{key}", "k.key");
    let sql = format!(
        "SELECT DISTINCT hit.time, hit.vid FROM unnest(${keys}) AS k(key) CROSS JOIN LATERAL ({one}) AS hit(time, vid) \
         ORDER BY hit.time {order}, hit.vid {order} LIMIT {}",
        select.limit
    );
    let mut types = vec![Type::INT8; select.args.len()];
    types.push(Type::INT8_ARRAY);
    (sql, types)
}

fn params(select: &Select) -> Vec<&(dyn ToSql + Sync)> {
    let mut params: Vec<&(dyn ToSql + Sync)> = select.args.iter().map(|arg| arg as _).collect();
    if let Some(keys) = &select.each {
        params.push(keys);
    }
    params
}
