//! A set of field groups.

use policy::Group;

/// Some of [`Group::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Groups(u16);

impl Groups {
    pub const NONE: Groups = Groups(0);

    pub const fn of(groups: &[Group]) -> Groups {
        let (mut bits, mut at) = (0, 0);
        while at < groups.len() {
            bits |= 1 << groups[at] as u8;
            at += 1;
        }
        Groups(bits)
    }

    pub const fn one(group: Group) -> Groups {
        Groups(1 << group as u8)
    }

    #[must_use]
    pub const fn with(self, other: Groups) -> Groups {
        Groups(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, other: Groups) -> Groups {
        Groups(self.0 & !other.0)
    }

    pub const fn has(self, group: Group) -> bool {
        self.0 & (1 << group as u8) != 0
    }

    /// Whether all of `other` are in it.
    pub const fn covers(self, other: Groups) -> bool {
        self.0 & other.0 == other.0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| self.has(*group))
    }
}
