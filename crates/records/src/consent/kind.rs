//! What a patient consents to, and how each kind is told from the others in a Consent.

use fhir::Json;

/// System of the kinds, in `Consent.category`.
pub(crate) const KINDS: &str = "urn:medhub:consent-kind";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Keeping and using the data for care.
    Processing,
    /// With professionals outside the care team.
    Sharing,
    Research,
    Telehealth,
    /// Reminders and messages.
    Messages,
    /// A photo in the record, to recognise the person.
    Photo,
    /// Against one professional, one organization, or sharing as such: refuses, never permits.
    Opposition,
}

impl Kind {
    /// The kinds that one is asked to consent to.
    pub const ASKED: [(&'static str, Kind); 6] = [
        ("processing", Kind::Processing),
        ("sharing", Kind::Sharing),
        ("research", Kind::Research),
        ("telehealth", Kind::Telehealth),
        ("messages", Kind::Messages),
        ("photo", Kind::Photo),
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Opposition => "opposition",
            kind => Kind::ASKED.into_iter().find(|(_, k)| *k == kind).map_or("", |(name, _)| name),
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        let opposition = [("opposition", Kind::Opposition)];
        Kind::ASKED.into_iter().chain(opposition).find(|(name, _)| *name == text).map(|(_, kind)| kind)
    }

    /// The kind of a Consent; `None` for those that were not made here.
    pub fn of(consent: &Json<'_>) -> Option<Kind> {
        let codings = consent.each("category").flat_map(|category| category.each("coding"));
        let mut codes =
            codings.filter(|c| c.get_str("system") == Some(KINDS)).filter_map(|c| c.get_str("code"));
        codes.find_map(Kind::parse)
    }

    /// <https://hl7.org/fhir/R4/valueset-consent-scope.html>
    pub fn scope(self) -> &'static str {
        match self {
            Kind::Research => "research",
            Kind::Telehealth => "treatment",
            _ => "patient-privacy",
        }
    }

    /// The purpose of use that the decision is about, if it is about one as a whole.
    pub fn purpose(self) -> Option<&'static str> {
        (self == Kind::Research).then_some("HRESCH")
    }
}
