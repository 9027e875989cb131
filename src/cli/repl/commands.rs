//! The commands of the prompt: what begins with a colon.

use crossfoot::plan::vocabulary::near;

/// Every command with what it does.
pub(super) const COMMANDS: [(&str, &str); 6] = [
    (":help", "list the commands"),
    (":verbs", "list the verbs of the rule language"),
    (":explain NAME", "explain a verb, a rule or a finding"),
    (":why", "show every place that the last value was made of"),
    (":reload", "read the plan anew; what was defined is computed anew"),
    (":quit", "leave; so does Ctrl-D"),
];

/// A command, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Verbs,
    Explain(String),
    Why,
    Reload,
    Quit,
}

/// The names that can be typed, without their colon.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().filter_map(|(name, _)| name.trim_start_matches(':').split(' ').next())
}

impl Command {
    /// Reads what stands after the colon; an error is a sentence for the user. A name may be shortened while it is clear.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let (word, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        let rest = rest.trim();
        let mut fits = names().filter(|name| !word.is_empty() && name.starts_with(word));
        let name = match (fits.next(), fits.next()) {
            (Some(name), None) => name,
            _ => return Err(unknown(word)),
        };
        match (name, rest) {
            ("explain", "") => Err("`:explain` wants a name, such as `:explain sum`".to_owned()),
            ("explain", name) => Ok(Self::Explain(name.to_owned())),
            (name, "") => match name {
                "help" => Ok(Self::Help),
                "verbs" => Ok(Self::Verbs),
                "why" => Ok(Self::Why),
                "reload" => Ok(Self::Reload),
                _ => Ok(Self::Quit),
            },
            (name, _) => Err(format!("`:{name}` takes nothing after it")),
        }
    }
}

fn unknown(word: &str) -> String {
    match near(word, names()) {
        Some(meant) => format!("unknown command `:{word}`: did you mean `:{meant}`?"),
        None => format!("unknown command `:{word}`; `:help` lists the commands"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_with_its_argument_and_a_slip_is_told() {
        assert_eq!(Command::read("explain  sum "), Ok(Command::Explain("sum".to_owned())));
        assert_eq!(Command::read("q"), Ok(Command::Quit));
        assert_eq!(Command::read("relaod"), Err("unknown command `:relaod`: did you mean `:reload`?".to_owned()));
        assert_eq!(Command::read(""), Err("unknown command `:`; `:help` lists the commands".to_owned()));
        assert!(Command::read("quit now").is_err());
        assert!(Command::read("explain").is_err());
    }
}
