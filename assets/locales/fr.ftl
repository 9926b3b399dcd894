# Les textes des pages en français. Voir en.ftl pour la façon de les écrire.

## La langue elle-même

language-name = Français
language-locale = fr_FR
date-day = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-day-short = { $day ->
    [1] 1er { $month_short }
   *[other] { $day } { $month_short }
}
date-day-short-year = { $day } { $year }
date-weekday = { $day ->
    [1] { $weekday } 1er { $month } { $year }
   *[other] { $weekday } { $day } { $month } { $year }
}
date-month = { $month } { $year }
date-month-short = { $month_short } { $year }
date-week = semaine { $week } de { $year }

## Le cadre de chaque page

skip = Aller au contenu
nav-main = Menu principal
nav-languages = Langues
nav-foot = Autres pages
nav-home = Sites
nav-compare = Comparer
nav-data = Données
nav-indicators = Indicateurs
nav-reuses = Réutilisations
nav-methodology = Méthodologie
nav-releases = Publications
nav-api = API ouverte
nav-privacy = Vie privée
nav-admin = Administration
theme-choice = Couleurs :
theme-device = comme l’appareil
theme-light = claires
theme-dark = sombres
foot-what = Les statistiques d’audience de sites publics, comptées sans suivre personne et publiées en données ouvertes.
foot-licence =
    Les chiffres publiés sont sous
    <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence" rel="license">Licence Ouverte 2.0</a>,
    sauf mention contraire d’un site. Comment ils sont faits :
    <a href="{ $to_methodology }">méthodologie</a>. Ce que devient une visite :
    <a href="{ $to_privacy }">vie privée</a>.

## Quand quelque chose n’est pas comme demandé

refusal-home = Retour à l’accueil
refusal-not_found = Page introuvable
refusal-not_found-why = Il n’y a pas de page à cette adresse. Elle a pu être mal recopiée, ou ce qu’elle montrait n’est plus publié.
refusal-wrong_request = Cette question n’a pas de réponse
refusal-wrong_request-why = L’adresse demande quelque chose qui n’existe pas ou qui n’a pas de réponse exacte. Voici ce qu’il faut changer.
refusal-wrong_method = Cette adresse n’accepte pas cette méthode
refusal-wrong_method-why = Elle se lit, ou reçoit un formulaire ou un message, mais pas avec la méthode employée.
refusal-no_exact_answer = Pas de réponse exacte
refusal-no_exact_answer-why = Cette question est bien posée, mais elle n’a pas de réponse exacte.
refusal-out_of_range = Cette partie n’existe pas
refusal-out_of_range-why = Le fichier est plus court que la partie demandée.
refusal-signed_out = Connectez-vous d’abord
refusal-signed_out-why = Cette page est réservée aux administrateurs du service.
refusal-foreign_form = Ce formulaire vient d’un autre site
refusal-foreign_form-why = Ouvrez-le ici et renvoyez-le.
refusal-too_many_attempts = Trop d’essais
refusal-too_many_attempts-why = Attendez une minute et réessayez. Rien de ce que vous avez envoyé avant n’est perdu.
refusal-unavailable = Impossible pour l’instant
refusal-unavailable-why = Cela fonctionnera à nouveau plus tard : réessayez dans quelques minutes.
refusal-internal = Une erreur s’est produite ici
refusal-internal-why = Ce n’est pas de votre fait. L’exploitant en trouve la raison dans son journal ; réessayez plus tard.
error-no-site = Aucun site de ce nom n’est mesuré ici. La page d’accueil les liste tous.
error-no-dimension = Cette ventilation n’existe pas. La page du site montre celles qui existent.

## Chiffres, jours et noms des valeurs

percent = { $figure } %
duration = { $minutes } min { $seconds } s
span = du { $first } au { $last }
withheld = non diffusé
not-collected = non mesuré
no-figure = sans chiffre
outside = hors période
not-compared = non comparé
colon = {" "}:
change-none = pas d’évolution au-delà de l’arrondi
change-small = trop petit pour être comparé
change-unknown = pas de comparaison possible
change-points = { $count ->
    [one] { $points } point
   *[other] { $points } points
}
label-withheld = Les autres, ayant chacun peu de visiteurs ou aucun, ensemble
label-not-collected = Non mesuré
label-unknown = Inconnu
label-direct = Accès direct : aucune provenance indiquée
label-private = Réseau privé, ou machine sans nom : non publiés
label-overflow = Tous les autres, au-delà de la limite du jour
value-device-desktop = Ordinateur
value-device-mobile = Téléphone
value-device-tablet = Tablette
value-device-tv = Téléviseur
value-device-console = Console de jeux
value-source_kind-search = Moteurs de recherche
value-source_kind-social = Réseaux sociaux
value-source_kind-mail = Messageries
value-source_kind-assistant = Assistants d’IA
value-source_kind-public = Sites publics
value-source_kind-other = Autres sites
value-event-download = Téléchargement
value-event-outbound = Lien vers un autre site
value-event-missing = Page introuvable
value-event-feature = Usage d’une fonction

## Pourquoi il n’y a pas de réponse

why-store = Les chiffres ne peuvent pas être lus pour l’instant. Réessayez dans une minute.
why-period = Cette période n’est pas comprise. Choisissez l’une des périodes proposées, ou deux jours dans l’ordre du temps.
why-filter = Ce filtre n’est pas compris. Retirez-le et choisissez plutôt une ligne d’un tableau.
why-metric = Ce chiffre n’existe pas. Choisissez l’un de ceux proposés au-dessus de la courbe.
why-interval = Des pas aussi fins ne sont pas conservés pour une période aussi longue ou pour un filtre. Choisissez des jours, des semaines ou des mois.
why-sort = Les lignes ne peuvent pas être rangées dans cet ordre. Choisissez l’en-tête d’une colonne.
why-comparison = Cette comparaison n’est pas comprise. Choisissez la période précédente ou l’année précédente.
why-parameter = L’adresse contient une partie inconnue ou répétée. Retirez-la.
why-too-many = On peut croiser deux choses au plus. Retirez l’un des filtres.
why-not-crossed = Les chiffres par { $one } et par { $other } ne sont pas conservés ensemble.
why-not-closed = Deux ventilations ensemble sont comptées quand le jour est terminé : choisissez des jours jusqu’au { $last }.
why-calendar = Avec un filtre, cette ventilation est publiée par mois et années entiers, pour que personne n’y soit reconnu.
why-deleted = Les détails des jours avant le { $first } sont effacés ; leurs totaux quotidiens restent.
why-staff-only = Les chiffres par { $one } ne sont pas publiés.
why-beside-page = Cela n’apparaît qu’à côté d’une page.
why-no-sum = Ce chiffre ne peut pas être additionné sur plusieurs valeurs sans compter quelqu’un deux fois. Choisissez une seule valeur.
why-one-value = Avec deux ventilations, les chiffres sont publiés pour une valeur de { $one } à la fois. Choisissez une ligne.

## Un site

site-title = { $host } : audience
site-description = Comment { $host } est consulté : pages vues, visiteurs, visites et provenances, comptés sans suivre personne et publiés en données ouvertes.
site-page-description = Combien la page { $page } de { $host } est consultée, et d’où l’on y vient : des chiffres comptés sans suivre personne et publiés en données ouvertes.
site-page-title = { $page } sur { $host } : audience
site-synthetic = Chiffres inventés pour montrer le produit
site-lead = Chiffres pour : { $days }, au fuseau horaire { $zone }.
site-of = Site de { $organisation }.
site-licence = Licence : <a href="{ $address }" rel="license">{ $name }</a>.
site-visit = Voir cette page sur { $host }
site-all-pages = Toutes les pages de { $host }
site-filters = Filtres
site-filter-remove = Retirer
chip = { $name } : { $value }
site-new = Aucune page vue de ce site n’a encore été comptée. Les premiers chiffres apparaissent un quart d’heure au plus après les premiers lecteurs.
site-new-webmaster = C’est votre site ? Son <a href="/admin">marqueur est dans les pages d’administration</a> : collez-le, ouvrez une page du site, et voyez-la comptée en quelques secondes.
picker-title = Période
picker-from = Du
picker-to = Au
picker-compare = Comparer avec
picker-go = Afficher
period-today = Aujourd’hui
period-yesterday = Hier
period-7d = 7 jours
period-28d = 28 jours
period-month = Ce mois
period-year = Cette année
period-12mo = 12 mois
period-all = Tout
compare-previous = la période d’avant (mêmes jours de la semaine)
compare-year = 52 semaines avant
compare-none = rien
headline-title = Chiffres principaux
compared-days = { $count ->
    [one] Évolution sur un jour, comparé au même jour de la semaine : { $days }.
   *[other] Évolution sur { $count } jours, comparés aux mêmes jours de la semaine : { $days }.
}
compared-days-of = { $count ->
    [one] Évolution sur un jour, { $own }, comparé au même jour de la semaine : { $days }.
   *[other] Évolution sur { $count } jours, { $own }, comparés aux mêmes jours de la semaine : { $days }.
}
compared-left-out = Laissés de côté dans les deux périodes : { $days }.
compared-gap-open = { $count ->
    [one] un jour non terminé
   *[other] { $count } jours non terminés
}
compared-gap-not_collected = { $count ->
    [one] un jour non mesuré d’un côté
   *[other] { $count } jours non mesurés d’un côté
}
compared-gap-withheld = { $count ->
    [one] un jour non diffusé d’un côté
   *[other] { $count } jours non diffusés d’un côté
}
compared-gap-overlap = { $count ->
    [one] un jour dont l’équivalent est dans la période même
   *[other] { $count } jours dont l’équivalent est dans la période même
}
compared-none-open = Pas de comparaison : aucun des jours à comparer n’est terminé.
compared-none-not_collected = Pas de comparaison : aucun jour n’a été mesuré à la fois dans cette période et dans celle d’avant ({ $days }).
compared-none-withheld = Pas de comparaison : les chiffres d’une des deux périodes ne sont pas diffusés (trop peu de visiteurs).
compared-none-overlap = Pas de comparaison : les jours à comparer sont dans la période même.
compared-none-weekdays = Pas de comparaison : les deux périodes n’ont pas les mêmes jours de la semaine.
compared-none-months = Pas de comparaison : ces chiffres sont publiés par mois entiers, et deux mois n’ont pas les mêmes jours de la semaine.
compared-sites = { $count ->
    [one] L’évolution porte sur un site, le seul des { $all } mesuré dans les deux périodes.
   *[other] L’évolution porte sur { $count } sites, mesurés dans les deux périodes, sur { $all }.
}
compared-not-measured = Sans évolution : { $metrics }, que la méthode de mesure de l’une des périodes ne donne pas.
compared-breaks = { $count ->
    [one] Une rupture de série ({ $days }) tombe entre les jours comparés : l’évolution peut en venir.
   *[other] Des ruptures de série ({ $days }) tombent entre les jours comparés : l’évolution peut en venir.
}
headline-not-measured = « Non mesuré » : les journaux du serveur, d’où viennent tout ou partie de ces jours, <a href="/fr/methodology#methods">ne disent pas</a> combien de temps une page est lue.
headline-without-rate = « Sans chiffre » ({ $rates }) : sur si peu de visites, ou aucune, un taux en dirait plus que les chiffres arrondis ; il n’est pas publié.
headline-gaps = { $collected ->
    [0] { $begun ->
        [one] Rien n’a été mesuré ce jour-là : c’est une lacune, et non un zéro.
       *[other] Rien n’a été mesuré pendant ces { $begun } jours : c’est une lacune, et non un zéro.
    }
    [one] De ces { $begun } jours, un seul a été mesuré : les chiffres sont ceux de ce jour, les autres sont des lacunes, et non des zéros.
   *[other] De ces { $begun } jours, { $collected } ont été mesurés : les chiffres sont ceux de ces jours, les autres sont des lacunes, et non des zéros.
}
headline-provisional = Ces chiffres contiennent des jours qui ne sont pas terminés : ils changent encore.
headline-withheld = { $withheld ->
    [one] Un chiffre de ces sommes n’est pas diffusé, car ses lecteurs viennent de trop peu de réseaux ou qu’il n’y en a pas : les sommes sont peut-être un peu trop basses.
   *[other] { $withheld } chiffres de ces sommes ne sont pas diffusés, car leurs lecteurs viennent de trop peu de réseaux ou qu’il n’y en a pas : les sommes sont peut-être un peu trop basses.
}
headline-sum-of-days = somme des jours
headline-note =
    Les chiffres de moins d’environ { $least } réseaux ne sont pas diffusés, les autres sont arrondis à une
    dizaine voisine. Un visiteur est compté une fois par jour : qui vient trois jours compte trois fois dans une
    somme des jours. <a href="{ $to_methodology }">Comment les chiffres sont faits</a>
