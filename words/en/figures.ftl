# Figures and dates.

# The language's name for itself.
language-name = English

# What stands between groups of three digits; nothing where it is as the language is mostly written.
group-separator = { " " }
# Whether counts ("12345 checks") are grouped too: `yes` or `no`.
counts-are-grouped = no
percent = { $number } %
amount = { $number } { $currency }
date = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
