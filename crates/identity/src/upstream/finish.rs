//! `POST auth/upstream/finish {ticket, nonce}`: the page that began opens the session.

use super::callback::{Refusal, Returned, TICKETS};
use super::{Upstream, text};
use crate::oauth::encode::{s256, same};
use crate::oauth::stored;
use crate::sign_in::session::{self, How};
use crate::sign_in::{credential, json, login};
use fhir::{Code, Text};
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

#[derive(Deserialize)]
struct Asked {
    ticket: String,
    nonce: String,
}

pub async fn finish(up: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let over = || Error::refused(Code::Login, text::OVER);
    let found = cx.hub.vault_take(cx.tenant.name(), TICKETS, &asked.ticket).await?.ok_or_else(over)?;
    let returned: Returned = stored(&found)?;
    if !same(&returned.page, &s256(&asked.nonce)) {
        return Err(over());
    }
    if let Some(refusal) = returned.refusal {
        return refuse(&cx, sentence(refusal)).await;
    }
    let account = match returned.account {
        Some(id) => cx.hub.account_by_id(cx.tenant.name(), id).await?.filter(crate::sign_in::desk::may_enter),
        None => None,
    };
    let Some(account) = account else { return refuse(&cx, text::UNKNOWN).await };
    let first = format!("upstream:{}", returned.provider);
    let credential = credential::load(&cx.hub, cx.tenant.name(), account.id).await?;
    let reply = if !returned.second_factor && credential.has_second_factor() {
        // One factor elsewhere does not spare the second one here.
        let knock = up.desk.knock(&cx, &request, Some(account.id), "").await?;
        login::proceed(&up.desk, &cx, &request, &account, &credential, &knock, &first).await?
    } else {
        let mut amr = vec![first];
        amr.extend(returned.amr);
        let how = How { amr, second_factor: returned.second_factor, fresh: returned.fresh };
        session::start(&up.desk, &cx, &request, &account, how).await?
    };
    Ok(session::with_member(reply, "return", returned.back))
}

async fn refuse(cx: &RouteCtx, why: Text) -> Result<RouteReply> {
    cx.tenant.audit_sign_in(&cx.ctx, "upstream", false).await?;
    Err(Error::refused(Code::Forbidden, why))
}

fn sentence(refusal: Refusal) -> Text {
    match refusal {
        Refusal::There => text::THERE,
        Refusal::Answer => text::ANSWER,
        Refusal::Unknown => text::UNKNOWN,
    }
}
