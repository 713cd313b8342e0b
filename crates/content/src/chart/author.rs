//! Who answers for a document, and from which clinic.

use crate::read::{self, address, all, identified, label, name, referred, telecom};
use crate::words::{maybe, text};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

const RPPS: [&str; 2] = ["https://rpps.esante.gouv.fr", "http://rpps.fr"];
const FINESS: &str = "https://finess.esante.gouv.fr";

pub(crate) struct Author {
    /// `Practitioner/…`
    pub reference: String,
    pub name: String,
    pub rpps: Option<String>,
    pub specialty: Option<String>,
    phone: Option<String>,
    pub email: Option<String>,
    /// `Organization/…` where they work.
    pub organization: Option<String>,
}

impl Author {
    pub async fn read(cx: &RouteCtx, reference: &str) -> Result<Option<Author>> {
        let Some(found) = referred(cx, reference).await?.filter(|_| reference.starts_with("Practitioner/"))
        else {
            return Ok(None);
        };
        let query = [("practitioner", reference.to_string()), ("active", "true".to_string())];
        let roles = all(cx, ResourceType::PRACTITIONER_ROLE, &query).await?;
        let role = roles.first().map(|role| &role.json);
        let from_role = |system: &str| role.and_then(|role| telecom(role, system));
        Ok(Some(Author {
            reference: reference.to_string(),
            name: name(&found.json).unwrap_or_default(),
            rpps: RPPS.iter().find_map(|system| identified(&found.json, system)),
            specialty: role.and_then(|role| role.each("specialty").find_map(label)),
            phone: telecom(&found.json, "phone").or_else(|| from_role("phone")),
            email: telecom(&found.json, "email").or_else(|| from_role("email")),
            organization: role
                .and_then(|role| role.get("organization")?.get_str("reference").map(String::from)),
        }))
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("name", text(&*self.name)),
            ("rpps", maybe(self.rpps.clone())),
            ("specialty", maybe(self.specialty.clone())),
            ("phone", maybe(self.phone.clone())),
            ("email", maybe(self.email.clone())),
        ])
    }
}

#[derive(Default)]
pub(crate) struct Clinic {
    pub name: String,
    pub finess: Option<String>,
    pub address: Vec<String>,
    pub town: Option<String>,
    pub phone: Option<String>,
}

impl Clinic {
    pub async fn read(cx: &RouteCtx, organization: Option<&str>) -> Result<Clinic> {
        let Some(found) = (match organization {
            Some(reference) => referred(cx, reference).await?,
            None => None,
        }) else {
            return Ok(Clinic::default());
        };
        let town = found.json.each("address").find_map(|a| a.get_str("city").map(String::from));
        Ok(Clinic {
            name: read::name(&found.json).unwrap_or_default(),
            finess: identified(&found.json, FINESS),
            address: address(&found.json),
            town,
            phone: telecom(&found.json, "phone"),
        })
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("name", text(&*self.name)),
            ("finess", text(self.finess.clone().unwrap_or_default())),
            ("address", Json::array(self.address.iter().map(|line| text(line.clone())))),
            ("phone", maybe(self.phone.clone())),
        ])
    }
}
