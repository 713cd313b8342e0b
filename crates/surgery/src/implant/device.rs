//! An implant in a patient: a Device (<https://hl7.org/fhir/R4/device.html>) with what stands on its label.

use super::code::Device;
use crate::perioperative::case::{CASE, Case};
use crate::perioperative::person;
use fhir::edit::{edit, identifier, reference, resource};
use fhir::{Json, ResourceType};

pub(crate) const GTIN: &str = "urn:medhub:gtin";
pub(crate) const LOT: &str = "urn:medhub:lot";
/// System of serial numbers; a value is `{gtin}:{serial}`, for makers count each on their own.
pub(crate) const SERIAL: &str = "urn:medhub:serial";
pub(crate) const CLIENT: &str = "urn:medhub:client-id";
/// When it was implanted, by whom; where in the body; why although it is expired or recalled.
pub(super) const IMPLANTED: &str = "urn:medhub:implanted";
const BY: &str = "urn:medhub:implanted-by";
const SITE: &str = "urn:medhub:implant-site";
const SIDE: &str = "urn:medhub:implant-side";
/// The lot of the stock that it was taken from.
pub(super) const TAKEN: &str = "urn:medhub:taken-from";
pub(super) const OVERRIDE: &str = "urn:medhub:override-reason";

/// An implant as it is recorded.
pub(super) struct Implant {
    pub id: String,
    pub client: String,
    pub label: Device,
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub site: Option<String>,
    pub side: Option<&'static str>,
    pub time: String,
    pub author: Json<'static>,
    pub override_reason: Option<String>,
    /// Id of the lot in the stock that it was taken from.
    pub taken: Option<String>,
}

impl Implant {
    pub fn json(&self, case: &Case) -> Json<'static> {
        let extension = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let text = |text: &String| Json::string(text.clone());
        let extensions = [
            Some(extension(IMPLANTED, "valueInstant", text(&self.time))),
            Some(extension(BY, "valueReference", self.author.clone())),
            self.site.as_ref().map(|site| extension(SITE, "valueString", text(site))),
            self.side.map(|side| extension(SIDE, "valueCode", Json::string(side))),
            self.taken.as_ref().map(|lot| extension(TAKEN, "valueReference", owned_reference(lot))),
            self.override_reason.as_ref().map(|why| extension(OVERRIDE, "valueString", text(why))),
        ];
        let mut ids = vec![identifier(CASE, &case.id), identifier(CLIENT, &self.client)];
        ids.extend(identifiers(&self.label));
        let mut json = resource(ResourceType::DEVICE);
        if let Some(edit) = edit(&mut json) {
            edit.set("id", text(&self.id))
                .set("extension", Json::array(extensions.into_iter().flatten()))
                .set("identifier", Json::array(ids.into_iter().map(Json::into_owned)));
        }
        labelled(&mut json, &self.label, self.name.as_deref(), self.manufacturer.as_deref());
        if let Some(edit) = fhir::edit::edit(&mut json) {
            edit.set("patient", reference(ResourceType::PATIENT, &case.patient));
        }
        json
    }
}

fn owned_reference(device: &str) -> Json<'static> {
    reference(ResourceType::DEVICE, device)
}

/// What a device is found by.
pub(crate) fn identifiers(label: &Device) -> Vec<Json<'static>> {
    let id = |system: &'static str, value: String| {
        Json::object([("system", Json::string(system)), ("value", Json::string(value))])
    };
    let mut ids = vec![id(GTIN, label.gtin.clone())];
    ids.extend(label.lot.clone().map(|lot| id(LOT, lot)));
    ids.extend(label.serial.as_ref().map(|serial| id(SERIAL, format!("{}:{serial}", label.gtin))));
    ids
}

/// The members that stand on the label.
pub(crate) fn labelled(json: &mut Json<'static>, label: &Device, name: Option<&str>, maker: Option<&str>) {
    let string = |text: &str| Json::string(text.to_string());
    let issuer = if label.hibc {
        "http://hl7.org/fhir/NamingSystem/hibcc"
    } else {
        "http://hl7.org/fhir/NamingSystem/gs1-di"
    };
    let udi = Json::object([
        ("deviceIdentifier", string(&label.gtin)),
        ("issuer", Json::string(issuer)),
        ("carrierHRF", string(&label.udi)),
    ]);
    let named = name.map(|name| {
        Json::array([Json::object([("name", string(name)), ("type", Json::string("user-friendly-name"))])])
    });
    if let Some(edit) = edit(json) {
        edit.set("udiCarrier", Json::array([udi]))
            .status("active")
            .set_or_remove("manufacturer", maker.map(string))
            .set_or_remove("manufactureDate", label.produced.as_deref().map(string))
            .set_or_remove("expirationDate", label.expiry.as_deref().map(string))
            .set_or_remove("lotNumber", label.lot.as_deref().map(string))
            .set_or_remove("serialNumber", label.serial.as_deref().map(string))
            .set_or_remove("deviceName", named)
            .set_or_remove("modelNumber", label.reference.as_deref().map(string));
    }
}

/// The value of an extension.
pub(crate) fn extension<'j>(json: &'j Json<'_>, url: &str, value: &str) -> Option<&'j Json<'j>> {
    let found: &'j Json<'j> = json.each("extension").find(|e| e.get_str("url") == Some(url))?.get(value)?;
    Some(found)
}

/// The value of an identifier.
pub(crate) fn identified<'j>(json: &'j Json<'_>, system: &str) -> Option<&'j str> {
    json.each("identifier").find(|i| i.get_str("system") == Some(system))?.get_str("value")
}

pub(crate) fn name_of<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    json.each("deviceName").find_map(|name| name.get_str("name"))
}

/// Whether a Device is an implant that was recorded here.
pub(super) fn is_implant(json: &Json<'_>) -> bool {
    json.get("patient").is_some() && extension(json, IMPLANTED, "valueInstant").is_some()
}

pub(super) fn is_struck(json: &Json<'_>) -> bool {
    json.get_str("status") == Some("entered-in-error")
}

/// An implant as the web app reads it.
pub(super) fn told(id: &str, json: &Json<'_>) -> Vec<(&'static str, Json<'static>)> {
    let text = |found: Option<&str>| found.map_or(Json::Null, |text| Json::string(text.to_string()));
    let member = |name: &str| text(json.get_str(name));
    let own = |url: &str, value: &str| text(extension(json, url, value).and_then(|v| v.as_str()));
    let udi = json.each("udiCarrier").next().and_then(|udi| udi.get_str("carrierHRF"));
    let by = extension(json, BY, "valueReference").map_or(Json::Null, person::told);
    vec![
        ("id", Json::string(id.to_string())),
        ("name", text(name_of(json))),
        ("manufacturer", member("manufacturer")),
        ("gtin", text(identified(json, GTIN))),
        ("lot", member("lotNumber")),
        ("serial", member("serialNumber")),
        ("expiry", member("expirationDate")),
        ("reference", member("modelNumber")),
        ("site", own(SITE, "valueString")),
        ("side", own(SIDE, "valueCode")),
        ("quantity", Json::integer(1)),
        ("status", Json::string(if is_struck(json) { "struck" } else { "implanted" })),
        ("author", by),
        ("time", own(IMPLANTED, "valueInstant")),
        ("override", own(OVERRIDE, "valueString")),
        ("udi", text(udi)),
    ]
}
