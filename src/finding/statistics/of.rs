//! How statistics are made of an overview. Amounts are added exactly; a sum that fits no figure is left out and said to be.

use super::{
    Concentration, MoneyStatistics, ObjectiveMoney, OutputMoney, OutputStatistics, PlanStatistics, RiskName,
    RiskStatistics, StatusCount, TopShare,
};
use crate::figure::Decimal;
use crate::finding::comparison::percent;
use crate::finding::{Money, Objective, Overview, YearAmount};

/// The key under which a plan states the sum over all years.
const ALL_YEARS: &str = "all_years";

/// The largest outputs that are listed.
const LARGEST: usize = 10;

impl PlanStatistics {
    /// The statistics of a plan.
    #[must_use]
    pub fn of(overview: &Overview) -> Self {
        let mut money = money(overview);
        let mut all = outputs(overview, &mut money.too_large);
        all.sort_by_key(|output| std::cmp::Reverse(output.total));
        let of_outputs: Vec<Decimal> = all.iter().map(|output| output.total).collect();
        let of_objectives: Vec<Decimal> = money.objectives.iter().filter_map(|objective| objective.total).collect();
        money.has_negative = of_outputs.iter().chain(&of_objectives).any(is_negative)
            || money.amounts.iter().any(|money| is_negative(&money.amount));
        shares(&mut money, &mut all);
        let concentration = match of_outputs.as_slice() {
            _ if money.has_negative => None,
            [] => concentration("objectives", of_objectives),
            _ => concentration("outputs", of_outputs),
        };
        let count = overview.objectives.iter().map(|objective| objective.outputs.len()).sum();
        let with_money = all.len();
        all.truncate(LARGEST);
        Self {
            file: overview.file.clone(),
            title: overview.title.clone(),
            currency: overview.currency.clone(),
            money,
            outputs: OutputStatistics { count, with_money, largest: all },
            concentration,
            risks: risks(overview),
        }
    }
}

fn is_negative(amount: &Decimal) -> bool {
    amount.is_sign_negative() && !amount.is_zero()
}

fn money(overview: &Overview) -> MoneyStatistics {
    let mut money = MoneyStatistics { years: years(overview), ..MoneyStatistics::default() };
    money.objectives =
        overview.objectives.iter().map(|objective| of_objective(objective, &mut money.too_large)).collect();
    // A plan whose objectives state nothing may still state what it costs as a whole.
    let has_parts = money.objectives.iter().any(|objective| objective.total.is_some());
    for year in &money.years {
        let of_year = |money: &ObjectiveMoney| Some(money.amounts.iter().find(|of| of.year == *year)?.amount);
        let whole = overview.amounts.iter().find(|amount| amount.year == *year).and_then(YearAmount::best);
        let amounts: Vec<Decimal> =
            if has_parts { money.objectives.iter().filter_map(of_year).collect() } else { whole.into_iter().collect() };
        let amount = sum(&amounts, &mut money.too_large);
        money.amounts.extend(amount.map(|amount| Money { year: year.clone(), amount }));
    }
    let totals: Vec<Decimal> = if has_parts {
        money.objectives.iter().filter_map(|objective| objective.total).collect()
    } else {
        over_years(&overview.amounts, &mut money.too_large).into_iter().collect()
    };
    money.total = sum(&totals, &mut money.too_large);
    money
}

fn of_objective(objective: &Objective, too_large: &mut bool) -> ObjectiveMoney {
    let of_year = |amount: &YearAmount| Some(Money { year: amount.year.clone(), amount: amount.best()? });
    ObjectiveMoney {
        id: objective.id.clone(),
        title: objective.title.clone(),
        amounts: objective.amounts.iter().filter(|amount| amount.year != ALL_YEARS).filter_map(of_year).collect(),
        total: over_years(&objective.amounts, too_large),
        share: None,
        stated_share: objective.share,
        outputs: objective.outputs.len(),
    }
}

/// The years that the plan names, and then those that it has amounts of.
fn years(overview: &Overview) -> Vec<String> {
    let of_parts = |objective: &Objective| {
        objective.amounts.iter().chain(objective.outputs.iter().flat_map(|output| &output.amounts)).cloned().collect()
    };
    let amounts: Vec<YearAmount> =
        overview.objectives.iter().flat_map(|objective| -> Vec<YearAmount> { of_parts(objective) }).collect();
    let further = amounts.into_iter().chain(overview.amounts.iter().cloned()).map(|amount| amount.year);
    let mut years: Vec<String> = Vec::new();
    let mut own: Vec<String> = Vec::new();
    for year in overview.years.iter().cloned() {
        if !years.contains(&year) {
            years.push(year);
        }
    }
    for year in further.filter(|year| year != ALL_YEARS) {
        if !years.contains(&year) && !own.contains(&year) {
            own.push(year);
        }
    }
    own.sort();
    years.append(&mut own);
    years
}

