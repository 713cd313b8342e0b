//! A surgical case as bookings see it: a ServiceRequest for surgery.

use crate::element::{SNOMED, SURGERY, label, ms, number_of, target, text_of, value_number, value_text};
use crate::zone;
use fhir::Json;
use jiff::civil::Date;

/// What a case takes besides its room and its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    /// capability, equipment, tray, nurse-skill, recovery, intensive-care, implant.
    pub kind: String,
    /// `Device/…` or a code or a label.
    pub what: String,
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// `ServiceRequest/…`.
    pub what: String,
    pub version: u64,
    /// draft, active, on-hold, revoked, completed.
    pub status: Box<str>,
    pub number: Option<String>,
    /// Id of the patient.
    pub patient: Option<String>,
    pub act: String,
    pub act_code: Option<String>,
    /// The coding of the act as it stands, for the booking.
    pub act_system: Option<String>,
    pub approach: String,
    pub side: Option<&'static str>,
    /// `Practitioner/…`.
    pub surgeon: Option<String>,
    /// Room time as planned, minutes.
    pub minutes: Option<i64>,
    pub cleaning: Option<i64>,
    pub ambulatory: bool,
    pub nights: i64,
    /// What the request says, and what the clinic says of the act.
    pub needs: Vec<Need>,
    /// What the request itself says.
    pub own_needs: Vec<Need>,
    /// elective, soon, urgent, immediate.
    pub urgency: &'static str,
    pub not_before: Option<Date>,
    pub target: Option<Date>,
    pub requested: Option<Date>,
    /// `Location/…` that was asked for: a site or a room.
    pub wanted: Vec<String>,
    /// Under local anaesthesia: no anaesthetist is needed.
    pub local: bool,
}

/// right, left or both, from `bodySite`.
pub(crate) fn side(request: &Json<'_>) -> Option<&'static str> {
    let codes = request.each("bodySite").flat_map(|site| site.each("coding"));
    let snomed = codes.filter(|c| c.get_str("system") == Some(SNOMED)).filter_map(|c| c.get_str("code"));
    snomed.into_iter().find_map(|code| match code {
        "24028007" => Some("right"),
        "7771000" => Some("left"),
        "51440002" => Some("both"),
        _ => None,
    })
}

fn is_surgery(request: &Json<'_>) -> bool {
    let mut codes = request.each("category").flat_map(|c| c.each("coding"));
    codes.any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY))
}

impl Case {
    /// `None` for what is no surgery.
    pub fn of(request: &Json<'_>, version: u64) -> Option<Case> {
        if !is_surgery(request) {
            return None;
        }
        let what = format!("ServiceRequest/{}", request.get_str("id")?);
        let code = request.get("code");
        let coding = code.and_then(|c| c.each("coding").next());
        let named = |name: &str| request.each(name).find_map(|r| r.get_str("reference")).map(str::to_string);
        let period = request.get("occurrencePeriod");
        let day = |text: &str| ms(text).map(zone::day_of);
        let within = |name: &str| period.and_then(|p| p.get_str(name)).and_then(day);
        let minutes = |url: &str, max: i64| number_of(request, url).filter(|n| (0..=max).contains(n));
        let surgeon = named("performer").filter(|p| p.starts_with("Practitioner/"));
        let requester = target(request, "requester").filter(|r| r.starts_with("Practitioner/"));
        let anaesthesia = concept(request, "urn:medhub:case:anaesthesia").unwrap_or_default().to_lowercase();
        Some(Case {
            version,
            status: request.get_str("status").unwrap_or("active").into(),
            number: number(request),
            patient: request
                .get("subject")
                .and_then(|s| s.get_str("reference"))
                .and_then(|r| r.strip_prefix("Patient/"))
                .map(str::to_string),
            act: code.and_then(label).unwrap_or_default(),
            act_code: coding.and_then(|c| c.get_str("code")).map(str::to_string),
            act_system: coding.and_then(|c| c.get_str("system")).map(str::to_string),
            approach: concept(request, "urn:medhub:case:approach").unwrap_or_default(),
            side: side(request),
            surgeon: surgeon.or_else(|| requester.map(str::to_string)),
            minutes: minutes("urn:medhub:case:minutes", 24 * 60).filter(|n| *n > 0),
            cleaning: minutes("urn:medhub:case:cleaning", 24 * 60),
            ambulatory: text_of(request, "urn:medhub:case:setting") == Some("ambulatory"),
            nights: minutes("urn:medhub:case:nights", 365).unwrap_or(0),
            needs: needs(request),
            own_needs: needs(request),
            urgency: urgency(request),
            not_before: within("start"),
            target: within("end").or_else(|| request.get_str("occurrenceDateTime").and_then(day)),
            requested: request.get_str("authoredOn").and_then(day),
            wanted: request
                .each("locationReference")
                .filter_map(|r| r.get_str("reference"))
                .map(str::to_string)
                .collect(),
            local: anaesthesia.contains("local") && !anaesthesia.contains("locor")
                || anaesthesia.contains("topique"),
            what,
        })
    }

