# Ce que dit la lecture d'un plan, avant toute règle ; la clé est le texte anglais.

## Sortes de valeurs
a-boolean = un booléen
a-date = une date
a-number = un nombre
a-table = une table
a-text = un texte
an-array = un tableau
an-integer = un entier
a-text-or-an-integer = un texte ou un entier
an-id-a-text-or-an-integer = un identifiant : un texte ou un entier
a-year-such-as-2026 = une année telle que 2026
a-path-or-an-array-of-paths = un chemin, ou un tableau de chemins
a-table-from-years-to-amounts-such-as-2026-1_000 = une table des montants par année, telle que { "{" } 2026 = 1_000 { "}" }
an-array-of-ids = un tableau d’identifiants
an-array-of-numbers = un tableau de nombres
an-array-of-paths-or-of-arrays-of-paths = un tableau de chemins, ou de tableaux de chemins
an-array-of-tables = un tableau de tables
an-array-of-texts = un tableau de textes
an-array-of-years = un tableau d’années
key = `{ $key }`
this-element-of-key = cet élément de `{ $key }`

## Clés et valeurs
unknown-key-name-did-you-mean-meant = clé inconnue `{ $name }` : vouliez-vous dire `{ $meant }` ?
write-meant-a-key-of-your-own-wants-a-name-that-is-less-like-a-standard-one = écrire `{ $meant }` ; une clé propre au plan doit porter un nom moins proche d’une clé normalisée
what-is-found-expected-expected = { $what } est { $found } : { $expected } est attendu
add-key-about = ajouter `{ $key } = ...` : { $about }
write-number-without-quotation-marks = écrire { $number } sans guillemets
name-is-no-year-expected-four-digits-or-all_years = `{ $name }` n’est pas une année : quatre chiffres ou `all_years` sont attendus
this-is-no-path-fault = ceci n’est pas un chemin : { $fault }
write-a-path-such-as-objectives-i-1-total-2026 = écrire un chemin tel que `objectives[I.1].total.2026`
figure-has-more-digits-than-its-declared-unit-of-unit-allows = { $figure } a plus de chiffres que n’en permet son unité déclarée de { $unit }
write-the-figure-in-whole-units-or-declare-the-rounding-that-it-has = écrire le montant en unités entières, ou déclarer l’arrondi qui est le sien
this-plan-is-empty-it-states-nothing = ce plan est vide : il n’indique rien
crossfoot-schema-describes-what-a-plan-may-hold-docs-vocabulary-md-lists-it = `crossfoot schema` décrit ce qu’un plan peut contenir ; docs/vocabulary.md en donne la liste

## Nombres
this-number-has-digits-significant-digits-at-most-28-can-be-kept-exactly = ce nombre a { $digits } chiffres significatifs ; 28 au plus peuvent être conservés exactement
this-number-is-too-large-or-too-small-to-be-kept-exactly-28-digits-before-and-after-the-point-are-the-most = ce nombre est trop grand ou trop petit pour être conservé exactement : 28 chiffres au plus, avant et après la virgule
state-the-figure-in-a-larger-unit-or-write-it-as-a-text = indiquer le montant dans une unité plus grande, ou l’écrire comme un texte
state-the-figure-in-another-unit-or-write-it-as-a-text = indiquer le montant dans une autre unité, ou l’écrire comme un texte
text-is-no-figure-expected-a-finite-number = `{ $text }` n’est pas un montant : un nombre fini est attendu
write-the-figure-or-leave-the-key-out-where-there-is-none = écrire le montant, ou omettre la clé s’il n’y en a pas
text-is-no-number = `{ $text }` n’est pas un nombre
write-a-number-such-as-1_200-50-or-0xff-or-put-quotation-marks-around-a-text = écrire un nombre tel que 1_200.50 ou 0xff, ou mettre un texte entre guillemets
text-is-no-date-or-time-that-exists = `{ $text }` n’est pas une date ni une heure qui existe

## Texte du fichier
a-value-is-missing-here = il manque une valeur ici
write-a-number-a-text-in-quotes-a-date-or = écrire un nombre, un texte entre guillemets, une date, `[...]` ou `{ "{" }...{ "}" }`
key-is-given-twice = `{ $key }` figure deux fois
keep-one-of-the-two-or-give-the-second-another-name = garder l’un des deux, ou donner un autre nom au second
nested-more-than-levels-levels-deep = plus de { $levels } niveaux imbriqués
a-plan-needs-about-six-flatten-this-part = six niveaux environ suffisent à un plan ; simplifier cette partie
this-bracket-is-never-closed = ce `{ $bracket }` n’est jamais fermé
write-bracket-where-it-ends-what-follows-was-not-read = écrire `{ $bracket }` là où il se termine ; ce qui suit n’a pas été lu