curve-title = { $metric } au fil du temps
curve-metric = Chiffre
curve-interval = Par
interval-hour = heure
interval-day = jour
interval-week = semaine
interval-month = mois
curve-empty = Rien n’a été compté pendant cette période.
curve-description = Le tableau ci-dessous donne les mêmes chiffres.
curve-provisional = provisoire : le jour n’est pas terminé
curve-withheld = non diffusé : trop peu de visiteurs, ou aucun
curve-missing = non mesuré : la ligne y est interrompue
curve-missing-of = { $name } : non mesuré { $days } ; la ligne y est interrompue
curve-missing-more = et { $count } autres fois (voir le tableau)
break-moment = { $day } à { $time }
break-and = { $one } ; { $other }
curve-breaks = Ruptures de série : les chiffres d’avant et d’après ne se comparent pas tels quels
curve-caption = { $metric } au fil du temps, en tableau
curve-table = Les mêmes chiffres en tableau
curve-period = Période
curve-status = Statut
status-final = définitif
status-provisional = provisoire
status-withheld = non diffusé
status-missing = non mesuré
reading-range = Le plus de { $metric } : { $most } ({ $most_figure }) ; le moins : { $least } ({ $least_figure }).
reading-tied = { $first } et { $count ->
    [one] une autre fois
   *[other] { $count } autres fois
}
reading-even = Les chiffres ({ $metric }) ne diffèrent pas plus que l’arrondi ou leur petite taille ne l’expliquent : le plus élevé est { $figure }.
reading-same = Tous les chiffres définitifs sont les mêmes : { $figure } ({ $metric }).
reading-withheld = { $count ->
    [one] Un chiffre n’est pas diffusé : trop peu de visiteurs, ou aucun.
   *[other] { $count } chiffres ne sont pas diffusés : trop peu de visiteurs, ou aucun.
}
reading-missing = { $count ->
    [one] Un jour, rien n’a été mesuré : c’est une lacune, et non un zéro.
   *[other] { $count } jours, rien n’a été mesuré : ce sont des lacunes, et non des zéros.
}
reading-missing-hours = { $count ->
    [one] Pendant une heure, rien n’a été mesuré : c’est une lacune, et non un zéro.
   *[other] Pendant { $count } heures, rien n’a été mesuré : ce sont des lacunes, et non des zéros.
}
reading-provisional = { $count ->
    [one] Le dernier est provisoire.
   *[other] { $count } sont provisoires.
}
reading-visitors = Cela ne dit pas combien de personnes différentes sont venues en plusieurs jours : qui vient deux jours compte les deux jours.
block-empty = Rien à montrer ici pour cette période.
block-all = { $count ->
    [one] L’unique ligne, sur sa propre page
   *[other] Les { $count } lignes
}
block-months = Montrer les mois entiers
block-bars = Les barres ont la longueur du premier chiffre de chaque ligne.
reading-first = « { $label } » représente { $share } du total affiché.
reading-first-two = « { $label } » et « { $other } » représentent la même part du total affiché : { $share } chacun.
reading-first-several = { $count } lignes, les plus grandes, représentent la même part du total affiché : { $share } chacune.
reading-rest = Les lignes de moins d’environ { $least } réseaux ne sont pas nommées ; ensemble, elles sont la dernière ligne.
reading-direct = « Accès direct » ne veut pas dire que l’adresse a été tapée : le navigateur n’a indiqué aucune provenance, comme depuis les applications, les courriels et bien des pages sécurisées.
site-apart = Non conservé avec ce filtre : { $names }.
links-title = Ces chiffres :
links-api = API
list-back = Retour à { $host }
list-description = { $title } – { $host }, { $days } : la liste entière, à chercher, à trier et à télécharger.
list-find = Chercher dans cette liste
list-go = Chercher
list-sort = { $title } : ranger
list-empty = Aucune ligne ne convient. Changez la recherche, le filtre ou la période.
list-place = Page { $page } sur { $pages }, { $count ->
    [one] une ligne
   *[other] { $count } lignes
}
list-previous = Page précédente
list-next = Page suivante

## L’accueil

home-title = L’audience des sites publics
home-what = La fréquentation des sites publics, mesurée sans suivre personne : aucun cookie, et aucun identifiant qui survive à sa journée. Tout est publié en données ouvertes, pour que chacun lise, compare, télécharge et cite.
home-demo = <strong>Ceci est la démonstration.</strong> <a href="/demo/">Visitez son site et voyez le compteur bouger</a> sur <a href="/admin/live">la page en direct</a> (après connexion).
home-empty = Aucun site n’est encore mesuré ici. L’exploitant en ajoute un par <code>parvis site add www.example.fr</code>.
home-all = { $count ->
    [one] Un site
   *[other] Les { $count } sites ensemble
}
home-views-today = Pages vues aujourd’hui
home-visitors-today = Visiteurs aujourd’hui
home-views-28d = Pages vues en 28 jours
home-visitors-28d = Visiteurs en 28 jours (somme des jours)
home-now-few = Pendant la dernière heure pleine : trop peu de pages vues pour être diffusées, ou aucune.
home-now = Pendant la dernière heure pleine : { $views } pages vues.
home-note = 28 jours : { $days }.
home-sum =
    Ce sont des sommes de sites, non dédoublonnées : qui lit deux sites compte sur chacun, parce que
    personne n’est suivi de l’un à l’autre. Les chiffres du jour sont provisoires et changent tous les quarts
    d’heure. <a href="{ $to_methodology }">Comment les chiffres sont faits</a>
home-sites = Les sites par organisation
home-find = Chercher un site ou une organisation
home-found = { $count ->
    [0] Aucun site ne convient.
    [one] Un site convient.
   *[other] { $count } sites conviennent.
}
home-find-all = Tout montrer
home-no-organisation = Sites sans organisation
home-together = données ouvertes de tous ses sites
home-caption = pages vues et visiteurs en 28 jours
home-site = Site
home-page = Page
home-document = Document
home-views = Pages vues
home-visitors = Visiteurs (somme des jours)
home-downloads = Téléchargements
home-pages = Les pages les plus consultées, en 28 jours
home-documents = Les documents les plus téléchargés, en 28 jours
home-releases = Dernières publications
home-no-release = Rien n’est encore publié : les premiers fichiers arrivent quand un jour est terminé.
home-data = Toutes les données ouvertes
all-sites = Tous les sites
home-feed = Flux des publications

## Comparer

compare-title = Comparer
compare-what = Jusqu’à six sites sur une période, ou jusqu’à six périodes d’un site. L’adresse de cette page contient toute la comparaison : partagez-la telle quelle.
compare-sites = Sites
compare-site = Site { $place }
compare-periods = Périodes
compare-period = Période { $place }
compare-period-hint = Un mois comme 2026-11, une année, un jour, 28d (28 jours), 12mo (12 mois), ou deux jours comme 2026-01-01..2026-03-31. Plusieurs périodes demandent un seul site.
compare-go = Comparer
compare-empty = Nommez au moins un site ci-dessus, puis un deuxième site ou une deuxième période à lui comparer.
compare-no-site = Aucun site nommé { $host } n’est mesuré ici ; il est laissé de côté.
compare-too-many = On en compare { $most } au plus à la fois ; les autres sont laissés de côté.
compare-both = Plusieurs sites se comparent sur une seule période : seule la première est montrée.
compare-careful = Avant de comparer
compare-break = { $about }, { $when } : rupture de série : { $what }
compare-totals = Sur toute la période
compare-totals-caption = Totaux de ce qui est comparé, avec les fichiers de chacun
compare-measured = { $collected ->
    [one] { $collected } jour mesuré sur { $begun }
   *[other] { $collected } jours mesurés sur { $begun }
}
compare-sites-note = Qui lit deux de ces sites compte sur chacun, parce que personne n’est suivi de l’un à l’autre.
compare-note =
    Les visiteurs de plusieurs jours sont une somme des jours : qui vient trois jours compte trois fois.
    <a href="{ $to_methodology }">Comment les chiffres sont faits</a>
