//! `medhub token`: a bearer token on the standard output. Works while the hub serves: tokens live in the
//! registry, not in the tenants.

use crate::cli::Token;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use fhir::Lang;

pub async fn run(config: &Config, args: &Token) -> Result<()> {
    let purpose =
        store::purpose_parse(&args.purpose).map_err(|issue| Failure::text(issue.sentence(Lang::En)))?;
    let hub = install::hub_existing(config).await?;
    println!("{}", hub.token_issue(&args.tenant, &args.user, purpose, args.hours * 3600).await?);
    Ok(())
}
