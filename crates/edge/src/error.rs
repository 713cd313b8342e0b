//! Why the edge cannot start or go on.

use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("the certificate or key in {} cannot be read: {cause}", .path.display())]
    Certificate { path: PathBuf, cause: String },
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}