compare-of = Site ou période
compare-files = La courbe en fichier
compare-show = Montrer
compare-show-figures = les chiffres
compare-show-index = un indice, base 100
compare-index = 100 est le premier chiffre définitif de chacun : les lignes montrent comment chacun a évolué depuis, et non plus lequel est le plus grand.
compare-day = Jour { $place }
compare-week = Semaine { $place }
compare-month = Mois { $place }

## Données ouvertes

data-title = Données ouvertes
data-what = Chaque chiffre de ces pages dans des fichiers qui restent : chaque jour, mois et année terminés, en formats ouverts, avec son schéma, sa licence et son empreinte.
data-find = Chercher un site, une organisation ou un jeu de données
data-found = { $count ->
    [0] Rien ne convient.
    [one] Une collection convient.
   *[other] { $count } collections conviennent.
}
data-no-month = Aucun mois n’en est encore publié : les premiers fichiers arrivent quand un mois est terminé. Les jours sont publiés chaque nuit.
data-registers = Registres
data-registers-what = Ce qu’il faut savoir pour lire les chiffres.
data-catalogues = Pour les portails et les programmes
data-catalogues-what = Le même catalogue en DCAT-AP et Data Package, prêt à être moissonné. <a href="{ $to_api }">API ouverte</a>
data-see-site = Voir les chiffres de ce site
data-package = Description en Data Package
data-licence = Licence : <a href="{ $address }" rel="license">{ $name }</a>.
data-publisher = Publié par { $name }.
data-contact = Questions : <a href="{ $address }">{ $name }</a>.
data-latest = Dernier mois : { $period }
data-latest-title = Le dernier mois
data-latest-what = Ces adresses restent et mènent toujours au dernier mois publié, actuellement { $period }.
data-preview = Premières lignes
data-preview-caption = Les premières lignes ({ $period }), telles qu’elles sont dans le fichier CSV
data-schema = Colonnes
data-schema-file = Les mêmes en Table Schema
data-schema-caption = Les colonnes de chaque fichier
data-column = Colonne
data-kind = Type
data-meaning = Signification
kind-text = texte
kind-integer = nombre entier
kind-number = nombre
kind-boolean = oui ou non
kind-date = date
kind-moment = instant
kind-code = code
data-use = S’en servir
data-use-what = Ces exemples fonctionnent tels quels, sans compte ni clé. Ils donnent à chaque colonne son type : sinon, R et DuckDB prennent le code F pour « faux » et l’année 2026 pour un nombre.
data-spreadsheet = Tableur
data-spreadsheet-how = Ouvrez cette adresse, ou donnez-la à l’import depuis le web : les colonnes sont séparées, les nombres sont des nombres, et rien n’est pris pour une formule. Seule une année de la colonne <code>period</code> devient un nombre : importez cette colonne comme du texte si vous la rapprochez d’autres fichiers.
data-api-how = Toute période, tout filtre, toute comparaison : voir l’<a href="{ $to_api }">API ouverte</a>.
data-cite = Citer
data-cite-how = La licence demande la source et la date de la dernière mise à jour :
data-cite-text = { $publisher }, « { $title } », dernière mise à jour : { $updated }, { $address }, { $licence }.
data-periods = Toutes les périodes
data-periods-caption = Chaque période et ses fichiers
data-periods-what = Les fichiers d’une période terminée ne changent jamais ; une correction est une nouvelle révision avec sa raison. Les plus anciens sont dans les <a href="{ $to_releases }">publications</a>.
data-released = Publié
data-revision = Révision
data-files = Fichiers
size-bytes = { $figure } octets
size-kilobytes = { $figure } ko
size-megabytes = { $figure } Mo

## Publications

releases-title = Publications
releases-what = Chaque nuit, les jours terminés sont publiés et, avec le dernier d’entre eux, leur mois et leur année. Ce qui est publié reste ; une correction est une nouvelle révision avec sa raison.
releases-register = Registre de tous les fichiers, avec leurs empreintes
releases-about = Périmètre
releases-newest = Les plus récentes
releases-older = Plus anciennes

## Ce que d’autres pages reprennent

site-embed = Reprendre ces chiffres dans votre propre page
embed-title = Les chiffres de { $host } dans votre propre page
embed-what = Copiez l’un de ces codes dans n’importe quelle page. Ils montrent les chiffres publiés, citent leur source, ne posent aucun cookie, n’exécutent aucun script et ne disent à personne qui les regarde.
embed-badge = Badge
embed-counter = Compteur d’une page
embed-chart = Courbe en image
embed-chart-frame = Courbe dans un cadre
embed-table-frame = Tableau dans un cadre
embed-alt = Audience de { $host }
embed-figure = { $figure } { $metric }, { $days }
embed-synthetic = chiffre inventé : { $figure }
embed-source = Source : { $name }, { $address }
embed-parameters = L’adresse accepte ce qu’accepte la page du site : period, from et to, metric, compare, filter=page:is: suivi d’un chemin, et by= suivi du nom d’une ventilation pour un tableau.
## Les indicateurs

indicators-title = Indicateurs
indicators-lead = Ce qui est ouvert ici, et ce que d’autres en font : compté pendant que vous lisez, à partir des chiffres publiés.
indicators-as-of = Le { $day }, en temps universel.
indicators-synthetic = Une partie de ces chiffres est inventée pour montrer le produit
indicators-all = Tous les indicateurs
indicators-caption = Ce qui est compté, combien il y en a, et ce que cela veut dire
indicators-column-name = Indicateur, et ce qu’il compte
indicators-column-value = Valeur
indicators-few = moins de dix
indicators-unknown = pas encore connu
indicators-files = Les mêmes chiffres en fichiers, faits à l’instant où vous les demandez :
indicators-more = Qui réutilise les chiffres se lit dans les <a href="{ $to_reuses }">réutilisations</a> ; la façon dont les chiffres sont faits, dans la <a href="{ $to_methodology }">méthodologie</a>.
indicators-downloads = Comment les téléchargements sont comptés
indicators-downloads-how = Quand ce service envoie en entier un fichier de chiffres ou un registre, il ajoute un à un nombre : celui du jour, du jeu de données, du format, et du site ou de l’organisation dont parle le fichier. Rien d’autre n’est noté.
indicators-downloads-nobody = Personne n’est suivi pour cela : ni adresse, ni navigateur, ni compte ne sont regardés. Les programmes qui viennent chercher des fichiers, moteurs de recherche compris, sont donc comptés aussi, et qui prend deux fois un fichier est compté deux fois.
indicators-downloads-missed = Ne sont pas comptés : un fichier que votre navigateur a déjà, une partie de fichier, une copie gardée entre vous et ce service, une page, le catalogue, une réponse de l’API.
indicators-downloads-rounded = Ce qui est publié est arrondi à la dizaine ; de un à neuf, il est écrit « moins de dix ». Les jours et les mois sont ceux du temps universel ; un jour s’ajoute quand il est achevé.
indicators-downloads-files = Les téléchargements par mois, jeu de données et format :

## Les réutilisations

reuses-title = Réutilisations
reuses-lead = Ce que d’autres font des chiffres publiés : applications, articles, graphiques, études. Leurs auteurs les déclarent ; chacune est relue avant de figurer ici.
reuses-declare = Déclarer une réutilisation
reuses-count = { $count ->
    [0] Aucune réutilisation publiée pour l’instant
    [one] Une réutilisation publiée
   *[other] { $count } réutilisations publiées
}
reuses-filter = Jeu de données utilisé
reuses-filter-all = Tous les jeux de données
reuses-filter-show = Afficher
reuses-chosen = { $count ->
    [0] Aucune réutilisation n’utilise ceci : { $named }.
    [one] Une réutilisation utilise ceci : { $named }.
   *[other] { $count } réutilisations utilisent ceci : { $named }.
}
reuses-place = Page { $page } sur { $pages }
reuses-chosen-undo = Afficher toutes les réutilisations
reuses-everything = tous les sites
reuses-folder = Tous les jeux de données – { $named }
reuses-none = Rien ne figure encore ici. Si vous avez réalisé quelque chose avec ces chiffres, déclarez-le : d’autres le trouveront plus facilement.
reuses-files = La liste en fichier
reuses-files-note = Toutes les réutilisations publiées, dans les termes de data.gouv.fr :
reuses-counted = Combien il y en a, et combien de fichiers sont téléchargés, se lit dans les <a href="{ $to_indicators }">indicateurs</a>.

