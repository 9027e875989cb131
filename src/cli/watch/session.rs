//! The loop of a watch: files that changed, keys, signals and the command that was run, one after the other.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, at, never, select};

use super::Watch;
use super::exec::Exec;
use super::keys::{Happened, Key, Keys};
use super::screen::{Check, Screen, Show};
use super::serve::Server;
use crate::cli::args::Format;
use crate::cli::outputs::Output;
use crate::cli::{Stop, common, say};
use crossfoot::Report;
use crossfoot::audit::Work;
use crossfoot::finding::{Difference, Failure, Run};
use crossfoot::live::{Checked, Disk, Known, Live, Looked};
use crossfoot::report;
use crossfoot::report::TextOptions;
use crossfoot::rules::test::{TestRun, Tester};
use crossfoot::watch::{Batch, Watcher};
use crossfoot::words::Words;

/// No further case of a changed rule is begun after so long.
const CASES_WITHIN: Duration = Duration::from_secs(5);

/// For so many times of the debounce a check waits for what seems to be in the middle of a save.
const UNSURE: u32 = 4;

/// A watch that goes on.
pub(super) struct Session<'a> {
    args: &'a Watch,
    live: Live,
    disk: Disk,
    watcher: Watcher,
    batches: Receiver<Batch>,
    keys: Keys,
    screen: Screen,
    exec: Option<Exec>,
    server: Option<Server>,
    rounding: bool,
    /// Whether there were ever rules to check with.
    begun: bool,
    /// When to look again at what seemed to be in the middle of a save, and since when that is so.
    again: Option<Instant>,
    unsure: Option<Instant>,
    /// Whether something has changed that was not checked yet.
    due: bool,
    /// What the last check knew; nothing before the first.
    before: Option<Known>,
    last: Option<Checked>,
    waiting: Vec<Failure>,
}

impl<'a> Session<'a> {
    pub(super) fn new(args: &'a Watch, mut live: Live, disk: Disk) -> Result<Self, Stop> {
        live.note_rounding(args.show_rounding);
        live.all_plans(args.paths.is_empty());
        let server = args.serve.as_deref().map(|asked| Server::start(asked, args.serve_any)).transpose()?;
        // Before the watcher, which can do without the system's help where few files may be open; signals cannot.
        let keys = Keys::listen(args.format == Format::Text)?;
        let (watcher, batches) = Watcher::start(args.settings());
        Ok(Self {
            args,
            live,
            disk,
            watcher,
            batches,
            screen: Screen::new(args.color.when, args.full, args.clear, keys.are_heard(), args.format),
            exec: args.exec.clone().map(|command| Exec::new(command, args.format, keys.sender())),
            server,
            keys,
            rounding: args.show_rounding,
            begun: false,
            again: None,
            unsure: None,
            due: false,
            before: None,
            last: None,
            waiting: Vec::new(),
        })
    }

    /// Watches until somebody ends it.
    pub(super) fn run(mut self) -> Result<ExitCode, Stop> {
        let started = Instant::now();
        // What is there at the start is believed at once.
        let looked = self.disk.catch_up(&mut self.live, &mut self.watcher, &Batch::default());
        self.look_again_after(looked);
        if let Some(Output { file, .. }) = self.args.report.as_ref().filter(|output| self.disk.knows(&output.file)) {
            return Err(Stop::new(format!("--report {}: this file is one of those that are watched", file.display()))
                .help("name another file for the report"));
        }
        match self.go_on(started) {
            // Whoever read has gone away.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
            other => Ok(other?),
        }
    }

    fn go_on(&mut self, started: Instant) -> io::Result<ExitCode> {
        if let Some(server) = &self.server {
            say(&format!("note: the report is at {}", server.link()));
        }
        self.check(started)?;
        self.screen.hint()?;
        let (batches, happened) = (self.batches.clone(), self.keys.happened().clone());
        loop {
            let timer = self.again.map_or_else(never, at);
            select! {
                recv(batches) -> batch => {
                    let Ok(mut batch) = batch else { return Err(io::Error::other("no thread could be started to watch files")) };
                    batches.try_iter().for_each(|more| batch.add(more));
                    self.take(batch)?;
                }
                recv(timer) -> _ => self.take(Batch::default())?,
                recv(happened) -> what => match what {
                    Ok(Happened::Key(key)) => self.press(key)?,
                    Ok(Happened::Ran(ended)) => self.exec.iter_mut().for_each(|exec| exec.ended(ended.as_deref())),
                    Ok(Happened::End(code)) => return Ok(ExitCode::from(code)),
                    Err(_) => return Ok(ExitCode::SUCCESS),
                },
            }
        }
    }

