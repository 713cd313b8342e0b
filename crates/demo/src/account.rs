//! The sample accounts: enough to see the three roles at work.

use crate::world::World;
use jiff::civil::Date;

/// A sample account. `roles` are role names of the store (`medical_admin`, `clinician`, `auditor`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Login, such as `claire.fontaine`.
    pub user: String,
    /// Name to show.
    pub name: String,
    /// What the person does there.
    pub title: &'static str,
    pub roles: &'static [&'static str],
    /// Id of the Practitioner, if the person is one.
    pub practitioner: Option<String>,
}

/// Professionals of the sample who get an account.
const CLINICIANS: [&str; 6] = ["ortho1", "visc1", "ophta1", "anesth1", "mg1", "ibode1"];

/// The accounts of the clinic of that seed.
pub fn accounts(seed: u64, today: Date) -> Vec<Account> {
    let world = World::new(seed, today);
    let mut out = Vec::new();
    for key in CLINICIANS {
        let Some(p) = world.professional(key) else { continue };
        out.push(Account {
            user: login(p.given, p.family),
            name: p.display(),
            title: p.label,
            roles: &["clinician"],
            practitioner: Some(world.id(&format!("practitioner/{key}"))),
        });
    }
    out.push(Account {
        user: "audit".to_string(),
        name: "Contrôle des accès".to_string(),
        title: "Contrôle des accès",
        roles: &["auditor"],
        practitioner: None,
    });
    out.push(Account {
        user: "admin".to_string(),
        name: "Administration médicale".to_string(),
        title: "Administration médicale",
        // A small clinic: the one who runs it also answers for the access log.
        roles: &["medical_admin", "auditor"],
        practitioner: None,
    });
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
