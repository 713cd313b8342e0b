//! The surgical case: what is to be done, was done, and was implanted.

use crate::read::{Stored, all, display, extension, label, one};
use crate::words::{maybe, text};
use crate::zone;
use fhir::{Json, Lang, ResourceType};
use service::RouteCtx;
use store::Result;

const SNOMED: &str = "http://snomed.info/sct";
const SURGERY: &str = "387713003";
const CASE_ID: &str = "urn:medhub:case-id";
const MILESTONE: &str = "urn:medhub:milestone";
const NEED: &str = "urn:medhub:case:need";
const TEAM: &str = "urn:medhub:team";
const SIDES: [(&str, &str, [&str; 3]); 3] = [
    ("right", "24028007", ["CÔTÉ DROIT", "RIGHT SIDE", "RECHTS"]),
    ("left", "7771000", ["CÔTÉ GAUCHE", "LEFT SIDE", "LINKS"]),
    ("both", "51440002", ["BILATÉRAL", "BOTH SIDES", "BEIDSEITS"]),
];
const PARTS: [(&str, &str); 6] = [
    ("surgeon", "opérateur"),
    ("assistant", "aide opératoire"),
    ("anaesthetist", "anesthésiste"),
    ("scrub-nurse", "instrumentiste"),
    ("circulating-nurse", "circulante"),
    ("nurse-anaesthetist", "infirmier anesthésiste"),
];

/// `CÔTÉ DROIT`
pub(crate) fn side_word(side: &str, lang: Lang) -> &'static str {
    SIDES.iter().find(|(name, ..)| *name == side).map_or("", |(_, _, words)| words[lang as usize])
}

pub(crate) struct Implant {
    pub name: String,
    maker: Option<String>,
    udi: Option<String>,
    lot: Option<String>,
    serial: Option<String>,
    expiry: Option<String>,
    site: Option<String>,
}

pub(crate) struct Case {
    pub act: String,
    pub ccam: Option<String>,
    /// `right`, `left`, `both`
    pub side: Option<&'static str>,
    pub surgeon: Option<String>,
    pub surgeon_reference: Option<String>,
    pub reasons: Vec<String>,
    pub planned: Option<String>,
    /// The day on which it was done.
    pub performed: Option<String>,
    /// Incision to closure, with all that was noted.
    pub times: Option<String>,
    pub is_out: bool,
    room: Option<String>,
    pub team: Vec<String>,
    pub setting: Option<&'static str>,
    pub anaesthesia: Option<String>,
    pub position: Option<String>,
    pub isolation: Option<String>,
    /// Equipment, trays and people that it needs, in words.
    pub needs: Vec<String>,
    pub implants: Vec<Implant>,
    lang: Lang,
}

impl Case {
    /// None when it is no surgical case of this patient.
    pub async fn read(cx: &RouteCtx, id: &str, patient: &str, lang: Lang) -> Result<Option<Case>> {
        let Some(found) = one(cx, ResourceType::SERVICE_REQUEST, id).await? else { return Ok(None) };
        let json = &found.json;
        let of = json.get("subject").and_then(|s| s.get_str("reference"));
        if !is_surgery(json) || of.and_then(|of| of.strip_prefix("Patient/")) != Some(patient) {
            return Ok(None);
        }
        let based = [("based-on", format!("ServiceRequest/{id}"))];
        let procedures = all(cx, ResourceType::PROCEDURE, &based).await?;
        let procedure = procedures.iter().find(|p| p.json.get_str("status") != Some("entered-in-error"));
        let mut bookings = all(cx, ResourceType::APPOINTMENT, &based).await?;
        bookings.retain(|b| {
            !matches!(
                b.json.get_str("status"),
                Some("cancelled" | "proposed" | "noshow" | "entered-in-error")
            )
        });
        bookings.sort_by_key(|b| b.json.get_str("start").and_then(zone::ms));
        let booking = bookings.last().map(|b| &b.json);
        let reasons = reasons(cx, json).await?;
        let implants = implants(cx, id, lang).await?;
        Ok(Some(Case::of(&found, procedure.map(|p| &p.json), booking, reasons, implants, lang)))
    }

