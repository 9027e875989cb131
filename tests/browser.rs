//! The HTML report in a real browser: what it says, what can be done with it, and that it asks nobody for anything.
//!
//! Skipped where no Chromium is installed; with `CROSSFOOT_REQUIRE_BROWSER=1` that is a failure.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a test may end where something is not as expected, reads the environment, and says what it skipped"
)]

#[path = "support/browser.rs"]
mod browser;
#[path = "support/hostile_plan.rs"]
mod hostile_plan;
#[allow(dead_code, reason = "here only what says that something was skipped is used")]
#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use browser::Browser;
use crossfoot::finding::Run;
use crossfoot::words::Words;
use crossfoot::{Auditor, Plan, Rules, report};
use serde_json::{Value, json};

/// The plan of the ITU, audited.
fn itu() -> Run {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/itu-2020-2023.toml");
    let plan = Plan::parse("plans/itu-2020-2023.toml", &fs::read_to_string(path).unwrap());
    Auditor::new(&Rules::standard()).run_of(&[plan])
}

/// A page in a folder of its own, and its address.
fn page(run: &Run) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let mut bytes = Vec::new();
    report::html(run, Words::english(), &mut bytes).unwrap();
    fs::write(&file, bytes).unwrap();
    let url = format!("file://{}", file.display());
    (folder, url)
}

/// The findings that are shown, as a script counts them.
const SHOWN: &str = "[...document.querySelectorAll('.finding')].filter(card => card.checkVisibility()).length";

/// Sets a field of the filters as a user does.
fn set(name: &str, value: &str) -> String {
    format!(
        "{{ const field = document.getElementById('filters').elements.namedItem('{name}'); field.value = '{value}'; \
         field.dispatchEvent(new Event('input', {{ bubbles: true }})); {SHOWN} }}"
    )
}

#[test]
fn a_reviewer_reads_filters_sorts_and_sends_links() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, url) = page(&itu());
    browser.open(&url);
    let sentence = "document.querySelector('.sentence').textContent";
    assert_eq!(browser.value(sentence), "This plan does not agree with itself: 12 errors and 5 warnings.");
    assert_eq!(browser.value(SHOWN), 17);

    // Filters, alone and together; what is chosen stands in the address.
    assert_eq!(browser.value(&set("severity", "warning")), 5);
    assert_eq!(browser.value(&set("rule", "risks/unmitigated")), 2);
    assert_eq!(browser.value(&set("q", "manifestations GENÈVE")), 1);
    assert_eq!(browser.value("document.querySelector('#filters output').textContent"), "1 of 17 shown");
    assert_eq!(browser.value("[...document.querySelectorAll('.group')].filter(group => !group.hidden).length"), 1);
    let address = browser.value("location.href");
    assert!(
        address.as_str().unwrap().contains("#?q=manifestations+GEN%C3%88VE&severity=warning&rule=risks"),
        "{address}"
    );
    assert_eq!(browser.value(&set("q", "no such word")), 0);
    assert_eq!(browser.value("document.getElementById('none-left').checkVisibility()"), true);
    browser.value("document.querySelector('#filters button').click()");
    assert_eq!(browser.value(&format!("new Promise(done => setTimeout(() => done({SHOWN})))")), 17);
    let sixth = "document.querySelector('#filters [name=objective] option:last-child').value";
    let sixth = browser.value(sixth).as_str().unwrap().to_owned();
    let of_sixth = browser.value(&set("objective", &sixth));
    assert!(of_sixth.as_u64().unwrap() >= 3 && of_sixth.as_u64().unwrap() < 12, "{of_sixth}");

    // Such an address shows the same again, and that of a finding leads to it.
    browser.open(address.as_str().unwrap());
    assert_eq!(browser.value(SHOWN), 1);
    let id = browser.value("document.querySelector('.finding:not([hidden])').id");
    browser.open(&format!("{url}#{}", id.as_str().unwrap()));
    assert_eq!(browser.value("document.querySelector(':target').id"), id);
    browser.open(&format!("{url}#rule-shares/money"));
    assert_eq!(browser.value("document.querySelector(':target').open"), true);

    // A press on a heading sorts, numbers as numbers.
    let sort = "{ const heading = document.querySelector('#rules th:nth-child(4) button'); heading.click(); heading.click(); \
        [heading.parentElement.getAttribute('aria-sort'), ...[...document.querySelectorAll('#rules tbody tr')].slice(0, 2) \
        .map(row => Number(row.cells[3].dataset.v))] }";
    let sorted = browser.value(sort);
    assert_eq!(sorted[0], "descending");
    assert!(sorted[1].as_u64() > sorted[2].as_u64() && sorted[2].as_u64() > Some(40), "{sorted}");

    assert_eq!(browser.complaints(), [""; 0]);
    assert_eq!(browser.requests().len(), 1, "only the file itself");
}

