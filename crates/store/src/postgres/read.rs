//! Reads rows: by name, by number, history, feed.

use super::connection::Connection;
use super::failure::db;
use super::pool::{Pool, Read};
use crate::backend::{FeedRow, Head, HistoryQuery, Newest, Op, Parked, Row, Top};
use crate::error::{Error, Result};
use tokio_postgres::Row as SqlRow;
use tokio_postgres::types::{FromSql, ToSql};

pub(super) fn get<'r, T: FromSql<'r>>(row: &'r SqlRow, at: usize) -> Result<T> {
    row.try_get(at).map_err(db)
}

fn op(number: i16) -> Result<Op> {
    match number {
        1 => Ok(Op::Create),
        2 => Ok(Op::Update),
        3 => Ok(Op::Delete),
        _ => Err(Error::Corrupt(format!("operation {number}"))),
    }
}

pub(super) fn row(r: &SqlRow) -> Result<Row> {
    Ok(Row {
        vid: get(r, 0)?,
        rid: get(r, 1)?,
        kind: get::<i16>(r, 2)? as u16,
        id: get(r, 3)?,
        version: get::<i64>(r, 4)? as u64,
        t: get(r, 5)?,
        at: get(r, 6)?,
        op: op(get(r, 7)?)?,
        kid: get(r, 8)?,
        owner: get(r, 9)?,
        body: get(r, 10)?,
    })
}

fn all(found: &[SqlRow]) -> Result<Vec<Row>> {
    found.iter().map(row).collect()
}

pub(super) async fn current(pool: &Pool, kind: u16, id: &str) -> Result<Option<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, v.at, v.op, v.kid, v.owner, v.body \
        FROM res r JOIN ver v ON v.vid = r.cur WHERE r.id = $1 AND r.kind = $2";
    pool.query_one(Read::Short, SQL, &[&id, &(kind as i16)]).await?.as_ref().map(row).transpose()
}

pub(super) async fn current_many(pool: &Pool, names: &[(u16, String)]) -> Result<Vec<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, v.at, v.op, v.kid, v.owner, v.body \
        FROM unnest($1::smallint[], $2::text[]) AS k(kind, id) \
        JOIN res r ON r.id = k.id AND r.kind = k.kind JOIN ver v ON v.vid = r.cur";
    let kinds: Vec<i16> = names.iter().map(|(kind, _)| *kind as i16).collect();
    let ids: Vec<&str> = names.iter().map(|(_, id)| id.as_str()).collect();
    all(&pool.query(Read::Short, SQL, &[&kinds, &ids]).await?)
}

pub(super) async fn version(pool: &Pool, kind: u16, id: &str, version: u64) -> Result<Option<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, v.at, v.op, v.kid, v.owner, v.body \
        FROM res r JOIN ver v ON v.rid = r.rid AND v.ver = $3 WHERE r.id = $1 AND r.kind = $2";
    let number = i64::try_from(version).unwrap_or(i64::MAX);
    pool.query_one(Read::Short, SQL, &[&id, &(kind as i16), &number]).await?.as_ref().map(row).transpose()
}

pub(super) const ROWS: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, v.at, v.op, v.kid, v.owner, v.body \
    FROM unnest($1::bigint[]) WITH ORDINALITY AS k(vid, n) JOIN ver v ON v.vid = k.vid \
    JOIN res r ON r.rid = v.rid ORDER BY k.n";

pub(super) async fn rows(pool: &Pool, vids: &[i64]) -> Result<Vec<Row>> {
    all(&pool.query(Read::Short, ROWS, &[&vids]).await?)
}

pub(super) async fn names(pool: &Pool, vids: &[i64]) -> Result<Vec<(u16, String, i64)>> {
    const SQL: &str = "SELECT r.kind, r.id, v.owner FROM unnest($1::bigint[]) WITH ORDINALITY AS k(vid, n) \
        JOIN ver v ON v.vid = k.vid JOIN res r ON r.rid = v.rid ORDER BY k.n";
    let found = pool.query(Read::Short, SQL, &[&vids]).await?;
    found.iter().map(|r| Ok((get::<i16>(r, 0)? as u16, get(r, 1)?, get(r, 2)?))).collect()
}

