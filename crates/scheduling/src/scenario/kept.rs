//! A scenario as it lies in the vault: cases and bookings by their ids, no identity.

use crate::booking::Member;
use crate::element::{instant, maybe, ms, text};
use crate::suite::several::Move;
use crate::suite::who::role_of;
use crate::suite::wish::Wish;
use crate::zone::DAY;
use fhir::{Code, Issue, Json, Text};
use jiff::civil::Date;
use service::RouteCtx;
use store::{Error, Result};

const DRAWER: &str = "scheduling-scenario";
/// Days that a scenario is kept.
const FOR: i64 = 120 * DAY;

const NO_SCENARIO: Text = Text {
    key: "scheduling.no-scenario",
    fr: "Ce scénario n'existe plus : il a été appliqué ou supprimé. Revenez au planning.",
    en: "This scenario does not exist any more: it was applied or deleted. Go back to the plan.",
    de: "Dieses Szenario gibt es nicht mehr: Es wurde übernommen oder gelöscht. Kehren Sie zum Plan zurück.",
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub what: Move,
    /// The version of the booking that was looked at.
    pub base: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scenario {
    pub id: String,
    pub name: String,
    pub from: Date,
    /// Included.
    pub to: Date,
    /// `Location/…`; all sites without it.
    pub facility: Option<String>,
    /// Who made it, as staff are shown.
    pub by: String,
    pub created: i64,
    pub changed: i64,
    pub moves: Vec<Planned>,
}

impl Planned {
    /// What moves: the booking, else the case.
    pub fn key(&self) -> &str {
        self.what.booking.as_deref().unwrap_or(&self.what.case)
    }

    fn kept(&self) -> Json<'static> {
        let member = |m: &Member| Json::object([("role", text(m.role)), ("ref", text(&m.who))]);
        let to = self.what.to.as_ref().map_or(Json::Null, |wish| {
            let team = wish.team.as_ref().map_or(Json::Null, |all| Json::array(all.iter().map(member)));
            Json::object([
                ("room", text(&wish.room)),
                ("start", instant(wish.start)),
                ("minutes", Json::integer(wish.minutes)),
                ("cleaning", Json::integer(wish.cleaning)),
                ("team", team),
            ])
        });
        Json::object([
            ("case", text(&self.what.case)),
            ("booking", maybe(self.what.booking.as_deref())),
            ("base", self.base.map_or(Json::Null, |n| Json::integer(n as i64))),
            ("to", to),
        ])
    }

    fn read(json: &Json<'_>) -> Option<Planned> {
        let to = match json.get("to") {
            None | Some(Json::Null) => None,
            Some(to) => Some(wish(to)?),
        };
        let booking = json.get_str("booking").map(str::to_string);
        let what = Move { case: json.get_str("case")?.into(), booking, to };
        Some(Planned { what, base: number(json, "base").map(|n| n as u64) })
    }
}

fn number(json: &Json<'_>, name: &str) -> Option<i64> {
    json.get(name)?.as_number()?.parse().ok()
}

fn wish(json: &Json<'_>) -> Option<Wish> {
    let member =
        |m: &Json<'_>| Some(Member { role: role_of(m.get_str("role")?)?, who: m.get_str("ref")?.into() });
    let team = match json.get("team") {
        Some(Json::Array(all)) => Some(all.iter().map(member).collect::<Option<_>>()?),
        _ => None,
    };
    Some(Wish {
        room: json.get_str("room")?.into(),
        start: json.get_str("start").and_then(ms)?,
        minutes: number(json, "minutes")?,
        cleaning: number(json, "cleaning")?,
        team,
    })
}

impl Scenario {
    pub fn told(&self) -> [(&'static str, Json<'static>); 8] {
        [
            ("id", text(&self.id)),
            ("name", text(&self.name)),
            ("from", text(self.from.to_string())),
            ("to", text(self.to.to_string())),
            ("facility", maybe(self.facility.as_deref())),
            ("by", text(&self.by)),
            ("created", instant(self.created)),
            ("changed", instant(self.changed)),
        ]
    }

    fn kept(&self) -> Vec<u8> {
        let moves = ("moves", Json::array(self.moves.iter().map(Planned::kept)));
        Json::object(self.told().into_iter().chain([moves])).to_vec()
    }

    fn read(bytes: &[u8]) -> Option<Scenario> {
        let json = fhir::json::parse(bytes).ok()?;
        let part = |name: &str| json.get_str(name).map(str::to_string);
        let day = |name: &str| json.get_str(name)?.parse().ok();
        Some(Scenario {
            id: part("id")?,
            name: part("name")?,
            from: day("from")?,
            to: day("to")?,
            facility: part("facility"),
            by: part("by").unwrap_or_default(),
            created: json.get_str("created").and_then(ms)?,
            changed: json.get_str("changed").and_then(ms)?,
            moves: json.each("moves").map(Planned::read).collect::<Option<_>>()?,
        })
    }
}

/// # Errors
/// `Unavailable`.
pub(super) async fn all(cx: &RouteCtx) -> Result<Vec<Scenario>> {
    let found = cx.hub.vault_list(cx.tenant.name(), DRAWER).await?;
    let mut all: Vec<Scenario> = found.iter().filter_map(|bytes| Scenario::read(bytes)).collect();
    all.sort_by(|a, b| (b.changed, &a.id).cmp(&(a.changed, &b.id)));
    Ok(all)
}

/// # Errors
/// When there is no such scenario; `Unavailable`.
pub(super) async fn find(cx: &RouteCtx, id: &str) -> Result<Scenario> {
    let found = cx.hub.vault(cx.tenant.name(), DRAWER, id).await?;
    found.and_then(|bytes| Scenario::read(&bytes)).ok_or_else(gone)
}

fn gone() -> Error {
    Issue::error(Code::NotFound, NO_SCENARIO).at("scenario").into()
}

/// # Errors
/// `Unavailable`.
pub(super) async fn add(cx: &RouteCtx, scenario: &Scenario) -> Result<()> {
    let expires = Some(scenario.created + FOR);
    cx.hub.vault_put(cx.tenant.name(), DRAWER, &scenario.id, expires, &scenario.kept()).await
}

/// Changes a scenario; of two who change it at once, neither is lost.
///
/// # Errors
/// When it is gone; `Unavailable`.
pub(super) async fn change(
    cx: &RouteCtx,
    id: &str,
    make: impl Fn(&mut Scenario) + Send + Sync,
) -> Result<()> {
    let now = cx.ctx.clock.now_ms();
    let edit = |bytes: &[u8]| {
        let mut scenario = Scenario::read(bytes)?;
        make(&mut scenario);
        scenario.changed = now;
        Some(scenario.kept())
    };
    match cx.hub.vault_change(cx.tenant.name(), DRAWER, id, edit).await? {
        true => Ok(()),
        false => Err(gone()),
    }
}

/// # Errors
/// When there is no such scenario; `Unavailable`.
pub(super) async fn take(cx: &RouteCtx, id: &str) -> Result<()> {
    cx.hub.vault_take(cx.tenant.name(), DRAWER, id).await?.map(|_| ()).ok_or_else(gone)
}