reuse-title = Titre
reuse-title-hint = Le nom de ce que vous avez réalisé. 200 caractères au plus.
reuse-url = Adresse
reuse-url-hint = Là où tout le monde peut la voir, à partir de https:// ou http://.
reuse-kind = Type
reuse-kind-hint = Ce qui s’en approche le plus.
reuse-kind-choose = Choisir un type
reuse-datasets = Jeux de données utilisés
reuse-datasets-hint = Un par ligne, 20 au plus : l’adresse d’un fichier que vous avez utilisé, ou le nom de son jeu de données, par exemple /data/all/pages. Un dossier entier convient aussi : /data/all. Vous trouvez les deux dans la <a href="/data/">liste des fichiers</a>.
reuse-description = Description (facultatif)
reuse-description-hint = Ce qu’elle fait, et pour qui. 2 000 caractères au plus.
reuse-website = Laissez ce champ vide
reuse-declared = Déclarée le
reuse-form-title = Déclarer une réutilisation
reuse-form-fault-title = À corriger :
reuse-form-faults = { $count ->
    [one] Une chose à corriger
   *[other] { $count } choses à corriger
}
reuse-form-lead = Vous avez réalisé quelque chose avec les chiffres publiés ? Dites-le, et d’autres le trouveront ici.
reuse-form-nobody = Rien ne vous est demandé sur vous, et rien n’est gardé sur vous : ni nom, ni courriel, ni adresse de votre ordinateur. Ce que vous écrivez ici est publié tel quel, sous la licence des chiffres.
reuse-form-send = Envoyer pour relecture
reuse-form-after = Chaque déclaration est relue avant de figurer dans la liste. Comme nous ne savons pas qui vous êtes, nous ne pouvons pas vous répondre : regardez la liste dans quelques jours.
reuse-fault-title-missing = Donnez-lui un titre.
reuse-fault-title-long = Raccourcissez le titre à { $most } caractères au plus.
reuse-fault-title-signs = Écrivez le titre en texte simple, sur une ligne : il contient un signe qui ne peut pas être affiché.
reuse-fault-url-missing = Donnez l’adresse où on peut la voir.
reuse-fault-url-long = Donnez une adresse plus courte : { $most } octets au plus.
reuse-fault-url-wrong = Écrivez l’adresse entière, par exemple https://www.example.org/mon-graphique, sans mot de passe dedans.
reuse-fault-kind-missing = Choisissez un type.
reuse-fault-datasets-missing = Nommez au moins un jeu de données que vous avez utilisé.
reuse-fault-datasets-many = Nommez { $most } jeux de données au plus, ou le dossier où ils se trouvent.
reuse-fault-datasets-unknown = Copiez l’adresse d’un fichier depuis la liste des fichiers : rien n’est publié ici sous le nom « { $named } ».
reuse-fault-description-long = Raccourcissez la description à { $most } caractères au plus.
reuse-fault-description-signs = Écrivez la description en texte simple : elle contient un signe qui ne peut pas être affiché.
reuse-known-pending = Cette adresse est déjà déclarée et attend d’être relue. Vous n’avez rien de plus à faire.
reuse-known-published = Cette adresse est déjà déclarée et figure dans la liste. Vous n’avez rien de plus à faire.
reuse-known-refused = Cette adresse a déjà été déclarée, relue, et n’est pas publiée. Déclarez-la sous une autre adresse seulement s’il s’agit d’autre chose.
reuse-trouble-many = Vous avez envoyé plusieurs déclarations en une minute. Attendez une minute, puis renvoyez celle-ci : ce que vous avez écrit est toujours là.
reuse-trouble-full = Trop de déclarations attendent d’être relues pour en prendre d’autres. Réessayez dans quelques jours : rien n’a été gardé de celle-ci.
reuse-waiting-title = Merci : votre déclaration attend
reuse-waiting-lead = Elle est enregistrée, et personne ne la voit encore. Quelqu’un de ce service la relit d’abord.
reuse-waiting-then = Si elle est publiée, elle figure dans la <a href="{ $to_reuses }">liste des réutilisations</a> et dans ses fichiers. Cela prend quelques jours. Nous ne savons pas qui vous êtes : personne ne vous écrira.
reuse-waiting-back = Retour aux réutilisations

admin-reuses = Réutilisations à relire
admin-reuses-title = Réutilisations déclarées
admin-reuses-lead = Ouvrez chaque adresse avant de décider. Qui l’a déclarée n’est pas connu.
admin-reuses-waiting = { $count ->
    [0] Rien n’attend
    [one] Une réutilisation attend
   *[other] { $count } réutilisations attendent
}
admin-reuses-none = Il n’y a rien à décider.
admin-reuses-left = { $count ->
    [one] Une autre attend. Elle sera affichée quand une partie de celles-ci sera décidée.
   *[other] { $count } autres attendent. Elles seront affichées quand une partie de celles-ci sera décidée.
}
admin-reuses-refused = { $count ->
    [0] Aucune réutilisation refusée
    [one] Une réutilisation refusée
   *[other] { $count } réutilisations refusées
}
admin-reuses-published-on = Publiée le { $day }.
admin-reuses-refused-on = Refusée le { $day }. Raison : { $reason }
admin-reuses-publish = Publier
admin-reuses-refuse = Refuser
admin-reuses-reason = Raison du refus
admin-reuses-reason-hint = Seuls les administrateurs lisent ceci.
admin-reuses-fault = Écrivez une raison d’un à { $most } caractères, sur une ligne.
admin-reuses-done-published = La réutilisation est publiée.
admin-reuses-done-refused = La réutilisation est refusée.
admin-reuses-back = Retour à l’administration

## Méthodologie

