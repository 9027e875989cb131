# La page d’un rapport.

html-skip = Aller au rapport
html-contents = Sommaire
html-theme = Clair ou sombre
html-theme-help = Passer du clair au sombre (t)
html-made-by = Établi par { $tool } { $version }. Le même plan et les mêmes règles donnent le même rapport.
html-keys = Touches : / chercher, j et k constat suivant et précédent, e tout ouvrir ou fermer, t clair ou sombre, Échap quitter la recherche
html-obstacles = Ce qui a fait obstacle
html-plans = Plans
html-findings = Constats
html-the-plan = Ce que dit le plan
html-set-aside = Mis de côté
html-not-looked-at = Montants qu’aucune règle n’a examinés
html-rules-that-ran = Règles appliquées
html-pages-of-rules = Pourquoi chaque règle compte
html-characters-left =
    { $n ->
        [one] (encore { $n } caractère)
       *[other] (encore { $n } caractères)
    }
html-error = Erreur
html-warning = Avertissement
html-note = Remarque
html-and-more =
    { $n ->
        [one] Et { $n } autre, qui n’est pas affiché.
       *[other] Et { $n } autres, qui ne sont pas affichés.
    }
html-n-plans =
    { $n ->
        [one] { $n } plan
       *[other] { $n } plans
    }
html-title = { $plan } – rapport d’audit
html-audit-report = Rapport d’audit
html-organisation = Organisation
html-period = Période
html-currency = Monnaie
html-source = Source
html-file = Fichier
html-errors =
    { $n ->
        [one] { $n } erreur
       *[other] { $n } erreurs
    }
html-warnings =
    { $n ->
        [one] { $n } avertissement
       *[other] { $n } avertissements
    }
html-notes =
    { $n ->
        [one] { $n } remarque
       *[other] { $n } remarques
    }
html-broken =
    { $n ->
        [one] Cet audit n’est pas complet : { $n } obstacle s’est présenté.
       *[other] Cet audit n’est pas complet : { $n } obstacles se sont présentés.
    }
html-failed-one = Ce plan ne concorde pas avec lui-même : { $found }.
html-failed-many = Ces plans ne concordent pas tous avec eux-mêmes : { $found }.
html-no-plan = Aucun plan n’a été audité.
html-passed-one = Ce plan est en ordre : rien à signaler.
html-passed-many = Ces plans sont en ordre : rien à signaler.
html-passed-with-one = Ce plan ne contient pas d’erreur, mais il reste à examiner : { $found }.
html-passed-with-many = Ces plans ne contiennent pas d’erreur, mais il reste à examiner : { $found }.
html-found-so-far = Ce qui a pu être vérifié contient { $found }.
html-checked = { $passed } vérifications sur { $total } sont concluantes, dont { $rounding } parce que l’arrondi explique l’écart. { $covered } montants sur { $figures } ont été examinés par une règle.
html-list = { $firsts } et { $last }
html-counts = Décomptes
html-errors-tile = erreurs
html-warnings-tile = avertissements
html-notes-tile = remarques
html-aside-tile = mis de côté
html-rules-tile = règles
html-open-tile = montants non examinés
html-obstacles-about = Tant qu’ils subsistent, un résultat sans constat ne voudrait pas dire grand-chose.
html-nothing-found = Aucune règle n’a rien trouvé à redire.
html-findings-about = Groupés par règle, les erreurs d’abord. Chaque constat montre les lignes du plan concernées ; le montant encadré est celui qui est en cause.
html-why-it-matters = Pourquoi c’est important
html-findings-left =
    { $n ->
        [one] Et { $n } autre constat de cette règle, qui n’est pas affiché ici.
       *[other] Et { $n } autres constats de cette règle, qui ne sont pas affichés ici.
    }
html-none-match = Aucun constat ne correspond.
html-errors-only = Erreurs
html-warnings-only = Avertissements
html-notes-only = Remarques
html-filters = Filtrer les constats
html-search = Chercher
html-severity = Gravité
html-all = Tout
html-rule = Règle
html-objective = Objectif
html-reset = Tout afficher
html-shown = { $n } sur { $total } affichés
html-link-here = Lien vers ce constat
html-what-to-do = Que faire :
html-line = ligne { $n }
html-fixes =
    { $n ->
        [one] { $n } modification y remédierait
       *[other] { $n } modifications y remédieraient
    }
html-safe = sans risque
html-to-be-judged = à apprécier
html-lines-of-plan = Lignes du plan
html-places-left =
    { $n ->
        [one] Et { $n } autre endroit, qui n’est pas montré.
       *[other] Et { $n } autres endroits, qui ne sont pas montrés.
    }
html-working = Le calcul
html-stated = Déclaré
html-computed = Calculé
html-difference = Écart
html-rounding-permits = L’arrondi permet
html-likely-cause = Cause probable :
html-or = ou :
html-stated-from =
    { $n ->
        [one] Montant déclaré : { $n } terme
       *[other] Montant déclaré : { $n } termes
    }
