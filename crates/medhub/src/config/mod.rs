//! The configuration: one list of settings, from which come the typed struct, the reader, the refusal of
//! unknown keys and the documentation (`medhub config`).
//!
//! A setting is taken from the command line, else from `MEDHUB_…`, else from `medhub.toml`, else its default.

mod print;
mod value;

pub use print::print;
pub use value::{Level, Roles, Value};

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// One setting, for people.
pub struct Setting {
    pub key: &'static str,
    pub kind: &'static str,
    pub default: &'static str,
    pub doc: &'static [&'static str],
}

/// What is wrong with the configuration. Values are never repeated: one may be a password.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {0} cannot be read: {1}")]
    Unreadable(PathBuf, String),
    #[error("the configuration file {0} is no TOML: {1}")]
    NotToml(PathBuf, String),
    #[error("{place}: there is no setting \"{key}\"{hint}; `medhub config` lists them all")]
    Unknown { place: String, key: String, hint: String },
    #[error("{place}: the setting \"{key}\" wants {kind}")]
    BadValue { place: String, key: String, kind: &'static str },
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])* $key:ident : $kind:ty = $default:literal;)*) => {
        /// The settings of an installation, typed.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Config { $($(#[doc = $doc])* pub $key: $kind,)* }

        /// All settings, in the order of the documentation.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            key: stringify!($key),
            kind: <$kind as Value>::KIND,
            default: $default,
            doc: &[$($doc),*],
        }),*];

        impl Config {
            /// Reads each setting from its text, with the place it was found in.
            fn read(found: &BTreeMap<String, Found>) -> Result<Config, ConfigError> {
                Ok(Config { $($key: setting::<$kind>(found, stringify!($key), $default)?,)* })
            }
        }
    };
}

settings! {
    /// Folder of the embedded store, of the keys and of temporary files.
    data: PathBuf = "./data";
    /// Address on which the hub answers HTTP. Port 0 takes a free one and prints it.
    listen: SocketAddr = "127.0.0.1:8080";
    /// Address of the metrics page (Prometheus); keep it off public networks. Empty: no metrics.
    metrics_listen: Option<SocketAddr> = "";
    /// A PostgreSQL database (postgres://user@host/name) instead of the embedded store.
    database: Option<String> = "";
    /// What this node does. Several nodes can share one database and the work.
    roles: Roles = "http,reactions";
    /// Name of this node, for its part of the audit log of a shared database.
    node: String = "node1";
    /// Address under which people reach this hub, such as https://hub.example.org. Empty: what each request says.
    public_url: Option<String> = "";
    /// Addresses of reverse proxies whose X-Forwarded-… headers are believed.
    trusted_proxies: Vec<IpAddr> = "";
    /// Web origins, other than our own, whose pages may call the API.
    cors_origins: Vec<String> = "";
    /// File of the root key, which guards all other keys. Empty: root.key in the data folder.
    key_file: Option<PathBuf> = "";
    /// File with the passphrase that seals the root key file. Empty: the key file's own protection is its mode.
    passphrase_file: Option<PathBuf> = "";
    /// Folder of access policies of your own making. While it does not load, every access is denied. Empty: those
    /// that the program carries.
    policies: Option<PathBuf> = "";
    /// Certificate chain (PEM) for HTTPS.
    tls_certificate: Option<PathBuf> = "";
    /// Private key (PEM) of that certificate.
    tls_key: Option<PathBuf> = "";
    /// Answer HTTPS with a certificate of our own making, for trials.
    tls_self_signed: bool = "false";
    /// Memory for opened resources, per tenant, in MiB. 0: a sixteenth of the machine's memory, from 64 to 1,024.
    cache_mib: u64 = "0";
    /// Requests a second allowed to one account. 0: no limit. Programs on the same machine are not limited.
    rate_caller: u64 = "200";
    /// Requests a second allowed to one address, all its accounts together. 0: no limit.
    rate_address: u64 = "1000";
    /// Largest request body, in MiB.
    body_mib: u64 = "50";
    /// Mail server (SMTP) for invitations and forgotten passwords. Empty: no mail leaves.
    mail_server: Option<String> = "";
    /// Port of the mail server.
    mail_port: u64 = "465";
    /// How the connection to it is protected: tls, starttls, or none (only with a relay on this machine).
    mail_security: String = "tls";
    /// Account at the mail server, if it wants one.
    mail_user: Option<String> = "";
    /// File with the password of that account.
    mail_password_file: Option<PathBuf> = "";
    /// Sender of the mails, such as Clinique du Parc <ne-pas-repondre@clinique.example>.
    mail_from: Option<String> = "";
    /// SMS gateway for reminders: an address that takes what docs/sms.md says. Empty: no text message leaves.
    sms_url: Option<String> = "";
    /// File with the gateway's token.
    sms_token_file: Option<PathBuf> = "";
    /// Pro Santé Connect: the client's name as the ANS gave it. Empty: no sign-in by Pro Santé Connect.
    psc_client_id: Option<String> = "";
    /// File with the client's secret.
    psc_client_secret_file: Option<PathBuf> = "";
    /// Issuer: production, or the sandbox https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet.
    psc_issuer: String = "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet";
    /// Another identity provider (OpenID Connect: Keycloak, Entra), by its issuer. Empty: none.
    oidc_issuer: Option<String> = "";
    /// What its button says.
    oidc_title: String = "Annuaire de l'établissement";
    /// The client's name there.
    oidc_client_id: String = "medhub";
    /// File with the client's secret. Empty: a public client.
    oidc_client_secret_file: Option<PathBuf> = "";
    /// Whether a sign-in there counts as two factors.
    oidc_second_factor: bool = "false";
    /// Tenant that it serves. Empty: all.
    oidc_tenant: Option<String> = "";
    /// Whether servers in private networks may be called: an identity provider or a key set inside the clinic.
    http_private_networks: bool = "false";
    /// How much is logged.
    log: Level = "info";
}

