//! The house as `docs/` and the design draw it: a module imports only from lower floors, one module names the scripting
//! engine, no printer imports another, and every file says first what it is.
//!
//! Height is set by what a module imports, not by when it runs.

#![allow(clippy::unwrap_used, reason = "a test may end where something is not as expected")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, and what else of its own floor a module may import. A module of this list that does not exist yet is no
/// fault: it has its place before it is built.
const FLOORS: [(&str, u32); 19] = [
    ("source", 0),
    ("figure", 0),
    ("files", 0),
    ("words", 0),
    ("finding", 1),
    ("baseline", 2),
    ("plan", 2),
    ("report", 2),
    ("watch", 0),
    ("config", 3),
    ("script", 3),
    ("rules", 4),
    ("audit", 5),
    ("compare", 6),
    ("mutate", 6),
    ("scaffold", 6),
    ("fix", 6),
    ("live", 6),
    ("lsp", 7),
];

fn floor(module: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Every source file, by its path below `src`.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                sources.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    assert!(sources.len() > 50);
    sources
}

/// The top module that a file belongs to: `plan/load.rs` to `plan`, `audit.rs` to `audit`.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// Whether a file is of the binary, which sees only the library's public face.
fn is_binary(file: &str) -> bool {
    file == "main.rs" || module(file) == "cli"
}

/// A file's code: without comments, without the contents of texts, without its unit tests.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, rest)| rest);
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            rest = raw.split_once("\"#").map_or("", |(_, rest)| rest);
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            rest = end.map_or("", |end| &rest[end + 2..]);
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\''") || rest.starts_with("'\\\\'") {
            rest = &rest
                [rest[1..].find('\'').map_or(3, |end| end + 2).max(if rest.starts_with("'\\''") { 4 } else { 3 })..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(at) => code[..at].to_owned(),
        None => code,
    }
}

/// Whether a character can stand in a name.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first names after each `prefix::`, groups in braces taken apart.
fn paths_after<'c>(code: &'c str, prefix: &str) -> Vec<&'c str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c: char| is_name(c) || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let Some(rest) = rest.strip_prefix("::") else { continue };
        match rest.strip_prefix('{') {
            Some(group) => found.extend(first_names(group)),
            None => found.push(rest.split(|c: char| !is_name(c)).next().unwrap()),
        }
    }
    found
}

