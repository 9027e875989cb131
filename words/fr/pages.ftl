# Les règles standard : sous le titre anglais, le titre et la page en Markdown.

what-is-a-sum-over-all-parts-of-a-portfolio-equals-that-sum = Ce qui est la somme de toutes les parties d’un portefeuille est égal à cette somme.
    .page =
        Le budget d’une organisation est approuvé comme un seul montant et dépensé dans de nombreux plans. Chaque plan peut être juste en lui-même alors que le budget garde encore les chiffres d’un projet antérieur.

        Que faire : examiner le calcul, qui énumère les montants de chaque plan, et corriger celui qui n’est plus à jour. Sans tous ses plans, une somme ne dit rien : quand l’un d’eux n’est pas parmi les plans vérifiés, le contrôle est sans objet.

every-part-that-a-plan-names-is-a-plan-of-its-portfolio-in-the-same-currency = Chaque partie que cite un plan est un plan de son portefeuille, dans la même monnaie.
    .page =
        Un plan qui en réunit d’autres les cite par leurs identifiants. Un nom qui ne mène nulle part retire tout un plan du budget, et plus aucune somme ne porte sur toutes les parties. Il en va de même d’un plan établi dans une autre monnaie ; et un plan qui est une partie de lui-même, de quelque manière que ce soit, n’est la somme de rien.

        Que faire : corriger le nom, ou donner au plan visé cet `id` et le même `portfolio`. Quand tous les plans vérifiés sont cités et un de plus, celui-ci peut simplement manquer à cette vérification : il y a alors un avertissement, et non une erreur.

a-figure-that-two-plans-of-a-portfolio-state-is-the-same-in-both = Un montant qu’indiquent deux plans d’un portefeuille est le même dans les deux.
    .page =
        Le budget indique ce que coûte chaque plan, et chaque plan l’indique aussi. Qui modifie l’un connaît rarement l’autre, et les deux ont un jour été justes.

        Que faire : examiner le calcul, et corriger le plan qui n’est plus à jour. Un chemin qui ne mène à aucun montant est signalé là où il est écrit.

plans-of-one-portfolio-have-ids-of-their-own-and-so-have-their-objectives-and-outputs = Les plans d’un portefeuille ont leurs propres identifiants, de même que leurs objectifs et leurs produits.
    .page =
        Dans un portefeuille, on désigne les choses par leurs identifiants : « R.2 » doit être un seul objectif, quel que soit le plan qu’on lit. Des plans copiés l’un sur l’autre gardent les mêmes identifiants, et un rapport additionne alors deux choses différentes.

        Que faire : donner un autre identifiant à l’un des deux. Un identifiant qu’un plan donne deux fois est signalé par `structure/unique-ids`.

every-mitigation-has-an-owner-and-a-status = Chaque mesure d’atténuation a un responsable et un état d’avancement.
    .page =
        Ce dont personne n’est responsable ne se fait pas, et sans état d’avancement personne ne peut dire si c’est fait.

        Que faire : indiquer qui est responsable de la mesure d’atténuation et où elle en est.

a-risk-of-high-impact-has-a-mitigation-that-is-under-way = Un risque d’impact élevé a une mesure d’atténuation en cours.
    .page =
        Tant que toutes les mesures prises contre lui ne sont que prévues, un risque est aussi ouvert que le jour où il a été relevé. Pour un risque de l’impact le plus élevé, cela mérite une question. Élevé est le dernier mot de `scales.impact`, et prévu le premier de `scales.status`.

        Que faire : engager une des mesures d’atténuation, en ajouter une qui soit en cours, ou corriger un état d’avancement qui n’est plus à jour. Un risque sans aucune mesure d’atténuation relève de `risks/unmitigated`, et une mesure d’atténuation sans état d’avancement n’est pas examinée.

likelihood-impact-and-status-use-the-words-of-the-plans-scales = La probabilité, l’impact et l’état d’avancement emploient les mots des échelles du plan.
    .page =
        Des risques ne peuvent être comparés, triés et comptés que s’ils sont évalués avec les mêmes mots. Un mot qui n’est pas sur l’échelle est une faute de plume, ou le début d’une seconde échelle.

        Que faire : employer un mot de l’échelle, ou ajouter le mot à sa place dans `[scales]`. Si le plan ne déclare pas d’échelle, le contrôle est sans objet.

every-mitigation-that-a-risk-names-exists = Chaque mesure d’atténuation à laquelle renvoie un risque existe.
    .page =
        Un renvoi à une mesure d’atténuation qui n’est pas dans la liste laisse le risque sans réponse. Cela arrive quand des mesures sont renumérotées, fusionnées ou abandonnées.

        Que faire : corriger le numéro, ou ajouter la mesure d’atténuation. Un plan qui n’énumère aucune mesure d’atténuation n’est pas examiné.

every-risk-has-a-mitigation = Chaque risque a une mesure d’atténuation.
    .page =
        Laisser sans réponse un risque qui a été relevé est une décision. Si quelqu’un l’a prise, le plan devrait le dire ; le plus souvent, la case est simplement restée vide.

        Que faire : indiquer une mesure d’atténuation, ou inscrire comme telle l’acceptation du risque, avec son responsable.

