//! The parameters of a rule with other values than its own.
//!
//! A value from outside must be of the kind that the rule wrote; where values come from is decided above.

use rhai::{Dynamic, INT, Map};

use super::compile::Script;
use super::verb::Value;
use crate::figure::Decimal;
use crate::plan::vocabulary::near;

/// Parameters as a run of a rule takes them.
#[derive(Clone, Debug)]
pub(crate) struct Params(pub(super) Map);

impl Script {
    /// Whether a parameter may have this value; if not, why.
    pub(crate) fn check_param(&self, name: &str, value: &Value) -> Result<(), String> {
        let Some(own) = self.params.get(name) else {
            return Err(self.unknown_param(name));
        };
        let (wanted, found) = (kind(own), kind(&dynamic(value)));
        if own.is_unit() || wanted == found {
            return Ok(());
        }
        Err(format!("`{name}` is {wanted} in the rule, and this is {found}"))
    }

    fn unknown_param(&self, name: &str) -> String {
        let known: Vec<&str> = self.params.keys().map(|name| name.as_str()).collect();
        match (near(name, known.iter().copied()), known.as_slice()) {
            (Some(meant), _) => format!("the rule has no parameter `{name}`: did you mean `{meant}`?"),
            (None, []) => format!("the rule has no parameter `{name}`: it has none at all"),
            (None, known) => format!("the rule has no parameter `{name}`: expected one of {}", known.join(", ")),
        }
    }

    /// The rule's parameters with these values in place of its own.
    pub(crate) fn params_with<'v>(&self, changes: impl IntoIterator<Item = (&'v str, &'v Value)>) -> Params {
        let mut params = self.params.clone();
        for (name, value) in changes {
            params.insert(name.into(), dynamic(value));
        }
        Params(params)
    }
}

impl Params {
    /// Names and values as texts, by name.
    pub(crate) fn texts(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }
}

fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Number(number) => match whole(*number) {
            Some(number) => number.into(),
            None => Dynamic::from_decimal(*number),
        },
        Value::Text(text) => text.clone().into(),
        Value::Boolean(value) => (*value).into(),
        Value::List(values) => Dynamic::from_array(values.iter().map(dynamic).collect()),
        Value::Nothing => Dynamic::UNIT,
    }
}

/// A number without places is a count, as it would be in the rule.
fn whole(number: Decimal) -> Option<INT> {
    (number.scale() == 0).then(|| number.try_into().ok()).flatten()
}

fn kind(value: &Dynamic) -> &'static str {
    if value.is_int() || value.is_decimal() {
        "a number"
    } else if value.is_string() {
        "a text"
    } else if value.is_bool() {
        "a boolean"
    } else if value.is_array() {
        "an array"
    } else if value.is_map() {
        "a map, which only the rule itself can state"
    } else {
        "nothing"
    }
}
