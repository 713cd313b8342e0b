//! Medical Hub, the program: commands, configuration, lifecycle, the embedded web app. It knows no medicine.

mod assets;
mod channels;
mod cli;
mod command;
mod config;
mod demo;
mod failure;
mod import;
mod install;
mod log;
mod mail;
mod memory;
mod policies;
mod reading;
mod serve;
mod upstream;

use clap::Parser;
use cli::{Cli, Command};
use failure::{Failure, Result};
use std::process::ExitCode;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("medhub: the runtime cannot be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(2),
        Err(failure) => {
            eprintln!("medhub: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<()> {
    let place = &cli.place;
    if let Command::Serve(args) = &cli.command {
        return serve::run(place, args).await;
    }
    if let Command::Config = &cli.command {
        print!("{}", config::print());
        return Ok(());
    }
    let config = install::config(place, &[])?;
    log::start(config::Level(tracing::Level::WARN.min(config.log.0)));
    match &cli.command {
        Command::Serve(_) | Command::Config => Ok(()),
        Command::Tenant(args) => command::tenant::run(&config, args).await,
        Command::User(args) => command::user::run(&config, args).await,
        Command::Token(args) => command::token::run(&config, args).await,
        Command::Import(args) => import::run(&config, args).await,
        Command::Export(args) => command::export::run(&config, args).await,
        Command::Backup(args) => command::backup::run(&config, args).await,
        Command::Restore(args) => command::restore::run(&config, args).await,
        Command::Erase(args) => command::erase::run(&config, args).await,
        Command::Audit(args) => command::audit::run(&config, args).await,
        Command::Doctor => command::doctor::run(&config).await,
    }
}

/// Languages of the letters that a clinic gets; those that are installed count.
const READ: &str = "fra+eng+deu";

/// The services of this program: the one place that names them.
fn catalog(parts: identity::Parts, channels: communication::Channels) -> Result<service::Catalog> {
    let mailer = parts.mailer.clone();
    service::Catalog::new(vec![
        Arc::new(identity::Identity::new(parts)),
        Arc::new(records::Records),
        Arc::new(scheduling::Scheduling::default()),
        Arc::new(surgery::Surgery),
        Arc::new(content::Content::new(mailer, Arc::new(reading::Programs::new(READ)))),
        Arc::new(workflow::Workflow),
        Arc::new(communication::Communication::new(channels)),
    ])
    .map_err(|error| Failure::text(format!("the services contradict each other: {error}")))
}
