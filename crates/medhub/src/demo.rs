//! The sample clinic as a tenant, filled at the first start.

use crate::failure::{Failure, Result};
use crate::import::{Batch, Place, Report, Unit, commit_all};
use bytes::Bytes;
use identity::account::operator;
use std::sync::Arc;
use store::{Ctx, Hub, NewTenant, Role};

/// Name of the sample tenant.
pub const TENANT: &str = "demo";
/// Password of all sample accounts: public, for invented people alone.
pub const PASSWORD: &str = "Clinique-exemple-2026";

/// Makes the tenant `demo` and fills it, unless that was done before. Accounts come last: a tenant without
/// them was interrupted and is made anew.
pub async fn prepare(hub: &Arc<Hub>, seed: u64) -> Result<edge::Demo> {
    let now = hub.clock().now_ms();
    let today = demo::day_at(now);
    let accounts = demo::accounts(seed, today);
    let exists = hub.tenants().await?.iter().any(|t| t.name == TENANT);
    let complete = exists && hub.accounts(TENANT).await?.len() >= accounts.len();
    if !complete {
        if exists {
            // A sample that was not finished is made anew; anybody else's tenant of that name is left alone.
            if hub.tenant_info(TENANT).await?.title != demo::TITLE {
                return Err(Failure::text("a tenant named \"demo\" exists and is not the sample clinic"));
            }
            hub.tenant_destroy(TENANT).await?;
        }
        hub.tenant_create(NewTenant { name: TENANT.into(), title: demo::TITLE.into(), host: None }).await?;
        fill(hub, seed, now).await?;
        for account in &accounts {
            let roles: Vec<Role> = account.roles.iter().filter_map(|name| Role::parse(name)).collect();
            hub.account_create(TENANT, &account.user, &roles, account.person.as_deref()).await?;
            let profile = identity::account::Profile {
                name: account.name.clone(),
                title: Some(account.title.to_string()),
                mail: Some(format!("{}@clinique.example", account.user)),
            };
            operator::describe(hub, TENANT, &account.user, &profile).await?;
        }
    }
    let users: Vec<&str> = accounts.iter().map(|account| account.user.as_str()).collect();
    operator::sample_password(hub, TENANT, &users, PASSWORD).await?;
    let accounts = accounts.into_iter().map(|a| edge::DemoAccount {
        user: a.user,
        name: a.name,
        title: a.title.to_string(),
        roles: a.roles.iter().map(ToString::to_string).collect(),
    });
    Ok(edge::Demo { tenant: TENANT.to_string(), accounts: accounts.collect() })
}

async fn fill(hub: &Arc<Hub>, seed: u64, now: i64) -> Result<()> {
    let tenant = hub.tenant(TENANT).await?;
    let ctx = Ctx { clock: hub.clock().clone(), ids: hub.ids().clone(), ..Ctx::system("demo") };
    let report = Arc::new(Report::silent());
    let (sender, batches) = tokio::sync::mpsc::channel(4);
    let drawing = tokio::task::spawn_blocking(move || {
        let mut batch = Batch::default();
        for (n, entry) in demo::clinic_at(seed, now).enumerate() {
            let place = Place { file: 0, line: n as u64 + 1 };
            batch.push(place, Unit::Resource(Bytes::from(entry.json)));
            if batch.is_full() && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                return;
            }
        }
        let _ = sender.blocking_send(batch);
    });
    commit_all(&tenant, &ctx, batches, &report, None).await?;
    drawing.await.map_err(|_| Failure::text("drawing the sample clinic stopped unexpectedly"))?;
    amend(&tenant, &ctx, seed, demo::day_at(now)).await?;
    if report.refused() > 0 {
        let reasons: Vec<String> =
            report.reasons().into_iter().map(|(key, n, s)| format!("{n} × {key}: {s}")).collect();
        return Err(Failure::text(format!(
            "the store refuses resources of the sample clinic: {}",
            reasons.join("; ")
        )));
    }
    Ok(())
}

/// Newer versions of what was written: the history that the sample shows.
async fn amend(tenant: &store::Tenant, ctx: &Ctx, seed: u64, today: demo::Date) -> Result<()> {
    let mut writes = Vec::new();
    for entry in demo::amendments(seed, today) {
        let Some(rt) = fhir::ResourceType::parse(entry.kind) else { continue };
        let body = Bytes::from(entry.json);
        writes.push(store::Write::Update { rt, id: entry.id, body, if_match: None, if_none_match: false });
    }
    tenant.commit(ctx, writes).await?;
    Ok(())
}
