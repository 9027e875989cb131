//! What is on disk and what is known of it, after a thousand edits of each kind that editors and people make: the report is
//! the one of a fresh check, and nothing is checked whose bytes are as they were.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and this one writes files")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use crossfoot::config::Config;
use crossfoot::finding::{Failure, FailureKind};
use crossfoot::live::{Asked, Disk, Live, Wanted};
use crossfoot::plan::files::{Input, inputs};
use crossfoot::watch::{Batch, Settings, Watcher};
use crossfoot::{Auditor, Plan, Report, Rules};

const DEBOUNCE: Duration = Duration::from_millis(10);
const SOON: Duration = Duration::from_secs(60);
const EDITS: usize = 1_000;
const FILES: usize = 8;

const RULE: &str = "//! The parts make the total.\nfn check(plan) { expect_sum(plan.total, plan.parts); }\n";

/// A folder that is watched, without a command around it.
struct Bench {
    /// Held so that the folder stays.
    _folder: tempfile::TempDir,
    root: PathBuf,
    live: Live,
    disk: Disk,
    watcher: Watcher,
    batches: Receiver<Batch>,
    random: fastrand::Rng,
    again: Option<Instant>,
    checks: usize,
    /// What the last check said that a change led to: nobody checks here without one.
    screen: String,
}

