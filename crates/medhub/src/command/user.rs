//! `medhub user …`

use crate::cli::User;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use identity::account::operator;
use store::Role;
use store::hub::AccountInfo;

pub async fn run(config: &Config, args: &User) -> Result<()> {
    let hub = install::hub_existing(config).await?;
    match args {
        User::Create { tenant, name, roles, practitioner } => {
            let roles: Vec<Role> = roles.iter().map(|r| role(r)).collect::<Result<_>>()?;
            hub.account_create(tenant, name, &roles, practitioner.as_deref()).await?;
            println!("account {name} created in {tenant}");
        }
        User::List { tenant } => {
            for account in hub.accounts(tenant).await? {
                println!("{}", line(&account));
            }
        }
        User::Invite { tenant, name } => {
            let token = operator::invitation(&hub, tenant, name).await?;
            let standard = format!("http://{}", config.listen);
            let origin = config.public_url.as_deref().unwrap_or(&standard).trim_end_matches('/');
            println!("{origin}/invitation#token={token}&tenant={tenant}");
        }
        User::Password { tenant, name } => {
            let mut typed = String::new();
            std::io::stdin()
                .read_line(&mut typed)
                .map_err(|e| Failure::text(format!("the password cannot be read: {e}")))?;
            operator::password(&hub, tenant, name, typed.trim_end_matches(['\r', '\n'])).await?;
            println!("password of {name} set; all its sessions are ended");
        }
        User::ResetFactors { tenant, name } => {
            operator::reset_factors(&hub, tenant, name).await?;
            println!("second factors of {name} removed; all its sessions are ended");
        }
        User::Disable { tenant, name } => {
            hub.account_disable(tenant, name).await?;
            println!("account {name} disabled; its tokens stop working within a second");
        }
    }
    Ok(())
}

pub fn line(account: &AccountInfo) -> String {
    let roles: Vec<&str> = account.roles.iter().map(|r| r.as_str()).collect();
    let state = if account.disabled { "disabled" } else { "active" };
    format!("{:<28} {state:<9} {}", account.name, roles.join(", "))
}

fn role(text: &str) -> Result<Role> {
    Role::parse(text).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
        Failure::text(format!("there is no such role; choose from {}", all.join(", ")))
    })
}
