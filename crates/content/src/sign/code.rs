//! `POST documents/{id}/code`: a one-time code for whoever signs in front of a professional. By mail where the record
//! has an address and mail is set up; else the professional hands it over, and the evidence says so.

use crate::document::Document;
use crate::kind::Signer;
use crate::message::{CODE, NOT_ASKED};
use crate::right;
use crate::words::text;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Lang, ResourceType};
use policy::{Group, Verb};
use service::{Access, Handler, Mail, Mailer, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const DRAWER: &str = "document-code";
const LASTS_MS: i64 = 10 * 60 * 1000;
const TRIES: u8 = 5;

pub(super) fn route(mailer: Arc<dyn Mailer>) -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/code",
        summary: "Sends or shows a one-time code with which the patient signs",
        access: Access::SignedIn,
        handler: Arc::new(Send { mailer }),
    }
}

struct Send {
    mailer: Arc<dyn Mailer>,
}

#[async_trait]
impl Handler for Send {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let document = Document::read(&cx, request.param("id")).await?;
        if !document.kind.signers.contains(&Signer::Patient) {
            return Err(Error::refused(Code::BusinessRule, NOT_ASKED));
        }
        if !right::may(&cx, Verb::Write, Group::Consent, document.patient()).await? {
            return right::denied(&cx, "document-code", &document.id).await;
        }
        let number = u32::from_be_bytes(seal::random::<4>().map_err(Error::unavailable)?) % 1_000_000;
        let code = format!("{number:06}");
        let address = if self.mailer.is_ready() { address(&cx, &document).await? } else { None };
        let channel = if address.is_some() { "code-email" } else { "code-in-person" };
        keep(&cx, &document, &code, channel).await?;
        cx.tenant
            .audit_operation(&cx.ctx, "document-code", Some((ResourceType::DOCUMENT_REFERENCE, &document.id)))
            .await?;
        let told = match address {
            Some(address) => {
                let hidden = hidden(&address);
                self.mailer.send(mail(address, &code, cx.ctx.lang)).await?;
                Json::object([("channel", Json::string("email")), ("to", text(hidden))])
            }
            None => {
                let (first, last) = code.split_at(3);
                let shown = format!("{first} {last}");
                Json::object([("channel", Json::string("in-person")), ("code", text(shown))])
            }
        };
        Ok(RouteReply::json(200, &told))
    }
}

async fn address(cx: &RouteCtx, document: &Document) -> Result<Option<String>> {
    let found = crate::read::one(cx, ResourceType::PATIENT, document.patient()).await?;
    Ok(found.and_then(|found| crate::read::telecom(&found.json, "email")))
}

/// `c•••@e•••.org`
fn hidden(address: &str) -> String {
    let cut = |part: &str| part.chars().next().map(|first| format!("{first}•••")).unwrap_or_default();
    let Some((name, host)) = address.split_once('@') else { return cut(address) };
    let (domain, top) = host.rsplit_once('.').unwrap_or((host, ""));
    format!("{}@{}.{top}", cut(name), cut(domain))
}

/// Names neither the patient nor the document.
fn mail(to: String, code: &str, lang: Lang) -> Mail {
    let (subject, words) = match lang {
        Lang::Fr => (
            "Votre code de signature",
            "Votre code à usage unique est {code}. Il est valable 10 minutes. Donnez-le seulement pendant votre signature à la clinique.",
        ),
        Lang::En => (
            "Your signature code",
            "Your one-time code is {code}. It is valid for 10 minutes. Give it only while you sign at the clinic.",
        ),
        Lang::De => (
            "Ihr Unterschriftscode",
            "Ihr Einmalcode lautet {code}. Er gilt 10 Minuten. Geben Sie ihn nur bei Ihrer Unterschrift in der Klinik an.",
        ),
    };
    Mail { to, subject: subject.into(), text: words.replace("{code}", code) }
}

fn fingerprint(document: &Document, code: &str) -> String {
    crate::paper::hash(format!("{}|{code}", document.id).as_bytes())
}

async fn keep(cx: &RouteCtx, document: &Document, code: &str, channel: &'static str) -> Result<()> {
    let payload = kept(&fingerprint(document, code), TRIES, channel);
    let until = cx.ctx.clock.now_ms() + LASTS_MS;
    cx.hub.vault_put(cx.tenant.name(), DRAWER, &document.id, Some(until), &payload).await
}

fn kept(hash: &str, left: u8, channel: &str) -> Vec<u8> {
    Json::object([("hash", text(hash)), ("left", Json::integer(i64::from(left))), ("channel", text(channel))])
        .to_vec()
}

fn read(payload: &[u8]) -> Option<(String, u8, String)> {
    let json = fhir::json::parse(payload).ok()?;
    let left = json.get("left")?.as_number()?.parse().ok()?;
    Some((json.get_str("hash")?.to_string(), left, json.get_str("channel")?.to_string()))
}

/// Uses a code up; how it reached the signer.
///
/// # Errors
/// `Refused` with the tries that are left.
pub(super) async fn spend(cx: &RouteCtx, document: &Document, code: &str) -> Result<String> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let wrong = |left: u8| Error::from(Issue::error(Code::Security, CODE).at("code").arg("left", left));
    // A try is counted before it is looked at, so that many at once have no more of them.
    let counted = hub
        .vault_change(tenant, DRAWER, &document.id, |payload| {
            let (hash, left, channel) = read(payload)?;
            Some(kept(&hash, left.checked_sub(1)?, &channel))
        })
        .await?;
    if !counted {
        return Err(wrong(0));
    }
    let found = hub.vault(tenant, DRAWER, &document.id).await?.as_deref().and_then(read);
    let Some((hash, left, channel)) = found else { return Err(wrong(0)) };
    if hash != fingerprint(document, code) {
        return Err(wrong(left));
    }
    match hub.vault_take(tenant, DRAWER, &document.id).await? {
        Some(_) => Ok(channel),
        None => Err(wrong(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_hidden() {
        assert_eq!(hidden("claire@example.org"), "c•••@e•••.org");
        assert_eq!(hidden("é@x"), "é•••@x•••.");
    }
}
