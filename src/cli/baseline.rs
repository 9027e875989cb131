//! `crossfoot baseline write`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::BaselineWrite;
use super::{Stop, common, errors, terminal, write_out};
use crossfoot::baseline::Baseline;
use crossfoot::config::Config;
use crossfoot::{Auditor, report};

/// The file where nothing else is said.
const DEFAULT: &str = "crossfoot-baseline.json";

pub(crate) fn write(args: &BaselineWrite) -> Result<ExitCode, Stop> {
    let rules = common::rules(&args.rules, &args.paths)?;
    let (year, month, day) = common::today(args.day.today.as_deref())?;
    let configured = rules.config().and_then(Config::baseline).map(Path::to_owned);
    let path = args.output.clone().or(configured).unwrap_or_else(|| PathBuf::from(DEFAULT));
    if path.as_os_str() == "-" {
        return Err(Stop::new("a baseline is a file: it is not written to standard output")
            .help("name a file with --output, such as crossfoot-baseline.json"));
    }
    let old = match Baseline::load(&path) {
        Ok(old) => old,
        Err(error) if !error.replaceable => {
            let help = "name another file with --output";
            return Err(Stop::new(format!("{error}; it was left as it is")).help(help));
        }
        Err(_) => Baseline::empty(path.parent().unwrap_or(Path::new(""))),
    };
    let (plans, failures) = common::load_all(&args.paths, &rules);
    let auditor = Auditor::new(&rules).today(year, month, day).baseline(&old);
    let mut audit = auditor.audit_all(&plans);
    audit.add_failures(failures);
    if !audit.errors.is_empty() {
        audit.findings.clear();
        let options = terminal::error_options(super::args::When::Auto);
        let _ = report::text(&audit, &options, &mut errors(&options));
        return Err(Stop::new("the baseline was not written, because the audit is not complete"));
    }
    let new = old.renewed(&audit);
    new.write(&path).map_err(|error| Stop::new(format!("cannot write {}: {error}", path.display())))?;
    write_out(|out| {
        writeln!(
            out,
            "wrote {}: {} {} ({} new, {} gone)",
            path.display(),
            new.len(),
            if new.len() == 1 { "finding" } else { "findings" },
            audit.findings.len(),
            audit.gone.len()
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
