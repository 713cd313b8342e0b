//! The keys of the clinic's authority and of those who sign, sealed in the vault of the tenant. They are made when they
//! are first needed.

use super::broken;
use crate::words::text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::Json;
use pades::{Authority, Key, Moment, Purpose, Subject, Validity, ca, certificate};
use service::RouteCtx;
use store::{Error, Result};

const DRAWER: &str = "document-keys";
/// Name of the authority's entry; people's are `Practitioner/…`.
const AUTHORITY: &str = "authority";
const DAY: i64 = 86_400;
const AUTHORITY_DAYS: i64 = 20 * 365;
const SIGNER_DAYS: i64 = 3 * 365;
/// A certificate that ends so soon is replaced before it signs again.
const LEFT_DAYS: i64 = 30;
const COUNTRY: &str = "FR";

/// A key with its certificate, DER.
pub(super) struct Pair {
    pub key: Key,
    pub certificate: Vec<u8>,
}

impl Pair {
    fn to_store(&self) -> Vec<u8> {
        let key = STANDARD.encode(self.key.to_pkcs8().as_slice());
        let certificate = STANDARD.encode(&self.certificate);
        Json::object([("key", text(key)), ("certificate", text(certificate))]).to_vec()
    }

    fn of(stored: &[u8]) -> Option<Pair> {
        let json = fhir::json::parse(stored).ok()?;
        let part = |name: &str| STANDARD.decode(json.get_str(name)?).ok();
        Some(Pair { key: Key::from_pkcs8(&part("key")?).ok()?, certificate: part("certificate")? })
    }
}

/// Who signs.
pub(super) struct Person<'a> {
    /// `Practitioner/…`
    pub reference: &'a str,
    pub name: &'a str,
    pub rpps: Option<&'a str>,
    pub organization: Option<&'a str>,
}

async fn kept(cx: &RouteCtx, name: &str) -> Result<Option<Pair>> {
    let stored = cx.hub.vault(cx.tenant.name(), DRAWER, name).await?;
    stored.map(|bytes| Pair::of(&bytes).ok_or_else(|| Error::Corrupt("a stored key".into()))).transpose()
}

pub(super) fn now(cx: &RouteCtx) -> Moment {
    Moment(cx.ctx.clock.now_ms().div_euclid(1000))
}

fn fresh() -> Result<(Key, [u8; 16])> {
    let seed = seal::random::<32>().map_err(Error::unavailable)?;
    let serial = seal::random::<16>().map_err(Error::unavailable)?;
    Ok((Key::generate(&seed).map_err(broken)?, serial))
}

/// The clinic's authority.
///
/// # Errors
/// `Unavailable`; `Corrupt` for a key that cannot be read.
pub(super) async fn authority(cx: &RouteCtx) -> Result<Pair> {
    if let Some(found) = kept(cx, AUTHORITY).await? {
        return Ok(found);
    }
    let (key, serial) = fresh()?;
    let name = format!("Autorité de signature des documents – {}", cx.tenant.name());
    let subject =
        Subject { name: &name, given: None, family: None, organization: None, country: COUNTRY, rpps: None };
    let from = now(cx).0 - DAY;
    let validity = Validity { from: Moment(from), until: Moment(from + AUTHORITY_DAYS * DAY) };
    let certificate = ca::root(&key, &subject, &serial, validity).map_err(broken)?;
    let made = Pair { key, certificate };
    // Of two that sign for the first time at once, one makes it and both use it.
    if cx.hub.vault_add(cx.tenant.name(), DRAWER, AUTHORITY, None, &made.to_store()).await? {
        return Ok(made);
    }
    kept(cx, AUTHORITY).await?.ok_or_else(|| Error::Unavailable("the authority's key".into()))
}

/// The key of somebody who signs, with a certificate that says who they are today.
pub(super) async fn signer(cx: &RouteCtx, authority: &Pair, person: &Person<'_>) -> Result<Pair> {
    let now = now(cx);
    if let Some(found) = kept(cx, person.reference).await? {
        let about = certificate::describe(&found.certificate).map_err(broken)?;
        if about.until.0 > now.0 + LEFT_DAYS * DAY && about.name == person.name {
            return Ok(found);
        }
    }
    let (key, serial) = fresh()?;
    let subject = Subject {
        name: person.name,
        given: None,
        family: None,
        organization: person.organization,
        country: COUNTRY,
        rpps: person.rpps.filter(|rpps| rpps.len() == 11 && rpps.bytes().all(|b| b.is_ascii_digit())),
    };
    let issuer = certificate::describe(&authority.certificate).map_err(broken)?;
    let until = (now.0 + SIGNER_DAYS * DAY).min(issuer.until.0);
    // Not before the authority was made.
    let validity = Validity { from: Moment((now.0 - DAY).max(issuer.from.0)), until: Moment(until) };
    let issues = Authority { key: &authority.key, certificate: &authority.certificate };
    let certificate = ca::issue(&issues, key.public_key(), &subject, &serial, validity, Purpose::Signing);
    let made = Pair { key, certificate: certificate.map_err(broken)? };
    cx.hub.vault_put(cx.tenant.name(), DRAWER, person.reference, None, &made.to_store()).await?;
    Ok(made)
}
