//! Two clinics, an account of each role, and patients with one relation each to these accounts.

use super::cell::Wire;
use super::seeds::{SEEDS, Seed};
use super::server::Server;
use policy::{Marks, Purpose, Role, Ties};

pub const TENANT: &str = "maison";
pub const OTHER: &str = "voisine";

/// What an actor is to a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Stranger,
    /// All professionals are named in the care team.
    Care,
    /// The patient stays where all professionals work.
    Place,
    /// The patient is the patient's account itself.
    Own,
    /// The proxy's account stands for this patient.
    Proxied,
    /// As `Care`, but the patient opposes each of the professionals.
    Opposed,
    /// As `Place`, of a public person.
    Vip,
    /// A record of another clinic.
    Foreign,
    /// Not there yet.
    New,
}

impl Relation {
    pub const ALL: [Relation; 8] = [
        Relation::Stranger,
        Relation::Care,
        Relation::Place,
        Relation::Own,
        Relation::Proxied,
        Relation::Opposed,
        Relation::Vip,
        Relation::Foreign,
    ];

    pub fn patient(self) -> &'static str {
        match self {
            Relation::Stranger | Relation::Foreign | Relation::New => "p-stranger",
            Relation::Care => "p-care",
            Relation::Place => "p-place",
            Relation::Own => "p-own",
            Relation::Proxied => "p-proxied",
            Relation::Opposed => "p-opposed",
            Relation::Vip => "p-vip",
        }
    }

    pub fn facts(self, actor: &Actor) -> (Ties, Marks) {
        let named = actor.person.starts_with("Practitioner/");
        let ties = match self {
            Relation::Care | Relation::Opposed if named => Ties::CARE,
            Relation::Place | Relation::Vip if named => Ties::FACILITY,
            Relation::Own if actor.name == "patient" => Ties::SELF,
            Relation::Proxied if actor.name == "proxy" => Ties::PROXY,
            _ => Ties::NONE,
        };
        let marks = match self {
            Relation::Opposed if named => Marks::OPPOSED,
            Relation::Vip => Marks::VIP,
            _ => Marks::NONE,
        };
        (ties, marks)
    }
}

/// An account with a token for one purpose.
pub struct Actor {
    pub name: String,
    pub roles: Vec<Role>,
    pub purpose: Purpose,
    /// Whom the account is: a reference.
    pub person: String,
    token: Option<String>,
}

impl Actor {
    /// For care: asked about everything, not about records alone.
    pub fn is_plain(&self) -> bool {
        self.purpose == Purpose::Treatment
    }

    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// How a cell names it.
    pub fn shown(&self) -> String {
        if self.is_plain() {
            self.name.clone()
        } else {
            format!("{} for {}", self.name, self.purpose.as_str())
        }
    }

    /// Nobody: no token, or one that counts no more.
    pub fn is_nobody(&self) -> bool {
        self.roles.is_empty()
    }
}

/// A record of one relation.
pub struct Record {
    pub seed: Seed,
    pub relation: Relation,
    pub id: String,
}

pub struct World {
    pub actors: Vec<Actor>,
    pub records: Vec<Record>,
    admin: String,
    other_admin: String,
    /// Named in the care of everyone, to sign what is signed.
    signer: String,
}

