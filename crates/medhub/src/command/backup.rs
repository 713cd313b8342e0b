//! `medhub backup`: a sealed copy of the embedded store while it is in use.

use crate::cli::Backup;
use crate::config::Config;
use crate::failure::Result;
use crate::install;

pub async fn run(config: &Config, args: &Backup) -> Result<()> {
    let hub = install::hub_existing(config).await?;
    let copied = hub.backup(&args.out).await?;
    let (out, tenants, mib) = (args.out.display(), copied.tenants, copied.bytes as f64 / f64::from(1 << 20));
    println!("{tenants} tenants copied to {out} ({mib:.1} MiB), sealed as they are.");
    println!(
        "The patients' keys are in {out}/keyring: keep them for less long than the data, so that erasure holds."
    );
    println!("The root key is not part of it. Keep a copy of {} elsewhere.", config.root_key().display());
    Ok(())
}
