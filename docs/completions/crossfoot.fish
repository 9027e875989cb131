# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_crossfoot_global_optspecs
    string join \n h/help V/version
end

function __fish_crossfoot_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_crossfoot_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_crossfoot_using_subcommand
    set -l cmd (__fish_crossfoot_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c crossfoot -n "__fish_crossfoot_needs_command" -s h -l help -d 'Print help'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -s V -l version -d 'Print version'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "check" -d 'Audit plans and report what does not agree'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "report" -d 'Render a saved run, without its plans and rules'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "diff" -d 'Compare two drafts: figures, items and findings that are other ones'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "stats" -d 'Show where the money of plans goes, how concentrated it is, and how risks are spread'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "watch" -d 'Check again on every save, and show what is different'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "fix" -d 'Apply the fixes that findings offer, and say what is left'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "baseline" -d 'Record today\'s findings, so that later runs report only what is new'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "init" -d 'Start a folder with a plan, a rule of your own and a configuration'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "new" -d 'Write the first form of a rule or of a case, to be filled in'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "test" -d 'Run the cases of rules and tell what is not as expected'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "mutate" -d 'Change a plan in one place at a time, and list the changes that no rule notices'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "coverage" -d 'List the figures that no rule looks at, or who looks at a figure'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "rules" -d 'List the rules: id, level, title and origin'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "explain" -d 'Explain a rule, a verb of the rule language, or a finding'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "eval" -d 'Try an expression of the rule language on a plan'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "repl" -d 'Try expressions on a plan, one after the other'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "lsp" -d 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "schema" -d 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "man" -d 'Print a man page, or write all of them into a folder'
complete -c crossfoot -n "__fish_crossfoot_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l format -d 'How the report on standard output is written (docs/reports.md)' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: see `crossfoot schema report`'
jsonl\t'For programs that read as it comes: one finding a line, then a summary'
sarif\t'For code hosts and editors: SARIF 2.1.0'
junit\t'For build servers: JUnit XML, a suite for each plan'
github\t'For a GitHub workflow: annotations'
github-summary\t'For a GitHub workflow: the summary of a job, as Markdown'
gitlab\t'For GitLab: a code quality report'
markdown\t'For a comment or a wiki'
csv\t'One finding a row, for programs'
xlsx\t'A spreadsheet: findings, workings with formulas, coverage, risks'
html\t'For people: one page, to be opened in a browser'
run\t'The whole run, for `crossfoot report` to render later'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -s o -l output -d 'Also write the report to a file, in any of the forms; may be given several times' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l fail-on -d 'The least severity that makes the exit status 1 [default: what crossfoot.toml says, or error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
info\t'Any finding'
never\t'Nothing'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l baseline -d 'Leave out what this baseline holds [default: what crossfoot.toml says]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l no-baseline -d 'Use no baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l show-suppressed -d 'Also show findings that are allowed or in the baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -l show-rounding -d 'Also show differences that rounding explains'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -s q -l quiet -d 'Print nothing but what stood in the way; the exit status tells the rest'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -l format -d 'How the report on standard output is written (docs/reports.md)' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: see `crossfoot schema report`'
jsonl\t'For programs that read as it comes: one finding a line, then a summary'
sarif\t'For code hosts and editors: SARIF 2.1.0'
junit\t'For build servers: JUnit XML, a suite for each plan'
github\t'For a GitHub workflow: annotations'
github-summary\t'For a GitHub workflow: the summary of a job, as Markdown'
gitlab\t'For GitLab: a code quality report'
markdown\t'For a comment or a wiki'
csv\t'One finding a row, for programs'
xlsx\t'A spreadsheet: findings, workings with formulas, coverage, risks'
html\t'For people: one page, to be opened in a browser'
run\t'The whole run, for `crossfoot report` to render later'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -s o -l output -d 'Also write the report to a file, in any of the forms; may be given several times' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -l show-suppressed -d 'Also show findings that are allowed or in the baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l format -d 'How the comparison is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: see `crossfoot schema diff`'
markdown\t'For a page of text, such as the description of a change'
html\t'For a browser: one file that loads nothing'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -l exit-code -d 'Make the exit status 1 where anything differs'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand stats" -l format -d 'How the statistics are written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: see `crossfoot schema stats`'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand stats" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand stats" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l exec -d 'Run a command of the shell after each check in which something changed; docs/watch.md lists what it is told' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l format -d 'How checks are written: as text, or as JSON, one object a line (docs/watch.md)' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: see `crossfoot schema report`'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l report -d 'Write the whole report to a file after each check, in any of the forms of `check --output`' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l serve -d 'Show the report as a page in the browser, anew at each check: at a free port of this machine, or at ADDRESS, such as 8080 or 127.0.0.1:8080' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l poll -d 'Look again every so many seconds, 2 unless said otherwise, instead of waiting for the system to tell: for network drives' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l debounce -d 'Wait until a file has been quiet for so many milliseconds' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l baseline -d 'Leave out what this baseline holds [default: what crossfoot.toml says]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l full -d 'Show all findings at each check, not the difference'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l clear -d 'Begin each check on an empty screen'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l no-clear -d 'Leave on the screen what is there [default]'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l bell -d 'Ring the terminal\'s bell when a check finds something new'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l serve-any -d 'Let `--serve` name an address that other machines can reach, and answer them under any name'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l no-baseline -d 'Use no baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -l show-rounding -d 'Also show differences that rounding explains'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand watch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l unsafe -d 'Apply the unsafe fixes of these rules too: an id, a glob such as `risks/*`, or a folder (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l format -d 'How the result is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: docs/coverage.md, docs/mutation.md and docs/fixes.md describe the fields'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l fail-on -d 'The exit status is 1 when a finding of this severity or above is left [default: error]' -r -f -a "error\t'Errors'
warning\t'Warnings and errors'
info\t'Any finding'
never\t'Nothing'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l baseline -d 'Leave out what this baseline holds [default: what crossfoot.toml says]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l dry-run -d 'Print what would change as a diff, and write nothing'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -s i -l interactive -d 'Ask for each fix, safe or not, with its finding shown above it'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l force -d 'Write files that have changes which git does not have yet, or several names (hard links)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -l no-baseline -d 'Use no baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand fix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and not __fish_seen_subcommand_from write help" -s h -l help -d 'Print help'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and not __fish_seen_subcommand_from write help" -f -a "write" -d 'Write the findings of the plans to a baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and not __fish_seen_subcommand_from write help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -s o -l output -d 'The file [default: what crossfoot.toml says, or crossfoot-baseline.json]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from write" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "write" -d 'Write the findings of the plans to a baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand baseline; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and not __fish_seen_subcommand_from rule case help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and not __fish_seen_subcommand_from rule case help" -f -a "rule" -d 'A rule with its page, and three cases that fail until it is filled in'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and not __fish_seen_subcommand_from rule case help" -f -a "case" -d 'A further case of a rule'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and not __fish_seen_subcommand_from rule case help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from rule" -l rules -d 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from rule" -s h -l help -d 'Print help'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from case" -l rules -d 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from case" -s h -l help -d 'Print help'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from help" -f -a "rule" -d 'A rule with its page, and three cases that fail until it is filled in'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from help" -f -a "case" -d 'A further case of a rule'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand new; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l rules -d 'The folders of your rules (repeatable) [default: what crossfoot.toml says, or rules/]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l pack -d 'The packs of your rules: folders with a pack.toml (repeatable) [default: what crossfoot.toml says]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from here]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l filter -d 'Run only cases whose `rule/case` has this text, or matches it where it is a glob' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l threshold -d 'The least percent of lines and branches that cases must run, 0 to 100; implies --coverage' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l format -d 'How the outcome is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs'
junit\t'JUnit XML, for build servers'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l standard -d 'Test the standard rules'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l require-cases -d 'Rules without any case, and cases without a rule, make the exit status 1'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l coverage -d 'Tell which lines and branches of the rules no case has run'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -l update -d 'Rewrite marks and counts of cases so that they say what is found; shows each change and asks'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -s y -l yes -d 'With --update: do not ask'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -s v -l verbose -d 'Name every case, also those that came out as they say'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l kind -d 'Make only mutations of these kinds (repeatable)' -r -f -a "nudge\t'A figure changed by the least that rounding does not explain'
transpose\t'Two adjacent digits of a figure exchanged'
drop-digit\t'A digit of a figure left out'
swap-neighbours\t'Two figures beside each other exchanged'
drop-addend\t'A figure, or an item that holds figures, left out'
break-reference\t'A reference that leads nowhere'
break-id\t'An id given twice, or changed behind a reference'
remove-mitigation\t'A mitigation, or what a risk says of one, left out'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l limit -d 'Make so many mutations at most, chosen at random' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l seed -d 'What the random choice begins with: the same seed chooses the same mutations' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l threshold -d 'The least score over all mutations, in percent; below it the exit status is 1' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l format -d 'How the result is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: docs/coverage.md, docs/mutation.md and docs/fixes.md describe the fields'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -l all -d 'List the mutations that were noticed too, with the rules that did'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand mutate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l at -d 'Which rules look at the figures at this path, such as `objectives[I.1].total.2020`, and what they compare them with' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l threshold -d 'The least share of figures that are looked at, in percent; below it the exit status is 1' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l format -d 'How the result is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs: docs/coverage.md, docs/mutation.md and docs/fixes.md describe the fields'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l today -d 'The day that rules take for today [default: the system\'s at each check, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand coverage" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l format -d 'How the list is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l source -d 'Also print the rule\'s own text'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -l plan -d 'Also print the plan that the examples of verbs speak of'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -l format -d 'How the value is written' -r -f -a "text\t'For people, at a terminal'
json\t'For programs'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -l today -d 'The day that `today()` gives [default: the system\'s, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -l all -d 'List every place that the value was made of, not only the first'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand eval" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l rules -d 'Add the rules of a folder (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l pack -d 'Add the rules of a pack: a folder with a pack.toml (repeatable)' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l only -d 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l skip -d 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l level -d 'Set the level of rules: error, warning, info or off (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l param -d 'Set a parameter of a rule, as TOML (repeatable)' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l config -d 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l today -d 'The day that `today()` gives [default: the system\'s, in UTC]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l color -d 'Whether to colour the output; NO_COLOR is heeded' -r -f -a "auto\t'When the output is a terminal'
always\t'Always'
never\t'Never'"
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l lang -d 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]' -r
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l no-standard -d 'Leave the standard rules out'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -l no-config -d 'Read no configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand repl" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand lsp" -l log -d 'Write the log to this file as well, at its end; it always goes to standard error' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand lsp" -l stdio -d 'Speak over standard input and output, as it does without saying so'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand man" -l output -d 'Write the pages of all commands into this folder, which is made where it is missing' -r -F
complete -c crossfoot -n "__fish_crossfoot_using_subcommand man" -s h -l help -d 'Print help'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "check" -d 'Audit plans and report what does not agree'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "report" -d 'Render a saved run, without its plans and rules'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "diff" -d 'Compare two drafts: figures, items and findings that are other ones'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "stats" -d 'Show where the money of plans goes, how concentrated it is, and how risks are spread'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "watch" -d 'Check again on every save, and show what is different'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "fix" -d 'Apply the fixes that findings offer, and say what is left'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "baseline" -d 'Record today\'s findings, so that later runs report only what is new'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "init" -d 'Start a folder with a plan, a rule of your own and a configuration'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "new" -d 'Write the first form of a rule or of a case, to be filled in'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "test" -d 'Run the cases of rules and tell what is not as expected'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "mutate" -d 'Change a plan in one place at a time, and list the changes that no rule notices'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "coverage" -d 'List the figures that no rule looks at, or who looks at a figure'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "rules" -d 'List the rules: id, level, title and origin'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "explain" -d 'Explain a rule, a verb of the rule language, or a finding'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "eval" -d 'Try an expression of the rule language on a plan'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "repl" -d 'Try expressions on a plan, one after the other'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "lsp" -d 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "schema" -d 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "completions" -d 'Print the completions of a shell'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "man" -d 'Print a man page, or write all of them into a folder'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and not __fish_seen_subcommand_from check report diff stats watch fix baseline init new test mutate coverage rules explain eval repl lsp schema completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and __fish_seen_subcommand_from baseline" -f -a "write" -d 'Write the findings of the plans to a baseline'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and __fish_seen_subcommand_from new" -f -a "rule" -d 'A rule with its page, and three cases that fail until it is filled in'
complete -c crossfoot -n "__fish_crossfoot_using_subcommand help; and __fish_seen_subcommand_from new" -f -a "case" -d 'A further case of a rule'
