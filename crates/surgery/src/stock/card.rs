//! A preference card: what an act needs, as a surgeon wants it. A PlanDefinition
//! (<https://hl7.org/fhir/R4/plandefinition.html>) with an action for each item.

use crate::implant::device::extension;
use crate::implant::recall::token;
use crate::perioperative::case::{all, parsed};
use crate::perioperative::person;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

/// System of the acts that cards are for.
const ACT: &str = "urn:medhub:preference-card";
const SURGEON: &str = "urn:medhub:card-surgeon";
const ITEM: &str = "urn:medhub:card-item";

pub(super) struct Card {
    pub id: String,
    pub title: String,
    pub act: String,
    /// Of whom; `None` for anyone who does the act.
    pub surgeon: Option<Json<'static>>,
    pub items: Vec<Item>,
}

#[derive(Clone)]
pub(super) struct Item {
    pub name: String,
    pub gtin: Option<String>,
    pub kind: String,
    pub quantity: i64,
    /// To be opened at once; else it stands by.
    pub open: bool,
}

impl Card {
    fn read(id: &str, json: &Json<'_>) -> Option<Card> {
        if json.get_str("status") == Some("retired") {
            return None;
        }
        let act = crate::implant::device::identified(json, ACT)?.to_string();
        let surgeon = extension(json, SURGEON, "valueReference").map(|s| s.clone().into_owned());
        let items = json.each("action").filter_map(Item::read).collect();
        Some(Card { id: id.to_string(), title: json.get_str("title")?.to_string(), act, surgeon, items })
    }

    /// `Practitioner/…`
    pub fn surgeon(&self) -> Option<&str> {
        self.surgeon.as_ref()?.get_str("reference")
    }

    pub fn told(&self) -> Json<'static> {
        Json::object([
            ("id", Json::string(self.id.clone())),
            ("title", Json::string(self.title.clone())),
            ("act", Json::string(self.act.clone())),
            ("surgeon", self.surgeon.as_ref().map_or(Json::Null, person::told)),
            ("items", Json::array(self.items.iter().map(|item| Json::object(item.told())))),
        ])
    }
}

impl Item {
    fn read(action: &Json<'_>) -> Option<Item> {
        let details = action.each("extension").find(|e| e.get_str("url") == Some(ITEM));
        let part = |name: &str, value: &str| {
            let part = details?.each("extension").find(|p| p.get_str("url") == Some(name))?;
            part.get(value).cloned().map(Json::into_owned)
        };
        let quantity = part("quantity", "valueUnsignedInt").and_then(|n| n.as_number()?.parse().ok());
        let text = |name: &str, value: &str| part(name, value).and_then(|t| t.as_str().map(String::from));
        Some(Item {
            name: action.get_str("title")?.to_string(),
            gtin: text("gtin", "valueString"),
            kind: text("kind", "valueCode").unwrap_or_else(|| "supply".into()),
            quantity: quantity.unwrap_or(1),
            open: part("open", "valueBoolean").and_then(|open| open.as_bool()).unwrap_or(true),
        })
    }

    pub fn told(&self) -> Vec<(&'static str, Json<'static>)> {
        vec![
            ("gtin", self.gtin.clone().map_or(Json::Null, Json::string)),
            ("name", Json::string(self.name.clone())),
            ("kind", Json::string(self.kind.clone())),
            ("quantity", Json::integer(self.quantity)),
            ("open", Json::Bool(self.open)),
        ]
    }
}

/// The cards of an act, or all.
///
/// # Errors
/// The store's.
pub(super) async fn cards(cx: &RouteCtx, act: Option<&str>) -> Result<Vec<Card>> {
    let identifier = act.map_or_else(|| format!("{ACT}|"), |act| token(ACT, act));
    let mut cards = Vec::new();
    for found in all(cx, ResourceType::PLAN_DEFINITION, [("identifier", identifier)]).await? {
        cards.extend(Card::read(&found.id, &parsed(&found)?));
    }
    cards.sort_by(|a, b| (&a.title, &a.id).cmp(&(&b.title, &b.id)));
    Ok(cards)
}

/// The card that fits a surgeon best: the own one, else that of the act.
pub(super) fn best(cards: Vec<Card>, surgeon: Option<&str>) -> Option<Card> {
    let mut cards = cards;
    let own = cards.iter().position(|card| card.surgeon().is_some() && card.surgeon() == surgeon);
    let at = own.or_else(|| cards.iter().position(|card| card.surgeon().is_none()))?;
    Some(cards.swap_remove(at))
}
