//! The professionals: who they are, their RPPS, what they do where.

use crate::calendar::weekday;
use crate::digits::luhn;
use crate::element::{
    J, Resource, concept, email, identifier_typed, named, object, phone, reference, text, words,
};
use crate::person::given_for;
use crate::table::Row;
use crate::world::World;
use fhir::Json;
use jiff::civil::Date;

const RPPS: &str = "https://rpps.esante.gouv.fr";
const V2_0203_FR: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
const PROFESSION: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";
const SPECIALTY: &str =
    "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";

/// First seven digits of the RPPS numbers of the sample: no real number begins so.
const RPPS_PREFIX: &str = "1099900";

pub struct Professional {
    pub key: &'static str,
    pub profession: &'static str,
    pub specialty: &'static str,
    pub label: &'static str,
    pub site: &'static str,
    pub days: &'static str,
    pub male: bool,
    pub prefix: &'static str,
    pub family: &'static str,
    pub given: &'static str,
    pub rpps: String,
    /// `Practitioner/…`.
    pub reference: String,
}

impl Professional {
    /// As it stands on a document: `Dr Claire Fontaine`.
    pub fn display(&self) -> String {
        format!("{} {} {}", self.prefix, self.given, self.family).trim_start().to_string()
    }

    pub fn works_on(&self, day: Date) -> bool {
        self.days.contains(&weekday(day).to_string())
    }
}

pub fn roster(world: &World) -> Vec<Professional> {
    let mut families: Vec<&str> = Vec::new();
    let rows = world.data.staff.iter().enumerate();
    rows.map(|(n, row)| {
        let professional = professional(world, row, n as u64, &families);
        families.push(professional.family);
        professional
    })
    .collect()
}

fn professional(world: &World, row: &Row, n: u64, taken: &[&str]) -> Professional {
    let mut rng = world.rng("staff", n);
    let male = match row.text(7) {
        "m" => true,
        "f" => false,
        _ => rng.chance(0.5),
    };
    let birth_year = i64::from(world.today.year()) - rng.between(32, 62);
    let free: Vec<&str> = world.data.family.iter().copied().filter(|f| !taken.contains(f)).collect();
    let stem = format!("{RPPS_PREFIX}{:03}", n + 101);
    Professional {
        key: row.text(0),
        profession: row.text(1),
        specialty: row.text(2),
        label: row.text(3),
        prefix: row.text(4),
        site: row.text(5),
        days: row.text(6),
        male,
        family: rng.pick(&free).copied().unwrap_or("Martel"),
        given: given_for(world.data, &mut rng, male, birth_year),
        rpps: format!("{stem}{}", luhn(&stem)),
        reference: format!("Practitioner/{}", world.id(&format!("practitioner/{}", row.text(0)))),
    }
}

/// What a secretary does, in words: no nomenclature of professions has it.
fn secretary(p: &Professional) -> Option<J> {
    p.profession.is_empty().then(|| words(p.label))
}

/// The Practitioner and its role at its site.
pub fn resources(world: &World, p: &Professional) -> [Resource; 2] {
    let mut name = vec![("use", text("official")), ("text", text(p.display())), ("family", text(p.family))];
    name.push(("given", Json::array([text(p.given)])));
    if !p.prefix.is_empty() {
        name.push(("prefix", Json::array([text(p.prefix)])));
    }
    let number: String = p.rpps.chars().skip(7).take(4).collect();
    let label = match p.profession {
        "10" => "Médecin",
        "21" => "Pharmacien",
        _ => "Infirmier",
    };
    // Secretaries have no profession of the code of public health, and no RPPS.
    let profession = (!p.profession.is_empty()).then(|| concept(PROFESSION, p.profession, label));
    let number_of = |_: &J| identifier_typed("official", V2_0203_FR, "RPPS", RPPS, &p.rpps);
    let practitioner = Resource::new("Practitioner", world.id(&format!("practitioner/{}", p.key)))
        .list("identifier", profession.iter().map(number_of).collect())
        .with("active", Json::Bool(true))
        .list("name", vec![object(name)])
        .list("telecom", vec![email(&format!("{}@hetres-blancs.example.org", p.key))])
        .text("gender", if p.male { "male" } else { "female" })
        .list("qualification", profession.iter().map(|code| object(vec![("code", code.clone())])).collect());
    let specialty = (!p.specialty.is_empty()).then(|| concept(SPECIALTY, p.specialty, p.label));
    let role = Resource::new("PractitionerRole", world.id(&format!("role/{}", p.key)))
        .with("active", Json::Bool(true))
        .with("practitioner", named(&p.reference, &p.display()))
        .with("organization", reference(&world.organization(p.site)))
        .list("code", profession.into_iter().chain(secretary(p)).collect())
        .list("specialty", specialty.into_iter().collect())
        .list("location", vec![reference(&world.location(if p.site == "site1" { "cons1" } else { "cons2" }))])
        .list("telecom", vec![phone(&format!("+33 4 65 71 {} {}", &number[..2], &number[2..]), "work")]);
    [practitioner, role]
}
