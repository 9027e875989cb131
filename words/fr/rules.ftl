# Ce que disent les règles standard ; la clé est le texte anglais.

the-plan = le plan

## structure
give-one-of-the-two-another-id-or-remove-the-copy = donner un autre identifiant à l’un des deux, ou supprimer le doublon
give-one-of-the-two-another-id = donner un autre identifiant à l’un des deux
two-objectives-have-the-id-value = deux objectifs portent l’identifiant { $value }
two-outcomes-have-the-id-value = deux résultats portent l’identifiant { $value }
two-outputs-have-the-id-value = deux produits portent l’identifiant { $value }
two-services-have-the-id-value = deux services portent l’identifiant { $value }
two-splits-have-the-id-value = deux répartitions portent l’identifiant { $value }
two-risks-have-the-id-value = deux risques portent l’identifiant { $value }
two-mitigations-have-the-id-value = deux mesures d’atténuation portent l’identifiant { $value }
two-tables-have-the-id-value = deux tableaux portent l’identifiant { $value }
two-reconciliations-have-the-id-value = deux rapprochements portent l’identifiant { $value }
two-rows-of-table-have-the-id-value = deux lignes de { $table } portent l’identifiant { $value }
use-one-title-for-one-thing-or-correct-the-id = employer un seul intitulé pour une même chose, ou corriger l’identifiant
key-is-known-elsewhere-and-here-here = { $key } est intitulé « { $known } » ailleurs et « { $here } » ici
add-what-is-missing-or-make-it-a-part-of-another-objective = ajouter ce qui manque, ou rattacher l’objectif à un autre
objective-value-has-no-outcomes = l’objectif { $value } n’a pas de résultat
objective-value-has-no-outputs = l’objectif { $value } n’a pas de produit
say-what-is-measured-and-where-the-data-come-from = indiquer ce qui est mesuré et d’où viennent les données
outcome-value-has-no-indicator = le résultat { $value } n’a pas d’indicateur
outcome-value-has-no-means-of-measurement = le résultat { $value } n’a pas de moyen de mesure
correct-the-sign-or-state-the-cost-write-0-where-nothing-is-spent = corriger le signe, ou indiquer le coût ; inscrire 0 si rien n’est dépensé
output-output-has-no-cost = le produit { $output } n’a pas de coût
correct-the-figure-that-is-out-of-date-or-the-path-that-names-it = corriger le montant qui n’est plus à jour, ou le chemin qui le désigne
two-places-differ-what = deux endroits diffèrent : { $what }
there-is-only-one-place-to-compare-what = il n’y a qu’un seul endroit à comparer : { $what }
this-path-leads-to-no-figure-path = ce chemin ne mène à aucun montant : { $path }
state-every-year-of-the-plan-and-no-other-write-0-where-nothing-is-spent = indiquer chaque année du plan et aucune autre ; inscrire 0 si rien n’est dépensé
the-year-value-is-declared-twice = l’année { $value } est déclarée deux fois
value-is-no-year-of-the-plan-yet-shares-refer-to-it = { $value } n’est pas une année du plan, et pourtant des parts s’y rapportent
value-has-no-figure-for-year = { $value } n’a pas de montant pour { $year }
amounts-has-no-figure-for-year = { $amounts } n’a pas de montant pour { $year }
the-plan-has-a-figure-for-key-which-is-no-year-of-the-plan = le plan a un montant pour { $key }, qui n’est pas une année du plan
owner-has-a-figure-for-key-which-is-no-year-of-the-plan = { $owner } a un montant pour { $key }, qui n’est pas une année du plan
state-the-sum-of-its-parts-for-year = indiquer pour { $year } la somme des éléments
state-0-for-year-the-others-make-the-total = indiquer 0 pour { $year } : les autres produits donnent le total
state-what-the-total-leaves-for-year = indiquer pour { $year } ce que laisse le total
state-0-for-year = indiquer 0 pour { $year }

