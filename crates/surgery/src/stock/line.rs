//! A lot in stock: a Device without a patient, with how many there are.

use crate::implant::Label;
use crate::implant::device::{GTIN, extension, identified, identifiers, labelled, name_of};
use crate::implant::recall::token;
use crate::perioperative::case::{all, created, derived, parsed, updated};
use fhir::edit::{edit, identifier, resource};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Error, Result, Visible, Write};

/// Extension that tells how many there are; system of what tells stock from implants in a search.
pub(super) const STOCK: &str = "urn:medhub:stock";
const PLACE: &str = "urn:medhub:stock-place";
/// A lot that ends within so many days is told.
const SOON_DAYS: i32 = 90;

#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: String,
    /// 0: not stored yet.
    pub version: u64,
    pub gtin: String,
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub lot: Option<String>,
    pub serial: Option<String>,
    pub expiry: Option<String>,
    pub quantity: i64,
    pub place: Option<String>,
    json: Json<'static>,
}

impl Line {
    /// A lot that comes into the stock for the first time.
    pub fn new(
        label: &Label,
        name: Option<String>,
        manufacturer: Option<String>,
        place: Option<String>,
    ) -> Line {
        let mut json = resource(ResourceType::DEVICE);
        let id = Line::id(label, place.as_deref());
        let mut ids: Vec<Json<'static>> = vec![identifier(STOCK, &label.gtin).into_owned()];
        ids.extend(identifiers(label));
        if let Some(edit) = edit(&mut json) {
            edit.set("id", Json::string(id.clone())).set("identifier", Json::Array(ids));
        }
        labelled(&mut json, label, name.as_deref(), manufacturer.as_deref());
        Line {
            id,
            version: 0,
            gtin: label.gtin.clone(),
            name,
            manufacturer,
            lot: label.lot.clone(),
            serial: label.serial.clone(),
            expiry: label.expiry.clone(),
            quantity: 0,
            place,
            json,
        }
    }

    /// The id of a lot in a place.
    pub fn id(label: &Label, place: Option<&str>) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let what = format!("{}|{}|{}", part(&label.lot), part(&label.serial), place.unwrap_or_default());
        derived("stock", &label.gtin, &what)
    }

    pub fn read(found: &Visible) -> Result<Option<Line>> {
        let json = parsed(found)?;
        let quantity = extension(&json, STOCK, "valueUnsignedInt").and_then(|n| n.as_number()?.parse().ok());
        let (Some(quantity), None) = (quantity, json.get("patient")) else { return Ok(None) };
        let text = |name: &str| json.get_str(name).map(String::from);
        Ok(Some(Line {
            id: found.id.clone(),
            version: found.version,
            gtin: identified(&json, GTIN).unwrap_or_default().to_string(),
            name: name_of(&json).map(String::from),
            manufacturer: text("manufacturer"),
            lot: text("lotNumber"),
            serial: text("serialNumber"),
            expiry: text("expirationDate"),
            quantity,
            place: extension(&json, PLACE, "valueString").and_then(|p| p.as_str()).map(String::from),
            json,
        }))
    }

    /// The same lot with more, or with less, never below nothing.
    #[must_use]
    pub fn plus(self, pieces: i64) -> Line {
        Line { quantity: (self.quantity + pieces).max(0), ..self }
    }

    /// The write of the quantity as it is now.
    pub fn update(&self) -> Write {
        let mut json = self.json.clone();
        let mut extensions: Vec<Json<'static>> = json
            .each("extension")
            .filter(|e| !matches!(e.get_str("url"), Some(STOCK | PLACE)))
            .cloned()
            .collect();
        let quantity = Json::integer(self.quantity.max(0));
        extensions.push(Json::object([("url", Json::string(STOCK)), ("valueUnsignedInt", quantity)]));
        extensions.extend(
            self.place.clone().map(|place| {
                Json::object([("url", Json::string(PLACE)), ("valueString", Json::string(place))])
            }),
        );
        if let Some(edit) = edit(&mut json) {
            edit.set("extension", Json::Array(extensions));
        }
        match self.version {
            0 => created(ResourceType::DEVICE, self.id.clone(), &json),
            version => updated(ResourceType::DEVICE, &self.id, version, &json),
        }
    }

    /// `ok`, or what speaks against using it.
    pub fn state(&self, today: &str, recalled: bool) -> &'static str {
        let expiry = self.expiry.as_deref();
        if recalled {
            return "recalled";
        }
        match expiry {
            Some(day) if day < today => "expired",
            Some(day) if day < soon(today).as_str() => "soon",
            _ => "ok",
        }
    }

    pub fn told(&self, today: &str, recalled: bool) -> Json<'static> {
        let text = |text: &Option<String>| text.clone().map_or(Json::Null, Json::string);
        Json::object([
            ("device", Json::string(format!("Device/{}", self.id))),
            ("version", Json::integer(i64::try_from(self.version).unwrap_or(i64::MAX))),
            ("gtin", Json::string(self.gtin.clone())),
            ("name", text(&self.name)),
            ("manufacturer", text(&self.manufacturer)),
            ("lot", text(&self.lot)),
            ("serial", text(&self.serial)),
            ("expiry", text(&self.expiry)),
            ("quantity", Json::integer(self.quantity)),
            ("location", text(&self.place)),
            ("state", Json::string(self.state(today, recalled))),
        ])
    }
}

fn soon(today: &str) -> String {
    let day: Option<jiff::civil::Date> = today.parse().ok();
    let later = day.and_then(|day| day.checked_add(jiff::Span::new().days(SOON_DAYS)).ok());
    later.map_or_else(|| today.to_string(), |day| day.to_string())
}

/// All lots in stock.
///
/// # Errors
/// The store's.
pub(crate) async fn lines(cx: &RouteCtx) -> Result<Vec<Line>> {
    found(cx, format!("{STOCK}|")).await
}

/// The lots of a product.
///
/// # Errors
/// The store's.
pub(super) async fn lines_of(cx: &RouteCtx, gtin: &str) -> Result<Vec<Line>> {
    found(cx, token(STOCK, gtin)).await
}

async fn found(cx: &RouteCtx, identifier: String) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for found in all(cx, ResourceType::DEVICE, [("identifier", identifier)]).await? {
        lines.extend(Line::read(&found)?);
    }
    // What ends first is used first.
    lines.sort_by(|a, b| {
        let end = |line: &Line| line.expiry.clone().unwrap_or_else(|| "9999".into());
        (&a.name, end(a), &a.id).cmp(&(&b.name, end(b), &b.id))
    });
    Ok(lines)
}

/// The lot of a label in stock: of several places, one that has some.
///
/// # Errors
/// The store's.
pub(crate) async fn line_of(cx: &RouteCtx, label: &Label) -> Result<Option<Line>> {
    let lines = lines_of(cx, &label.gtin).await?;
    let mut same: Vec<Line> =
        lines.into_iter().filter(|line| line.lot == label.lot && line.serial == label.serial).collect();
    let at = same.iter().position(|line| line.quantity > 0).unwrap_or(0);
    Ok((at < same.len()).then(|| same.swap_remove(at)))
}

/// The lot of that id; `None` when it is no lot in stock.
///
/// # Errors
/// The store's.
pub(crate) async fn line(cx: &RouteCtx, id: &str) -> Result<Option<Line>> {
    match cx.tenant.read(&cx.ctx, ResourceType::DEVICE, id).await {
        Ok(found) => Line::read(&found),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
