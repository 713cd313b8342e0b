//! A product of the catalogue: a DeviceDefinition with its GTIN and the least that there should be.

use crate::implant::device::{GTIN, extension, identified, name_of};
use crate::implant::recall::token;
use crate::perioperative::case::{all, parsed};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

const THRESHOLD: &str = "urn:medhub:threshold";

#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub gtin: String,
    pub name: String,
    pub manufacturer: Option<String>,
    pub threshold: i64,
}

fn read(json: &Json<'_>) -> Option<Product> {
    let threshold = extension(json, THRESHOLD, "valueUnsignedInt").and_then(|n| n.as_number()?.parse().ok());
    Some(Product {
        gtin: identified(json, GTIN)?.to_string(),
        name: name_of(json)?.to_string(),
        manufacturer: json.get_str("manufacturerString").map(String::from),
        threshold: threshold.unwrap_or(0),
    })
}

/// The product of a GTIN, if the catalogue has it.
///
/// # Errors
/// The store's.
pub(crate) async fn product(cx: &RouteCtx, gtin: &str) -> Result<Option<Product>> {
    Ok(found(cx, token(GTIN, gtin)).await?.pop())
}

/// The whole catalogue.
///
/// # Errors
/// The store's.
pub(super) async fn products(cx: &RouteCtx) -> Result<Vec<Product>> {
    found(cx, format!("{GTIN}|")).await
}

async fn found(cx: &RouteCtx, identifier: String) -> Result<Vec<Product>> {
    let mut products = Vec::new();
    for found in all(cx, ResourceType::DEVICE_DEFINITION, [("identifier", identifier)]).await? {
        products.extend(read(&parsed(&found)?));
    }
    Ok(products)
}
