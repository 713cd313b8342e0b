//! Roles that an account holds in its tenant.

/// What a person (or a program) is in the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// Runs the tenant: accounts, places, configuration; the medical information department.
    MedicalAdmin,
    /// A care professional without a role of its own below: a physician of another specialty, a therapist.
    Clinician,
    Surgeon,
    Anaesthetist,
    /// Nurses, IBODE and IADE among them (the qualification is in the PractitionerRole).
    Nurse,
    Secretary,
    Pharmacist,
    Billing,
    /// Reads the audit log, and nothing clinical. Also the privacy officer (DPO).
    Auditor,
    /// A patient, or a proxy of one, in the portal.
    Patient,
    /// A program: lab, PACS, national service.
    Integration,
}

impl Role {
    pub const ALL: [Role; 11] = [
        Role::MedicalAdmin,
        Role::Clinician,
        Role::Surgeon,
        Role::Anaesthetist,
        Role::Nurse,
        Role::Secretary,
        Role::Pharmacist,
        Role::Billing,
        Role::Auditor,
        Role::Patient,
        Role::Integration,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::MedicalAdmin => "medical_admin",
            Role::Clinician => "clinician",
            Role::Surgeon => "surgeon",
            Role::Anaesthetist => "anaesthetist",
            Role::Nurse => "nurse",
            Role::Secretary => "secretary",
            Role::Pharmacist => "pharmacist",
            Role::Billing => "billing",
            Role::Auditor => "auditor",
            Role::Patient => "patient",
            Role::Integration => "integration",
        }
    }

    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u16);

impl Roles {
    pub fn of(roles: &[Role]) -> Roles {
        Roles(roles.iter().fold(0, |bits, role| bits | 1 << *role as u8))
    }

    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    pub const fn bits(self) -> u16 {
        self.0
    }

    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}
