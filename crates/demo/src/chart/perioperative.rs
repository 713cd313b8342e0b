//! The theatre's shelf (products, lots, preference cards, a recall), and implants in those who were operated.
//! Products, makers and lots are fictitious; their numbers begin with 952, which GS1 keeps for examples.

use super::Chart;
use crate::calendar::plus_days;
use crate::element::{J, Resource, coding, concept, hl7, identifier, named, object, reference, text, words};
use crate::world::World;
use fhir::Json;
use uuid::Uuid;

/// What there is of a product: number, name, maker, least in stock, act that it is for, kind.
struct Product {
    number: u32,
    name: &'static str,
    maker: &'static str,
    least: i64,
    act: &'static str,
    kind: &'static str,
}

const fn product(
    number: u32,
    name: &'static str,
    act: &'static str,
    kind: &'static str,
    least: i64,
) -> Product {
    let maker = if number < 20 { "Orthexemple SA (fictif)" } else { "Opticexemple SAS (fictif)" };
    Product { number, name, maker, least, act, kind }
}

const PRODUCTS: [Product; 9] = [
    product(11, "Cupule cotyloïdienne sans ciment 52 mm", "NEKA020", "implant", 2),
    product(12, "Tige fémorale sans ciment taille 11", "NEKA020", "implant", 2),
    product(13, "Tête céramique 32 mm", "NEKA020", "implant", 2),
    product(14, "Composant fémoral de genou taille 5", "NFKA007", "implant", 2),
    product(15, "Embase tibiale de genou taille 4", "NFKA007", "implant", 2),
    product(16, "Ciment aux antibiotiques 40 g", "NFKA007", "supply", 6),
    product(17, "Lame de scie oscillante", "NEKA020", "supply", 5),
    product(21, "Implant intraoculaire pliable +21,0 D", "BFGA427", "implant", 4),
    product(22, "Viscoélastique 1,0 mL", "BFGA427", "supply", 10),
];

/// Titles of the cards by act, and what each takes besides its products.
const CARDS: [(&str, &str, &str); 3] = [
    ("NEKA020", "Prothèse totale de hanche", "Champs hanche, jeu complet"),
    ("NFKA007", "Prothèse totale de genou", "Champs genou, jeu complet"),
    ("BFGA427", "Phakoémulsification", "Champ ophtalmologique"),
];

impl Product {
    /// GTIN of 14 digits with its check digit (GS1 General Specifications, 7.9).
    fn gtin(&self) -> String {
        let head = format!("0952{:09}", self.number * 37 + 100_000);
        let weighted = head.bytes().rev().enumerate();
        let sum: u32 = weighted.map(|(n, d)| u32::from(d - b'0') * if n % 2 == 0 { 3 } else { 1 }).sum();
        format!("{head}{}", (10 - sum % 10) % 10)
    }

    fn lot(&self, n: u32) -> String {
        format!("EX{:02}{n:03}", self.number)
    }
}

/// An id as the theatre derives it from what a thing is.
fn derived(what: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, what.as_bytes()).to_string()
}

fn extension(url: &str, name: &'static str, value: J) -> J {
    object(vec![("url", text(url)), (name, value)])
}

fn label(resource: Resource, product: &Product, lot: &str, expiry: &str) -> Resource {
    let gtin = product.gtin();
    let compact = expiry.get(2..).unwrap_or_default().replace('-', "");
    let udi = object(vec![
        ("deviceIdentifier", text(gtin.clone())),
        ("issuer", text("http://hl7.org/fhir/NamingSystem/gs1-di")),
        ("carrierHRF", text(format!("(01){gtin}(17){compact}(10){lot}"))),
    ]);
    resource
        .list("udiCarrier", vec![udi])
        .text("status", "active")
        .text("manufacturer", product.maker)
        .text("expirationDate", expiry)
        .text("lotNumber", lot)
        .list("deviceName", vec![device_name(product)])
}

