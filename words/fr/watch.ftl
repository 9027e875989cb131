# Ce qui a changé depuis le dernier contrôle, dans `crossfoot watch`.

fixed = corrigé
changed = modifié
renamed = renommé
gone = disparu
mended = rétabli
stale = périmé
note = note
plan-gone = plan disparu
no-longer-checked = plus contrôlé
does-not-count = ne compte pas
gone-plan = { $plan } ({ $count ->
    [one] { $count } constat
   *[other] { $count } constats
})
more-of-them = et { $count } de plus
shows-all = et { $count } de plus ; { $hint } affiche tout
difference-was = (écart { $after }, auparavant { $before })

## Où l'on en est
things-in-the-way = { $count ->
    [one] { $count } obstacle
   *[other] { $count } obstacles
}
nothing-is-checked = rien n’est contrôlé tant { $count ->
    [one] qu’il n’est pas levé
   *[other] qu’ils ne sont pas levés
}
not-toml = pas du TOML
plans-not-toml = { $count ->
    [one] { $count } plan n’est
   *[other] { $count } plans ne sont
} pas du TOML
count-stale = { $count ->
    [one] { $count } périmé
   *[other] { $count } périmés
}
count-new = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
count-fixed = { $count ->
    [one] { $count } corrigé
   *[other] { $count } corrigés
}
count-gone = { $count ->
    [one] { $count } disparu
   *[other] { $count } disparus
}
count-remaining = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
}
covered = { $covered } sur { $count ->
    [one] { $count } valeur examinée
   *[other] { $count } valeurs examinées
}
figures-not-checked = valeurs non contrôlées
