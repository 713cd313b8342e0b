//! Mail by SMTP, encrypted. One server, named by the operator; the identity of the server is checked.

use async_trait::async_trait;
use fhir::{Code, Text};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use service::{Mail, Mailer};
use std::time::Duration;
use store::{Error, Result};

/// A mail server that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (port 465).
    Tls,
    /// Begun in clear and then encrypted, or given up (port 587).
    StartTls,
    /// In clear: only to a relay on this machine.
    None,
}

/// Where mails go.
#[derive(Clone)]
pub struct MailConfig {
    /// Host name of the server.
    pub server: String,
    pub port: u16,
    pub security: MailSecurity,
    pub user: Option<String>,
    pub password: Option<String>,
    /// `Clinique du Parc <ne-pas-repondre@clinique.example>`
    pub from: String,
}

/// The mail server.
pub struct Smtp {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// Nothing is sent or connected yet.
    ///
    /// # Errors
    /// What is wrong with the settings, in words for the operator.
    pub fn new(config: &MailConfig) -> std::result::Result<Smtp, String> {
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let from = config.from.parse().map_err(|_| "mail_from is no mail address".to_string())?;
        let local = ["localhost", "127.0.0.1", "::1"].contains(&config.server.as_str());
        let builder = match config.security {
            MailSecurity::Tls => Transport::relay(&config.server).map_err(|e| e.to_string())?,
            MailSecurity::StartTls => Transport::starttls_relay(&config.server).map_err(|e| e.to_string())?,
            MailSecurity::None if local => Transport::builder_dangerous(&config.server),
            MailSecurity::None => {
                return Err("mail_security = \"none\" only with a relay on this machine".into());
            }
        };
        let mut builder = builder.port(config.port).timeout(Some(PATIENCE));
        if let (Some(user), Some(password)) = (&config.user, &config.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Smtp { from, transport: builder.build() })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: Mail) -> Result<()> {
        let to: Mailbox = mail.to.parse().map_err(|_| Error::refused(Code::Value, BAD_ADDRESS))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text)
            .map_err(|_| Error::refused(Code::Value, BAD_ADDRESS))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if is_address(&error) => Err(Error::refused(Code::Value, REFUSED_ADDRESS)),
            // The server's words may hold the address: the operator reads its own log.
            Err(error) => {
                let kind = if error.is_permanent() { "refused" } else { "unreachable" };
                tracing::error!(kind, "the mail server did not take a mail");
                Err(Error::Unavailable(format!("the mail server: {kind}")))
            }
        }
    }
}

/// Whether the server refuses this address for good (RFC 5321 §4.2.3, RFC 3463 §3.2, RFC 7504); of other refusals the
/// sender may be to blame.
fn is_address(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(u16::from);
    code.is_some_and(|code| [510, 511, 521, 550, 551, 553, 556].contains(&code))
}

const REFUSED_ADDRESS: Text = Text {
    key: "mail.refused-address",
    fr: "Le serveur de courriel refuse cette adresse. Vérifiez-la, puis renvoyez.",
    en: "The mail server refuses this address. Check it, then send again.",
    de: "Der Mailserver lehnt diese Adresse ab. Prüfen Sie sie und senden Sie erneut.",
};
const BAD_ADDRESS: Text = Text {
    key: "mail.bad-address",
    fr: "L'adresse de courriel de ce compte n'est pas utilisable. Corrigez-la, puis renvoyez.",
    en: "This account's mail address cannot be used. Correct it, then send again.",
    de: "Die E-Mail-Adresse dieses Kontos ist nicht verwendbar. Berichtigen Sie sie und senden Sie erneut.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

    fn config(security: MailSecurity, server: &str, port: u16) -> MailConfig {
        let from = "Clinique <non@clinique.example>".to_string();
        MailConfig { server: server.into(), port, security, user: None, password: None, from }
    }

    #[test]
    fn settings_that_would_send_in_clear_are_refused() {
        assert!(Smtp::new(&config(MailSecurity::None, "smtp.example", 25)).is_err());
        assert!(Smtp::new(&config(MailSecurity::None, "127.0.0.1", 25)).is_ok());
        assert!(
            Smtp::new(&MailConfig { from: "x".into(), ..config(MailSecurity::Tls, "a.example", 465) })
                .is_err()
        );
    }

    #[tokio::test]
    async fn a_mail_reaches_a_server() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 test\r\n").await.unwrap();
            let (mut seen, mut in_data) = (Vec::new(), false);
            while let Some(line) = lines.next_line().await.unwrap() {
                let answer = match line.split(' ').next().unwrap_or("") {
                    "." => "250 taken\r\n",
                    _ if in_data => "",
                    "DATA" => "354 go on\r\n",
                    "QUIT" => "221 bye\r\n",
                    _ => "250 fine\r\n",
                };
                in_data = line == "DATA" || in_data && line != ".";
                let quit = line == "QUIT" || line == ".";
                seen.push(line);
                write.write_all(answer.as_bytes()).await.unwrap();
                if quit {
                    break;
                }
            }
            seen.join("\n")
        });
        let smtp = Smtp::new(&config(MailSecurity::None, "127.0.0.1", port)).unwrap();
        let mail = Mail {
            to: "claire@clinique.example".into(),
            subject: "Votre compte".into(),
            text: "Bonjour".into(),
        };
        smtp.send(mail).await.unwrap();
        let seen = server.await.unwrap();
        assert!(
            seen.contains("RCPT TO:<claire@clinique.example>") && seen.contains("Subject: Votre compte"),
            "{seen}"
        );
    }
}
