//! Many connections, each sending its next request when the last was answered.

use super::client::{Connection, Request};
use super::stats::Sample;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Sends `requests` in turn over `connections` for `seconds` (or until they are used up, if `once`).
pub async fn run(
    port: u16,
    requests: &Rc<Vec<Request>>,
    connections: usize,
    seconds: f64,
    once: bool,
    start: usize,
) -> Result<Sample, String> {
    let next = Rc::new(Cell::new(start));
    let latencies = Rc::new(RefCell::new(Vec::with_capacity(1 << 20)));
    let (units, errors) = (Rc::new(Cell::new(0usize)), Rc::new(Cell::new(0usize)));
    let begin = Instant::now();
    let until = begin + Duration::from_secs_f64(seconds);
    let local = tokio::task::LocalSet::new();
    for _ in 0..connections {
        let (requests, next, latencies) = (requests.clone(), next.clone(), latencies.clone());
        let (units, errors) = (units.clone(), errors.clone());
        local.spawn_local(async move {
            let Ok(mut connection) = Connection::open(port).await else {
                errors.set(errors.get() + 1);
                return;
            };
            while Instant::now() < until {
                let n = next.get();
                if once && n >= start + requests.len() {
                    return;
                }
                next.set(n + 1);
                let request = &requests[n % requests.len()];
                let sent = Instant::now();
                match connection.send(request, false).await {
                    Ok(answer) if answer.status < 300 => {
                        latencies.borrow_mut().push(sent.elapsed().as_micros() as u32);
                        units.set(units.get() + request.units);
                    }
                    _ => {
                        errors.set(errors.get() + 1);
                        match Connection::open(port).await {
                            Ok(fresh) => connection = fresh,
                            Err(_) => return,
                        }
                    }
                }
            }
        });
    }
    local.await;
    let latencies = latencies.take();
    if latencies.is_empty() {
        return Err(format!("no answer on port {port} ({} errors)", errors.get()));
    }
    Ok(Sample::of(latencies, begin.elapsed(), units.get(), errors.get()))
}
