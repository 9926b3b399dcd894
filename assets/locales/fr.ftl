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
nav-methodology = Méthodologie
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
