//! `GET documents/authority`: the certificate of the clinic's authority, for programs that are to trust its signatures.

use super::keys;
use crate::verb::file;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

/// Letters in a line (RFC 7468).
const WIDTH: usize = 64;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/authority",
        summary: "The certificate of the clinic's signature authority, PEM",
        access: Access::SignedIn,
        handler: Arc::new(Show),
    }
}

struct Show;

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let found = keys::authority(&cx).await?;
        let name = "attachment; filename=\"authority.pem\"";
        Ok(file("application/x-pem-file", name, pem(&found.certificate).into_bytes()))
    }
}

fn pem(der: &[u8]) -> String {
    let mut out = String::from("-----BEGIN CERTIFICATE-----\n");
    for (at, letter) in STANDARD.encode(der).chars().enumerate() {
        if at > 0 && at.is_multiple_of(WIDTH) {
            out.push('\n');
        }
        out.push(letter);
    }
    out.push_str("\n-----END CERTIFICATE-----\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short() {
        let text = pem(&[7; 100]);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert_eq!(text.lines().count(), 5);
    }
}
