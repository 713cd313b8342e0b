//! The question that a policy answers.

use crate::{Group, Purpose, Roles, Verb};

/// Everything that a decision depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    pub roles: Roles,
    pub purpose: Purpose,
    pub verb: Verb,
    pub group: Group,
    /// How the actor is tied to the patient; empty where no patient is concerned.
    pub ties: Ties,
    /// What is marked on the patient or on the record.
    pub marks: Marks,
    /// The circumstances of the request.
    pub station: Station,
}

macro_rules! flags {
    ($(#[$doc:meta])* $name:ident: $repr:ty { $($(#[$flag_doc:meta])* $flag:ident = $bit:literal, $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name($repr);

        impl $name {
            pub const NONE: $name = $name(0);
            $($(#[$flag_doc])* pub const $flag: $name = $name(1 << $bit);)*
            /// Each flag alone, with its name.
            pub const ALL: &'static [($name, &'static str)] = &[$(($name::$flag, $text)),*];

            #[must_use]
            pub const fn with(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }

            #[must_use]
            pub const fn without(self, other: $name) -> $name {
                $name(self.0 & !other.0)
            }

            /// With `other` if `on`.
            #[must_use]
            pub const fn set(self, other: $name, on: bool) -> $name {
                if on { self.with(other) } else { self }
            }

            /// Whether all flags of `other` are set.
            pub const fn has(self, other: $name) -> bool {
                self.0 & other.0 == other.0
            }

            pub const fn bits(self) -> $repr {
                self.0
            }

            /// Unknown bits are dropped.
            pub fn from_bits(bits: $repr) -> $name {
                $name::ALL.iter().fold($name::NONE, |sum, (flag, _)| sum.set(*flag, bits & flag.0 != 0))
            }
        }
    };
}

flags! {
    /// How the actor is tied to the patient.
    Ties: u8 {
        /// Named in the patient's care team, stays, appointments or surgical team.
        CARE = 0, "care";
        /// Works at a facility where the patient is being cared for, or soon will be.
        FACILITY = 1, "facility";
        /// Acts for a professional who is named (delegation).
        DELEGATE = 2, "delegate";
        /// Wrote this record.
        AUTHOR = 3, "author";
        /// Is the patient.
        SELF = 4, "self";
        /// Parent, guardian or trusted person with a right to see.
        PROXY = 5, "proxy";
        /// Is named by this record as one of those among whom it is said.
        PARTICIPANT = 6, "participant";
    }
}

flags! {
    /// What is marked on the patient or on the record.
    Marks: u8 {
        /// The patient opposes access by this actor.
        OPPOSED = 0, "opposed";
        /// A person in the public eye: only those who care for them.
        VIP = 1, "vip";
        /// Someone who works here.
        COLLEAGUE = 2, "colleague";
        /// Labelled very restricted (V): the author and those named in the care.
        VERY_RESTRICTED = 3, "very_restricted";
        /// Signed: never changed, only amended.
        SIGNED = 4, "signed";
        /// The patient refuses this purpose (research, sharing, …).
        REFUSED_PURPOSE = 5, "refused_purpose";
    }
}

flags! {
    /// The circumstances of the request.
    Station: u8 {
        /// The resource is of the actor's own tenant. Never unset in the running store; stated for the proofs.
        SAME_TENANT = 0, "same_tenant";
        /// Signed in with two factors or a passkey.
        SECOND_FACTOR = 1, "second_factor";
        /// A factor was given within the last five minutes.
        FRESH_FACTOR = 2, "fresh_factor";
        /// Break-glass is open for this patient.
        BREAK_GLASS = 3, "break_glass";
        /// The account may not act any more.
        DISABLED = 4, "disabled";
    }
}
