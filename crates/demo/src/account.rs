//! The sample accounts: one for each role, so that it can be seen what each may do.

use crate::special;
use crate::world::World;
use jiff::civil::Date;

/// A sample account. `roles` are role names of the store, such as `surgeon`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Login, such as `claire.fontaine`.
    pub user: String,
    /// Name to show.
    pub name: String,
    /// What the person does there.
    pub title: &'static str,
    pub roles: &'static [&'static str],
    /// `Practitioner/…` of the person, or `Patient/…` of the portal account.
    pub person: Option<String>,
}

/// Professionals of the sample who get an account, and their role.
const PROFESSIONALS: [(&str, &[&str]); 8] = [
    ("ortho1", &["surgeon"]),
    ("visc1", &["surgeon"]),
    ("ophta1", &["surgeon"]),
    ("anesth1", &["anaesthetist"]),
    ("mg1", &["clinician"]),
    ("ibode1", &["nurse"]),
    ("pharm1", &["pharmacist"]),
    ("sec1", &["secretary"]),
];

/// The accounts of the clinic of that seed.
pub fn accounts(seed: u64, today: Date) -> Vec<Account> {
    let world = World::new(seed, crate::morning(today));
    let mut out = Vec::new();
    for (key, roles) in PROFESSIONALS {
        let Some(p) = world.professional(key) else { continue };
        out.push(Account {
            user: login(p.given, p.family),
            name: p.display(),
            title: p.label,
            roles,
            person: Some(p.reference.clone()),
        });
    }
    let other = |user: &str, title: &'static str, roles: &'static [&'static str], person: Option<String>| {
        Account { user: user.to_string(), name: title.to_string(), title, roles, person }
    };
    out.push(other("facturation", "Facturation", &["billing"], None));
    // A login never holds a patient's name.
    let own = format!("Patient/{}", world.id(&format!("patient/{}", special::PORTAL)));
    out.push(other("patient", "Espace patient", &["patient"], Some(own)));
    out.push(other("audit", "Contrôle des accès", &["auditor"], None));
    // A small clinic: the one who runs it also answers for the access log.
    out.push(other("admin", "Administration médicale", &["medical_admin", "auditor"], None));
    out
}

/// `Anne-Sophie L'Hermitte` → `anne-sophie.lhermitte`.
fn login(given: &str, family: &str) -> String {
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .filter_map(|c| match c {
                'à' | 'â' | 'ä' => Some('a'),
                'é' | 'è' | 'ê' | 'ë' => Some('e'),
                'î' | 'ï' | 'ı' => Some('i'),
                'ô' | 'ö' => Some('o'),
                'ù' | 'û' | 'ü' => Some('u'),
                'ç' => Some('c'),
                ' ' => Some('-'),
                c if c.is_ascii_alphanumeric() || c == '-' => Some(c),
                _ => None,
            })
            .collect()
    };
    format!("{}.{}", plain(given), plain(family))
}

#[cfg(test)]
mod tests {
    use super::login;

    #[test]
    fn logins_are_plain() {
        assert_eq!(login("Anne-Sophie", "L'Hermitte"), "anne-sophie.lhermitte");
        assert_eq!(login("Émilie", "de La Fontenelle"), "emilie.de-la-fontenelle");
    }
}