#[test]
fn the_keyboard_is_enough() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, url) = page(&itu());
    browser.open(&url);
    browser.press("j");
    browser.press("j");
    let focused = "[...document.querySelectorAll('.finding')].indexOf(document.activeElement)";
    assert_eq!(browser.value(focused), 1);
    browser.press("k");
    assert_eq!(browser.value(focused), 0);
    browser.press("/");
    assert_eq!(browser.value("document.activeElement.name"), "q");
    // In the field a letter is a letter.
    browser.press("j");
    assert_eq!(browser.value("document.activeElement.value"), "j");
    browser.press("Escape");
    assert_eq!(browser.value("document.activeElement === document.body"), true);
    browser.press("e");
    assert_eq!(browser.value("document.querySelectorAll('main details:not([open])').length"), 0);
    browser.media("screen", "light");
    let ground = "getComputedStyle(document.body).backgroundColor";
    let light = browser.value(ground);
    browser.press("t");
    let dark = browser.value(ground);
    assert_ne!(light, dark);
    browser.press("t");
    browser.media("screen", "dark");
    assert_eq!(browser.value(ground), light, "what was chosen counts more than what the system prefers");
    assert_eq!(browser.complaints(), [""; 0]);
}

/// The least contrast of any text that is shown, as WCAG 2 reckons it, with what has it; large text may have less.
const CONTRAST: &str = r"(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const bytes = (colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return canvas.getImageData(0, 0, 1, 1).data;
    };
    const light = (colours) => {
        const [r, g, b] = [...bytes(colours)].slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let worst = [99, ''];
    for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!own || !element.checkVisibility() || element.closest('option, script, .hidden, .skip')) continue;
        const style = getComputedStyle(element);
        const grounds = [];
        for (let at = element; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
        // In the risk map a number stands on its circle.
        const circle = element.closest('.risk') && element.parentElement.querySelector('circle');
        if (circle) grounds.push(getComputedStyle(circle).fill);
        const drawn = element.closest('svg') && element.tagName === 'text' ? style.fill : style.color;
        const [a, b] = [light(grounds.concat(drawn)), light(grounds)];
        const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * (large ? 1.5 : 1);
        if (contrast < worst[0]) worst = [contrast, element.outerHTML.slice(0, 200) + ' ' + drawn];
    }
    return worst;
})()";

