//! `medhub tenant …`

use crate::cli::Tenant;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use store::{NewTenant, TenantInfo};

pub async fn run(config: &Config, args: &Tenant) -> Result<()> {
    match args {
        Tenant::Create { name, title, host } => {
            let hub = install::hub(config).await?;
            let title = title.clone().unwrap_or_else(|| name.clone());
            hub.tenant_create(NewTenant { name: name.clone(), title, host: host.clone() }).await?;
            println!("tenant {name} created; its records: /t/{name}/fhir");
        }
        Tenant::List => {
            let hub = install::hub_existing(config).await?;
            for tenant in hub.tenants().await? {
                println!("{}", line(&tenant));
            }
        }
        Tenant::Show { name } => {
            let hub = install::hub_existing(config).await?;
            let tenant = hub.tenant_info(name).await?;
            println!("{}", line(&tenant));
            for account in hub.accounts(name).await? {
                println!("  {}", super::user::line(&account));
            }
        }
        Tenant::Suspend { name, off } => {
            let hub = install::hub_existing(config).await?;
            hub.tenant_suspend(name, !off).await?;
            println!("tenant {name} {}", if *off { "works again" } else { "is suspended" });
        }
        Tenant::Destroy { name, confirm } => {
            if name != confirm {
                return Err(Failure::text(
                    "--confirm does not repeat the tenant's name: nothing was destroyed",
                ));
            }
            let _lock = install::lock(config)?;
            install::hub_existing(config).await?.tenant_destroy(name).await?;
            println!("tenant {name} destroyed; copies of its data cannot be read any more");
        }
    }
    Ok(())
}

fn line(tenant: &TenantInfo) -> String {
    let created = jiff::Timestamp::from_millisecond(tenant.created).unwrap_or_default();
    let host = tenant.host.as_deref().unwrap_or("-");
    let state = if tenant.suspended { "suspended" } else { "active" };
    format!("{:<20} {state:<10} {host:<28} {}  {}", tenant.name, created.strftime("%Y-%m-%d"), tenant.title)
}
