//! The Patient resource with its identity traits, its relatives and its insurance.

use crate::calendar::plus_days;
use crate::element::{
    J, Resource, coding, concept, email, hl7, identifier_typed, named, object, period, phone, reference, text,
};
use crate::person::{Identity, Person, given_for};
use crate::rng::Rng;
use crate::world::World;
use fhir::Json;
use jiff::civil::Date;

/// Record numbers (IPP) of the sample clinic.
pub const IPP: &str = "urn:medhub:ipp";

const PERSON_ROLE: &str = "urn:medhub:person-role";
const FR_CORE: &str = "https://hl7.fr/ig/fhir/core";
/// INS numbers made for demonstration (never 1.2.250.1.213.1.4.8, the real ones).
const INS_DEMO: &str = "urn:oid:1.2.250.1.213.1.4.11";
const COMMUNES: &str = "https://mos.esante.gouv.fr/NOS/TRE_R13-CommuneOM/FHIR/TRE-R13-CommuneOM";
const V2_0203: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";

pub fn patient(world: &World, person: &Person, n: u64, deceased: Option<Date>, mg: &str) -> Resource {
    let v2_fr = format!("{FR_CORE}/CodeSystem/fr-core-cs-v2-0203");
    let mut identifiers =
        vec![identifier_typed("usual", V2_0203, "PI", IPP, &format!("{:08}", 26_000_000 + n))];
    // A matricule may be kept only under a qualified identity.
    if let (Identity::Qualified, Some(nir)) = (person.identity, person.nir(n)) {
        identifiers.push(identifier_typed("official", &v2_fr, "INS-NIR-DEMO", INS_DEMO, &nir));
    }
    let mut telecom = vec![phone(&person.mobile, "mobile")];
    telecom.extend(person.landline.as_deref().map(|number| phone(number, "home")));
    if n.is_multiple_of(3) {
        telecom.push(email(&format!("patient{n}@example.org")));
    }
    let synthetic = coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "test health data");
    Resource::new("Patient", world.id(&format!("patient/{n}")))
        .with("meta", object(vec![("security", Json::array([synthetic]))]))
        .list("extension", vec![birthplace(person), reliability(person)])
        .list("identifier", identifiers)
        .with("active", Json::Bool(true))
        .list("name", names(person))
        .list("telecom", telecom)
        .text("gender", if person.male { "male" } else { "female" })
        .text("birthDate", person.birth.to_string())
        .maybe("deceasedDateTime", deceased.map(|day| text(day.to_string())))
        .list("address", vec![address(person)])
        .list(
            "generalPractitioner",
            world.professional(mg).map(|p| named(&p.reference, &p.display())).into_iter().collect(),
        )
        .with("managingOrganization", reference(&world.organization("group")))
}

fn names(person: &Person) -> Vec<J> {
    let all = person.given.join(" ");
    let list = object(vec![
        ("url", text(format!("{FR_CORE}/StructureDefinition/fr-core-patient-birth-list-given-name"))),
        ("valueString", text(all)),
    ]);
    let first = person.given.first().copied().unwrap_or_default();
    let name = |usage: &str, family: &str, extension: Option<J>| {
        let mut members = Vec::new();
        if let Some(extension) = extension {
            members.push(("extension", Json::array([extension])));
        }
        members.push(("use", text(usage)));
        members.push(("family", text(family)));
        members.push(("given", Json::array([text(first)])));
        object(members)
    };
    let mut out = vec![name("official", person.family, Some(list))];
    out.extend(person.usual.map(|usual| name("usual", usual, None)));
    out
}

fn insee(code: &str) -> J {
    object(vec![
        ("url", text(format!("{FR_CORE}/StructureDefinition/fr-core-address-insee-code"))),
        ("valueCoding", coding(COMMUNES, code, "")),
    ])
}

fn birthplace(person: &Person) -> J {
    let place = object(vec![
        ("extension", Json::array([insee(person.birthplace.insee)])),
        ("city", text(person.birthplace.name)),
    ]);
    object(vec![
        ("url", text("http://hl7.org/fhir/StructureDefinition/patient-birthPlace")),
        ("valueAddress", place),
    ])
}

