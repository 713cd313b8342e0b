//! Where a patient is expected: the site above the room of an appointment. The room itself is not told: an operating
//! room's name says more than where to come.

use crate::element::{parsed, refers};
use fhir::{Json, ResourceType};
use store::{Ctx, Error, Result, Tenant};

/// A room in a floor in a building in a site.
const DEPTH: usize = 6;
const LETTERS_MAX: usize = 120;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Site {
    pub name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
}

impl Site {
    /// # Errors
    /// `Unavailable`.
    pub async fn of(tenant: &Tenant, ctx: &Ctx, appointment: &Json<'_>) -> Result<Site> {
        let actors = appointment.each("participant").filter_map(|one| refers(one, "actor"));
        let mut at = actors.filter_map(|one| one.strip_prefix("Location/")).next().map(str::to_string);
        let mut site = Site::default();
        for _ in 0..DEPTH {
            let Some(id) = at.take() else { break };
            let json = match tenant.read(ctx, ResourceType::LOCATION, &id).await {
                Ok(found) => parsed(&found)?,
                Err(Error::NotFound | Error::Gone { .. }) => break,
                Err(error) => return Err(error),
            };
            site.address = json.get("address").and_then(line).or(site.address);
            site.phone = phone(&json).or(site.phone);
            at = refers(&json, "partOf").and_then(|one| one.strip_prefix("Location/")).map(str::to_string);
            if at.is_none() {
                site.name = json.get_str("name").map(short);
            }
        }
        Ok(site)
    }
}

/// Street, post code and town in one line.
fn line(address: &Json<'_>) -> Option<String> {
    let part = |name: &str| address.get_str(name).unwrap_or_default();
    let town = format!("{} {}", part("postalCode"), part("city"));
    let lines = address.each("line").filter_map(Json::as_str).map(str::trim);
    let all: Vec<&str> = lines.chain([town.trim()]).filter(|one| !one.is_empty()).collect();
    let all = if all.is_empty() { short(part("text")) } else { short(&all.join(", ")) };
    (!all.is_empty()).then_some(all)
}

fn phone(json: &Json<'_>) -> Option<String> {
    let phones = json.each("telecom").filter(|one| one.get_str("system") == Some("phone"));
    phones.filter_map(|one| one.get_str("value")).map(short).next()
}

fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect()
}
