# Ce que le moteur dit lui-même des constats ; la clé est le texte anglais.

## Messages par défaut
place-stated-stated-computed-computed-difference-difference = { $place } : déclaré { $stated }, calculé { $computed } (écart { $difference })
place-differs-by-difference-from-what-is-computed-which-rounding-explains = { $place } s’écarte de { $difference } du montant calculé, ce que l’arrondi explique
stated-is-stated-where-expected-is-expected = « { $stated } » figure là où « { $expected } » est attendu
place-is-given-expected-one-of-known = { $place } vaut « { $given } » : valeurs admises : { $known }
given-is-given-twice = « { $given } » figure deux fois
first-given-here = première mention ici
place-has-no-key = { $place } n’indique pas « { $key } »
place-is-value = { $place } vaut { $value }
place-is-value-expected-low-to-high = { $place } vaut { $value } : une valeur de { $low } à { $high } est attendue
place-is-value-expected-low-or-more = { $place } vaut { $value } : { $low } ou plus est attendu
place-is-value-expected-high-or-less = { $place } vaut { $value } : { $high } ou moins est attendu
did-you-mean-meant = vouliez-vous dire « { $meant } » ?

## Causes probables
two-digits-are-transposed-in-place-written-for-meant = deux chiffres sont intervertis dans { $place } : { $written } au lieu de { $meant }
a-digit-is-mistyped-in-place-written-for-meant = un chiffre est mal saisi dans { $place } : { $written } au lieu de { $meant }
a-digit-too-many-in-place-written-for-meant = un chiffre de trop dans { $place } : { $written } au lieu de { $meant }
a-digit-too-few-in-place-written-for-meant = il manque un chiffre dans { $place } : { $written } au lieu de { $meant }
the-stated-figure-leaves-out-place-value = le montant déclaré omet { $place } ({ $value })
the-stated-figure-counts-place-value-twice = le montant déclaré compte deux fois { $place } ({ $value })
place-value-is-left-out-of-the-addends = { $place } ({ $value }) n’est pas compris dans les termes
the-sign-of-place-value-is-turned = le signe de { $place } ({ $value }) est inversé
place-value-is-too-small-by-a-factor-of-factor = { $place } ({ $value }) est { $factor } fois trop petit
place-value-is-too-large-by-a-factor-of-factor = { $place } ({ $value }) est { $factor } fois trop grand
place-is-carried-over-from-neighbour-which-states-value-too = { $place } est repris de { $neighbour }, qui indique aussi { $value }
place-should-be-value-which-stands-at-neighbour = { $place } devrait être { $value }, qui figure à { $neighbour }
place-has-no-key-so-the-sum-is-not-of-all = { $place } n’a pas de montant pour « { $key } » : la somme n’est pas complète
place-lacks-a-figure-so-the-sum-is-not-of-all = il manque un montant à { $place } : la somme n’est pas complète
path-in-file = { $path } dans { $file }

## Corrections
set-it-to-to = inscrire { $to }
set-place-to-to = inscrire { $to } à { $place }
rename-it-to-name = renommer en « { $name } »
remove-what = supprimer { $what }
