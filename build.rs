//! Tells cargo to build again when a standard rule is added, changed or removed.
fn main() {
    println!("cargo:rerun-if-changed=rules");
}
