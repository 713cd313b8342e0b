//! The mail server, from the settings.

use crate::config::Config;
use crate::failure::{Failure, Result};
use edge::{MailConfig, MailSecurity, Smtp};
use service::{Mailer, NoMail};
use std::sync::Arc;

/// Whoever takes mails; nobody when no server is named.
///
/// # Errors
/// Settings that contradict each other.
pub fn mailer(config: &Config) -> Result<Arc<dyn Mailer>> {
    let Some(server) = config.mail_server.clone() else { return Ok(Arc::new(NoMail)) };
    let security = match config.mail_security.as_str() {
        "tls" => MailSecurity::Tls,
        "starttls" => MailSecurity::StartTls,
        "none" => MailSecurity::None,
        _ => return Err(Failure::text("mail_security is tls, starttls or none")),
    };
    let password = match &config.mail_password_file {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|e| Failure::file("read the password of the mail server", file, &e))?;
            Some(text.trim_end_matches(['\r', '\n']).to_string())
        }
        None => None,
    };
    let from = config.mail_from.clone();
    let smtp = Smtp::new(&MailConfig {
        server,
        port: u16::try_from(config.mail_port).map_err(|_| Failure::text("mail_port is no port"))?,
        security,
        user: config.mail_user.clone(),
        password,
        from: from.ok_or_else(|| Failure::text("mail_server wants mail_from, the sender of the mails"))?,
    });
    Ok(Arc::new(smtp.map_err(Failure::text)?))
}
