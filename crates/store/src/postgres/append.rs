//! Appends a group of transactions: the rows of each table as arrays, all statements sent at once, so that a
//! whole group costs one round trip.

use super::connection::{Connection, Sql};
use super::failure::db;
use crate::backend::{NewTransaction, NewVersion, Op, Top};
use crate::error::{Error, Result};
use std::collections::HashMap;

/// Rows of the tables `tx`, `res`, `ver`, `dead`, `ix` and `rng`, column by column.
#[derive(Default)]
pub(super) struct Columns<'v> {
    tx: Transactions<'v>,
    tx_last: (Vec<i64>, Vec<i64>),
    res_new: (Vec<i64>, Vec<i64>, Vec<i16>, Vec<&'v str>),
    res_cur: (Vec<i64>, Vec<i64>),
    ver: Versions<'v>,
    dead: (Vec<i64>, Vec<i64>, Vec<i64>),
    ix: Vec<[i64; 3]>,
    rng: Vec<[i64; 5]>,
}

#[derive(Default)]
struct Transactions<'v> {
    t: Vec<i64>,
    at: Vec<i64>,
    vid: Vec<i64>,
    audit: Vec<&'v [u8]>,
}

#[derive(Default)]
struct Versions<'v> {
    vid: Vec<i64>,
    rid: Vec<i64>,
    t: Vec<i64>,
    at: Vec<i64>,
    ver: Vec<i64>,
    kid: Vec<i64>,
    owner: Vec<i64>,
    op: Vec<i16>,
    ix: Vec<Vec<u8>>,
    body: Vec<&'v [u8]>,
}

