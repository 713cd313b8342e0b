//! What a token is limited to, and how its holder signed in. Kept sealed with the token.

use fhir::{Json, ResourceType};

/// The limits and the circumstances of a token. The default has no limits: a token made on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// OAuth client; `None` for our own web app and command line.
    pub client: Option<String>,
    /// SMART scopes; `None`: not limited by scopes.
    pub scopes: Option<Vec<Scope>>,
    /// Scopes that name no resource (`openid`, `launch/patient`, `offline_access` …), separated by spaces.
    pub plain_scopes: String,
    /// Launch context: id of a Patient. Scopes of the `patient/` context reach only this record.
    pub patient: Option<String>,
    /// Launch context: id of an Encounter.
    pub encounter: Option<String>,
    /// How the person signed in, RFC 8176: `pwd`, `otp`, `hwk`, `pin`, `rc` (recovery code).
    pub amr: Vec<String>,
    /// When a factor was last given, ms since epoch.
    pub factor_at: Option<i64>,
    /// Whether two factors or a passkey were given at sign-in.
    pub second_factor: bool,
    /// Open break-glass accesses.
    pub break_glass: Vec<BreakGlass>,
    /// Shared ward station that the session runs on, by its device id.
    pub station: Option<String>,
    /// What the browser says of itself, and the address of the sign-in: for the list of sessions.
    pub device: String,
    pub address: String,
}

/// One record opened in an emergency, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakGlass {
    /// Id of the Patient.
    pub patient: String,
    /// ms since epoch.
    pub until: i64,
}

/// A SMART v2 scope on resources
/// (<https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html>): `patient/Observation.rs?category=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub context: ScopeContext,
    /// `None`: `*`.
    pub rt: Option<ResourceType>,
    /// Of `cruds`, in that order.
    pub permissions: u8,
    /// The search that a resource must match; empty: any.
    pub query: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeContext {
    Patient,
    User,
    System,
}

impl Scope {
    pub const CREATE: u8 = 1;
    pub const READ: u8 = 2;
    pub const UPDATE: u8 = 4;
    pub const DELETE: u8 = 8;
    pub const SEARCH: u8 = 16;

