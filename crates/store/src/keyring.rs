//! Opening and sealing rows of one tenant: the tenant's keys, and the data keys of its patients.

use crate::access::label::Labels;
use crate::backend::{Backend, Op, Row};
use crate::body;
use crate::cache::Entry;
use crate::error::{Error, Result};
use bytes::Bytes;
use fhir::ResourceType;
use parking_lot::{Mutex, RwLock};
use quick_cache::sync::Cache;
use seal::{DataKey, TenantKeys};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Opened data keys kept in memory; each takes about 600 bytes.
const KEYS_MAX: usize = 20_000;
/// Name of the value that holds the wrapped keys of before a rotation, until it is over.
pub(crate) const KEYS_PREVIOUS: &str = "keys_previous";
/// Data keys made in advance, so that a new patient costs no extra fsync.
const KEYS_AHEAD: i64 = 256;

/// Data keys at hand, by number.
pub(crate) type Keys = HashMap<i64, Arc<DataKey>>;

/// A tenant's keys, and how its rows are sealed and opened.
pub struct Sealed {
    pub tenant: Box<str>,
    pub keys: TenantKeys,
    /// The keys that wrap data keys now, and those that wrapped them before a rotation that is not over.
    keyrings: RwLock<(Arc<TenantKeys>, Option<Arc<TenantKeys>>)>,
    backend: Arc<dyn Backend>,
    runtime: Handle,
    opened: Cache<i64, Arc<DataKey>>,
    ahead: Mutex<Vec<(i64, Arc<DataKey>)>>,
}

impl Sealed {
    pub(crate) fn new(
        tenant: &str,
        keys: TenantKeys,
        keyring: TenantKeys,
        previous: Option<TenantKeys>,
        backend: Arc<dyn Backend>,
        runtime: Handle,
    ) -> Sealed {
        let (opened, ahead) = (Cache::new(KEYS_MAX), Mutex::new(Vec::new()));
        let keyrings = RwLock::new((Arc::new(keyring), previous.map(Arc::new)));
        Sealed { tenant: tenant.into(), keys, keyrings, backend, runtime, opened, ahead }
    }

    /// A rotation has begun: data keys are wrapped by `new`; those not done yet by `old`.
    pub(crate) fn keyrings_set(&self, new: TenantKeys, old: Option<TenantKeys>) {
        *self.keyrings.write() = (Arc::new(new), old.map(Arc::new));
    }

    /// Wraps all data keys by the newest keyring key; returns how many there were to do.
    pub(crate) async fn rewrap_all(&self, step: usize) -> Result<usize> {
        let (new, old) = self.keyrings.read().clone();
        let Some(old) = old else { return Ok(0) };
        let (mut after, mut done) = (0, 0);
        loop {
            let page = self.backend.keyring_page(after, step).await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            let mut fresh = Vec::new();
            for (kid, wrapped) in page {
                if DataKey::unwrap(&new, kid, &wrapped).is_err() {
                    fresh.push((kid, DataKey::rewrap(kid, &wrapped, &old, &new).map_err(|_| corrupt(kid))?));
                }
            }
            done += fresh.len();
            self.backend.keyring_replace(&fresh).await?;
        }
        self.keyrings.write().1 = None;
        Ok(done)
    }

    /// The keys of these rows, for [`Sealed::open_with`]. They are held here, not only in the cache, which
    /// may drop any of them at any time. Destroyed keys are left out.
    pub(crate) async fn fetch(&self, rows: &[Row]) -> Result<Keys> {
        let mut keys = Keys::new();
        for kid in rows.iter().map(|row| row.kid).filter(|kid| *kid != 0) {
            if keys.contains_key(&kid) {
                continue;
            }
            let key = match self.opened.get(&kid) {
                Some(key) => Some(key),
                None => self.keep(kid, self.backend.keyring_get(kid).await?)?,
            };
            keys.extend(key.map(|key| (kid, key)));
        }
        Ok(keys)
    }

    /// The data key of this number. On the writer's thread.
    ///
    /// # Errors
    /// `Gone` when the key was destroyed: the patient's data were erased.
    pub(crate) fn key(&self, kid: i64) -> Result<Arc<DataKey>> {
        if let Some(key) = self.opened.get(&kid) {
            return Ok(key);
        }
        let wrapped = self.runtime.block_on(self.backend.keyring_get(kid))?;
        self.keep(kid, wrapped)?.ok_or(Error::Gone { version: 0, at: 0 })
    }

