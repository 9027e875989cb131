//! Runs the command as a user at a terminal of some width would, in the project's folder.

use std::process::{Command, Output};

/// The command with these arguments, on a terminal of so many columns, without colours.
pub fn crossfoot(columns: u32, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", columns.to_string())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

/// What it shows: the command, standard output, then standard error, then the exit status.
#[allow(dead_code, reason = "not every test shows screens")]
pub fn screen(columns: u32, arguments: &[&str]) -> String {
    let output = crossfoot(columns, arguments);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("$ crossfoot {}\n{out}{err}[exit {}]\n", arguments.join(" "), output.status.code().unwrap())
}
