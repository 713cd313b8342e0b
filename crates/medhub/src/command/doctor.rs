//! `medhub doctor`: what is wrong with this installation, in sentences, with what to do.

use crate::assets::WebApp;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use std::net::TcpListener;
use std::path::Path;

/// What the examination found.
#[derive(Default)]
struct Findings {
    problems: usize,
}

impl Findings {
    fn fine(&self, text: impl std::fmt::Display) {
        println!("  ok       {text}");
    }

    fn note(&self, text: impl std::fmt::Display) {
        println!("  note     {text}");
    }

    fn problem(&mut self, text: impl std::fmt::Display) {
        self.problems += 1;
        println!("  PROBLEM  {text}");
    }
}

pub async fn run(config: &Config) -> Result<()> {
    let mut findings = Findings::default();
    program(config, &mut findings);
    let there = folder(config, &mut findings);
    network(config, &mut findings);
    if there {
        store(config, &mut findings).await;
    }
    match findings.problems {
        0 => {
            println!("Nothing is wrong.");
            Ok(())
        }
        1 => {
            println!("One problem.");
            Err(Failure::Found)
        }
        n => {
            println!("{n} problems.");
            Err(Failure::Found)
        }
    }
}

fn program(config: &Config, findings: &mut Findings) {
    findings
        .fine(format_args!("medhub {} reads its configuration without error.", env!("CARGO_PKG_VERSION")));
    if WebApp::is_built() {
        findings.fine("The web app is in the program.");
    } else {
        findings.note("The web app is not in this program; `make build` puts it in.");
    }
    if config.tls_certificate.is_some() != config.tls_key.is_some() {
        findings.problem("tls_certificate and tls_key go together: one of them is missing.");
    }
    for file in [&config.tls_certificate, &config.tls_key, &config.passphrase_file].into_iter().flatten() {
        if let Err(error) = std::fs::File::open(file) {
            findings.problem(format_args!("{} cannot be read: {error}.", file.display()));
        }
    }
}

/// Whether there is an installation to look into.
fn folder(config: &Config, findings: &mut Findings) -> bool {
    let data = config.data.display();
    if config.database.is_none() && !config.data.join("hub.db").exists() {
        findings.note(format_args!(
            "There is no installation in {data} yet: `medhub tenant create` or `medhub serve --demo` makes one."
        ));
        return false;
    }
    if config.database.is_none() {
        findings.fine(format_args!("The embedded store is in {data}."));
    }
    private(&config.data, "the data folder", findings);
    let key = config.root_key();
    if key.exists() {
        private(&key, "the root key", findings);
        if key.starts_with(&config.data) && config.passphrase_file.is_none() {
            findings.note(format_args!(
                "The root key lies unsealed beside the data it guards ({}). For real patients keep it elsewhere \
                 (key_file) or sealed (passphrase_file), and a copy off this machine.",
                key.display()
            ));
        }
    } else {
        findings.problem(format_args!(
            "The root key {} is not there: without it nothing can be read. Put your copy of it back.",
            key.display()
        ));
        return false;
    }
    true
}

#[cfg(unix)]
fn private(path: &Path, what: &str, findings: &mut Findings) {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_file() && meta.permissions().mode() & 0o077 != 0 => findings
            .problem(format_args!("Others on this machine can read {what}: `chmod 600 {}`.", path.display())),
        Ok(meta) if meta.permissions().mode() & 0o002 != 0 => findings.problem(format_args!(
            "Others on this machine can write {what}: `chmod 700 {}`.",
            path.display()
        )),
        Ok(_) => {}
        Err(error) => {
            findings.problem(format_args!("{what} ({}) cannot be looked at: {error}.", path.display()))
        }
    }
}

#[cfg(not(unix))]
fn private(_: &Path, _: &str, _: &mut Findings) {}

fn network(config: &Config, findings: &mut Findings) {
    let secured =
        config.tls_certificate.is_some() || config.tls_self_signed || !config.trusted_proxies.is_empty();
    if !config.listen.ip().is_loopback() && !secured {
        findings.problem(format_args!(
            "{} is reachable from other machines without encryption: set tls_certificate and tls_key, or put a \
             proxy in front and name it in trusted_proxies.",
            config.listen
        ));
    }
    if config.metrics_listen.is_some_and(|address| !address.ip().is_loopback()) {
        findings.note("The metrics page is reachable from other machines: keep it inside your own network.");
    }
    if install::locked(config) {
        findings.fine("A medhub is at work on this installation.");
    } else if let Err(error) = TcpListener::bind(config.listen) {
        findings.problem(format_args!(
            "{} cannot be listened on: {error}. Choose another address (listen).",
            config.listen
        ));
    }
}

async fn store(config: &Config, findings: &mut Findings) {
    let hub = match install::hub_existing(config).await {
        Ok(hub) => hub,
        Err(error) => return findings.problem(format_args!("The store does not open: {error}.")),
    };
    let tenants = match hub.tenants().await {
        Ok(tenants) => tenants,
        Err(error) => return findings.problem(format_args!("The tenants cannot be listed: {error}.")),
    };
    if tenants.is_empty() {
        findings.note("There is no tenant yet: `medhub tenant create NAME` makes one.");
    }
    // While another process writes, only it may open the tenants.
    if !install::locked(config) {
        for tenant in tenants.iter().filter(|t| !t.suspended) {
            match hub.tenant(&tenant.name).await {
                Ok(_) => findings.fine(format_args!("Tenant {} opens with its keys.", tenant.name)),
                Err(error) => {
                    findings.problem(format_args!("Tenant {} does not open: {error}.", tenant.name))
                }
            }
        }
        let health = hub.health().await;
        if !health.database || !health.audit {
            findings.problem(
                "The store or its audit log cannot be written: look at the disk and its permissions.",
            );
        }
    }
    if let Some(free) = hub.health().await.disk_free {
        let percent = free * 100.0;
        if free <= store::hub::Health::DISK_FREE_MIN {
            findings.problem(format_args!(
                "Only {percent:.1} % of the disk is free: the hub is not ready below 5 %."
            ));
        } else {
            findings.fine(format_args!("{percent:.0} % of the disk is free."));
        }
    }
}
