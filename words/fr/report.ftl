# Le rapport pour le terminal et en texte.

label = { $label } :
severity-error = erreur
severity-warning = avertissement
severity-info = note

## Un constat
at = à
help = que faire
fix = correction
fix-unsafe = correction à confirmer
fix-applied-by = { $title } (crossfoot fix)
stated = déclaré
computed = calculé
difference = écart
rounding-permits = l’arrondi admet { $figure }
from-figures = à partir de { $count } valeurs
likely-cause = cause probable
or-cause = ou
stated-addend = déclaré + { $value }
more-not-drawn = { $count ->
    [one] et { $count } autre valeur non représentée
   *[other] et { $count } autres valeurs non représentées
}

## Ce qui a fait obstacle
rule-does-not-compile = la règle { $rule } ne se compile pas
rule-failed = la règle { $rule } a échoué
in-file = dans
called = appelé
looking-at = en examinant
here = ici

## Ce qui ne compte pas
allowed = admis
known = connu
because = motif
the-baseline-holds-it = figure dans l’état de référence
reason-until = { $reason } (jusqu’au { $day })
said-in = indiqué dans
baseline-gone = { $count ->
    [one] { $count } constat de l’état de référence a disparu :
   *[other] { $count } constats de l’état de référence ont disparu :
}
baseline-gone-help = `crossfoot baseline write` les retire de l’état de référence
do-not-count = { $count ->
    [one] { $count } constat ne compte pas
   *[other] { $count } constats ne comptent pas
} : { $parts }
count-allowed = { $count ->
    [one] { $count } admis
   *[other] { $count } admis
}
count-known = { $count } dans l’état de référence
show-suppressed = --show-suppressed les affiche

## Bilan
no-plan-audited = aucun plan n’a été vérifié
errors = { $count ->
    [one] { $count } erreur
   *[other] { $count } erreurs
}
warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
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
    [one] { $count } règle
   *[other] { $count } règles
}
verdict = { $findings } dans { $plans }, selon { $rules }
checks = { $count ->
    [one] { $count } contrôle
   *[other] { $count } contrôles
} : { $passed } { $passed ->
    [one] satisfait
   *[other] satisfaits
} (dont { $rounding } grâce à l’arrondi), { $failed } non { $failed ->
    [one] satisfait
   *[other] satisfaits
}, { $inapplicable } sans objet
figures = { $count ->
    [one] { $count } valeur
   *[other] { $count } valeurs
} : { $covered } { $covered ->
    [one] examinée
   *[other] examinées
} par une règle, { $open } non { $open ->
    [one] examinée
   *[other] examinées
}
and-more = et { $count } de plus
checked-nothing = { $count ->
    [one] { $count } de vos règles n’a rien contrôlé
   *[other] { $count } de vos règles n’ont rien contrôlé
}
stood-in-the-way = { $count ->
    [one] { $count } obstacle rencontré
   *[other] { $count } obstacles rencontrés
} : cette vérification n’est pas complète

## La page d'une règle
help-with-each = Aide jointe à chaque constat
