//! Gradient boosting of small trees on the absolute error: what the levels leave.

/// Rounds, depth and step of the learning; small trees, as there are few features.
const ROUNDS: usize = 120;
const DEPTH: usize = 3;
const STEP: f32 = 0.08;
const LEAF_MIN: usize = 40;
const BINS: usize = 32;

#[derive(Clone)]
enum Tree {
    Leaf(f32),
    /// Below or at the value goes left; what is unknown goes left, too.
    Split {
        feature: usize,
        value: f32,
        left: Box<Tree>,
        right: Box<Tree>,
    },
}

/// A sum of trees.
#[derive(Clone)]
pub(super) struct Boost {
    trees: Vec<Tree>,
}

impl Tree {
    fn predict(&self, row: &[f32]) -> f32 {
        match self {
            Tree::Leaf(value) => *value,
            Tree::Split { feature, value, left, right } => {
                let x = row.get(*feature).copied().unwrap_or(f32::NAN);
                if x > *value { right.predict(row) } else { left.predict(row) }
            }
        }
    }
}

impl Boost {
    /// Learns `targets` from rows of equal length. Rows and targets are as many.
    pub fn learn(rows: &[Vec<f32>], targets: &[f32]) -> Self {
        let cuts = cuts(rows);
        let bins: Vec<Vec<u8>> = rows
            .iter()
            .map(|row| {
                row.iter().zip(&cuts).map(|(x, cuts)| cuts.partition_point(|cut| x > cut) as u8).collect()
            })
            .collect();
        let mut rest: Vec<f32> = targets.to_vec();
        let mut trees = Vec::new();
        for _ in 0..ROUNDS {
            let all: Vec<u32> = (0..rows.len() as u32).collect();
            let tree = grow(&bins, &cuts, &rest, all, DEPTH);
            for (rest, row) in rest.iter_mut().zip(rows) {
                *rest -= tree.predict(row);
            }
            trees.push(tree);
        }
        Self { trees }
    }

    pub fn predict(&self, row: &[f32]) -> f32 {
        self.trees.iter().map(|tree| tree.predict(row)).sum()
    }
}

/// Of each feature the values between its bins.
fn cuts(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let features = rows.first().map_or(0, Vec::len);
    let of = |feature: usize| {
        let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).filter(|x| x.is_finite()).collect();
        values.sort_by(f32::total_cmp);
        let last = values.len().saturating_sub(1);
        let mut cuts: Vec<f32> = (1..BINS).filter_map(|bin| values.get(last * bin / BINS).copied()).collect();
        cuts.dedup();
        cuts
    };
    (0..features).map(of).collect()
}

/// A tree on the signs of what is left, with medians in its leaves.
fn grow(bins: &[Vec<u8>], cuts: &[Vec<f32>], rest: &[f32], rows: Vec<u32>, depth: usize) -> Tree {
    let split = if depth == 0 { None } else { best_split(bins, cuts, rest, &rows) };
    let Some((feature, bin)) = split else { return Tree::Leaf(STEP * median(rest, rows)) };
    let (left, right): (Vec<u32>, Vec<u32>) =
        rows.into_iter().partition(|row| usize::from(bins[*row as usize][feature]) <= bin);
    Tree::Split {
        feature,
        value: cuts[feature][bin],
        left: Box::new(grow(bins, cuts, rest, left, depth - 1)),
        right: Box::new(grow(bins, cuts, rest, right, depth - 1)),
    }
}

/// The feature and bin that part the signs best.
fn best_split(bins: &[Vec<u8>], cuts: &[Vec<f32>], rest: &[f32], rows: &[u32]) -> Option<(usize, usize)> {
    let sum: f32 = rows.iter().map(|row| rest[*row as usize].signum()).sum();
    let count = rows.len() as f32;
    let mut best = (sum * sum / count.max(1.0) + 1.0, None);
    for (feature, cuts) in cuts.iter().enumerate() {
        let mut parts = [(0usize, 0f32); BINS + 1];
        for row in rows {
            let part = &mut parts[usize::from(bins[*row as usize][feature])];
            *part = (part.0 + 1, part.1 + rest[*row as usize].signum());
        }
        let (mut left, mut signs) = (0usize, 0f32);
        for (bin, part) in parts.iter().enumerate().take(cuts.len()) {
            left += part.0;
            signs += part.1;
            let right = rows.len() - left;
            if left < LEAF_MIN || right < LEAF_MIN {
                continue;
            }
            let gain = signs * signs / left as f32 + (sum - signs) * (sum - signs) / right as f32;
            if gain > best.0 {
                best = (gain, Some((feature, bin)));
            }
        }
    }
    best.1
}

fn median(rest: &[f32], rows: Vec<u32>) -> f32 {
    let mut values: Vec<f32> = rows.into_iter().map(|row| rest[row as usize]).collect();
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_step() {
        let rows: Vec<Vec<f32>> = (0..400).map(|i| vec![(i % 20) as f32, (i / 20) as f32]).collect();
        let targets: Vec<f32> = rows.iter().map(|r| if r[0] > 9.0 { 1.0 } else { -1.0 }).collect();
        let boost = Boost::learn(&rows, &targets);
        assert!((boost.predict(&[3.0, 3.0]) + 1.0).abs() < 0.05);
        assert!((boost.predict(&[15.0, 3.0]) - 1.0).abs() < 0.05);
    }
}
