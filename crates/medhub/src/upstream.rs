//! Identity providers and outgoing calls, from the settings.

use crate::config::Config;
use crate::failure::{Failure, Result};
use identity::upstream::{Kind, Provider};
use service::Http;
use std::path::PathBuf;
use std::sync::Arc;

/// Who calls other servers for the services.
///
/// # Errors
/// When TLS cannot be set up.
pub fn http(config: &Config) -> Result<Arc<dyn Http>> {
    let limits = edge::HttpClientConfig {
        private_networks: config.http_private_networks,
        // A hub that listens on this machine alone, and is not reached through a proxy either, is being tried
        // out: its apps are here too.
        loopback: config.listen.ip().is_loopback() && config.public_url.is_none(),
        ..edge::HttpClientConfig::default()
    };
    let client = edge::HttpClient::new(limits);
    client.map(edge::HttpClient::port).map_err(|error| Failure::text(error.to_string()))
}

/// # Errors
/// A secret's file that cannot be read.
pub fn providers(config: &Config) -> Result<Vec<Provider>> {
    let mut providers = Vec::new();
    if let Some(client) = &config.psc_client_id {
        let secret = secret(config.psc_client_secret_file.as_ref())?;
        providers.push(Provider::pro_sante_connect(&config.psc_issuer, client, secret));
    }
    if let Some(issuer) = &config.oidc_issuer {
        providers.push(Provider {
            id: "oidc".into(),
            title: config.oidc_title.clone(),
            kind: Kind::OpenId,
            issuer: issuer.clone(),
            discovery: None,
            client_id: config.oidc_client_id.clone(),
            client_secret: secret(config.oidc_client_secret_file.as_ref())?,
            scopes: "profile".into(),
            acr: None,
            second_factor: config.oidc_second_factor,
            simulator: false,
            tenant: config.oidc_tenant.clone(),
        });
    }
    Ok(providers)
}

fn secret(file: Option<&PathBuf>) -> Result<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let text = std::fs::read_to_string(file)
        .map_err(|e| Failure::file("read the secret of the identity provider", file, &e))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_string()))
}