methodology-lead = Ce que disent les chiffres, comment ils sont faits, et ce qu’ils ne disent pas. Les pages, les fichiers et l’API suivent les mêmes règles.
methodology-running = Cette page est écrite d’après la configuration en service ({ $program }) : ses nombres sont ceux avec lesquels le programme compte.
methodology-contents = Sur cette page
methodology-part-words = Les mots, un seul sens chacun
methodology-part-visitors = Ce qu’un visiteur n’est pas
methodology-part-visits = Les visites
methodology-part-breakdowns = Ce qui est compté
methodology-part-pages = Les pages
methodology-part-rule = Ce qui est retenu et arrondi
methodology-part-sites = Ce que décident les sites
methodology-part-not-counted = Ce qui n’est pas compté
methodology-part-methods = Méthodes et versions
methodology-part-breaks = Ruptures de série
methodology-part-coverage = Couverture et lacunes
methodology-part-retention = Durées de conservation
methodology-part-limits = Limites
methodology-part-codes = Les codes des fichiers
methodology-day = Jour local
methodology-day-means = Le jour civil dans le fuseau horaire du site (Europe/Paris, sauf si le site en a un autre ; il existe des jours de 23 et de 25 heures). Les semaines sont celles de la norme ISO 8601 : elles commencent le lundi.
methodology-provisional = Provisoire
methodology-provisional-means = Chiffres d’une période qui n’est pas finie ou pas encore close. Ils augmentent encore.
methodology-final = Définitif
methodology-final-means = Chiffres d’une période close. Leurs fichiers ne changent plus d’un octet ; une correction est une nouvelle révision, avec sa raison.
methodology-break = Rupture
methodology-break-means = Un moment à partir duquel les chiffres ne se comparent plus à ceux d’avant, comme un autre profil de confidentialité ou des jours comptés d’après un journal. Les ruptures <a href="#breaks">s’inscrivent</a> d’elles-mêmes, et chaque réponse cite celles de sa période.
methodology-visitors-sum = <strong>Les visiteurs de plusieurs jours sont une somme de jours.</strong> Une personne qui vient trois jours compte trois fois, car rien ne dit que c’était la même.
methodology-visitors-midnight = <strong>Les clés changent à minuit.</strong> Qui lit encore après minuit, à l’heure du site, est un visiteur de chacun des deux jours.
methodology-visitors-shared = Plusieurs personnes derrière une même adresse avec le même navigateur sont un seul visiteur ; une personne avec deux appareils en est deux.
methodology-visitors-pages = Les visiteurs des pages ou des heures ne s’additionnent pas en ceux du jour : un visiteur lit plusieurs pages.
methodology-visitors-sites = Il n’y a pas de visiteur commun à plusieurs sites. Les chiffres de plusieurs sites sont des sommes, non dédoublonnées, et le disent.
methodology-visits-gap = Les vues d’un visiteur sans pause de { $minutes } minutes ou plus forment une visite. Elle finit avec le jour local.
methodology-visits-views = Seules les pages vues commencent et prolongent une visite. Les événements et le temps de lecture sont rattachés à la dernière visite du jour, si tard qu’ils viennent.
methodology-visits-source = La provenance d’une visite est celle de sa première page vue : le site qui y a mené, sous le nom d’une source connue s’il en a un (<code>:direct</code> s’il n’y en a pas). Les pages du site lui-même ne sont pas une provenance.
methodology-visits-hours = Une visite compte dans l’heure où elle commence : les heures font ainsi la somme du jour. Les visiteurs, non : qui lit de 9 h 50 à 10 h 10 est un visiteur des deux heures, et un seul du jour.
methodology-visits-interactive = Tout événement autre qu’une page vue met fin à un rebond. Le champ <code>i</code> (<code>interactive</code>) des messages d’autres outils, par lequel un expéditeur peut dire le contraire, n’est pas lu.
methodology-visits-private = Ce qui a mené ici depuis un réseau privé (<code>localhost</code>, <code>192.168.1.4</code>, <code>intranet-wiki</code>, les noms en <code>.local</code> ou <code>.internal</code>) ou depuis une machine connue par sa seule adresse (<code>203.0.113.9</code>, le nom qu’un fournisseur d’accès donne à l’adresse d’un abonné) forme la seule provenance <code>:private</code> : ce peut être la machine de quelqu’un. Il en va de même des liens suivis. Un nom qu’aucun hôte ne peut porter (<code>*.example</code>) n’est pas une provenance.
methodology-visits-deeds = Qui a fait quelque chose sans avoir vu de page ce jour-là est un visiteur de ce qui a été fait, et n’a pas de visite.
methodology-breakdowns-lead = Chaque vue est comptée pour le site entier et pour chacune de ces ventilations.
methodology-breakdowns-caption = Les ventilations, qui peut les lire, et combien de valeurs un jour garde
methodology-breakdowns-name = Nom
methodology-breakdowns-means = Sens
methodology-breakdowns-who = Diffusée
methodology-breakdowns-most = Valeurs par jour
methodology-exposure-public = oui
methodology-exposure-staff = non, administrateurs seulement
methodology-exposure-above = au-dessus du seuil seulement, même pour les administrateurs
methodology-exposure-crossed = croisée avec les pages seulement
methodology-exposure-beside = à côté de sa page
methodology-breakdowns-overflow = Un site qui a plus de valeurs différentes en un jour en garde ce nombre ; ce qui vient ensuite est compté ensemble sur la ligne <code>:overflow</code>. Pour que des valeurs inventées n’évincent pas les vraies, la moitié des places est libre ; au-delà, une nouvelle valeur doit avoir été publiée dans les deux mois précédents, ou venir de deux réseaux de lecteurs, puis de trois, puis de cinq à mesure que la liste se remplit. Rien ne manque aux totaux. À côté d’une page figure le titre venu du plus grand nombre de réseaux, s’ils atteignent le seuil du site.
methodology-breakdowns-notes = Les mots cherchés ne sont jamais montrés en dessous du seuil, pas même aux administrateurs. Les pays sont trouvés dans une table locale : <a href="https://db-ip.com" hreflang="en">IP Geolocation by DB-IP</a>, sauf si l’exploitant en apporte une autre.
methodology-breakdowns-devices = La classe d’appareil se lit dans l’agent utilisateur : ordinateur, téléphone, tablette, téléviseur ou console de jeux. Android sans le mot « Mobile » est une tablette, sauf s’il se présente comme un téléviseur. Un iPad, dans son réglage d’origine, se présente comme un Mac : beaucoup d’iPad comptent comme des ordinateurs.
methodology-pages-path = De l’adresse d’une page, le chemin est gardé. Les paramètres sont ôtés, sauf ceux que le site déclare.
methodology-pages-equal = Deux écritures d’un même chemin sont une seule page : <code>/d%c3%a9marches</code> et <code>/démarches</code>, <code>/a/./b</code> et <code>/a/b</code>, un accent seul ou joint à sa lettre. Les majuscules restent distinctes des minuscules.
methodology-pages-slash = Une barre oblique finale ou <code>index.html</code> font une autre page : <code>/contact</code>, <code>/contact/</code> et <code>/contact/index.html</code> sont trois lignes, car rien n’assure qu’un serveur y réponde de même. Un site qui redirige vers une seule adresse n’en a qu’une.
methodology-pages-readable = Les chemins et les noms d’hôte sont donnés en clair. Un code comme <code>%2F</code> ne reste que là où le signe voudrait dire autre chose ou ne se verrait pas. Des octets qui ne sont pas de l’UTF-8 sont lus comme du Windows-1252 s’ils forment des mots ; sinon ils sont omis, ou remplacés par <code>:redacted</code> dans un chemin. Les signes invisibles sont ôtés.
methodology-pages-redacted = Ce qui pourrait nommer une personne dans un chemin (une adresse électronique, un long nombre, un identifiant) est remplacé par <code>:redacted</code>. Une page dont l’adresse contient elle-même ce mot est écrite <code>%3Aredacted</code>.
methodology-pages-missing = Une page introuvable est un événement, pas une page vue.
methodology-pages-unknown = Sans script, une image compte. Si le navigateur ne lui dit que l’origine de la page, qui est aussi l’adresse de la page d’accueil, la vue est comptée sous <code>:unknown</code> ; la qualité d’un jour (<code>quality</code>) dit quelle part c’est (<code>page_unknown</code>).
methodology-rule-lead = La règle en vigueur est <code>{ $rule }</code>. Elle s’applique à tout ce qui sort du service pour le public :
methodology-rule-small = une ligne n’est diffusée que si ses lecteurs venaient d’environ { $visitors } réseaux ou plus, jamais de moins de { $half } ; un tirage secret brouille le bord. Une ligne d’un mois demande aussi { $quarter } réseaux un même jour, et deux ventilations croisées { $half } : une somme de jours n’est pas un nombre de personnes. Les autres sont retenues (<code>conf_status=A</code>) ;
methodology-rule-names = ce que lisent si peu de réseaux n’est même pas nommé : toutes ces lignes en partagent une sans chiffres (<code>:withheld</code> dans les fichiers). Ce qui est connu d’avance ne dit rien en n’étant pas diffusé : heures, jours, classes d’appareils et d’écrans, genres de provenances, rubriques, noms d’hôte et fonctions. Là, personne et peu de personnes se ressemblent, et <code>:withheld</code> figure tant que toutes les valeurs ne sont pas publiées ;
methodology-rule-rounded = tout chiffre va à l’un des deux multiples de { $to } qui l’entourent, selon sa distance, par un nombre secret toujours le même pour la même ligne ; en moyenne rien n’est ajouté ni perdu, et un chiffre qui n’est pas nul ne montre jamais zéro ;
methodology-rule-secondary = toute petite somme qu’un lecteur peut écrire (un site et ses ventilations, une ligne et ses croisements, un mois et ses jours) est suivie avant que rien ne sorte. Là où elle en dirait trop, un chiffre prend son autre arrondi, ou une petite ligne est retenue (<code>conf_status=D</code>). Ce qui fait partie d’une ligne non diffusée ne l’est pas non plus ;
methodology-rule-before = ce qui est diffusé le reste tel quel. Une révision garde le chiffre de chaque ligne dont le compte lui convient encore ; une valeur qui n’aurait pas dû être diffusée est retirée avec son motif, et les fichiers antérieurs avec elle ;
methodology-rule-magnitudes = un lecteur ajoute au plus { $most } vues et { $most } événements par jour à ce qui est diffusé. Le temps de lecture n’est diffusé que par sa moyenne, sur { $visits } visites ou plus ;
methodology-rule-ratios = les rapports sont faits des chiffres diffusés, et montrés à partir de { $visits } visites ;
methodology-rule-cells = ce qui est publié, ce sont des jours, des mois et des années entiers, décidés une fois pour toutes quand ils sont finis. Toute autre réponse en est une somme, et dit combien y est retenu ; deux ventilations croisées sont publiées par mois et par année entiers ;
methodology-rule-crossed = deux ventilations croisées qui ont plus de { $lines } lignes dans une année ne sont pas publiées par année : ce qu’on en demande est une somme de mois ;
methodology-rule-today = les chiffres du jour en cours changent une fois toutes les { $minutes } minutes, et finissent comme ceux du jour. Ses ventilations nomment ce qui a déjà été diffusé ; d’ici là les totaux viennent seuls ;
methodology-rule-gap = un jour ou une heure que personne n’a mesuré est <code>L</code>, jamais 0 : sans collecteur, avant l’ajout du site, entre deux imports. Les sommes sont celles des jours mesurés, et chaque réponse dit combien il y en a. Les heures sans vue ressemblent à celles de peu de visiteurs tant qu’une heure du jour n’est pas diffusée.
methodology-rule-range = Un site peut fixer son propre seuil, de { $least } à { $most } réseaux. Les jours comptés avant que les réseaux soient connus ont leurs visiteurs à la place.
methodology-rule-against = Cela tient contre qui lit tout ce qui est diffusé, contre un lecteur qui vient chaque jour depuis des réseaux changeants et, avec une probabilité annoncée, contre qui envoie de fausses vues : depuis quatre réseaux il n’apprend presque rien, depuis neuf souvent si quelqu’un est venu. Cela ne tient pas contre qui dispose de centaines de réseaux, ni contre l’exploitant. Les chiffres, et les programmes qui attaquent, sont dans <a href="{ $to_anonymity }">l’analyse d’anonymat</a> (en anglais).
methodology-rule-staff = Les administrateurs du service, une fois connectés, voient les chiffres exacts.
methodology-profile-exempt = Chaque site a un profil de confidentialité. Avec <code>exempt</code>, le profil par défaut, il s’en tient à l’exemption de consentement française (voir <a href="{ $to_privacy }#assessment">notre auto-évaluation</a>) : pas de campagnes, pas de genre de provenance au-delà de l’hôte, pas de propriétés, et un événement est l’usage d’une fonction que le site a déclarée d’avance (tout autre est compté comme <code>feature</code>).
methodology-profile-extended = Avec <code>extended</code>, pour les sites qui s’appuient sur une autre base légale, cela est compté aussi. Un changement de profil est une rupture.
methodology-signals = Les signaux Global Privacy Control et Do Not Track d’un navigateur sont respectés par défaut : la vue n’est pas comptée, mais il est compté qu’il y en a eu une. Un site peut aussi la compter sans visiteur, ou ignorer le signal.
methodology-sites-default = Les règles par défaut : profil « exempt », signaux respectés, seuil de { $visitors } visiteurs, { $licence }, rien de déclaré. Sites mesurés ici : { $count } ; avec exactement ces règles : { $alike }.
methodology-sites-caption = Les sites dont les règles ne sont pas celles par défaut
methodology-sites-site = Site
methodology-sites-profile = Profil
methodology-sites-threshold = Seuil
methodology-sites-licence = Licence
methodology-sites-declared = Déclaré
methodology-declared-sections = rubriques : { $list }
methodology-declared-features = fonctions : { $list }
methodology-declared-searches = paramètres de recherche : { $list }
methodology-declared-downloads = téléchargements : { $list }
methodology-declared-query = paramètres gardés dans les chemins : { $list }
methodology-sites-register = Le registre des sites dit tout cela aux programmes : <a href="/data/sites.csv">sites.csv</a>.
methodology-not-counted-lead = Chaque requête qui n’est pas comptée a l’une de ces raisons, et chacune est comptée par jour : sous son site si la requête le laisse voir, sinon sans site, dans le jeu de données <code>quality</code>. Une partie inutilisable d’un message est laissée de côté et ne coûte rien d’autre. D’une requête qui n’est pas comptée, rien d’autre n’est gardé que l’hôte d’un site non mesuré ici, pour l’équipe.
methodology-not-counted-caption = Les raisons de ne pas compter une requête
methodology-not-counted-reason = Code
methodology-not-counted-means = Raison
methodology-not-counted-answer = Ce qu’elle devient
methodology-answer-on-purpose = acceptée, et volontairement non comptée
methodology-answer-refused = refusée : l’expéditeur se trompe
methodology-answer-later = refusée pour l’instant : elle peut être renvoyée
methodology-not-counted-truth = Les chiffres sont donc un peu au-dessous de la vérité là où des personnes refusent, bloquent scripts et images, ou perdent leur connexion ; et un robot qui se fait bien passer pour un navigateur est compté.
methodology-methods-version = version { $version }
methodology-methods-counts = <strong>Ce qu’elle compte.</strong> { $what }.
methodology-methods-misses = <strong>Ce qu’elle manque.</strong> { $what }.
methodology-methods-cannot = <strong>Ce qu’elle ne peut pas donner.</strong> { $what } : ces valeurs ne sont pas recueillies, et jamais 0. Une somme est celle des jours qui la mesurent ; une moyenne n’est donnée que si tous les jours de la ligne la mesurent.
methodology-methods-events = Les événements d’un journal sont les seuls téléchargements et pages introuvables ; une visite d’une page sans l’un ni l’autre y est un rebond.
methodology-methods-log = Un site sans marqueur peut être compté d’après le journal de son serveur web, avec les mêmes règles de confidentialité ; la colonne <code>method</code> dit comment chaque ligne a été comptée. Une ligne d’un mois ou d’une année a les méthodes des jours où elle est elle-même diffusée, ou, si elle ne l’est aucun jour, celles des jours dont les chiffres non diffusés peuvent la contenir ; une méthode qui ne peut pas donner une ventilation n’y est jamais. D’un journal, les téléchargements partiels ne sont pas comptés. Les lignes que plusieurs journaux ont en commun sont comptées une fois ; un jour dont un journal endommagé n’a pas toutes les lignes est laissé de côté, et celui au milieu duquel les journaux commencent ou finissent est compté tel quel. Un journal au format commun ne nomme ni le navigateur ni la provenance : ses jours ont la méthode <code>access_log_common</code>, et les navigateurs, systèmes, appareils et provenances n’y sont pas collectés.
methodology-methods-files = Ce qu’est un fichier se lit à son extension, d’après une même liste pour le marqueur et pour les journaux : un téléchargement (comme <code>pdf</code>, <code>csv</code> ou <code>zip</code>, et ce que le site déclare), une partie de page, un autre fichier, ou sinon une page. <code>json</code> et <code>xml</code> ne sont pas des téléchargements, sauf si le site les déclare, car presque toutes ces demandes viennent de programmes. Une différence demeure : un lien que sa page désigne comme téléchargement en est un pour le marqueur, et un journal ne voit pas cette mention.
methodology-versions-caption = Ce dont dépend le comptage, tel qu’en service
methodology-versions-what = Partie
methodology-versions-version = Version
methodology-version-program = Programme
methodology-version-rule = Règle du secret statistique
methodology-version-tracker = Traceur (le script du marqueur)
methodology-version-crawler-user-agents = Liste de robots « crawler-user-agents »
methodology-version-isbot = Liste de robots « isbot »
methodology-version-uap-core = Table des navigateurs et systèmes « uap-core »
methodology-version-countries = Table des pays
methodology-version-referrers = Table des sources connues
methodology-version-counting = Définition de ce qui est compté
methodology-version-forwarded_header = En-tête qui donne l’adresse derrière un mandataire
methodology-version-requests_per_second = Requêtes par seconde d’une même adresse
methodology-version-excluded_networks = Réseaux exclus
methodology-version-trusted_proxies = Mandataires de confiance
methodology-versions-note = La version d’une table est le début de son empreinte SHA-256 ; des réseaux, seul le nombre est dit. Quand l’une de ces parties change, une rupture est inscrite pour chaque site.
methodology-comparison = Une évolution compare toujours autant de jours, aux mêmes jours de la semaine : ceux d’avant, en reculant d’un nombre entier de semaines (une semaine pour 7 jours, quatre pour 28 jours ou février, cinq pour un mois plus long), ou ceux d’il y a 52 semaines, ce qui est aussi la règle des périodes de plus de six mois. Chaque jour est apparié à un jour de l’autre période : s’il n’est pas terminé, pas mesuré ou pas diffusé d’un côté, il est retiré des deux ; un jour d’une année entière dont l’équivalent tombe dans cette année même l’est aussi. Les jours réellement comparés sont nommés. Pour plusieurs sites, seuls comptent les jours que le même site a des deux côtés. Un chiffre que la méthode de mesure de l’une des périodes ne donne pas n’a pas d’évolution. Ce que l’arrondi seul peut faire n’est pas dit évolution (jusqu’à 9 par chiffre publié qui entre dans les deux, et pour beaucoup de chiffres au plus quatre écarts types), et un chiffre inférieur à { $small } n’a pas de pourcentage.
methodology-breaks-lead = Une rupture est un moment à partir duquel les chiffres ne se comparent plus à ceux d’avant. Les graphiques ne la traversent pas, et les comparaisons la signalent. En voici les genres :
methodology-breaks-none = Aucune rupture n’est inscrite à ce jour.
methodology-breaks-caption = Les dernières ruptures de tous les sites, la plus récente d’abord ({ $shown } sur { $all })
methodology-breaks-began = Début
methodology-breaks-what = Ce qui s’est passé
methodology-breaks-kind = Genre
methodology-breaks-register = Le registre entier : <a href="/data/breaks.csv">breaks.csv</a>.
methodology-coverage-how = La part d’un site que le marqueur atteint est mesurée quand l’exploitant le demande : la part des pages du plan du site (sitemap) vues au moins une fois, et les pages vues par le marqueur pour cent dans les journaux du serveur. Les deux sont dans le <a href="/data/sites.csv">registre des sites</a>.
methodology-coverage-compared = Des sites dont la couverture diffère de plus de { $points } points, ou dont les méthodes ou les règles diffèrent, ne sont comparés qu’avec un avertissement.
methodology-gaps = Avant le premier jour mesuré, il n’y a pas de ligne : rien n’était mesuré. Ensuite, 0 veut dire que le service tournait et n’a enregistré aucune vue ; cela ne dit pas si personne n’est venu ou si le marqueur manquait. Un temps sans collecte est une lacune : <code>L</code>, jamais 0, et ses minutes sont dans le jeu de données <code>quality</code>.
methodology-retention-keys = Les clés de visiteur sont gardées jusqu’à la clôture du jour local. Les ventilations, les heures et les titres sont gardés { $months } mois ; ensuite restent les chiffres quotidiens des sites entiers, et ce qui a été publié.
methodology-retention-breakdowns = Une ventilation n’est publiée pour une période que tant que le détail de tous ses jours est gardé ; sinon elle a pour seule ligne <code>:not_collected</code>, au statut <code>L</code> : une partie n’est jamais montrée pour le tout.
methodology-limits-lead = Tout ce qu’un expéditeur peut envoyer et qu’un lecteur peut demander a une limite qui porte un nom. Ce qui la dépasse est refusé ou coupé, et compté.
methodology-limits-caption = Les limites en vigueur
methodology-limits-what = Quoi
methodology-limits-most = Au plus
methodology-limit-url = Octets de l’hôte et du chemin d’une page ; ses paramètres et son ancre sont retirés avant
methodology-limit-body = Octets d’un message
methodology-limit-body-seconds = Secondes pour qu’un message ou un formulaire arrive en entier
methodology-limit-bodies = Messages et formulaires d’une même adresse attendus en même temps
methodology-limit-downloads = Fichiers téléchargés en même temps par une même adresse
methodology-limit-questions = Questions d’une même adresse traitées ou en attente en même temps ; les autres sont priées de revenir
methodology-limit-waiting = Secondes pendant lesquelles une question attend son tour
methodology-limit-connections = Connexions d’une même adresse, hors serveurs mandataires de confiance
methodology-limit-senders = Expéditeurs de sites non mesurés connus par leur nom pour un jour ; l’équipe les voit pendant 31 jours
methodology-limit-query = Octets des paramètres d’une adresse parmi lesquels les paramètres déclarés sont cherchés
methodology-limit-name = Octets du nom d’un événement
methodology-limit-properties = Propriétés d’un événement (profil étendu) ; les suivantes sont laissées de côté
methodology-limit-reading = Secondes de lecture dans un message
methodology-limit-pages = Pages d’un site et d’un jour qui ont leur propre ligne
methodology-limit-sections = Rubriques déclarées d’un site
methodology-limit-features = Fonctions déclarées d’un site
methodology-limit-lines = Lignes d’une page de résultats de l’API
methodology-codes-lead = Les codes sont ceux des listes SDMX <code>CL_OBS_STATUS</code> et <code>CL_CONF_STATUS</code>.
methodology-codes-caption = Les codes des fichiers, en toutes lettres
methodology-codes-column = Colonne
methodology-codes-code = Code
methodology-codes-means = Sens

