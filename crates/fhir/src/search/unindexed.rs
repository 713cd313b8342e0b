//! The parameters of R4 that no index can answer, each with the reason, for the CapabilityStatement and
//! the documentation.

/// A parameter that is known but not searchable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unindexed {
    /// The resource type, `Resource` for every type, or `DomainResource` for every type with a narrative.
    pub base: &'static str,
    pub code: &'static str,
    pub reason: &'static str,
}

/// All of them.
pub const UNINDEXED: [Unindexed; 4] = [
    Unindexed {
        base: "DomainResource",
        code: "_text",
        reason: "R4 defines no expression and no matching rules for narratives. A word index of them would put the words of the chart outside its seal.",
    },
    Unindexed {
        base: "Resource",
        code: "_content",
        reason: "R4 defines no expression and no matching rules for whole contents. A word index of them would put the words of the chart outside its seal.",
    },
    Unindexed {
        base: "Resource",
        code: "_query",
        reason: "It names a query that a server defines; this one defines none. It selects no values of a resource.",
    },
    Unindexed {
        base: "DeviceDefinition",
        code: "classification",
        reason: "Its expression, DeviceDefinition.classification, is no element of R4.",
    },
];

/// Those that every type knows by name.
pub(super) fn everywhere() -> impl Iterator<Item = &'static Unindexed> {
    UNINDEXED.iter().filter(|u| matches!(u.base, "Resource" | "DomainResource"))
}