## totals
correct-the-total-or-the-output-that-is-wrong = corriger le total ou le produit erroné
the-outputs-of-id-do-not-make-its-stated-total-for-key = la somme des produits de { $id } n’est pas égale à son total déclaré pour { $key }
correct-the-plans-total-or-the-objective-that-is-wrong-or-left-out = corriger le total du plan, ou l’objectif erroné ou omis
the-objectives-do-not-make-the-plans-total-for-year = la somme des objectifs n’est pas égale au total du plan pour { $year }
correct-all_years-or-the-year-that-is-wrong = corriger `all_years` ou l’année erronée
the-years-of-owner-do-not-make-its-key-for-all-years = { $owner } : la somme des années n’est pas égale au { $key ->
    [cost] coût
   *[other] total
} pour toutes les années
correct-the-cell-or-the-total-that-is-wrong = corriger la cellule ou le total erroné
row-row-of-table-has-figures-figures-for-columns-columns = la ligne { $row } de { $table } a { $figures } chiffres pour { $columns } colonnes
table-has-no-column-value = { $table } n’a pas de colonne { $value }
table-has-columns-columns-column = { $table } a { $columns } colonnes { $column }
table-has-no-row-value = { $table } n’a pas de ligne { $value }
table-has-no-row-row = { $table } n’a pas de ligne { $row }
the-columns-of-table-do-not-make-column-in-row-row = { $table }, ligne « { $row } » : la somme des colonnes n’est pas égale à « { $column } »
the-rows-of-table-do-not-make-row-in-column-column = { $table }, colonne « { $column } » : la somme des lignes n’est pas égale à « { $row } »

## shares
correct-the-share-that-is-wrong-or-state-the-one-that-is-missing = corriger la part erronée, ou indiquer celle qui manque
the-parts-of-split-do-not-make-whole = répartition { $split } : la somme des parts n’est pas égale à { $whole }
the-shares-of-the-services-do-not-make-100 = la somme des parts des services n’est pas égale à 100
the-objectives-shares-of-the-plan-do-not-make-100 = la somme des parts des objectifs dans le plan n’est pas égale à 100
the-outputs-of-objective-do-not-make-100-percent-of-it = la somme des parts des produits de { $objective } n’est pas égale à 100 %
item-states-no-what-and-others-beside-it-do = { $item } n’indique pas « { $what } », alors que d’autres éléments du même niveau l’indiquent
row-row-of-table-does-not-make-100-percent = la ligne { $row } de { $table } ne fait pas 100 %
row-row-of-table-does-not-make-whole = la somme de la ligne { $row } de { $table } n’est pas égale à { $whole }
correct-the-share-that-does-not-follow-from-the-other-two = corriger la part qui ne découle pas des deux autres
the-share-of-output-in-objective-does-not-follow-from-their-shares-of-the-plan = la part de { $output } dans { $objective } ne découle pas de leurs parts dans le plan
correct-the-share-or-the-years-that-it-is-said-to-be-of = corriger la part, ou les années auxquelles elle est censée se rapporter
row-row-of-table-does-not-fit-row-base-in-column-column = { $table }, colonne « { $column } » : la ligne « { $row } » ne concorde pas avec la ligne « { $base } »
the-share-of-id-in-the-plan-does-not-fit-the-money-of-span = la part de { $id } dans le plan ne concorde pas avec les montants de { $span }
the-share-of-id-in-its-objective-does-not-fit-the-money-of-span = la part de { $id } dans son objectif ne concorde pas avec les montants de { $span }
wrong-of-stated-stated-shares-disagree-with-the-money-of-declared-over-best-all-agree = { $wrong } des { $stated } parts déclarées ne concordent pas avec les montants de { $declared } ; sur { $best }, toutes concordent
wrong-of-stated-stated-shares-disagree-with-the-money-of-declared-over-best-only-left-do = { $wrong } des { $stated } parts déclarées ne concordent pas avec les montants de { $declared } ; sur { $best }, seules { $left } ne concordent pas
declare-years = déclarer { $years }
stated-stated-computed-computed = déclaré { $stated }, calculé { $computed }
correct-the-share-that-is-wrong-of-the-objective-or-of-an-output-or-state-the-one-that-is-missing = corriger la part erronée, de l’objectif ou d’un produit, ou indiquer celle qui manque
the-outputs-shares-of-the-plan-do-not-make-the-share-of-objective = la somme des parts des produits dans le plan n’est pas égale à la part de { $objective }
output-states-no-share-of-the-plan-and-other-outputs-of-objective-do = { $output } n’indique pas sa part du plan, alors que d’autres produits de { $objective } l’indiquent
compute-the-amount-again-from-its-percent-and-its-total = recalculer le montant à partir de son pourcentage et de son total
there-is-no-table-table = il n’y a pas de tableau { $table }
there-are-no-totals-at-path = il n’y a pas de totaux à { $path }
column-in-row-row-of-table-is-not-percent-percent-of-the-rows-total = { $table }, ligne « { $row } », colonne « { $column } » : le montant n’est pas égal à { $percent } % du total de la ligne

