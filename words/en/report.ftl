# The report for a terminal and as text.

# A word before a text that it introduces.
label = { $label }:
severity-error = error
severity-warning = warning
severity-info = info

## A finding
at = at
help = help
fix = fix
fix-unsafe = fix, unsafe
fix-applied-by = { $title } (crossfoot fix)
stated = stated
computed = computed
difference = difference
rounding-permits = rounding permits { $figure }
from-figures = from { $count } figures
likely-cause = likely cause
or-cause = or
stated-addend = stated + { $value }
more-not-drawn = and { $count } more figures that are not drawn

## What stood in the way
rule-does-not-compile = rule { $rule } does not compile
rule-failed = rule { $rule } failed
in-file = in
called = called
looking-at = looking at
here = here

## What does not count
allowed = allowed
known = known
because = because
the-baseline-holds-it = the baseline holds it
reason-until = { $reason } (until { $day })
said-in = said in
baseline-gone = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
} of the baseline gone:
baseline-gone-help = `crossfoot baseline write` takes them out of the baseline
do-not-count = { $count ->
    [one] { $count } finding does
   *[other] { $count } findings do
} not count: { $parts }
count-allowed = { $count } allowed
count-known = { $count } in the baseline
show-suppressed = --show-suppressed shows them

## Summary
no-plan-audited = no plan was audited
errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
plans = { $count ->
    [one] { $count } plan
   *[other] { $count } plans
}
rules = { $count ->
    [one] { $count } rule
   *[other] { $count } rules
}
verdict = { $findings } in { $plans }, by { $rules }
checks = { $count ->
    [one] { $count } check
   *[other] { $count } checks
}: { $passed } passed ({ $rounding } of them within rounding), { $failed } failed, { $inapplicable } not applicable
figures = { $count ->
    [one] { $count } figure
   *[other] { $count } figures
}: { $covered } looked at by a rule, { $open } not
and-more = and { $count } more
checked-nothing = { $count ->
    [one] { $count } rule of your own
   *[other] { $count } rules of your own
} checked nothing
stood-in-the-way = { $count ->
    [one] { $count } thing
   *[other] { $count } things
} stood in the way: this audit is not complete

## A rule's page
help-with-each = Help with each finding
