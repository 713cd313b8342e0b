//! `medhub export`: the current version of every resource, one NDJSON file a type.

use crate::cli::Export;
use crate::config::Config;
use crate::failure::{Failure, Result};
use crate::install;
use fhir::ResourceType;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use store::search::SearchRequest;
use store::{Ctx, Tenant};

const PAGE: &str = "1000";

pub async fn run(config: &Config, args: &Export) -> Result<()> {
    let _lock = install::lock(config)?;
    let hub = install::hub_existing(config).await?;
    let tenant = hub.tenant(&args.tenant).await?;
    std::fs::create_dir_all(&args.out).map_err(|e| Failure::file("make", &args.out, &e))?;
    let mut there = std::fs::read_dir(&args.out).map_err(|e| Failure::file("read", &args.out, &e))?;
    if there.next().is_some() {
        return Err(Failure::text(format!("{} is not empty", args.out.display())));
    }
    let ctx = Ctx { clock: hub.clock().clone(), ids: hub.ids().clone(), ..Ctx::system("export") };
    let mut total = 0;
    for rt in ResourceType::all() {
        // The audit log is exported by `medhub audit`, not as records.
        if rt.name() == "AuditEvent" {
            continue;
        }
        let count = kind(&tenant, &ctx, rt, &args.out).await?;
        if count > 0 {
            println!("{count:>9} {}", rt.name());
        }
        total += count;
    }
    println!("{total:>9} resources in {}", args.out.display());
    Ok(())
}

/// Writes the resources of one type; the file is made with the first of them.
async fn kind(tenant: &Tenant, ctx: &Ctx, rt: ResourceType, folder: &Path) -> Result<u64> {
    let path = folder.join(format!("{}.ndjson", rt.name()));
    let mut out: Option<BufWriter<File>> = None;
    let mut request = SearchRequest {
        rt: Some(rt),
        params: vec![("_count".into(), PAGE.into())],
        ..SearchRequest::default()
    };
    let mut count = 0;
    loop {
        let page = tenant.search(ctx, &request).await?;
        for found in &page.entries {
            let file = match &mut out {
                Some(file) => file,
                None => {
                    let file = File::create_new(&path).map_err(|e| Failure::file("write", &path, &e))?;
                    out.insert(BufWriter::new(file))
                }
            };
            let body = &found.visible.body;
            file.write_all(body)
                .and_then(|()| file.write_all(b"\n"))
                .map_err(|e| Failure::file("write", &path, &e))?;
            count += 1;
        }
        match page.next {
            Some(next) => request.page = Some(next),
            None => break,
        }
    }
    if let Some(file) = &mut out {
        file.flush().map_err(|e| Failure::file("write", &path, &e))?;
        file.get_ref().sync_all().map_err(|e| Failure::file("write", &path, &e))?;
    }
    Ok(count)
}