## risks
enter-who-answers-for-it-and-how-far-it-is = indiquer le responsable et l’état d’avancement
mitigation-value-has-no-owner = la mesure d’atténuation { $value } n’a pas de responsable
mitigation-value-has-no-status = la mesure d’atténuation { $value } n’a pas d’état d’avancement
start-one-of-its-mitigations-or-correct-a-status-that-is-out-of-date = engager une de ses mesures d’atténuation, ou corriger un état d’avancement qui n’est plus à jour
all-that-is-done-against-the-high-risk-title-is-only-planned = toutes les mesures contre le risque élevé « { $title } » ne sont encore que prévues
use-a-word-of-the-scale-or-add-the-word-to-the-scale = employer un mot de l’échelle, ou ajouter ce mot à l’échelle
value-is-not-on-the-scale-of-likelihood-words = « { $value } » n’est pas sur l’échelle de probabilité : { $words }
value-is-not-on-the-scale-of-impact-words = « { $value } » n’est pas sur l’échelle d’impact : { $words }
value-is-not-on-the-scale-of-status-words = « { $value } » n’est pas sur l’échelle d’avancement : { $words }
correct-the-reference-or-add-the-mitigation = corriger le renvoi, ou ajouter la mesure d’atténuation
there-is-no-mitigation-value = il n’y a pas de mesure d’atténuation { $value }
name-a-mitigation-or-say-who-accepts-the-risk = indiquer une mesure d’atténuation, ou qui accepte le risque
nothing-is-done-against-the-risk-title = aucune mesure n’est prise contre le risque « { $title } »
name-it-at-the-risk-that-it-answers-or-remove-it = l’indiquer au risque auquel elle répond, ou la supprimer
no-risk-names-mitigation-value = aucun risque ne renvoie à la mesure d’atténuation { $value }

## portfolio
correct-the-budget-or-the-figure-of-the-plan-that-is-out-of-date = corriger le budget, ou le montant du plan qui n’est plus à jour
the-plans-do-not-make-the-total-of-plan-for-year = la somme des plans n’est pas égale au total de { $plan } pour { $year }
the-plans-do-not-make-what = la somme des plans n’est pas égale à : { $what }
name-the-file-of-that-plan-as-well-or-correct-its-id-or-its-currency = indiquer aussi le fichier de ce plan, ou corriger son identifiant ou sa monnaie
the-plan-value-is-named-twice-and-would-be-added-up-twice = le plan { $value } est cité deux fois, et serait compté deux fois
the-plan-name-is-not-among-those-audited-and-nothing-was-compared-with-it = le plan { $name } ne fait pas partie des plans vérifiés, et rien n’a été comparé avec lui
no-plan-of-the-portfolio-has-the-id-value = aucun plan du portefeuille ne porte l’identifiant { $value }
plan-would-be-a-part-of-itself = { $plan } serait une partie de lui-même
name-is-in-theirs-and-plan-in-own = { $name } est en { $theirs }, et { $plan } en { $own }
correct-the-plan-whose-figure-is-out-of-date = corriger le plan dont le montant n’est plus à jour
two-plans-differ-in-the-total-of-plan-for-year = deux plans diffèrent sur le total de { $plan } pour { $year }
two-plans-differ-in-what = deux plans diffèrent : { $what }
two-plans-of-the-portfolio-have-the-id-value = deux plans du portefeuille portent l’identifiant { $value }
two-plans-have-an-objective-value = deux plans ont un objectif { $value }
two-plans-have-an-output-value = deux plans ont un produit { $value }