html-computed-from =
    { $n ->
        [one] Calculé à partir de { $n } montant
       *[other] Calculé à partir de { $n } montants
    }
html-intervals-meet = Les deux peuvent être le même montant
html-intervals-apart = L’arrondi ne peut pas expliquer l’écart
html-intervals = Vrai montant déclaré : { $stated }. Vrai montant calculé : { $computed }.
html-plan-title = Titre
html-figures = montants
html-money = Montants par objectif et par année
html-shares = Parts déclarées et calculées
html-risk-map = Carte des risques
html-coverage = Quelle mesure couvre quel risque
html-trace = De l’objectif au coût
html-no-currency = l’unité du plan
html-money-about = Montants en { $unit }, tels que le plan les déclare ; à défaut, tels que les parties les donnent (en italique). ≠ : les parties donnent un autre montant ; lorsque l’arrondi l’explique, ce n’est pas un constat.
html-money-title = Montants par année, répartis par objectif, en { $unit }
html-money-desc = Totaux : { $totals }. Le tableau donne tous les montants.
html-others =
    { $n ->
        [one] { $n } autre
       *[other] { $n } autres
    }
html-all-years = Toutes années
html-money-table = Montants par objectif et par année
html-share-stated = Part, %
html-total = Total
html-parts-make = Les parties donnent { $computed }
html-not-stated = Non déclaré ; calculé à partir des parties
html-shares-left-out = Le plan est si grand que ses parts n’ont pas été comparées pour ce rapport.
html-shares-about = Parts déclarées rapprochées de ce dont elles sont des parts : { $n }. En désaccord : { $disagree }.
html-shares-of = Elles sont censées porter sur { $years }.
html-shares-legend = Barre : part calculée, en pour cent. Trait : part déclarée. Rouge : désaccord, avec l’écart en points.
html-shares-drawn = Le graphique montre les parts en désaccord et les plus grandes, { $n } en tout.
html-shares-title = Parts déclarées et calculées, en pour cent
html-shares-table = Toutes les parts en tableau
html-of-objective = de son objectif
html-share = Part
html-outcome = Résultat
html-equal = identiques
html-within-rounding = écart d’arrondi
html-disagrees = en désaccord
html-risks-about = Risques : { $n }, dont sans mesure d’atténuation : { $gaps }.
html-no-scales = Le plan ne déclare pas d’échelles : les termes suivent l’ordre dans lequel il les emploie.
html-risk-done = mesure en cours
html-risk-planned = seulement prévu
html-risk-gap = aucune mesure
html-impact = Incidence
html-likelihood = Probabilité
html-risk-map-title = Risques selon leur probabilité et leur incidence
html-off-the-map = Absents de la carte, car leurs termes ne figurent pas dans les échelles : { $risks }.
html-risk = Risque
html-mitigations = Mesures d’atténuation
html-gap = aucune mesure
html-not-listed = ne figure pas dans le plan
html-coverage-about = Un point indique que la mesure en haut est prise contre le risque à gauche. Les lignes sans point sont des lacunes.
html-open-gap = Lacune
html-covers = couvre
html-mitigations-table = Les mesures d’atténuation
html-number = N°
html-mitigation = Mesure
html-owner = Responsable
html-status = État
html-against-nothing = contre aucun risque
html-trace-about = Ce que chaque objectif doit changer et comment on le mesure, ce qu’il produit et ce que cela coûte.
html-outcomes = Résultats et indicateurs
html-outputs = Produits et coûts
html-no-outcome = aucun résultat
html-no-output = aucun produit
html-no-indicator = aucun indicateur
html-no-means = aucun moyen de mesure
html-output = Produit
html-no-cost = aucun coût
html-no-rules = Aucune règle n’a été appliquée.
html-rules-about = Chaque vérification d’une règle se termine de l’une de trois façons ; lorsqu’il n’y avait rien à comparer, elle le dit.
html-failed = Échecs
html-passed = Réussites
html-of-which-rounding = dont arrondi
html-not-applicable = Sans objet
html-origin = Origine
html-stopped = interrompue
html-pages-about = Ce que vérifie chaque règle, pourquoi, et que faire.
html-all-looked-at = Aucun : chaque montant a été examiné par une règle.
html-no-figures = Il n’y a pas de montants.
html-open-about =
    { $n ->
        [one] { $n } montant n’a été comparé à rien ; ce rapport ne peut pas dire s’il est juste.
       *[other] { $n } montants n’ont été comparés à rien ; ce rapport ne peut pas dire s’ils sont justes.
    }
html-figure = Montant
html-place = Endroit
html-value = Valeur
html-aside-about = Ces constats ne comptent pas : quelqu’un les a admis, ou ils figurent dans l’état de référence.
html-finding = Constat
html-set-aside-by = Par
html-reason = Motif
html-until = Jusqu’au
html-by-inline = un commentaire du plan
html-by-config = la configuration
html-by-baseline = l’état de référence
html-gone = Dans l’état de référence, et plus constatés
