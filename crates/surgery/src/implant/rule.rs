//! What holds of implants, whichever way they are written: one that is expired or recalled is recorded with a
//! reason only, a serial number is implanted once, and a recorded implant keeps its patient, lot and number.

use super::code::Device;
use super::device::{GTIN, IMPLANTED, LOT, OVERRIDE, SERIAL, extension, identified, is_implant, is_struck};
use super::message::{EXPIRED, KEPT, NO_LOT, RECALLED, SERIAL_USED};
use super::recall::{RECALL, Recall, keys};
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct ImplantRules;

impl Rule for ImplantRules {
    fn name(&self) -> &'static str {
        "surgery.implant"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::DEVICE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let hub = tx.actor().system && tx.actor().id.is_nil();
        if let Some(before) = before.filter(|before| is_implant(before)) {
            return match after.is_some_and(|after| same(before, after)) || hub {
                true => Ok(()),
                false => Err(Issue::error(Code::BusinessRule, KEPT).at("Device").into()),
            };
        }
        let Some(after) = after.filter(|after| is_implant(after) && !is_struck(after)) else { return Ok(()) };
        // The hub brings what was implanted elsewhere, and in any order.
        if hub { Ok(()) } else { new(after, tx) }
    }
}

/// What may never change of an implant.
fn same(before: &Json<'_>, after: &Json<'_>) -> bool {
    let members = ["patient", "lotNumber", "serialNumber", "expirationDate", "udiCarrier"];
    members.iter().all(|name| before.get(name) == after.get(name))
        && [GTIN, LOT, SERIAL].iter().all(|system| identified(before, system) == identified(after, system))
        && extension(before, IMPLANTED, "valueInstant") == extension(after, IMPLANTED, "valueInstant")
}

fn new(after: &Json<'_>, tx: &mut TxRead<'_>) -> Result<(), Refusal> {
    let text = |name: &str| after.get_str(name).map(String::from);
    let gtin = identified(after, GTIN).unwrap_or_default();
    let label = Device {
        gtin: gtin.to_string(),
        lot: text("lotNumber"),
        serial: text("serialNumber"),
        expiry: text("expirationDate"),
        ..Device::default()
    };
    if label.lot.is_none() && label.serial.is_none() {
        return Err(Issue::error(Code::Required, NO_LOT).at("Device.lotNumber").into());
    }
    if let Some(serial) = &label.serial {
        let value = format!("{gtin}:{serial}");
        for id in tx.living_with_identifier(ResourceType::DEVICE, SERIAL, &value)? {
            if id != tx.id() && read(tx, ResourceType::DEVICE, &id, |d| is_implant(d) && !is_struck(d))? {
                return Err(Issue::error(Code::Duplicate, SERIAL_USED).at("Device.serialNumber").into());
            }
        }
    }
    if extension(after, OVERRIDE, "valueString")
        .and_then(|v| v.as_str())
        .is_some_and(|why| !why.trim().is_empty())
    {
        return Ok(());
    }
    let day = extension(after, IMPLANTED, "valueInstant").and_then(|v| v.as_str()).unwrap_or_default();
    let mut recalled = None;
    for key in keys(gtin, label.lot.as_deref()) {
        for id in tx.living_with_identifier(ResourceType::DETECTED_ISSUE, RECALL, &key)? {
            let mut told = None;
            read(tx, ResourceType::DETECTED_ISSUE, &id, |json| {
                told = Recall::read(&id, json).map(|recall| told_as(&recall));
                told.is_some()
            })?;
            recalled = recalled.or(told);
        }
    }
    match against(&label, recalled, day.get(..10).unwrap_or_default()).pop() {
        Some(issue) => Err(issue.into()),
        None => Ok(()),
    }
}

fn read(
    tx: &mut TxRead<'_>,
    rt: ResourceType,
    id: &str,
    asked: impl FnOnce(&Json<'_>) -> bool,
) -> Result<bool, Refusal> {
    let Some(body) = tx.read(rt, id)? else { return Ok(false) };
    let json = fhir::json::parse(&body).map_err(|_| store::Error::Corrupt("stored JSON".into()))?;
    Ok(asked(&json))
}

/// A recall as a sentence names it.
pub(super) fn told_as(recall: &Recall) -> String {
    recall.reference.clone().unwrap_or_else(|| recall.at.chars().take(10).collect())
}

/// What speaks against implanting a device on a day; `recalled` names its recall.
pub(super) fn against(label: &Device, recalled: Option<String>, day: &str) -> Vec<Issue> {
    let expired = label.is_expired(day).then(|| {
        let expiry = label.expiry.as_deref().unwrap_or_default();
        Issue::error(Code::BusinessRule, EXPIRED).at("overrideReason").arg("expiry", expiry)
    });
    let recalled = recalled.map(|reference| {
        Issue::error(Code::BusinessRule, RECALLED).at("overrideReason").arg("reference", reference)
    });
    expired.into_iter().chain(recalled).collect()
}
