//! The commands that README and the pages of `docs/` show give what they show.
#![allow(missing_docs, reason = "a test")]

#[test]
fn commands_in_the_documentation_print_what_it_says() {
    trycmd::TestCases::new()
        .case("README.md")
        .case("docs/*.md")
        .skip("docs/allowances.md")
        .case("docs/plans/*.md")
        .env("COLUMNS", "100")
        .run();
}
