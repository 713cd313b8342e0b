//! The chance that a room runs over, from the spread of its cases.

use crate::problem::Weights;

/// The standard normal distribution at 0, 1/8, 2/8 … 4, in millionths: a table, so that every machine
/// computes the same cost.
const NORMAL: [i32; 33] = [
    500_000, 549_738, 598_706, 646_170, 691_462, 734_014, 773_373, 809_213, 841_345, 869_705, 894_350,
    915_434, 933_193, 947_919, 959_941, 969_604, 977_250, 983_207, 987_776, 991_226, 993_790, 995_731,
    997_020, 997_980, 998_650, 999_110, 999_423, 999_631, 999_767, 999_856, 999_912, 999_947, 999_968,
];

/// The share of the standard normal distribution below `z`, in millionths.
fn below(z: f32) -> i32 {
    let steps = (z.abs() * 8.0).min(31.999);
    let (whole, part) = (steps as usize, steps.fract());
    let share = NORMAL[whole] + ((NORMAL[whole + 1] - NORMAL[whole]) as f32 * part) as i32;
    if z < 0.0 { 1_000_000 - share } else { share }
}

/// The chance, in millionths, that a room whose last case is planned to end at `end` works beyond `limit`.
/// `variance` is the sum of [`variance`] of its cases.
pub fn overtime_chance(end: u16, limit: u16, variance: u32) -> i32 {
    let slack = f32::from(end) - f32::from(limit);
    match variance {
        0 if slack > 0.0 => 1_000_000,
        0 => 0,
        _ => below(slack * 16.0 / (variance as f32).sqrt()),
    }
}

/// The square of a standard deviation in slots, in 256ths: whole, so that the order of a sum does not matter.
pub fn variance(deviation: f32) -> u32 {
    (deviation * deviation * 256.0).clamp(0.0, 1e6) as u32
}

/// What that chance costs.
pub(crate) fn points(weights: &Weights, end: u16, regular: u16, variance: u32) -> i32 {
    if weights.overtime_risk == 0 {
        return 0;
    }
    let chance = overtime_chance(end, regular.saturating_add(weights.risk_margin), variance);
    (i64::from(weights.overtime_risk) * i64::from(chance) / 1_000_000) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_that_ends_at_the_limit_runs_over_half_the_time() {
        assert_eq!(overtime_chance(96, 96, 4 * 256), 500_000);
        assert_eq!(overtime_chance(98, 96, 4 * 256), 841_345);
        assert_eq!(overtime_chance(94, 96, 4 * 256), 158_655);
        assert_eq!(overtime_chance(97, 96, 0), 1_000_000);
        assert_eq!(overtime_chance(96, 96, 0), 0);
    }
}
