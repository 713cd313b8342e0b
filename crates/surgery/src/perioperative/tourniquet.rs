//! How long a tourniquet was on.

use super::entry::Stored;
use super::field::{number_of, text_of};
use fhir::Json;

/// A limb without blood for longer is told, in minutes.
const LONG_MIN: i64 = 120;

/// Each time a tourniquet was on: the site, from when to when, how long.
pub(super) fn told(entries: &[Stored], now: i64) -> Json<'static> {
    let all: Vec<&Stored> = entries.iter().filter(|e| e.stands() && e.kind.name == "tourniquet").collect();
    let on = all.iter().enumerate().filter(|(_, entry)| text_of(&entry.values, "action") == Some("on"));
    Json::array(on.map(|(n, entry)| {
        let site = text_of(&entry.values, "site");
        let mut later = all[n + 1..].iter().filter(|other| text_of(&other.values, "site") == site);
        let off = later.next();
        let minutes = (off.map_or(now, |off| off.at()) - entry.at()).max(0) / 60_000;
        let pressure = number_of(&entry.values, "pressure").map(|n| n as i64);
        Json::object([
            ("site", Json::string(site.unwrap_or_default().to_string())),
            ("on", Json::string(entry.time.clone())),
            ("off", off.map_or(Json::Null, |off| Json::string(off.time.clone()))),
            ("minutes", Json::integer(minutes)),
            ("pressure", pressure.map_or(Json::Null, Json::integer)),
            ("long", Json::Bool(minutes >= LONG_MIN)),
        ])
    }))
}
