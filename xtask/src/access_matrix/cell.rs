//! One request and its answer.

use super::connect;
use crate::bench::client::{Answer, Connection, Request};

/// A connection that is opened again when the server closes it.
pub struct Wire {
    port: u16,
    connection: Connection,
}

impl Wire {
    pub async fn open(port: u16) -> Result<Wire, String> {
        Ok(Wire { port, connection: connect(port).await? })
    }

    /// # Errors
    /// The server does not answer.
    pub async fn send(
        &mut self,
        token: Option<&str>,
        method: &str,
        target: &str,
        body: &str,
    ) -> Result<Answer, String> {
        let kind = if target.contains("/api/") { "application/json" } else { "application/fhir+json" };
        let mut headers = vec![("Prefer".to_string(), "return=minimal".to_string())];
        headers.extend(token.map(|token| ("Authorization".to_string(), format!("Bearer {token}"))));
        if !body.is_empty() {
            headers.push(("Content-Type".into(), kind.into()));
        } else if method != "GET" {
            headers.push(("Content-Length".into(), "0".into()));
        }
        let request = Request::new(method, target, &headers, body.as_bytes());
        // Many actors write the same records at once: who is told to come again, comes again.
        for _ in 0..5 {
            let answer = self.once(&request).await.map_err(|e| format!("{method} {target}: {e}"))?;
            if answer.status != 503 {
                return Ok(answer);
            }
        }
        self.once(&request).await.map_err(|e| format!("{method} {target}: {e}"))
    }

    async fn once(&mut self, request: &Request) -> Result<Answer, String> {
        if let Ok(answer) = self.connection.send(request, true).await {
            return Ok(answer);
        }
        self.connection = connect(self.port).await?;
        self.connection.send(request, true).await.map_err(|e| e.to_string())
    }
}

/// What a cell should answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Allowed,
    Denied,
    /// 401: nobody is signed in.
    SignIn,
}

impl Expected {
    pub fn of(allowed: bool) -> Expected {
        if allowed { Expected::Allowed } else { Expected::Denied }
    }

    /// Whether a status is an answer of that kind. Denied may look absent, so that nobody learns what exists.
    pub fn fits(self, status: u16) -> bool {
        match self {
            Expected::Allowed => matches!(status, 200 | 201 | 204),
            Expected::Denied => matches!(status, 403 | 404),
            // Too many tokens that count no more, from one address, are slowed down.
            Expected::SignIn => matches!(status, 401 | 429),
        }
    }
}