/// A setting's text and where it stood.
#[derive(Clone, Debug)]
struct Found {
    text: String,
    place: String,
}

fn setting<T: Value>(
    found: &BTreeMap<String, Found>,
    key: &str,
    default: &'static str,
) -> Result<T, ConfigError> {
    let (text, place) = found.get(key).map_or((default, "default"), |f| (&f.text, &f.place));
    T::parse(text).ok_or_else(|| ConfigError::BadValue {
        place: place.into(),
        key: key.into(),
        kind: T::KIND,
    })
}

impl Config {
    /// Reads the file (if any), the environment and the flags, in rising order of weight.
    ///
    /// # Errors
    /// Unreadable file, unknown key, value of the wrong kind: each names its place.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: &[(&str, Option<String>)],
    ) -> Result<Config, ConfigError> {
        let mut found = match file {
            Some(file) => from_file(file)?,
            None => BTreeMap::new(),
        };
        for (name, text) in environment {
            let Some(key) = name.strip_prefix("MEDHUB_").map(str::to_lowercase) else { continue };
            // Names that tools around the program use, not settings.
            if ["config", "test_data", "url", "bin", "definitions"].contains(&key.as_str())
                || key.starts_with("test_")
            {
                continue;
            }
            known(&key, "environment")?;
            found.insert(key, Found { text, place: format!("environment variable {name}") });
        }
        for (key, text) in flags {
            if let Some(text) = text {
                let place = format!("--{}", key.replace('_', "-"));
                found.insert((*key).to_string(), Found { text: text.clone(), place });
            }
        }
        Config::read(&found)
    }

    pub fn cache_bytes(&self) -> u64 {
        match self.cache_mib {
            0 => crate::memory::machine_bytes().map_or(64 << 20, |all| (all / 16).clamp(64 << 20, 1 << 30)),
            given => given.saturating_mul(1 << 20),
        }
    }

    pub fn root_key(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data.join("root.key"))
    }
}

fn known(key: &str, place: &str) -> Result<(), ConfigError> {
    if SETTINGS.iter().any(|s| s.key == key) {
        return Ok(());
    }
    let near = SETTINGS.iter().find(|s| s.key.starts_with(key.get(..4).unwrap_or(key)));
    let hint = near.map_or(String::new(), |s| format!(" (did you mean \"{}\"?)", s.key));
    Err(ConfigError::Unknown { place: place.to_string(), key: key.chars().take(60).collect(), hint })
}

fn from_file(file: &Path) -> Result<BTreeMap<String, Found>, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| ConfigError::Unreadable(file.to_path_buf(), e.to_string()))?;
    let table: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| ConfigError::NotToml(file.to_path_buf(), e.message().to_string()))?;
    let place = file.display().to_string();
    let mut found = BTreeMap::new();
    for (key, value) in table {
        known(&key, &place)?;
        let text = as_text(&value).ok_or_else(|| {
            let kind = SETTINGS.iter().find(|s| s.key == key).map_or("", |s| s.kind);
            ConfigError::BadValue { place: place.clone(), key: key.clone(), kind }
        })?;
        found.insert(key, Found { text, place: place.clone() });
    }
    Ok(found)
}

/// A TOML value as a setting's text; lists are joined by commas.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(as_text).collect();
            texts.map(|t| t.join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
