//! What a watch shows: the findings at the start, afterwards what is different, and how things stand.
//!
//! Each check is made whole in memory and written at once, so that nothing flickers.

use std::io::{self, Write as _};
use std::time::Instant;

use serde_json::{Value, json};

use crate::cli::args::{Format, When};
use crate::cli::terminal;
use crossfoot::finding::{Difference, Finding, Severity};
use crossfoot::live::{Checked, Disk};
use crossfoot::report::{Cell, Harmless, Since, TextOptions, Written};
use crossfoot::rules::test::{self, TestRun, TestText};
use crossfoot::{Report, report};

/// More findings than these are counted at the start, and not shown where they can be asked for. Of more new ones at a later
/// check the first are shown.
const MANY: usize = 100;

/// Of too many new findings, how many are shown.
const FIRST: usize = 10;

/// Lines for stale findings, and for differences within rounding.
const LINES: usize = 5;

/// The keys, and what they do.
const KEYS: [(&str, &str); 5] = [
    ("Enter", "check again"),
    ("f", "show all findings at each check, or only the difference"),
    ("r", "show differences within rounding, or hide them"),
    ("q", "end"),
    ("?", "list the keys"),
];

/// How much of a check is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    First,
    Difference,
    /// What was shown before, whole.
    All,
    /// That nothing is checked, for want of rules.
    Nothing,
    /// Differences within rounding that are shown from now on, as the new ones of the difference.
    Rounding,
}

/// A check that was made.
pub(super) struct Check<'c> {
    pub(super) checked: &'c Checked,
    /// What stands in the way of new rules and a new configuration.
    pub(super) mistakes: Option<&'c Report>,
    pub(super) difference: &'c Difference,
    /// What the cases of changed rules came to.
    pub(super) cases: Option<&'c TestRun>,
    /// When what it tells of was noticed.
    pub(super) started: Instant,
}

impl<'c> Check<'c> {
    /// A check that was shown before.
    pub(super) fn again(checked: &'c Checked, disk: &'c Disk) -> Self {
        static NONE: std::sync::OnceLock<Difference> = std::sync::OnceLock::new();
        Self {
            checked,
            mistakes: disk.mistakes(),
            difference: NONE.get_or_init(Difference::default),
            cases: None,
            started: Instant::now(),
        }
    }

    /// Findings of last good versions.
    pub(super) fn stale(&self) -> &'c [Finding] {
        self.checked.stale.as_ref().map(|stale| stale.findings.as_slice()).unwrap_or_default()
    }
}

pub(super) struct Screen {
    color: When,
    full: bool,
    clear: bool,
    keys: bool,
    format: Format,
    checks: u64,
}

impl Screen {
    pub(super) fn new(color: When, full: bool, clear: bool, keys: bool, format: Format) -> Self {
        Self { color, full, clear, keys, format, checks: 0 }
    }

    /// Changes whether all findings are shown; how it is now.
    pub(super) fn toggle_full(&mut self) -> bool {
        self.full = !self.full;
        self.full
    }

    pub(super) fn show(&mut self, check: &Check<'_>, show: Show) -> io::Result<()> {
        self.checks += u64::from(matches!(show, Show::First | Show::Difference | Show::Nothing));
        let bytes = match (self.format, show) {
            (Format::Json, _) => self.line(check)?,
            (Format::Text, Show::Nothing) => self.nothing(check)?,
            (Format::Text, _) => self.text(check, show)?,
        };
        let clear = self.clear && self.format == Format::Text && io::IsTerminal::is_terminal(&io::stdout());
        // The screen and what was scrolled out of it.
        let start: &[u8] = if clear { b"\x1b[H\x1b[2J\x1b[3J" } else { b"" };
        put(&[start, &bytes].concat())
    }

    /// What stands in the way of every rule.
    fn nothing(&self, check: &Check<'_>) -> io::Result<Vec<u8>> {
        let (options, mut out) = self.page();
        let mistakes = &check.checked.report;
        report::problems(mistakes, &options, &mut out)?;
        report::nothing_checked(mistakes.errors.len(), &clock(), &options, &mut out)?;
        self.finish(out)
    }

    /// An empty page, for the terminal as it is now: it may have been made wider or narrower meanwhile.
    fn page(&self) -> (TextOptions, Harmless<Vec<u8>>) {
        let options = terminal::options(self.color);
        let written = if options.color { Written::Coloured } else { Written::Plain };
        (options, Harmless::new(written, Vec::new()))
    }

    fn finish(&self, mut out: Harmless<Vec<u8>>) -> io::Result<Vec<u8>> {
        if !self.clear {
            writeln!(out)?;
        }
        out.flush()?;
        Ok(out.into_inner())
    }