every-mitigation-is-named-by-a-risk = À chaque mesure d’atténuation renvoie un risque.
    .page =
        Une mesure d’atténuation qui ne répond à aucun risque est un effort sans objet ou, plus souvent, le signe d’un risque qui a perdu son renvoi.

        Que faire : indiquer la mesure d’atténuation au risque auquel elle répond, ou la retirer de la liste.

an-amount-allocated-by-percent-equals-that-percent-of-its-total = Un montant réparti en pourcentage est égal à ce pourcentage de son total.
    .page =
        Les coûts qui servent plusieurs fins sont répartis entre elles selon des clés : 10 % ici, 70 % là. Un tableau qui indique ses clés (`allocation`) peut être recalculé, montant par montant.

        Que faire : examiner le calcul, qui montre le pourcentage et le total. Ou bien le montant n’a pas été recalculé après la modification de l’un d’eux, ou bien il a été mal saisi. Les lignes sont rapprochées par leur identifiant, les colonnes par leur ordre ; une ligne sans total ou sans pourcentages, telle qu’une ligne de sommes, n’est pas examinée ici.

an-outputs-share-of-its-objective-follows-from-its-share-of-the-plan = La part d’un produit dans son objectif découle de sa part dans le plan.
    .page =
        Avec 4,2 % du plan, un produit d’un objectif qui en a 7,42 % représente 56,6 % de cet objectif. Les trois parts sont indiquées séparément et sont facilement tirées de projets différents.

        Que faire : examiner le calcul. Une des trois parts est erronée ; les montants, s’ils sont indiqués, disent laquelle.

a-stated-share-agrees-with-the-money-it-describes = Une part déclarée concorde avec les montants qu’elle décrit.
    .page =
        La part d’un objectif est son total rapporté aux totaux de tous les objectifs ; la part d’un produit est son coût rapporté au même ensemble, et sa part de l’objectif est son coût rapporté au total de l’objectif. Dans un tableau, une ligne avec `percent_of` indique les pourcentages d’une autre ligne. Les parts sont le plus souvent saisies à la main et ne suivent pas les montants quand ils changent.

        Les parts se rapportent aux `share_years` du plan, ou à toutes ses années. Quand la plupart ne concordent pas sur ces années et que la plupart concordent sur une autre suite d’années, ce sont les années qui sont erronées et non les parts : c’est un seul constat, et chaque part est alors jugée sur les années qui conviennent.

        Que faire : examiner le calcul, et corriger la part ; si les années sont en cause, corriger `share_years`.

an-objectives-share-of-the-plan-equals-the-sum-of-its-outputs-shares = La part d’un objectif dans le plan est égale à la somme des parts de ses produits.
    .page =
        Un objectif n’est fait que de ses produits : leurs parts du plan doivent donner la sienne. Sinon, l’une d’elles a été tirée d’un autre projet, ou un produit manque.

        Que faire : examiner le calcul, qui énumère les parts des produits. Si seuls certains produits indiquent une part, rien ne peut être dit de leur somme ; ceux qui n’en ont pas reçoivent un avertissement.

shares-of-one-whole-make-100 = Les parts d’un même tout font 100.
    .page =
        Des parts présentées comme le tout d’une chose doivent en donner la somme : les parts d’une répartition, les services d’appui, les objectifs du plan, les produits d’un objectif, les pourcentages d’une ligne de tableau. Des parts arrondies peuvent s’écarter un peu de 100 ; de combien dépend de leur nombre, et se calcule sans se deviner.

        Que faire : examiner le calcul. Une part peut manquer ou être comptée deux fois, ou être plus ancienne que les autres. Si seules certaines parts sont indiquées, rien ne peut être dit de leur somme ; les éléments qui n’en ont pas reçoivent un avertissement. Un produit qui n’indique aucune part relève de `shares/outputs`.

costs-and-totals-are-not-negative-and-every-output-has-a-cost = Les coûts et les totaux ne sont pas négatifs, et chaque produit a un coût.
    .page =
        Un coût négatif est le plus souvent une recette au mauvais endroit ou un signe fautif ; il diminue toutes les sommes où il entre et ne s’y voit pas. Un produit sans aucun coût manque au budget ; comme un plan peut être chiffré par étapes, c’est un avertissement, et seulement si d’autres produits ont un coût.

        Que faire : corriger le signe, ou indiquer les recettes comme telles. Donner au produit son coût, 0 s’il n’a pas besoin d’argent.

every-objective-has-outcomes-and-outputs = Chaque objectif a des résultats et des produits.
    .page =
        Un objectif sans résultats ne dit pas ce qui doit changer ; sans produits, il ne dit pas ce qui est fourni, et n’a rien qui puisse coûter.

        Que faire : ajouter ce qui manque, ou rattacher l’objectif à un autre.

