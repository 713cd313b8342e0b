//! From the record into the index: everything once, then what the feed tells.

use super::{Index, Person};
use crate::act::Act;
use crate::block::Block;
use crate::booking::Booking;
use crate::case::{Case, Course};
use crate::closure::Closure;
use crate::duration;
use crate::element::label;
use crate::place::{Device, Place, person};
use crate::zone::DAY;
use fhir::{Json, ResourceType};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Ctx, Op, Result, Tenant, Visible};

const PAGE: usize = 1_000;
/// How far back bookings are known.
const BACK: i64 = 400 * DAY;

const TYPES: [ResourceType; 10] = [
    ResourceType::LOCATION,
    ResourceType::DEVICE,
    ResourceType::PRACTITIONER,
    ResourceType::PRACTITIONER_ROLE,
    ResourceType::SCHEDULE,
    ResourceType::SLOT,
    ResourceType::ACTIVITY_DEFINITION,
    ResourceType::SERVICE_REQUEST,
    ResourceType::PROCEDURE,
    ResourceType::APPOINTMENT,
];

/// A resource as it is now; no body = it is gone.
pub(crate) struct News {
    rt: ResourceType,
    id: String,
    version: u64,
    body: Option<bytes::Bytes>,
}

impl From<Visible> for News {
    fn from(visible: Visible) -> News {
        News { rt: visible.rt, id: visible.id, version: visible.version, body: Some(visible.body) }
    }
}

/// # Errors
/// `Unavailable`.
pub(super) async fn load(tenant: &Tenant, ctx: &Ctx, top: i64) -> Result<Index> {
    // What is committed while this reads comes again with the feed.
    let mut index = Index { vid: top, ..Index::default() };
    let since = fhir::date::instant_format(ctx.clock.now_ms() - BACK);
    for rt in TYPES {
        let params = match rt {
            ResourceType::APPOINTMENT => vec![("date".to_string(), format!("ge{since}"))],
            ResourceType::SERVICE_REQUEST => {
                let category = format!("{}|{}", crate::element::SNOMED, crate::element::SURGERY);
                vec![("category".to_string(), category)]
            }
            _ => Vec::new(),
        };
        for visible in everyone(tenant, ctx, rt, params).await? {
            index.apply(visible.into());
        }
    }
    Ok(index)
}

/// All that a search shows to someone.
///
/// # Errors
/// As [`Tenant::search`].
pub(crate) async fn everyone(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    mut params: Vec<(String, String)>,
) -> Result<Vec<Visible>> {
    params.push(("_count".into(), PAGE.to_string()));
    let mut request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let mut found = Vec::new();
    loop {
        let page = tenant.search(ctx, &request).await?;
        found.extend(page.entries.into_iter().map(|entry| entry.visible));
        match page.next {
            Some(next) => request.page = Some(next),
            None => return Ok(found),
        }
    }
}

/// What came after a position, and the position that is reached; `None` when there is nothing.
pub(super) async fn rows_since(tenant: &Tenant, ctx: &Ctx, vid: i64) -> Result<Option<(Vec<News>, i64)>> {
    let rows = tenant.feed(vid, PAGE).await?;
    let Some(last) = rows.last().map(|row| row.vid) else { return Ok(None) };
    let mut news = Vec::new();
    for rt in TYPES {
        let ours = rows.iter().filter(|row| row.kind == rt.number());
        let ids: BTreeSet<&str> = ours.clone().map(|row| row.id.as_str()).collect();
        if ids.is_empty() {
            continue;
        }
        let all: Vec<&str> = ids.iter().copied().collect();
        let mut living = Vec::new();
        for some in all.chunks(100) {
            let params = vec![("_id".to_string(), some.join(","))];
            living.extend(everyone(tenant, ctx, rt, params).await?);
        }
        let gone = ids.iter().filter(|id| !living.iter().any(|v| v.id == **id && v.op != Op::Delete));
        let gone = gone.map(|id| News { rt, id: (*id).to_string(), version: 0, body: None });
        news.extend(gone.collect::<Vec<_>>());
        news.extend(living.into_iter().map(News::from));
    }
    Ok(Some((news, last)))
}

