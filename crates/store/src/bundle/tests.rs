//! Whole bundles against a small tenant in memory.

use super::entry::Get;
use super::records::{Got, Match, Records};
use super::{Options, Place, Prefer, execute};
use crate::error::{Error, Result};
use crate::patch::{Patch, Which};
use crate::write::{Outcome, Status, Write};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, Lang, ResourceType};
use parking_lot::Mutex;
use std::collections::BTreeMap;

type Name = (ResourceType, String);

#[derive(Default)]
struct Memory {
    /// Version and body; a deleted resource has an empty body.
    stored: Mutex<BTreeMap<Name, (u64, Bytes)>>,
    ids: Mutex<usize>,
    /// How many commits still fail as if another writer had been faster.
    races: Mutex<usize>,
}

impl Memory {
    fn apply(stored: &mut BTreeMap<Name, (u64, Bytes)>, write: &Write) -> Result<Outcome> {
        let outcome = |rt, id: &str, version, status, body| Outcome {
            rt,
            id: id.to_string(),
            version,
            at: 0,
            status,
            body,
            issues: Vec::new(),
        };
        match write {
            Write::Create { rt, id, body, .. } => {
                let id = id.clone().unwrap_or_else(|| format!("free{}", stored.len()));
                stored.insert((*rt, id.clone()), (1, body.clone()));
                Ok(outcome(*rt, &id, 1, Status::Created, body.clone()))
            }
            Write::Update { rt, id, body, if_match, .. } => {
                let version = stored.get(&(*rt, id.clone())).map_or(0, |(version, _)| *version);
                if if_match.is_some_and(|want| want != version) {
                    return Err(Error::VersionConflict { current: version });
                }
                stored.insert((*rt, id.clone()), (version + 1, body.clone()));
                let status = if version == 0 { Status::Created } else { Status::Updated };
                Ok(outcome(*rt, id, version + 1, status, body.clone()))
            }
            Write::Delete { rt, id, .. } => {
                let version = stored.get(&(*rt, id.clone())).map_or(0, |(version, _)| *version);
                stored.insert((*rt, id.clone()), (version + 1, Bytes::new()));
                Ok(outcome(*rt, id, version + 1, Status::Deleted, Bytes::new()))
            }
            other => panic!("{other:?}"),
        }
    }
}

/// The only search: `identifier=value`.
fn has_identifier(resource: &Json<'_>, query: &str) -> bool {
    let value = query.strip_prefix("identifier=");
    value.is_some() && resource.each("identifier").any(|identifier| identifier.get_str("value") == value)
}

#[async_trait]
impl Records for Memory {
    fn id(&self) -> String {
        let mut ids = self.ids.lock();
        *ids += 1;
        format!("new{ids}")
    }

    async fn matching(&self, rt: ResourceType, query: &str) -> Result<Vec<Match>> {
        let stored = self.stored.lock();
        let living = stored.iter().filter(|((t, _), (_, body))| *t == rt && !body.is_empty());
        let found = living.filter(|(_, (_, body))| has_identifier(&fhir::json::parse(body).unwrap(), query));
        Ok(found
            .map(|((_, id), (version, body))| Match {
                id: id.clone(),
                version: *version,
                at: 0,
                body: body.clone(),
            })
            .collect())
    }

    fn matches(&self, _: ResourceType, query: &str, resources: &[&Json<'_>]) -> Result<Vec<bool>> {
        Ok(resources.iter().map(|resource| has_identifier(resource, query)).collect())
    }

    async fn current(&self, rt: ResourceType, id: &str) -> Result<Match> {
        let stored = self.stored.lock();
        let (version, body) = stored.get(&(rt, id.to_string())).ok_or(Error::NotFound)?;
        Ok(Match { id: id.to_string(), version: *version, at: 0, body: body.clone() })
    }

    async fn patch(
        &self,
        rt: ResourceType,
        which: Which<'_>,
        patch: &Patch,
        if_match: Option<u64>,
    ) -> Result<Outcome> {
        let id = match which {
            Which::Id(id) => id.to_string(),
            Which::Where(query) => match self.matching(rt, query).await?.pop() {
                Some(found) => found.id,
                None => return Err(Error::NotFound),
            },
        };
        let body = Bytes::from(patch.apply(&self.current(rt, &id).await?.body)?.to_vec());
        let write = Write::Update { rt, id, body, if_match, if_none_match: false };
        Ok(self.commit(vec![write]).await?.remove(0))
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<Vec<Outcome>> {
        let mut races = self.races.lock();
        if *races > 0 {
            *races -= 1;
            return Err(Error::InWrite { index: 0, error: Box::new(Error::VersionConflict { current: 0 }) });
        }
        let mut stored = self.stored.lock();
        let mut copy = stored.clone();
        let mut outcomes = Vec::new();
        for (index, write) in writes.iter().enumerate() {
            let outcome = Memory::apply(&mut copy, write);
            outcomes.push(outcome.map_err(|error| Error::InWrite { index, error: Box::new(error) })?);
        }
        *stored = copy;
        Ok(outcomes)
    }

    async fn get(&self, get: &Get<'_>) -> Result<Got> {
        let Place::Instance(rt, id) = get.place else { return Err(Error::NotFound) };
        let stored = self.stored.lock();
        let (version, body) = stored.get(&(rt, id.to_string())).ok_or(Error::NotFound)?;
        Ok(Got { body: body.clone(), version: Some((*version, 0)), unchanged: false })
    }
}

fn run(memory: &Memory, kind: &str, entries: &str) -> Result<Json<'static>> {
    let text = format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{entries}]}}"#);
    let bundle = fhir::json::parse(text.as_bytes()).unwrap();
    let options = Options { prefer: Prefer::Representation, ..Options::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answer = runtime.block_on(execute(memory, &bundle, &options, Lang::En))?;
    Ok(fhir::json::parse(&answer).unwrap().into_owned())
}