    /// Looks at what may have changed, and checks if anything did.
    fn take(&mut self, batch: Batch) -> io::Result<()> {
        let started = Instant::now();
        if let Some(line) = notice(&batch) {
            say(&line);
        }
        let looked = self.disk.catch_up(&mut self.live, &mut self.watcher, &batch);
        self.look_again_after(looked);
        self.due |= looked.changed;
        // A file that is renamed is there under its new name before it is believed to be gone under the old one: what was done
        // together is shown together. What is another at each sight is not waited for.
        let is_unsure = self.unsure.is_some_and(|since| since.elapsed() < self.debounce() * UNSURE);
        if !self.due || is_unsure { Ok(()) } else { self.check(started) }
    }

    fn look_again_after(&mut self, looked: Looked) {
        let now = looked.unsure.then(Instant::now);
        self.again = now.map(|now| now + self.debounce());
        self.unsure = now.map(|now| self.unsure.unwrap_or(now));
    }

    fn debounce(&self) -> Duration {
        self.args.settings().debounce
    }

    fn press(&mut self, key: Key) -> io::Result<()> {
        match key {
            Key::Again => {
                let started = Instant::now();
                let looked = self.disk.catch_up_at_once(&mut self.live, &mut self.watcher);
                self.look_again_after(looked);
                self.check(started)
            }
            Key::Full => {
                let full = self.screen.toggle_full();
                match &self.last {
                    Some(last) if full => self.screen.show(&Check::again(last, &self.disk), Show::All),
                    _ => self.screen.say(if full { "all findings are shown" } else { "only the difference is shown" }),
                }
            }
            Key::Rounding => {
                self.rounding = !self.rounding;
                self.live.note_rounding(self.rounding);
                let shown = if self.rounding { "shown" } else { "not shown" };
                self.screen.say(&format!("differences within rounding are {shown}"))?;
                if self.begun { self.show_rounding(Instant::now()) } else { Ok(()) }
            }
            Key::Help => self.screen.help(),
        }
    }

    /// Checks, and shows what that came to.
    fn check(&mut self, started: Instant) -> io::Result<()> {
        self.due = false;
        self.begun |= self.disk.mistakes().is_none();
        if !self.begun {
            return self.check_nothing(started);
        }
        let (checked, known) = self.find();
        let before = self.before.take();
        let is_first = before.is_none();
        let before = before.unwrap_or_default();
        let mut difference = before.difference(&known);
        if self.args.format == Format::Text {
            known.nearest_first(&before, &mut difference.new);
        }
        let cases = self.cases_of_changed_rules(is_first);
        let check = Check {
            checked: &checked,
            mistakes: self.disk.mistakes(),
            difference: &difference,
            cases: cases.as_ref().map(|(run, _)| run),
            // The cases are no part of the check.
            started: started + cases.as_ref().map_or(Duration::ZERO, |(_, spent)| *spent),
        };
        self.screen.show(&check, if is_first { Show::First } else { Show::Difference })?;
        if self.args.bell && !is_first && !difference.new.is_empty() {
            self.screen.ring()?;
        }
        self.report(&checked, self.disk.mistakes());
        let same = difference.is_empty() && known.errors() == before.errors() && known.faults() == before.faults();
        if let Some(exec) = self.exec.as_mut().filter(|_| !is_first && !same) {
            exec.run(&check, known.errors());
        }
        self.wait_for();
        self.before = Some(known);
        self.last = Some(checked);
        Ok(())
    }

    /// Says what stands in the way of every rule: under none, or under others than the user asked for, nothing is checked.
    fn check_nothing(&mut self, started: Instant) -> io::Result<()> {
        drop(self.disk.take_changed_rules());
        let Some(report) = self.disk.mistakes().cloned() else { return Ok(()) };
        let checked = Checked { report, stale: None, work: Work::default() };
        let difference = &Difference::default();
        let check = Check { checked: &checked, mistakes: None, difference, cases: None, started };
        self.screen.show(&check, Show::Nothing)?;
        self.report(&checked, None);
        Ok(())
    }

    /// What is to be said of the plans as they are known.
    fn find(&mut self) -> (Checked, Known) {
        if let Ok((year, month, day)) = common::today(self.args.day.today.as_deref()) {
            self.live.today(year, month, day);
        }
        let checked = self.live.check();
        let known = Known::of(&self.live, &checked, self.disk.mistakes());
        (checked, known)
    }

