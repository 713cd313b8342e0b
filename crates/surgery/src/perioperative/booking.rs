//! The booking of a case, as the room of bookings wrote it.

use super::case::{Case, all, parsed};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Error, Result};

const TEAM: &str = "urn:medhub:team";

/// When it is planned, and with whom.
pub(crate) struct Booking {
    pub start: String,
    json: Json<'static>,
}

impl Booking {
    /// The booking that stands; `None` when there is none, or the caller may not see it.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(cx: &RouteCtx, case: &Case) -> Result<Option<Booking>> {
        let found = match all(cx, ResourceType::APPOINTMENT, [("based-on", case.reference())]).await {
            Err(Error::Denied) => return Ok(None),
            found => found?,
        };
        let mut bookings = Vec::new();
        for one in found {
            let json = parsed(&one)?;
            if matches!(json.get_str("status"), Some("booked" | "arrived" | "fulfilled" | "checked-in"))
                && let Some(start) = json.get_str("start").map(String::from)
            {
                bookings.push(Booking { start, json });
            }
        }
        bookings.sort_by_key(|booking| at(&booking.start));
        Ok(bookings.pop())
    }

    /// Part in the team and name, in the order of the booking.
    pub fn team(&self) -> Vec<(String, String)> {
        let people = self.json.each("participant").filter_map(|participant| {
            let mut codes = participant.each("type").flat_map(|t| t.each("coding"));
            let part = codes.find(|c| c.get_str("system") == Some(TEAM))?.get_str("code")?;
            let name = participant.get("actor")?.get_str("display")?;
            Some((part.to_string(), name.to_string()))
        });
        people.collect()
    }
}

fn at(instant: &str) -> i64 {
    fhir::date::instant(instant).map_or(0, |moment| moment.lo_ms)
}

/// When an operation is planned, in milliseconds: by its booking, else by the request itself.
///
/// # Errors
/// The store's.
pub(crate) async fn planned(cx: &RouteCtx, case: &Case) -> Result<Option<(i64, String)>> {
    if let Some(booking) = Booking::of(cx, case).await? {
        return Ok(Some((at(&booking.start), booking.start)));
    }
    let text = case.json.get_str("occurrenceDateTime");
    Ok(text.and_then(|text| Some((fhir::date::date_time(text)?.lo_ms, text.to_string()))))
}