fn statuses(answer: &Json<'_>) -> Vec<String> {
    let status = |e: &Json<'_>| e.get("response").and_then(|r| r.get_str("status")).unwrap_or("").to_string();
    answer.each("entry").map(|e| status(e).split(' ').next().unwrap_or("").to_string()).collect()
}

fn places(error: Error) -> Vec<String> {
    let Error::Refused(issues) = error else { panic!("{error:?}") };
    issues.into_iter().map(|i| format!("{} {}", i.text.key, i.expression.unwrap_or_default())).collect()
}

const PATIENT: &str = r#"{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","identifier":[{"value":"7"}]},
    "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=7"}}"#;

#[test]
fn a_transaction_links_what_it_creates() {
    let memory = Memory::default();
    let observation = r#"{"resource":{"resourceType":"Observation","subject":{"reference":"urn:uuid:1"}},
        "request":{"method":"POST","url":"Observation"}},
        {"request":{"method":"GET","url":"Patient/new1"}}"#;
    let answer = run(&memory, "transaction", &format!("{PATIENT},{observation}")).unwrap();
    assert_eq!(statuses(&answer), ["201", "201", "200"]);
    let entries: Vec<_> = answer.each("entry").collect();
    let subject =
        entries[1].get("resource").and_then(|r| r.get("subject")).and_then(|s| s.get_str("reference"));
    assert_eq!(subject, Some("Patient/new1"));
    assert_eq!(
        entries[0].get("response").and_then(|r| r.get_str("location")),
        Some("Patient/new1/_history/1")
    );
    // Again: the patient is there, the new observation is its own.
    let answer = run(&memory, "transaction", &format!("{PATIENT},{observation}")).unwrap();
    assert_eq!(statuses(&answer), ["200", "201", "200"]);
    let entries: Vec<_> = answer.each("entry").collect();
    let subject =
        entries[1].get("resource").and_then(|r| r.get("subject")).and_then(|s| s.get_str("reference"));
    assert_eq!(subject, Some("Patient/new1"));
}

#[test]
fn a_transaction_is_all_or_nothing() {
    let memory = Memory::default();
    let entries = format!(
        r#"{PATIENT},{{"resource":{{"resourceType":"Patient","id":"a"}},
        "request":{{"method":"PUT","url":"Patient/a","ifMatch":"W/\"3\""}}}}"#
    );
    let error = run(&memory, "transaction", &entries).unwrap_err();
    assert!(
        matches!(error, Error::InWrite { .. } | Error::Refused(_) | Error::VersionConflict { .. }),
        "{error:?}"
    );
    assert!(memory.stored.lock().is_empty());
}

#[test]
fn a_race_is_run_again_but_not_for_ever() {
    let memory = Memory { races: Mutex::new(2), ..Memory::default() };
    assert_eq!(statuses(&run(&memory, "transaction", PATIENT).unwrap()), ["201"]);
    let memory = Memory { races: Mutex::new(99), ..Memory::default() };
    assert!(matches!(run(&memory, "transaction", PATIENT), Err(Error::Unavailable(_))));
}

#[test]
fn conditional_references_see_the_bundle_itself() {
    let memory = Memory::default();
    let entries = format!(
        r#"{{"resource":{{"resourceType":"Basic","subject":{{"reference":"Patient?identifier=7"}}}},
        "request":{{"method":"POST","url":"Basic"}}}},{PATIENT}"#
    );
    let answer = run(&memory, "transaction", &entries).unwrap();
    let first = answer.each("entry").next().and_then(|e| e.get("resource")).unwrap();
    assert_eq!(first.get("subject").and_then(|s| s.get_str("reference")), Some("Patient/new2"));
    let lost = r#"{"resource":{"resourceType":"Basic","subject":{"reference":"Patient?identifier=8"}},
        "request":{"method":"POST","url":"Basic"}}"#;
    let error = run(&memory, "transaction", lost).unwrap_err();
    assert_eq!(places(error), ["bundle.no-match Bundle.entry[0].resource"]);
}

