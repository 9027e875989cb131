# The page of a report.

# Each name stands in src/report/html/ without its beginning, `html-`.
html-skip = Skip to the report
html-contents = Contents
html-theme = Light or dark
html-theme-help = Switch between light and dark (t)
html-made-by = Made by { $tool } { $version }. The same plan and the same rules make the same report.
html-keys = Keys: / search, j and k next and previous finding, e open or close all, t light or dark, Esc leave the search
html-obstacles = What stood in the way
html-plans = Plans
html-findings = Findings
html-the-plan = What the plan says
html-set-aside = Set aside
html-not-looked-at = Figures that no rule looked at
html-rules-that-ran = Rules that ran
html-pages-of-rules = Why each rule matters
html-characters-left =
    { $n ->
        [one] ({ $n } more character)
       *[other] ({ $n } more characters)
    }
html-error = Error
html-warning = Warning
html-note = Note
html-and-more =
    { $n ->
        [one] And { $n } more, which is not shown.
       *[other] And { $n } more, which are not shown.
    }
html-n-plans =
    { $n ->
        [one] { $n } plan
       *[other] { $n } plans
    }
html-title = { $plan } – audit report
html-audit-report = Audit report
html-organisation = Organisation
html-period = Period
html-currency = Currency
html-source = Source
html-file = File
html-errors =
    { $n ->
        [one] { $n } error
       *[other] { $n } errors
    }
html-warnings =
    { $n ->
        [one] { $n } warning
       *[other] { $n } warnings
    }
html-notes =
    { $n ->
        [one] { $n } note
       *[other] { $n } notes
    }
html-broken =
    { $n ->
        [one] This audit is not complete: { $n } thing stood in the way.
       *[other] This audit is not complete: { $n } things stood in the way.
    }
html-failed-one = This plan does not agree with itself: { $found }.
html-failed-many = These plans do not all agree with themselves: { $found }.
html-no-plan = No plan was audited.
html-passed-one = This plan is in order: nothing was found.
html-passed-many = These plans are in order: nothing was found.
html-passed-with-one = This plan has no errors, but there is something to look at: { $found }.
html-passed-with-many = These plans have no errors, but there is something to look at: { $found }.
html-found-so-far = What could be checked has { $found }.
html-checked = { $passed } of { $total } checks passed, { $rounding } of them because rounding explains the difference. { $covered } of { $figures } figures were looked at by a rule.
html-list = { $firsts } and { $last }
html-counts = Counts
html-errors-tile = errors
html-warnings-tile = warnings
html-notes-tile = notes
html-aside-tile = set aside
html-rules-tile = rules
html-open-tile = figures not looked at
html-obstacles-about = As long as these are there, a clean result would mean little.
html-nothing-found = No rule found anything wrong.
html-findings-about = Grouped by rule, errors first. Each finding shows the lines of the plan it is about; a figure in a frame is the one in question.
html-why-it-matters = Why it matters
html-findings-left =
    { $n ->
        [one] And { $n } more finding of this rule, which is not shown here.
       *[other] And { $n } more findings of this rule, which are not shown here.
    }
html-none-match = No finding matches.
html-errors-only = Errors
html-warnings-only = Warnings
html-notes-only = Notes
html-filters = Filter the findings
html-search = Search
html-severity = Severity
html-all = All
html-rule = Rule
html-objective = Objective
html-reset = Show all
html-shown = { $n } of { $total } shown
html-link-here = Link to this finding
html-what-to-do = What to do:
html-line = line { $n }
html-fixes =
    { $n ->
        [one] { $n } change would mend it
       *[other] { $n } changes would mend it
    }
html-safe = safe
html-to-be-judged = to be judged
html-lines-of-plan = Lines of the plan
html-places-left =
    { $n ->
        [one] And { $n } more place, which is not drawn.
       *[other] And { $n } more places, which are not drawn.
    }
html-working = The working
html-stated = Stated
html-computed = Computed
html-difference = Difference
html-rounding-permits = Rounding permits
html-likely-cause = Likely cause:
html-or = or:
html-stated-from =
    { $n ->
        [one] Stated figure: { $n } addend
       *[other] Stated figure: { $n } addends
    }