/// The sum over the years that are stated, or what is stated for all of them together.
fn over_years(amounts: &[YearAmount], too_large: &mut bool) -> Option<Decimal> {
    let of_years: Vec<Decimal> =
        amounts.iter().filter(|amount| amount.year != ALL_YEARS).filter_map(YearAmount::best).collect();
    match of_years.as_slice() {
        [] => amounts.iter().find(|amount| amount.year == ALL_YEARS).and_then(YearAmount::best),
        of_years => sum(of_years, too_large),
    }
}

/// The sum of some amounts; none of none.
fn sum(amounts: &[Decimal], too_large: &mut bool) -> Option<Decimal> {
    let (first, rest) = amounts.split_first()?;
    let sum = rest.iter().try_fold(*first, |sum, amount| sum.checked_add(*amount));
    *too_large |= sum.is_none();
    sum
}

/// The outputs that state money.
fn outputs(overview: &Overview, too_large: &mut bool) -> Vec<OutputMoney> {
    let mut outputs = Vec::new();
    for objective in &overview.objectives {
        let named = if objective.id.is_empty() { &objective.title } else { &objective.id };
        for output in &objective.outputs {
            if let Some(total) = over_years(&output.amounts, too_large) {
                let (id, title) = (output.id.clone(), output.title.clone());
                outputs.push(OutputMoney { id, title, objective: named.clone(), total, share: None });
            }
        }
    }
    outputs
}

/// Adds shares of the whole, where all of it is there and none of it negative.
fn shares(money: &mut MoneyStatistics, outputs: &mut [OutputMoney]) {
    if money.has_negative {
        return;
    }
    let mut too_large = false;
    let totals: Vec<Decimal> = outputs.iter().map(|output| output.total).collect();
    if let Some(whole) = sum(&totals, &mut too_large) {
        outputs.iter_mut().for_each(|output| output.share = percent(output.total, whole));
    }
    money.too_large |= too_large;
    if let Some(whole) = money.total {
        money.objectives.iter_mut().for_each(|objective| {
            objective.share = objective.total.and_then(|total| percent(total, whole));
        });
    }
}

/// How concentrated some amounts are, none of them negative.
fn concentration(over: &'static str, mut amounts: Vec<Decimal>) -> Option<Concentration> {
    amounts.retain(|amount| !amount.is_zero());
    amounts.sort_by_key(|amount| std::cmp::Reverse(*amount));
    let whole = sum(&amounts, &mut false)?;
    let shares: Vec<Decimal> = amounts.iter().map(|amount| amount.checked_div(whole)).collect::<Option<_>>()?;
    let squares: Decimal = shares.iter().map(|share| *share * *share).sum();
    let top = |largest: usize| {
        let of_largest = sum(&amounts[..largest], &mut false)?;
        Some(TopShare { largest, share: percent(of_largest, whole)? })
    };
    let rounded = |value: Decimal, places: u32| {
        let mut rounded = value.round_dp(places);
        rounded.rescale(places);
        rounded
    };
    Some(Concentration {
        over,
        count: amounts.len(),
        top: [1, 3, 5].into_iter().filter(|n| *n <= amounts.len()).filter_map(top).collect(),
        herfindahl: rounded(squares, 4),
        effective: rounded(Decimal::ONE.checked_div(squares)?, 1),
    })
}

fn risks(overview: &Overview) -> RiskStatistics {
    let words = |scale: &[String], used: Vec<&str>| {
        let mut words = scale.to_vec();
        for word in used {
            if !word.is_empty() && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        words
    };
    let risks = &overview.risks;
    let likelihood = words(&overview.scales.likelihood, risks.iter().map(|risk| risk.likelihood.as_str()).collect());
    let impact = words(&overview.scales.impact, risks.iter().map(|risk| risk.impact.as_str()).collect());
    let mut cells = vec![vec![0; impact.len()]; likelihood.len()];
    let mut unrated = 0;
    for risk in risks {
        let row = likelihood.iter().position(|word| *word == risk.likelihood);
        match row.zip(impact.iter().position(|word| *word == risk.impact)) {
            Some((row, column)) => cells[row][column] += 1,
            None => unrated += 1,
        }
    }
    let used = overview.mitigations.iter().map(|mitigation| mitigation.status.as_str());
    let mut statuses = words(&overview.scales.status, used.clone().collect());
    if used.clone().any(str::is_empty) {
        statuses.push(String::new());
    }
    let count = |status: String| StatusCount { count: used.clone().filter(|used| *used == status).count(), status };
    let name = |risk: &crate::finding::Risk| RiskName {
        id: risk.id.clone(),
        title: risk.title.clone(),
        likelihood: risk.likelihood.clone(),
        impact: risk.impact.clone(),
        line: risk.line,
    };
    RiskStatistics {
        count: risks.len(),
        likelihood,
        impact,
        cells,
        unrated,
        without_mitigation: risks.iter().filter(|risk| risk.mitigations.is_empty()).map(name).collect(),
        mitigations: overview.mitigations.len(),
        by_status: statuses.into_iter().map(count).collect(),
    }
}
