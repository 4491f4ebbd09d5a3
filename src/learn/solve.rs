//! The solver: a linear classifier with squared hinge loss and L2 regularisation, by dual coordinate descent.
//!
//! After Hsieh, Chang, Lin, Keerthi, Sundararajan: "A dual coordinate descent method for large-scale linear SVM", 2008.
//! It needs sums, products and quotients only, which are the same on every machine; a logarithm would not be.

/// One labelled instance.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Features with their values, each once.
    pub features: Vec<(u32, f64)>,
    /// Whether it holds the label.
    pub label: bool,
    /// The weight of a mistake in it.
    pub counts: f64,
}

/// Passes over the instances; far more than the weights need to settle to a thousandth.
const PASSES: usize = 60;
/// The pass is done when no multiplier moved more.
const SETTLED: f64 = 1e-4;

/// Weights by feature, and the bias. `cost` is the cost of a mistake, relative to that of large weights.
pub fn solve(instances: &[Instance], features: usize, cost: f64) -> (Vec<f64>, f64) {
    let (mut weights, mut bias) = (vec![0.0; features], 0.0);
    let slacks: Vec<f64> = instances.iter().map(|i| 1.0 / (2.0 * cost * i.counts)).collect();
    let squares: Vec<f64> = instances
        .iter()
        .zip(&slacks)
        .map(|(i, slack)| 1.0 + i.features.iter().map(|(_, v)| v * v).sum::<f64>() + slack)
        .collect();
    let mut multipliers = vec![0.0f64; instances.len()];
    let mut order: Vec<usize> = (0..instances.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..PASSES {
        // Each pass in another order, the same orders every time.
        for k in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(k, (random % (k as u64 + 1)) as usize);
        }
        let mut moved = 0.0f64;
        for &k in &order {
            let instance = &instances[k];
            let sign = if instance.label { 1.0 } else { -1.0 };
            let sum: f64 = instance.features.iter().map(|&(f, v)| weights[f as usize] * v).sum();
            let gradient = sign * (sum + bias) - 1.0 + slacks[k] * multipliers[k];
            let next = (multipliers[k] - gradient / squares[k]).max(0.0);
            let step = (next - multipliers[k]) * sign;
            if step != 0.0 {
                multipliers[k] = next;
                bias += step;
                for &(f, v) in &instance.features {
                    weights[f as usize] += step * v;
                }
                moved = moved.max(step.abs() / cost);
            }
        }
        if moved < SETTLED {
            break;
        }
    }
    (weights, bias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_labels_apart_gets_the_weight() {
        let one = |features: &[u32], label| Instance {
            features: features.iter().map(|&f| (f, 1.0)).collect(),
            label,
            counts: 1.0,
        };
        let instances = [one(&[0, 1], true), one(&[0, 2], true), one(&[1], false), one(&[2], false)];
        let (weights, bias) = solve(&instances, 3, 1.0);
        assert!(weights[0] > 0.8, "{weights:?}");
        assert!(weights[1].abs() < 0.3 && weights[2].abs() < 0.3, "{weights:?}");
        assert!(bias < 0.0);
        assert_eq!(solve(&instances, 3, 1.0), (weights, bias), "the same again");
    }
}
