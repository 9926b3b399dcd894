# Les textes des pages en français. Voir en.ftl pour la façon de les écrire.

## La langue elle-même

language-name = Français
date-day = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-day-short = { $day ->
    [1] 1er { $month_short }
   *[other] { $day } { $month_short }
}
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
refusal-wrong_method = Cette adresse ne reçoit que des messages
refusal-wrong_method-why = Elle sert aux programmes qui envoient, pas à la lecture.
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
duration = { $minutes } min { $seconds } s
span = du { $first } au { $last }
withheld = non diffusé
no-figure = sans chiffre
change-unknown = pas de comparaison possible
change-points = { $points } points
label-withheld = Les autres, ayant chacun peu de visiteurs, ensemble
label-not-collected = Non collecté
label-unknown = Inconnu
label-direct = Accès direct : aucune provenance indiquée
label-overflow = Tous les autres, au-delà de la limite du jour
value-device-desktop = Ordinateur
value-device-mobile = Téléphone
value-device-tablet = Tablette
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
period-30d = 30 jours
period-month = Ce mois
period-year = Cette année
period-12mo = 12 mois
period-all = Tout
compare-previous = la période précédente
compare-year = les mêmes jours un an avant
compare-none = rien
headline-title = Chiffres principaux
headline-compared = Comparaison avec : { $days }.
headline-provisional = Ces chiffres contiennent des jours qui ne sont pas terminés : ils changent encore.
headline-withheld = { $withheld ->
    [one] Un chiffre de ces sommes n’est pas diffusé, car il porte sur trop peu de visiteurs : les sommes sont un peu trop basses.
   *[other] { $withheld } chiffres de ces sommes ne sont pas diffusés, car ils portent sur trop peu de visiteurs : les sommes sont un peu trop basses.
}
headline-sum-of-days = somme des jours
headline-note =
    Les chiffres de moins de { $least } visiteurs ne sont pas diffusés, les autres sont arrondis à la
    dizaine. Un visiteur est compté une fois par jour : qui vient trois jours compte trois fois dans une
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
curve-withheld = non diffusé : trop peu de visiteurs
curve-missing = non collecté : la ligne y est interrompue
curve-breaks = Ruptures de série : les chiffres d’avant et d’après ne se comparent pas tels quels
curve-caption = { $metric } au fil du temps, en tableau
curve-table = Les mêmes chiffres en tableau
curve-period = Période
curve-status = Statut
status-final = définitif
status-provisional = provisoire
status-withheld = non diffusé
status-missing = non collecté
reading-range = Le plus de { $metric } : { $most } ({ $most_figure }) ; le moins : { $least } ({ $least_figure }).
reading-withheld = { $count ->
    [one] Un chiffre n’est pas diffusé, car il porte sur trop peu de visiteurs ; il n’est pas nul.
   *[other] { $count } chiffres ne sont pas diffusés, car ils portent sur trop peu de visiteurs ; ils ne sont pas nuls.
}
reading-missing = { $count ->
    [one] Pour l’un d’eux, rien n’a été collecté : c’est un trou, et non un zéro.
   *[other] Pour { $count } d’entre eux, rien n’a été collecté : ce sont des trous, et non des zéros.
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
reading-first = « { $label } » fait { $share } des lignes montrées ici.
reading-rest = Les lignes de moins de { $least } visiteurs ne sont pas nommées ; ensemble, elles sont la dernière ligne.
reading-direct = « Accès direct » ne veut pas dire que l’adresse a été tapée : le navigateur n’a indiqué aucune provenance, comme depuis les applications, les courriels et bien des pages sécurisées.
site-apart = Non conservé avec ce filtre : { $names }.
links-title = Ces chiffres :
links-api = API
list-back = Retour à { $host }
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
home-what = Combien les pages de ces sites publics sont lues, compté sans suivre personne : aucun cookie, et aucun identifiant qui survive à sa journée. Tout est publié en données ouvertes, pour que chacun lise, compare, télécharge et cite.
home-demo = <strong>Ceci est la démonstration.</strong> <a href="/demo/">Visitez son site et voyez le compteur bouger</a> sur <a href="/admin/live">la page en direct</a> (après connexion).
home-empty = Aucun site n’est encore mesuré ici. L’exploitant en ajoute un par <code>parvis site add www.example.fr</code>.
home-all = { $count ->
    [one] Un site
   *[other] Les { $count } sites ensemble
}
home-views-today = Pages vues aujourd’hui
home-visitors-today = Visiteurs aujourd’hui
home-views-30d = Pages vues en 30 jours
home-visitors-30d = Visiteurs en 30 jours (somme des jours)
home-now = Pendant la dernière heure pleine : { $views } pages vues.
home-note = 30 jours : { $days }. Comparaison avec : { $compared }.
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
home-caption = pages vues et visiteurs en 30 jours
home-site = Site
home-page = Page
home-document = Document
home-views = Pages vues
home-visitors = Visiteurs (somme des jours)
home-downloads = Téléchargements
home-pages = Les pages les plus consultées, en 30 jours
home-documents = Les documents les plus téléchargés, en 30 jours
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
compare-period-hint = Un mois comme 2026-11, une année, un jour, 30d (30 jours), 12mo (12 mois), ou deux jours comme 2026-01-01..2026-03-31. Plusieurs périodes demandent un seul site.
compare-go = Comparer
compare-empty = Nommez au moins un site ci-dessus, puis un deuxième site ou une deuxième période à lui comparer.
compare-no-site = Aucun site nommé { $host } n’est mesuré ici ; il est laissé de côté.
compare-too-many = On en compare { $most } au plus à la fois ; les autres sont laissés de côté.
compare-both = Plusieurs sites se comparent sur une seule période : seule la première est montrée.
compare-careful = Avant de comparer
compare-break = { $about }, { $when } : rupture de série : { $what }
compare-totals = Sur toute la période
compare-totals-caption = Totaux de ce qui est comparé, avec les fichiers de chacun
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
data-preview-caption = Les premières lignes de { $period }, telles qu’elles sont dans le fichier CSV
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
data-use-what = Ces exemples fonctionnent tels quels : sans compte ni clé.
data-spreadsheet = Tableur
data-spreadsheet-how = Ouvrez cette adresse, ou donnez-la à l’import depuis le web : les colonnes sont séparées, les nombres sont des nombres, et rien n’est pris pour une formule.
data-api-how = Toute période, tout filtre, toute comparaison : voir l’<a href="{ $to_api }">API ouverte</a>.
data-cite = Citer
data-cite-how = La licence demande la source et la date de la dernière mise à jour :
data-cite-text = { $publisher }, « { $title } », dernière mise à jour : { $updated }, { $address }, { $licence }.
data-periods = Toutes les périodes
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