## Vie privée

privacy-lead = Les visites sont comptées ici sans suivre les visiteurs. Compter ne dépose aucun cookie, et aucun identifiant ne survit à son jour.
privacy-opt-out = Refuser d’être compté
privacy-contents = Sur cette page
privacy-opt-out-signal = Si votre navigateur envoie Global Privacy Control ou Do Not Track, vous n’êtes pas compté et n’avez rien d’autre à faire, sauf là où un site en a décidé autrement : les <a href="#signals">signaux</a> disent lesquels.
privacy-opted-out = Votre refus est enregistré sur cet hôte : vous n’êtes pas compté.
privacy-opt-in-button = Compter à nouveau mes visites
privacy-opted-in = Aucun refus n’est enregistré sur cet hôte.
privacy-opt-out-button = Ne pas compter mes visites
privacy-stored = Ce qui est enregistré dans votre navigateur
privacy-stored-lead = Rien, sauf si vous le choisissez. Il y a deux choix :
privacy-stored-refusal = <strong>Un refus</strong> : le bouton ci-dessus dépose un seul cookie sur cet hôte. Il dure { $days } jours (13 mois), il est le même pour tout le monde, et dit seulement « ne me comptez pas ». Compter à nouveau vos visites l’efface.
privacy-stored-theme = <strong>Clair ou sombre</strong> : si vous choisissez l’apparence de ces pages, votre navigateur garde ce seul mot (<code>parvis-theme</code>) et ne l’envoie pas.
privacy-stored-staff = Les administrateurs qui se connectent reçoivent un cookie pour leur session et un autre, de { $days } jours, qui reconnaît leur navigateur à la connexion suivante. Les lecteurs, non.
privacy-opt-out-host = Le cookie vaut pour les pages de cet hôte même. Pour tout autre site, utilisez le choix sur la page « vie privée » de ce site.
privacy-choice-here = Le même choix, tel que d’autres sites le montrent
privacy-choice-here-what = Le formulaire ci-dessus fonctionne sans script. L’encadré ci-dessous est celui que les sites mesurés posent sur leur propre page. Ici, il porte sur les pages de cet hôte même, comme celles de la démonstration. L’un des deux suffit pour refuser ; chacun se défait là où il a été fait. Ce que l’encadré dit de l’enregistrement est dit pour ces sites.
privacy-choice-here-no-script = Votre navigateur n’exécute pas de scripts ici : utilisez le formulaire ci-dessus.
privacy-request = Ce que devient une visite
privacy-request-in = <strong>Ce qui arrive.</strong> Quand vous lisez une page d’un site mesuré, votre navigateur dit à ce service : votre adresse internet, le nom de votre navigateur, l’adresse de la page, et celle de la page d’où vous venez. Tout cela est tenu en mémoire le temps de la requête, et n’est écrit nulle part.
privacy-request-key = <strong>Ce que cela devient.</strong> À partir du site, de votre adresse et du nom de votre navigateur, le service calcule une clé de visiteur : une empreinte à clé secrète, raccourcie à huit octets. Ce secret, le sel, est un nombre tiré au hasard pour le jour local et détruit quand ce jour finit. Une clé ne dit donc rien sur un autre site ni un autre jour, et personne ne peut calculer la clé d’une adresse connue une fois le jour passé. De la même façon, le réseau de votre adresse, et non l’adresse elle-même, est rangé dans une case parmi 256, sous une clé propre à un site et à un mois civil. Le service compte ainsi de combien de réseaux une page a été lue, et non desquels.
privacy-request-kept = <strong>Ce qui est gardé à côté de la clé.</strong> Le chemin de la page, où ce qui pourrait nommer une personne est remplacé par <code>:redacted</code> ; l’hôte d’où vous venez ; le pays ; la famille et la version majeure du navigateur et du système ; la classe d’appareil ; pour un événement, son nom et le lien, réduit à l’hôte et au chemin nettoyé. Rien de plus fin.
privacy-request-out = <strong>Ce qui sort.</strong> Des comptes. Les lignes dont les lecteurs viennent de moins d’environ { $visitors } réseaux sont retenues, les autres arrondies à un multiple de { $to } voisin ; un site peut fixer un autre seuil, que dit la <a href="{ $to_methodology }#sites">méthodologie</a>. Contre qui cela protège, et à quel point, est dit dans <a href="{ $to_anonymity }">l’analyse d’anonymat</a> (en anglais).
privacy-how-long = Combien de temps
privacy-how-long-caption = Ce qui est gardé, et jusqu’à quand
privacy-how-long-what = Quoi
privacy-how-long-until = Jusqu’à
privacy-kept-request = Adresse internet, nom du navigateur, adresses complètes des pages
privacy-until-request = la réponse à la requête ; jamais sur disque
privacy-kept-keys = Clés de visiteur, avec ce qui est gardé à côté d’elles
privacy-until-keys = la fin du jour local, où elles sont effacées en même temps que le sel
privacy-kept-networks = Pour chaque ligne, les cases des réseaux de ses lecteurs, d’un octet chacune, que des milliers de réseaux partagent
privacy-until-networks = trois jours au plus tard après la fin du mois civil, où elles sont effacées en même temps que leur clé ; leur nombre reste aussi longtemps que les comptes détaillés
privacy-kept-details = Comptes détaillés : par page, pays, heure…
privacy-until-details = { $months } mois après
privacy-kept-totals = Totaux quotidiens de sites entiers, et ce qui a été publié
privacy-until-totals = sans limite ; ils ne disent rien de personne
privacy-no-other-service = Le service n’appelle aucun autre service. Le pays est trouvé dans une table qu’il porte en lui : <a href="https://db-ip.com" hreflang="en">IP Geolocation by DB-IP</a>, sauf si l’exploitant en apporte une autre.
privacy-signals = Les signaux de votre navigateur
privacy-signals-what = Certains navigateurs disent d’eux-mêmes que leur lecteur ne veut pas être suivi : <a href="https://globalprivacycontrol.org/" hreflang="en">Global Privacy Control</a> et Do Not Track. D’une visite ainsi refusée, il ne reste qu’un compteur du jour : combien il y en a eu.
privacy-signals-all = Tous les sites mesurés ici respectent les deux : une telle visite n’est pas comptée. (Sites : { $count }.)
privacy-signals-most = Une telle visite n’est pas comptée sur { $alike } des { $count } sites. Les autres en ont décidé autrement :
privacy-signals-caption = Les sites sur lesquels un signal fait autre chose
privacy-signals-site = Site
privacy-signals-program = Pour les programmes : <a href="/.well-known/gpc.json">gpc.json</a> dit si le signal est pris en compte sur tous les sites.
privacy-assessment = Auto-évaluation
privacy-assessment-what = En France, mesurer une audience ne demande pas de consentement si cela remplit <a href="{ $source }">des conditions de la CNIL</a>. Ce service s’y confronte lui-même, chaque fois que cette page est lue : il fait passer une visite fictive, pleine de ce qui ne doit pas être gardé, par les mêmes portes que toutes les autres, avec les règles de chaque site, et regarde ce qu’il en reste. Le reste se déduit des réglages et des constantes avec lesquels il fonctionne.
privacy-assessment-outcome = { $claim } : sur { $all } critères, { $met } sont remplis par ce qui est en service ici, { $not_met } ne le sont pas, et { $operator } dépendent de l’exploitant et des sites.
privacy-assessment-file = La même chose pour les programmes : <a href="/privacy/assessment.json">assessment.json</a>.
privacy-assessment-failed = Les sites au profil « étendu » s’appuient sur une autre base légale que l’exemption. Non remplis ici :
privacy-assessment-sites = Non rempli sur : { $list }
privacy-assessment-remains = <strong>Ce qui reste à faire :</strong> { $what }
privacy-state-met = rempli
privacy-state-not_met = non rempli
privacy-state-operator = à l’exploitant
privacy-webmasters = Pour les webmestres
privacy-webmasters-what = Posez les mêmes deux lignes sur la page « vie privée » de votre propre site. Elles montrent à vos lecteurs s’ils sont comptés sur votre site, avec un bouton pour refuser. Celui-ci enregistre un seul marqueur dans le navigateur, sur l’hôte de votre site, qui dit seulement « ne me comptez pas ».

