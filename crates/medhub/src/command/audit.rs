//! `medhub audit verify`: is every entry of the log the one that was signed, and do log and records tell of
//! the same writes?

use crate::cli::Audit;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;

pub async fn run(config: &Config, args: &Audit) -> Result<()> {
    let Audit::Verify { tenant } = args;
    let hub = install::hub_existing(config).await?;
    let verified = hub.audit_verify(tenant).await?;
    println!(
        "{} entries, {} of them signed; {} writes compared with the records.",
        verified.entries, verified.signed, verified.writes
    );
    if verified.waiting > 0 {
        println!("{} writes of the last moments are not in the log yet.", verified.waiting);
    }
    if verified.is_sound() {
        println!("Every entry is as it was written.");
        return Ok(());
    }
    for wrong in &verified.findings {
        println!("WRONG  {wrong}");
    }
    Err(Failure::Found)
}
