//! One group commit: the writing transaction, what is known of the names it touches, and the rows that
//! wait to be appended.

use crate::backend::{Head, NewTransaction, NewVersion, Op, Top, Tx};
use crate::error::Result;
use std::collections::HashMap;

type Name = (u16, String);

/// State of a group commit.
pub(crate) struct Batch<'a> {
    pub tx: Box<dyn Tx + 'a>,
    top: Top,
    /// Commit time of the whole group, ms; never before that of an earlier commit.
    pub at: i64,
    known: HashMap<Name, Option<Head>>,
    transactions: Vec<NewTransaction>,
    versions: Vec<(i64, NewVersion)>,
    /// What the current job changed, so that it can be undone.
    undo: Vec<(Name, Option<Head>)>,
    mark: Mark,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    top: Top,
    transactions: usize,
    versions: usize,
    savepoint: bool,
}

impl<'a> Batch<'a> {
    pub fn begin(mut tx: Box<dyn Tx + 'a>, now_ms: i64) -> Result<Batch<'a>> {
        let top = tx.top()?;
        Ok(Batch {
            tx,
            top,
            at: now_ms.max(top.at),
            known: HashMap::new(),
            transactions: Vec::new(),
            versions: Vec::new(),
            undo: Vec::new(),
            mark: Mark::default(),
        })
    }

    /// Looks up many names at once: one round trip where the database is remote.
    pub fn prefetch(&mut self, names: &[(u16, &str)]) -> Result<()> {
        let heads = self.tx.heads(names)?;
        for ((kind, id), head) in names.iter().zip(heads) {
            self.known.entry((*kind, (*id).to_string())).or_insert(head);
        }
        Ok(())
    }

    /// The newest version of a resource, this group's writes included.
    pub fn head(&mut self, kind: u16, id: &str) -> Result<Option<Head>> {
        let name = (kind, id.to_string());
        if let Some(head) = self.known.get(&name) {
            return Ok(*head);
        }
        let head = self.tx.heads(&[(kind, id)])?.pop().flatten();
        self.known.insert(name, head);
        Ok(head)
    }

    /// Opens a job's own transaction `t`. With `savepoint`, what was appended before is flushed, so that the
    /// job's searches see it.
    pub fn job_begin(&mut self, audit: Vec<u8>, savepoint: bool) -> Result<i64> {
        if savepoint {
            self.flush()?;
            self.tx.savepoint()?;
        }
        self.undo.clear();
        self.mark = Mark {
            top: self.top,
            transactions: self.transactions.len(),
            versions: self.versions.len(),
            savepoint,
        };
        self.top.t += 1;
        self.transactions.push(NewTransaction { t: self.top.t, at: self.at, audit });
        Ok(self.top.t)
    }

    /// Keeps the job. A job that wrote nothing leaves no transaction behind.
    pub fn job_keep(&mut self) -> Result<()> {
        if self.versions.len() == self.mark.versions && self.transactions.len() > self.mark.transactions {
            self.transactions.truncate(self.mark.transactions);
            self.top.t = self.mark.top.t;
        }
        if self.mark.savepoint {
            self.flush()?;
            self.tx.savepoint_release()?;
        }
        Ok(())
    }

    /// Undoes the job.
    pub fn job_drop(&mut self) -> Result<()> {
        self.transactions.truncate(self.mark.transactions);
        self.versions.truncate(self.mark.versions);
        self.top = self.mark.top;
        for (name, head) in self.undo.drain(..).rev() {
            self.known.insert(name, head);
        }
        if self.mark.savepoint { self.tx.savepoint_rollback() } else { Ok(()) }
    }

    /// Numbers for a new version: `(vid, rid)`; a new resource gets a new `rid`.
    pub fn number(&mut self, head: Option<Head>) -> (i64, i64) {
        self.top.vid += 1;
        let rid = match head {
            Some(head) => head.rid,
            None => {
                self.top.rid += 1;
                self.top.rid
            }
        };
        (self.top.vid, rid)
    }

    /// Adds a version to the group.
    pub fn push(&mut self, t: i64, version: NewVersion) {
        let name = (version.kind, version.id.clone());
        let head = Head {
            rid: version.rid,
            vid: version.vid,
            version: version.version,
            deleted: version.op == Op::Delete,
            kid: version.kid,
            owner: version.owner,
        };
        let before = self.known.insert(name.clone(), Some(head)).flatten();
        self.undo.push((name, before));
        self.versions.push((t, version));
    }

    /// Sends what waits to the database, so that searches in the transaction see it.
    pub fn flush(&mut self) -> Result<()> {
        if self.versions.is_empty() {
            // A job that has written nothing yet needs no row of its own; it will be sent with its versions.
            return Ok(());
        }
        let sent = self.tx.append(&self.transactions, &self.versions);
        self.mark.transactions = 0;
        self.mark.versions = 0;
        self.transactions.clear();
        self.versions.clear();
        sent
    }

    /// The newest version number so far.
    pub fn vid(&self) -> i64 {
        self.top.vid
    }

    pub fn commit(mut self) -> Result<()> {
        self.flush()?;
        self.tx.commit()
    }
}
