//! Sums of log-normal durations.

/// A duration in minutes whose logarithm is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    /// Of the logarithm of the minutes.
    pub mean: f64,
    pub deviation: f64,
}

impl LogNormal {
    /// The value that this share of the cases stays below; `z` is the normal quantile of the share.
    pub fn quantile(&self, z: f64) -> f64 {
        (self.mean + z * self.deviation).exp()
    }

    fn moments(&self) -> (f64, f64) {
        let variance = self.deviation * self.deviation;
        let mean = (self.mean + variance / 2.0).exp();
        (mean, mean * mean * (variance.exp() - 1.0))
    }
}

/// The chance that the cases together, with `fixed` minutes between them, take more than `limit` minutes:
/// the sum is taken for log-normal with the same mean and variance (Fenton and Wilkinson).
pub fn chance_beyond(cases: &[LogNormal], fixed: f64, limit: f64) -> f64 {
    let (mean, variance) =
        cases.iter().map(LogNormal::moments).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    let room = limit - fixed;
    if mean <= 0.0 || variance <= 0.0 || room <= 0.0 {
        return if mean > room { 1.0 } else { 0.0 };
    }
    let spread = (1.0 + variance / (mean * mean)).ln();
    let z = (room.ln() - (mean.ln() - spread / 2.0)) / spread.sqrt();
    1.0 - normal(z)
}

/// The standard normal distribution (Abramowitz and Stegun 7.1.26; error below 2e-7).
fn normal(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let terms = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    let poly = terms.iter().fold(0.0, |sum, term| (sum + term) * t);
    let erf = 1.0 - poly * (-x * x).exp();
    if z < 0.0 { (1.0 - erf) / 2.0 } else { (1.0 + erf) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_case_has_its_own_distribution() {
        let case = LogNormal { mean: 60f64.ln(), deviation: 0.4 };
        assert!((chance_beyond(&[case], 0.0, 60.0) - 0.5).abs() < 1e-6);
        assert!((chance_beyond(&[case], 0.0, case.quantile(0.841_621)) - 0.2).abs() < 1e-4);
        assert!((chance_beyond(&[case], 20.0, 80.0) - 0.5).abs() < 1e-6);
        assert_eq!(chance_beyond(&[], 10.0, 5.0), 1.0);
        assert_eq!(chance_beyond(&[], 10.0, 50.0), 0.0);
    }
}
