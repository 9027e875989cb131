//! Files of rules as they stand in an editor: the root that a file belongs to, its shared code, its faults, and its cases, run.
//!
//! What is on disk is read through the texts that are open, so that nothing has to be saved first. What an editor shows of it
//! is decided above.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::discover::{self, id_of, is_shared, name_of};
use super::pack::{PACK_FILE, stated_name};
use super::test::{CaseVerdict, RuleTest, TestRun, TestText, Tester, text};
use super::{Case, Draft, Origin, Rules};
use crate::script::{CompileDraft, LIB, Library, Limits, ScriptEngine, ScriptFault, on_large_stack};
use crate::source::SourceText;

/// How long one case may run, and all cases of one rule together.
const CASE_TIME: Duration = Duration::from_secs(2);
const ALL_TIME: Duration = Duration::from_secs(5);

/// Texts that are open, by path; `None` is for files that are not.
pub(crate) type Opened<'o> = &'o dyn Fn(&Path) -> Option<String>;

/// The root of some rules, with the shared code below it.
#[derive(Debug)]
pub(crate) struct RuleRoot {
    root: PathBuf,
    /// Of a pack, its name.
    pack: Option<String>,
    engine: ScriptEngine,
    shared: Vec<(String, SourceText)>,
    library: Library,
}

/// What became of the cases of a rule that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CasesRun {
    /// How many were run.
    pub(crate) cases: usize,
    /// Those that did not come out as they say, with the words for how they did.
    pub(crate) failed: Vec<(String, &'static str)>,
    /// Whether the rule could be run at all.
    pub(crate) compiles: bool,
    /// All of it as the command tells it.
    pub(crate) told: String,
}

impl fmt::Display for CasesRun {
    /// `4 cases: 3 passed, 1 failed (fail-transposed)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST_NAMES: usize = 3;
        if !self.compiles {
            return f.write_str("the rule does not compile: no case was run");
        }
        let plural = if self.cases == 1 { "" } else { "s" };
        write!(f, "{} case{plural}: {} passed", self.cases, self.cases - self.failed.len())?;
        if self.failed.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.failed.iter().take(MOST_NAMES).map(|(name, _)| name.as_str()).collect();
        let more = match self.failed.len().saturating_sub(MOST_NAMES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        write!(f, ", {} failed ({}{more})", self.failed.len(), names.join(", "))
    }
}

impl RuleRoot {
    /// The root that a file of rules belongs to: the innermost of the roots that are known, or of the folders above it that
    /// are a pack or are called `rules`; where there is none, the folder beside `lib`, or the file's own.
    pub(crate) fn of(file: &Path, known: &[PathBuf]) -> PathBuf {
        let folders = || file.ancestors().skip(1);
        let is_root = |folder: &&Path| {
            known.iter().any(|known| known == folder)
                || folder.file_name().is_some_and(|name| name == "rules")
                || folder.join(PACK_FILE).is_file()
        };
        let below_lib = || folders().find(|folder| folder.file_name().is_some_and(|name| name == LIB))?.parent();
        let found = folders().find(is_root).or_else(below_lib).or_else(|| file.parent());
        found.unwrap_or(file).to_owned()
    }

    /// Reads the shared code of a root. What cannot be read is not there.
    pub(crate) fn read(root: &Path, opened: Opened<'_>) -> Self {
        let engine = ScriptEngine::new(Limits { deadline: CASE_TIME, ..Limits::STANDARD }, &[]);
        let source = |path: PathBuf| {
            let id = id_of(root, &path.with_extension(""));
            let source = match opened(&path) {
                Some(text) => SourceText::new(name_of(&path), text),
                None => discover::read(&path).ok()?,
            };
            Some((id, source))
        };
        let shared: Vec<(String, SourceText)> = discover::shared_files(root).into_iter().filter_map(source).collect();
        let files: Vec<(&str, &str, &str)> =
            shared.iter().map(|(id, source)| (id.as_str(), source.name(), source.text())).collect();
        let compiled = on_large_stack(|| engine.compile_shared(&files).0);
        let library = compiled.unwrap_or_default();
        Self { pack: stated_name(root), root: root.to_owned(), engine, shared, library }
    }

