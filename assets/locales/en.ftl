# The texts of the pages in English, which is complete: what another language lacks is said in it.
#
# Each text has a name and a value. What is put in stands as { $name }; numbers and dates are written
# as the language does it. A text whose name ends in -html may have marks of HTML.

## The language itself

language-name = English
date-day = { $day } { $month } { $year }
date-day-short = { $day } { $month_short }
date-weekday = { $weekday } { $day } { $month } { $year }
date-month = { $month } { $year }
date-month-short = { $month_short } { $year }
date-week = week { $week } of { $year }

## The frame of every page

skip = Skip to the content
nav-main = Main
nav-languages = Languages
nav-foot = More pages
nav-home = Sites
nav-methodology = Methodology
nav-api = Open API
nav-privacy = Privacy
nav-admin = Administration
foot-what = Audience statistics of public websites, counted without following anybody and published as open data.
foot-licence =
    The published figures are under the
    <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence" rel="license">Licence Ouverte 2.0</a>
    unless a site says otherwise. How they are made:
    <a href="{ $to_methodology }">methodology</a>. What happens to a visit:
    <a href="{ $to_privacy }">privacy</a>.

## When something is not as asked for

refusal-home = To the first page
refusal-not_found = Not found
refusal-not_found-why = There is no page at this address. It may have been written down wrongly, or what it showed is no longer published.
refusal-wrong_request = This question cannot be answered
refusal-wrong_request-why = The address asks for something that does not exist or cannot be answered exactly. What to change is said here.
refusal-wrong_method = This address takes messages only
refusal-wrong_method-why = It is for programs that send, not for pages that are read.
refusal-out_of_range = There is no such part
refusal-out_of_range-why = The file is shorter than the part that was asked for.
refusal-signed_out = Sign in first
refusal-signed_out-why = This page is for the administrators of the service.
refusal-foreign_form = This form came from another site
refusal-foreign_form-why = Open it here and send it again.
refusal-too_many_attempts = Too many attempts
refusal-too_many_attempts-why = Wait a minute and try again. Nothing that you sent before is lost.
refusal-unavailable = Not possible right now
refusal-unavailable-why = It works again later: try again in a few minutes.
refusal-internal = Something went wrong here
refusal-internal-why = It is not your fault. The operator finds the reason in the log; try again later.
error-no-site = No such site is counted here. The first page lists all sites.
