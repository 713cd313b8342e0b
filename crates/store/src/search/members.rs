//! What of a resource a criterion looks at.

use super::ast::Criterion;

/// The members of the resource that the criterion is read from; `None`: any.
pub(super) fn of(criterion: &Criterion) -> Option<Vec<&'static str>> {
    let mut members = Vec::new();
    collect(criterion, &mut members)?;
    Some(members)
}

fn collect(criterion: &Criterion, members: &mut Vec<&'static str>) -> Option<()> {
    let param = match criterion {
        Criterion::Test(test) => test.param,
        Criterion::Missing { param, .. } | Criterion::Refers { param, .. } => param,
        Criterion::Id(_) | Criterion::Updated { .. } => return Some(()),
        Criterion::Chain { .. } | Criterion::Has { .. } | Criterion::List(_) => return Some(()),
        Criterion::Words { .. } | Criterion::Near(_) => return None,
        Criterion::All(parts) | Criterion::Any(parts) => {
            return parts.iter().try_for_each(|part| collect(part, members));
        }
        Criterion::Not(inner) => return collect(inner, members),
    };
    for member in param.members()? {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    Some(())
}