## Accessibilité

nav-accessibility = Accessibilité : non conforme
accessibility-title = Déclaration d’accessibilité
accessibility-lead = { $publisher } s’engage à rendre ce service accessible, conformément à l’article 47 de la loi nº 2005-102 du 11 février 2005.
accessibility-about = Cette déclaration d’accessibilité s’applique aux pages de <a href="{ $address }">{ $address }</a>.
accessibility-state = État de conformité
accessibility-not-audited = Ce service <strong>n’est pas en conformité</strong> avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2 : <strong>il n’a encore pas été audité.</strong>
accessibility-meant = Il est fait pour satisfaire au RGAA et au niveau AA de WCAG 2.2, et vérifié par des outils pour ce qu’un outil peut trouver. Cela ne remplace pas un audit.
accessibility-tested = Ce qui a été vérifié
accessibility-tested-lead = Chaque version du programme est essayée avant de paraître ({ $program }). Dans Chromium :
accessibility-tested-axe = axe-core ne trouve rien avec ses règles pour le RGAA 4, pour WCAG 2.0, 2.1 et 2.2 aux niveaux A et AA, pour EN 301 549 et de bonne pratique, en apparence claire et sombre, en contraste élevé, avec les couleurs du système et sur papier ;
accessibility-tested-html = html-validate ne trouve pas d’erreur dans le HTML ;
accessibility-tested-width = aucune page ne défile de côté dans une fenêtre de 320 pixels CSS ; seuls les tableaux larges le font, dans leur propre cadre ;
accessibility-tested-script = les pages publiques sont complètes sans script ;
accessibility-tested-keyboard = au clavier seul, chaque lien, bouton et champ est atteint dans l’ordre de la page, avec un focus visible ; rien ne retient le focus, et le premier lien mène au contenu.
accessibility-tested-limit = De telles vérifications ne trouvent qu’une partie des défauts : si les textes, les alternatives et les titres ont du sens, seules des personnes peuvent en juger.
accessibility-tested-pages = Pages essayées, outre celles de chaque site, des administrateurs et de la démonstration :
accessibility-not-accessible = Contenus non accessibles, ou qui peuvent ne pas l’être
accessibility-not-accessible-lead = Ce que nous savons :
accessibility-fault-untried = Aucune page n’a encore été essayée avec un lecteur d’écran (NVDA, JAWS, VoiceOver) ni par des personnes handicapées.
accessibility-fault-tables = Les tableaux larges de la méthodologie défilent de côté sur un petit écran, dans leur propre cadre.
accessibility-fault-english = Le détail de certains refus, et tout ce que répond l’API, sont en anglais seulement ; les pages l’indiquent comme de l’anglais.
accessibility-fault-codes = Les codes des tableaux, comme <code>:withheld</code> ou <code>robot_headless</code>, sont des mots anglais ; leur sens est à côté ou dans la <a href="{ $to_methodology }#codes">méthodologie</a>.
accessibility-fault-live = Sur la page « en direct » des administrateurs, les chiffres changent pendant la lecture ; seul l’état de la connexion est annoncé.
accessibility-fault-files = Les fichiers de données ouvertes (CSV, JSON, Parquet) sont faits pour des programmes. Les principaux chiffres de chaque site sont aussi sur sa page, en tableaux.
accessibility-theme = Si l’exploitant a donné aux pages ses propres couleurs, il lui revient d’en vérifier le contraste.
accessibility-made = Établissement de cette déclaration
accessibility-made-when = Cette déclaration a été établie le { $day } par les auteurs du programme, pour la version { $program }, par auto-évaluation.
accessibility-made-with = Technologies des pages : HTML, CSS, SVG ; JavaScript pour des compléments seulement.
accessibility-contact = Retour d’information et contact
accessibility-contact-lead = Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez à l’exploitant pour être orienté vers une alternative accessible ou obtenir le contenu sous une autre forme.
accessibility-contact-none = { $publisher } n’a pas encore donné d’adresse à ce service : passez par le contact du site de l’éditeur.
accessibility-contact-email = Adresse électronique de l’exploitant ({ $publisher }) :
accessibility-contact-site = Le site de l’éditeur :
accessibility-enforcement = Voies de recours
accessibility-enforcement-lead = Si vous avez signalé au responsable du site un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et que vous n’avez pas obtenu de réponse satisfaisante, vous pouvez :
accessibility-enforcement-message = <a href="https://formulaire.defenseurdesdroits.fr/">écrire un message au Défenseur des droits</a> ;
accessibility-enforcement-delegate = <a href="https://www.defenseurdesdroits.fr/saisir/delegues">contacter le délégué du Défenseur des droits dans votre région</a> ;
accessibility-enforcement-letter = envoyer un courrier par la poste (gratuit, ne pas mettre de timbre) : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.

## API ouverte

