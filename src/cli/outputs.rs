//! Where reports go: to standard output in one form, and to files in any number of forms, all from one run.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::builder::{PossibleValue, TypedValueParser};

use super::{Stop, terminal, write_as, write_exactly, write_text};
use crossfoot::files;
use crossfoot::finding::Run;
use crossfoot::report::{Format, TextOptions, Written, render};
use crossfoot::words::Lang;

/// The forms of a report, for a flag.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(values).try_map(|name| Format::named(&name).ok_or("no such form"))
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct OutputArgs {
    /// How the report on standard output is written (docs/reports.md)
    #[arg(long, value_parser = formats(), default_value = "text", value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Also write the report to a file, in any of the forms; may be given several times
    ///
    /// For example: --output sarif=report.sarif --output findings.xlsx. Without FORMAT=, the file's ending says the form.
    #[arg(long, short, value_name = "FORMAT=FILE", value_parser = output)]
    pub(crate) output: Vec<Output>,
}

/// A file that a report is written to.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(super) format: Format,
    pub(super) file: PathBuf,
}

/// Endings of files, each with the form that it stands for; a longer one before one that it ends with.
const ENDINGS: [(&str, Format); 11] = [
    (".txt", Format::Text),
    (".sarif.json", Format::Sarif),
    (".json", Format::Json),
    (".jsonl", Format::JsonLines),
    (".sarif", Format::Sarif),
    (".xml", Format::Junit),
    (".md", Format::Markdown),
    (".csv", Format::Csv),
    (".xlsx", Format::Xlsx),
    (".html", Format::Html),
    (".htm", Format::Html),
];

/// A file and its form: `FORMAT=FILE`, or a file whose ending says the form.
pub(super) fn output(text: &str) -> Result<Output, String> {
    if let Some((format, file)) = text.split_once('=')
        && let Some(format) = Format::named(format)
    {
        return match file {
            "" => Err(format!("no file is named: write {}=FILE", format.name())),
            "-" => Err(format!("standard output is `--format {}`", format.name())),
            file => Ok(Output { format, file: PathBuf::from(file) }),
        };
    }
    let name = text.to_lowercase();
    match ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)) {
        Some((_, format)) => Ok(Output { format: *format, file: PathBuf::from(text) }),
        None => {
            let names = Format::ALL.map(Format::name).join(", ");
            let endings = ENDINGS.map(|(ending, _)| ending).join(", ");
            Err(format!(
                "the form is not known from this name: write FORMAT=FILE, with one of {names}, or let the name end in one of {endings}"
            ))
        }
    }
}

/// A file as the system knows it, also where it is not there yet: its folder may be reached by several names.
fn real(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

impl OutputArgs {
    /// Refuses what would lose something: two reports in one file, and a report in the place of a file that is read.
    pub(super) fn check<'r>(&self, read: impl IntoIterator<Item = &'r str>) -> Result<(), Stop> {
        if self.output.is_empty() {
            return Ok(());
        }
        let read: Vec<PathBuf> = read.into_iter().map(|name| real(Path::new(name))).collect();
        for (at, output) in self.output.iter().enumerate() {
            let (file, shown) = (real(&output.file), files::shown(&output.file));
            if self.output[..at].iter().any(|other| real(&other.file) == file) {
                return Err(
                    Stop::new(format!("--output names {shown} twice")).help("give each report a file of its own")
                );
            }
            if read.contains(&file) {
                return Err(Stop::new(format!("--output would write over {shown}, which this command reads"))
                    .help("name another file"));
            }
        }
        Ok(())
    }

    /// Whether any of the forms shows more than the report.
    pub(super) fn show_more(&self) -> bool {
        let files = self.output.iter().map(|output| output.format);
        files.chain([self.format]).any(Format::shows_more)
    }

    /// Writes a run to standard output.
    pub(super) fn print(&self, run: &Run, options: &TextOptions) -> Result<(), Stop> {
        match self.format.written() {
            Some(Written::Plain) => write_text(options, |out| render(self.format, run, options, &mut { out }))?,
            Some(written) => write_as(written, |out| render(self.format, run, options, &mut { out }))?,
            None if io::stdout().is_terminal() => {
                let name = self.format.name();
                return Err(Stop::new(format!("a terminal cannot show {name}"))
                    .help(format!("write it to a file: --output {name}=FILE")));
            }
            None => {
                let mut bytes = Vec::new();
                render(self.format, run, options, &mut bytes)?;
                write_exactly(&bytes)?;
            }
        }
        if self.format == Format::Github { summarize(run, options) } else { Ok(()) }
    }

    /// Writes a run to the files that were asked for; all that can be written are, and the first fault is told.
    ///
    /// `languages` are those that the plans say they are in.
    pub(super) fn write<'l>(&self, run: &Run, languages: impl IntoIterator<Item = &'l str>) -> Result<(), Stop> {
        // In a file there is no terminal to be narrow, and nobody's colours; who reads it reads the plan as well.
        let lang = terminal::asked().or_else(|| common_language(languages)).unwrap_or_else(terminal::lang);
        let options = TextOptions { suppressed: true, lang, ..TextOptions::default() };
        let mut fault = None;
        for output in &self.output {
            if let Err(error) = output.write(run, &options) {
                fault = fault.or_else(|| Some(refused(&output.file, &error)));
            }
        }
        fault.map_or(Ok(()), Err)
    }
}

impl Output {
    /// Writes a run to this file.
    pub(super) fn write(&self, run: &Run, options: &TextOptions) -> io::Result<()> {
        let mut bytes = Vec::new();
        render(self.format, run, options, &mut bytes)?;
        files::write(&self.file, &bytes)
    }
}

/// In a workflow of GitHub: adds the summary to the one of the job, whose file GitHub names.
fn summarize(run: &Run, options: &TextOptions) -> Result<(), Stop> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return Ok(()) };
    let mut bytes = Vec::new();
    render(Format::GithubSummary, run, options, &mut bytes)?;
    let file = Path::new(&file);
    // Other steps may have written to it.
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut file| file.write_all(&bytes))
        .map_err(|error| refused(file, &error).help("it is named by GITHUB_STEP_SUMMARY; unset that to do without"))
}

/// The language of all plans, if it is one, and one that is spoken here.
fn common_language<'l>(languages: impl IntoIterator<Item = &'l str>) -> Option<Lang> {
    let mut languages = languages.into_iter().map(Lang::named);
    let first = languages.next()??;
    languages.all(|other| other == Some(first)).then_some(first)
}

fn refused(file: &Path, error: &io::Error) -> Stop {
    let message = format!("cannot write {}: {error}", files::shown(file));
    if file.is_dir() {
        return Stop::new(message).help("it is a directory: name a file in it");
    }
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            Stop::new(message).help(format!("there is no folder {}", files::shown(folder)))
        }
        _ => Stop::new(message),
    }
}