impl World {
    /// Makes the clinics, accounts and tokens by the command line.
    pub fn new(server: &Server) -> Result<World, String> {
        let mut actors = Vec::new();
        server.medhub(&["tenant", "create", TENANT])?;
        server.medhub(&["tenant", "create", OTHER])?;
        for role in Role::ALL {
            let person = match role {
                Role::Patient => "Patient/p-own".to_string(),
                Role::Integration => String::new(),
                _ => format!("Practitioner/{}", practitioner(role)),
            };
            server.account(TENANT, role.as_str(), role, &person)?;
            let purposes: &[Purpose] = match role {
                Role::MedicalAdmin | Role::Surgeon => {
                    &[Purpose::Treatment, Purpose::BreakGlass, Purpose::Payment, Purpose::Research]
                }
                _ => &[Purpose::Treatment, Purpose::BreakGlass],
            };
            for purpose in purposes {
                let token = Some(server.token(TENANT, role.as_str(), *purpose)?);
                actors.push(Actor {
                    name: role.as_str().into(),
                    roles: vec![role],
                    purpose: *purpose,
                    person: person.clone(),
                    token,
                });
            }
        }
        let person = "RelatedPerson/proxy".to_string();
        server.account(TENANT, "proxy", Role::Patient, &person)?;
        let token = Some(server.token(TENANT, "proxy", Purpose::Treatment)?);
        let purpose = Purpose::Treatment;
        actors.push(Actor { name: "proxy".into(), roles: vec![Role::Patient], purpose, person, token });
        server.account(TENANT, "gone", Role::MedicalAdmin, "Practitioner/gone")?;
        let token = Some(server.token(TENANT, "gone", Purpose::Treatment)?);
        server.medhub(&["user", "disable", "--tenant", TENANT, "gone"])?;
        let nobody = |name: &str, token| Actor {
            name: name.into(),
            roles: vec![],
            purpose,
            person: String::new(),
            token,
        };
        actors.push(nobody("disabled", token));
        actors.push(nobody("nobody", None));
        server.account(OTHER, "admin", Role::MedicalAdmin, "")?;
        let admin = server.token(TENANT, Role::MedicalAdmin.as_str(), Purpose::Treatment)?;
        let other_admin = server.token(OTHER, "admin", Purpose::Treatment)?;
        server.account(TENANT, "signer", Role::Surgeon, "Practitioner/who-signs")?;
        let signer = server.token(TENANT, "signer", Purpose::Treatment)?;
        let records = Relation::ALL.into_iter().flat_map(|r| SEEDS.iter().map(move |seed| record(seed, r)));
        // Nobody signs in the other clinic.
        let records = records.filter(|r| r.relation != Relation::Foreign || !r.seed.marks.has(Marks::SIGNED));
        Ok(World { actors, records: records.collect(), admin, other_admin, signer })
    }

    /// Writes all records, as the administrators.
    pub async fn fill(&self, port: u16) -> Result<(), String> {
        let mut wire = Wire::open(port).await?;
        for (target, body) in surroundings() {
            put(&mut wire, &self.admin, &format!("/fhir/{target}"), &body).await?;
        }
        let (signed, plain): (Vec<_>, Vec<_>) =
            self.records.iter().partition(|r| r.seed.marks.has(Marks::SIGNED));
        for record in plain {
            let token = if record.relation == Relation::Foreign { &self.other_admin } else { &self.admin };
            put(&mut wire, token, &record.target(), &record.body()).await?;
        }
        for record in signed {
            let (patient, who) = (record.relation.patient(), ["who-signs".to_string()]);
            let (target, body) = care_team(&format!("{patient}-signer"), patient, &who);
            put(&mut wire, &self.admin, &format!("/fhir/{target}"), &body).await?;
            put(&mut wire, &self.signer, &record.target(), &record.body()).await?;
        }
        for (target, body) in relations() {
            put(&mut wire, &self.admin, &format!("/fhir/{target}"), &body).await?;
        }
        Ok(())
    }

    /// Writes a copy of a record, to be deleted by a cell; its address.
    pub async fn copy(&self, wire: &mut Wire, record: &Record, actor: &Actor) -> Result<String, String> {
        let id = format!(
            "{}-{}-{}",
            record.id,
            actor.name.replace('_', "-"),
            actor.purpose.as_str().to_lowercase()
        );
        let target = format!("/fhir/{}/{id}", record.seed.kind);
        let patient = if record.seed.is_patient() { &id } else { record.relation.patient() };
        put(wire, &self.admin, &target, &record.seed.body(patient, Some(&id))).await?;
        Ok(target)
    }
}

impl Record {
    pub fn base(&self) -> String {
        let tenant = if self.relation == Relation::Foreign { format!("/t/{OTHER}") } else { String::new() };
        format!("{tenant}/fhir/{}", self.seed.kind)
    }

    pub fn target(&self) -> String {
        format!("{}/{}", self.base(), self.id)
    }

    pub fn body(&self) -> String {
        let body = self.seed.body(self.relation.patient(), Some(&self.id));
        if self.seed.is_patient() && self.relation == Relation::Vip {
            return body.replacen("{", &format!("{{{VIP},"), 1);
        }
        body
    }
}

const VIP: &str =
    r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"CEL"}]}"#;

