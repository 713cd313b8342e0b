//! Counters of the edge, in Prometheus' text format. Labels are route templates, never addresses or ids.

pub mod page;

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

macro_rules! endpoints {
    ($($name:ident => $method:literal $template:literal),* $(,)?) => {
        /// What a request was about, for counting.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Endpoint { #[default] Other, $($name),* }

        const LABELS: &[(&str, &str)] = &[("any", "other"), $(($method, $template)),*];
    };
}

endpoints! {
    Metadata => "GET" "/fhir/metadata",
    Read => "GET" "/fhir/{type}/{id}",
    Vread => "GET" "/fhir/{type}/{id}/_history/{version}",
    Create => "POST" "/fhir/{type}",
    Update => "PUT" "/fhir/{type}/{id}",
    UpdateWhere => "PUT" "/fhir/{type}",
    Patch => "PATCH" "/fhir/{type}/{id}",
    PatchWhere => "PATCH" "/fhir/{type}",
    Delete => "DELETE" "/fhir/{type}/{id}",
    DeleteWhere => "DELETE" "/fhir/{type}",
    History => "GET" "/fhir/{type}/{id}/_history",
    TypeHistory => "GET" "/fhir/{type}/_history",
    SystemHistory => "GET" "/fhir/_history",
    Search => "GET" "/fhir/{type}",
    SystemSearch => "GET" "/fhir",
    CompartmentSearch => "GET" "/fhir/{type}/{id}/{type}",
    Bundle => "POST" "/fhir",
    Operation => "any" "/fhir/{type}/$operation",
    Api => "any" "/api/v1",
    SignIn => "POST" "/api/v1/auth",
    Health => "GET" "/readyz",
    Assets => "GET" "/",
}

/// Statuses that are counted each; all others of a hundred go to its first.
const STATUSES: [u16; 30] = [
    200, 201, 202, 204, 206, 300, 304, 400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 422,
    428, 429, 431, 500, 501, 502, 503, 504, 505,
];
/// Upper bounds of the latency buckets, µs.
const BOUNDS: [u64; 14] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
];

struct Series {
    statuses: [AtomicU64; STATUSES.len()],
    buckets: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

/// All counters of the edge.
pub struct Metrics {
    series: Vec<Series>,
    pub connections: AtomicU64,
    pub in_work: AtomicU64,
    pub throttled: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        let zero = || AtomicU64::new(0);
        let series = LABELS.iter().map(|_| Series {
            statuses: std::array::from_fn(|_| zero()),
            buckets: std::array::from_fn(|_| zero()),
            micros: zero(),
        });
        Metrics { series: series.collect(), connections: zero(), in_work: zero(), throttled: zero() }
    }
}

/// A figure from elsewhere: name, label, value.
pub type Gauge = (&'static str, Option<(&'static str, String)>, f64);

impl Metrics {
    /// Counts one answered request.
    pub fn count(&self, endpoint: Endpoint, status: u16, took: Duration) {
        let series = &self.series[endpoint as usize];
        let at = STATUSES.binary_search(&status).unwrap_or_else(|_| {
            STATUSES.binary_search(&(status / 100 * 100)).unwrap_or_else(|near| near.min(STATUSES.len() - 1))
        });
        series.statuses[at].fetch_add(1, Relaxed);
        let micros = took.as_micros() as u64;
        series.buckets[BOUNDS.partition_point(|&bound| bound < micros)].fetch_add(1, Relaxed);
        series.micros.fetch_add(micros, Relaxed);
    }

    /// The page that Prometheus reads.
    pub fn page(&self, gauges: &[Gauge]) -> String {
        let mut out = String::with_capacity(16 * 1024);
        out.push_str("# HELP medhub_http_requests_total Requests answered.\n# TYPE medhub_http_requests_total counter\n");
        for (series, (method, route)) in self.series.iter().zip(LABELS) {
            for (count, status) in series.statuses.iter().zip(STATUSES).filter(|(c, _)| c.load(Relaxed) > 0) {
                let count = count.load(Relaxed);
                let _ = writeln!(
                    out,
                    "medhub_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
                );
            }
        }
        out.push_str("# HELP medhub_http_request_duration_seconds Time from the head of a request to its answer.\n# TYPE medhub_http_request_duration_seconds histogram\n");
        for (series, (method, route)) in self.series.iter().zip(LABELS) {
            series.histogram(&format!("method=\"{method}\",route=\"{route}\""), &mut out);
        }
        let own = [
            ("medhub_http_connections", "gauge", &self.connections),
            ("medhub_http_requests_in_work", "gauge", &self.in_work),
            ("medhub_http_throttled_total", "counter", &self.throttled),
        ];
        for (name, kind, value) in own {
            let _ = writeln!(out, "# TYPE {name} {kind}\n{name} {}", value.load(Relaxed));
        }
        write_gauges(gauges, &mut out);
        out
    }
}

impl Series {
    fn histogram(&self, labels: &str, out: &mut String) {
        const NAME: &str = "medhub_http_request_duration_seconds";
        let counts: Vec<u64> = self.buckets.iter().map(|b| b.load(Relaxed)).collect();
        let total: u64 = counts.iter().sum();
        if total == 0 {
            return;
        }
        let mut sum = 0;
        for (count, bound) in counts.iter().zip(BOUNDS) {
            sum += count;
            let _ = writeln!(out, "{NAME}_bucket{{{labels},le=\"{}\"}} {sum}", bound as f64 / 1e6);
        }
        let _ = writeln!(out, "{NAME}_bucket{{{labels},le=\"+Inf\"}} {total}");
        let _ = writeln!(out, "{NAME}_sum{{{labels}}} {}", self.micros.load(Relaxed) as f64 / 1e6);
        let _ = writeln!(out, "{NAME}_count{{{labels}}} {total}");
    }
}

fn write_gauges(gauges: &[Gauge], out: &mut String) {
    let mut last = "";
    for (name, label, value) in gauges {
        if *name != last {
            let kind = if name.ends_with("_total") { "counter" } else { "gauge" };
            let _ = writeln!(out, "# TYPE {name} {kind}");
            last = name;
        }
        match label {
            Some((key, label)) => {
                let label: String =
                    label.chars().filter(|c| !c.is_control() && !"\"\\".contains(*c)).collect();
                let _ = writeln!(out, "{name}{{{key}=\"{label}\"}} {value}");
            }
            None => {
                let _ = writeln!(out, "{name} {value}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_route_and_status() {
        let metrics = Metrics::default();
        metrics.count(Endpoint::Read, 200, Duration::from_micros(90));
        metrics.count(Endpoint::Read, 418, Duration::from_millis(3));
        let page = metrics.page(&[("medhub_x_total", Some(("result", "hit".into())), 2.0)]);
        assert!(page.contains(
            "medhub_http_requests_total{method=\"GET\",route=\"/fhir/{type}/{id}\",status=\"200\"} 1"
        ));
        assert!(page.contains("status=\"400\"} 1"));
        assert!(page.contains("le=\"0.0001\"} 1"));
        assert!(page.contains("_count{method=\"GET\",route=\"/fhir/{type}/{id}\"} 2"));
        assert!(page.contains("# TYPE medhub_x_total counter\nmedhub_x_total{result=\"hit\"} 2"));
    }
}
