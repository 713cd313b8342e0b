//! How many appointments of a kind a patient may take: asked inside the transaction, so that two links used at once do
//! not pass it.

use super::SELF;
use super::words::LIMIT;
use crate::booking::Booking;
use crate::element::number_of;
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

/// Appointments to come of one patient; more are not looked at.
const LOOKED_AT: usize = 200;

pub(crate) struct OpenLimit;

impl Rule for OpenLimit {
    fn name(&self) -> &'static str {
        "scheduling.self-limit"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::APPOINTMENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(limit) = after.and_then(|json| number_of(json, SELF)) else { return Ok(()) };
        let Some(booking) = after.and_then(|json| Booking::of(json, 0)) else { return Ok(()) };
        let Some(patient) = booking.patient.clone() else { return Ok(()) };
        let now = tx.now_ms();
        let held = before.and_then(|json| Booking::of(json, 0)).is_some_and(|b| b.is_taking(now));
        if held || !booking.is_taking(now) {
            return Ok(());
        }
        let since = fhir::date::instant_format(now);
        let query = format!("actor=Patient/{patient}&status=pending,booked&date=ge{since}");
        let mut count = 0;
        for id in tx.search(ResourceType::APPOINTMENT, &query, LOOKED_AT)? {
            if id == tx.id() {
                continue;
            }
            let Some(body) = tx.read(ResourceType::APPOINTMENT, &id)? else { continue };
            let other = fhir::json::parse(&body).ok().and_then(|json| Booking::of(&json, 0));
            let same = |b: &Booking| b.visit == booking.visit && b.is_taking(now) && b.start >= now;
            count += i64::from(other.as_ref().is_some_and(same));
        }
        if count < limit {
            return Ok(());
        }
        Err(Issue::error(Code::Conflict, LIMIT).at("Appointment.participant").arg("count", count).into())
    }
}
