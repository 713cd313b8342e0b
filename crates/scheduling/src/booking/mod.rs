//! A booking as this service decides about it, read once from its Appointment.

pub(crate) mod clash;
mod read;
pub(crate) mod rule;
mod takes;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use takes::{LOOK_BACK, LOOK_BACK_BEDS, Take};
pub(crate) use write::{Extra, Place, appointment, moved};

/// What is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Theatre,
    Consultation,
    /// Nobody said: it takes the time of its people, and is not asked whether they are free.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Proposed,
    /// Held for a while.
    Pending,
    Booked,
    Arrived,
    Fulfilled,
    Cancelled,
    Waiting,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Proposed => "proposed",
            Status::Pending => "pending",
            Status::Booked => "booked",
            Status::Arrived => "arrived",
            Status::Fulfilled => "fulfilled",
            Status::Cancelled => "cancelled",
            Status::Waiting => "waitlist",
        }
    }

    /// Whether its resources are taken.
    pub fn takes(self) -> bool {
        matches!(self, Status::Pending | Status::Booked | Status::Arrived)
    }
}

/// Who does what. The names are the codes of `urn:medhub:team`.
pub(crate) const ROLES: [(&str, &str); 6] = [
    ("surgeon", "surgeon"),
    ("assistant", "assistant"),
    ("anaesthetist", "anaesthetist"),
    ("scrub-nurse", "scrub-nurse"),
    ("circulating-nurse", "circulating-nurse"),
    ("nurse-anaesthetist", "nurse-anaesthetist"),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// One of [`ROLES`].
    pub role: &'static str,
    /// `Practitioner/…`.
    pub who: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Booking {
    pub id: String,
    pub version: u64,
    pub kind: Kind,
    pub status: Status,
    /// `ServiceRequest/…`.
    pub case: Option<String>,
    /// What staff call the case by; never a name.
    pub number: Option<String>,
    /// Id of the patient.
    pub patient: Option<String>,
    /// `Location/…` of the operating room or of the consulting floor.
    pub room: Option<String>,
    pub team: Vec<Member>,
    /// `Device/…`.
    pub devices: Vec<String>,
    /// Milliseconds since 1970; patient in, patient out.
    pub start: i64,
    pub end: i64,
    /// Minutes.
    pub cleaning: i64,
    pub hold_until: Option<i64>,
    /// draft, published or locked.
    pub lock: &'static str,
    pub side: Option<&'static str>,
    pub ambulatory: bool,
    pub act: Option<String>,
    pub act_code: Option<String>,
    /// What kind of consultation.
    pub visit: Option<String>,
    pub overbooked: bool,
    pub takes: Vec<Take>,
}

impl Booking {
    /// Whether its resources are taken at that moment of the present.
    pub fn is_taking(&self, now: i64) -> bool {
        self.status.takes() && !self.is_lapsed(now)
    }

    /// A hold whose time is over.
    pub fn is_lapsed(&self, now: i64) -> bool {
        self.status == Status::Pending && self.hold_until.is_some_and(|until| until <= now)
    }

    pub fn clean(&self) -> i64 {
        self.end + self.cleaning * crate::zone::MINUTE
    }

    pub fn surgeon(&self) -> Option<&str> {
        self.team.iter().find(|m| m.role == "surgeon").map(|m| m.who.as_str())
    }

    /// Never a name: the case's number, or the beginning of the booking's id.
    pub fn spoken(&self) -> String {
        self.number.clone().unwrap_or_else(|| self.id.chars().take(8).collect())
    }
}

impl Booking {
    /// A booking of nothing: an Appointment that says no time.
    pub fn nothing() -> Booking {
        Booking {
            id: String::new(),
            version: 0,
            kind: Kind::Other,
            status: Status::Cancelled,
            case: None,
            number: None,
            patient: None,
            room: None,
            team: Vec::new(),
            devices: Vec::new(),
            start: 0,
            end: 0,
            cleaning: 0,
            hold_until: None,
            lock: "draft",
            side: None,
            ambulatory: false,
            act: None,
            act_code: None,
            visit: None,
            overbooked: false,
            takes: Vec::new(),
        }
    }
}