    /// Whether it can be booked.
    pub fn is_open(&self) -> bool {
        matches!(&*self.status, "active" | "draft")
    }

    /// Never a name.
    pub fn spoken(&self) -> String {
        let id = self.what.strip_prefix("ServiceRequest/").unwrap_or(&self.what);
        self.number.clone().unwrap_or_else(|| id.chars().take(8).collect())
    }

    /// Days past the target; negative while there is time.
    pub fn late(&self, day: Date) -> Option<i64> {
        self.target.map(|target| zone::days_between(target, day))
    }

    /// How much leaving it waiting weighs.
    pub fn weight(&self) -> i64 {
        match self.urgency {
            "immediate" => 40,
            "urgent" => 12,
            "soon" => 4,
            _ => 1,
        }
    }
}

fn number(request: &Json<'_>) -> Option<String> {
    let mut ours = request.each("identifier").filter_map(|i| i.get_str("value"));
    let number = ours.next().or_else(|| request.get("requisition").and_then(|r| r.get_str("value")));
    number.map(str::to_string)
}

fn concept(request: &Json<'_>, url: &str) -> Option<String> {
    let extension = crate::element::extension(request, url)?;
    extension.get("valueCodeableConcept").and_then(label)
}

fn urgency(request: &Json<'_>) -> &'static str {
    let said = text_of(request, "urn:medhub:case:urgency");
    match said.or_else(|| request.get_str("priority")) {
        Some("soon" | "asap") => "soon",
        Some("urgent") => "urgent",
        Some("immediate" | "stat") => "immediate",
        _ => "elective",
    }
}

/// From the extensions `urn:medhub:case:need`, 64 at most.
pub(crate) fn needs(request: &Json<'_>) -> Vec<Need> {
    let all = crate::element::extensions(request, "urn:medhub:case:need");
    all.filter_map(|need| {
        let part = |url: &str| need.each("extension").find(|e| e.get_str("url") == Some(url));
        let what = part("what")?;
        let reference = what.get("valueReference").and_then(|r| r.get_str("reference"));
        let coded = what.get("valueCodeableConcept").and_then(|c| {
            c.each("coding")
                .find_map(|coding| coding.get_str("code"))
                .map(str::to_string)
                .or_else(|| label(c))
        });
        let count = part("count").and_then(value_number).unwrap_or(1).clamp(1, 20);
        Some(Need {
            kind: part("kind").and_then(value_text)?.to_string(),
            what: reference.map(str::to_string).or(coded)?,
            count: count as usize,
        })
    })
    .take(64)
    .collect()
}

/// How far a case is, from its Procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Course {
    pub procedure: String,
    /// pre_op, in_progress, post_op, completed, cancelled.
    pub status: &'static str,
    /// Code and time.
    pub milestones: Vec<(String, i64)>,
}

impl Course {
    pub fn of(procedure: &Json<'_>) -> Option<(String, Course)> {
        let case = procedure.each("basedOn").find_map(|r| r.get_str("reference"))?;
        let milestones: Vec<(String, i64)> = crate::element::extensions(procedure, "urn:medhub:milestone")
            .filter_map(|m| {
                let part = |url: &str| m.each("extension").find(|e| e.get_str("url") == Some(url));
                let code = part("code").and_then(value_text)?.to_string();
                Some((code, part("time").and_then(value_text).and_then(ms)?))
            })
            .take(20)
            .collect();
        let out = milestones.iter().any(|(code, _)| code == "out");
        let status = match procedure.get_str("status")? {
            "preparation" => "pre_op",
            "in-progress" | "on-hold" if out => "post_op",
            "in-progress" | "on-hold" => "in_progress",
            "completed" => "completed",
            _ => "cancelled",
        };
        let id = procedure.get_str("id").unwrap_or_default().to_string();
        Some((case.to_string(), Course { procedure: id, status, milestones }))
    }
}

impl Case {
    /// Of a booking without a case that is known: what the booking says.
    pub fn of_booking(booking: &crate::booking::Booking) -> Case {
        Case {
            what: booking.case.clone().unwrap_or_default(),
            version: 0,
            status: "active".into(),
            number: booking.number.clone(),
            patient: booking.patient.clone(),
            act: booking.act.clone().unwrap_or_default(),
            act_code: booking.act_code.clone(),
            act_system: None,
            approach: String::new(),
            side: booking.side,
            surgeon: booking.surgeon().map(str::to_string),
            minutes: Some((booking.end - booking.start) / zone::MINUTE),
            cleaning: Some(booking.cleaning),
            ambulatory: booking.ambulatory,
            nights: 0,
            needs: Vec::new(),
            own_needs: Vec::new(),
            urgency: "elective",
            not_before: None,
            target: None,
            requested: None,
            wanted: Vec::new(),
            local: !booking.team.iter().any(|m| m.role == "anaesthetist"),
        }
    }
}
