//! A test run as JUnit XML, which build servers read.
//!
//! A rule is a suite, a case a test case. No times: the same run gives the same bytes.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::text::{counted, plain};
use super::{CaseTest, CaseVerdict, RuleTest, TestRun};
use crate::finding::Failure;

/// Writes a test run as JUnit XML.
///
/// A case that did not come out as it says is a failure with its diff; a case at fault, and a rule that does not compile, is
/// an error.
///
/// # Errors
/// When `out` refuses a write.
///
/// ```
/// use crossfoot::Rules;
/// use crossfoot::rules::test::{Tester, junit};
///
/// let mut out = Vec::new();
/// junit(&Tester::new(&Rules::standard()).run(), &mut out)?;
/// assert!(String::from_utf8_lossy(&out).contains("<testsuite name=\"totals/outputs\""));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn junit(run: &TestRun, out: &mut impl Write) -> io::Result<()> {
    let mut report = Report::new("crossfoot test");
    report.add_test_suites(run.rules.iter().map(suite));
    report.add_test_suites(run.failures.iter().map(broken));
    out.write_all(report.to_string().map_err(io::Error::other)?.as_bytes())
}

fn suite(rule: &RuleTest) -> TestSuite {
    let mut suite = TestSuite::new(&*rule.rule);
    suite.add_test_cases(rule.cases.iter().map(|case| test_case(rule, case)));
    suite
}

fn test_case(rule: &RuleTest, case: &CaseTest) -> TestCase {
    let status = match case.verdict() {
        CaseVerdict::AsExpected => TestCaseStatus::success(),
        verdict => {
            let faulty = verdict == CaseVerdict::Faulty;
            let kind = if faulty { NonSuccessKind::Error } else { NonSuccessKind::Failure };
            let mut status = TestCaseStatus::non_success(kind);
            let message = case.faults.first().map_or_else(|| counted(case), |fault| fault.message.clone());
            status.set_type(verdict.words()).set_message(message);
            status.set_description(format!("{}\n{}", case.file, plain(case)));
            status
        }
    };
    let mut test = TestCase::new(case.case.as_str(), status);
    test.set_classname(&*rule.rule);
    test
}

fn broken(failure: &Failure) -> TestSuite {
    let name = failure.rule.as_deref().unwrap_or("crossfoot");
    let place = failure.span.map(|span| format!(":{}:{}", span.start.line, span.start.column)).unwrap_or_default();
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type("rule").set_message(failure.message.as_str());
    status.set_description(format!("{}{place}: {}", failure.file, failure.message));
    let mut suite = TestSuite::new(name);
    let mut test = TestCase::new("compiles", status);
    test.set_classname(name);
    suite.add_test_case(test);
    suite
}