impl<'v> Columns<'v> {
    /// `times` has the commit time of every transaction of this database transaction.
    pub fn new(
        transactions: &'v [NewTransaction],
        versions: &'v [(i64, NewVersion)],
        times: &HashMap<i64, i64>,
        top: &Top,
    ) -> Result<Columns<'v>> {
        let mut columns = Columns::default();
        let mut last: HashMap<i64, i64> = HashMap::new();
        let mut current: HashMap<i64, i64> = HashMap::new();
        for (t, version) in versions {
            last.insert(*t, version.vid);
            current.insert(version.rid, version.vid);
        }
        for new in transactions {
            let vid = last.remove(&new.t).unwrap_or(top.vid);
            columns.tx.t.push(new.t);
            columns.tx.at.push(new.at);
            columns.tx.vid.push(vid);
            columns.tx.audit.push(&new.audit);
        }
        // The rest belongs to transactions that were appended before.
        columns.tx_last = last.into_iter().unzip();
        for (t, version) in versions {
            let at =
                times.get(t).ok_or_else(|| Error::Corrupt(format!("version without transaction {t}")))?;
            // The last version of a resource in this group is its current one; earlier ones never are.
            columns.version(*t, *at, version, current.get(&version.rid).copied());
        }
        let renewed = current.iter().filter(|(rid, _)| columns.res_new.0.binary_search(rid).is_err());
        columns.res_cur = renewed.map(|(rid, vid)| (*rid, *vid)).unzip();
        columns.ix.sort_unstable();
        columns.rng.sort_unstable();
        Ok(columns)
    }

    fn version(&mut self, t: i64, at: i64, v: &'v NewVersion, current: Option<i64>) {
        match v.previous {
            None => {
                self.res_new.0.push(v.rid);
                self.res_new.1.push(current.unwrap_or(v.vid));
                self.res_new.2.push(v.kind as i16);
                self.res_new.3.push(&v.id);
            }
            Some(previous) => {
                self.dead.0.push(previous);
                self.dead.1.push(v.vid);
                self.dead.2.push(at);
            }
        }
        let living = v.op != Op::Delete;
        self.ver.vid.push(v.vid);
        self.ver.rid.push(v.rid);
        self.ver.t.push(t);
        self.ver.at.push(at);
        self.ver.ver.push(v.version as i64);
        self.ver.kid.push(v.kid);
        self.ver.owner.push(v.owner);
        self.ver.op.push(v.op as i16);
        self.ver.ix.push(if living { v.index.encode() } else { Vec::new() });
        self.ver.body.push(&v.body);
        if living {
            let time = v.index.time;
            self.ix.extend(v.index.eq.iter().map(|key| [*key, time, v.vid]));
            self.rng.extend(v.index.ranges.iter().map(|r| [r.key, r.lo, r.hi, v.vid, time]));
        }
    }

    pub async fn send(&self, connection: &Connection) -> Result<()> {
        tokio::try_join!(
            self.send_tx(connection),
            self.send_tx_last(connection),
            self.send_res_new(connection),
            self.send_res_cur(connection),
            self.send_ver(connection),
            self.send_dead(connection),
            self.send_ix(connection),
            self.send_rng(connection),
        )
        .map(drop)
        .map_err(db)
    }

    async fn send_tx(&self, connection: &Connection) -> Sent {
        const SQL: &str = "INSERT INTO tx (t, at, vid, audit) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])";
        let Transactions { t, at, vid, audit } = &self.tx;
        if t.is_empty() { Ok(0) } else { connection.execute(SQL, &[t, at, vid, audit]).await }
    }

    async fn send_tx_last(&self, connection: &Connection) -> Sent {
        const SQL: &str =
            "UPDATE tx SET vid = n.vid FROM unnest($1::bigint[], $2::bigint[]) AS n(t, vid) WHERE tx.t = n.t";
        let (t, vid) = &self.tx_last;
        if t.is_empty() { Ok(0) } else { connection.execute(SQL, &[t, vid]).await }
    }

    async fn send_res_new(&self, connection: &Connection) -> Sent {
        const SQL: &str = "INSERT INTO res (rid, cur, kind, id) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[])";
        let (rid, cur, kind, id) = &self.res_new;
        if rid.is_empty() { Ok(0) } else { connection.execute(SQL, &[rid, cur, kind, id]).await }
    }

    async fn send_res_cur(&self, connection: &Connection) -> Sent {
        const SQL: &str = "UPDATE res SET cur = n.cur FROM unnest($1::bigint[], $2::bigint[]) AS n(rid, cur) WHERE res.rid = n.rid";
        let (rid, cur) = &self.res_cur;
        if rid.is_empty() { Ok(0) } else { connection.execute(SQL, &[rid, cur]).await }
    }

    async fn send_ver(&self, connection: &Connection) -> Sent {
        const SQL: &str = "INSERT INTO ver (vid, rid, t, at, ver, kid, owner, op, ix, body) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], \
            $6::bigint[], $7::bigint[], $8::smallint[], $9::bytea[], $10::bytea[])";
        let v = &self.ver;
        if v.vid.is_empty() {
            return Ok(0);
        }
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 10] =
            [&v.vid, &v.rid, &v.t, &v.at, &v.ver, &v.kid, &v.owner, &v.op, &v.ix, &v.body];
        connection.execute(SQL, &params).await
    }

    async fn send_dead(&self, connection: &Connection) -> Sent {
        const SQL: &str =
            "INSERT INTO dead (vid, by, at) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])";
        let (vid, by, at) = &self.dead;
        if vid.is_empty() { Ok(0) } else { connection.execute(SQL, &[vid, by, at]).await }
    }

    async fn send_ix(&self, connection: &Connection) -> Sent {
        const SQL: &str =
            "INSERT INTO ix (key, time, vid) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])";
        if self.ix.is_empty() {
            return Ok(0);
        }
        let [key, time, vid] = column(&self.ix);
        connection.execute(SQL, &[&key, &time, &vid]).await
    }

    async fn send_rng(&self, connection: &Connection) -> Sent {
        const SQL: &str = "INSERT INTO rng (key, lo, hi, vid, time) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])";
        if self.rng.is_empty() {
            return Ok(0);
        }
        let [key, lo, hi, vid, time] = column(&self.rng);
        connection.execute(SQL, &[&key, &lo, &hi, &vid, &time]).await
    }
}

type Sent = Sql<u64>;

/// Rows to columns.
fn column<const N: usize>(rows: &[[i64; N]]) -> [Vec<i64>; N] {
    std::array::from_fn(|n| rows.iter().map(|row| row[n]).collect())
}
