//! TLS 1.3 by rustls, on the same cryptographic library as everything else.

use crate::config::Tls;
use crate::error::Error;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, version::TLS13};

/// What accepts TLS connections.
///
/// # Errors
/// When the certificate or its key cannot be read or do not belong together.
pub fn acceptor(tls: &Tls) -> Result<TlsAcceptor, Error> {
    let (chain, key) = match tls {
        Tls::Files { certificate, key } => {
            let bad = |path: &std::path::Path, cause: String| Error::Certificate {
                path: path.to_path_buf(),
                cause,
            };
            let chain = CertificateDer::pem_file_iter(certificate)
                .and_then(|items| items.collect::<Result<Vec<_>, _>>())
                .map_err(|error| bad(certificate, error.to_string()))?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| bad(key, error.to_string()))?;
            (chain, key)
        }
        Tls::SelfSigned { names } => self_signed(names)?,
    };
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13])
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| Error::Tls(error.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn self_signed(names: &[String]) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let names = if names.is_empty() { vec!["localhost".to_string()] } else { names.to_vec() };
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| Error::Tls(error.to_string()))?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    Ok((vec![made.cert.der().clone()], PrivateKeyDer::Pkcs8(key)))
}
