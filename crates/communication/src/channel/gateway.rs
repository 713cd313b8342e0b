//! Text messages by a gateway that speaks HTTP. The contract, for whoever adapts a provider to it:
//!
//! `POST <sms_url>` with `Authorization: Bearer <token>`, `Idempotency-Key: <reference>` and the JSON body
//! `{"to": "+33612345678", "text": "…", "reference": "…"}`. 2xx: taken. 400, 404, 410, 422: this number or text is
//! refused for good. Anything else, or no answer: tried again later, with the same reference.

use super::texts::{REFUSED, TextMessage, Texts};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Code, Json};
use service::{Http, HttpRequest, Method};
use std::sync::Arc;
use store::{Error, Result};

pub struct Gateway {
    url: String,
    token: Option<String>,
    http: Arc<dyn Http>,
}

impl Gateway {
    pub fn new(url: String, token: Option<String>, http: Arc<dyn Http>) -> Gateway {
        Gateway { url, token, http }
    }
}

#[async_trait]
impl Texts for Gateway {
    async fn send(&self, message: TextMessage) -> Result<()> {
        let body = Json::object([
            ("to", Json::string(message.to.as_str())),
            ("text", Json::string(message.text.as_str())),
            ("reference", Json::string(message.reference.as_str())),
        ]);
        let mut request = HttpRequest {
            method: Method::Post,
            url: self.url.clone(),
            headers: vec![("content-type", "application/json".to_string())],
            body: Bytes::from(body.to_vec()),
        }
        .with("idempotency-key", message.reference.clone());
        if let Some(token) = &self.token {
            request = request.with("authorization", format!("Bearer {token}"));
        }
        match self.http.send(request).await {
            Ok(reply) if (200..300).contains(&reply.status) => Ok(()),
            Ok(reply) if [400, 404, 410, 422].contains(&reply.status) => {
                Err(Error::refused(Code::Value, REFUSED))
            }
            Ok(reply) => Err(Error::Unavailable(format!("the SMS gateway answers {}", reply.status))),
            Err(error) => Err(Error::Unavailable(format!("the SMS gateway: {error}"))),
        }
    }
}