    /// Reads a scope; v1 suffixes (`.read`, `.write`, `.*`) are mapped. `None` when it is not one on resources.
    pub fn parse(text: &str) -> Option<Scope> {
        let (context, rest) = text.split_once('/')?;
        let context = match context {
            "patient" => ScopeContext::Patient,
            "user" => ScopeContext::User,
            "system" => ScopeContext::System,
            _ => return None,
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (rt, letters) = rest.split_once('.')?;
        let rt = match rt {
            "*" => None,
            name => Some(ResourceType::parse(name)?),
        };
        Some(Scope { context, rt, permissions: permissions(letters)?, query: query.to_string() })
    }

    /// As it is written (v2).
    pub fn text(&self) -> String {
        let context = match self.context {
            ScopeContext::Patient => "patient",
            ScopeContext::User => "user",
            ScopeContext::System => "system",
        };
        let letters: String = "cruds"
            .chars()
            .enumerate()
            .filter(|(n, _)| self.permissions & (1 << n) != 0)
            .map(|l| l.1)
            .collect();
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        format!("{context}/{}.{letters}{query}", self.rt.map_or("*", ResourceType::name))
    }
}

fn permissions(letters: &str) -> Option<u8> {
    match letters {
        "read" => return Some(Scope::READ | Scope::SEARCH),
        "write" => return Some(Scope::CREATE | Scope::UPDATE | Scope::DELETE),
        "*" => return Some(31),
        _ => {}
    }
    let (mut sum, mut rest) = (0, letters.chars());
    for (n, letter) in "cruds".chars().enumerate() {
        if rest.as_str().starts_with(letter) {
            rest.next();
            sum |= 1 << n;
        }
    }
    (sum != 0 && rest.as_str().is_empty()).then_some(sum)
}

impl Grant {
    /// All scopes as one text.
    pub fn scope_text(&self) -> String {
        let resources = self.scopes.iter().flatten().map(Scope::text);
        self.plain_scopes
            .split_whitespace()
            .map(str::to_string)
            .chain(resources)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// As JSON, for the sealed column.
    pub fn encode(&self) -> Vec<u8> {
        let text = |value: &Option<String>| value.clone().map_or(Json::Null, Json::string);
        let glass = self.break_glass.iter().map(|b| {
            Json::object([("patient", Json::string(b.patient.clone())), ("until", Json::integer(b.until))])
        });
        let scopes = match &self.scopes {
            Some(scopes) => Json::array(scopes.iter().map(|s| Json::string(s.text()))),
            None => Json::Null,
        };
        Json::object([
            ("client", text(&self.client)),
            ("scopes", scopes),
            ("plain_scopes", Json::string(self.plain_scopes.clone())),
            ("patient", text(&self.patient)),
            ("encounter", text(&self.encounter)),
            ("amr", Json::array(self.amr.iter().map(|a| Json::string(a.clone())))),
            ("factor_at", self.factor_at.map_or(Json::Null, Json::integer)),
            ("second_factor", Json::Bool(self.second_factor)),
            ("break_glass", Json::array(glass)),
            ("station", text(&self.station)),
            ("device", Json::string(self.device.clone())),
            ("address", Json::string(self.address.clone())),
        ])
        .to_vec()
    }

    /// `None` when it is not what [`Grant::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Option<Grant> {
        let json = fhir::json::parse(bytes).ok()?;
        let text = |name: &str| json.get_str(name).map(str::to_string);
        let scopes = match json.get("scopes").and_then(Json::as_array) {
            Some(list) => Some(list.iter().map(|s| Scope::parse(s.as_str()?)).collect::<Option<Vec<_>>>()?),
            None => None,
        };
        let glass = json.each("break_glass").map(|b| {
            Some(BreakGlass { patient: b.get_str("patient")?.to_string(), until: number(b.get("until"))? })
        });
        Some(Grant {
            client: text("client"),
            scopes,
            plain_scopes: text("plain_scopes")?,
            patient: text("patient"),
            encounter: text("encounter"),
            amr: json.each("amr").filter_map(Json::as_str).map(str::to_string).collect(),
            factor_at: number(json.get("factor_at")),
            second_factor: json.get("second_factor").and_then(Json::as_bool)?,
            break_glass: glass.collect::<Option<_>>()?,
            station: text("station"),
            device: text("device")?,
            address: text("address")?,
        })
    }
}

fn number(json: Option<&Json<'_>>) -> Option<i64> {
    json.and_then(Json::as_number)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_and_written() {
        for text in ["patient/Observation.rs", "user/*.cruds", "system/Patient.r?active=true"] {
            assert_eq!(Scope::parse(text).unwrap().text(), text);
        }
        assert_eq!(Scope::parse("patient/*.read").unwrap().text(), "patient/*.rs");
        assert_eq!(Scope::parse("user/Patient.write").unwrap().text(), "user/Patient.cud");
        for wrong in
            ["openid", "patient/Nothing.r", "user/Patient.sr", "user/Patient.", "x/Patient.r", "user/Patient"]
        {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_grant_survives_its_writing() {
        let grant = Grant {
            client: Some("app".into()),
            scopes: Some(vec![Scope::parse("patient/*.rs").unwrap()]),
            plain_scopes: "openid launch/patient".into(),
            patient: Some("p1".into()),
            amr: vec!["pwd".into(), "otp".into()],
            factor_at: Some(7),
            second_factor: true,
            break_glass: vec![BreakGlass { patient: "p2".into(), until: 9 }],
            ..Grant::default()
        };
        assert_eq!(Grant::decode(&grant.encode()), Some(grant.clone()));
        assert_eq!(Grant::decode(&Grant::default().encode()), Some(Grant::default()));
        assert_eq!(grant.scope_text(), "openid launch/patient patient/*.rs");
        assert_eq!(Grant::decode(b"{}"), None);
    }
}
