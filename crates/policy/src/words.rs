//! What is asked (verb), of which part of the record (group), and why (purpose).

/// What is done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Verb {
    /// Read, search, history.
    Read,
    /// Create and update.
    Write,
    Delete,
    /// Sign a document or an act: needs a fresh factor.
    Sign,
    /// Take a whole record or many records out: bulk export, a patient's copy.
    Export,
    /// Destroy a patient's key.
    Erase,
}

/// A field group: the unit of minimum necessary. A resource type belongs to one group; some of its fields may
/// belong to another, and are left out for who may not read that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Group {
    /// The clinic itself: professionals, organizations, places, terminology, forms.
    Directory,
    /// How the clinic works: who changes it runs the clinic.
    Configuration,
    /// Who the patient is.
    Identity,
    /// How the patient is reached: addresses, telephone, contacts.
    Contact,
    /// When and where: appointments, slots, stays, tasks; without the reasons.
    Schedule,
    /// What anyone who treats must know: allergies, problems, treatments, alerts.
    Summary,
    /// The rest of the medical record.
    Clinical,
    /// Records labelled restricted (v3-Confidentiality R or V, or a sensitivity code).
    Sensitive,
    /// Records labelled psychiatric (v3-ActCode PSY).
    Psych,
    /// Coverage, claims, invoices, accounts.
    Billing,
    /// Consents and oppositions.
    Consent,
    /// The audit log.
    Audit,
    /// Accounts, clients, sessions and policies: outside FHIR.
    Security,
    /// What people of the clinic say to each other: open to those among whom it is said.
    Conversation,
}

/// Why a record is opened, HL7 v3 PurposeOfUse
/// (<https://terminology.hl7.org/ValueSet-v3-PurposeOfUse.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Purpose {
    Treatment,
    Payment,
    Operations,
    Research,
    PatientRequest,
    BreakGlass,
}

impl Verb {
    pub const ALL: [Verb; 6] = [Verb::Read, Verb::Write, Verb::Delete, Verb::Sign, Verb::Export, Verb::Erase];

    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Read => "read",
            Verb::Write => "write",
            Verb::Delete => "delete",
            Verb::Sign => "sign",
            Verb::Export => "export",
            Verb::Erase => "erase",
        }
    }
}

impl Group {
    pub const ALL: [Group; 14] = [
        Group::Directory,
        Group::Configuration,
        Group::Identity,
        Group::Contact,
        Group::Schedule,
        Group::Summary,
        Group::Clinical,
        Group::Sensitive,
        Group::Psych,
        Group::Billing,
        Group::Consent,
        Group::Audit,
        Group::Security,
        Group::Conversation,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Group::Directory => "directory",
            Group::Configuration => "configuration",
            Group::Identity => "identity",
            Group::Contact => "contact",
            Group::Schedule => "schedule",
            Group::Summary => "summary",
            Group::Clinical => "clinical",
            Group::Sensitive => "sensitive",
            Group::Psych => "psych",
            Group::Billing => "billing",
            Group::Consent => "consent",
            Group::Audit => "audit",
            Group::Security => "security",
            Group::Conversation => "conversation",
        }
    }

    /// Whether it is about one patient.
    pub fn is_of_patient(self) -> bool {
        !matches!(self, Group::Directory | Group::Configuration | Group::Audit | Group::Security)
    }
}

impl Purpose {
    pub const ALL: [Purpose; 6] = [
        Purpose::Treatment,
        Purpose::Payment,
        Purpose::Operations,
        Purpose::Research,
        Purpose::PatientRequest,
        Purpose::BreakGlass,
    ];

    /// The HL7 code.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Treatment => "TREAT",
            Purpose::Payment => "HPAYMT",
            Purpose::Operations => "HOPERAT",
            Purpose::Research => "HRESCH",
            Purpose::PatientRequest => "PATRQT",
            Purpose::BreakGlass => "BTG",
        }
    }

    pub fn parse(text: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|p| p.as_str() == text)
    }
}
