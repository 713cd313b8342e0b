//! The mails of sign-in. None names a patient, none says more of an account than its name.

use super::desk::Desk;
use super::link::{self, Kind};
use super::text;
use crate::account::profile;
use fhir::{Code, Issue, Lang, Text};
use service::{Mail, RouteCtx};
use store::{AccountInfo, Error, Result};
use uuid::Uuid;
use webauthn_rs::prelude::Url;

/// Sends somebody a link to set the password. `trusted`: whoever asks is signed in, so that the address by
/// which they reached us is believed.
///
/// # Errors
/// `Refused` when mail or the public address is not set up, or the account has no mail address.
pub async fn send_link(
    desk: &Desk,
    cx: &RouteCtx,
    account: &AccountInfo,
    kind: Kind,
    trusted: bool,
) -> Result<()> {
    let tenant = cx.tenant.name();
    let origin = origin(desk, cx, trusted).await?;
    let origin = origin.ok_or_else(|| Error::refused(Code::NotSupported, text::NOT_READY))?;
    let to = profile::load(&cx.hub, tenant, account.id).await?.mail;
    let to = to.ok_or_else(|| Error::from(Issue::error(Code::Required, NO_ADDRESS).at("mail")))?;
    let token = link::make(&cx.hub, tenant, account.id, kind).await?;
    let url = format!("{origin}/invitation#token={token}&tenant={tenant}");
    let (subject, body) = match kind {
        Kind::Invitation => (INVITATION_SUBJECT, INVITATION),
        Kind::Reset => (RESET_SUBJECT, RESET),
    };
    let title = cx.hub.tenant_info(tenant).await?.title;
    let say = |text: Text| {
        let issue = Issue::error(Code::Informational, text).arg("clinic", &title).arg("user", &account.name);
        issue.arg("hours", kind.hours()).arg("url", &url).sentence(cx.ctx.lang)
    };
    post(desk, tenant, Mail { to, subject: say(subject), text: say(body) }).await
}

/// Tells the owner of an account that something about its protection changed. Best effort: the change stands.
pub async fn tell_changed(desk: &Desk, cx: &RouteCtx, account: Uuid) {
    tell(desk, cx, account, CHANGED_SUBJECT, CHANGED).await;
}

/// Tells somebody something in two sentences. Best effort.
pub async fn tell(desk: &Desk, cx: &RouteCtx, account: Uuid, subject: Text, body: Text) {
    let tenant = cx.tenant.name();
    let Ok(profile) = profile::load(&cx.hub, tenant, account).await else { return };
    let Some(to) = profile.mail else { return };
    let say = |text: Text| Issue::error(Code::Informational, text).sentence(Lang::Fr);
    let mail = Mail { to, subject: say(subject), text: say(body) };
    if post(desk, tenant, mail).await.is_err() {
        tracing::warn!("a notice about an account could not be mailed");
    }
}

/// The sample clinic's mails stay in its outbox.
async fn post(desk: &Desk, tenant: &str, mail: Mail) -> Result<()> {
    use service::Mailer;
    match desk.parts.sample.as_ref().filter(|sample| sample.tenant == tenant) {
        Some(sample) => sample.outbox.send(mail).await,
        None => desk.parts.mailer.send(mail).await,
    }
}

/// Whether mails of this tenant go anywhere.
pub fn is_ready(desk: &Desk, tenant: &str) -> bool {
    desk.is_sample(tenant) || desk.parts.mailer.is_ready()
}

/// The address that links begin with. A `Host` that anyone may write must not become the address in a mail:
/// only what the operator says, or the tenant's own host name, is taken from who is not signed in.
async fn origin(desk: &Desk, cx: &RouteCtx, trusted: bool) -> Result<Option<String>> {
    if let Some(url) = &desk.parts.public_url {
        return Ok(Some(url.trim_end_matches('/').to_string()));
    }
    let Ok(url) = Url::parse(&cx.base) else { return Ok(None) };
    let own = cx.hub.tenant_info(cx.tenant.name()).await?.host;
    let is_own = own.is_some() && own.as_deref() == url.host_str();
    let believed = trusted || is_own || desk.is_sample(cx.tenant.name());
    Ok(believed.then(|| url.origin().ascii_serialization()))
}

