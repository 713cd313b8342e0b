//! AuditEvents by id and by search: newest first, page by page.

use super::chunk::CHUNK;
use super::entry::{AuditEntry, Event, EventOutcome};
use super::hint::{Hints, patient_ids};
use super::issues::{BAD_COUNT, BAD_PAGE, BAD_SORT, SHORT_PAGE};
use super::view;
use crate::backend::Op;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::read::Visible;
use crate::search::{Criteria, Found, Mode, SearchPage, SearchRequest};
use crate::tenant::Tenant;
use bytes::Bytes;
use fhir::{Code, Issue, ResourceType};
use std::ops::ControlFlow;

const COUNT: usize = 20;
const COUNT_MAX: usize = 1000;
/// Chunks opened for one page; a page that would need more ends early, with a link to go on.
const CHUNKS_MAX: usize = 128;
/// Entries opened at a time, and events made and looked at.
const PART: u64 = 512;
const LOOKED_AT: usize = 64;

impl Tenant {
    /// One AuditEvent. The reading is recorded too.
    pub(crate) async fn audit_event_read(&self, ctx: &Ctx, id: &str) -> Result<Visible> {
        let size = self.audit.stored().await?;
        let number = number_of(id).filter(|number| *number < size);
        let found = match number {
            Some(number) => self.audit.entries(number, 1).await?.pop().filter(|(n, _)| *n == number),
            None => None,
        };
        let record = AuditEntry {
            kind: ResourceType::AUDIT_EVENT.number(),
            id: id.to_string(),
            outcome: if found.is_some() { EventOutcome::Success } else { EventOutcome::NotFound },
            ..AuditEntry::of(ctx, Event::Read)
        };
        self.audit.record(record).await?;
        let found = found.ok_or(Error::NotFound)?;
        let patients = patient_ids(found.1.patients.clone(), &*self.backend).await?;
        Ok(visible(found.0, &found.1, &patients))
    }

    /// A search for AuditEvents, newest first. The search is recorded too.
    pub(crate) async fn audit_event_search(&self, ctx: &Ctx, request: &SearchRequest) -> Result<SearchPage> {
        let asked = Asked::read(request)?;
        let hints = Hints::read(&asked.params, &*self.backend).await?;
        let bound = bound(request);
        let size = self.audit.stored().await?;
        let before = match &request.page {
            Some(page) => self.page_read(page, &bound)?,
            None => size,
        };
        let mut page = SearchPage { issues: asked.warnings.clone(), ..SearchPage::default() };
        if !asked.count_only {
            let next = self.page_fill(&asked, &hints, before, &mut page).await?;
            page.next = (next > 0).then(|| self.page_write(next, &bound));
        }
        page.total = match (asked.criteria.is_empty(), asked.total) {
            (true, _) => Some(size),
            (false, true) => self.count(&asked, &hints).await?,
            (false, false) => None,
        };
        self.audit_search(ctx, Some(ResourceType::AUDIT_EVENT), &request.to_query(), &[], false).await?;
        Ok(page)
    }

    /// Fills a page with matches below number `before`; returns where the next page goes on, 0 = nowhere.
    async fn page_fill(
        &self,
        asked: &Asked,
        hints: &Hints,
        before: u64,
        page: &mut SearchPage,
    ) -> Result<u64> {
        let entries = &mut page.entries;
        let walked = self.walk(asked, hints, before, |number, visible| {
            if entries.len() == asked.count {
                return ControlFlow::Break(number + 1);
            }
            entries.push(Found { visible, mode: Mode::Match });
            ControlFlow::Continue(())
        });
        Ok(match walked.await? {
            Walked::All => 0,
            Walked::Stopped(next) => next,
            Walked::TooFar(next) => {
                page.issues.push(Issue::warning(Code::TooCostly, SHORT_PAGE));
                next
            }
        })
    }

    /// How many match; `None` if that would cost too much.
    async fn count(&self, asked: &Asked, hints: &Hints) -> Result<Option<u64>> {
        let mut count = 0;
        let walked = self.walk(asked, hints, self.audit.stored().await?, |_, _| {
            count += 1;
            ControlFlow::Continue(())
        });
        Ok(matches!(walked.await?, Walked::All).then_some(count))
    }

    /// Shows the matches below number `before`, newest first.
    async fn walk(
        &self,
        asked: &Asked,
        hints: &Hints,
        before: u64,
        mut visit: impl FnMut(u64, Visible) -> ControlFlow<u64>,
    ) -> Result<Walked> {
        let (mut end, mut opened) = (before.min(hints.last.saturating_add(1)), 0);
        while end > hints.first {
            let first = (end - 1) / CHUNK * CHUNK;
            if self.chunk_skipped(first / CHUNK, hints).await? {
                end = first;
                continue;
            }
            if opened == CHUNKS_MAX {
                return Ok(Walked::TooFar(end));
            }
            opened += 1;
            // In parts, so that a page of the newest opens little.
            while end > first {
                let start = first.max(end.saturating_sub(PART));
                let mut entries = self.audit.entries(start, end - start).await?;
                entries.retain(|(_, entry)| hints.admit(entry));
                entries.reverse();
                for part in entries.chunks(LOOKED_AT) {
                    let patients = self.patients_of(part).await?;
                    for (number, entry) in part {
                        let visible = visible(*number, entry, &patients);
                        if !asked.admit(&visible) {
                            continue;
                        }
                        if let ControlFlow::Break(next) = visit(*number, visible) {
                            return Ok(Walked::Stopped(next));
                        }
                    }
                }
                end = start;
            }
        }
        Ok(Walked::All)
    }