fn rules(before: &Rules, config: &Path) -> Result<Rules, Box<Report>> {
    let broken = |failures, sources: Vec<std::sync::Arc<crossfoot::source::SourceText>>| {
        let sources = sources.into_iter().map(|source| (source.shared_name(), source)).collect();
        Box::new(Report::new(vec![], vec![], failures, vec![], sources))
    };
    let config = Config::load(config).map_err(|error| broken(error.failures, error.sources))?;
    Rules::after(before).with_config(config).map_err(|error| broken(error.failures, error.sources))
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("plans")).unwrap();
        fs::create_dir_all(root.join("rules/house")).unwrap();
        fs::create_dir_all(root.join("elsewhere")).unwrap();
        fs::write(root.join("rules/house/total.rhai"), RULE).unwrap();
        fs::write(root.join("crossfoot.toml"), "rules = ['rules']\nstandard = false\n").unwrap();
        let mut bench = Self::over(folder, root);
        for n in 0..FILES {
            fs::write(bench.plan(n), bench.text()).unwrap();
        }
        bench.catch_up(&Batch::default());
        bench
    }

    fn over(folder: tempfile::TempDir, root: PathBuf) -> Self {
        let asked = Asked { plans: vec![root.join("plans")], ..Asked::default() };
        let config = root.join("crossfoot.toml");
        let live = Live::new(rules(&Rules::empty(), &config).unwrap());
        let disk = Disk::new(asked, Box::new(move |before: &Rules| rules(before, &config)));
        let (watcher, batches) = Watcher::start(Settings { debounce: DEBOUNCE, poll: None });
        let random = fastrand::Rng::with_seed(4);
        Self {
            _folder: folder,
            root,
            live,
            disk,
            watcher,
            batches,
            random,
            again: None,
            checks: 0,
            screen: String::new(),
        }
    }

    fn plan(&self, n: usize) -> PathBuf {
        self.root.join(format!("plans/{n}.toml"))
    }

    fn any(&mut self) -> PathBuf {
        let n = self.random.usize(..FILES);
        self.plan(n)
    }

    fn text(&self) -> String {
        let mut random = self.random.clone();
        let [a, b, total] = [random.u32(..20), random.u32(..20), random.u32(..40)];
        format!("total = {total}\nparts = [{a}, {b}]\n")
    }

    /// Another text each time.
    fn next_text(&mut self) -> String {
        self.random.u64(..);
        self.text()
    }

    fn catch_up(&mut self, batch: &Batch) {
        let looked = self.disk.catch_up(&mut self.live, &mut self.watcher, batch);
        self.again = looked.unsure.then(|| Instant::now() + DEBOUNCE);
        if looked.changed {
            self.checks += 1;
            let mut report = self.live.check().report;
            report.add_failures(self.disk.mistakes().map(|mistakes| mistakes.errors.clone()).unwrap_or_default());
            self.screen = json(&report);
        }
    }

    /// Takes what has arrived, waiting for it so long at most; whether anything had.
    fn take(&mut self, wait: Duration) -> bool {
        let wait = self.again.map_or(wait, |again| again.saturating_duration_since(Instant::now()).min(wait));
        if let Ok(mut batch) = self.batches.recv_timeout(wait) {
            self.batches.try_iter().for_each(|more| batch.add(more));
            self.catch_up(&batch);
            return true;
        }
        if self.again.is_some_and(|again| again <= Instant::now()) {
            self.catch_up(&Batch::default());
            return true;
        }
        self.again.is_some()
    }

    /// Makes edits, taking what arrives in between as it comes.
    fn edit(&mut self, mut edit: impl FnMut(&mut Self, usize)) {
        if !self.plan(0).exists() {
            fs::write(self.plan(0), self.next_text()).unwrap();
        }
        for at in 0..EDITS {
            edit(self, at);
            self.take(Duration::ZERO);
        }
    }

    fn known(&self) -> String {
        self.screen.clone()
    }

    /// What a check says that knows nothing of what was before.
    fn fresh(&self) -> String {
        let config = self.root.join("crossfoot.toml");
        let (rules, broken) = match rules(&Rules::empty(), &config) {
            Ok(rules) => (rules, Vec::new()),
            Err(report) => (Rules::empty(), report.errors),
        };
        let (found, missing) = inputs(&[self.root.join("plans")]);
        let mut failures: Vec<Failure> =
            missing.into_iter().map(|no| failure(&no.path, no.message, no.help)).chain(broken).collect();
        let mut plans = Vec::new();
        for input in &found {
            let Input::File(path) = input else { continue };
            match Plan::load(path) {
                Ok(plan) => plans.push(plan),
                Err(error) => failures.push(failure(&path.to_string_lossy(), error.to_string(), None)),
            }
        }
        let mut report = Auditor::new(&rules).audit_all(&plans);
        report.add_failures(std::mem::take(&mut failures));
        json(&report)
    }

    /// Waits until what is known is what a fresh check says; and once more after a single edit, which no other one hides.
    fn settle(&mut self, after: &str) {
        self.reach(after);
        fs::write(self.plan(0), "total = 7\nparts = [50, 50]\n# the last edit\n").unwrap();
        self.reach(&format!("{after}, and one edit"));
        fs::remove_file(self.plan(0)).unwrap();
        self.reach(&format!("{after}, and one loss"));
    }

    /// Waits until what is known is what a fresh check says, and holds that nothing happens any more after that.
    fn reach(&mut self, after: &str) {
        let until = Instant::now() + SOON;
        let fresh = self.fresh();
        while self.known() != fresh {
            assert!(Instant::now() < until, "after {after}, known:\n{}\nfresh:\n{fresh}", self.known());
            self.take(Duration::from_millis(100));
        }
        // What is still to be told tells nothing new.
        let checks = self.checks;
        while self.take(DEBOUNCE * 10) {
            assert!(Instant::now() < until, "{after} never ends");
        }
        assert_eq!((self.known(), self.checks - checks), (fresh, 0), "after {after}");
    }
}