pub(super) fn head(r: &SqlRow) -> Result<Head> {
    Ok(Head {
        rid: get(r, 0)?,
        vid: get(r, 1)?,
        version: get::<i64>(r, 2)? as u64,
        deleted: get::<i16>(r, 3)? == Op::Delete as i16,
        kid: get(r, 4)?,
        owner: get(r, 5)?,
    })
}

pub(super) async fn heads(pool: &Pool, rids: &[i64]) -> Result<Vec<Head>> {
    const SQL: &str = "SELECT r.rid, r.cur, v.ver, v.op, v.kid, v.owner FROM unnest($1::bigint[]) AS k(rid) \
        JOIN res r ON r.rid = k.rid JOIN ver v ON v.vid = r.cur";
    pool.query(Read::Short, SQL, &[&rids]).await?.iter().map(head).collect()
}

pub(super) const HEADS_BY_NAME: &str = "SELECT r.rid, r.cur, v.ver, v.op, v.kid, v.owner, k.n \
    FROM unnest($1::smallint[], $2::text[]) WITH ORDINALITY AS k(kind, id, n) \
    JOIN res r ON r.id = k.id AND r.kind = k.kind JOIN ver v ON v.vid = r.cur";

/// The part of a history query after the columns, and its arguments. Times become version numbers first:
/// both grow together, and the history is read in the order of the latter.
fn history_where(query: &HistoryQuery) -> (String, Vec<Box<dyn ToSql + Sync + Send>>) {
    let mut args: Vec<Box<dyn ToSql + Sync + Send>> = Vec::new();
    let mut conditions = Vec::new();
    let mut add = |before: &str, arg: Box<dyn ToSql + Sync + Send>, after: &str| {
        args.push(arg);
        conditions.push(format!("{before}${}{after}", args.len()));
    };
    let kind = query.kind.map(|kind| kind as i16);
    match (&query.id, kind) {
        (Some(id), Some(kind)) => {
            add("v.rid = (SELECT rid FROM res WHERE id = ", Box::new(id.clone()), "");
            add("kind = ", Box::new(kind), ")");
        }
        (Some(id), None) => add("r.id = ", Box::new(id.clone()), ""),
        (None, Some(kind)) => add("r.kind = ", Box::new(kind), ""),
        (None, None) => {}
    }
    if let Some(before) = query.before {
        add("v.vid < ", Box::new(before), "");
    }
    let newest = "(SELECT coalesce(max(vid), 0) FROM (SELECT vid FROM tx WHERE at";
    let end = " ORDER BY at DESC, vid DESC LIMIT 1) x)";
    if let Some(since) = query.since {
        add(&format!("v.vid > {newest} < "), Box::new(since), end);
    }
    if let Some(until) = query.until {
        add(&format!("v.vid <= {newest} <= "), Box::new(until), end);
    }
    let mut sql = String::from(" FROM ver v JOIN res r ON r.rid = v.rid");
    for (n, condition) in conditions.iter().enumerate() {
        sql.push_str(if n == 0 { " WHERE " } else { " AND " });
        sql.push_str(condition);
    }
    (sql, args)
}

fn borrowed(args: &[Box<dyn ToSql + Sync + Send>]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|arg| &**arg as &(dyn ToSql + Sync)).collect()
}

pub(super) async fn history(pool: &Pool, query: &HistoryQuery) -> Result<Vec<Row>> {
    let (conditions, args) = history_where(query);
    let sql = format!(
        "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, v.at, v.op, v.kid, v.owner, v.body{conditions} \
         ORDER BY v.vid DESC LIMIT {}",
        query.limit
    );
    all(&pool.query(Read::Long, &sql, &borrowed(&args)).await?)
}

