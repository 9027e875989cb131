//! Tells cargo to build again when a standard rule or a text of the tool is added, changed or removed.
#![expect(clippy::disallowed_macros, reason = "a build script speaks to cargo through standard output")]

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=words");
}