impl Index {
    pub(super) fn apply(&mut self, news: News) {
        let json = news.body.as_ref().and_then(|body| fhir::json::parse(body).ok());
        let what = format!("{}/{}", news.rt, news.id);
        match (news.rt, json) {
            (ResourceType::APPOINTMENT, json) => match json.and_then(|j| Booking::of(&j, news.version)) {
                Some(booking) => self.put(booking),
                None => self.drop_booking(&news.id),
            },
            (ResourceType::LOCATION, json) => {
                put(&mut self.places, what, json.map(|j| Place::of(&j)));
            }
            (ResourceType::DEVICE, json) => {
                // An implant in a patient is nobody's to book.
                let ours = json.filter(|j| j.get("patient").is_none());
                put(&mut self.devices, what, ours.map(|j| Device::of(&j)));
            }
            (ResourceType::PRACTITIONER, json) => {
                let active = |j: &Json<'_>| j.get("active").and_then(Json::as_bool).unwrap_or(true);
                let found =
                    json.map(|j| Person { name: person(&j), active: active(&j), ..Person::default() });
                put(&mut self.people, what.clone(), found);
                self.join(&what);
            }
            (ResourceType::PRACTITIONER_ROLE, json) => {
                let old = self.roles.remove(&news.id).map(|(who, _)| who);
                if let Some((who, role)) = json.and_then(|j| role(&j)) {
                    self.roles.insert(news.id, (who.clone(), role));
                    self.join(&who);
                }
                old.iter().for_each(|who| self.join(who));
            }
            (ResourceType::SCHEDULE, json) => self.schedule(&news.id, news.version, json.as_ref()),
            (ResourceType::SLOT, json) => {
                self.put_closure(news.id, json.and_then(|j| Closure::of(&j, news.version)));
            }
            (ResourceType::SERVICE_REQUEST, json) => {
                let case = json.and_then(|j| Case::of(&j, news.version));
                let case = case.map(|case| Arc::new(crate::act::equipped(self.acts.values(), case)));
                put(&mut self.cases, what, case);
            }
            (ResourceType::ACTIVITY_DEFINITION, json) => {
                self.act(news.id, json.and_then(|j| Act::of(&j, news.version)));
            }
            (ResourceType::PROCEDURE, json) => self.procedure(&news.id, json.as_ref()),
            _ => {}
        }
    }

    fn schedule(&mut self, id: &str, version: u64, json: Option<&Json<'_>>) {
        let about = json.map(|j| {
            j.each("actor").filter_map(|a| a.get_str("reference")).map(str::to_string).collect::<Vec<_>>()
        });
        put(&mut self.schedules, id.to_string(), about);
        put(&mut self.blocks, id.to_string(), json.and_then(|j| Block::of(j, version)));
    }

    /// What an act asks for changed: so do its cases.
    fn act(&mut self, id: String, act: Option<Act>) {
        let old = match act.clone() {
            Some(act) => self.acts.insert(id, act),
            None => self.acts.remove(&id),
        };
        let codes: Vec<&String> = old.iter().chain(&act).map(|a| &a.code).collect();
        for case in self.cases.values_mut() {
            if case.act_code.as_ref().is_some_and(|code| codes.contains(&code)) {
                *case = Arc::new(crate::act::equipped(self.acts.values(), (**case).clone()));
            }
        }
    }

    fn procedure(&mut self, id: &str, json: Option<&Json<'_>>) {
        self.courses.retain(|_, course| course.procedure != id);
        let Some(json) = json else {
            self.finished_version += u64::from(self.finished.remove(id).is_some());
            return;
        };
        if let Some((case, course)) = Course::of(json) {
            self.courses.insert(case, course);
        }
        match duration::finished(json, self) {
            Some(done) if self.finished.get(id) != Some(&done) => {
                self.finished.insert(id.to_string(), done);
                self.finished_version += 1;
            }
            Some(_) => {}
            None => self.finished_version += u64::from(self.finished.remove(id).is_some()),
        }
    }

    /// Puts what the roles say together with the person.
    fn join(&mut self, who: &str) {
        let Some(person) = self.people.get_mut(who) else { return };
        (person.codes, person.organizations, person.specialty) = Default::default();
        for (_, role) in self.roles.values().filter(|(w, _)| w == who) {
            person.codes.extend(role.codes.iter().cloned());
            person.organizations.extend(role.organizations.iter().cloned());
            if !role.specialty.is_empty() {
                person.specialty.clone_from(&role.specialty);
            }
        }
    }
}

fn put<T>(map: &mut std::collections::HashMap<String, T>, key: String, value: Option<T>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

/// Whose role it is, and what it says.
fn role(json: &Json<'_>) -> Option<(String, Person)> {
    if json.get("active").and_then(Json::as_bool) == Some(false) {
        return None;
    }
    let who = json.get("practitioner")?.get_str("reference")?.to_string();
    let concepts = || json.each("code").chain(json.each("specialty"));
    let codes = concepts().flat_map(|c| c.each("coding")).filter_map(|c| c.get_str("code"));
    let organization = json.get("organization").and_then(|o| o.get_str("reference"));
    let role = Person {
        active: true,
        codes: codes.map(str::to_string).collect(),
        specialty: json.each("specialty").find_map(label).unwrap_or_default(),
        organizations: organization.into_iter().map(str::to_string).collect(),
        name: String::new(),
    };
    Some((who, role))
}
