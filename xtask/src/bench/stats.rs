use std::time::Duration;

/// What one measurement saw.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub per_second: f64,
    pub p50_us: f64,
    pub p99_us: f64,
    pub errors: usize,
}

impl Sample {
    pub fn of(mut latencies: Vec<u32>, elapsed: Duration, units: usize, errors: usize) -> Sample {
        latencies.sort_unstable();
        let at = |part: f64| {
            let last = latencies.len().saturating_sub(1);
            latencies.get((last as f64 * part) as usize).map_or(0.0, |us| f64::from(*us))
        };
        Sample { per_second: units as f64 / elapsed.as_secs_f64(), p50_us: at(0.5), p99_us: at(0.99), errors }
    }

    /// The sample with the median rate.
    pub fn median(mut samples: Vec<Sample>) -> Option<Sample> {
        samples.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        let errors = samples.iter().map(|s| s.errors).sum();
        let middle = samples.len() / 2;
        samples.into_iter().nth(middle).map(|s| Sample { errors, ..s })
    }
}

/// The value below which that part of a sorted list lies; 0 when it is empty.
pub fn percentile(sorted: &[f64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).copied().unwrap_or(0.0)
}
