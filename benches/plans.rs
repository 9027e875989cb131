//! Plans of any size for the benchmarks: the same seed gives the same plan.

use std::fmt::Write as _;

/// A plan of so many objectives with five outputs each, over four years, with shares, outcomes and texts beyond ASCII.
/// Everything adds up. About 230 bytes an output.
pub fn generate(objectives: usize) -> String {
    let mut plan = String::with_capacity(objectives * 1_300);
    plan.push_str("[plan]\ntitle = \"Plan généré\"\ncurrency = \"CHF\"\nyears = [2026, 2027, 2028, 2029]\n");
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for o in 0..objectives {
        let mut outputs = String::new();
        let mut totals = [0_u64; 4];
        for p in 1..=5 {
            let _ = write!(
                outputs,
                "\n[[objectives.outputs]]\nid = \"{o}-{p}\"\ntitle = \"Réunions, études et appui aux membres, activité {p} de l'objectif {o}\"\ncost = {{ "
            );
            for (year, total) in totals.iter_mut().enumerate() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let cost = 10_000 + (seed >> 40) % 9_000_000;
                *total += cost;
                let _ = write!(outputs, "{}{} = {}", if year == 0 { "" } else { ", " }, 2026 + year, grouped(cost));
            }
            outputs.push_str(" }  # budget\n");
        }
        let _ = write!(plan, "\n[[objectives]]\nid = \"{o}\"\ntitle = \"Objectif numéro {o}\"\ntotal = {{ ");
        for (year, total) in totals.iter().enumerate() {
            let _ = write!(plan, "{}{} = {}", if year == 0 { "" } else { ", " }, 2026 + year, grouped(*total));
        }
        let _ = write!(
            plan,
            " }}\n\n[[objectives.outcomes]]\nid = \"{o}-a\"\nindicators = [\"Nombre de pays\"]\nmeans = [\"Enquête\"]\n{outputs}"
        );
    }
    plan
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}