every-outcome-has-an-indicator-and-a-means-of-measurement = Chaque résultat a un indicateur et un moyen de mesure.
    .page =
        Sans indicateur, personne ne peut dire si un résultat a été atteint ; sans moyen de mesure, l’indicateur reste un vœu.

        Que faire : indiquer ce qui est mesuré (`indicators`) et d’où viennent les données (`means`).

figures-that-are-stated-in-several-places-agree = Les montants indiqués à plusieurs endroits concordent.
    .page =
        Un plan indique le même montant dans son texte, dans son budget et dans ses annexes. Ses rapprochements disent quels endroits désignent la même chose ; chacun peut être un chemin, ou plusieurs dont les montants sont additionnés. Tous sont comparés au premier.

        Que faire : examiner le calcul, et corriger l’endroit qui n’est plus à jour. Un chemin qui ne mène à aucun montant est signalé là où il est écrit.

a-row-of-a-table-has-the-title-of-the-thing-that-its-id-names = Une ligne de tableau porte l’intitulé de ce que désigne son identifiant.
    .page =
        Quand un tableau donne à l’objectif B un autre intitulé que le plan, le lecteur ne peut pas dire si les montants portent sur la même chose : un intitulé n’a été modifié qu’à un endroit, ou l’identifiant est erroné.

        Que faire : employer un seul intitulé, ou corriger l’identifiant. Les lignes sont comparées à l’objectif, au produit ou au service de leur identifiant, sinon à la première ligne du même identifiant dans un tableau. Les lignes sans intitulé et les lignes de totaux ne sont pas examinées.

every-id-is-given-only-once = Chaque identifiant n’est donné qu’une fois.
    .page =
        Les totaux, les renvois et les rapprochements trouvent les choses par leurs identifiants. Avec un identifiant donné deux fois, ils trouvent la mauvaise, ou les deux, et ce qui a été additionné n’est plus ce que l’on voulait.

        Que faire : donner un autre identifiant à l’un des deux, ou le supprimer s’il a été copié par erreur. Les identifiants de choses de sortes différentes, tels qu’un risque 1 et une mesure d’atténuation 1, ne se rencontrent pas ; les lignes d’un tableau ont leurs propres identifiants.

costs-and-totals-are-stated-for-the-years-of-the-plan-each-and-no-other = Les coûts et les totaux sont indiqués pour les années du plan, chacune et aucune autre.
    .page =
        Une année qui manque ne compte pour rien dans toutes les sommes ; une année hors du plan n’entre dans aucune. Dans les deux cas, de l’argent disparaît de la vue.

        Que faire : ajouter le montant qui manque (0, si rien n’est dépensé), supprimer l’année de trop, ou corriger `plan.years`. Les années auxquelles se rapportent les parts doivent aussi être des années du plan.

the-plans-stated-total-equals-the-sum-of-its-objectives-every-year = Le total déclaré du plan est égal à la somme de ses objectifs, chaque année.
    .page =
        Le total d’un plan est le montant que l’on cite et que l’on vote. Un objectif ajouté, abandonné ou modifié tardivement n’y parvient souvent pas.

        Que faire : examiner le calcul. Il énumère ce qui a été additionné : les totaux déclarés des objectifs ou, si un objectif n’en indique pas, les coûts de tous les produits.

a-stated-total-of-an-objective-equals-the-sum-of-its-outputs-every-year = Le total déclaré d’un objectif est égal à la somme de ses produits, chaque année.
    .page =
        Le total d’un objectif est la somme de ce que coûtent ses produits. Quand les deux s’écartent de plus que l’arrondi n’explique, l’un a été modifié sans l’autre, ou un chiffre a été mal saisi.

        Que faire : examiner le calcul. Il énumère le coût de chaque produit ; la cause probable, si une seule explique tout l’écart, dit quel montant regarder en premier.

the-totals-of-a-table-equal-its-sums-across-and-down = Les totaux d’un tableau sont égaux à ses sommes, en lignes et en colonnes.
    .page =
        Un tableau avec des totaux s’additionne deux fois : chaque ligne vers la colonne des totaux, et chaque colonne vers la ligne des totaux. Le total général, où les deux se rejoignent, est comparé aux deux sommes. Une cellule erronée fausse sa ligne et sa colonne : deux constats qui se croisent la désignent.

        Que faire : examiner le calcul de chaque constat. Seul un total est erroné quand une seule somme est fausse ; une cellule, quand les deux le sont.

        Une ligne qui indique les pourcentages d’une autre (`percent_of`) n’entre pas dans les sommes des colonnes. Chaque ligne doit avoir un montant pour chaque colonne : sinon personne ne peut dire à quelle colonne un montant appartient.

a-figure-for-all-years-equals-the-sum-of-the-years = Un montant pour toutes les années est égal à la somme des années.
    .page =
        Quand un coût ou un total indique `all_years` à côté de ses années, les deux sont lus : l’un dans les résumés, les autres dans les budgets. Ils s’écartent quand une seule année est modifiée.

        Que faire : examiner le calcul, qui énumère les années. Corriger `all_years`, ou l’omettre : il ne dit rien que les années ne disent.
