//! The watcher against a system that fails, against storms of events, and asleep.

use std::fs;
use std::time::Instant;

use super::*;

const SOON: Duration = Duration::from_secs(60);

/// A system that watches so many folders and no more.
struct Limited(usize);

impl Native for Limited {
    fn watch(&mut self, _: &Path) -> notify::Result<()> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| notify::Error::new(notify::ErrorKind::MaxFilesWatch))?;
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) {}
}

fn all(folders: &[&Path]) -> BTreeMap<PathBuf, Interest> {
    folders.iter().map(|folder| ((*folder).to_owned(), Interest::All)).collect()
}

/// Waits until a batch names this path.
fn await_path(batches: &Receiver<Batch>, path: &Path) {
    let until = Instant::now() + SOON;
    while let Ok(batch) = batches.recv_deadline(until) {
        if batch.paths.contains(path) {
            return;
        }
    }
    panic!("nobody told of {}", path.display());
}

#[test]
fn where_the_limit_is_reached_it_looks_by_the_clock_and_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b, c) = (folder.path().join("a"), folder.path().join("b"), folder.path().join("c"));
    for path in [&a, &b, &c] {
        fs::create_dir(path).unwrap();
    }
    let (mut watcher, batches) = Watcher::start_with(Settings::default(), |_| Ok(Box::new(Limited(1))));
    assert!(watcher.follow(&all(&[&a, &b, &c])));
    let first = batches.recv_timeout(SOON).unwrap();
    let notice = first.notice.unwrap();
    assert!(first.everything && notice.contains("limit") && notice.contains("every 2 seconds"), "{notice}");
    assert_eq!(watcher.watched().collect::<Vec<_>>(), [&a]);
    watcher.follow(&all(&[&a, &b, &c]));
    let mut notices = 0;
    let looks = (0..3).map(|_| batches.recv_timeout(SOON).unwrap());
    looks.for_each(|batch| notices += usize::from(batch.notice.is_some()));
    assert_eq!(notices, 0, "it is said once");
}

#[test]
fn without_events_of_the_system_it_looks_by_the_clock() {
    let (_watcher, batches) =
        Watcher::start_with(Settings::default(), |_| Err(notify::Error::io(std::io::Error::other("no inotify"))));
    let notice = batches.recv_timeout(SOON).unwrap().notice.unwrap();
    assert!(notice.contains("no inotify"), "{notice}");
    assert!(batches.recv_timeout(SOON).unwrap().notice.is_none());
}

#[test]
fn with_a_poll_it_asks_the_system_nothing() {
    let settings = Settings { poll: Some(Duration::from_millis(20)), ..Settings::default() };
    let (_watcher, batches) = Watcher::start_with(settings, |_| panic!("asked"));
    assert_eq!(batches.recv_timeout(SOON).unwrap(), Batch::default());
}

#[test]
fn only_what_is_of_interest_wakes_and_reading_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::write(root.join("plan.toml"), "").unwrap();
    let (mut watcher, batches) = Watcher::start(Settings::default());
    let names = Interest::Names(["plan.toml".into(), "last".into()].into());
    assert!(watcher.follow(&[(root.clone(), names)].into()));
    fs::write(root.join("other"), "x").unwrap();
    fs::read(root.join("plan.toml")).unwrap();
    fs::read_dir(&root).unwrap().for_each(drop);
    fs::write(root.join("last"), "x").unwrap();
    let first = batches.recv_timeout(SOON).unwrap();
    assert_eq!(first.paths, [root.join("last")].into());
}

#[test]
fn a_folder_that_goes_and_comes_back_is_watched_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let plans = root.join("plans");
    fs::create_dir(&plans).unwrap();
    let (mut watcher, batches) = Watcher::start(Settings::default());
    let folders = all(&[&root, &plans]);
    assert!(watcher.follow(&folders) && !watcher.follow(&folders));
    for at in 0..8 {
        fs::remove_dir_all(&plans).unwrap();
        await_path(&batches, &plans);
        fs::create_dir(&plans).unwrap();
        let until = Instant::now() + SOON;
        let file = plans.join(format!("{at}.toml"));
        fs::write(&file, "a = 1").unwrap();
        // As whoever follows does: after each batch the folders once more, and a look at those that are new.
        loop {
            let is_new = watcher.follow(&folders);
            match batches.recv_timeout(Duration::from_millis(200)) {
                Ok(batch) if batch.paths.contains(&file) => break,
                Ok(_) => {}
                Err(_) if !is_new => break,
                Err(_) => {}
            }
            assert!(Instant::now() < until);
        }
        let file = plans.join(format!("{at}-again.toml"));
        fs::write(&file, "a = 1").unwrap();
        await_path(&batches, &file);
    }
}

#[test]
fn of_a_storm_every_path_is_told_after_its_last_event() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let settings = Settings { debounce: Duration::from_millis(10), poll: None };
    let (mut watcher, batches) = Watcher::start(settings);
    watcher.follow(&all(&[&root]));
    let paths: BTreeSet<PathBuf> = (0..100).map(|n| root.join(format!("{n}.toml"))).collect();
    let mut open = BTreeSet::new();
    for round in 0..10 {
        for path in &paths {
            fs::write(path, format!("a = {round}")).unwrap();
            open.insert(path.clone());
        }
    }
    let until = Instant::now() + SOON;
    while !open.is_empty() {
        let batch = batches.recv_deadline(until).unwrap();
        open.retain(|path| !batch.paths.contains(path) && !batch.everything);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_two_names_is_watched_under_both_and_outlives_either() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let [plans, link, dots] = ["plans", "link", "plans/../plans"].map(|name| root.join(name));
    fs::create_dir(&plans).unwrap();
    std::os::unix::fs::symlink(&plans, &link).unwrap();
    let names = |name: &str| Interest::Names([name.into()].into());
    let (mut watcher, batches) = Watcher::start(Settings::default());
    // The system tells under one name alone, which is not the one that asks for this file.
    let all = [(plans.clone(), names("a.toml")), (link, names("b.toml")), (dots, names("c.toml"))];
    let told = |name: &str| {
        fs::write(plans.join(name), "").unwrap();
        let until = Instant::now() + SOON;
        while !batches.recv_deadline(until).unwrap().paths.iter().any(|path| path.ends_with(name)) {}
    };
    for followed in [&all[..], &all[1..], &all[..2], &all[2..], &all[..1]] {
        watcher.follow(&followed.iter().cloned().collect());
        assert_eq!(watcher.watched().count(), 1);
        for name in ["a.toml", "b.toml", "c.toml"] {
            if followed.iter().any(|(_, interest)| *interest == names(name)) {
                told(name);
            }
        }
    }
}