#[test]
fn it_can_be_read_light_and_dark_narrow_and_wide_and_by_ear() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, url) = page(&itu());
    for scheme in ["light", "dark"] {
        browser.media("screen", scheme);
        for width in [390, 1400] {
            browser.size(width, 900);
            browser.open(&url);
            browser.value("document.querySelectorAll('details').forEach(part => { part.open = true })");
            let worst = browser.value(CONTRAST);
            assert!(worst[0].as_f64().unwrap() >= 4.5, "{scheme} {width}: {worst}");
            // Wide tables scroll in themselves; the page does not.
            let wide = browser.value("document.documentElement.scrollWidth");
            assert!(wide.as_u64().unwrap() <= u64::from(width), "{scheme}: {wide} of {width}");
        }
    }
    // Every drawing has a name and a description for who cannot see it, and its figures stand in a table beside it.
    let tree = browser.tell("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let role = |node: &Value, role: &str| node["role"]["value"] == role && node["ignored"] == false;
    let images: Vec<_> = nodes.iter().filter(|node| role(node, "image") || role(node, "img")).collect();
    let drawings = browser.value("document.querySelectorAll('svg').length").as_u64().unwrap();
    let told = images.iter().filter(|node| node["description"]["value"].as_str().is_some_and(|text| text.len() > 10));
    assert_eq!(told.count() as u64, drawings);
    assert!(images.iter().all(|node| node["name"]["value"].as_str().is_some_and(|name| !name.is_empty())));
    let unnamed = nodes.iter().filter(|node| role(node, "button") || role(node, "combobox") || role(node, "searchbox"));
    let unnamed: Vec<_> = unnamed.filter(|node| node["name"]["value"].as_str().is_none_or(str::is_empty)).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

#[test]
fn it_can_be_read_without_scripts_and_printed() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, url) = page(&itu());
    browser.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.open(&url);
    assert_eq!(browser.value(SHOWN), 17);
    assert_eq!(browser.value("document.getElementById('filters').checkVisibility()"), false);
    browser.tell("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    browser.open(&url);
    browser.media("print", "dark");
    assert_eq!(browser.value("getComputedStyle(document.querySelector('nav')).display"), "none");
    assert_eq!(browser.value("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
    let printed = browser.tell("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true }));
    let pdf = base64(printed["data"].as_str().unwrap());
    let pages = String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count();
    assert!(pdf.starts_with(b"%PDF") && (15..40).contains(&pages), "{pages} pages");
    assert_eq!(browser.value("document.querySelectorAll('main details[open]').length < 20"), true, "closed again");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn what_a_plan_smuggles_in_is_text() {
    let Some(mut browser) = Browser::start() else { return };
    let (_folder, url) = page(&hostile_plan::run());
    browser.size(390, 900);
    browser.open(&url);
    assert_eq!(browser.value("window.pwned === undefined && !document.title.includes('pwned!')"), true);
    assert_eq!(browser.value("document.querySelectorAll('script, iframe, img, object, link, base').length"), 1);
    let wide = browser.value("document.documentElement.scrollWidth");
    assert!(wide.as_u64().unwrap() <= 390, "a text of 10 000 characters makes the page {wide} wide");
    assert_eq!(browser.complaints(), [""; 0]);
    assert_eq!(browser.requests().len(), 1);
    // And if it were no text after all, the page's policy would stop it.
    browser.value(
        "new Promise(done => { document.addEventListener('securitypolicyviolation', () => done()); \
        document.body.insertAdjacentHTML('beforeend', '<img src=\"x\" onerror=\"window.pwned = 1\">') })",
    );
    assert_eq!(browser.value("window.pwned === undefined"), true);
}

#[test]
fn a_hundred_thousand_findings_open_and_say_how_many_are_left_out() {
    let Some(mut browser) = Browser::start() else { return };
    let mut run = itu();
    let known = run.report.findings.clone();
    run.report.findings = known.iter().cycle().take(100_000).cloned().collect();
    let (_folder, url) = page(&run);
    browser.open(&url);
    assert_eq!(browser.value(SHOWN), 240);
    let left = browser.value("[...document.querySelectorAll('.group > .more')].map(p => p.textContent)");
    assert_eq!(left.as_array().unwrap().len(), 6, "{left}");
    assert!(left[0].as_str().unwrap().starts_with("And 11725 "), "{left}");
    assert!(browser.value("document.querySelectorAll('*').length").as_u64().unwrap() < 40_000);
}

#[test]
fn a_page_that_is_served_shows_what_a_save_changes() {
    let Some(mut browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    let text = "[[splits]]\nid = 's'\nparts = [{ share = 84 }, { share = 19 }]\n";
    fs::write(&plan, text).unwrap();
    let mut watch = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["watch", "plan.toml", "--serve"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(watch.stderr.take().unwrap()).lines().map_while(Result::ok);
    let link =
        said.into_iter().find_map(|line| line.strip_prefix("note: the report is at ").map(str::to_owned)).unwrap();
    browser.open(&link);
    browser.value(&set("q", "split"));
    let changed = "window.changed = new Promise(done => new MutationObserver(() => \
        document.querySelector('.sentence').textContent.includes('nothing was found') && done()).observe(document.body, { childList: true })); 1";
    browser.value(changed);
    fs::write(&plan, text.replace("19", "16")).unwrap();
    browser.value("window.changed");
    assert_eq!(browser.value("document.documentElement.dataset.live"), "2");
    assert_eq!(browser.complaints(), [""; 0]);
    let elsewhere: Vec<_> = browser.requests().into_iter().filter(|asked| !asked.starts_with(&link)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    watch.kill().unwrap();
    watch.wait().unwrap();
}

/// The bytes of a text in base 64.
fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(digit).map(u32::from).collect();
    let three = |four: &[u32]| {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(three).collect()
}
