//! Where a patient comes: the room of the appointment, else the place where the professional holds consultations; the
//! site's name, address and telephone. Public information of the clinic, read when it is shown.

use crate::element::{maybe, target, text};
use crate::index::{Shelf, everyone};
use crate::place::{Place, part_of};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::BTreeSet;
use store::{Error, Result};

/// A room in a floor in a building in a site.
const DEPTH: usize = 5;
const LINES_MAX: usize = 6;
const LETTERS_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Venue {
    pub site: String,
    /// The room or the service within it.
    pub part: Option<String>,
    pub address: Vec<String>,
    pub phone: Option<String>,
}

impl Venue {
    /// Nothing where the record does not say one site: a wrong address is worse than none.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn of(
        cx: &RouteCtx,
        shelf: &Shelf,
        practitioner: &str,
        room: Option<String>,
    ) -> Result<Option<Venue>> {
        let mut named: BTreeSet<String> = match room {
            Some(room) => [room].into(),
            None => consulting(cx, practitioner).await?,
        };
        if named.is_empty() {
            named = shelf.read(|index| {
                let person = index.people.get(practitioner);
                let organizations = person.into_iter().flat_map(|p| &p.organizations);
                organizations.filter_map(|o| index.facility(o)).collect()
            });
        }
        let mut found = Vec::new();
        for one in &named {
            found.extend(standing(cx, one).await?);
        }
        let Some((mut venue, site)) = found.first().cloned() else { return Ok(None) };
        if found.iter().any(|(_, other)| *other != site) {
            return Ok(None);
        }
        if found.len() > 1 {
            venue.part = None;
        }
        Ok(Some(venue))
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("name", text(&self.site)),
            ("part", maybe(self.part.as_deref())),
            ("address", Json::array(self.address.iter().map(text))),
            ("phone", maybe(self.phone.as_deref())),
        ])
    }
}

/// `Location/…` of the roles of a professional.
async fn consulting(cx: &RouteCtx, practitioner: &str) -> Result<BTreeSet<String>> {
    let params = vec![("practitioner".to_string(), practitioner.to_string())];
    let roles = everyone(&cx.tenant, &cx.ctx, ResourceType::PRACTITIONER_ROLE, params).await?;
    let mut out = BTreeSet::new();
    for role in roles {
        let Ok(json) = fhir::json::parse(&role.body) else { continue };
        if json.get("active").and_then(Json::as_bool) != Some(false) {
            out.extend(json.each("location").filter_map(|l| l.get_str("reference")).map(str::to_string));
        }
    }
    Ok(out)
}

/// A place, seen from its site: with the reference of that site.
async fn standing(cx: &RouteCtx, place: &str) -> Result<Option<(Venue, String)>> {
    let (mut at, mut part, mut address) = (place.to_string(), None, Vec::new());
    let mut phone = None;
    for _ in 0..DEPTH {
        let Some(json) = read(cx, ResourceType::LOCATION, &at).await? else { return Ok(None) };
        let name = json.get_str("name").map(short);
        if address.is_empty() {
            address = json.get("address").map(lines).unwrap_or_default();
        }
        phone = phone.or_else(|| telephone(&json));
        let above = part_of(&json);
        if !matches!(Place::of(&json), Place::Facility(_)) {
            let Some(above) = above else { return Ok(None) };
            part = part.or(name);
            at = above;
            continue;
        }
        if let Some(organization) = target(&json, "managingOrganization")
            && let Some(json) = read(cx, ResourceType::ORGANIZATION, organization).await?
        {
            if address.is_empty() {
                address = json.each("address").next().map(lines).unwrap_or_default();
            }
            phone = phone.or_else(|| telephone(&json));
        }
        let site = name.unwrap_or_default();
        return Ok(Some((Venue { site, part, address, phone }, at)));
    }
    Ok(None)
}

async fn read(cx: &RouteCtx, rt: ResourceType, reference: &str) -> Result<Option<Json<'static>>> {
    let Some((_, id)) = reference.split_once('/') else { return Ok(None) };
    match cx.tenant.read(&cx.ctx, rt, id).await {
        Ok(found) => Ok(fhir::json::parse(&found.body).ok().map(Json::into_owned)),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// As it is written on a letter: the lines, then the post code with the town.
fn lines(address: &Json<'_>) -> Vec<String> {
    let part = |name: &str| address.get_str(name).unwrap_or_default();
    let town = format!("{} {}", part("postalCode"), part("city"));
    let lines = address.each("line").filter_map(|line| line.as_str()).map(short);
    let mut out: Vec<String> = lines.chain([short(town.trim())]).filter(|line| !line.is_empty()).collect();
    if out.is_empty() {
        out.extend(address.get_str("text").into_iter().flat_map(str::lines).map(short));
    }
    out.truncate(LINES_MAX);
    out
}

fn telephone(json: &Json<'_>) -> Option<String> {
    let phones = json.each("telecom").filter(|t| t.get_str("system") == Some("phone"));
    phones.filter_map(|t| t.get_str("value")).map(short).next()
}

fn short(text: &str) -> String {
    text.trim().chars().take(LETTERS_MAX).collect()
}
