//! `medhub erase`: destroys the key of one patient's record.

use crate::cli::Erase;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use store::Ctx;

pub async fn run(config: &Config, args: &Erase) -> Result<()> {
    if args.patient != args.confirm {
        return Err(Failure::text("--confirm does not repeat the patient's id: nothing was erased"));
    }
    let _lock = install::lock(config)?;
    let hub = install::hub_existing(config).await?;
    let tenant = hub.tenant(&args.tenant).await?;
    let ctx = Ctx { clock: hub.clock().clone(), ids: hub.ids().clone(), ..Ctx::system("erase") };
    let erased = tenant.erase_patient(&ctx, &args.patient).await?;
    println!(
        "The key of that record is destroyed: {} versions cannot be read any more, here or in a copy.",
        erased.versions
    );
    println!("Backups of the keyring that are older still hold the key: discard them.");
    Ok(())
}