html-computed-from =
    { $n ->
        [one] Computed from { $n } figure
       *[other] Computed from { $n } figures
    }
html-intervals-meet = The two may be the same figure
html-intervals-apart = Rounding cannot explain the difference
html-intervals = True stated figure: { $stated }. True computed figure: { $computed }.
html-plan-title = Title
html-figures = figures
html-money = Money by objective and year
html-shares = Stated and computed shares
html-risk-map = Risk map
html-coverage = Which mitigation covers which risk
html-trace = From objective to cost
html-no-currency = the plan’s unit
html-money-about = Amounts in { $unit }, as the plan states them; where it states none, as the parts make them (in italics). ≠: the parts make another figure; where rounding explains that, it is no finding.
html-money-title = Money by year, divided by objective, in { $unit }
html-money-desc = Totals: { $totals }. The table has every figure.
html-others =
    { $n ->
        [one] { $n } other
       *[other] { $n } others
    }
html-all-years = All years
html-money-table = Money by objective and year
html-share-stated = Share, %
html-total = Total
html-parts-make = The parts make { $computed }
html-not-stated = Not stated; computed from the parts
html-shares-left-out = The plan is so large that its shares were not compared for this report.
html-shares-about = Stated shares that were held against what they are shares of: { $n }. Of these { $disagree } disagree.
html-shares-of = They are said to be shares of { $years }.
html-shares-legend = Bar: computed, in percent. Stroke: stated. Red: they disagree, by the points that are written beside it.
html-shares-drawn = The chart shows those that disagree and the largest, { $n } in all.
html-shares-title = Stated and computed shares in percent
html-shares-table = All shares as a table
html-of-objective = of its objective
html-share = Share
html-outcome = Outcome
html-equal = the same
html-within-rounding = within rounding
html-disagrees = disagrees
html-risks-about = Risks: { $n }, of which without a mitigation: { $gaps }.
html-no-scales = The plan declares no scales: the words stand in the order in which it uses them.
html-risk-done = something is done
html-risk-planned = only planned
html-risk-gap = no mitigation
html-impact = Impact
html-likelihood = Likelihood
html-risk-map-title = Risks by likelihood and impact
html-off-the-map = Not on the map, because their words are not on the scales: { $risks }.
html-risk = Risk
html-mitigations = Mitigations
html-gap = no mitigation
html-not-listed = not listed in the plan
html-coverage-about = A dot says that the mitigation at the top is taken against the risk at the left. Rows without a dot are gaps.
html-open-gap = Gap
html-covers = covers
html-mitigations-table = The mitigations
html-number = No.
html-mitigation = Mitigation
html-owner = Owner
html-status = Status
html-against-nothing = against no risk
html-trace-about = What each objective is to change and how that is measured, and what it delivers and what that costs.
html-outcomes = Outcomes and indicators
html-outputs = Outputs and costs
html-no-outcome = no outcome
html-no-output = no output
html-no-indicator = no indicator
html-no-means = no means of measurement
html-output = Output
html-no-cost = no cost
html-no-rules = No rule ran.
html-rules-about = Each check of a rule ends in one of three ways; where there was nothing to compare, it says so.
html-failed = Failed
html-passed = Passed
html-of-which-rounding = of which rounding
html-not-applicable = Not applicable
html-origin = Origin
html-stopped = stopped
html-pages-about = What each rule checks, why, and what to do.
html-all-looked-at = None: a rule looked at every figure.
html-no-figures = There are no figures.
html-open-about =
    { $n ->
        [one] { $n } figure was compared with nothing; whether it is right, this report cannot say.
       *[other] { $n } figures were compared with nothing; whether they are right, this report cannot say.
    }
html-figure = Figure
html-place = Place
html-value = Value
html-aside-about = These were found, and do not count: somebody has allowed them, or the baseline holds them.
html-finding = Finding
html-set-aside-by = By
html-reason = Reason
html-until = Until
html-by-inline = a comment in the plan
html-by-config = the configuration
html-by-baseline = the baseline
html-gone = In the baseline, and no longer found