fn reliability(person: &Person) -> J {
    let system = format!("{FR_CORE}/CodeSystem/fr-core-cs-v2-0445");
    let status = object(vec![
        ("url", text("identityStatus")),
        ("valueCoding", coding(&system, person.identity.code(), person.identity.label())),
    ]);
    object(vec![
        ("extension", Json::array([status])),
        ("url", text(format!("{FR_CORE}/StructureDefinition/fr-core-identity-reliability"))),
    ])
}

fn address(person: &Person) -> J {
    object(vec![
        ("extension", Json::array([insee(person.commune.insee)])),
        ("use", text("home")),
        ("line", Json::array([text(person.street.clone())])),
        ("city", text(person.commune.name)),
        ("postalCode", text(person.commune.postcode)),
        ("country", text("FR")),
    ])
}

/// Someone to call, and for some adults a trusted person (article L.1111-6 of the public health code).
pub fn relatives(world: &World, rng: &mut Rng, person: &Person, n: u64, age: i64) -> Vec<Resource> {
    let mut out = Vec::new();
    let child = age < 18;
    let (code, label) = if child {
        if rng.chance(0.7) { ("MTH", "mère") } else { ("FTH", "père") }
    } else {
        let kinds = [("SPS", "conjoint"), ("CHILD", "enfant"), ("SIB", "frère ou sœur"), ("FRND", "proche")];
        rng.pick(&kinds).copied().unwrap_or(("SPS", "conjoint"))
    };
    // Both parents of a child; who comes second is drawn apart from the rest.
    let count = if child || rng.chance(0.35) { 2 } else { 1 };
    let mut second = world.rng("second parent", n);
    for i in 0..count {
        let other = child && i == 1;
        let rng: &mut Rng = if other { &mut second } else { rng };
        let (code, label) = match (other, code) {
            (true, "MTH") => ("FTH", "père"),
            (true, _) => ("MTH", "mère"),
            _ => (code, label),
        };
        let male = if child { code == "FTH" } else { rng.chance(0.5) };
        let year = i64::from(person.birth.year()) - if child { 30 } else { 2 };
        let given = given_for(world.data, rng, male, year.min(i64::from(world.today.year()) - 20));
        let family = if rng.chance(0.6) {
            person.name()
        } else {
            rng.pick(&world.data.family).copied().unwrap_or("Martel")
        };
        let contact = if i == 0 || child {
            hl7("v2-0131", "C", "Personne à prévenir")
        } else {
            concept(PERSON_ROLE, "trusted-person", "Personne de confiance")
        };
        let mut relations = vec![hl7("v3-RoleCode", code, label), contact];
        if child {
            relations.push(concept(PERSON_ROLE, "parental-authority", "Titulaire de l'autorité parentale"));
        }
        let mobile = format!("+33 6 39 98 {:02} {:02}", rng.between(0, 99), rng.between(0, 99));
        out.push(
            Resource::new("RelatedPerson", world.id(&format!("patient/{n}/relative/{i}")))
                .with("active", Json::Bool(true))
                .with("patient", reference(&format!("Patient/{}", world.id(&format!("patient/{n}")))))
                .list("relationship", relations)
                .list(
                    "name",
                    vec![object(vec![("family", text(family)), ("given", Json::array([text(given)]))])],
                )
                .list("telecom", vec![phone(&mobile, "mobile")])
                .text("gender", if male { "male" } else { "female" }),
        );
    }
    out
}

/// The basic scheme for all, a complementary insurer for most.
pub fn coverages(world: &World, rng: &mut Rng, n: u64) -> Vec<Resource> {
    let patient = format!("Patient/{}", world.id(&format!("patient/{n}")));
    let mut payers = vec![("amo", "Régime obligatoire", 1)];
    if rng.chance(0.88) {
        let key = rng.pick(&["mut1", "mut2", "mut3"]).copied().unwrap_or("mut1");
        payers.push((key, "Complémentaire santé", 2));
    }
    let since = plus_days(world.today, -rng.between(400, 4000));
    payers
        .into_iter()
        .map(|(payer, label, order)| {
            Resource::new("Coverage", world.id(&format!("patient/{n}/coverage/{order}")))
                .text("status", "active")
                .with("type", object(vec![("text", text(label))]))
                .with("beneficiary", reference(&patient))
                .with("period", period(since.to_string(), None))
                .list("payor", vec![reference(&world.organization(payer))])
                .with("order", Json::integer(order))
        })
        .collect()
}