pub(super) async fn history_count(pool: &Pool, query: &HistoryQuery) -> Result<u64> {
    let (conditions, args) = history_where(&HistoryQuery { before: None, ..query.clone() });
    let sql = format!("SELECT count(*){conditions}");
    let found = pool.query_one(Read::Long, &sql, &borrowed(&args)).await?;
    found.map_or(Ok(0), |r| Ok(get::<i64>(&r, 0)? as u64))
}

pub(super) async fn feed(pool: &Pool, after: i64, limit: usize) -> Result<Vec<FeedRow>> {
    const SQL: &str = "SELECT v.vid, v.t, v.at, r.kind, r.id, v.ver, v.op, v.owner, x.audit \
        FROM ver v JOIN res r ON r.rid = v.rid JOIN tx x ON x.t = v.t WHERE v.vid > $1 ORDER BY v.vid LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = pool.query(Read::Long, SQL, &[&after, &limit]).await?;
    let feed_row = |r: &SqlRow| {
        Ok(FeedRow {
            vid: get(r, 0)?,
            t: get(r, 1)?,
            at: get(r, 2)?,
            kind: get::<i16>(r, 3)? as u16,
            id: get(r, 4)?,
            version: get::<i64>(r, 5)? as u64,
            op: op(get(r, 6)?)?,
            owner: get(r, 7)?,
            audit: get(r, 8)?,
        })
    };
    found.iter().map(feed_row).collect()
}

pub(super) fn top_of(r: &SqlRow) -> Result<Top> {
    Ok(Top { t: get(r, 0)?, vid: get(r, 1)?, rid: get(r, 2)?, at: get(r, 3)? })
}

pub(super) async fn newest(pool: &Pool) -> Result<(Top, Newest)> {
    const SQL: &str = "SELECT t, vid, rid, at, (SELECT coalesce(sum(length(value)), 0)::bigint FROM value \
        WHERE name IN ('erased', 'erasures_done')) FROM head";
    let row = pool.query_one(Read::Short, SQL, &[]).await?;
    let row = row.ok_or_else(|| Error::Corrupt("the head row is missing".into()))?;
    let top = top_of(&row)?;
    Ok((top, Newest { vid: top.vid, erasures: get(&row, 4)? }))
}

pub(super) const VID_BEFORE: &str = "SELECT vid FROM tx WHERE at < $1 ORDER BY at DESC, vid DESC LIMIT 1";

pub(super) async fn vid_before(pool: &Pool, at: i64) -> Result<i64> {
    pool.query_one(Read::Short, VID_BEFORE, &[&at]).await?.map_or(Ok(0), |r| get(&r, 0))
}

pub(super) async fn parked(pool: &Pool) -> Result<Vec<Parked>> {
    const SQL: &str = "SELECT reaction, vid, attempts, reason, at FROM parked ORDER BY vid LIMIT 1000";
    let parked = |r: &SqlRow| {
        Ok(Parked {
            reaction: get(r, 0)?,
            vid: get(r, 1)?,
            attempts: u32::try_from(get::<i64>(r, 2)?).unwrap_or(u32::MAX),
            reason: get(r, 3)?,
            at: get(r, 4)?,
        })
    };
    pool.query(Read::Long, SQL, &[]).await?.iter().map(parked).collect()
}

/// For the writing transaction, on its own connection.
pub(super) async fn rows_on(connection: &Connection, vids: &[i64]) -> Result<Vec<Row>> {
    all(&connection.query(ROWS, &[&vids]).await.map_err(db)?)
}

/// In the order asked.
pub(super) async fn heads_on(connection: &Connection, names: &[(u16, &str)]) -> Result<Vec<Option<Head>>> {
    let kinds: Vec<i16> = names.iter().map(|(kind, _)| *kind as i16).collect();
    let ids: Vec<&str> = names.iter().map(|(_, id)| *id).collect();
    let mut heads = vec![None; names.len()];
    for r in connection.query(HEADS_BY_NAME, &[&kinds, &ids]).await.map_err(db)? {
        let place = usize::try_from(get::<i64>(&r, 6)?).unwrap_or(0).wrapping_sub(1);
        if let Some(slot) = heads.get_mut(place) {
            *slot = Some(head(&r)?);
        }
    }
    Ok(heads)
}