    /// Shows the differences within rounding that are wanted from now on. Nothing has happened: it is no news for a bell, a
    /// command or the difference.
    fn show_rounding(&mut self, started: Instant) -> io::Result<()> {
        let (checked, known) = self.find();
        let difference = self.before.take().unwrap_or_default().difference(&known);
        let check =
            Check { checked: &checked, mistakes: self.disk.mistakes(), difference: &difference, cases: None, started };
        self.screen.show(&check, Show::Rounding)?;
        self.report(&checked, self.disk.mistakes());
        self.before = Some(known);
        self.last = Some(checked);
        Ok(())
    }

    /// Shows the report to browsers, where they are served.
    fn publish(&self, checked: &Checked, mistakes: Option<&Report>) {
        let Some(server) = &self.server else { return };
        let run = if self.begun {
            let auditor = self.live.auditor();
            auditor.run_with(with_mistakes(&checked.report, mistakes), self.live.plans())
        } else {
            Run::of(checked.report.clone())
        };
        let mut bytes = Vec::new();
        // Nothing is refused by a list of bytes.
        let _ = report::html_live(&run, server.next(), Words::english(), &mut bytes);
        server.publish(bytes);
    }

    /// Writes the report, where one is wanted.
    fn report(&self, checked: &Checked, mistakes: Option<&Report>) {
        self.publish(checked, mistakes);
        if let Some(output) = &self.args.report
            && let Err(error) = output.write(&self.whole(output, &checked.report, mistakes), &TextOptions::default())
        {
            say(&format!("error: cannot write {}: {error}; it is as it was", output.file.display()));
        }
    }

    /// The report with what stands in the way of the rules, and what else its form shows.
    fn whole(&self, output: &Output, report: &Report, mistakes: Option<&Report>) -> Run {
        let report = with_mistakes(report, mistakes);
        if output.format.shows_more() {
            self.live.auditor().run_with(report, self.live.plans())
        } else {
            Run::of(report)
        }
    }

    /// Runs the cases of rules that have changed, and cases that have: who writes a rule sees at once what it proves. How long
    /// that took is told apart.
    fn cases_of_changed_rules(&mut self, at_the_start: bool) -> Option<(TestRun, Duration)> {
        let changed = self.disk.take_changed_rules();
        if at_the_start || self.args.format == Format::Json {
            return None;
        }
        let began = Instant::now();
        let mut tester = Tester::new(self.live.rules()).within(CASES_WITHIN);
        let chosen = changed.iter().filter(|path| tester.choose(&path.to_string_lossy())).count();
        let mut run = (chosen > 0).then(|| tester.run()).filter(|run| run.cases().next().is_some())?;
        // The check tells those.
        run.failures.clear();
        Some((run, began.elapsed()))
    }

    /// Says which paths are waited for, once for each.
    fn wait_for(&mut self) {
        let missing = self.disk.missing();
        for failure in missing.iter().filter(|failure| !self.waiting.contains(failure)) {
            let awaited = Path::new(&*failure.file);
            if awaited.is_dir() {
                say(&format!("note: waiting for a plan in {}/", failure.file.trim_end_matches('/')));
            } else {
                say(&format!("note: waiting for {} to appear", failure.file));
            }
        }
        self.waiting = missing.to_vec();
    }
}

/// What a batch has to say to the user, as the line that says it.
fn notice(batch: &Batch) -> Option<String> {
    batch.notice.as_ref().map(|notice| format!("note: {notice}"))
}

/// A report with what stands in the way of the rules that were asked for.
fn with_mistakes(report: &Report, mistakes: Option<&Report>) -> Report {
    let mut whole = report.clone();
    if let Some(mistakes) = mistakes {
        whole.add_failures(mistakes.errors.clone());
        whole.sources.extend(mistakes.sources.clone());
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_it_looks_by_the_clock_is_said_in_one_line() {
        let mut batch = Batch { everything: true, ..Batch::default() };
        assert_eq!(notice(&batch), None);
        batch.add(Batch {
            notice: Some("the limit is reached: crossfoot looks every 2 seconds".into()),
            ..Batch::default()
        });
        let line = notice(&batch).unwrap_or_default();
        assert_eq!(line, "note: the limit is reached: crossfoot looks every 2 seconds");
    }
}
