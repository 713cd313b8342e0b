//! The address of the database, and the certificates that its server may show.

use crate::error::{Error, Result};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, version::TLS13};

/// libpq's name for a file of certificate authorities; the system's are used without it.
const ROOTS: &str = "sslrootcert";

/// Where the database is, and how its server is believed.
#[derive(Clone)]
pub(super) struct Address {
    pub config: Config,
    pub tls: MakeRustlsConnect,
}

impl Address {
    /// Reads `postgres://user@host/database?…`, with libpq's `sslmode` (disable, prefer, require) and
    /// `sslrootcert`. A server on another machine must speak TLS unless `sslmode=disable` says otherwise; a
    /// certificate that is shown is always verified.
    ///
    /// # Errors
    /// `Unavailable` when the address or the certificates cannot be read.
    pub fn read(text: &str) -> Result<Address> {
        let (text, roots) = without_roots(text);
        let bad = || Error::Unavailable("the address of the database cannot be read".into());
        let mut config: Config = text.parse().map_err(|_| bad())?;
        config.application_name("medhub").connect_timeout(Duration::from_secs(5));
        config.keepalives_idle(Duration::from_secs(15)).tcp_user_timeout(Duration::from_secs(15));
        let far = config.get_hosts().iter().any(|host| !is_near(host));
        if far && config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(SslMode::Require);
        }
        let mut store = RootCertStore::empty();
        match &roots {
            Some(file) => read_file(Path::new(file), &mut store)?,
            None if config.get_ssl_mode() == SslMode::Require => {
                store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
            None => {}
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(&[&TLS13])
            .map_err(Error::unavailable)?
            .with_root_certificates(store)
            .with_no_client_auth();
        Ok(Address { config, tls: MakeRustlsConnect::new(tls) })
    }
}

/// The address without `sslrootcert`, and its value, decoded.
fn without_roots(text: &str) -> (String, Option<String>) {
    let Some((address, query)) = text.split_once('?') else { return (text.to_string(), None) };
    let (mut kept, mut roots) = (Vec::new(), None);
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some((ROOTS, value)) => roots = Some(value.replace("%2F", "/").replace("%20", " ")),
            _ => kept.push(pair),
        }
    }
    let kept = kept.join("&");
    (if kept.is_empty() { address.to_string() } else { format!("{address}?{kept}") }, roots)
}

fn is_near(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

fn read_file(file: &Path, store: &mut RootCertStore) -> Result<()> {
    let bad = |why: String| Error::Unavailable(format!("{ROOTS} of the database's address: {why}"));
    let certificates = CertificateDer::pem_file_iter(file).map_err(|e| bad(e.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|e| bad(e.to_string()))?;
        store.add(certificate).map_err(|e| bad(e.to_string()))?;
    }
    if store.is_empty() { Err(bad("the file holds no certificate".into())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(text: &str) -> SslMode {
        Address::read(text).map(|a| a.config.get_ssl_mode()).unwrap_or(SslMode::Disable)
    }

    #[test]
    fn a_far_server_must_speak_tls() {
        assert_eq!(mode("postgres://u@db.example/x"), SslMode::Require);
        assert_eq!(mode("postgres://u@db.example/x?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://u@127.0.0.1/x"), SslMode::Prefer);
        assert_eq!(mode("postgres://u@/x?host=/run/postgresql"), SslMode::Prefer);
    }

    #[test]
    fn finds_the_certificates() {
        let (address, roots) = without_roots("postgres://u@h/x?sslmode=require&sslrootcert=%2Fetc%2Fca.pem");
        assert_eq!(
            (address.as_str(), roots.as_deref()),
            ("postgres://u@h/x?sslmode=require", Some("/etc/ca.pem"))
        );
        assert!(Address::read("postgres://u@h/x?sslrootcert=/nowhere/ca.pem").is_err());
    }
}
