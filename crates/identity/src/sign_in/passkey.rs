//! Passkeys (WebAuthn level 2, user verification required). The relying party is the host by which the caller
//! reached us; a browser gives a passkey to no other.

use super::credential::{self, Key};
use super::text;
use fhir::Code;
use service::RouteCtx;
use store::{Error, Result};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PublicKeyCredential,
    Url, Webauthn, WebauthnBuilder,
};

/// The relying party of this address.
///
/// # Errors
/// `Refused` when the address is no host name.
pub fn relying_party(cx: &RouteCtx) -> Result<Webauthn> {
    let refused = || Error::refused(Code::NotSupported, text::PASSKEY_HOST);
    let url = Url::parse(&cx.base).map_err(|_| refused())?;
    let host = url.domain().ok_or_else(refused)?.to_string();
    let builder = WebauthnBuilder::new(&host, &url).map_err(|_| refused())?;
    builder.rp_name("Medical Hub").build().map_err(|_| refused())
}

/// Whether passkeys can be used at this address.
pub fn is_possible(cx: &RouteCtx) -> bool {
    relying_party(cx).is_ok()
}

/// Whether the answer is right for passkeys of an account; notes their use.
///
/// # Errors
/// `Unavailable`.
pub async fn verify(
    cx: &RouteCtx,
    account: Uuid,
    state: &PasskeyAuthentication,
    answer: &PublicKeyCredential,
) -> Result<bool> {
    match relying_party(cx)?.finish_passkey_authentication(answer, state) {
        Ok(result) => used(cx, account, &result).await,
        Err(_) => Ok(false),
    }
}

/// The account whose passkey answered, if the answer is right.
///
/// # Errors
/// `Unavailable`.
pub async fn verify_any(
    cx: &RouteCtx,
    state: DiscoverableAuthentication,
    answer: &PublicKeyCredential,
) -> Result<Option<Uuid>> {
    let party = relying_party(cx)?;
    let Ok((account, id)) = party.identify_discoverable_authentication(answer) else { return Ok(None) };
    let credential = credential::load(&cx.hub, cx.tenant.name(), account).await?;
    let Some(key) = credential.passkeys.iter().find(|key| key.key.cred_id().as_slice() == id) else {
        return Ok(None);
    };
    match party.finish_discoverable_authentication_v2(answer, state, &key.key) {
        Ok(result) => Ok(used(cx, account, &result).await?.then_some(account)),
        Err(_) => Ok(None),
    }
}

/// Notes that a passkey was used; `false` when it is not the account's (any more) or did not verify its user.
async fn used(cx: &RouteCtx, account: Uuid, result: &AuthenticationResult) -> Result<bool> {
    if !result.user_verified() {
        return Ok(false);
    }
    let now = cx.ctx.clock.now_ms();
    credential::change(&cx.hub, cx.tenant.name(), account, |credential| {
        let Some(key) = credential.passkeys.iter_mut().find(|k| k.key.cred_id() == result.cred_id()) else {
            return false;
        };
        key.key.update_credential(result);
        key.used = Some(now);
        true
    })
    .await
}

pub fn keys(keys: &[Key]) -> Vec<Passkey> {
    keys.iter().map(|key| key.key.clone()).collect()
}