fn json(report: &Report) -> String {
    let mut out = Vec::new();
    crossfoot::report::json(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn failure(file: &str, message: String, help: Option<String>) -> Failure {
    Failure {
        kind: FailureKind::File,
        rule: None,
        file: file.into(),
        message,
        span: None,
        stack: vec![],
        looking_at: None,
        help,
    }
}

fn step(path: &Path, append: bool, text: &str) {
    let mut options = fs::OpenOptions::new();
    let file = if append { options.append(true) } else { options.write(true).create(true).truncate(true) };
    file.open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[test]
fn a_thousand_writes_in_place_and_in_two_steps() {
    let mut bench = Bench::new();
    bench.edit(|bench, _| fs::write(bench.any(), bench.next_text()).unwrap());
    bench.settle("writes in place");
    bench.edit(|bench, at| {
        let (path, text) = (bench.any(), bench.next_text());
        let (first, rest) = text.split_at(text.len() / 2);
        step(&path, false, first);
        if at % 50 == 0 {
            // Now and then the second step comes late.
            bench.take(DEBOUNCE * 3);
        }
        step(&path, true, rest);
    });
    bench.settle("writes in two steps");
}

#[test]
fn a_thousand_saves_beside_and_over() {
    for way in 0..4 {
        let mut bench = Bench::new();
        bench.edit(|bench, _| save(bench, way));
        bench.settle("saves beside and over");
    }
}

/// Saves a plan as an editor does.
fn save(bench: &mut Bench, way: usize) {
    let (path, text) = (bench.any(), bench.next_text());
    match way {
        // Vim: the old one aside, a new one in its place, the old one away.
        0 => {
            let backup = path.with_extension("toml~");
            fs::rename(&path, &backup).unwrap();
            fs::write(&path, text).unwrap();
            fs::remove_file(backup).unwrap();
        }
        // Emacs: a lock that is a link to nowhere, then a file beside, renamed over.
        1 => {
            let lock = path.with_file_name(".#lock");
            std::os::unix::fs::symlink("user@host.1", &lock).unwrap();
            let beside = path.with_file_name("#new#");
            fs::write(&beside, text).unwrap();
            fs::rename(beside, &path).unwrap();
            fs::remove_file(lock).unwrap();
        }
        // LibreOffice: a lock beside, and a temporary file of another folder renamed over.
        2 => {
            let lock = path.with_file_name(".~lock.plan#");
            fs::write(&lock, "user").unwrap();
            let other = bench.root.join("elsewhere/lu.tmp");
            fs::write(&other, text).unwrap();
            fs::rename(other, &path).unwrap();
            fs::remove_file(lock).unwrap();
        }
        // Deleted, and made anew.
        _ => {
            fs::remove_file(&path).unwrap();
            fs::write(&path, text).unwrap();
        }
    }
}

#[test]
fn a_thousand_renames_and_links() {
    let mut bench = Bench::new();
    bench.edit(|bench, _| {
        let (from, to) = (bench.any(), bench.root.join("plans/other-name.toml"));
        match (from.exists(), to.exists()) {
            (true, false) => fs::rename(from, to).unwrap(),
            (_, true) => fs::rename(to, from).unwrap(),
            (false, false) => fs::write(from, bench.next_text()).unwrap(),
        }
    });
    bench.settle("renames");
    bench.edit(|bench, at| {
        let (link, target) =
            (bench.root.join("plans/link.toml"), bench.root.join(format!("elsewhere/{}.toml", at % 3)));
        fs::write(&target, bench.next_text()).unwrap();
        match at % 3 {
            // It leads to another, by way of one that leads nowhere now and then.
            0 => {
                let _ = fs::remove_file(&link);
                let _ =
                    std::os::unix::fs::symlink(if at % 12 == 0 { bench.root.join("nowhere") } else { target }, &link);
            }
            1 if at % 4 == 0 => drop(fs::remove_file(&link)),
            1 => {}
            // What the link leads to is written, through the link or past it.
            _ => {
                let led = fs::read_link(&link).unwrap_or_else(|_| target.clone());
                let through = at % 2 == 0 && link.exists();
                fs::write(if through { &link } else { &led }, bench.next_text()).unwrap();
            }
        }
    });
    bench.settle("links");
}

#[test]
fn a_thousand_folders_that_come_and_go() {
    let mut bench = Bench::new();
    bench.edit(|bench, at| {
        let folder = bench.root.join(format!("plans/{}", ["a", "b", "a/c"][at % 3]));
        if folder.exists() && at % 2 == 0 {
            fs::remove_dir_all(&folder).unwrap();
        } else {
            fs::create_dir_all(folder.join("deep")).unwrap();
            fs::write(folder.join("one.toml"), bench.next_text()).unwrap();
            fs::write(folder.join("deep/two.toml"), bench.next_text()).unwrap();
        }
        if at % 100 == 7 {
            // The whole folder of plans goes and comes back.
            let (plans, aside) = (bench.root.join("plans"), bench.root.join("aside"));
            fs::rename(&plans, &aside).unwrap();
            bench.take(DEBOUNCE * 2);
            fs::rename(aside, plans).unwrap();
        }
    });
    bench.settle("folders that come and go");
}

#[test]
fn a_thousand_edits_of_rules_and_configuration() {
    let mut bench = Bench::new();
    let rule = bench.root.join("rules/house/total.rhai");
    bench.edit(|bench, at| {
        let config = bench.root.join("crossfoot.toml");
        match at % 6 {
            0 => fs::write(&rule, format!("{RULE}// {at}\n")).unwrap(),
            1 => fs::write(&config, "rules = ['rules']\nstandard = false\n[levels]\n'house/*' = 'warning'\n").unwrap(),
            2 => fs::write(&config, "rules = [").unwrap(),
            3 => fs::write(&config, "rules = ['rules']\nstandard = false\n").unwrap(),
            4 => fs::write(bench.root.join("rules/house/second.rhai"), RULE.replace("total,", "parts[0],")).unwrap(),
            _ => fs::remove_file(bench.root.join("rules/house/second.rhai")).unwrap(),
        }
        fs::write(bench.any(), bench.next_text()).unwrap();
    });
    fs::write(bench.root.join("crossfoot.toml"), "rules = ['rules']\nstandard = false\n").unwrap();
    bench.settle("edits of rules");
}

#[test]
fn a_thousand_edits_of_cases_and_packs() {
    let mut bench = Bench::new();
    let pack = bench.root.join("pack");
    fs::create_dir_all(pack.join("deep")).unwrap();
    fs::create_dir_all(bench.root.join("rules/house/total")).unwrap();
    let manifest = |version: usize| {
        format!("[pack]\nname = 'ours'\nversion = '1.{version}.0'\nrequires = '>=0.1'\nlicence = 'MIT'\n")
    };
    fs::write(pack.join("pack.toml"), manifest(0)).unwrap();
    fs::write(pack.join("deep/rule.rhai"), RULE).unwrap();
    let config = bench.root.join("crossfoot.toml");
    fs::write(&config, "rules = ['rules']\npacks = ['pack']\nstandard = false\n").unwrap();
    bench.edit(|bench, at| {
        match at % 5 {
            0 => fs::write(bench.root.join("rules/house/total/pass.toml"), bench.next_text()).unwrap(),
            1 => drop(fs::remove_file(bench.root.join("rules/house/total/pass.toml"))),
            2 => {
                fs::write(pack.join("pack.toml"), if at % 20 == 2 { "[pack".to_owned() } else { manifest(at) }).unwrap()
            }
            3 => fs::write(pack.join("deep/rule.rhai"), format!("{RULE}// {at}\n")).unwrap(),
            _ if pack.join("deep/more.rhai").exists() => fs::remove_file(pack.join("deep/more.rhai")).unwrap(),
            _ => fs::write(pack.join("deep/more.rhai"), RULE.replace("total,", "parts[0],")).unwrap(),
        }
        fs::write(bench.any(), bench.next_text()).unwrap();
    });
    fs::write(pack.join("pack.toml"), manifest(9)).unwrap();
    bench.settle("edits of cases and packs");
}

#[test]
fn a_thousand_saves_of_the_same_bytes_lead_to_no_check() {
    let mut bench = Bench::new();
    bench.reach("the start");
    let checks = bench.checks;
    bench.edit(|bench, at| {
        let path = bench.any();
        let bytes = fs::read(&path).unwrap();
        match at % 3 {
            0 => fs::File::open(&path).unwrap().set_modified(std::time::SystemTime::now()).unwrap(),
            1 => fs::write(&path, bytes).unwrap(),
            _ => {
                fs::write(path.with_extension("new"), bytes).unwrap();
                fs::rename(path.with_extension("new"), &path).unwrap();
            }
        }
    });
    bench.reach("saves of the same bytes");
    assert_eq!(bench.checks - checks, 0);
}

#[test]
fn the_middle_of_a_save_is_not_believed_before_it_is_seen_twice() {
    let mut bench = Bench::new();
    let path = bench.plan(0);
    let (before, after) = (fs::read_to_string(&path).unwrap(), "total = 3\nparts = [1, 9]\n# saved\n");
    let look = |bench: &mut Bench, text: Option<&str>| {
        match text {
            Some(text) => fs::write(&path, text).unwrap(),
            None => drop(fs::remove_file(&path)),
        }
        let looked = bench.disk.look(&mut bench.live, &Batch::default());
        let name = path.to_string_lossy().into_owned();
        (looked.changed, looked.unsure, bench.live.plan(&name).map(|plan| plan.source().text().to_owned()))
    };
    let kept = (false, true, Some(before));
    // Empty, gone, half of it: each is another state, seen once.
    for middle in [Some(""), None, Some("total = 3\nparts = [1,"), Some("")] {
        assert_eq!(look(&mut bench, middle), kept, "{middle:?}");
    }
    assert_eq!(look(&mut bench, Some(after)), (true, false, Some(after.to_owned())));
    // With patience, twice in a moment is once.
    bench.disk = bench.disk.patience(SOON);
    for _ in 0..2 {
        assert_eq!(look(&mut bench, Some("")), (false, true, Some(after.to_owned())));
    }
    assert!(!look(&mut bench, Some(after)).0);
    bench.disk = bench.disk.patience(Duration::ZERO);
    // What stays so is so.
    for (state, text) in [(Some("parts = ["), Some("parts = [")), (None, None)] {
        let (changed, unsure, _) = look(&mut bench, state);
        assert_eq!((changed, unsure), (false, true), "{state:?}");
        assert_eq!(look(&mut bench, state), (true, false, text.map(ToOwned::to_owned)), "{state:?}");
    }
}

#[test]
fn a_configuration_that_is_named_and_not_there_is_told_once_and_waited_for() {
    let mut bench = Bench::new();
    let config = bench.root.join("crossfoot.toml");
    let asked =
        Asked { plans: vec![bench.root.join("plans")], config: Wanted::Named(config.clone()), ..Asked::default() };
    let path = config.clone();
    bench.disk = Disk::new(asked, Box::new(move |before: &Rules| rules(before, &path)));
    let text = fs::read_to_string(&config).unwrap();
    let look = |bench: &mut Bench| {
        let looked = bench.disk.look(&mut bench.live, &Batch::default());
        (looked.changed, looked.unsure, bench.disk.mistakes().is_some())
    };
    assert_eq!(look(&mut bench), (true, false, false));
    for way in 0..2 {
        fs::remove_file(&config).unwrap();
        if way == 1 {
            std::os::unix::fs::symlink("nowhere", &config).unwrap();
        }
        assert_eq!(look(&mut bench), (false, true, false), "it may be in the middle of a save");
        assert_eq!(look(&mut bench), (true, false, true));
        assert_eq!(look(&mut bench), (false, false, true), "nothing has changed since");
        let _ = fs::remove_file(&config);
        fs::write(&config, &text).unwrap();
        assert_eq!(look(&mut bench), (true, false, false));
    }
}