    async fn chunk_skipped(&self, chunk: u64, hints: &Hints) -> Result<bool> {
        let filter = self.audit.filter(&*self.backend, chunk).await?;
        Ok(filter.is_some_and(|filter| !hints.admit_chunk(&self.sealed.keys.index, &filter)))
    }

    async fn patients_of(&self, entries: &[(u64, AuditEntry)]) -> Result<view::Patients> {
        let mut rids: Vec<i64> =
            entries.iter().flat_map(|(_, entry)| entry.patients.iter().copied()).collect();
        rids.sort_unstable();
        rids.dedup();
        patient_ids(rids, &*self.backend).await
    }

    fn page_write(&self, next: u64, bound: &[u8]) -> String {
        let mac = self.sealed.keys.index.mac(&[bound, &next.to_le_bytes()].concat());
        let mac: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{next:x}-{mac}")
    }

    fn page_read(&self, page: &str, bound: &[u8]) -> Result<u64> {
        let next = page.split_once('-').and_then(|(next, _)| u64::from_str_radix(next, 16).ok());
        match next {
            Some(next) if self.page_write(next, bound) == page => Ok(next),
            _ => Err(Issue::error(Code::Value, BAD_PAGE).into()),
        }
    }
}

/// How far a walk over the log came.
enum Walked {
    All,
    /// The visitor had enough; where to go on.
    Stopped(u64),
    /// More chunks would have to be opened than one page may; where to go on.
    TooFar(u64),
}

/// What a request asks for.
struct Asked {
    /// Parameters that select.
    params: Vec<(String, String)>,
    criteria: Vec<Criteria>,
    count: usize,
    count_only: bool,
    total: bool,
    warnings: Vec<Issue>,
}

impl Asked {
    fn read(request: &SearchRequest) -> Result<Asked> {
        let mut asked = Asked {
            params: Vec::new(),
            criteria: Vec::new(),
            count: COUNT,
            count_only: false,
            total: false,
            warnings: Vec::new(),
        };
        if let Some((compartment, id)) = &request.compartment {
            let name = if *compartment == ResourceType::PATIENT { "patient" } else { "agent" };
            asked.select(name, &format!("{}/{id}", compartment.name()))?;
        }
        for (name, value) in &request.params {
            match (name.as_str(), value.as_str()) {
                ("_count", count) => {
                    let count: usize = count.parse().map_err(|_| bad_count())?;
                    asked.count_only |= count == 0;
                    asked.count = count.clamp(1, COUNT_MAX);
                }
                ("_summary", "count") => asked.count_only = true,
                ("_total", total) => asked.total = total == "accurate",
                ("_sort", "-date" | "-_lastUpdated")
                | ("_summary" | "_elements" | "_format" | "_pretty", _) => {}
                ("_sort", _) => return Err(Issue::error(Code::NotSupported, BAD_SORT).into()),
                (name, value) => match asked.select(name, value) {
                    Err(Error::Refused(issues)) if !request.strict && unknown(&issues) => {
                        let weaker = |issue| Issue { severity: fhir::Severity::Warning, ..issue };
                        asked.warnings.extend(issues.into_iter().map(weaker));
                    }
                    other => other?,
                },
            }
        }
        asked.total |= asked.count_only;
        Ok(asked)
    }

    fn select(&mut self, name: &str, value: &str) -> Result<()> {
        let pair = [(name.to_string(), value.to_string())];
        let request = SearchRequest { params: pair.to_vec(), ..SearchRequest::default() };
        self.criteria.push(Criteria::parse(ResourceType::AUDIT_EVENT, &request.to_query())?);
        self.params.extend(pair);
        Ok(())
    }

    fn admit(&self, visible: &Visible) -> bool {
        if self.criteria.is_empty() {
            return true;
        }
        let Ok(event) = fhir::json::parse(&visible.body) else { return false };
        self.criteria.iter().all(|criteria| criteria.matches(&event))
    }
}

/// Whether the parameter itself is unknown, which is only a warning unless the caller asked for strictness.
fn unknown(issues: &[Issue]) -> bool {
    issues.iter().all(|issue| issue.text.key.contains("unknown"))
}

/// What a page token is bound to.
fn bound(request: &SearchRequest) -> Vec<u8> {
    let compartment = request.compartment.as_ref().map(|(rt, id)| format!("{}/{id}", rt.name()));
    format!("audit page {} {}", compartment.unwrap_or_default(), request.to_query()).into_bytes()
}

fn visible(number: u64, entry: &AuditEntry, patients: &view::Patients) -> Visible {
    let id = id_of(number);
    let body = Bytes::from(view::event(&id, entry, patients));
    Visible {
        rt: ResourceType::AUDIT_EVENT,
        id,
        version: 1,
        at: entry.at,
        op: Op::Create,
        body,
        redacted: false,
    }
}

/// The id of the AuditEvent made of entry `number` of the log.
pub(super) fn id_of(number: u64) -> String {
    format!("audit-{number}")
}

/// The entry that an AuditEvent was made of.
pub(super) fn number_of(id: &str) -> Option<u64> {
    let number = id.strip_prefix("audit-")?.parse().ok()?;
    (id_of(number) == id).then_some(number)
}

fn bad_count() -> Error {
    Issue::error(Code::Value, BAD_COUNT).into()
}
