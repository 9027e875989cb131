//! `crossfoot completions` and `crossfoot man`: what is made from the arguments' own definition.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Command, CommandFactory as _};

use super::args::Args;
use super::{Stop, write_out};

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command whose page is printed, such as `check` or `baseline-write` [default: crossfoot itself]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Option<String>,

    /// Write the pages of all commands into this folder, which is made where it is missing
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(crate) fn completions(args: &Completions) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "crossfoot", &mut script);
    write_out(|out| io::Write::write_all(out, &script))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn man(args: &Man) -> Result<ExitCode, Stop> {
    let pages = pages()?;
    if let Some(folder) = &args.output {
        write_pages(folder, &pages)?;
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = args.command.as_ref().map_or_else(|| "crossfoot".to_owned(), |command| format!("crossfoot-{command}"));
    let Some((_, page)) = pages.iter().find(|(name, _)| *name == wanted) else {
        let commands: Vec<&str> = pages.iter().filter_map(|(name, _)| name.strip_prefix("crossfoot-")).collect();
        let name = args.command.as_deref().unwrap_or_default();
        return Err(Stop::new(format!("there is no command `{name}`: expected one of {}", commands.join(", "))));
    };
    write_out(|out| io::Write::write_all(out, page))?;
    Ok(ExitCode::SUCCESS)
}

/// The page of each command, by its name. No page holds a date, so that the same program gives the same bytes.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut root = Args::command().disable_help_subcommand(true);
    root.build();
    let mut pages = Vec::new();
    collect(&root, "crossfoot".to_owned(), &mut pages)?;
    Ok(pages)
}

fn collect(command: &Command, name: String, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    pages.push((name.clone(), page(command.clone(), &name)?));
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        collect(below, format!("{name}-{}", below.get_name()), pages)?;
    }
    Ok(())
}

fn page(command: Command, name: &str) -> io::Result<Vec<u8>> {
    let version = format!("crossfoot {}", env!("CARGO_PKG_VERSION"));
    let page = clap_mangen::Man::new(command).title(name.to_owned()).source(version).manual("crossfoot");
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file is the page of a command, of this or another version.
fn is_page(path: &Path, name: &str) -> bool {
    let title = format!(".TH {name} 1");
    let text = std::fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().take(5).any(|line| line.starts_with(&title))
}

fn write_pages(folder: &Path, pages: &[(String, Vec<u8>)]) -> Result<(), Stop> {
    let cannot = |path: &Path, error: io::Error| Stop::new(format!("cannot write {}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    let paths: Vec<PathBuf> = pages.iter().map(|(name, _)| folder.join(format!("{name}.1"))).collect();
    for (path, (name, _)) in paths.iter().zip(pages) {
        if path.exists() && !is_page(path, name) {
            let message = format!("{} is there and is no page of crossfoot: nothing was written", path.display());
            return Err(Stop::new(message).help("name another folder, or move the file away"));
        }
    }
    for (path, (_, page)) in paths.iter().zip(pages) {
        crossfoot::files::write(path, page).map_err(|error| cannot(path, error))?;
    }
    Ok(())
}
