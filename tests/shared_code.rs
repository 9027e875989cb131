//! Shared code: rules import files of their own root's `lib/`, and nothing else; what goes wrong in it is told at its place.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic, and builds folders of rules")]

#[path = "support/folders.rs"]
mod folders;

use std::path::Path;
use std::time::Duration;

use crossfoot::finding::{Failure, FailureKind};
use crossfoot::rules::test::Tester;
use crossfoot::script::Limits;
use crossfoot::{Auditor, Plan, Report, Rules};
use folders::folder;

fn rules(files: &[(&str, &str)]) -> (tempfile::TempDir, Rules) {
    let folder = folder(files);
    let rules = Rules::empty().with_dir(folder.path()).unwrap();
    (folder, rules)
}

const PLAN: &str = "a = 3\nb = [1, 2]\n";

fn audit(rules: &Rules) -> Report {
    Auditor::new(rules).audit(&Plan::parse("plan.toml", PLAN))
}

/// Line, column, message, help.
fn told(failure: &Failure) -> (u32, u32, String, String) {
    let (line, column) = failure.span.map_or((0, 0), |span| (span.start.line, span.start.column));
    (line, column, failure.message.clone(), failure.help.clone().unwrap_or_default())
}

const SHARES: &str = "//! Parts of a whole.
fn whole(plan) { sum(plan.b) }
fn name() { \"the helper's\" }
fn named(text) { `${name()} ${text}` }
private fn secret() { 1 }
fn check(plan) { expect_equal(plan.a, whole(plan)); }
";

#[test]
fn a_rule_calls_what_it_imports_and_each_file_its_own_functions() {
    let rule = "import \"lib/shares\" as shares;
        fn name() { \"the rule's\" }
        fn check(plan) {
            let before = name();
            expect_equal(plan.a, shares::whole(plan), \"one\");
            expect(shares::named(\"x\") == \"the helper's x\", plan.a, shares::named(\"x\"));
            expect(name() == \"the rule's\" && before == name(), plan.a, name());
            for value in [1, 2].map(|n| shares::named(`${n}`)) { expect(value.starts_with(\"the helper\"), plan.a, value); }
            let many = plan.b.filter(|n| shares::whole(plan) > n);
            expect(count(many) == 2, plan.a, \"filter\");
        }";
    let (_folder, rules) = rules(&[("house/rule.rhai", rule), ("lib/shares.rhai", SHARES)]);
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    let report = audit(&rules);
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    assert_eq!((report.summary.checks.passed, report.summary.checks.failed), (6, 0), "{:#?}", report.findings);
    assert_eq!(report.plans[0].covered, 3, "figures that a helper compares are looked at");
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id().as_ref()).collect();
    assert_eq!(ids, ["house/rule"], "shared code is no rule");
    assert_eq!(rules.helpers()[0].id().as_ref(), "lib/shares");
    assert_eq!(rules.helpers()[0].title(), "Parts of a whole.");
}

/// A rule that imports so, beside `lib/shares`.
fn import_of(line: &str) -> Vec<(u32, u32, String, String)> {
    let rule = format!("{line}\nfn check(plan) {{ expect(true, plan, \"\"); }}");
    let (_folder, rules) =
        rules(&[("rule.rhai", &rule), ("other.rhai", "fn check(plan) { }"), ("lib/shares.rhai", SHARES)]);
    rules.failures().iter().map(told).collect()
}

#[test]
fn an_import_that_cannot_be_is_refused_at_its_place() {
    let cases = [
        ("import \"../lib/shares\" as s;", "leaves the rule's own pack: `..` is not followed"),
        ("import \"lib/../../x\" as s;", "leaves the rule's own pack: `..` is not followed"),
        ("import \"/etc/passwd\" as s;", "leaves the rule's own pack"),
        ("import \"C:/lib/x\" as s;", "leaves the rule's own pack"),
        ("import \"~/lib/x\" as s;", "leaves the rule's own pack"),
        ("import \"lib\\\\shares\" as s;", "has a backslash"),
        ("import \"lib//shares\" as s;", "is no plain path"),
        ("import \"./lib/shares\" as s;", "is no plain path"),
        ("import \"lib/shares.rhai\" as s;", "has an extension"),
        ("import \"other\" as s;", "`other` is no shared code: rules cannot import rules"),
        ("import \"lib/shaers\" as s;", "there is no shared code `lib/shaers`"),
        ("import \"\" as s;", "is no plain path"),
        ("import \"lib/shares\";", "an `import` gives what it imports a name"),
        ("import \"lib/\" + \"shares\" as s;", "the path of an `import` is written out"),
        ("import `lib/${1}` as s;", "the path of an `import` is written out"),
        ("import \"lib/shares\" as s;\nimport \"lib/shares\" as s;", "two imports have the name `s`"),
    ];
    for (line, message) in cases {
        let found = import_of(line);
        assert_eq!(found.len(), 1, "{line}: {found:#?}");
        assert!(found[0].2.contains(message), "{line}: {found:#?}");
        assert!(found[0].0 >= 1 && !found[0].3.is_empty(), "a place and what to do: {line}: {found:#?}");
    }
    assert_eq!(import_of("import \"lib/shaers\" as s;")[0].3, "did you mean `lib/shares`?");
    assert_eq!(import_of("import \"lib/shares.rhai\" as s;")[0].3, "write `lib/shares`");
    assert!(import_of("import \"lib/shares\" as s;").is_empty());
}

#[test]
fn an_import_stands_at_the_top_and_a_call_names_what_is_there() {
    let (_folder, rules) = rules(&[
        ("lib/shares.rhai", SHARES),
        (
            "rule.rhai",
            "import \"lib/shares\" as shares;
fn check(plan) {
    import \"lib/shares\" as inner;
    shares::hole(plan);
    shares::whole();
    shares::secret();
    shares::check(plan);
    [1].map(shares::named);
    if plan.never == true { shares::nonsense(1); }
}",
        ),
        ("late.rhai", "fn check(plan) { shares::whole(plan); }\nimport \"lib/shares\" as shares;"),
    ]);
    let found: Vec<_> =
        rules.failures().iter().map(told).map(|(line, _, message, help)| (line, message, help)).collect();
    let expected = [
        (
            1,
            "nothing is imported as `shares`",
            "write `import \"lib/shares\" as shares;` at the top of the file, above the first function",
        ),
        (3, "an `import` stands at the top of the file, outside of functions", "move it up, above the first function"),
        (4, "`shares` has no function `hole`", "did you mean `shares::whole`?"),
        (5, "`shares::whole` takes 1 value, and is given 0", ""),
        (6, "`shares` has no function `secret`", "it has name, named, whole"),
        (7, "`shares` has no function `check`", "it has name, named, whole"),
        (
            8,
            "`shares::named` is no value: shared code offers functions only",
            "call it: `shares::named(...)`; for a verb, `|x| shares::named(x)`",
        ),
        (9, "`shares` has no function `nonsense`", "it has name, named, whole"),
    ];
    let expected: Vec<_> = expected.map(|(line, message, help)| (line, message.to_owned(), help.to_owned())).to_vec();
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn a_circle_of_imports_is_named_whole() {
    let part = |next: &str| format!("import \"lib/{next}\" as next;\nfn of(x) {{ next::of(x) }}");
    let (_folder, rules) = rules(&[
        ("lib/a.rhai", &part("b")),
        ("lib/b.rhai", &part("c")),
        ("lib/c.rhai", &part("a")),
        ("lib/own.rhai", &part("own")),
        ("lib/well.rhai", "fn of(x) { x }"),
        ("rule.rhai", "import \"lib/a\" as a;\nfn check(plan) { a::of(plan); }"),
        ("fine.rhai", "import \"lib/well\" as w;\nfn check(plan) { expect(w::of(true), plan, \"\"); }"),
    ]);
    let found: Vec<_> =
        rules.failures().iter().map(|f| (f.rule.clone().unwrap().to_string(), told(f).0, f.message.clone())).collect();
    let circle =
        |path: &str, around: &str| (path.to_owned(), 1, format!("shared code imports itself in a circle: {around}"));
    assert_eq!(
        found,
        [
            circle("lib/a", "lib/a -> lib/b -> lib/c -> lib/a"),
            circle("lib/b", "lib/b -> lib/c -> lib/a -> lib/b"),
            circle("lib/c", "lib/c -> lib/a -> lib/b -> lib/c"),
            circle("lib/own", "lib/own -> lib/own"),
            ("rule".to_owned(), 1, "the shared code `lib/a` does not compile".to_owned()),
        ]
    );
    let report = audit(&rules);
    assert_eq!(report.summary.checks.passed, 1, "other rules run");
}

#[test]
fn an_error_in_shared_code_is_told_in_its_file_with_the_calls_that_led_there() {
    let (_folder, rules) = rules(&[
        ("lib/deep.rhai", "//! Deep.\n\nfn down(x) {\n    x + \"text\"\n}\n"),
        ("lib/middle.rhai", "import \"lib/deep\" as deep;\nfn through(x) { deep::down(x) }\n"),
        ("rule.rhai", "import \"lib/middle\" as middle;\n\nfn check(plan) { middle::through(plan.a); }\n"),
    ]);
    assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
    let report = audit(&rules);
    let [failure] = report.errors.as_slice() else { panic!("{:#?}", report.errors) };
    assert!(failure.file.ends_with("lib/deep.rhai"), "{}", failure.file);
    assert_eq!(failure.rule.as_deref(), Some("rule"));
    assert_eq!(told(failure).0, 4);
    let stack: Vec<_> = failure
        .stack
        .iter()
        .map(|frame| {
            let file = frame.file.as_deref().map(|file| file.rsplit('/').next().unwrap());
            (frame.function.as_str(), file, frame.line)
        })
        .collect();
    assert_eq!(stack, [("down", Some("middle.rhai"), 2), ("through", Some("rule.rhai"), 3)]);
    let mut out = Vec::new();
    crossfoot::report::text(&report, &crossfoot::report::TextOptions::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("x + \"text\"") && text.contains("rule.rhai:3:"), "{text}");
}

#[test]
fn limits_hold_within_shared_code() {
    let limits = Limits { operations: 200_000, deadline: Duration::from_secs(2), ..Limits::STANDARD };
    let hostile = [
        ("fn of(x) { loop { } }", "operations", 1),
        ("fn of(x) { of(x) }", "levels deep", 0),
        ("fn of(x) { let t = \"ab\"; loop { t += t; } }", "text", 1),
        ("fn of(x) { [1].map(|n| { loop { } }) }", "operations", 1),
    ];
    for (text, told, line) in hostile {
        let rule = "import \"lib/x\" as x;\nfn check(plan) { expect(true, plan, \"\"); x::of(1); }";
        let folder = folder(&[("rule.rhai", rule), ("lib/x.rhai", text)]);
        let rules = Rules::with_limits(limits).with_dir(folder.path()).unwrap();
        let report = audit(&rules);
        assert_eq!(report.errors.len(), 1, "{text}: {:#?}", rules.failures());
        let failure = &report.errors[0];
        assert!(failure.message.contains(told), "{text}: {}", failure.message);
        if line > 0 {
            assert!(failure.file.ends_with("lib/x.rhai") && failure.span.is_some(), "{text}: {failure:#?}");
        }
    }
    // Constants of constants, and a chain of imports that doubles at each step, are read without taking long.
    let mut files: Vec<(String, String)> = (1..=12)
        .map(|n| {
            (
                format!("lib/n{n}.rhai"),
                format!(
                    "import \"lib/n{0}\" as a;\nimport \"lib/n{0}\" as b;\nfn of(x) {{ a::of(x) + b::of(x) }}",
                    n - 1
                ),
            )
        })
        .collect();
    files.push(("lib/n0.rhai".to_owned(), "fn of(x) { x }".to_owned()));
    files.push((
        "rule.rhai".to_owned(),
        "import \"lib/n12\" as n;\nfn check(plan) { expect(n::of(1) == 4096, plan, \"\"); }".to_owned(),
    ));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_folder, rules) = rules(&files);
    let report = audit(&rules);
    assert_eq!((report.errors.len(), report.summary.checks.passed), (0, 1), "{:#?}", report.errors);
}

#[test]
fn helpers_of_one_root_are_not_those_of_another() {
    let rule = "import \"lib/x\" as x;\nfn check(plan) { expect(x::of() == plan.a, plan.a, `${x::of()}`); }";
    let one = folder(&[("one.rhai", rule), ("lib/x.rhai", "fn of() { 3 }")]);
    let two = folder(&[("two.rhai", rule), ("lib/x.rhai", "fn of() { 4 }")]);
    let rules = Rules::empty().with_dir(one.path()).unwrap().with_dir(two.path()).unwrap();
    let report = audit(&rules);
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    let found: Vec<_> = report.findings.iter().map(|f| (f.rule.to_string(), f.message.clone())).collect();
    assert_eq!(found, [("two".to_owned(), "4".to_owned())]);
    assert_eq!(rules.helpers().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed() {
    let outside = folder(&[("secret.rhai", "fn of() { 1 }"), ("lib/x.rhai", "fn of() { 1 }")]);
    let inside = folder(&[
        ("rule.rhai", "import \"lib/out\" as out;\nfn check(plan) { out::of(); }"),
        ("lib/x.rhai", "fn of() { 1 }"),
    ]);
    let link = |to: &Path, at: &str| std::os::unix::fs::symlink(to, inside.path().join(at)).unwrap();
    link(&outside.path().join("secret.rhai"), "lib/out.rhai");
    link(&outside.path().join("lib"), "lib/more");
    link(&inside.path().join("lib/x.rhai"), "lib/same.rhai");
    let rules = Rules::empty().with_dir(inside.path()).unwrap();
    let found: Vec<_> = rules
        .failures()
        .iter()
        .map(|f| (f.kind, f.file.rsplit('/').next().unwrap().to_owned(), f.message.clone()))
        .collect();
    let out = |name: &str| {
        (
            FailureKind::File,
            name.to_owned(),
            "this link leads out of the folder of rules, and is not followed".to_owned(),
        )
    };
    let lost = (FailureKind::RuleCompile, "rule.rhai".to_owned(), "there is no shared code `lib/out`".to_owned());
    assert_eq!(found, [out("more"), out("out.rhai"), lost]);
    assert_eq!(rules.helpers().len(), 2, "a link within the folder is a file of it");
}

#[test]
fn shared_code_is_proven_by_cases_of_its_own() {
    let (_folder, rules) = rules(&[
        ("rule.rhai", "fn check(plan) { }"),
        ("lib/shares.rhai", SHARES),
        ("lib/shares/pass.toml", "# checks: 1 passed, 0 failed, 0 not applicable\na = 3\nb = [1, 2]\n"),
        (
            "lib/shares/fail.toml",
            "# checks: 0 passed, 1 failed, 0 not applicable\na = 40  #~ error: stated 40\nb = [1, 2]\n",
        ),
        ("lib/bare.rhai", "//! Bare.\nfn of(x) { x }"),
        ("lib/bare/case.toml", "a = 1\n"),
    ]);
    let mut tester = Tester::new(&rules);
    assert!(tester.choose("lib/*"), "shared code is chosen as rules are");
    let run = tester.run();
    let results: Vec<String> = run
        .cases()
        .map(|(rule, case)| {
            let faults: Vec<&str> = case.faults.iter().map(|fault| fault.message.as_str()).collect();
            format!("{} {} {:?} {}", rule.rule, case.case, case.verdict(), faults.join("; "))
        })
        .collect();
    let bare = "the rule failed: this shared code has no `check(plan)` that its cases could run";
    assert_eq!(results[0].trim_end(), format!("lib/bare case Faulty {bare}"));
    assert_eq!(
        results[1..].iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        ["lib/shares fail AsExpected", "lib/shares pass AsExpected"]
    );
}

#[test]
fn a_chain_of_imports_has_an_end() {
    let mut files = vec![("lib/n0.rhai".to_owned(), "fn of(x) { x }".to_owned())];
    files.extend((1..200).map(|n| {
        (format!("lib/n{n}.rhai"), format!("import \"lib/n{}\" as next;\nfn of(x) {{ next::of(x) }}", n - 1))
    }));
    files.push((
        "rule.rhai".to_owned(),
        "import \"lib/n20\" as n;\nfn check(plan) { expect(n::of(1) == 1, plan, \"\"); }".to_owned(),
    ));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_folder, rules) = rules(&files);
    let first = rules.failures().iter().find(|failure| failure.rule.as_deref() == Some("lib/n65")).unwrap();
    assert_eq!(first.message, "this file imports more than 64 others, by itself and through them");
    assert_eq!(rules.failures().len(), 200 - 65, "those above it do not compile either, and say so");
    let report = audit(&rules);
    assert_eq!(report.summary.checks.passed, 1, "{:#?}", report.errors.last());
}

/// Names that the engine uses to tell functions apart cannot be written by a rule.
#[test]
fn a_function_cannot_take_the_full_name_of_another() {
    let rule =
        "import \"lib/x\" as x;\nfn of__in__lib_2fx() { 2 }\nfn check(plan) { expect(x::both() == 1, plan, \"\"); }";
    let (_folder, rules) = rules(&[("rule.rhai", rule), ("lib/x.rhai", "fn of() { 1 }\nfn both() { of() }")]);
    let [failure] = rules.failures() else { panic!("{:#?}", rules.failures()) };
    assert_eq!(failure.message, "the name `of__in__lib_2fx` holds `__in__`, which crossfoot uses itself");
    assert_eq!(told(failure).0, 2);
}

/// However many paths lead through shared code, each file is made ready once.
#[test]
fn shared_code_is_loaded_in_a_time_that_grows_with_its_files_only() {
    for same in [true, false] {
        let path = |layer: usize, side: &str| format!("lib/l{layer}{}", if same { "" } else { side });
        let mut files: Vec<(String, String)> = Vec::new();
        for layer in 0..30 {
            for side in ["a", "b"] {
                let below = |side: &str| path(layer + 1, side);
                let text =
                    format!("import \"{}\" as a;\nimport \"{}\" as b;\nfn f(x) {{ a::f(x) }}", below("a"), below("b"));
                files.push((format!("{}.rhai", path(layer, side)), text));
            }
        }
        let last = |side: &str| (format!("{}.rhai", path(30, side)), "fn f(x) { x }".to_owned());
        files.extend([last("a"), last("b")]);
        let top = path(0, "a");
        files.push((
            "rule.rhai".to_owned(),
            format!("import \"{top}\" as x;\nfn check(plan) {{ expect(x::f(true), plan, \"\"); }}"),
        ));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let folder = folder(&files);
        let started = std::time::Instant::now();
        // Deeper calls than usual, so that the deepest function is reached; an exponential time would never end.
        let limits = Limits { call_depth: 64, ..Limits::STANDARD };
        let rules = Rules::with_limits(limits).with_dir(folder.path()).unwrap();
        assert!(rules.failures().is_empty(), "{:#?}", rules.failures());
        let report = audit(&rules);
        assert_eq!((report.errors.len(), report.summary.checks.passed), (0, 1), "{:#?}", report.errors);
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    }
}

/// As many names for one file as for many files.
#[test]
fn imports_of_one_file_under_many_names_are_counted() {
    let imports: String = (0..65).map(|n| format!("import \"lib/x\" as x{n};\n")).collect();
    let (_folder, rules) = rules(&[
        ("rule.rhai", &format!("{imports}fn check(plan) {{ expect(x0::of(true), plan, \"\"); }}")),
        ("lib/x.rhai", "fn of(x) { x }"),
    ]);
    let [failure] = rules.failures() else { panic!("{:#?}", rules.failures()) };
    assert_eq!((told(failure).0, told(failure).2.contains("imports more than 64 others")), (65, true));
}

/// Circles through every file: each file is told of one, and nobody counts them all.
#[test]
fn many_circles_end() {
    let imports: String = (0..60).map(|n| format!("import \"lib/l{n:03}\" as l{n};\n")).collect();
    let files: Vec<(String, String)> = (0..60).map(|n| (format!("lib/l{n:03}.rhai"), imports.clone())).collect();
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("rule.rhai", "fn check(plan) { expect(true, plan, \"\"); }"));
    let (_folder, rules) = rules(&files);
    assert_eq!(rules.failures().len(), 60, "{:#?}", rules.failures());
    assert!(rules.failures().iter().all(|failure| failure.message.contains("in a circle")));
}

/// What a chosen rule needs and cannot have is told with it; what others need is not.
#[test]
fn the_cause_in_shared_code_is_told_also_when_few_rules_are_chosen() {
    let rule = |path: &str| format!("import \"lib/{path}\" as x;\nfn check(plan) {{ x::of(plan); }}");
    let (folder, rules) = rules(&[
        ("h/r.rhai", &rule("middle")),
        ("h/round.rhai", &rule("one")),
        ("h/fine.rhai", "fn check(plan) { }"),
        ("lib/middle.rhai", "import \"lib/broken\" as b;\nfn of(x) { b::of(x) }"),
        ("lib/broken.rhai", "fn of(x) { nonsense(x) }"),
        ("lib/one.rhai", "import \"lib/two\" as n;\nfn of(x) { n::of(x) }"),
        ("lib/two.rhai", "import \"lib/one\" as n;\nfn of(x) { n::of(x) }"),
        ("lib/other.rhai", "fn of("),
    ]);
    let files = |failures: &[Failure]| {
        let mut files: Vec<String> = failures.iter().map(|f| f.file.rsplit('/').next().unwrap().to_owned()).collect();
        files.sort();
        files
    };
    for (only, expected) in [
        ("h/r", vec!["broken.rhai", "middle.rhai", "r.rhai"]),
        ("h/round", vec!["one.rhai", "round.rhai", "two.rhai"]),
        ("h/fine", vec![]),
    ] {
        let mut tester = Tester::new(&rules);
        assert!(tester.choose(only));
        assert_eq!(files(&tester.run().failures), expected, "{only}");
        let chosen = Rules::empty().with_dir(folder.path()).unwrap().choose(&[only], &[]).unwrap();
        assert_eq!(files(&audit(&chosen).errors), expected, "{only}");
        assert_eq!(files(&chosen.catalogue().errors), expected, "{only}");
    }
}

/// What shared code cannot say or offer is told, not ignored.
#[test]
fn terms_private_functions_and_closures_of_shared_code_are_told() {
    let (_folder, rules) = rules(&[
        ("a/private.rhai", "import \"lib/private\" as x;\nfn check(plan) { x::f(1); }"),
        ("a/closure.rhai", "import \"lib/gives\" as x;\nfn check(plan) {\n    let f = x::of(1);\n    [1].map(f);\n}"),
        ("lib/private.rhai", "private fn f(x) { x }"),
        ("lib/gives.rhai", "fn of(x) { |y| y + x }"),
        (
            "lib/terms.rhai",
            "const PARAMS = #{ most: 1 };\nconst HELP = \"?\";\nconst SEVERITY = \"info\";\nfn of(x) { x }",
        ),
    ]);
    let found: Vec<_> = rules.failures().iter().map(|f| (told(f).0, f.message.as_str(), told(f).3)).collect();
    let found: Vec<_> = found.iter().map(|(line, message, help)| (*line, *message, help.as_str())).collect();
    let elsewhere = "write it into the rules that import this file";
    assert_eq!(
        found,
        [
            (
                2,
                "`x` has no function `f`",
                "others can call none of its functions: take `private` away from those that they need"
            ),
            (
                1,
                "`PARAMS` means nothing in shared code",
                "give a function what it needs as a value: `fn of(plan, most)`"
            ),
            (2, "`HELP` means nothing in shared code", elsewhere),
            (3, "`SEVERITY` means nothing in shared code", elsewhere),
        ]
    );
    let report = audit(&rules);
    let failed = report.errors.iter().find(|error| error.kind == FailureKind::RuleRun).unwrap();
    assert_eq!((told(failed).0, told(failed).3.is_empty()), (4, false), "{failed:#?}");
    assert_eq!(failed.message, "a function without a name is called outside of the file that it stands in");
}

/// Limits that the engine keeps by itself are told where they were met, with what to do.
#[test]
fn limits_are_told_at_the_place_that_met_them() {
    let hostile = [
        ("fn of(x) {\n    let y = x;\n    of(y)\n}", "levels deep", 3),
        (
            "fn of(x) {\n    let t = \"abcdefgh\";\n    loop {\n        t = `${t}${t}`;\n    }\n}",
            "a text grew too long",
            4,
        ),
        ("fn of(x) {\n    let t = [];\n    loop {\n        t = [t, t, t, t];\n    }\n}", "an array grew too large", 4),
        ("fn of(x) {\n    [1].map(|n| of(n))\n}", "levels deep", 2),
    ];
    for (text, message, line) in hostile {
        let own = format!("{text}\nfn check(plan) {{ expect(true, plan, \"\"); of(1); }}");
        let (_folder, rules) = rules(&[
            ("own.rhai", &own),
            ("rule.rhai", "import \"lib/x\" as x;\nfn check(plan) { expect(true, plan, \"\"); x::of(1); }"),
            ("lib/x.rhai", text),
        ]);
        let report = audit(&rules);
        let mut found: Vec<_> = report
            .errors
            .iter()
            .map(|f| (f.rule.as_deref().unwrap(), f.file.rsplit('/').next().unwrap(), told(f).0, f.help.is_some()))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [("own", "own.rhai", line, true), ("rule", "x.rhai", line, true)], "{text}");
        assert!(report.errors.iter().all(|f| f.message.contains(message)), "{text}: {:#?}", report.errors);
        assert_eq!(report.summary.checks.passed, 2, "the second run leaves nothing behind");
    }
}
