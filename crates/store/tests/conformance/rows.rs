//! Rows to write, and a pen to write them with.

use store::backend::{Backend, Head, IndexRows, NewTransaction, NewVersion, Op, RangeRow, Select, Top, Tx};

pub const PATIENT: u16 = 100;
pub const OBSERVATION: u16 = 90;

/// Writes to a backend, keeping the numbers as the store's writer does.
pub struct Pen<'b> {
    pub backend: &'b dyn Backend,
    pub at: i64,
}

/// One version to write.
#[derive(Clone)]
pub struct Draft<'a> {
    pub kind: u16,
    pub id: &'a str,
    pub op: Op,
    pub time: i64,
    pub keys: &'a [i64],
    pub ranges: &'a [(i64, i64, i64)],
    pub kid: i64,
}

impl<'a> Draft<'a> {
    pub fn of(kind: u16, id: &'a str) -> Self {
        Draft { kind, id, op: Op::Update, time: 0, keys: &[], ranges: &[], kid: 0 }
    }

    pub fn keys(self, time: i64, keys: &'a [i64]) -> Self {
        Draft { time, keys, ..self }
    }

    pub fn ranges(self, ranges: &'a [(i64, i64, i64)]) -> Self {
        Draft { ranges, ..self }
    }

    pub fn kid(self, kid: i64) -> Self {
        Draft { kid, ..self }
    }

    pub fn deleted(kind: u16, id: &'a str) -> Self {
        Draft { op: Op::Delete, ..Draft::of(kind, id) }
    }
}

/// Numbers the drafts as one transaction, after what the database holds.
pub fn number(
    tx: &mut dyn Tx,
    t: i64,
    at: i64,
    drafts: &[Draft<'_>],
) -> (NewTransaction, Vec<(i64, NewVersion)>) {
    let names: Vec<(u16, &str)> = drafts.iter().map(|d| (d.kind, d.id)).collect();
    let (top, heads) = (tx.top().unwrap(), tx.heads(&names).unwrap());
    number_after(top, heads, t, at, drafts)
}

/// The same; `heads` are those of the drafts' resources.
pub fn number_after(
    top: Top,
    mut heads: Vec<Option<Head>>,
    t: i64,
    at: i64,
    drafts: &[Draft<'_>],
) -> (NewTransaction, Vec<(i64, NewVersion)>) {
    let (mut vid, mut rid) = (top.vid, top.rid);
    let mut versions: Vec<(i64, NewVersion)> = Vec::new();
    for (draft, head) in drafts.iter().zip(&mut heads) {
        vid += 1;
        let earlier =
            versions.iter().rev().map(|(_, v)| v).find(|v| v.kind == draft.kind && v.id == draft.id);
        let head: Option<(i64, i64, u64)> = match earlier {
            Some(v) => Some((v.rid, v.vid, v.version)),
            None => head.take().map(|Head { rid, vid, version, .. }| (rid, vid, version)),
        };
        let (own, previous, version) = match head {
            Some((rid, vid, version)) => (rid, Some(vid), version + 1),
            None => {
                rid += 1;
                (rid, None, 1)
            }
        };
        let op = if previous.is_none() { Op::Create } else { draft.op };
        let body = if op == Op::Delete { Vec::new() } else { format!("{}/{version}", draft.id).into_bytes() };
        let ranges =
            draft.ranges.iter().map(|(key, lo, hi)| RangeRow { key: *key, lo: *lo, hi: *hi }).collect();
        let index = IndexRows { time: draft.time, eq: draft.keys.to_vec(), ranges };
        let (kind, id, kid) = (draft.kind, draft.id.to_string(), draft.kid);
        versions.push((
            t,
            NewVersion { vid, rid: own, kind, id, version, previous, op, kid, owner: own, body, index },
        ));
    }
    (NewTransaction { t, at, audit: format!("audit {t}").into_bytes() }, versions)
}

impl Pen<'_> {
    /// One transaction, committed; the numbers of its versions.
    pub fn write(&mut self, drafts: &[Draft<'_>]) -> Vec<i64> {
        let mut tx = self.backend.begin().unwrap();
        let t = tx.top().unwrap().t + 1;
        self.at += 1000;
        let (transaction, versions) = number(&mut *tx, t, self.at, drafts);
        tx.append(&[transaction], &versions).unwrap();
        tx.commit().unwrap();
        versions.iter().map(|(_, v)| v.vid).collect()
    }
}

/// The statement of the store's searches: a key as of a snapshot, newest first.
pub fn by_key(key: i64, snapshot: i64, limit: usize) -> Select {
    let sql = "SELECT d.time, d.vid FROM ix d WHERE d.key = $1 AND d.vid <= $2 AND NOT EXISTS \
        (SELECT 1 FROM dead x WHERE x.vid = d.vid AND x.by <= $3) ORDER BY d.time DESC, d.vid DESC LIMIT $4";
    let args = vec![key, snapshot, snapshot, limit as i64];
    Select { sql: sql.into(), args, each: None, descending: true, limit }
}
