//! Plans as git has them: `REV:path`, read by asking git for objects. Nothing is checked out, and no filter of a repository runs.

use std::io;
use std::process::{Command, Output, Stdio};

use super::Stop;

/// A file or folder of a revision.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// As the user named it, which is how git takes it.
    pub(crate) shown: String,
    /// Its path from the working folder, as it is or would be there.
    pub(crate) path: String,
    pub(crate) is_folder: bool,
}

/// A file of a folder of a revision.
pub(crate) struct Blob {
    /// Its path below the folder.
    pub(crate) path: String,
    object: String,
}

/// The two parts of `REV:path`; a colon in braces is part of the revision.
pub(crate) fn parts(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_u32;
    let colon = |(_, c): &(usize, char)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == ':' && depth == 0
    };
    let (at, _) = text.char_indices().find(colon)?;
    Some((&text[..at], &text[at + 1..]))
}

impl Revision {
    /// Finds what a text names.
    pub(crate) fn find(text: &str) -> Result<Option<Self>, Stop> {
        let Some((rev, path)) = parts(text) else { return Ok(None) };
        // What begins so would be an option to git.
        if rev.is_empty() || rev.starts_with('-') || text.contains('\0') {
            let what =
                if rev.is_empty() { "no revision is named before the colon" } else { "this is no revision of git" };
            return Err(Stop::new(format!("{text}: {what}"))
                .help("write REV:path, such as HEAD:plans/plan.toml; a file whose name has a colon is ./NAME"));
        }
        let prefix = ask(&["rev-parse", "--show-prefix"])?;
        if !prefix.status.success() {
            let message = format!("{text}: there is no such file, and git does not know it: {}", says(&prefix));
            return Err(Stop::new(message).help("name a file, or run this in the repository of the revision"));
        }
        let prefix = line(&prefix);
        let tree = format!("{rev}^{{tree}}");
        if !ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &tree])?.status.success() {
            return Err(Stop::new(format!("{text}: git knows no revision `{rev}` here"))
                .help("`git log --oneline` and `git branch --all` list what it knows"));
        }
        let kind = ask(&["cat-file", "-t", text])?;
        match line(&kind).as_str() {
            "blob" => Ok(Some(Self::new(text, path, &prefix, false)?)),
            "tree" => Ok(Some(Self::new(text, path, &prefix, true)?)),
            "" => Err(missing(text, rev, path, &prefix)),
            _ => Err(Stop::new(format!("{text} is a repository of its own within this one (a submodule)"))
                .help("run this in that repository")),
        }
    }

    fn new(text: &str, path: &str, prefix: &str, is_folder: bool) -> Result<Self, Stop> {
        let local = match (path.strip_prefix("./"), path.strip_prefix(prefix)) {
            (Some(below), _) => below.to_owned(),
            _ if path.starts_with("../") => path.to_owned(),
            (_, Some(below)) => below.to_owned(),
            _ => format!("{}{path}", line(&ask(&["rev-parse", "--show-cdup"])?)),
        };
        Ok(Self { shown: text.to_owned(), path: local, is_folder })
    }

    /// The bytes of the file that this is.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Stop> {
        object(&self.shown, &self.shown)
    }

    /// The files of the folder that this is, at any depth; links and repositories within are none.
    pub(crate) fn files(&self) -> Result<Vec<Blob>, Stop> {
        let listed = ask(&["ls-tree", "-r", "-z", "--full-tree", &self.shown])?;
        if !listed.status.success() {
            return Err(Stop::new(format!("git does not list {}: {}", self.shown, says(&listed))));
        }
        let file = |entry: &[u8]| {
            let entry = String::from_utf8_lossy(entry);
            let (about, path) = entry.split_once('\t')?;
            let [mode, _, object] = about.split(' ').collect::<Vec<_>>().try_into().ok()?;
            mode.starts_with("100").then(|| Blob { path: path.to_owned(), object: object.to_owned() })
        };
        Ok(listed.stdout.split(|byte| *byte == 0).filter_map(file).collect())
    }

    /// The bytes of a file of the folder that this is.
    pub(crate) fn read_blob(&self, blob: &Blob) -> Result<Vec<u8>, Stop> {
        object(&blob.object, &self.shown_below(&blob.path))
    }

    /// What a file of this folder is called for people.
    pub(crate) fn shown_below(&self, path: &str) -> String {
        let between = if self.shown.ends_with(['/', ':']) { "" } else { "/" };
        format!("{}{between}{path}", self.shown)
    }
}

/// Why a path is not in a revision; where it is there from the working folder, that is said.
fn missing(text: &str, rev: &str, path: &str, prefix: &str) -> Stop {
    let stop = Stop::new(format!("{text}: there is no `{path}` in {rev}"));
    let nearer = format!("{rev}:./{path}");
    let is_nearer = !prefix.is_empty() && ask(&["cat-file", "-e", &nearer]).is_ok_and(|there| there.status.success());
    if is_nearer {
        return stop.help(format!("paths begin at the top of the repository: did you mean {nearer}?"));
    }
    stop.help(format!("`git ls-tree -r --name-only {rev}` lists what is there"))
}

fn object(name: &str, shown: &str) -> Result<Vec<u8>, Stop> {
    let read = ask(&["cat-file", "blob", name])?;
    if read.status.success() {
        return Ok(read.stdout);
    }
    Err(Stop::new(format!("git does not give {shown}: {}", says(&read))))
}

/// Asks git. No shell is between, and none of the arguments that come from outside begins with a hyphen.
fn ask(arguments: &[&str]) -> Result<Output, Stop> {
    let mut command = Command::new("git");
    // What git says is read, so it must say it in one language; and nobody is there to be asked for a password.
    command.args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    command.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            Stop::new("a revision was named, and there is no `git` to read it").help("install git, or name files")
        }
        _ => Stop::new(format!("git cannot be run: {error}")),
    })
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}

/// The first line of what git complains of.
fn says(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("it failed without a word");
    first.trim().trim_start_matches("fatal: ").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_colon_in_braces_is_part_of_the_revision() {
        assert_eq!(parts("HEAD:plans/a.toml"), Some(("HEAD", "plans/a.toml")));
        assert_eq!(parts("HEAD^{/fix: it}:a"), Some(("HEAD^{/fix: it}", "a")));
        assert_eq!(parts("main:"), Some(("main", "")));
        assert_eq!(parts("plan.toml"), None);
    }
}