macro_rules! text {
    ($name:ident, $key:literal, $fr:literal, $en:literal, $de:literal) => {
        const $name: Text = Text { key: $key, fr: $fr, en: $en, de: $de };
    };
}

text!(
    NO_ADDRESS,
    "account.no-mail",
    "Ce compte n'a pas d'adresse de courriel : ajoutez-la d'abord.",
    "This account has no mail address: add it first.",
    "Dieses Konto hat keine E-Mail-Adresse: Fügen Sie sie zuerst hinzu."
);
text!(
    INVITATION_SUBJECT,
    "mail.invitation-subject",
    "Votre compte à {clinic}",
    "Your account at {clinic}",
    "Ihr Konto bei {clinic}"
);
text!(
    INVITATION,
    "mail.invitation",
    "Bonjour,\n\nUn compte « {user} » vous a été ouvert à {clinic}. Choisissez votre mot de passe dans les {hours} heures :\n\n{url}\n\nCe lien ne sert qu'une fois. Si vous n'attendiez pas ce message, ignorez-le.\n",
    "Hello,\n\nAn account \"{user}\" was opened for you at {clinic}. Choose your password within {hours} hours:\n\n{url}\n\nThis link works once. If you did not expect this message, ignore it.\n",
    "Guten Tag,\n\nfür Sie wurde bei {clinic} das Konto „{user}“ eröffnet. Wählen Sie Ihr Passwort innerhalb von {hours} Stunden:\n\n{url}\n\nDieser Link gilt einmal. Wenn Sie diese Nachricht nicht erwartet haben, ignorieren Sie sie.\n"
);
text!(
    RESET_SUBJECT,
    "mail.reset-subject",
    "Nouveau mot de passe pour {clinic}",
    "New password for {clinic}",
    "Neues Passwort für {clinic}"
);
text!(
    RESET,
    "mail.reset",
    "Bonjour,\n\nUn nouveau mot de passe a été demandé pour le compte « {user} » à {clinic}. Choisissez-le dans l'heure :\n\n{url}\n\nCe lien ne sert qu'une fois. Si vous n'avez rien demandé, ignorez ce message : rien ne change.\n",
    "Hello,\n\nA new password was asked for the account \"{user}\" at {clinic}. Choose it within the hour:\n\n{url}\n\nThis link works once. If you asked for nothing, ignore this message: nothing changes.\n",
    "Guten Tag,\n\nfür das Konto „{user}“ bei {clinic} wurde ein neues Passwort angefordert. Wählen Sie es innerhalb einer Stunde:\n\n{url}\n\nDieser Link gilt einmal. Wenn Sie nichts angefordert haben, ignorieren Sie diese Nachricht: Es ändert sich nichts.\n"
);
text!(
    CHANGED_SUBJECT,
    "mail.changed-subject",
    "La protection de votre compte a changé",
    "The protection of your account changed",
    "Der Schutz Ihres Kontos wurde geändert"
);
text!(
    CHANGED,
    "mail.changed",
    "Bonjour,\n\nLe mot de passe ou un second facteur de votre compte vient de changer. Si ce n'était pas vous, prévenez tout de suite l'administration de votre établissement.\n",
    "Hello,\n\nThe password or a second factor of your account has just changed. If that was not you, tell your establishment's administration at once.\n",
    "Guten Tag,\n\ndas Passwort oder ein zweiter Faktor Ihres Kontos wurde soeben geändert. Wenn Sie das nicht waren, benachrichtigen Sie sofort die Verwaltung Ihrer Einrichtung.\n"
);
