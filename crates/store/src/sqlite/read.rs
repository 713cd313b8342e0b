//! Reads rows: by name, by number, history, feed.

use super::db;
use crate::backend::{FeedRow, Head, HistoryQuery, Op, Parked, Row, Top};
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension, Params, Row as SqlRow};

const COLUMNS: &str = "v.vid, v.rid, r.kind, r.id, v.ver, v.t, x.at, v.op, v.kid, v.owner, v.body";

pub(super) fn op(number: i64) -> Result<Op> {
    match number {
        1 => Ok(Op::Create),
        2 => Ok(Op::Update),
        3 => Ok(Op::Delete),
        _ => Err(Error::Corrupt(format!("operation {number}"))),
    }
}

fn row(r: &SqlRow<'_>) -> rusqlite::Result<(Row, i64)> {
    let row = Row {
        vid: r.get(0)?,
        rid: r.get(1)?,
        kind: r.get(2)?,
        id: r.get(3)?,
        version: r.get::<_, i64>(4)? as u64,
        t: r.get(5)?,
        at: r.get(6)?,
        op: Op::Create,
        kid: r.get(8)?,
        owner: r.get(9)?,
        body: r.get(10)?,
    };
    Ok((row, r.get(7)?))
}

fn with_op((mut row, number): (Row, i64)) -> Result<Row> {
    row.op = op(number)?;
    Ok(row)
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<Row>> {
    let mut statement = connection.prepare_cached(sql).map_err(db)?;
    let found = statement.query_row(params, row).optional().map_err(db)?;
    found.map(with_op).transpose()
}

pub(super) fn current(connection: &Connection, kind: u16, id: &str) -> Result<Option<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, x.at, v.op, v.kid, v.owner, v.body \
        FROM res r JOIN ver v ON v.vid=r.cur JOIN tx x ON x.t=v.t WHERE r.id=?1 AND r.kind=?2";
    one(connection, SQL, (id, kind))
}

pub(super) fn version(connection: &Connection, kind: u16, id: &str, version: u64) -> Result<Option<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, x.at, v.op, v.kid, v.owner, v.body \
        FROM res r JOIN ver v ON v.rid=r.rid AND v.ver=?3 JOIN tx x ON x.t=v.t WHERE r.id=?1 AND r.kind=?2";
    one(connection, SQL, (id, kind, i64::try_from(version).unwrap_or(i64::MAX)))
}

pub(super) fn rows(connection: &Connection, vids: &[i64]) -> Result<Vec<Row>> {
    const SQL: &str = "SELECT v.vid, v.rid, r.kind, r.id, v.ver, v.t, x.at, v.op, v.kid, v.owner, v.body \
        FROM ver v JOIN res r ON r.rid=v.rid JOIN tx x ON x.t=v.t WHERE v.vid=?1";
    let mut found = Vec::with_capacity(vids.len());
    for vid in vids {
        found.extend(one(connection, SQL, [vid])?);
    }
    Ok(found)
}

pub(super) fn names(connection: &Connection, vids: &[i64]) -> Result<Vec<(u16, String, i64)>> {
    const SQL: &str = "SELECT r.kind, r.id, v.owner FROM ver v JOIN res r ON r.rid=v.rid WHERE v.vid=?1";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    let mut found = Vec::with_capacity(vids.len());
    for vid in vids {
        let name = statement.query_row([vid], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)));
        found.extend(name.optional().map_err(db)?);
    }
    Ok(found)
}

const HEAD: &str =
    "SELECT r.rid, r.cur, v.ver, v.op, v.kid, v.owner FROM res r JOIN ver v ON v.vid=r.cur WHERE ";

fn head(r: &SqlRow<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        rid: r.get(0)?,
        vid: r.get(1)?,
        version: r.get::<_, i64>(2)? as u64,
        deleted: r.get::<_, i64>(3)? == Op::Delete as i64,
        kid: r.get(4)?,
        owner: r.get(5)?,
    })
}

pub(super) fn heads(connection: &Connection, rids: &[i64]) -> Result<Vec<Head>> {
    let mut statement = connection.prepare_cached(&format!("{HEAD} r.rid=?1")).map_err(db)?;
    let mut found = Vec::with_capacity(rids.len());
    for rid in rids {
        found.extend(statement.query_row([rid], head).optional().map_err(db)?);
    }
    Ok(found)
}

pub(super) fn heads_by_name(connection: &Connection, names: &[(u16, &str)]) -> Result<Vec<Option<Head>>> {
    const SQL: &str = "SELECT r.rid, r.cur, v.ver, v.op, v.kid, v.owner FROM res r JOIN ver v ON v.vid=r.cur \
        WHERE r.id=?1 AND r.kind=?2";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    names.iter().map(|(kind, id)| statement.query_row((id, kind), head).optional().map_err(db)).collect()
}

