//! What the hub shows of an account besides its name: the person's name and title, and where mails go.

use fhir::{Code, Issue, Text};
use serde::{Deserialize, Serialize};
use store::{Error, Hub, Result};
use uuid::Uuid;

const DRAWER: &str = "profile";
const MAILS: &str = "mail";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Name to show; empty: the account's.
    pub name: String,
    /// What the person does here.
    pub title: Option<String>,
    pub mail: Option<String>,
}

/// The profile of an account; empty when there is none.
///
/// # Errors
/// `Unavailable`.
pub async fn load(hub: &Hub, tenant: &str, account: Uuid) -> Result<Profile> {
    match hub.vault(tenant, DRAWER, &account.to_string()).await? {
        Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| Error::Corrupt("a profile".into())),
        None => Ok(Profile::default()),
    }
}

/// Replaces the profile of an account. A mail address belongs to one account of the tenant.
///
/// # Errors
/// `Refused` when the name or the address is not valid, or the address is another account's.
pub async fn save(hub: &Hub, tenant: &str, account: Uuid, profile: &Profile) -> Result<()> {
    if profile.name.chars().count() > 200 || profile.title.as_ref().is_some_and(|t| t.chars().count() > 200) {
        return Err(Issue::error(Code::TooLong, TOO_LONG).at("name").into());
    }
    let before = load(hub, tenant, account).await?.mail.map(|mail| mail.to_lowercase());
    let after = profile.mail.as_ref().map(|mail| mail.to_lowercase());
    if let Some(mail) = &after {
        if !is_address(mail) {
            return Err(Issue::error(Code::Value, BAD_MAIL).at("mail").into());
        }
        if before.as_ref() != Some(mail)
            && !hub.vault_add(tenant, MAILS, mail, None, account.as_bytes()).await?
        {
            return Err(Issue::error(Code::Duplicate, MAIL_TAKEN).at("mail").into());
        }
    }
    if let Some(mail) = before.filter(|mail| Some(mail) != after.as_ref()) {
        hub.vault_take(tenant, MAILS, &mail).await?;
    }
    let payload = serde_json::to_vec(profile).map_err(|_| Error::Corrupt("a profile".into()))?;
    hub.vault_put(tenant, DRAWER, &account.to_string(), None, &payload).await
}

/// The account that a mail address belongs to.
///
/// # Errors
/// `Unavailable`.
pub async fn by_mail(hub: &Hub, tenant: &str, mail: &str) -> Result<Option<Uuid>> {
    let found = hub.vault(tenant, MAILS, &mail.to_lowercase()).await?;
    Ok(found.and_then(|bytes| Uuid::from_slice(&bytes).ok()))
}

/// Something before and a host after one `@`, without what could begin another header or another address.
fn is_address(mail: &str) -> bool {
    let Some((local, host)) = mail.split_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || ".-_+'".contains(c);
    (3..=250).contains(&mail.len())
        && !local.is_empty()
        && local.chars().all(plain)
        && host.contains('.')
        && host.chars().all(|c| c.is_alphanumeric() || ".-".contains(c))
        && !host.starts_with('.')
        && !host.ends_with('.')
}

const TOO_LONG: Text = Text {
    key: "account.too-long",
    fr: "Le nom et la fonction comptent 200 caractères au plus.",
    en: "Name and title have at most 200 characters.",
    de: "Name und Funktion haben höchstens 200 Zeichen.",
};
const BAD_MAIL: Text = Text {
    key: "account.bad-mail",
    fr: "Ce n'est pas une adresse de courriel (nom@domaine.fr).",
    en: "This is not a mail address (name@domain.example).",
    de: "Das ist keine E-Mail-Adresse (name@domain.example).",
};
const MAIL_TAKEN: Text = Text {
    key: "account.mail-taken",
    fr: "Cette adresse de courriel est déjà celle d'un autre compte.",
    en: "This mail address is another account's already.",
    de: "Diese E-Mail-Adresse gehört bereits zu einem anderen Konto.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.fr", "claire.o'hara+x@clinique-du-parc.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["", "a", "a@b", "@b.fr", "a@b.fr, c@d.fr", "a@b.fr\r\nBcc: x@y.fr", "<a@b.fr>", "a@.fr", "a@b."]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
