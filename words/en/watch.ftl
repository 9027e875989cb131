# What is different since the last check, in `crossfoot watch`.

fixed = fixed
changed = changed
renamed = renamed
gone = gone
mended = mended
stale = stale
note = note
plan-gone = plan gone
no-longer-checked = no longer checked
does-not-count = does not count
gone-plan = { $plan } ({ $count ->
    [one] { $count } finding
   *[other] { $count } findings
})
more-of-them = and { $count } more
shows-all = and { $count } more; { $hint } shows all
difference-was = (difference { $after }, was { $before })

## How things stand
things-in-the-way = { $count ->
    [one] { $count } thing stands
   *[other] { $count } things stand
} in the way
nothing-is-checked = nothing is checked until { $count ->
    [one] it is
   *[other] they are
} mended
not-toml = not TOML
plans-not-toml = { $count ->
    [one] { $count } plan is
   *[other] { $count } plans are
} not TOML
count-stale = { $count } stale
count-new = { $count } new
count-fixed = { $count } fixed
count-gone = { $count } gone
count-remaining = { $count ->
    [one] { $count } remains
   *[other] { $count } remain
}
covered = { $covered } of { $count ->
    [one] { $count } figure
   *[other] { $count } figures
} covered
figures-not-checked = figures not checked