    fn keep(&self, kid: i64, wrapped: Option<Vec<u8>>) -> Result<Option<Arc<DataKey>>> {
        let Some(wrapped) = wrapped else { return Ok(None) };
        let (new, old) = self.keyrings.read().clone();
        let key = DataKey::unwrap(&new, kid, &wrapped)
            .or_else(|error| old.as_ref().map_or(Err(error), |old| DataKey::unwrap(old, kid, &wrapped)))
            .map_err(|_| corrupt(kid))?;
        let key = Arc::new(key);
        self.opened.insert(kid, key.clone());
        Ok(Some(key))
    }

    /// Forgets an opened key (it was destroyed).
    pub(crate) fn forget(&self, kid: i64) {
        self.opened.remove(&kid);
    }

    /// A fresh data key for a new patient, already durable in the keyring. On the writer's thread.
    pub(crate) fn key_new(&self) -> Result<i64> {
        let mut ahead = self.ahead.lock();
        if ahead.is_empty() {
            *ahead = self.make_ahead()?;
        }
        let (kid, key) = ahead.pop().ok_or_else(|| Error::Unavailable("keyring".into()))?;
        self.opened.insert(kid, key);
        Ok(kid)
    }

    fn make_ahead(&self) -> Result<Vec<(i64, Arc<DataKey>)>> {
        let keyring = self.keyrings.read().0.clone();
        // Another node may take the same numbers at the same time: one of the two fails, and tries again.
        for _ in 0..5 {
            let first = self.runtime.block_on(self.backend.keyring_top())? + 1;
            let (mut made, mut wrapped) = (Vec::new(), Vec::new());
            for kid in (first..first + KEYS_AHEAD).rev() {
                let key = DataKey::generate().map_err(Error::unavailable)?;
                wrapped.push((kid, key.wrap(&keyring, kid).map_err(Error::unavailable)?));
                made.push((kid, Arc::new(key)));
            }
            if self.runtime.block_on(self.backend.keyring_add(&wrapped)).is_ok() {
                return Ok(made);
            }
        }
        Err(Error::Unavailable("keyring: no numbers".into()))
    }

    /// Seals a packed body.
    pub(crate) fn seal(&self, kid: i64, binding: &[u8], packed: &[u8]) -> Result<Vec<u8>> {
        let sealed = match kid {
            0 => seal::seal(&self.keys.body, 0, binding, packed),
            _ => seal::seal(&*self.key(kid)?, kid, binding, packed),
        };
        sealed.map_err(Error::unavailable)
    }

    /// Opens a row on the writer's thread: unseals, decompresses, assembles.
    ///
    /// # Errors
    /// `Gone` when the patient was erased, `Corrupt` when the row is not what was written.
    pub(crate) fn open(&self, row: &Row) -> Result<Arc<Entry>> {
        let mut keys = Keys::new();
        if row.kid != 0 && row.op != Op::Delete {
            keys.insert(row.kid, self.key(row.kid)?);
        }
        self.open_with(&keys, row)
    }

    /// The same with keys that were fetched before.
    ///
    /// # Errors
    /// `Gone` when the key is not among them: the patient was erased.
    pub(crate) fn open_with(&self, keys: &Keys, row: &Row) -> Result<Arc<Entry>> {
        let rt = ResourceType::from_number(row.kind).ok_or_else(|| Error::Corrupt("resource type".into()))?;
        let (body, labels) = match row.op {
            Op::Delete => (Bytes::new(), Labels::default()),
            _ => {
                let plain = body::decompress(&self.open_packed(keys, row)?)?;
                let body = Bytes::from(body::assemble(rt, &row.id, row.version, row.at, &plain)?);
                (body, body::labels(rt, &plain)?)
            }
        };
        Ok(Arc::new(Entry {
            vid: row.vid,
            rid: row.rid,
            rt,
            id: row.id.as_str().into(),
            version: row.version,
            at: row.at,
            op: row.op,
            kid: row.kid,
            owner: row.owner,
            labels,
            body,
        }))
    }

    fn open_packed(&self, keys: &Keys, row: &Row) -> Result<Vec<u8>> {
        let binding = body::binding_of(&self.tenant, row);
        let opened = match row.kid {
            0 => seal::open(&self.keys.body, &binding, &row.body),
            kid => {
                let key = keys.get(&kid).ok_or(Error::Gone { version: 0, at: 0 })?;
                seal::open(key, &binding, &row.body)
            }
        };
        opened.map_err(|_| Error::Corrupt(format!("version {} does not open", row.vid)))
    }
}

fn corrupt(kid: i64) -> Error {
    Error::Corrupt(format!("data key {kid} does not unwrap"))
}
