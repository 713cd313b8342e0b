//! Who takes part: people, and teams by their role.

use super::AMONG;
use crate::element::{extensions, make, named, text};
use fhir::Json;
use policy::Role;

/// A team that takes part.
const TEAM: &str = "urn:medhub:conversation:team";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Among {
    /// `Practitioner/…`
    pub people: Vec<String>,
    pub teams: Vec<Role>,
}

impl Among {
    /// Teams that can be written to. Administrators are none: they take part by name or not at all.
    pub const TEAMS: [Role; 5] =
        [Role::Secretary, Role::Nurse, Role::Surgeon, Role::Anaesthetist, Role::Pharmacist];

    pub fn of(json: &Json<'_>) -> Among {
        let people = json.each("recipient").filter_map(|one| one.get_str("reference")).map(String::from);
        let teams = extensions(json, TEAM).filter_map(|one| Role::parse(one.get_str("valueCode")?));
        Among { people: people.collect(), teams: teams.collect() }
    }

    pub fn add(&mut self, other: Among) {
        let people = other.people.into_iter().filter(|one| !self.people.contains(one)).collect::<Vec<_>>();
        self.people.extend(people);
        let teams = other.teams.into_iter().filter(|one| !self.teams.contains(one)).collect::<Vec<_>>();
        self.teams.extend(teams);
    }

    pub fn len(&self) -> usize {
        self.people.len() + self.teams.len()
    }

    /// `meta` with the label of each of them.
    pub fn meta(&self) -> Json<'static> {
        let codes = self.people.iter().cloned().chain(self.teams.iter().map(|team| code(*team)));
        let labels = codes.map(|code| Json::object([("system", Json::string(AMONG)), ("code", text(code))]));
        Json::object([("security", Json::array(labels))])
    }

    pub fn recipients(&self) -> Json<'static> {
        Json::array(self.people.iter().map(|one| named(one.as_str())))
    }

    pub fn extensions(&self) -> impl Iterator<Item = Json<'static>> {
        self.teams.iter().map(|team| make(TEAM, "valueCode", Json::string(team.as_str())))
    }
}

/// The label of a team.
pub(crate) fn code(team: Role) -> String {
    format!("role/{}", team.as_str())
}
