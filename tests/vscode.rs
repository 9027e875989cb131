//! The extension for VS Code: it builds from its locked npm packages, its bundle loads, and it starts the real server.
//!
//! Its packages come from a registry, so that it is built only where `CROSSFOOT_REQUIRE_EDITOR` is set, as continuous
//! integration sets it; elsewhere the test says that it was skipped.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may end where something is not as expected, and read its environment"
)]

#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode")
}

fn json(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(source().join(name)).unwrap()).unwrap()
}

/// A copy of what is in the repository, without what a build leaves behind.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if ["node_modules", "dist"].iter().any(|made| name == *made) {
            continue;
        }
        let target = to.join(&name);
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn npm(folder: &Path, arguments: &[&str]) -> String {
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    let output = Command::new("npm")
        .args(arguments)
        .current_dir(folder)
        .env("npm_config_cache", cache)
        .env("npm_config_update_notifier", "false")
        .env("CROSSFOOT", env!("CARGO_BIN_EXE_crossfoot"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "npm {}: {told}", arguments.join(" "));
    told
}

#[test]
fn the_extension_builds_and_starts_the_server() {
    if !programs::is_required() {
        return programs::skipped("it takes packages from npm; set CROSSFOOT_REQUIRE_EDITOR=1 to build it");
    }
    assert!(programs::has("node", "nodejs") && programs::has("npm", "npm"));
    let folder = tempfile::tempdir().unwrap();
    copy(&source(), folder.path());
    npm(folder.path(), &["ci"]);
    npm(folder.path(), &["run", "build"]);
    let told = npm(folder.path(), &["test"]);
    assert!(told.contains(&format!("crossfoot {} answered", env!("CARGO_PKG_VERSION"))), "{told}");
}

#[test]
fn the_lock_names_every_package_by_what_it_holds_and_no_registry() {
    let lock = json("package-lock.json");
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 10);
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(package.get("resolved").is_none(), "{name}");
        assert!(package["integrity"].as_str().is_some_and(|hash| hash.starts_with("sha512-")), "{name}");
    }
    assert!(!lock.to_string().contains("http"));
}

#[test]
fn the_manifest_says_what_the_server_and_the_files_say() {
    let manifest = json("package.json");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let text = fs::read_to_string(source().join("src/extension.ts")).unwrap();
    let settings = manifest["contributes"]["configuration"]["properties"].as_object().unwrap();
    for name in settings.keys().map(|key| key.strip_prefix("crossfoot.").unwrap()) {
        assert!(text.contains(&format!("\"{name}\"")), "nobody reads the setting {name}");
    }
    for command in manifest["contributes"]["commands"].as_array().unwrap() {
        assert!(text.contains(command["command"].as_str().unwrap()), "{command}");
    }
    for path in ["/contributes/languages/0/configuration", "/contributes/grammars/0/path"] {
        json(manifest.pointer(path).unwrap().as_str().unwrap());
    }
}

#[test]
fn the_page_about_editors_says_what_is_in_the_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/editors.md")).unwrap();
    let helix = fs::read_to_string(root.join("editors/helix/languages.toml")).unwrap();
    let (_, snippet) = helix.split_once("\n\n").unwrap();
    assert!(page.contains(snippet.trim()), "the snippet for Helix is another one");
    for link in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        let path = link.split('#').next().unwrap();
        assert!(link.starts_with("https://") || path.is_empty() || root.join("docs").join(path).exists(), "{link}");
    }
    let manifest = json("package.json");
    for key in manifest["contributes"]["configuration"]["properties"].as_object().unwrap().keys() {
        let name = key.strip_prefix("crossfoot.").unwrap();
        assert!(page.contains(&format!("`{name}`")) || page.contains(&format!("`{key}`")), "{key} is not on the page");
    }
    for script in
        manifest["scripts"].as_object().unwrap().keys().filter(|script| !["check", "test"].contains(&script.as_str()))
    {
        assert!(page.contains(&format!("npm run {script}")), "{script} is not on the page");
    }
}
