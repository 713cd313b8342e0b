//! From a certificate to an authority that is trusted.

use crate::Moment;
use crate::certificate::Certificate;

/// Certificates between, with both ends.
const LENGTH_MAX: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Unknown,
    NotYetValid,
    Expired,
}

/// The way from a certificate (first) to one of the authorities (last), all of them valid at that moment.
pub(crate) fn path<'a>(
    leaf: &Certificate<'a>,
    others: &[Certificate<'a>],
    authorities: &[Certificate<'a>],
    at: Moment,
) -> Result<Vec<Certificate<'a>>, Fault> {
    // Each is tried once, so that many of one name cannot make many ways.
    let mut untried: Vec<&Certificate<'a>> = others.iter().collect();
    let mut ways = vec![vec![leaf.clone()]];
    while let Some(way) = ways.pop() {
        let Some(last) = way.last() else { continue };
        if let Some(found) = ending(&way, last, authorities) {
            return valid(found, at);
        }
        if way.len() >= LENGTH_MAX {
            continue;
        }
        untried.retain(|other| {
            let issues = last.is_issued_by(other);
            if issues {
                let mut longer = way.clone();
                longer.push((*other).clone());
                ways.push(longer);
            }
            !issues
        });
    }
    Err(Fault::Unknown)
}

fn ending<'a>(
    way: &[Certificate<'a>],
    last: &Certificate<'a>,
    authorities: &[Certificate<'a>],
) -> Option<Vec<Certificate<'a>>> {
    let mut found = way.to_vec();
    if authorities.iter().any(|authority| authority.whole == last.whole) {
        return Some(found);
    }
    let authority = authorities.iter().find(|authority| last.is_issued_by(authority))?;
    found.push(authority.clone());
    Some(found)
}

fn valid<'a>(way: Vec<Certificate<'a>>, at: Moment) -> Result<Vec<Certificate<'a>>, Fault> {
    if way.iter().any(|one| at < one.from) {
        return Err(Fault::NotYetValid);
    }
    if way.iter().any(|one| at > one.until) {
        return Err(Fault::Expired);
    }
    Ok(way)
}