fn record(seed: &Seed, relation: Relation) -> Record {
    let patient = relation.patient();
    let id = if seed.is_patient() {
        patient.to_string()
    } else {
        format!("{patient}-{}", seed.name.replace(' ', "-"))
    };
    Record { seed: *seed, relation, id }
}

fn practitioner(role: Role) -> String {
    format!("who-{}", role.as_str().replace('_', "-"))
}

fn professionals() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| !matches!(role, Role::Patient | Role::Integration))
}

async fn put(wire: &mut Wire, token: &str, target: &str, body: &str) -> Result<(), String> {
    let answer = wire.send(Some(token), "PUT", target, body).await?;
    if matches!(answer.status, 200 | 201) {
        return Ok(());
    }
    Err(format!("PUT {target}: {} {}", answer.status, String::from_utf8_lossy(&answer.body)))
}

/// The clinic: a place, and everyone who works there.
fn surroundings() -> Vec<(String, String)> {
    let mut out = vec![
        ("Organization/house".into(), r#"{"resourceType":"Organization","id":"house","name":"x"}"#.into()),
        ("Location/ward".into(), r#"{"resourceType":"Location","id":"ward","name":"x","managingOrganization":{"reference":"Organization/house"}}"#.into()),
    ];
    let everyone = professionals().map(practitioner).chain(["who-signs".to_string()]);
    for id in everyone {
        let active = r#""active":true"#;
        out.push((
            format!("Practitioner/{id}"),
            format!(r#"{{"resourceType":"Practitioner","id":"{id}",{active},"name":[{{"family":"X"}}]}}"#),
        ));
        out.push((
            format!("PractitionerRole/{id}"),
            format!(
                r#"{{"resourceType":"PractitionerRole","id":"{id}",{active},"practitioner":{{"reference":"Practitioner/{id}"}},"organization":{{"reference":"Organization/house"}},"location":[{{"reference":"Location/ward"}}]}}"#
            ),
        ));
    }
    out
}

/// What ties patients to the accounts.
fn relations() -> Vec<(String, String)> {
    let members: Vec<String> = professionals().map(practitioner).collect();
    let opposed: Vec<String> = professionals()
        .map(|role| {
            format!(
                r#"{{"role":{{"text":"x"}},"reference":{{"reference":"Practitioner/{}"}}}}"#,
                practitioner(role)
            )
        })
        .collect();
    let mut out = Vec::new();
    for patient in ["p-care", "p-opposed"] {
        out.push(care_team(patient, patient, &members));
    }
    for patient in ["p-place", "p-vip"] {
        out.push((
            format!("Encounter/{patient}-stay"),
            format!(
                r#"{{"resourceType":"Encounter","id":"{patient}-stay","status":"in-progress","class":{{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"}},"subject":{{"reference":"Patient/{patient}"}},"period":{{"start":"2026-01-01"}},"serviceProvider":{{"reference":"Organization/house"}},"location":[{{"location":{{"reference":"Location/ward"}}}}]}}"#
            ),
        ));
    }
    out.push((
        "RelatedPerson/proxy".into(),
        r#"{"resourceType":"RelatedPerson","id":"proxy","active":true,"patient":{"reference":"Patient/p-proxied"},"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"PRN"}]}]}"#.into(),
    ));
    out.push((
        "Consent/p-opposed-opposition".into(),
        format!(
            r#"{{"resourceType":"Consent","id":"p-opposed-opposition","status":"active","scope":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}}]}},"category":[{{"coding":[{{"system":"urn:medhub:consent-kind","code":"opposition"}}]}}],"patient":{{"reference":"Patient/p-opposed"}},"dateTime":"2026-01-01","policyRule":{{"text":"x"}},"provision":{{"type":"deny","actor":[{}]}}}}"#,
            opposed.join(",")
        ),
    ));
    out
}

fn care_team(id: &str, patient: &str, who: &[String]) -> (String, String) {
    let members: Vec<String> =
        who.iter().map(|id| format!(r#"{{"member":{{"reference":"Practitioner/{id}"}}}}"#)).collect();
    let body = format!(
        r#"{{"resourceType":"CareTeam","id":"{id}","status":"active","subject":{{"reference":"Patient/{patient}"}},"participant":[{}]}}"#,
        members.join(",")
    );
    (format!("CareTeam/{id}"), body)
}
