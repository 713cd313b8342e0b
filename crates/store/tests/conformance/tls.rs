//! TLS to PostgreSQL: a server whose certificate we know is used, any other is not.

use crate::private_postgres::PrivatePostgres;
use crate::targets::Folder;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use store::postgres::Cluster;

const PORT: &str = "18187";

/// A certificate for `localhost` and its key, in files that the server may read.
fn certificate(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
    let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    if std::fs::metadata(folder).unwrap().uid() == 0
        && let Some((uid, gid)) = PrivatePostgres::account()
    {
        chown(&key, Some(uid), Some(gid)).unwrap();
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    (certificate, key)
}

#[tokio::test]
async fn only_a_certificate_that_we_know() {
    let folder = Folder::new();
    let (certificate, key) = certificate(folder.path(), "server");
    let (other, _) = self::certificate(folder.path(), "other");
    let (file, key) = (certificate.display().to_string(), key.display().to_string());
    let settings = [
        ("listen_addresses", "127.0.0.1"),
        ("port", PORT),
        ("ssl", "on"),
        ("ssl_cert_file", file.as_str()),
        ("ssl_key_file", key.as_str()),
    ];
    let Some(_postgres) = PrivatePostgres::start_with(&settings) else { return };
    let address = |roots: &Path| {
        format!(
            "postgres://medhub@localhost:{PORT}/postgres?hostaddr=127.0.0.1&sslmode=require&sslrootcert={}",
            roots.display()
        )
    };
    let cluster = Cluster::connect(&address(&certificate)).await.unwrap();
    assert!(cluster.registry().tenants().await.unwrap().is_empty());
    let refused = Cluster::connect(&address(&other)).await.err().expect("a certificate that we do not know");
    assert!(matches!(refused, store::Error::Unavailable(_)), "{refused}");
}
