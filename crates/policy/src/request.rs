//! A question in the words of the policies' schema.

use crate::{Group, Marks, Purpose, Question, Role, Roles, Station, Ties, Verb};
use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression, Schema,
};
use std::collections::HashSet;
use std::str::FromStr;

/// What does not change between questions, made once.
pub struct Words {
    user: EntityUid,
    clinic: EntityUid,
    patient: EntityUid,
    record: EntityUid,
    roles: Vec<EntityUid>,
    purposes: Vec<RestrictedExpression>,
    /// Each combination of flags, by its bits.
    ties: Vec<RestrictedExpression>,
    marks: Vec<RestrictedExpression>,
    stations: Vec<RestrictedExpression>,
    actions: Entities,
}

impl Words {
    /// # Errors
    /// The reason, if the schema's actions cannot be read.
    pub fn new(schema: &Schema) -> Result<Words, String> {
        let purpose = |p: Purpose| uid("Purpose", p.as_str()).map(RestrictedExpression::new_entity_uid);
        let combined = |names: Vec<&str>| -> Result<Vec<RestrictedExpression>, String> {
            (0..1_u32 << names.len()).map(|bits| record(&names, bits)).collect()
        };
        Ok(Words {
            user: uid("User", "actor")?,
            clinic: uid("Clinic", "clinic")?,
            patient: uid("Patient", "patient")?,
            record: uid("Record", "record")?,
            roles: Role::ALL.iter().map(|r| uid("Role", r.as_str())).collect::<Result<_, _>>()?,
            purposes: Purpose::ALL.into_iter().map(purpose).collect::<Result<_, _>>()?,
            ties: combined(Ties::ALL.iter().map(|(_, name)| *name).collect())?,
            marks: combined(Marks::ALL.iter().map(|(_, name)| *name).collect())?,
            stations: combined(Station::ALL.iter().map(|(_, name)| *name).collect())?,
            actions: schema.action_entities().map_err(|e| e.to_string())?,
        })
    }

    /// The request of a question, without its entities. `None` cannot happen; whoever asks denies.
    pub fn request(&self, q: &Question, action: &EntityUid) -> Option<Request> {
        let context = Context::from_pairs([
            ("purpose".to_owned(), self.purposes.get(q.purpose as usize)?.clone()),
            ("ties".to_owned(), self.ties.get(usize::from(q.ties.bits()))?.clone()),
            ("marks".to_owned(), self.marks.get(usize::from(q.marks.bits()))?.clone()),
            ("station".to_owned(), self.stations.get(usize::from(q.station.bits()))?.clone()),
        ])
        .ok()?;
        let resource = match q.verb {
            _ if !q.group.is_of_patient() => &self.clinic,
            Verb::Export | Verb::Erase => &self.patient,
            _ => &self.record,
        };
        Request::new(self.user.clone(), action.clone(), resource.clone(), context, None).ok()
    }

    /// The actor in its roles, the record in its patient, and the actions in their groups.
    pub fn entities(&self, roles: Roles) -> Option<Entities> {
        let held: HashSet<EntityUid> =
            roles.iter().filter_map(|role| self.roles.get(role as usize).cloned()).collect();
        let user = Entity::new_no_attrs(self.user.clone(), held);
        let record = Entity::new_no_attrs(self.record.clone(), HashSet::from([self.patient.clone()]));
        self.actions.clone().add_entities([user, record], None).ok()
    }
}

/// # Errors
/// The reason, if the type is no name.
pub fn uid(kind: &str, id: &str) -> Result<EntityUid, String> {
    let kind = EntityTypeName::from_str(kind).map_err(|e| e.to_string())?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn record(names: &[&str], bits: u32) -> Result<RestrictedExpression, String> {
    let fields = names
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_owned(), RestrictedExpression::new_bool(bits & (1 << at) != 0)));
    RestrictedExpression::new_record(fields).map_err(|e| e.to_string())
}

impl Question {
    /// All of it in 39 bits.
    pub(crate) fn packed(&self) -> u64 {
        let parts: [(u64, u32); 7] = [
            (u64::from(self.roles.bits()), 11),
            (self.purpose as u64, 3),
            (self.verb as u64, 3),
            (self.group as u64, 4),
            (u64::from(self.ties.bits()), 7),
            (u64::from(self.marks.bits()), 6),
            (u64::from(self.station.bits()), 5),
        ];
        parts.iter().fold(0, |key, (part, bits)| key << bits | part)
    }
}

// The table of actions and the packed question count on these.
const _: () = assert!(Role::ALL.len() == 11 && Purpose::ALL.len() <= 8 && Verb::ALL.len() <= 8);
const _: () = assert!(Group::ALL.len() <= 16 && Ties::ALL.len() == 7 && Marks::ALL.len() == 6);
const _: () = assert!(Station::ALL.len() == 5);
