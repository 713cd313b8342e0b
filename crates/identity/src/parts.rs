//! What the service is given from outside.

use crate::upstream::Provider;
use service::{Http, Mailer, NoHttp, NoMail, Outbox};
use std::sync::Arc;

/// Ports and settings. The default has no mail and no sample clinic.
#[derive(Clone)]
pub struct Parts {
    pub mailer: Arc<dyn Mailer>,
    /// `https://clinic.example`, when the operator says under which address people reach the hub. Links in
    /// mails are made of it: the `Host` of a request is not to be trusted for that.
    pub public_url: Option<String>,
    /// Number of the program, to show.
    pub version: String,
    pub sample: Option<Sample>,
    /// How other servers are asked: identity providers, key sets of clients.
    pub http: Arc<dyn Http>,
    /// Identity providers that people may sign in with.
    pub upstream: Vec<Provider>,
}

/// The sample clinic: its people need no second factor, and its mails go nowhere but to a page.
#[derive(Clone)]
pub struct Sample {
    pub tenant: String,
    pub outbox: Arc<Outbox>,
}

impl Default for Parts {
    fn default() -> Self {
        Parts {
            mailer: Arc::new(NoMail),
            public_url: None,
            version: String::new(),
            sample: None,
            http: Arc::new(NoHttp),
            upstream: Vec::new(),
        }
    }
}