    fn text(&self, check: &Check<'_>, show: Show) -> io::Result<Vec<u8>> {
        let (options, mut out) = self.page();
        let whole = &check.checked.report;
        // What is stale stands first: why it is so must not be pushed off the screen.
        if let Some(stale) = &check.checked.stale {
            report::brief("stale", stale, self.most(), &options, &mut out)?;
        }
        if let Some(mistakes) = check.mistakes {
            report::problems(mistakes, &options, &mut out)?;
        }
        let many = show == Show::First && whole.findings.len() > MANY && self.keys && !self.full;
        if many {
            writeln!(out, "{} findings; `f` shows all of them", whole.findings.len())?;
            report::difference(&Difference::default(), whole, &options, &mut out)?;
        } else if show == Show::Rounding && !self.full {
            let notes = check.difference.new.clone();
            let notes = Report::new(whole.plans.clone(), notes, Vec::new(), Vec::new(), whole.sources.clone());
            report::brief("note", &notes, self.most(), &options, &mut out)?;
        } else if self.full || show != Show::Difference {
            report::obstacles_once(whole, &options, &mut out)?;
        } else {
            self.difference(check.difference, whole, &options, &mut out)?;
        }
        if let Some(cases) = check.cases {
            test::text(cases, &TestText { terminal: options, verbose: false }, &mut out)?;
        }
        let since = (show == Show::Difference).then(|| Since::from(check.difference));
        let mut counted = without_texts(whole);
        counted.errors.extend(check.mistakes.into_iter().flat_map(|mistakes| mistakes.errors.iter().cloned()));
        let now = (check.started.elapsed(), clock());
        report::status(&counted, check.stale().len(), since, (now.0, &now.1), &options, &mut out)?;
        self.finish(out)
    }

    /// What is different; of a slip that made a wall of findings the beginning.
    fn difference(
        &self,
        difference: &Difference,
        whole: &Report,
        options: &TextOptions,
        out: &mut Harmless<Vec<u8>>,
    ) -> io::Result<()> {
        if difference.new.len() <= MANY {
            return report::difference(difference, whole, options, out);
        }
        let first = difference.new.iter().take(FIRST).cloned().collect();
        report::difference(&Difference { new: first, ..difference.clone() }, whole, options, out)?;
        writeln!(out, "and {} more new findings; {} shows all", difference.new.len() - FIRST, self.hint_for_all())
    }

    /// How many lines of a kind are written, and what shows all.
    fn most(&self) -> Option<(usize, &'static str)> {
        (!self.full).then(|| (LINES, self.hint_for_all()))
    }

    fn hint_for_all(&self) -> &'static str {
        if self.keys { "`f`" } else { "--full" }
    }

    /// A check as one line of JSON.
    fn line(&self, check: &Check<'_>) -> io::Result<Vec<u8>> {
        let (whole, difference) = (&check.checked.report, check.difference);
        let mistakes = check.mistakes.into_iter().flat_map(|mistakes| &mistakes.errors);
        let count = |of: fn(&crossfoot::finding::PlanSummary) -> usize| whole.plans.iter().map(of).sum::<usize>();
        let changed: Vec<&Finding> = difference.changed.iter().map(|changed| &changed.after).collect();
        let gone = difference.gone.iter().map(|gone| json!({ "why": gone.why.words(), "finding": gone.finding }));
        let renamed = difference.renamed.iter().map(|renamed| json!({ "from": renamed.from, "to": renamed.to }));
        let mut line = json!({
            "schema": 1,
            "check": self.checks,
            "new": difference.new,
            "fixed": difference.fixed,
            "changed": changed,
            "gone": gone.collect::<Vec<_>>(),
            "renamed": renamed.collect::<Vec<_>>(),
            "remaining": difference.remaining.len(),
            "stale": check.stale(),
            "faults": whole.findings.iter().filter(|finding| whole.is_fault(finding)).collect::<Vec<_>>(),
            "errors": mistakes.chain(&whole.errors).collect::<Vec<_>>(),
            "summary": whole.summary,
            "figures": { "stated": count(|plan| plan.figures), "covered": count(|plan| plan.covered) },
        });
        if self.full {
            line["report"] = serde_json::to_value(whole)?;
        }
        let milliseconds = check.started.elapsed().as_secs_f64() * 1_000.0;
        line["milliseconds"] = Value::from((milliseconds * 1_000.0).round() / 1_000.0);
        let mut out = Harmless::new(Written::Json, Vec::new());
        writeln!(out, "{line}")?;
        out.flush()?;
        Ok(out.into_inner())
    }

    /// Says which keys there are, where there are any.
    pub(super) fn hint(&self) -> io::Result<()> {
        if self.keys { self.say("`?` lists the keys") } else { Ok(()) }
    }

    pub(super) fn help(&self) -> io::Result<()> {
        let rows = KEYS.map(|(key, what)| vec![Cell::strong(key), Cell::plain(what)]);
        let options = terminal::options(self.color);
        let mut out = Vec::new();
        report::columns(&rows, &options, &mut out)?;
        put(&out)
    }

    /// A line for whoever sits at the terminal.
    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        let mut out = Vec::new();
        report::columns(&[vec![Cell::dim(text)]], &terminal::options(self.color), &mut out)?;
        put(&out)
    }

    pub(super) fn ring(&self) -> io::Result<()> {
        if io::IsTerminal::is_terminal(&io::stdout()) { put(b"\x07") } else { Ok(()) }
    }
}

/// A report for its counts: without the findings' texts.
fn without_texts(whole: &Report) -> Report {
    let mut summary = whole.summary;
    // That a plan is no TOML is told by itself.
    for fault in whole.findings.iter().filter(|finding| whole.is_fault(finding)) {
        match fault.severity {
            Severity::Error => summary.error -= 1,
            Severity::Warning => summary.warning -= 1,
            Severity::Info => summary.info -= 1,
        }
    }
    Report {
        summary,
        findings: Vec::new(),
        suppressed: Vec::new(),
        gone: Vec::new(),
        sources: Default::default(),
        ..whole.clone()
    }
}

/// Writes at once.
fn put(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// The time of day where the user is.
fn clock() -> String {
    jiff::ZonedDateTime::now().strftime("%H:%M:%S").to_string()
}
