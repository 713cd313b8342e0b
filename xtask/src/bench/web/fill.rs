//! Synthetic patients beside those of the sample clinic, as transactions over FHIR.

use crate::bench::client::{Connection, Request};
use crate::bench::clinic::Clinic;
use crate::bench::data;
use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

const CONNECTIONS: usize = 8;

/// Loads `patients` clones of the records of a folder.
///
/// # Errors
/// A bundle is refused.
pub async fn fill(clinic: &Clinic, folder: &Path, patients: usize) -> Result<(), String> {
    let templates = Arc::new(data::templates(folder)?);
    let headers = clinic.token("admin")?;
    let (next, entries) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let began = Instant::now();
    let local = tokio::task::LocalSet::new();
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (templates, headers, port) = (templates.clone(), headers.clone(), clinic.port);
        let (next, entries) = (next.clone(), entries.clone());
        tasks.push(local.spawn_local(async move {
            let mut connection = Connection::open(port).await.map_err(|e| e.to_string())?;
            while next.get() < patients {
                let n = next.replace(next.get() + 1);
                let record = data::record(&templates, n);
                let request = Request::new("POST", "/t/demo/fhir", &headers, &record.bundle());
                let answer = connection.send(&request, true).await.map_err(|e| e.to_string())?;
                if answer.status >= 300 {
                    let said: String = String::from_utf8_lossy(&answer.body).chars().take(400).collect();
                    return Err(format!("record {n}: {} {said}", answer.status));
                }
                entries.set(entries.get() + record.resources.len());
            }
            Ok(())
        }));
    }
    local.await;
    for task in tasks {
        task.await.map_err(|e| e.to_string())??;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("\n{patients} patients ({} resources) loaded in {seconds:.0} s.", entries.get());
    Ok(())
}
