//! The connection of an outgoing call. The name is resolved once and the address checked, so that a name
//! cannot point elsewhere between the check and the call.

use super::HttpClientConfig;
use super::address::Target;
use crate::error::Error;
use service::HttpError;
use std::sync::Arc;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub fn tls() -> Result<TlsConnector, Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

pub async fn open(target: &Target, config: &HttpClientConfig) -> Result<TcpStream, HttpError> {
    let found = lookup_host((target.host.as_str(), target.port)).await;
    let mut refused = false;
    for address in found.map_err(|_| HttpError::Unreachable)?.take(8) {
        if !target.allows(address.ip(), config) {
            refused = true;
            continue;
        }
        if let Ok(stream) = TcpStream::connect(address).await {
            return Ok(stream);
        }
    }
    Err(if refused { HttpError::Address } else { HttpError::Unreachable })
}

pub async fn secure(
    tls: &TlsConnector,
    target: &Target,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, HttpError> {
    let name = ServerName::try_from(target.host.clone()).map_err(|_| HttpError::Address)?;
    tls.connect(name, stream).await.map_err(|_| HttpError::Unreachable)
}
