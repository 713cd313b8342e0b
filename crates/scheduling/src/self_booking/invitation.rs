//! A link for one patient, as it lies in the vault under the digest of its secret.

use super::INVITATIONS;
use crate::element::{instant, maybe, ms, text};
use fhir::Json;
use service::RouteCtx;
use store::Result;

/// Wrong birth dates before the link is locked.
pub(super) const TRIES: i64 = 5;

#[derive(Clone)]
pub(super) struct Invitation {
    /// Also the id of its Appointment: one link, one appointment.
    pub id: String,
    pub digest: String,
    /// Id of the patient.
    pub patient: String,
    pub kind: String,
    /// `Practitioner/…`.
    pub practitioner: String,
    pub created: i64,
    /// Nothing is booked by it later; what is booked may still be moved or cancelled.
    pub until: i64,
    /// Wrong birth dates that are left.
    pub tries: i64,
    /// Digest of what the birth date opened, and how long it holds.
    pub pass: Option<(String, i64)>,
    /// Taken back by the desk. It stays until it would have ended, so that its bearer is told; nobody else sees it.
    pub withdrawn: bool,
}

impl Invitation {
    /// Takes it back; whom it was for is forgotten.
    pub fn withdraw(&mut self) -> bool {
        self.patient = String::new();
        self.practitioner = String::new();
        self.pass = None;
        !std::mem::replace(&mut self.withdrawn, true)
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("id", text(&self.id)),
            ("digest", text(&self.digest)),
            ("patient", text(&self.patient)),
            ("type", text(&self.kind)),
            ("practitioner", text(&self.practitioner)),
            ("created", instant(self.created)),
            ("until", instant(self.until)),
            ("tries", Json::integer(self.tries)),
            ("pass", maybe(self.pass.as_ref().map(|(digest, _)| digest))),
            ("withdrawn", Json::Bool(self.withdrawn)),
            ("passUntil", self.pass.as_ref().map_or(Json::Null, |(_, until)| instant(*until))),
        ])
    }

    pub fn read(bytes: &[u8]) -> Option<Invitation> {
        let json = fhir::json::parse(bytes).ok()?;
        let part = |name: &str| json.get_str(name).map(str::to_string);
        let moment = |name: &str| json.get_str(name).and_then(ms);
        Some(Invitation {
            id: part("id")?,
            digest: part("digest")?,
            patient: part("patient")?,
            kind: part("type")?,
            practitioner: part("practitioner")?,
            created: moment("created")?,
            until: moment("until")?,
            tries: json.get("tries")?.as_number()?.parse().ok()?,
            pass: part("pass").zip(moment("passUntil")),
            withdrawn: json.get("withdrawn").and_then(Json::as_bool).unwrap_or(false),
        })
    }

    /// Changes it where it lies; whether it was changed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn change(
        cx: &RouteCtx,
        digest: &str,
        change: impl Fn(&mut Invitation) -> bool + Send + Sync,
    ) -> Result<bool> {
        let changed = |bytes: &[u8]| {
            let mut invitation = Invitation::read(bytes)?;
            change(&mut invitation).then(|| invitation.json().to_vec())
        };
        cx.hub.vault_change(cx.tenant.name(), INVITATIONS, digest, changed).await
    }
}