#[test]
fn a_conditional_update_finds_creates_and_refuses_another_id() {
    let memory = Memory::default();
    let put = |id: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"Patient",{id}"identifier":[{{"value":"7"}}]}},
            "request":{{"method":"PUT","url":"Patient?identifier=7"}}}}"#
        )
    };
    assert_eq!(statuses(&run(&memory, "transaction", &put("")).unwrap()), ["201"]);
    assert_eq!(statuses(&run(&memory, "transaction", &put("")).unwrap()), ["200"]);
    let error = run(&memory, "transaction", &put(r#""id":"other","#)).unwrap_err();
    assert_eq!(places(error), ["bundle.other-id Bundle.entry[0].resource.id"]);
    let delete = r#"{"request":{"method":"DELETE","url":"Patient?identifier=7"}}"#;
    assert_eq!(statuses(&run(&memory, "transaction", delete).unwrap()), ["204"]);
    assert_eq!(statuses(&run(&memory, "transaction", delete).unwrap()), ["204"]);
}

#[test]
fn each_mistake_has_its_place() {
    let cases = [
        (r#"1"#, "bundle.entry Bundle.entry[0]"),
        (r#"{}"#, "bundle.request Bundle.entry[0].request"),
        (
            r#"{"request":{"method":"POST","url":"Nothing"}}"#,
            "bundle.unknown-type Bundle.entry[0].request.url",
        ),
        (r#"{"request":{"method":"POST","url":"Patient"}}"#, "bundle.no-resource Bundle.entry[0].resource"),
        (r#"{"request":{"method":"PATCH","url":"Patient/1"}}"#, "bundle.patch Bundle.entry[0].resource"),
        (
            r#"{"request":{"method":"BREW","url":"Patient/1"}}"#,
            "bundle.method Bundle.entry[0].request.method",
        ),
        (
            r#"{"resource":{"resourceType":"Basic"},"request":{"method":"POST","url":"Patient"}}"#,
            "bundle.other-type Bundle.entry[0].resource.resourceType",
        ),
        (
            r#"{"resource":{"resourceType":"Patient","id":"b"},"request":{"method":"PUT","url":"Patient/a"}}"#,
            "bundle.other-id Bundle.entry[0].resource.id",
        ),
        (
            r#"{"fullUrl":"Patient/1","request":{"method":"GET","url":"Patient/1"}}"#,
            "bundle.full-url Bundle.entry[0].fullUrl",
        ),
        (
            r#"{"request":{"method":"DELETE","url":"Patient/1","ifMatch":"x"}}"#,
            "bundle.etag Bundle.entry[0].request.ifMatch",
        ),
        (
            r#"{"request":{"method":"DELETE","url":"Patient/1"}},{"resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient/1"}}"#,
            "bundle.same-target Bundle.entry[1].request.url",
        ),
        (
            r#"{"resource":{"resourceType":"Basic","subject":{"reference":"urn:uuid:9"}},"request":{"method":"POST","url":"Basic"}}"#,
            "bundle.unresolved-reference Bundle.entry[0].resource.subject.reference",
        ),
    ];
    for (entries, expected) in cases {
        let error = run(&Memory::default(), "transaction", entries).unwrap_err();
        assert_eq!(places(error), [expected], "{entries}");
    }
    assert_eq!(places(run(&Memory::default(), "message", "").unwrap_err()), ["bundle.type Bundle.type"]);
    let patches = [r#"{"request":{"method":"PATCH","url":"Patient/1"}}"#; 1_001].join(",");
    let error = run(&Memory::default(), "transaction", &patches).unwrap_err();
    assert_eq!(places(error), ["bundle.too-many-patches Bundle.entry"]);
    let many = ["{}"; 10_001].join(",");
    let error = run(&Memory::default(), "batch", &many).unwrap_err();
    assert_eq!(places(error), ["bundle.too-many-entries Bundle.entry"]);
}

#[test]
fn a_batch_answers_each_alone() {
    let memory = Memory::default();
    let put = |body: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"Patient","id":"a","gender":"{body}"}},"request":{{"method":"PUT","url":"Patient/a"}}}}"#
        )
    };
    let entries = format!(
        r#"{{"request":{{"method":"GET","url":"Patient/a"}}}},{},{},7,
        {{"request":{{"method":"GET","url":"Patient/zz"}}}},
        {{"request":{{"method":"DELETE","url":"Patient/b"}}}}"#,
        put("male"),
        put("female")
    );
    let answer = run(&memory, "batch", &entries).unwrap();
    assert_eq!(statuses(&answer), ["200", "201", "200", "400", "404", "204"]);
    let read = answer.each("entry").next().and_then(|e| e.get("resource")).unwrap();
    assert_eq!(read.get_str("gender"), Some("female"));
    let linked = r#"{"resource":{"resourceType":"Basic","subject":{"reference":"urn:uuid:1"}},
        "request":{"method":"POST","url":"Basic"}}"#;
    let answer = run(&memory, "batch", &format!("{linked},{PATIENT}")).unwrap();
    assert_eq!(statuses(&answer), ["400", "201"]);
}
