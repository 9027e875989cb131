//! A plan whose every text is hostile: markup, scripts, control characters, marks that turn the direction, 10 000 characters.

use crossfoot::finding::Run;
use crossfoot::{Auditor, Plan, Rules};

/// What stands in each text.
pub const EVIL: &str = "</title></style></script><script>window.pwned = 1</script><img src=http://evil.example/x onerror=window.pwned=1>\
    \" onmouseover=\"window.pwned=1\" x='{{7*7}} &amp; \u{202e}txt\u{2066} javascript:window.pwned=1 <!-- ]]> -->";

/// The plan as TOML.
pub fn text() -> String {
    let evil = format!("'''{EVIL}'''").replace("x='{{", "x=`{{");
    let long = "x".repeat(10_000);
    let escape = r#""\u001b[31m\u0000 title""#;
    format!(
        "[plan]\ntitle = {evil}\norganisation = {escape}\nlanguage = {evil}\ncurrency = {evil}\nsource = '{long}'\nyears = [2026]\n\
         [plan.total]\n2026 = 99\n[scales]\nlikelihood = [{evil}, 'b']\nimpact = [{evil}]\nstatus = [{evil}]\n\
         [[objectives]]\nid = {evil}\ntitle = {evil}\ntotal = {{ 2026 = 30 }}\n\
         outcomes = [{{ id = {evil}, title = {evil}, indicators = [{evil}, '{long}'], means = [] }}]\n\
         outputs = [{{ id = {evil}, title = {evil}, cost = {{ 2026 = 10, {key} = 3 }} }}, {{ id = 'B', cost = {{ 2026 = 21 }} }}]\n\
         [[splits]]\nid = {evil}\nparts = [{{ share = 84 }}, {{ share = 19 }}]\n\
         [[risks]]\ntitle = {evil}\nlikelihood = {evil}\nimpact = {evil}\nmitigations = [{evil}]\n\
         [[risks]]\ntitle = '{long}'\nlikelihood = 'nowhere'\nimpact = 'nowhere'\nmitigations = []\n\
         [[mitigations]]\nid = {evil}\ntitle = {evil}\nowner = {evil}\nstatus = {evil}\n",
        key = "'<b>'",
    )
}

/// The plan, audited.
pub fn run() -> Run {
    let name = "<img src=x onerror=window.pwned=1>.toml";
    Auditor::new(&Rules::standard()).run_of(&[Plan::parse(name, &text())])
}