    /// Whether a file is one of the shared code of this root.
    pub(crate) fn shares(&self, file: &Path) -> bool {
        file.starts_with(&self.root) && is_shared(&self.path_of(file))
    }

    /// The path of a file below the root, without its ending, such as `lib/totals`.
    fn path_of(&self, file: &Path) -> String {
        id_of(&self.root, &file.with_extension(""))
    }

    /// The id of a file's rule.
    pub(crate) fn id_of(&self, file: &Path) -> String {
        let path = self.path_of(file);
        match &self.pack {
            Some(pack) => format!("{pack}/{path}"),
            None => path,
        }
    }

    /// Every fault of a file with this text.
    pub(crate) fn faults(&self, file: &Path, text: &str) -> Vec<ScriptFault> {
        let (name, path) = (name_of(file), self.path_of(file));
        let shared = is_shared(&path).then_some(path.as_str());
        let draft = CompileDraft { file: &name, text, library: &self.library, shared };
        let found = on_large_stack(|| self.engine.faults(draft));
        found.unwrap_or_else(|error| vec![super::plain_fault(error.to_string(), None)])
    }

    /// The shared code of the root: each file by the path that imports it.
    pub(crate) fn shared(&self) -> impl Iterator<Item = (&str, &SourceText)> {
        self.shared.iter().map(|(path, source)| (path.as_str(), source))
    }

    /// How many cases a file has.
    pub(crate) fn count_cases(&self, file: &Path) -> usize {
        discover::toml_files(&file.with_extension("")).map_or(0, |files| files.len())
    }

    /// Runs the cases of a file with this text. Never longer than some seconds.
    pub(crate) fn run_cases(&self, file: &Path, text: &str, opened: Opened<'_>) -> CasesRun {
        let own = self.path_of(file);
        let shared = self.shared.iter().filter(|(path, _)| *path != own);
        let mut drafts: Vec<Draft> = shared
            .map(|(path, source)| draft(path, SourceText::new(source.name(), source.text()), Vec::new()))
            .collect();
        let cases = discover::cases_of(&file.with_extension(""), &self.root);
        let cases = cases.into_iter().map(|case| match opened(Path::new(case.name())) {
            Some(text) => case.with_text(&text),
            None => case,
        });
        drafts.push(draft(&own, SourceText::new(name_of(file), text), cases.collect()));
        let mut rules = Rules::with_limits(Limits { deadline: CASE_TIME, ..Limits::STANDARD });
        rules.add(drafts, None);
        let run = Tester::new(&rules).within(ALL_TIME).run();
        told(&run, &own)
    }
}

fn draft(path: &str, source: SourceText, cases: Vec<Case>) -> Draft {
    let origin = Origin::File(source.shared_name());
    Draft { id: path.to_owned(), shared: is_shared(path), origin, source, cases }
}

/// What became of one rule's cases.
fn told(run: &TestRun, id: &str) -> CasesRun {
    let rule: Option<&RuleTest> = run.rules.iter().find(|rule| *rule.rule == *id);
    let cases = || rule.into_iter().flat_map(|rule| &rule.cases);
    let failed = cases().map(|case| (case.case.clone(), case.verdict()));
    let failed = failed.filter(|(_, verdict)| *verdict != CaseVerdict::AsExpected);
    let mut out = Vec::new();
    let mut own = run.clone();
    own.rules.retain(|rule| *rule.rule == *id);
    // A writer into memory refuses nothing.
    let _ = text(&own, &TestText::default(), &mut out);
    CasesRun {
        cases: cases().count(),
        failed: failed.map(|(name, verdict)| (name, verdict.words())).collect(),
        compiles: rule.is_some(),
        told: String::from_utf8_lossy(&out).into_owned(),
    }
}
