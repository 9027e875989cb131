
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'crossfoot' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'crossfoot'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'crossfoot' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Audit plans and report what does not agree')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Render a saved run, without its plans and rules')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two drafts: figures, items and findings that are other ones')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show where the money of plans goes, how concentrated it is, and how risks are spread')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Check again on every save, and show what is different')
            [CompletionResult]::new('fix', 'fix', [CompletionResultType]::ParameterValue, 'Apply the fixes that findings offer, and say what is left')
            [CompletionResult]::new('baseline', 'baseline', [CompletionResultType]::ParameterValue, 'Record today''s findings, so that later runs report only what is new')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Start a folder with a plan, a rule of your own and a configuration')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write the first form of a rule or of a case, to be filled in')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run the cases of rules and tell what is not as expected')
            [CompletionResult]::new('mutate', 'mutate', [CompletionResultType]::ParameterValue, 'Change a plan in one place at a time, and list the changes that no rule notices')
            [CompletionResult]::new('coverage', 'coverage', [CompletionResultType]::ParameterValue, 'List the figures that no rule looks at, or who looks at a figure')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules: id, level, title and origin')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, a verb of the rule language, or a finding')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try an expression of the rule language on a plan')
            [CompletionResult]::new('repl', 'repl', [CompletionResultType]::ParameterValue, 'Try expressions on a plan, one after the other')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a man page, or write all of them into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;check' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the report on standard output is written (docs/reports.md)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Also write the report to a file, in any of the forms; may be given several times')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write the report to a file, in any of the forms; may be given several times')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The least severity that makes the exit status 1 [default: what crossfoot.toml says, or error]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out what this baseline holds [default: what crossfoot.toml says]')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--no-baseline', '--no-baseline', [CompletionResultType]::ParameterName, 'Use no baseline')
            [CompletionResult]::new('--show-suppressed', '--show-suppressed', [CompletionResultType]::ParameterName, 'Also show findings that are allowed or in the baseline')
            [CompletionResult]::new('--show-rounding', '--show-rounding', [CompletionResultType]::ParameterName, 'Also show differences that rounding explains')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print nothing but what stood in the way; the exit status tells the rest')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print nothing but what stood in the way; the exit status tells the rest')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;report' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the report on standard output is written (docs/reports.md)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Also write the report to a file, in any of the forms; may be given several times')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Also write the report to a file, in any of the forms; may be given several times')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--show-suppressed', '--show-suppressed', [CompletionResultType]::ParameterName, 'Also show findings that are allowed or in the baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;diff' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the comparison is written')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Make the exit status 1 where anything differs')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;stats' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the statistics are written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;watch' {
            [CompletionResult]::new('--exec', '--exec', [CompletionResultType]::ParameterName, 'Run a command of the shell after each check in which something changed; docs/watch.md lists what it is told')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How checks are written: as text, or as JSON, one object a line (docs/watch.md)')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write the whole report to a file after each check, in any of the forms of `check --output`')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Show the report as a page in the browser, anew at each check: at a free port of this machine, or at ADDRESS, such as 8080 or 127.0.0.1:8080')
            [CompletionResult]::new('--poll', '--poll', [CompletionResultType]::ParameterName, 'Look again every so many seconds, 2 unless said otherwise, instead of waiting for the system to tell: for network drives')
            [CompletionResult]::new('--debounce', '--debounce', [CompletionResultType]::ParameterName, 'Wait until a file has been quiet for so many milliseconds')
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out what this baseline holds [default: what crossfoot.toml says]')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all findings at each check, not the difference')
            [CompletionResult]::new('--clear', '--clear', [CompletionResultType]::ParameterName, 'Begin each check on an empty screen')
            [CompletionResult]::new('--no-clear', '--no-clear', [CompletionResultType]::ParameterName, 'Leave on the screen what is there [default]')
            [CompletionResult]::new('--bell', '--bell', [CompletionResultType]::ParameterName, 'Ring the terminal''s bell when a check finds something new')
            [CompletionResult]::new('--serve-any', '--serve-any', [CompletionResultType]::ParameterName, 'Let `--serve` name an address that other machines can reach, and answer them under any name')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--no-baseline', '--no-baseline', [CompletionResultType]::ParameterName, 'Use no baseline')
            [CompletionResult]::new('--show-rounding', '--show-rounding', [CompletionResultType]::ParameterName, 'Also show differences that rounding explains')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;fix' {
            [CompletionResult]::new('--unsafe', '--unsafe', [CompletionResultType]::ParameterName, 'Apply the unsafe fixes of these rules too: an id, a glob such as `risks/*`, or a folder (repeatable)')
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The exit status is 1 when a finding of this severity or above is left [default: error]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out what this baseline holds [default: what crossfoot.toml says]')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would change as a diff, and write nothing')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Ask for each fix, safe or not, with its finding shown above it')
            [CompletionResult]::new('--interactive', '--interactive', [CompletionResultType]::ParameterName, 'Ask for each fix, safe or not, with its finding shown above it')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Write files that have changes which git does not have yet, or several names (hard links)')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--no-baseline', '--no-baseline', [CompletionResultType]::ParameterName, 'Use no baseline')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;baseline' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write the findings of the plans to a baseline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;baseline;write' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file [default: what crossfoot.toml says, or crossfoot-baseline.json]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file [default: what crossfoot.toml says, or crossfoot-baseline.json]')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;baseline;help' {
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write the findings of the plans to a baseline')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;baseline;help;write' {
            break
        }
        'crossfoot;baseline;help;help' {
            break
        }
        'crossfoot;init' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;new' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'A rule with its page, and three cases that fail until it is filled in')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'A further case of a rule')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;new;rule' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'crossfoot;new;case' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'crossfoot;new;help' {
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'A rule with its page, and three cases that fail until it is filled in')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'A further case of a rule')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;new;help;rule' {
            break
        }
        'crossfoot;new;help;case' {
            break
        }
        'crossfoot;new;help;help' {
            break
        }
        'crossfoot;test' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'The folders of your rules (repeatable) [default: what crossfoot.toml says, or rules/]')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'The packs of your rules: folders with a pack.toml (repeatable) [default: what crossfoot.toml says]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from here]')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Run only cases whose `rule/case` has this text, or matches it where it is a glob')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'The least percent of lines and branches that cases must run, 0 to 100; implies --coverage')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the outcome is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--standard', '--standard', [CompletionResultType]::ParameterName, 'Test the standard rules')
            [CompletionResult]::new('--require-cases', '--require-cases', [CompletionResultType]::ParameterName, 'Rules without any case, and cases without a rule, make the exit status 1')
            [CompletionResult]::new('--coverage', '--coverage', [CompletionResultType]::ParameterName, 'Tell which lines and branches of the rules no case has run')
            [CompletionResult]::new('--update', '--update', [CompletionResultType]::ParameterName, 'Rewrite marks and counts of cases so that they say what is found; shows each change and asks')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'With --update: do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'With --update: do not ask')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Name every case, also those that came out as they say')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Name every case, also those that came out as they say')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;mutate' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Make only mutations of these kinds (repeatable)')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Make so many mutations at most, chosen at random')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'What the random choice begins with: the same seed chooses the same mutations')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'The least score over all mutations, in percent; below it the exit status is 1')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List the mutations that were noticed too, with the rules that did')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;coverage' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Which rules look at the figures at this path, such as `objectives[I.1].total.2020`, and what they compare them with')
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'The least share of figures that are looked at, in percent; below it the exit status is 1')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result is written')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that rules take for today [default: the system''s at each check, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;rules' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the list is written')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;explain' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Also print the rule''s own text')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Also print the plan that the examples of verbs speak of')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;eval' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the value is written')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that `today()` gives [default: the system''s, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List every place that the value was made of, not only the first')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;repl' {
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'Add the rules of a folder (repeatable)')
            [CompletionResult]::new('--pack', '--pack', [CompletionResultType]::ParameterName, 'Add the rules of a pack: a folder with a pack.toml (repeatable)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'Set the level of rules: error, warning, info or off (repeatable)')
            [CompletionResult]::new('--param', '--param', [CompletionResultType]::ParameterName, 'Set a parameter of a rule, as TOML (repeatable)')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]')
            [CompletionResult]::new('--today', '--today', [CompletionResultType]::ParameterName, 'The day that `today()` gives [default: the system''s, in UTC]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Whether to colour the output; NO_COLOR is heeded')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]')
            [CompletionResult]::new('--no-standard', '--no-standard', [CompletionResultType]::ParameterName, 'Leave the standard rules out')
            [CompletionResult]::new('--no-config', '--no-config', [CompletionResultType]::ParameterName, 'Read no configuration')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;lsp' {
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Write the log to this file as well, at its end; it always goes to standard error')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Speak over standard input and output, as it does without saying so')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;schema' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;completions' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'crossfoot;man' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the pages of all commands into this folder, which is made where it is missing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'crossfoot;help' {
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Audit plans and report what does not agree')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Render a saved run, without its plans and rules')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two drafts: figures, items and findings that are other ones')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show where the money of plans goes, how concentrated it is, and how risks are spread')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Check again on every save, and show what is different')
            [CompletionResult]::new('fix', 'fix', [CompletionResultType]::ParameterValue, 'Apply the fixes that findings offer, and say what is left')
            [CompletionResult]::new('baseline', 'baseline', [CompletionResultType]::ParameterValue, 'Record today''s findings, so that later runs report only what is new')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Start a folder with a plan, a rule of your own and a configuration')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write the first form of a rule or of a case, to be filled in')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run the cases of rules and tell what is not as expected')
            [CompletionResult]::new('mutate', 'mutate', [CompletionResultType]::ParameterValue, 'Change a plan in one place at a time, and list the changes that no rule notices')
            [CompletionResult]::new('coverage', 'coverage', [CompletionResultType]::ParameterValue, 'List the figures that no rule looks at, or who looks at a figure')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List the rules: id, level, title and origin')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, a verb of the rule language, or a finding')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try an expression of the rule language on a plan')
            [CompletionResult]::new('repl', 'repl', [CompletionResultType]::ParameterValue, 'Try expressions on a plan, one after the other')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a man page, or write all of them into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'crossfoot;help;check' {
            break
        }
        'crossfoot;help;report' {
            break
        }
        'crossfoot;help;diff' {
            break
        }
        'crossfoot;help;stats' {
            break
        }
        'crossfoot;help;watch' {
            break
        }
        'crossfoot;help;fix' {
            break
        }
        'crossfoot;help;baseline' {
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Write the findings of the plans to a baseline')
            break
        }
        'crossfoot;help;baseline;write' {
            break
        }
        'crossfoot;help;init' {
            break
        }
        'crossfoot;help;new' {
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'A rule with its page, and three cases that fail until it is filled in')
            [CompletionResult]::new('case', 'case', [CompletionResultType]::ParameterValue, 'A further case of a rule')
            break
        }
        'crossfoot;help;new;rule' {
            break
        }
        'crossfoot;help;new;case' {
            break
        }
        'crossfoot;help;test' {
            break
        }
        'crossfoot;help;mutate' {
            break
        }
        'crossfoot;help;coverage' {
            break
        }
        'crossfoot;help;rules' {
            break
        }
        'crossfoot;help;explain' {
            break
        }
        'crossfoot;help;eval' {
            break
        }
        'crossfoot;help;repl' {
            break
        }
        'crossfoot;help;lsp' {
            break
        }
        'crossfoot;help;schema' {
            break
        }
        'crossfoot;help;completions' {
            break
        }
        'crossfoot;help;man' {
            break
        }
        'crossfoot;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