/// The first name of each path of a group, `a::{b, c}, d}`: `a` and `d`.
fn first_names(group: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(group[start..at].trim().split(|c: char| !is_name(c)).next().unwrap());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn the_reader_of_imports_reads_all_their_forms() {
    let text = "
        //! use crate::comment;
        use crate::plan::{Plan, vocabulary::near};
        pub(crate) use crate::{figure::{Sum, Decimal}, source::Span, audit};
        fn f(x: &crate::script::Limits) -> &str { \"crate::text\" } // crate::comment
        let c = '\"'; let d = crate::rules::Rules::empty(); let e = '\\''; let s = \"a\\\"crate::text\";
        crates::no; mycrate::no;
        #[cfg(test)]
        mod tests { use crate::tests_only; }
    ";
    let text: String = text.lines().map(|line| line.trim_start().to_owned() + "\n").collect();
    assert_eq!(paths_after(&code(&text), "crate"), ["plan", "figure", "source", "audit", "script", "rules"]);
}

#[test]
fn every_module_has_a_floor_and_imports_only_from_below() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if file == "lib.rs" || is_binary(&file) {
            continue;
        }
        let own = module(&file);
        let Some(height) = floor(own) else {
            wrong.push(format!("{file}: `{own}` has no floor"));
            continue;
        };
        for name in paths_after(&code(&text), "crate") {
            let below = name == own || floor(name).is_some_and(|other| other < height);
            if !below {
                wrong.push(format!("{file} imports crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `super::` leads out of a module only as far as its own top.
#[test]
fn no_module_climbs_out_of_its_house_by_super() {
    for (file, text) in sources() {
        if is_binary(&file) {
            continue;
        }
        // Of `a/b/c.rs`, `super` is `a::b`, and `super::super` `a`; of `a/mod.rs` the first is already the root.
        let depth = file.split('/').count() - 1 - usize::from(file.ends_with("/mod.rs"));
        let climbs = "super::".repeat(depth + 1);
        let code = code(&text);
        assert!(file == "lib.rs" || !code.contains(&climbs), "{file} climbs to the root");
    }
}

#[test]
fn the_command_sees_only_the_public_face_of_the_library() {
    for (file, text) in sources().into_iter().filter(|(file, _)| is_binary(file)) {
        let code = code(&text);
        // Within the binary `crate` is the binary's own root, where only `cli` stands.
        for name in paths_after(&code, "crate") {
            assert_eq!(name, "cli", "{file} imports crate::{name}");
        }
        assert!(!code.contains("#[path"), "{file}");
    }
    // And the library does not know the command.
    for (file, text) in sources().into_iter().filter(|(file, _)| !is_binary(file)) {
        let code = code(&text);
        assert!(paths_after(&code, "crossfoot").is_empty(), "{file} names the crate from outside");
        for own in ["clap", "clap_complete", "clap_mangen", "crossterm", "indicatif", "rustyline", "terminal_size"] {
            assert!(paths_after(&code, own).is_empty(), "{file} names {own}, which belongs to cli/");
        }
    }
}

/// Crates that one module keeps to itself, so that they can be replaced there.
#[test]
fn a_crate_that_one_module_wraps_is_named_nowhere_else() {
    for (wrapped, keepers) in [
        ("rhai", &["script"][..]),
        ("toml_parser", &["plan"]),
        ("toml_datetime", &["plan"]),
        ("rust_decimal", &["figure"]),
        ("miette", &["report"]),
        ("owo_colors", &["report"]),
        ("textwrap", &["report"]),
        ("maud", &["report"]),
        ("pulldown_cmark", &["report"]),
        ("maud", &["report"]),
        ("httparse", &["cli"]),
        ("include_dir", &["rules", "words"]),
        ("fluent_bundle", &["words"]),
        ("intl_memoizer", &["words"]),
        ("unic_langid", &["words"]),
        ("icu_decimal", &["words"]),
        ("icu_locale_core", &["words"]),
        ("fixed_decimal", &["words"]),
        ("writeable", &["words"]),
        ("rayon", &["audit"]),
        ("fastrand", &["mutate"]),
        ("regex", &["script"]),
        ("quick_junit", &["rules", "report"]),
        ("rust_xlsxwriter", &["report"]),
        ("strsim", &["plan", "script"]),
        ("notify", &["watch"]),
        ("notify_debouncer_full", &["watch"]),
        ("lsp_server", &["lsp"]),
        ("lsp_types", &["lsp"]),
    ] {
        for (file, text) in sources() {
            let named = !paths_after(&code(&text), wrapped).is_empty();
            assert!(!named || keepers.contains(&module(&file)), "{file} names {wrapped}");
        }
    }
}

#[test]
fn no_printer_imports_another() {
    let formats: Vec<String> = {
        let sources = sources();
        let below = sources.keys().filter_map(|file| file.strip_prefix("report/"));
        let mut names: Vec<String> = below.map(|rest| module(rest).to_owned()).filter(|name| name != "mod").collect();
        names.dedup();
        names
    };
    assert!(formats.contains(&"json".to_owned()) && formats.contains(&"text".to_owned()));
    for (file, text) in sources() {
        let Some(rest) = file.strip_prefix("report/") else { continue };
        let own = module(rest);
        // Beside the module itself, the table of forms names them all.
        if own == "mod" || own == "format" {
            continue;
        }
        let code = code(&text);
        let by_super = rest.matches('/').count();
        let super_path =
            format!("{}super", "super::".repeat(by_super - usize::from(rest.ends_with("/mod.rs") && by_super > 0)));
        for other in formats.iter().filter(|other| *other != own) {
            assert!(!code.contains(&format!("report::{other}")), "{file} imports {other}");
            let names = paths_after(&code, &super_path);
            assert!(!names.contains(&other.as_str()), "{file} imports {other}");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    for (file, text) in sources() {
        if file == "figure/tests/mod.rs" || text.starts_with("//! ") {
            let first = text.lines().next().unwrap();
            assert!(first.trim_start_matches("//!").trim().len() > 10, "{file}: {first}");
            continue;
        }
        panic!("{file} does not begin with `//!`");
    }
}

#[test]
fn a_file_fits_in_a_head() {
    for (file, text) in sources() {
        let lines = code(&text).lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 600, "{file} has {lines} lines of code");
    }
}
