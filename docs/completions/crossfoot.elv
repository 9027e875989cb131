
use builtin;
use str;

set edit:completion:arg-completer[crossfoot] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'crossfoot'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'crossfoot'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand check 'Audit plans and report what does not agree'
            cand report 'Render a saved run, without its plans and rules'
            cand diff 'Compare two drafts: figures, items and findings that are other ones'
            cand stats 'Show where the money of plans goes, how concentrated it is, and how risks are spread'
            cand watch 'Check again on every save, and show what is different'
            cand fix 'Apply the fixes that findings offer, and say what is left'
            cand baseline 'Record today''s findings, so that later runs report only what is new'
            cand init 'Start a folder with a plan, a rule of your own and a configuration'
            cand new 'Write the first form of a rule or of a case, to be filled in'
            cand test 'Run the cases of rules and tell what is not as expected'
            cand mutate 'Change a plan in one place at a time, and list the changes that no rule notices'
            cand coverage 'List the figures that no rule looks at, or who looks at a figure'
            cand rules 'List the rules: id, level, title and origin'
            cand explain 'Explain a rule, a verb of the rule language, or a finding'
            cand eval 'Try an expression of the rule language on a plan'
            cand repl 'Try expressions on a plan, one after the other'
            cand lsp 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written'
            cand schema 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`'
            cand completions 'Print the completions of a shell'
            cand man 'Print a man page, or write all of them into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;check'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --format 'How the report on standard output is written (docs/reports.md)'
            cand -o 'Also write the report to a file, in any of the forms; may be given several times'
            cand --output 'Also write the report to a file, in any of the forms; may be given several times'
            cand --fail-on 'The least severity that makes the exit status 1 [default: what crossfoot.toml says, or error]'
            cand --baseline 'Leave out what this baseline holds [default: what crossfoot.toml says]'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --no-baseline 'Use no baseline'
            cand --show-suppressed 'Also show findings that are allowed or in the baseline'
            cand --show-rounding 'Also show differences that rounding explains'
            cand -q 'Print nothing but what stood in the way; the exit status tells the rest'
            cand --quiet 'Print nothing but what stood in the way; the exit status tells the rest'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;report'= {
            cand --format 'How the report on standard output is written (docs/reports.md)'
            cand -o 'Also write the report to a file, in any of the forms; may be given several times'
            cand --output 'Also write the report to a file, in any of the forms; may be given several times'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --show-suppressed 'Also show findings that are allowed or in the baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;diff'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --format 'How the comparison is written'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --exit-code 'Make the exit status 1 where anything differs'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;stats'= {
            cand --format 'How the statistics are written'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;watch'= {
            cand --exec 'Run a command of the shell after each check in which something changed; docs/watch.md lists what it is told'
            cand --format 'How checks are written: as text, or as JSON, one object a line (docs/watch.md)'
            cand --report 'Write the whole report to a file after each check, in any of the forms of `check --output`'
            cand --serve 'Show the report as a page in the browser, anew at each check: at a free port of this machine, or at ADDRESS, such as 8080 or 127.0.0.1:8080'
            cand --poll 'Look again every so many seconds, 2 unless said otherwise, instead of waiting for the system to tell: for network drives'
            cand --debounce 'Wait until a file has been quiet for so many milliseconds'
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --baseline 'Leave out what this baseline holds [default: what crossfoot.toml says]'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --full 'Show all findings at each check, not the difference'
            cand --clear 'Begin each check on an empty screen'
            cand --no-clear 'Leave on the screen what is there [default]'
            cand --bell 'Ring the terminal''s bell when a check finds something new'
            cand --serve-any 'Let `--serve` name an address that other machines can reach, and answer them under any name'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --no-baseline 'Use no baseline'
            cand --show-rounding 'Also show differences that rounding explains'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;fix'= {
            cand --unsafe 'Apply the unsafe fixes of these rules too: an id, a glob such as `risks/*`, or a folder (repeatable)'
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --format 'How the result is written'
            cand --fail-on 'The exit status is 1 when a finding of this severity or above is left [default: error]'
            cand --baseline 'Leave out what this baseline holds [default: what crossfoot.toml says]'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --dry-run 'Print what would change as a diff, and write nothing'
            cand -i 'Ask for each fix, safe or not, with its finding shown above it'
            cand --interactive 'Ask for each fix, safe or not, with its finding shown above it'
            cand --force 'Write files that have changes which git does not have yet, or several names (hard links)'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --no-baseline 'Use no baseline'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;baseline'= {
            cand -h 'Print help'
            cand --help 'Print help'
            cand write 'Write the findings of the plans to a baseline'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;baseline;write'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand -o 'The file [default: what crossfoot.toml says, or crossfoot-baseline.json]'
            cand --output 'The file [default: what crossfoot.toml says, or crossfoot-baseline.json]'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;baseline;help'= {
            cand write 'Write the findings of the plans to a baseline'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;baseline;help;write'= {
        }
        &'crossfoot;baseline;help;help'= {
        }
        &'crossfoot;init'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;new'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand rule 'A rule with its page, and three cases that fail until it is filled in'
            cand case 'A further case of a rule'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;new;rule'= {
            cand --rules 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'crossfoot;new;case'= {
            cand --rules 'The folder of rules, or the pack [default: what crossfoot.toml says, or rules/]'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'crossfoot;new;help'= {
            cand rule 'A rule with its page, and three cases that fail until it is filled in'
            cand case 'A further case of a rule'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;new;help;rule'= {
        }
        &'crossfoot;new;help;case'= {
        }
        &'crossfoot;new;help;help'= {
        }
        &'crossfoot;test'= {
            cand --rules 'The folders of your rules (repeatable) [default: what crossfoot.toml says, or rules/]'
            cand --pack 'The packs of your rules: folders with a pack.toml (repeatable) [default: what crossfoot.toml says]'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from here]'
            cand --filter 'Run only cases whose `rule/case` has this text, or matches it where it is a glob'
            cand --threshold 'The least percent of lines and branches that cases must run, 0 to 100; implies --coverage'
            cand --format 'How the outcome is written'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-config 'Read no configuration'
            cand --standard 'Test the standard rules'
            cand --require-cases 'Rules without any case, and cases without a rule, make the exit status 1'
            cand --coverage 'Tell which lines and branches of the rules no case has run'
            cand --update 'Rewrite marks and counts of cases so that they say what is found; shows each change and asks'
            cand -y 'With --update: do not ask'
            cand --yes 'With --update: do not ask'
            cand -v 'Name every case, also those that came out as they say'
            cand --verbose 'Name every case, also those that came out as they say'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;mutate'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --kind 'Make only mutations of these kinds (repeatable)'
            cand --limit 'Make so many mutations at most, chosen at random'
            cand --seed 'What the random choice begins with: the same seed chooses the same mutations'
            cand --threshold 'The least score over all mutations, in percent; below it the exit status is 1'
            cand --format 'How the result is written'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --all 'List the mutations that were noticed too, with the rules that did'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;coverage'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --at 'Which rules look at the figures at this path, such as `objectives[I.1].total.2020`, and what they compare them with'
            cand --threshold 'The least share of figures that are looked at, in percent; below it the exit status is 1'
            cand --format 'How the result is written'
            cand --today 'The day that rules take for today [default: the system''s at each check, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;rules'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --format 'How the list is written'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;explain'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand --source 'Also print the rule''s own text'
            cand --plan 'Also print the plan that the examples of verbs speak of'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;eval'= {
            cand --format 'How the value is written'
            cand --today 'The day that `today()` gives [default: the system''s, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --all 'List every place that the value was made of, not only the first'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;repl'= {
            cand --rules 'Add the rules of a folder (repeatable)'
            cand --pack 'Add the rules of a pack: a folder with a pack.toml (repeatable)'
            cand --only 'Run only these rules: an id, a glob such as `totals/*`, or a folder (repeatable, or several with commas)'
            cand --skip 'Do not run these rules: an id, a glob or a folder (repeatable, or several with commas)'
            cand --level 'Set the level of rules: error, warning, info or off (repeatable)'
            cand --param 'Set a parameter of a rule, as TOML (repeatable)'
            cand --config 'Read this configuration [default: the nearest crossfoot.toml upward from the plans]'
            cand --today 'The day that `today()` gives [default: the system''s, in UTC]'
            cand --color 'Whether to colour the output; NO_COLOR is heeded'
            cand --lang 'The language of findings and reports [default: that of the plan for files, that of the environment for the terminal]'
            cand --no-standard 'Leave the standard rules out'
            cand --no-config 'Read no configuration'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;lsp'= {
            cand --log 'Write the log to this file as well, at its end; it always goes to standard error'
            cand --stdio 'Speak over standard input and output, as it does without saying so'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;schema'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;completions'= {
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'crossfoot;man'= {
            cand --output 'Write the pages of all commands into this folder, which is made where it is missing'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'crossfoot;help'= {
            cand check 'Audit plans and report what does not agree'
            cand report 'Render a saved run, without its plans and rules'
            cand diff 'Compare two drafts: figures, items and findings that are other ones'
            cand stats 'Show where the money of plans goes, how concentrated it is, and how risks are spread'
            cand watch 'Check again on every save, and show what is different'
            cand fix 'Apply the fixes that findings offer, and say what is left'
            cand baseline 'Record today''s findings, so that later runs report only what is new'
            cand init 'Start a folder with a plan, a rule of your own and a configuration'
            cand new 'Write the first form of a rule or of a case, to be filled in'
            cand test 'Run the cases of rules and tell what is not as expected'
            cand mutate 'Change a plan in one place at a time, and list the changes that no rule notices'
            cand coverage 'List the figures that no rule looks at, or who looks at a figure'
            cand rules 'List the rules: id, level, title and origin'
            cand explain 'Explain a rule, a verb of the rule language, or a finding'
            cand eval 'Try an expression of the rule language on a plan'
            cand repl 'Try expressions on a plan, one after the other'
            cand lsp 'Serve an editor: findings, fixes and computed figures while a plan or a rule is written'
            cand schema 'Print a JSON Schema: of plans, for editors, or of what commands print with `--format json`'
            cand completions 'Print the completions of a shell'
            cand man 'Print a man page, or write all of them into a folder'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'crossfoot;help;check'= {
        }
        &'crossfoot;help;report'= {
        }
        &'crossfoot;help;diff'= {
        }
        &'crossfoot;help;stats'= {
        }
        &'crossfoot;help;watch'= {
        }
        &'crossfoot;help;fix'= {
        }
        &'crossfoot;help;baseline'= {
            cand write 'Write the findings of the plans to a baseline'
        }
        &'crossfoot;help;baseline;write'= {
        }
        &'crossfoot;help;init'= {
        }
        &'crossfoot;help;new'= {
            cand rule 'A rule with its page, and three cases that fail until it is filled in'
            cand case 'A further case of a rule'
        }
        &'crossfoot;help;new;rule'= {
        }
        &'crossfoot;help;new;case'= {
        }
        &'crossfoot;help;test'= {
        }
        &'crossfoot;help;mutate'= {
        }
        &'crossfoot;help;coverage'= {
        }
        &'crossfoot;help;rules'= {
        }
        &'crossfoot;help;explain'= {
        }
        &'crossfoot;help;eval'= {
        }
        &'crossfoot;help;repl'= {
        }
        &'crossfoot;help;lsp'= {
        }
        &'crossfoot;help;schema'= {
        }
        &'crossfoot;help;completions'= {
        }
        &'crossfoot;help;man'= {
        }
        &'crossfoot;help;help'= {
        }
    ]
    $completions[$command]
}
