//! `medhub serve`: opens the hub, wires the services to the edge, runs until it is told to stop.

use crate::assets::WebApp;
use crate::cli::{Place, Serve};
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::{catalog, channels, demo, install, log, mail, policies, upstream};
use service::{Pace, Runner};
use std::io::Write;
use std::sync::Arc;
use tokio::sync::watch;

pub async fn run(place: &Place, args: &Serve) -> Result<()> {
    let flags = [
        ("listen", args.listen.clone()),
        ("roles", args.roles.clone()),
        ("metrics_listen", args.metrics_listen.clone()),
        ("tls_self_signed", args.tls_self_signed.then(|| "true".to_string())),
    ];
    let config = install::config(place, &flags)?;
    log::start(config.log);
    let _lock = install::lock(&config)?;
    let hub = install::hub(&config).await?;
    hub.ties_set(identity::Ties::new(&hub));
    let watched = config.policies.clone().map(|folder| policies::keep(hub.clone(), folder));
    let parts = parts(&config, args)?;
    let channels = channels::channels(&config, &parts)?;
    let catalog = catalog(parts, channels)?;
    let runner = Runner::new(hub.clone(), &catalog, Pace::default());
    let sample = if args.demo { Some(demo::prepare(&hub, args.demo_seed).await?) } else { None };
    let (stop, stopped) = watch::channel(false);
    let reactions = config.roles.reactions.then(|| tokio::spawn(runner.clone().run(stopped.clone())));
    if config.roles.http {
        let edge_config = edge_config(&config)?;
        let server =
            edge::Server::bind(edge_config, hub.clone(), &catalog, runner, Arc::new(WebApp), sample.clone())
                .await
                .map_err(|e| Failure::text(format!("cannot listen on {}: {e}", config.listen)))?;
        welcome(&config, &server, sample.as_ref());
        server.run(asked_to_stop()).await.map_err(|e| Failure::text(e.to_string()))?;
    } else {
        asked_to_stop().await;
    }
    tracing::info!("stopping");
    let _ = stop.send(true);
    if let Some(watched) = watched {
        watched.abort();
    }
    if let Some(reactions) = reactions {
        let _ = reactions.await;
    }
    Ok(())
}

/// What the sign-in is given.
fn parts(config: &Config, args: &Serve) -> Result<identity::Parts> {
    let sample = identity::Sample { tenant: demo::TENANT.to_string(), outbox: Arc::default() };
    Ok(identity::Parts {
        mailer: mail::mailer(config)?,
        public_url: config.public_url.clone(),
        version: env!("CARGO_PKG_VERSION").to_string(),
        sample: args.demo.then_some(sample),
        http: upstream::http(config)?,
        upstream: upstream::providers(config)?,
    })
}

fn edge_config(config: &Config) -> Result<edge::Config> {
    let tls = match (&config.tls_certificate, &config.tls_key, config.tls_self_signed) {
        (Some(certificate), Some(key), _) => {
            Some(edge::Tls::Files { certificate: certificate.clone(), key: key.clone() })
        }
        (None, None, true) => Some(edge::Tls::SelfSigned { names: names(config) }),
        (None, None, false) => None,
        _ => return Err(Failure::text("tls_certificate and tls_key go together: one of them is missing")),
    };
    let mut edge = edge::Config {
        listen: config.listen,
        metrics: config.metrics_listen,
        tls,
        public_url: config.public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        cors_origins: config.cors_origins.clone(),
        ..edge::Config::default()
    };
    edge.limits.body_bytes = usize::try_from(config.body_mib << 20).unwrap_or(usize::MAX);
    edge.rates.caller = rate(config.rate_caller);
    edge.rates.address = rate(config.rate_address);
    edge.version = edge::Version {
        number: env!("CARGO_PKG_VERSION").to_string(),
        commit: env!("MEDHUB_COMMIT").to_string(),
        date: env!("MEDHUB_COMMIT_DATE").to_string(),
    };
    Ok(edge)
}

/// That many a second, and five seconds' worth at once.
fn rate(per_second: u64) -> edge::Rate {
    let per_second = u32::try_from(per_second).unwrap_or(u32::MAX);
    edge::Rate { per_second, burst: per_second.saturating_mul(5) }
}

/// Names for a certificate of our own making.
fn names(config: &Config) -> Vec<String> {
    let mut names = vec!["localhost".to_string(), config.listen.ip().to_string()];
    let public = config.public_url.as_deref().and_then(|url| url.split("://").nth(1));
    names.extend(public.and_then(|rest| rest.split(['/', ':']).next()).map(str::to_string));
    names
}

/// Says where to go, on the standard output: scripts read the address from here.
fn welcome(config: &Config, server: &edge::Server, sample: Option<&edge::Demo>) {
    let scheme = if config.tls_certificate.is_some() || config.tls_self_signed { "https" } else { "http" };
    let address = format!("{scheme}://{}", server.address());
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "Medical Hub answers at {address}");
    if let Some(metrics) = server.metrics_address() {
        let _ = writeln!(out, "Metrics at http://{metrics}/metrics");
    }
    if !WebApp::is_built() {
        let _ = writeln!(out, "The web app is not in this program: build it with `make build`.");
    }
    if let Some(sample) = sample {
        let _ = writeln!(out, "\nSample clinic, invented people. Open {address} and choose an account:");
        for account in &sample.accounts {
            let _ = writeln!(out, "  {:<28} {} ({})", account.user, account.title, account.roles.join(", "));
        }
        let _ = writeln!(out, "Their password, for sign-in by the form: {}", demo::PASSWORD);
        let (data, tenant) = (config.data.display(), &sample.tenant);
        let _ = writeln!(out, "\nFHIR at {address}/t/{tenant}/fhir, with a token from:");
        let _ = writeln!(out, "  medhub token --data {data} --tenant {tenant} --user admin");
    }
    let _ = out.flush();
}

/// Ends at Ctrl-C or SIGTERM.
async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
                return;
            }
            Err(error) => tracing::warn!(%error, "SIGTERM cannot be listened to"),
        }
    }
    let _ = interrupt.await;
}
