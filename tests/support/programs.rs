//! Programs that are not Rust's, and may be missing where only Rust is there.

use std::process::Command;

/// Whether something that is missing fails the test, as continuous integration wants it, instead of skipping it.
pub fn is_required() -> bool {
    std::env::var_os("CROSSFOOT_REQUIRE_EDITOR").is_some_and(|value| value != "0" && !value.is_empty())
}

/// Whether a program is there. Where it is missing and need not be there, that is said loudly.
pub fn has(program: &str, package: &str) -> bool {
    let version = Command::new(program).arg("--version").output();
    if version.is_ok_and(|output| output.status.success()) {
        return true;
    }
    assert!(!is_required(), "CROSSFOOT_REQUIRE_EDITOR is set, and there is no `{program}`: install {package}");
    skipped(&format!("there is no `{program}`; install {package}"));
    false
}

/// Says that a test did nothing, past what the test runner swallows.
pub fn skipped(why: &str) {
    use std::io::Write as _;
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(std::io::stderr(), "SKIPPED {name}: {why}");
}