    fn of(
        found: &Stored,
        procedure: Option<&Json<'static>>,
        booking: Option<&Json<'static>>,
        reasons: Vec<String>,
        implants: Vec<Implant>,
        lang: Lang,
    ) -> Case {
        let json = &found.json;
        let person =
            |r: &&Json<'static>| r.get_str("reference").is_some_and(|r| r.starts_with("Practitioner/"));
        let team = booking.map(team).unwrap_or_default();
        let surgeon = json.each("performer").find(person).or_else(|| json.get("requester").filter(person));
        let booked = booking.and_then(|b| b.get_str("start")).and_then(zone::ms);
        let wished = json.get("occurrencePeriod").and_then(|p| p.get_str("end"));
        let wished = wished.or_else(|| json.get_str("occurrenceDateTime"));
        let period = procedure.and_then(|p| p.get("performedPeriod"));
        let begun = mark(procedure, "in")
            .or_else(|| mark(procedure, "incision"))
            .or_else(|| period.and_then(|p| p.get_str("start")).and_then(zone::ms))
            .or_else(|| procedure.and_then(|p| p.get_str("performedDateTime")).and_then(zone::ms));
        let ended = period.and_then(|p| p.get_str("end")).is_some();
        Case {
            act: json.get("code").and_then(label).unwrap_or_default(),
            ccam: json.get("code").and_then(ccam),
            side: side(json),
            surgeon: surgeon
                .and_then(display)
                .or_else(|| team.iter().find(|(part, _)| *part == "surgeon").map(|(_, name)| name.clone())),
            surgeon_reference: surgeon.and_then(|s| s.get_str("reference").map(String::from)),
            reasons,
            planned: booked
                .map(|ms| zone::moment(ms, lang))
                .or_else(|| wished.and_then(|day| zone::told(day, lang))),
            performed: begun.map(|ms| zone::long(zone::day_of(ms), lang)),
            times: times(procedure, lang),
            is_out: mark(procedure, "out").is_some() || ended,
            room: booking.and_then(room),
            team: team
                .into_iter()
                .filter_map(|(part, name)| {
                    let word = PARTS.iter().find(|(code, _)| *code == part)?.1;
                    Some(format!("{name} ({word})"))
                })
                .collect(),
            setting: setting(json, lang),
            anaesthesia: extension(json, "urn:medhub:case:anaesthesia").and_then(said),
            position: extension(json, "urn:medhub:case:position").and_then(said),
            isolation: extension(json, "urn:medhub:case:isolation").and_then(said),
            needs: needs(json),
            implants,
            lang,
        }
    }

    /// `Prothèse totale de hanche – CÔTÉ DROIT`
    pub fn subtitle(&self) -> String {
        match self.side {
            Some(side) => format!("{} – {}", self.act, side_word(side, self.lang)),
            None => self.act.clone(),
        }
    }

    pub fn json(&self) -> Json<'static> {
        let implants = self.implants.iter().map(|one| {
            Json::object([
                ("name", text(&*one.name)),
                ("maker", maybe(one.maker.clone())),
                ("udi", maybe(one.udi.clone())),
                ("lot", maybe(one.lot.clone())),
                ("serial", maybe(one.serial.clone())),
                ("expiry", maybe(one.expiry.clone())),
                ("site", maybe(one.site.clone())),
            ])
        });
        Json::object([
            ("act", text(&*self.act)),
            ("ccam", text(self.ccam.clone().unwrap_or_default())),
            ("side", maybe(self.side.map(|side| side_word(side, self.lang)))),
            ("surgeon", maybe(self.surgeon.clone())),
            ("planned", maybe(self.planned.clone())),
            ("performed", maybe(self.performed.clone())),
            ("times", maybe(self.times.clone())),
            ("room", maybe(self.room.clone())),
            ("team", Json::array(self.team.iter().map(|one| text(one.clone())))),
            ("setting", maybe(self.setting)),
            ("implants", Json::array(implants)),
        ])
    }
}

fn is_surgery(json: &Json<'_>) -> bool {
    let mut codings = json.each("category").flat_map(|category| category.each("coding"));
    codings.any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY))
}

/// A concept, a code or a text.
fn said(value: &Json<'_>) -> Option<String> {
    value.as_str().map(String::from).or_else(|| label(value)).or_else(|| display(value))
}

fn needs(json: &Json<'static>) -> Vec<String> {
    let needs = json.each("extension").filter(|e| e.get_str("url") == Some(NEED));
    let told = needs.filter_map(|need| {
        let what = extension(need, "what").and_then(said)?;
        let count = extension(need, "count").and_then(Json::as_number).filter(|count| *count != "1");
        Some(count.map_or_else(|| what.clone(), |count| format!("{count} × {what}")))
    });
    told.collect()
}

fn ccam(code: &Json<'_>) -> Option<String> {
    let mut codings = code.each("coding");
    let found = codings.find(|c| c.get_str("system").is_some_and(|s| s.contains("ccam")))?;
    found.get_str("code").map(String::from)
}