/// The conditions of a history query, with their arguments in order.
fn history_where(query: &HistoryQuery) -> (String, Vec<rusqlite::types::Value>) {
    let mut sql = String::from(" FROM ver v JOIN res r ON r.rid=v.rid JOIN tx x ON x.t=v.t WHERE 1=1");
    let mut args: Vec<rusqlite::types::Value> = Vec::new();
    let mut add = |condition: &str, arg: rusqlite::types::Value| {
        args.push(arg);
        sql.push_str(&format!(" AND {condition}?{}", args.len()));
    };
    if let Some(id) = &query.id {
        add("r.id=", id.clone().into());
    }
    if let Some(kind) = query.kind {
        add("r.kind=", i64::from(kind).into());
    }
    if let Some(before) = query.before {
        add("v.vid<", before.into());
    }
    if let Some(since) = query.since {
        add("x.at>=", since.into());
    }
    if let Some(until) = query.until {
        add("x.at<=", until.into());
    }
    (sql, args)
}

pub(super) fn history(connection: &Connection, query: &HistoryQuery) -> Result<Vec<Row>> {
    let (conditions, mut args) = history_where(query);
    args.push((query.limit as i64).into());
    let sql = format!("SELECT {COLUMNS}{conditions} ORDER BY v.vid DESC LIMIT ?{}", args.len());
    let mut statement = connection.prepare_cached(&sql).map_err(db)?;
    let found = statement.query_map(rusqlite::params_from_iter(args), row).map_err(db)?;
    found.map(|r| r.map_err(db).and_then(with_op)).collect()
}

pub(super) fn history_count(connection: &Connection, query: &HistoryQuery) -> Result<u64> {
    let (conditions, args) = history_where(&HistoryQuery { before: None, ..query.clone() });
    let sql = format!("SELECT count(*){conditions}");
    let mut statement = connection.prepare_cached(&sql).map_err(db)?;
    let count: i64 = statement.query_row(rusqlite::params_from_iter(args), |r| r.get(0)).map_err(db)?;
    Ok(count as u64)
}

pub(super) fn feed(connection: &Connection, after: i64, limit: usize) -> Result<Vec<FeedRow>> {
    const SQL: &str = "SELECT v.vid, v.t, x.at, r.kind, r.id, v.ver, v.op, v.owner, x.audit \
        FROM ver v JOIN res r ON r.rid=v.rid JOIN tx x ON x.t=v.t WHERE v.vid>?1 ORDER BY v.vid LIMIT ?2";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    let found = statement
        .query_map((after, limit as i64), |r| {
            let row = FeedRow {
                vid: r.get(0)?,
                t: r.get(1)?,
                at: r.get(2)?,
                kind: r.get(3)?,
                id: r.get(4)?,
                version: r.get::<_, i64>(5)? as u64,
                op: Op::Create,
                owner: r.get(7)?,
                audit: r.get(8)?,
            };
            Ok((row, r.get::<_, i64>(6)?))
        })
        .map_err(db)?;
    found
        .map(|r| {
            let (mut row, number) = r.map_err(db)?;
            row.op = op(number)?;
            Ok(row)
        })
        .collect()
}

pub(super) fn top(connection: &Connection) -> Result<Top> {
    const SQL: &str = "SELECT coalesce((SELECT max(t) FROM tx),0), coalesce((SELECT max(vid) FROM ver),0), \
        coalesce((SELECT max(rid) FROM res),0), coalesce((SELECT at FROM tx ORDER BY t DESC LIMIT 1),0)";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    statement
        .query_row([], |r| Ok(Top { t: r.get(0)?, vid: r.get(1)?, rid: r.get(2)?, at: r.get(3)? }))
        .map_err(db)
}

pub(super) fn vid_before(connection: &Connection, at: i64) -> Result<i64> {
    const SQL: &str = "SELECT vid FROM tx WHERE at<?1 ORDER BY at DESC, vid DESC LIMIT 1";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    Ok(statement.query_row([at], |r| r.get(0)).optional().map_err(db)?.unwrap_or(0))
}

pub(super) fn parked(connection: &Connection) -> Result<Vec<Parked>> {
    const SQL: &str = "SELECT reaction, vid, attempts, reason, at FROM parked ORDER BY vid LIMIT 1000";
    let mut statement = connection.prepare_cached(SQL).map_err(db)?;
    let found = statement
        .query_map([], |r| {
            let (reaction, vid, attempts, reason, at) =
                (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?);
            Ok(Parked { reaction, vid, attempts, reason, at })
        })
        .map_err(db)?;
    found.collect::<rusqlite::Result<_>>().map_err(db)
}

pub(super) fn value(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT value FROM value WHERE name=?1";
    connection.prepare_cached(sql).and_then(|mut s| s.query_row([name], |r| r.get(0)).optional()).map_err(db)
}