api-lead = Les chiffres des pages et des fichiers, pour les programmes. Sans clé, ouverte à toutes les origines, sous Licence Ouverte 2.0 sauf mention contraire d’un site.
api-machine = La description lisible par une machine est <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Ajoutez <code>.csv</code> à une adresse, ou envoyez <code>Accept: text/csv</code>, pour du CSV.
api-addresses = Adresses
api-addresses-lead = Les noms des adresses et des réponses sont anglais dans toutes les langues. Ce qui se demande d’un site se demande aussi d’une organisation, à l’adresse <code>/api/v1/organisations/&#123;slug&#125;/…</code>
api-try = Essayer :
api-parameters = Paramètres
api-example = Exemple :
api-metrics = Indicateurs
api-dimensions = Ventilations
api-crossed = Peut être croisée avec : { $list }
api-refused = Ce qui est refusé
api-refused-what = Ce qui n’a pas de réponse exacte est refusé avec la raison, et jamais approché : les visiteurs de deux pages ne s’additionnent pas, car qui a lu les deux serait compté deux fois. Une ventilation et ses filtres portent sur deux dimensions au plus. Deux dimensions croisées sont comptées à la clôture du jour : une telle question s’arrête donc à hier. Un refus est un problème au sens de la RFC 9457, dont <code>detail</code> dit, en anglais, quoi demander à la place.

## Administration

admin-signed-in = Connecté sous le nom <strong>{ $login }</strong>
admin-sign-out = Se déconnecter
admin-live = Aujourd’hui en direct
admin-arrivals-proxy = { $hits } des { $requests } dernières requêtes d’une journée semblent venir d’un serveur mandataire, de cette machine ou d’une seule adresse privée : toutes les personnes comptent alors pour une seule. Faites envoyer <code>X-Forwarded-For</code> par le mandataire, ou nommez l’en-tête qu’il envoie dans <code>forwarded_header</code> et son réseau dans <code>trusted_proxies</code>.
admin-arrivals-unreadable = { $hits } des { $requests } dernières requêtes d’une journée ont un en-tête de transfert qui ne nomme aucune adresse : toutes les personnes comptent alors pour une seule. Faites écrire par le mandataire l’adresse de la personne, et elle seule.
admin-dropped = Ce qui n’a pas été compté
admin-dropped-lead = Toutes les requêtes qui n’ont pas été comptées, par raison. Certaines doivent l’être ; d’autres sont des vues qu’un mauvais réglage fait perdre.
admin-dropped-sites = Sites, { $days } derniers jours
admin-dropped-sites-caption = Requêtes non comptées, par site et par raison
admin-dropped-nothing = Rien n’a été perdu.
admin-dropped-site = Site
admin-dropped-hits = Requêtes
admin-dropped-do = Que faire
admin-dropped-senders = Expéditeurs inconnus, { $days } derniers jours
admin-dropped-senders-lead = Les requêtes de sites qui ne sont pas mesurés ici. Seul l’hôte qu’elles nomment est gardé, rien de la personne.
admin-dropped-senders-caption = Requêtes d’expéditeurs inconnus, par hôte et par raison
admin-dropped-host = Hôte
admin-dropped-last = Dernier jour
admin-dropped-none = ne nomme aucun hôte
admin-dropped-other = tous les autres
admin-dropped-do-nothing = Rien : c’est voulu.
admin-dropped-do-site = Si le site est le vôtre, ajoutez-le : <code>parvis site add</code>. Sinon, corrigez <code>data-site</code> sur sa balise.
admin-dropped-do-several = Nommez un seul site sur la balise, sans virgule, espace ni autre signe à sa suite. Les organisations en additionnent plusieurs.
admin-dropped-do-alias = Si l’hôte est le vôtre, ajoutez-le : <code>parvis site set --alias</code>. Nommez tous les alias, car la liste est remplacée.
admin-dropped-do-sandbox = Donnez <code>allow-same-origin</code> au cadre, ou mettez la balise sur la page qui l’entoure.
admin-dropped-do-requests = Si beaucoup de personnes partagent une adresse, augmentez <code>requests_per_second</code> ; derrière un mandataire, vérifiez qu’il nomme l’adresse de la personne.
admin-dropped-do-sender = Corrigez l’expéditeur : la réponse à la requête dit ce qui ne va pas.
admin-dropped-do-log = Le journal du service en donne la raison.
admin-sites = Les sites et leurs marqueurs
admin-no-site = Aucun site n’est encore mesuré ici : <code>parvis site add www.example.fr</code>
admin-copy = Copiez le marqueur dans chaque page du site, avant <code>&lt;/head&gt;</code> ou <code>&lt;/body&gt;</code>. Sur la page qui dit « page introuvable », ajoutez l’attribut <code>data-missing</code> au script.
admin-address = Les marqueurs mènent à { $address }, où le service écoute. Si les lecteurs doivent l’atteindre à une autre adresse, écrivez-la dans le réglage <code>public_url</code> avant de copier un marqueur.
admin-zone = Fuseau horaire de ses jours
admin-profile = Profil de confidentialité
admin-aliases = Compté aussi sous
admin-no-alias = aucun autre nom
admin-tag = Marqueur de { $host }
admin-help = Aide pour le marqueur de { $host }
admin-help-attributes = Ce que le marqueur peut préciser
admin-help-site = <code>data-site="www.example.fr"</code> : compte pour ce site au lieu de l’hôte de la page.
admin-help-params = <code>data-params="page,lang"</code> : paramètres qui peuvent rester dans l’adresse. Le site doit aussi les garder : <code>parvis site set HÔTE --query-keep page,lang</code>.
admin-help-hash = <code>data-hash</code> : le site navigue par <code>#/…</code>.
admin-help-downloads = <code>data-downloads="sav,json"</code> : autres extensions qui sont des téléchargements.
admin-help-missing = <code>data-missing</code> : c’est la page des adresses qui n’existent pas.
admin-help-feature = <code>data-parvis="nom"</code> sur un élément quelconque, ou <code>parvis('nom')</code> dans un script : l’usage d’une fonctionnalité.
admin-help-picture = L’image, pour les pages sans script
admin-help-picture-what = Par défaut, un navigateur ne dit à un autre hôte que l’origine d’une page, quelle que soit la page. Certains le font malgré l’attribut <code>referrerpolicy</code> : la vue est alors comptée, et sa page est <code>:unknown</code>. Faites donc écrire par vos gabarits le chemin de chaque page, tel qu’il figure dans une adresse, derrière <code>u=</code>.
admin-help-picture-copy = Image qui nomme sa page
admin-help-policy = Content-Security-Policy
admin-help-policy-what = Si le site envoie une telle politique, ajoutez ces sources aux directives du même nom.
admin-help-policy-copy = Sources à ajouter
admin-help-limits = Où le marqueur ne compte pas
admin-help-module = Le marqueur peut être un module (<code>type="module"</code>). Chargé par <code>import()</code>, comme code évalué ou depuis un shadow root, le script ne trouve pas son marqueur : il ne compte rien et écrit « parvis: no tag » dans la console. Un module garde le nom <code>t.js</code>, ou le nom épinglé.
admin-help-shadow = Les clics dans les shadow roots ouverts, en SVG et dans les cartes d’images sont vus ; ceux des shadow roots fermés ne le sont pas.
admin-help-sandbox = Dans une page isolée (<code>sandbox</code> sans <code>allow-same-origin</code>), le navigateur ne dit pas à quel site elle appartient : ses messages sont refusés sous <code>sandboxed_page</code>. Une image avec <code>u=</code> y compte.
admin-help-old = Les navigateurs antérieurs à Chrome 66, Firefox 58 et Safari 11.1 n’exécutent pas le script.
admin-pinned = Marqueur épinglé de { $host }
admin-pinned-what = Le navigateur n’exécute ce marqueur que si le script est, à l’octet près, celui qui est nommé ici. Quand Parvis est mis à jour, copiez le nouveau : l’ancienne adresse répond alors « introuvable », et rien n’est compté tant que les pages ne portent pas le nouveau marqueur.
admin-pinned-copy = Marqueur épinglé à copier
admin-link-live = { $host } en direct
admin-link-exact = Chiffres exacts de { $host }, tels que l’API les donne
admin-link-dropped = Ce qui n’a pas été compté sur { $host }, par raison
admin-link-public = Chiffres publics de { $host }
live-title = { $host } en direct
live-back = Les sites et leurs marqueurs
live-sites = Sites
live-connecting = Connexion…
live-connected = En direct
live-lost = Reconnexion…
live-still = Au moment où cette page a été chargée ; rechargez-la pour des chiffres plus récents.
live-views-minutes = Pages vues, { $minutes } dernières minutes
live-visitors-minutes = Visiteurs, { $minutes } dernières minutes
live-views-today = Pages vues, aujourd’hui jusqu’ici
live-visitors-today = Visiteurs, aujourd’hui jusqu’ici
live-note = Ces chiffres sont exacts et réservés aux administrateurs connectés : ne les publiez pas. « Aujourd’hui » est le jour local du site ; à son minuit les clés changent, et qui lit encore est vu comme un nouveau visiteur.
live-pages = Les pages les plus lues en ce moment (30 minutes)
live-page = Page
live-views = Pages vues
live-empty = Aucune page n’a été lue dans les 30 dernières minutes.
first-title = Premier administrateur
first-heading = Créer le premier administrateur
first-lead = Ce service n’a pas encore d’administrateur. Le lien qui vous a mené ici ne sert qu’une fois.
first-hint = Au moins { $least } caractères. Quelques mots inattendus à la suite se retiennent bien. L’identifiant et les mots de passe courants sont refusés.
first-button = Créer le compte et se connecter
first-problem-login = Écrivez un identifiant de 1 à { $most } caractères, sans espace.
first-problem-password = Écrivez un mot de passe d’au moins { $least } caractères, et de { $most } octets au plus.
first-problem-is-login = Ce mot de passe est fait de l’identifiant. Choisissez-en un autre, par exemple quelques mots inattendus.
first-problem-monotonous = Ce mot de passe répète quelques caractères ou suit l’alphabet. Choisissez-en un autre, par exemple quelques mots inattendus.
first-problem-common = Ce mot de passe est de ceux que l’on essaie en premier. Choisissez-en un autre, par exemple quelques mots inattendus.
sign-in-title = Connexion
sign-in-lead = Pour les administrateurs de ce service. Lire les chiffres publiés ne demande pas de compte : <a href="{ $to_home }">voir les sites</a>.
sign-in-refused = Cet identifiant et ce mot de passe ne vont pas ensemble.
sign-in-login = Identifiant
sign-in-password = Mot de passe
sign-in-account = Un compte se crée au terminal du service : <code>parvis user add LOGIN</code>