fn device_name(product: &Product) -> J {
    object(vec![("name", text(product.name)), ("type", text("user-friendly-name"))])
}

/// Products, lots, preference cards and a recall.
pub(crate) fn shelf(world: &World) -> Vec<Resource> {
    let mut out = Vec::new();
    for (n, product) in PRODUCTS.iter().enumerate() {
        out.push(definition(world, product));
        // Of one product there is too little; one lot ends soon, and one has ended.
        let lots =
            [(1, 420, product.least + 1 - 2 * i64::from(n == 4)), (2, 45, 1), (3, -6, i64::from(n == 1))];
        for (lot, days, quantity) in lots.into_iter().filter(|(.., quantity)| *quantity > 0) {
            out.push(stocked(world, product, lot, days, quantity));
        }
    }
    out.extend(CARDS.iter().map(|card| preference_card(world, card)));
    out.push(recall(world, &PRODUCTS[2]));
    out
}

fn definition(world: &World, product: &Product) -> Resource {
    let udi = object(vec![
        ("deviceIdentifier", text(product.gtin())),
        ("issuer", text("http://hl7.org/fhir/NamingSystem/gs1-di")),
        ("jurisdiction", text("http://hl7.org/fhir/NamingSystem/eudamed")),
    ]);
    Resource::new("DeviceDefinition", world.id(&format!("product/{}", product.number)))
        .list(
            "extension",
            vec![extension("urn:medhub:threshold", "valueUnsignedInt", Json::integer(product.least))],
        )
        .list("identifier", vec![identifier("urn:medhub:gtin", &product.gtin())])
        .list("udiDeviceIdentifier", vec![udi])
        .text("manufacturerString", product.maker)
        .list("deviceName", vec![device_name(product)])
}

fn stocked(world: &World, product: &Product, lot: u32, days: i64, quantity: i64) -> Resource {
    let (gtin, lot) = (product.gtin(), product.lot(lot));
    let place = "Arsenal du bloc";
    let id = derived(&format!("urn:medhub:stock:{gtin}:{lot}||{place}"));
    let ids = vec![
        identifier("urn:medhub:stock", &gtin),
        identifier("urn:medhub:gtin", &gtin),
        identifier("urn:medhub:lot", &lot),
    ];
    let extensions = vec![
        extension("urn:medhub:stock", "valueUnsignedInt", Json::integer(quantity)),
        extension("urn:medhub:stock-place", "valueString", text(place)),
    ];
    let device = Resource::new("Device", id).list("extension", extensions).list("identifier", ids);
    label(device, product, &lot, &plus_days(world.today, days).to_string())
}

fn preference_card(world: &World, (act, title, drapes): &(&str, &str, &str)) -> Resource {
    let item = |name: &str, gtin: Option<String>, quantity: i64, kind: &str, open: bool| {
        let mut parts = vec![extension("quantity", "valueUnsignedInt", Json::integer(quantity))];
        parts.push(extension("kind", "valueCode", text(kind)));
        parts.push(extension("open", "valueBoolean", Json::Bool(open)));
        parts.extend(gtin.map(|gtin| extension("gtin", "valueString", text(gtin))));
        let details = object(vec![("url", text("urn:medhub:card-item")), ("extension", Json::Array(parts))]);
        object(vec![("extension", Json::array([details])), ("title", text(name))])
    };
    let mut items =
        vec![item(drapes, None, 1, "supply", true), item("Casaque stérile", None, 3, "supply", true)];
    let own = PRODUCTS.iter().filter(|product| product.act == *act);
    // Implants are opened when their size is known.
    items.extend(own.map(|p| item(p.name, Some(p.gtin()), 1, p.kind, p.kind != "implant")));
    Resource::new("PlanDefinition", world.id(&format!("card/{act}")))
        .list("identifier", vec![identifier("urn:medhub:preference-card", act)])
        .text("title", format!("{title} – préparation"))
        .with("type", hl7("plan-definition-type", "order-set", "Order Set"))
        .text("status", "active")
        .list("action", items)
}