pub(crate) fn side(json: &Json<'_>) -> Option<&'static str> {
    let codings = json.each("bodySite").flat_map(|site| site.each("coding"));
    let mut codes = codings.filter(|c| c.get_str("system") == Some(SNOMED)).filter_map(|c| c.get_str("code"));
    codes.find_map(|code| SIDES.iter().find(|(_, snomed, _)| *snomed == code).map(|(name, ..)| *name))
}

fn setting(json: &Json<'_>, lang: Lang) -> Option<&'static str> {
    let words = match extension(json, "urn:medhub:case:setting")?.as_str()? {
        "ambulatory" => ["ambulatoire", "day surgery", "ambulant"],
        _ => ["hospitalisation", "inpatient", "stationär"],
    };
    Some(words[lang as usize])
}

/// When the room marked something, ms.
fn mark(procedure: Option<&Json<'static>>, wanted: &str) -> Option<i64> {
    let marks = procedure?.each("extension").filter(|e| e.get_str("url") == Some(MILESTONE));
    let mut known = marks.filter(|m| extension(m, "code").and_then(|c| c.as_str()) == Some(wanted));
    extension(known.next()?, "time")?.as_str().and_then(zone::ms)
}

fn times(procedure: Option<&Json<'static>>, lang: Lang) -> Option<String> {
    // Without these two the act has no time.
    mark(procedure, "incision")?;
    mark(procedure, "closure")?;
    let all = [
        ("in", "entrée en salle"),
        ("incision", "incision"),
        ("closure", "fermeture"),
        ("out", "sortie de salle"),
    ];
    let told = all
        .iter()
        .filter_map(|(code, word)| Some(format!("{word} {}", zone::hour(mark(procedure, code)?, lang))));
    Some(told.collect::<Vec<_>>().join(", "))
}

fn room(booking: &Json<'static>) -> Option<String> {
    let actors = booking.each("participant").filter_map(|p| p.get("actor"));
    let mut rooms = actors.filter(|a| a.get_str("reference").is_some_and(|r| r.starts_with("Location/")));
    rooms.find_map(display)
}

fn team(booking: &Json<'static>) -> Vec<(&'static str, String)> {
    let members = booking.each("participant").filter_map(|p| {
        let codes = p.each("type").flat_map(|t| t.each("coding"));
        let mut codes = codes.filter(|c| c.get_str("system") == Some(TEAM)).filter_map(|c| c.get_str("code"));
        let part = codes.find_map(|code| PARTS.iter().find(|(known, _)| *known == code))?.0;
        Some((part, display(p.get("actor")?)?))
    });
    members.collect()
}

async fn reasons(cx: &RouteCtx, case: &Json<'static>) -> Result<Vec<String>> {
    let mut reasons: Vec<String> = case.each("reasonCode").filter_map(label).collect();
    for reference in case.each("reasonReference").filter_map(|r| r.get_str("reference")).take(10) {
        let Some(id) = reference.strip_prefix("Condition/") else { continue };
        let found = one(cx, ResourceType::CONDITION, id).await?;
        reasons.extend(found.and_then(|found| found.json.get("code").and_then(label)));
    }
    reasons.dedup();
    Ok(reasons)
}

async fn implants(cx: &RouteCtx, case: &str, lang: Lang) -> Result<Vec<Implant>> {
    let query = [("identifier", format!("{CASE_ID}|{case}"))];
    let mut found = all(cx, ResourceType::DEVICE, &query).await?;
    found.retain(|d| d.json.get("patient").is_some() && d.json.get_str("status") != Some("entered-in-error"));
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let told = |device: &Stored| {
        let json = &device.json;
        let string = |name: &str| json.get_str(name).map(String::from);
        let udi = json.each("udiCarrier").next();
        let name = json.each("deviceName").find_map(|n| n.get_str("name").map(String::from));
        Implant {
            name: name
                .or_else(|| json.get("type").and_then(label))
                .or_else(|| string("modelNumber"))
                .unwrap_or_default(),
            maker: string("manufacturer"),
            udi: udi.and_then(|udi| udi.get_str("deviceIdentifier").map(String::from)),
            lot: string("lotNumber"),
            serial: string("serialNumber"),
            expiry: json.get_str("expirationDate").and_then(|day| zone::told(day, lang)),
            site: extension(json, "urn:medhub:implant-site").and_then(|site| site.as_str().map(String::from)),
        }
    };
    Ok(found.iter().map(told).collect())
}

impl Implant {
    /// Whether it can be found again.
    pub fn is_traceable(&self) -> bool {
        self.lot.is_some() || self.serial.is_some()
    }
}
