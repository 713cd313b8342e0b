//! `medhub restore`: a backup into an empty data folder.

use crate::cli::Restore;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;

pub async fn run(config: &Config, args: &Restore) -> Result<()> {
    let _lock = install::lock(config)?;
    if !args.from.join("hub.db").exists() {
        return Err(Failure::text(format!("{} is no backup: it holds no hub.db", args.from.display())));
    }
    let copied = store::hub::restore(&args.from, &config.data, args.erased_in.as_deref())?;
    println!("{} tenants restored into {}.", copied.tenants, config.data.display());
    if !config.root_key().exists() {
        println!(
            "Put the root key of that installation at {}: without it nothing can be read.",
            config.root_key().display()
        );
    }
    Ok(())
}