fn recall(world: &World, product: &Product) -> Resource {
    let (gtin, lot) = (product.gtin(), product.lot(9));
    let ids = vec![
        identifier("urn:medhub:recall", &format!("{gtin}:{lot}")),
        identifier("urn:medhub:gtin", &gtin),
        identifier("urn:medhub:lot", &lot),
    ];
    let extensions = vec![
        extension("urn:medhub:recall-reference", "valueString", text("R-EXEMPLE-0412")),
        extension("urn:medhub:recall-name", "valueString", text(product.name)),
    ];
    Resource::new("DetectedIssue", derived(&format!("urn:medhub:recall:{gtin}:{lot}")))
        .list("extension", extensions)
        .list("identifier", ids)
        .text("status", "final")
        .with("code", concept("urn:medhub:detected-issue", "recall", "Rappel de dispositif"))
        .text("severity", "high")
        .text("identifiedDateTime", format!("{}T09:00:00+01:00", plus_days(world.today, -3)))
        .text("detail", "Rappel fictif : risque de rupture de la tête en céramique de ce lot.")
}

impl Chart<'_> {
    /// The implants of the operations that are past.
    pub(super) fn implants(&mut self) {
        // Of its own, so that nothing else of the clinic changes with it.
        let mut rng = self.world.rng("implants", self.n);
        for at in 0..self.out.len() {
            if self.out[at].kind != "Procedure" {
                continue;
            }
            let done = self.out[at].json();
            let act = done
                .get("code")
                .and_then(|code| code.each("coding").next()?.get_str("code").map(String::from));
            let case =
                done.get("basedOn").and_then(|b| b.items().next()?.get_str("reference").map(String::from));
            let end = done.get("performedPeriod").and_then(|p| p.get_str("end").map(String::from));
            let by = done.get("performer").and_then(|p| p.items().next()?.get("actor").cloned());
            let (Some(act), Some(case), Some(end)) = (act, case, end) else { continue };
            let used: Vec<&Product> =
                PRODUCTS.iter().filter(|p| p.act == act && p.kind == "implant").collect();
            let mut focal = Vec::new();
            for product in used {
                // One lot in ten is the one that was recalled.
                let lot = product.lot(u32::try_from(rng.between(4, 13)).unwrap_or(4));
                let device = self.implant(product, &lot, &case, &end, by.clone());
                let action = object(vec![(
                    "coding",
                    Json::array([coding("http://hl7.org/fhir/device-action", "implanted", "")]),
                )]);
                focal.push(object(vec![("action", action), ("manipulated", named(&device, product.name))]));
            }
            let procedure = self.out[at].clone().list("focalDevice", focal);
            self.out[at] = procedure;
        }
    }

    fn implant(&mut self, product: &Product, lot: &str, case: &str, end: &str, by: Option<J>) -> String {
        let year: i64 = end.get(..4).and_then(|year| year.parse().ok()).unwrap_or(2026);
        let expiry = format!("{}{}", year + 3, end.get(4..10).unwrap_or("-06-28").replace("02-29", "02-28"));
        let mut extensions = vec![extension("urn:medhub:implanted", "valueInstant", text(end))];
        extensions.extend(by.map(|by| extension("urn:medhub:implanted-by", "valueReference", by)));
        let ids = vec![
            identifier("urn:medhub:case-id", case.strip_prefix("ServiceRequest/").unwrap_or(case)),
            identifier("urn:medhub:gtin", &product.gtin()),
            identifier("urn:medhub:lot", lot),
        ];
        let device = self.resource("Device").list("extension", extensions).list("identifier", ids);
        let device = label(device, product, lot, &expiry).with("patient", reference(&self.patient));
        let device = device.list("safety", vec![words("Carte d'implant remise au patient")]);
        self.keep(device)
    }
}
