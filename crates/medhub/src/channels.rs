//! Ways to reach patients, from the settings.

use crate::config::Config;
use crate::failure::{Failure, Result};
use communication::{Channels, Gateway, NoTexts, Sample, Texts};
use service::NoMail;
use std::sync::Arc;

/// # Errors
/// A token's file that cannot be read.
pub fn channels(config: &Config, parts: &identity::Parts) -> Result<Channels> {
    let sample = parts.sample.as_ref();
    let sample = sample.map(|sample| Sample {
        tenant: sample.tenant.clone(),
        mails: sample.outbox.clone(),
        texts: Arc::default(),
    });
    Ok(Channels { mailer: parts.mailer.clone(), texts: texts(config, parts)?, sample })
}

/// For commands that plan nothing.
pub fn none() -> Channels {
    Channels { mailer: Arc::new(NoMail), texts: Arc::new(NoTexts), sample: None }
}

fn texts(config: &Config, parts: &identity::Parts) -> Result<Arc<dyn Texts>> {
    let Some(url) = config.sms_url.clone() else { return Ok(Arc::new(NoTexts)) };
    let token = match &config.sms_token_file {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|e| Failure::file("read the token of the SMS gateway", file, &e))?;
            Some(text.trim().to_string())
        }
        None => None,
    };
    Ok(Arc::new(Gateway::new(url, token, parts.http.clone())))
}
