//! Searches over a real SQLite file, compared with looking at every resource.

mod basics;
mod hostile;
mod joins;
mod model;
mod pages;

use super::SearchRequest;
use super::engine::Library;
use super::needs::Needs;
use super::run::{Outcome, run};
use crate::access::level::Level;
use crate::backend::{Backend, NewTransaction, NewVersion, Op, Row};
use crate::cache::Entry;
use crate::error::Result;
use crate::index::{AT_COMMIT, index_rows};
use crate::sqlite::Sqlite;
use async_trait::async_trait;
use fhir::ResourceType;
use seal::IndexKey;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// 2024-06-01T00:00:00Z
pub const START: i64 = 1_717_200_000_000;

/// A tenant without keys, writer or audit: bodies lie in clear.
pub struct Shelf {
    folder: PathBuf,
    backend: Sqlite,
    key: IndexKey,
    heads: HashMap<(u16, String), (i64, i64, u64)>,
    top: i64,
}

impl Drop for Shelf {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Shelf {
    pub fn new() -> Shelf {
        let folder = std::env::temp_dir().join(format!("medhub-search-{}", uuid::Uuid::new_v4()));
        let backend = Sqlite::open(&folder).unwrap();
        Shelf { folder, backend, key: IndexKey::generate().unwrap(), heads: HashMap::new(), top: 0 }
    }

    pub fn with(resources: &[&str]) -> Shelf {
        let mut shelf = Shelf::new();
        shelf.put_all(resources.iter().map(|text| text.as_bytes()));
        shelf
    }

    pub fn put(&mut self, text: &str) {
        self.put_all([text.as_bytes()]);
    }

    /// One transaction each, one second apart.
    pub fn put_all<'t>(&mut self, texts: impl IntoIterator<Item = &'t [u8]>) {
        let (mut transactions, mut versions) = (Vec::new(), Vec::new());
        for text in texts {
            let json = fhir::json::parse(text).unwrap();
            let rt = ResourceType::of(&json).unwrap();
            let id = json.get_str("id").unwrap().to_string();
            let mut index = index_rows(&self.key, rt, &json);
            versions.push(self.version(rt, id, text.to_vec(), Op::Update, &mut index, &mut transactions));
        }
        self.append(&transactions, &versions);
    }

    pub fn delete(&mut self, rt: ResourceType, id: &str) {
        let mut transactions = Vec::new();
        let mut index = crate::backend::IndexRows::default();
        let version = self.version(rt, id.to_string(), Vec::new(), Op::Delete, &mut index, &mut transactions);
        self.append(&transactions, &[version]);
    }

    fn version(
        &mut self,
        rt: ResourceType,
        id: String,
        body: Vec<u8>,
        op: Op,
        index: &mut crate::backend::IndexRows,
        transactions: &mut Vec<NewTransaction>,
    ) -> (i64, NewVersion) {
        self.top += 1;
        let (vid, at) = (self.top, START + self.top * 1000);
        transactions.push(NewTransaction { t: vid, at, audit: Vec::new() });
        if index.time == AT_COMMIT {
            index.time = at;
        }
        let kind = rt.number();
        let before = self.heads.get(&(kind, id.clone())).copied();
        let (rid, previous, version) = before.map_or((vid, None, 1), |(rid, vid, v)| (rid, Some(vid), v + 1));
        self.heads.insert((kind, id.clone()), (rid, vid, version));
        let index = index.clone();
        let new = NewVersion { vid, rid, kind, id, version, previous, op, kid: 0, owner: 0, body, index };
        (vid, new)
    }

    fn append(&mut self, transactions: &[NewTransaction], versions: &[(i64, NewVersion)]) {
        let mut tx = self.backend.begin().unwrap();
        tx.append(transactions, versions).unwrap();
        tx.commit().unwrap();
    }

    pub async fn run(&self, request: &SearchRequest) -> Result<Outcome> {
        run(self, request, START + 1_000_000).await
    }

    /// `Type/id` of the matches of `Patient?name=x`, in order; panics when it is refused.
    pub async fn find(&self, url: &str) -> Vec<String> {
        let outcome = self.run(&request(url)).await;
        names(&outcome.unwrap_or_else(|e| panic!("{url}: {e:?}")).matches)
    }

    /// Ids only, sorted.
    pub async fn ids(&self, url: &str) -> Vec<String> {
        let mut ids: Vec<String> =
            self.find(url).await.iter().map(|n| n.split('/').next_back().unwrap().to_string()).collect();
        ids.sort();
        ids
    }

    fn entry(row: Row) -> Arc<Entry> {
        Arc::new(Entry {
            vid: row.vid,
            rid: row.rid,
            rt: ResourceType::from_number(row.kind).unwrap(),
            id: row.id.into(),
            version: row.version,
            at: row.at,
            op: row.op,
            kid: 0,
            owner: 0,
            labels: Default::default(),
            body: row.body.into(),
        })
    }
}

pub fn names(entries: &[Arc<Entry>]) -> Vec<String> {
    entries.iter().map(|e| format!("{}/{}", e.rt, e.id)).collect()
}

/// `Patient?name=x`, `Patient/1/Observation?…` or `?_type=…`.
pub fn request(url: &str) -> SearchRequest {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    let rt = parts.last().filter(|p| **p != "*").map(|p| ResourceType::parse(p).unwrap());
    let mut request = SearchRequest::from_query(rt, query).unwrap();
    request.strict = true;
    if let [compartment, id, _] = parts.as_slice() {
        request.compartment = Some((ResourceType::parse(compartment).unwrap(), (*id).to_string()));
    }
    request
}

#[async_trait]
impl Library for Shelf {
    fn backend(&self) -> &dyn Backend {
        &self.backend
    }

    fn key(&self) -> &IndexKey {
        &self.key
    }

    async fn versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>> {
        Ok(self.backend.rows(vids).await?.into_iter().map(Shelf::entry).collect())
    }

    async fn current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>> {
        let rows = self.backend.current_many(names).await?;
        Ok(rows.into_iter().filter(|r| r.op != Op::Delete).map(Shelf::entry).collect())
    }

    fn permits(&self, _: ResourceType) -> bool {
        true
    }

    fn level(&self, _: ResourceType, _: Needs) -> Level {
        Level::Always
    }

    async fn admit(&self, entries: &[Arc<Entry>], _: Needs) -> Result<Vec<bool>> {
        Ok(vec![true; entries.len()])
    }

    async fn confined(&self, _: ResourceType) -> Result<Option<Vec<String>>> {
        Ok(None)
    }
}
