# The texts of the pages in English, which is complete: what another language lacks is said in it.
#
# Each text has a name and a value. What is put in stands as { $name }; numbers and dates are written
# as the language does it. A text whose name ends in -html may have marks of HTML.

## The language itself

language-name = English
language-locale = en_GB
date-day = { $day } { $month } { $year }
date-day-short = { $day } { $month_short }
date-day-short-year = { $day } { $year }
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
nav-compare = Compare
nav-data = Data
nav-indicators = Indicators
nav-reuses = Re-uses
nav-methodology = Methodology
nav-releases = Releases
nav-api = Open API
nav-privacy = Privacy
nav-admin = Administration
theme-choice = Colours:
theme-device = as the device
theme-light = light
theme-dark = dark
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
refusal-wrong_method = This address does not take that
refusal-wrong_method-why = It is read, or takes a form or a message, but not with the method that was used.
refusal-no_exact_answer = No exact answer
refusal-no_exact_answer-why = This question is well put and has no exact answer.
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
error-no-dimension = There is no such breakdown. The page of the site shows those there are.

## Figures, days and what values are called

percent = { $figure }%
duration = { $minutes } min { $seconds } s
span = { $first } to { $last }
withheld = withheld
not-collected = not measured
no-figure = no figure
outside = outside the period
not-compared = not compared
colon = :
change-unknown = no comparison possible
change-none = no change beyond rounding
change-small = too small to compare
change-points = { $count ->
    [one] { $points } point
   *[other] { $points } points
}
label-withheld = Others, each with few visitors or none, together
label-not-collected = Not measured
label-unknown = Unknown
label-direct = Direct: no source was told
label-private = Private network, or a machine without a name: not published
label-overflow = All others beyond the limit of the day
value-device-desktop = Computer
value-device-mobile = Phone
value-device-tablet = Tablet
value-device-tv = Television
value-device-console = Game console
value-source_kind-search = Search engines
value-source_kind-social = Social networks
value-source_kind-mail = Mail
value-source_kind-assistant = AI assistants
value-source_kind-public = Public sites
value-source_kind-other = Other sites
value-event-download = Download
value-event-outbound = Link to another site
value-event-missing = Page not found
value-event-feature = Use of a feature

## Why there is no answer

why-store = The figures cannot be read right now. Try again in a minute.
why-period = This period cannot be understood. Choose one of the usual ones, or two days in the order of time.
why-filter = This filter cannot be understood. Take it away and choose a row of a table instead.
why-metric = There is no such figure. Choose one of those above the curve.
why-interval = Such small steps are not kept for so long a period or for a filter. Choose days, weeks or months.
why-sort = The rows cannot be put in this order. Choose the head of a column.
why-comparison = This comparison cannot be understood. Choose the period before or the year before.
why-parameter = The address has a part that nobody knows, or has it twice. Take it away.
why-too-many = At most two things can be looked at together. Take one of the filters away.
why-not-crossed = Figures by { $one } and { $other } are not kept together.
why-not-closed = Two breakdowns together are counted when a day has ended: choose days up to { $last }.
why-calendar = With a filter, this breakdown is published by whole months and years, so that nobody can be found in it.
why-deleted = The details of days before { $first } are deleted; their daily totals stay.
why-staff-only = Figures by { $one } are not published.
why-beside-page = This is shown beside a page only.
why-no-sum = This figure cannot be added up over several values without counting somebody twice. Choose one value.
why-one-value = With two breakdowns, figures are published for one value of { $one } at a time. Choose one row.

## A site

site-title = { $host }: audience
site-description = How { $host } is read: page views, visitors, visits and sources, counted without following anybody and published as open data.
site-page-description = How often the page { $page } of { $host } is read, and where its readers come from: counted without following anybody and published as open data.
site-page-title = { $page } on { $host }: audience
site-synthetic = Synthetic figures: invented to show the product
site-lead = Figures for { $days }, in the time zone { $zone }.
site-of = Site of { $organisation }.
site-licence = Licence: <a href="{ $address }" rel="license">{ $name }</a>.
site-visit = Visit this page on { $host }
site-all-pages = All pages of { $host }
site-filters = Filters
site-filter-remove = Remove
chip = { $name }: { $value }
site-new = No page view of this site has been counted yet. The first figures appear a quarter of an hour after the first readers at the latest.
site-new-webmaster = Is it your site? Its <a href="/admin">tag is among the administration pages</a>: paste it, open a page of the site, and see it counted within seconds.
picker-title = Period
picker-from = From
picker-to = To
picker-compare = Compared with
picker-go = Show
period-today = Today
period-yesterday = Yesterday
period-7d = 7 days
period-28d = 28 days
period-month = This month
period-year = This year
period-12mo = 12 months
period-all = Everything
compare-previous = the period before (same weekdays)
compare-year = 52 weeks before
compare-none = nothing
headline-title = Main figures
compared-days = { $count ->
    [one] The change is over one day, compared with the same day of the week: { $days }.
   *[other] The change is over { $count } days, compared with the same days of the week: { $days }.
}
compared-days-of = { $count ->
    [one] The change is over one day, { $own }, compared with the same day of the week: { $days }.
   *[other] The change is over { $count } days, { $own }, compared with the same days of the week: { $days }.
}
compared-left-out = Left out of both periods: { $days }.
compared-gap-open = { $count ->
    [one] one day that has not ended
   *[other] { $count } days that have not ended
}
compared-gap-not_collected = { $count ->
    [one] one day not measured on one side
   *[other] { $count } days not measured on one side
}
compared-gap-withheld = { $count ->
    [one] one day withheld on one side
   *[other] { $count } days withheld on one side
}
compared-gap-overlap = { $count ->
    [one] one day whose counterpart lies in the period itself
   *[other] { $count } days whose counterparts lie in the period itself
}
compared-none-open = No comparison: none of the days to compare has ended.
compared-none-not_collected = No comparison: no day was measured both in this period and in the one before ({ $days }).
compared-none-withheld = No comparison: the figures of one of the two periods are withheld (too few visitors).
compared-none-overlap = No comparison: the days to compare lie in the period itself.
compared-none-weekdays = No comparison: the two periods do not have the same days of the week.
compared-none-months = No comparison: these figures are published by whole months, and no two months have the same days of the week.
compared-sites = { $count ->
    [one] The change is over one site, the only one of { $all } measured in both periods.
   *[other] The change is over { $count } of { $all } sites, those measured in both periods.
}
compared-not-measured = Without a change: { $metrics }, which the method of one of the periods does not give.
compared-breaks = { $count ->
    [one] A break in the series ({ $days }) lies between the compared days: the change may come from it.
   *[other] Breaks in the series ({ $days }) lie between the compared days: the change may come from them.
}
headline-not-measured = “Not measured”: the access logs from which all or some of these days were counted <a href="/en/methodology#methods">do not say</a> how long a page was read.
headline-without-rate = “No figure” ({ $rates }): over so few visits, or none, a rate would tell more than the rounded figures do; it is not published.
headline-gaps = { $collected ->
    [0] { $begun ->
        [one] Nothing was measured on that day: that is a gap, and not zero.
       *[other] Nothing was measured on any of these { $begun } days: that is a gap, and not zero.
    }
    [one] Of these { $begun } days one was measured: the figures are those of that day, and the others are gaps, not zeros.
   *[other] Of these { $begun } days { $collected } were measured: the figures are those of these days, and the others are gaps, not zeros.
}
headline-provisional = These figures hold days that have not ended: they still change.
headline-withheld = { $withheld ->
    [one] One figure within these sums is withheld, because its readers come from too few networks or there are none: the sums may be a little too low.
   *[other] { $withheld } figures within these sums are withheld, because their readers come from too few networks or there are none: the sums may be a little too low.
}
headline-sum-of-days = sum of days
headline-note =
    Figures from fewer than about { $least } networks are withheld, others go to a ten beside them. A visitor is
    counted once a day: somebody who comes on three days counts three times in a sum of days.
    <a href="{ $to_methodology }">How the figures are made</a>
curve-title = { $metric } over time
curve-metric = Figure
curve-interval = In steps of
interval-hour = hours
interval-day = days
interval-week = weeks
interval-month = months
curve-empty = Nothing was counted in this period.
curve-description = The table below has the same figures.
curve-provisional = provisional: the day has not ended
curve-withheld = withheld: too few visitors, or none
curve-missing = not measured: the line is broken there
curve-missing-of = { $name }: not measured { $days }; the line is broken there
curve-missing-more = and { $count } more times (see the table)
break-moment = { $day } at { $time }
break-and = { $one }; { $other }
curve-breaks = Breaks in the series: figures before and after do not compare as they stand
curve-caption = { $metric } over time, as a table
curve-table = The same figures as a table
curve-period = Period
curve-status = Status
status-final = final
status-provisional = provisional
status-withheld = withheld
status-missing = not measured
reading-range = The most { $metric } were on { $most } ({ $most_figure }), the fewest on { $least } ({ $least_figure }).
reading-tied = { $first } and { $count ->
    [one] one other time
   *[other] { $count } other times
}
reading-even = The { $metric } differ by no more than rounding or their small size explains: the highest figure is { $figure }.
reading-same = All final figures are the same: { $figure } ({ $metric }).
reading-withheld = { $count ->
    [one] One figure is withheld: too few visitors, or none.
   *[other] { $count } figures are withheld: too few visitors, or none.
}
reading-missing = { $count ->
    [one] On one day nothing was measured: that is a gap, and not zero.
   *[other] On { $count } days nothing was measured: those are gaps, and not zeros.
}
reading-missing-hours = { $count ->
    [one] In one hour nothing was measured: that is a gap, and not zero.
   *[other] In { $count } hours nothing was measured: those are gaps, and not zeros.
}
reading-provisional = { $count ->
    [one] The last one is provisional.
   *[other] { $count } are provisional.
}
reading-visitors = This does not tell how many different people came over several days: who comes on two days counts on both.
block-empty = Nothing to show here for this period.
block-all = { $count ->
    [one] The only row, on a page of its own
   *[other] All { $count } rows
}
block-months = Show the whole months
block-bars = The bars have the length of the first figure of each row.
reading-first = “{ $label }” makes up { $share } of the total shown.
reading-first-two = “{ $label }” and “{ $other }” make up the same share of the total shown: { $share } each.
reading-first-several = { $count } rows, the largest, make up the same share of the total shown: { $share } each.
reading-rest = Rows from fewer than about { $least } networks are not named; together they are the last row.
reading-direct = “Direct” does not mean that an address was typed: it means that the browser told no source, as from apps, mails and many secure pages.
site-apart = Not kept together with this filter: { $names }.
links-title = These figures:
links-api = API
list-back = Back to { $host }
list-description = { $title } – { $host }, { $days }: the whole list, to search, put in order and download.
list-find = Search in this list
list-go = Search
list-sort = { $title }: put in order
list-empty = No row fits. Change the search, the filter or the period.
list-place = Page { $page } of { $pages }, { $count ->
    [one] one row
   *[other] { $count } rows
}
list-previous = Previous page
list-next = Next page

## The first page

home-title = Audience of public websites
home-what = The audience of public websites, measured without following anybody: no cookie, and no identifier that outlives its day. Everything is published as open data, for everybody to read, compare, download and cite.
home-demo = <strong>This is the demonstration.</strong> <a href="/demo/">Visit its site and see the count move</a> on <a href="/admin/live">today as it happens</a> (after signing in).
home-empty = No site is counted here yet. Its operator adds one with <code>parvis site add www.example.fr</code>.
home-all = { $count ->
    [one] One site
   *[other] All { $count } sites together
}
home-views-today = Page views today
home-visitors-today = Visitors today
home-views-28d = Page views in 28 days
home-visitors-28d = Visitors in 28 days (sum of days)
home-now-few = In the last full hour: too few page views to be published, or none.
home-now = In the last full hour: { $views } page views.
home-note = 28 days: { $days }.
home-sum =
    These are sums over sites and are not deduplicated: somebody who reads two sites counts on each,
    because nobody is followed from one to the other. Today is provisional and moves every quarter of an hour.
    <a href="{ $to_methodology }">How the figures are made</a>
home-sites = Sites by organisation
home-find = Search for a site or an organisation
home-found = { $count ->
    [0] No site fits.
    [one] One site fits.
   *[other] { $count } sites fit.
}
home-find-all = Show all
home-no-organisation = Sites of no organisation
home-together = open data of all its sites
home-caption = page views and visitors in 28 days
home-site = Site
home-page = Page
home-document = Document
home-views = Page views
home-visitors = Visitors (sum of days)
home-downloads = Downloads
home-pages = Most consulted pages, 28 days
home-documents = Most downloaded documents, 28 days
home-releases = Latest releases
home-no-release = Nothing is released yet: the first files come when a day has ended.
home-data = All open data
all-sites = All sites
home-feed = Feed of releases

## Comparing

compare-title = Compare
compare-what = Up to six sites over one period, or up to six periods of one site. The address of this page holds the whole comparison: share it as it stands.
compare-sites = Sites
compare-site = Site { $place }
compare-periods = Periods
compare-period = Period { $place }
compare-period-hint = A month as 2026-11, a year, a day, 28d, 12mo, or two days as 2026-01-01..2026-03-31. Several periods need a single site.
compare-go = Compare
compare-empty = Name at least one site above, and a second one or a second period to compare it with.
compare-no-site = No site called { $host } is counted here; it is left out.
compare-too-many = At most { $most } are compared at once; the others are left out.
compare-both = Several sites are compared over one period: only the first period is shown.
compare-careful = Before you compare
compare-break = { $about }, { $when }: break in the series: { $what }
compare-totals = Over the whole period
compare-totals-caption = Totals of what is compared, with the files of each
compare-measured = { $collected ->
    [one] { $collected } day of { $begun } measured
   *[other] { $collected } days of { $begun } measured
}
compare-sites-note = Somebody who reads two of these sites counts on each, because nobody is followed from one to the other.
compare-note =
    Visitors of several days are a sum of days: somebody who comes on three days counts three times.
    <a href="{ $to_methodology }">How the figures are made</a>
compare-of = Site or period
compare-files = Curve as a file
compare-show = Shown as
compare-show-figures = figures
compare-show-index = index, base 100
compare-index = 100 is the first final figure of each: the lines show how each has moved since, and no longer which one is larger.
compare-day = Day { $place }
compare-week = Week { $place }
compare-month = Month { $place }

## Open data

data-title = Open data
data-what = Every figure of these pages as files that stay: each day, month and year that has ended, in open formats, with its schema, its licence and its checksum.
data-find = Search for a site, an organisation or a dataset
data-found = { $count ->
    [0] Nothing fits.
    [one] One collection fits.
   *[other] { $count } collections fit.
}
data-no-month = No month of it is released yet: the first files come when one has ended. Days are released every night.
data-registers = Registers
data-registers-what = What one must know to read the figures.
data-catalogues = For portals and programs
data-catalogues-what = The same catalogue in DCAT-AP and Data Package, ready to be harvested. <a href="{ $to_api }">Open API</a>
data-see-site = See the figures of this site
data-package = Description as a Data Package
data-licence = Licence: <a href="{ $address }" rel="license">{ $name }</a>.
data-publisher = Published by { $name }.
data-contact = Questions: <a href="{ $address }">{ $name }</a>.
data-latest = Last month: { $period }
data-latest-title = The last month
data-latest-what = These addresses stay and always lead to the last month that is released, now { $period }.
data-preview = First rows
data-preview-caption = The first rows ({ $period }), as they stand in the CSV file
data-schema = Columns
data-schema-file = The same as a Table Schema
data-schema-caption = The columns of each file
data-column = Column
data-kind = Kind
data-meaning = Meaning
kind-text = text
kind-integer = whole number
kind-number = number
kind-boolean = yes or no
kind-date = date
kind-moment = moment
kind-code = code
data-use = Use it
data-use-what = These examples run as they stand: no account and no key. They give each column its type: left to guess, R and DuckDB take the code F for “false” and the year 2026 for a number.
data-spreadsheet = Spreadsheet
data-spreadsheet-how = Open this address, or give it to the import from the web: columns are apart, numbers are numbers, and nothing is taken for a formula. Only a year in the column <code>period</code> becomes a number: import that column as text if you join it with other files.
data-api-how = Any period, filter and comparison: see the <a href="{ $to_api }">open API</a>.
data-cite = Cite it
data-cite-how = The licence asks for the source and the date of the last update:
data-cite-text = { $publisher }, “{ $title }”, last updated on { $updated }, { $address }, { $licence }.
data-periods = All periods
data-periods-caption = Each period with its files
data-periods-what = The files of a period that has ended never change; a correction is a new revision with its reason. Older ones are in the <a href="{ $to_releases }">releases</a>.
data-released = Released
data-revision = Revision
data-files = Files
size-bytes = { $figure } bytes
size-kilobytes = { $figure } kB
size-megabytes = { $figure } MB

## Releases

releases-title = Releases
releases-what = Every night the days that have ended are released, and with the last of them their month and their year. What is released stays; a correction is a new revision with its reason.
releases-register = Register of all files, with their checksums
releases-about = Of
releases-newest = The latest
releases-older = Older ones

## What other pages put in

site-embed = Put these figures into your own page
embed-title = Figures of { $host } in your own page
embed-what = Copy one of these into any page. They show the published figures, name their source, set no cookie, run no script and tell nobody who looks at them.
embed-badge = Badge
embed-counter = Counter of one page
embed-chart = Curve as an image
embed-chart-frame = Curve in a frame
embed-table-frame = Table in a frame
embed-alt = Audience of { $host }
embed-figure = { $figure } { $metric }, { $days }
embed-synthetic = invented figure: { $figure }
embed-source = Source: { $name }, { $address }
embed-parameters = The address takes what the site’s page takes: period, from and to, metric, compare, filter=page:is: and a path, and by= with the name of a breakdown for a table.
## The indicators

indicators-title = Indicators
indicators-lead = What is open here, and what others make of it: counted while you read, from the figures that are published.
indicators-as-of = On { $day }, in Coordinated Universal Time.
indicators-synthetic = Some of these figures are invented to show the product
indicators-all = Every indicator
indicators-caption = What is counted, how much there is of it, and what that means
indicators-column-name = Indicator, and what it counts
indicators-column-value = Value
indicators-few = fewer than ten
indicators-unknown = not known yet
indicators-files = The same figures as files, made at the moment at which you ask for them:
indicators-more = Who re-uses the figures is shown under <a href="{ $to_reuses }">re-uses</a>; how the figures themselves are made is said in the <a href="{ $to_methodology }">methodology</a>.
indicators-downloads = How downloads are counted
indicators-downloads-how = When this service sends a whole file of figures, or a whole register, it adds one to a number: that of the day, of the dataset, of the format, and of the site or organisation that the file is about. Nothing else is noted.
indicators-downloads-nobody = Nobody is followed for it: no address, no browser and no account is looked at. So programs that fetch files, search engines among them, are counted too, and who takes a file twice is counted twice.
indicators-downloads-missed = Not counted: a file that your browser has already, a part of a file, a copy that something between you and this service kept, a page, the catalogue, an answer of the API.
indicators-downloads-rounded = What is published is rounded to the nearest ten; from one to nine it says “fewer than ten”. Days and months are those of Coordinated Universal Time; a day is added when it has ended.
indicators-downloads-files = Downloads by month, dataset and format:

## The re-uses

reuses-title = Re-uses
reuses-lead = What others make of the published figures: applications, articles, charts, studies. Their authors declare them; we look at each before it is listed.
reuses-declare = Declare a re-use
reuses-count = { $count ->
    [0] No re-use is published yet
    [one] One published re-use
   *[other] { $count } published re-uses
}
reuses-filter = Dataset used
reuses-filter-all = All datasets
reuses-filter-show = Show
reuses-chosen = { $count ->
    [0] No re-use uses this: { $named }.
    [one] One re-use uses this: { $named }.
   *[other] { $count } re-uses use this: { $named }.
}
reuses-place = Page { $page } of { $pages }
reuses-chosen-undo = Show all re-uses
reuses-everything = all sites
reuses-folder = Every dataset – { $named }
reuses-none = Nothing is listed here yet. If you made something with these figures, declare it: it helps others to find it.
reuses-files = The list as a file
reuses-files-note = Every published re-use, in the terms of data.gouv.fr:
reuses-counted = How many there are, and how often files are downloaded, is among the <a href="{ $to_indicators }">indicators</a>.

reuse-title = Title
reuse-title-hint = The name of what you made. At most 200 characters.
reuse-url = Address
reuse-url-hint = Where everybody can see it, beginning with https:// or http://.
reuse-kind = Type
reuse-kind-hint = What comes closest.
reuse-kind-choose = Choose a type
reuse-datasets = Datasets used
reuse-datasets-hint = One a line, at most 20: the address of a file that you used, or the name of its dataset, such as /data/all/pages. A whole folder is fine, too: /data/all. You find both in the <a href="/data/">list of the files</a>.
reuse-description = Description (optional)
reuse-description-hint = What it does and for whom. At most 2,000 characters.
reuse-website = Leave this field empty
reuse-declared = Declared
reuse-form-title = Declare a re-use
reuse-form-fault-title = Please correct:
reuse-form-faults = { $count ->
    [one] One thing to correct
   *[other] { $count } things to correct
}
reuse-form-lead = You made something with the published figures? Tell us, and others will find it here.
reuse-form-nobody = We ask for nothing about you, and keep nothing about you: no name, no e-mail, no address of your computer. What you write here is published as it stands, under the licence of the figures.
reuse-form-send = Send for review
reuse-form-after = Somebody looks at each declaration before it is listed. Since we do not know who you are, we cannot answer: look at the list in a few days.
reuse-fault-title-missing = Give it a title.
reuse-fault-title-long = Shorten the title to at most { $most } characters.
reuse-fault-title-signs = Write the title in plain text, on one line: it has a sign that cannot be shown.
reuse-fault-url-missing = Give the address where it can be seen.
reuse-fault-url-long = Give a shorter address: at most { $most } bytes.
reuse-fault-url-wrong = Write the whole address, such as https://www.example.org/my-chart, without a password in it.
reuse-fault-kind-missing = Choose a type.
reuse-fault-datasets-missing = Name at least one dataset that you used.
reuse-fault-datasets-many = Name at most { $most } datasets, or the folder that they are in.
reuse-fault-datasets-unknown = Copy the address of a file from the list of the files: nothing is published here under the name “{ $named }”.
reuse-fault-description-long = Shorten the description to at most { $most } characters.
reuse-fault-description-signs = Write the description in plain text: it has a sign that cannot be shown.
reuse-known-pending = This address was declared already, and waits to be looked at. There is nothing more to do.
reuse-known-published = This address was declared already, and is in the list. There is nothing more to do.
reuse-known-refused = This address was declared already, looked at, and not published. Declare it under another address only if it is something else.
reuse-trouble-many = You sent several declarations within a minute. Wait a minute, then send this one again: what you typed is still here.
reuse-trouble-full = Too many declarations are waiting to be looked at, so that no more can be taken. Try again in a few days: nothing was kept of this one.
reuse-waiting-title = Thank you: your declaration waits
reuse-waiting-lead = It is stored, and nobody sees it yet. Somebody of this service looks at it first.
reuse-waiting-then = If it is published, it stands in the <a href="{ $to_reuses }">list of re-uses</a> and in its files. That takes a few days. We do not know who you are, so nobody will write to you.
reuse-waiting-back = Back to the re-uses

admin-reuses = Re-uses to look at
admin-reuses-title = Declared re-uses
admin-reuses-lead = Open each address before you decide. Who declared it is not known.
admin-reuses-waiting = { $count ->
    [0] Nothing waits
    [one] One re-use waits
   *[other] { $count } re-uses wait
}
admin-reuses-none = Nothing has to be decided.
admin-reuses-left = { $count ->
    [one] One more waits. It is shown when some of these are decided.
   *[other] { $count } more wait. They are shown when some of these are decided.
}
admin-reuses-refused = { $count ->
    [0] Nothing was refused
    [one] One refused re-use
   *[other] { $count } refused re-uses
}
admin-reuses-published-on = Published on { $day }.
admin-reuses-refused-on = Refused on { $day }. Reason: { $reason }
admin-reuses-publish = Publish
admin-reuses-refuse = Refuse
admin-reuses-reason = Reason to refuse it
admin-reuses-reason-hint = Only administrators read this.
admin-reuses-fault = Write a reason of one to { $most } characters, on one line.
admin-reuses-done-published = The re-use is published.
admin-reuses-done-refused = The re-use is refused.
admin-reuses-back = Back to the administration

## Methodology

methodology-lead = What the figures mean, how they are made, and what they do not say. Pages, files and API are made by the same rules.
methodology-running = This page is written from the configuration that is running now ({ $program }): its numbers are those that the program counts by.
methodology-contents = On this page
methodology-part-words = Words, one meaning each
methodology-part-visitors = What a visitor is not
methodology-part-visits = Visits
methodology-part-breakdowns = What is counted
methodology-part-pages = Pages
methodology-part-rule = What is withheld and rounded
methodology-part-sites = What sites decide
methodology-part-not-counted = What is not counted
methodology-part-methods = Methods and versions
methodology-part-breaks = Breaks in series
methodology-part-coverage = Coverage and gaps
methodology-part-retention = How long it is kept
methodology-part-limits = Limits
methodology-part-codes = Codes in the files
methodology-day = Local day
methodology-day-means = The calendar day in the site’s own time zone (Europe/Paris unless the site says otherwise; days of 23 and 25 hours exist). Weeks are those of ISO 8601: they begin on Monday.
methodology-provisional = Provisional
methodology-provisional-means = Figures of a period that is not yet over or closed. They still grow.
methodology-final = Final
methodology-final-means = Figures of a closed period. Their files keep their bytes; a correction is a new revision with its reason.
methodology-break = Break
methodology-break-means = A moment after which figures do not compare with those before, such as another privacy profile or days counted from a log. Breaks <a href="#breaks">are registered</a> by themselves, and every answer names those of its period.
methodology-visitors-sum = <strong>Visitors across several days are a sum of days.</strong> Somebody who comes on three days counts three times, because nothing tells that it was the same person.
methodology-visitors-midnight = <strong>Keys change at midnight.</strong> Who reads on across the midnight of the site’s time zone is a visitor of both days.
methodology-visitors-shared = Several people behind one address with the same browser are one visitor; one person with two devices is two.
methodology-visitors-pages = The visitors of pages or hours do not add up to those of the day: one visitor reads several pages.
methodology-visitors-sites = There is no visitor across sites. Figures of several sites are sums, not deduplicated, and say so.
methodology-visits-gap = A visitor’s views without a pause of { $minutes } minutes or more are one visit. It ends with the local day.
methodology-visits-views = Only page views begin and lengthen a visit. Events and reading time belong to the visitor’s latest visit of the day, however late they come.
methodology-visits-source = The source of a visit is that of its first view: the site that led there, under the name of a known source where there is one (<code>:direct</code> where there is none). Pages of the site itself are no source.
methodology-visits-hours = A visit counts in the hour in which it begins, so that the hours add up to the day. Visitors do not: who reads from 9:50 to 10:10 is a visitor of both hours, and one of the day.
methodology-visits-interactive = Every event other than a page view ends a bounce. The field <code>i</code> (<code>interactive</code>) of other tools’ messages, by which a sender can say otherwise, is not read.
methodology-visits-private = What led here from a private network (<code>localhost</code>, <code>192.168.1.4</code>, <code>intranet-wiki</code>, names in <code>.local</code> or <code>.internal</code>), or from a machine known by its address alone (<code>203.0.113.9</code>, the name that a provider gives to a customer’s address), is the one source <code>:private</code>: it may be somebody’s own machine. The same holds for followed links. A name that no host can have (<code>*.example</code>) is no source.
methodology-visits-deeds = Who did something without having viewed a page that day is a visitor of what was done, and has no visit.
methodology-breakdowns-lead = Each view is counted for the whole site and for each of these breakdowns.
methodology-breakdowns-caption = Breakdowns, who may read them, and how many values a day keeps
methodology-breakdowns-name = Name
methodology-breakdowns-means = Meaning
methodology-breakdowns-who = Published
methodology-breakdowns-most = Values a day
methodology-exposure-public = yes
methodology-exposure-staff = no, administrators alone
methodology-exposure-above = above the threshold alone, even for administrators
methodology-exposure-crossed = together with pages alone
methodology-exposure-beside = beside its page
methodology-breakdowns-overflow = A site with more different values in one day keeps that many; what comes after is counted together on the line <code>:overflow</code>. So that invented values crowd out no real ones, half of the places are free; a further value needs to have been published in the two months before, or to come from two networks of readers, then three, then five as the list fills. Nothing is lost from the totals. Beside a page stands the title that came from most networks, if they are as many as the site’s threshold.
methodology-breakdowns-notes = Words searched for are never shown below the threshold, not even to administrators. Countries are found with an offline table: <a href="https://db-ip.com">IP Geolocation by DB-IP</a>, unless the operator brings another one.
methodology-breakdowns-devices = The class of device is read from the user agent: computer, phone, tablet, television or game console. Android without the word “Mobile” is a tablet, unless it says that it is a television. An iPad in its usual setting says that it is a Mac: many iPads count as computers.
methodology-pages-path = Of a page’s address its path is kept. The query is dropped, except the parameters that the site declares.
methodology-pages-equal = Two ways of writing one path are one page: <code>/d%c3%a9marches</code> and <code>/démarches</code>, <code>/a/./b</code> and <code>/a/b</code>, an accent by itself or joined to its letter. Capitals and small letters stay apart.
methodology-pages-slash = A slash at the end or <code>index.html</code> makes another page: <code>/contact</code>, <code>/contact/</code> and <code>/contact/index.html</code> are three lines, because nothing says that a server answers all three alike. A site that redirects to one address has one line.
methodology-pages-readable = Paths and host names are given in plain letters. A code such as <code>%2F</code> is left only where the sign would mean something else or would not be seen. Bytes that are not UTF-8 are read as Windows-1252 where they form words; otherwise they are left out, or replaced by <code>:redacted</code> in a path. Invisible signs are removed.
methodology-pages-redacted = What could name a person in a path (an e-mail address, a long number, an identifier) is replaced by <code>:redacted</code>. A page whose own address has this word is shown as <code>%3Aredacted</code>.
methodology-pages-missing = A page not found is an event and not a page view.
methodology-pages-unknown = Without script a picture counts. A browser that tells it the origin of the page alone, which is also the address of the first page, is counted under <code>:unknown</code>; the <code>quality</code> of a day says which share that is (<code>page_unknown</code>).
methodology-rule-lead = The rule in force is <code>{ $rule }</code>. It is applied to everything that leaves the service for the public:
methodology-rule-small = a line is published only if its readers came from about { $visitors } networks or more, never from fewer than { $half }; a secret draw blurs the edge. A line of a month also needs { $quarter } networks on one of its days, and two breakdowns together { $half }: a sum of days is no number of people. All others are withheld (<code>conf_status=A</code>);
methodology-rule-names = what so few networks read is not even named: all such lines share one without figures (<code>:withheld</code> in the files). What is known beforehand tells nothing by being withheld: hours, days, classes of devices and screens, kinds of sources, sections, hosts and features. There, nobody and few look alike, and <code>:withheld</code> stands unless every value is published;
methodology-rule-rounded = every figure goes to one of the two multiples of { $to } beside it, with the odds of its distance, by a secret number that is always the same for the same line; on average nothing is added or lost, and a figure that is not zero never shows zero;
methodology-rule-secondary = every small sum that readers can write down (a site and its breakdowns, a line and its crossings, a month and its days) is followed before anything leaves. Where it would tell too much, a figure takes its other rounding, or a small line is withheld (<code>conf_status=D</code>). What is part of a line that is withheld is withheld with it;
methodology-rule-before = what is published stays as it is. A revision keeps the figure of every line whose count it still fits; a value that should not have been published is taken out with its reason, and earlier files with it;
methodology-rule-magnitudes = one reader adds at most { $most } views and { $most } events a day to what is published. Reading time is published as a mean alone, over { $visits } visits or more;
methodology-rule-ratios = ratios are made of published figures, and shown from { $visits } visits on;
methodology-rule-cells = what is published are whole days, months and years, decided once when they have ended. Every other answer is a sum of those, and says how much of it is withheld; two breakdowns together are published by whole months and years;
methodology-rule-crossed = two breakdowns together that have more than { $lines } lines in a year are not published by year: what is asked of them is a sum of months;
methodology-rule-today = figures of today change once in { $minutes } minutes, and end as those of the day. Breakdowns of today list what was published before; until then the totals come alone;
methodology-rule-gap = a day or an hour that nobody measured is <code>L</code>, never 0: without collector, before the site was added, between two imports. Sums are those of the days that were measured, and every answer says how many there were. Hours without a view look like those of few visitors as long as one hour of the day is withheld.
methodology-rule-range = A site may set its own threshold, from { $least } to { $most } networks. Days counted before networks were known have their visitors in the place of networks.
methodology-rule-against = This holds against everybody who reads all that is published, against one reader who comes every day from changing networks, and, up to a stated probability, against a sender of forged views: from four networks he learns next to nothing, from nine often whether somebody was there. It does not hold against somebody who commands hundreds of networks, nor against the operator. The figures and the programs that attack are in <a href="{ $to_anonymity }">the analysis of anonymity</a>.
methodology-rule-staff = Signed-in administrators of the service see exact figures.
methodology-profile-exempt = Each site has a privacy profile. Under <code>exempt</code>, the default, it keeps to the French exemption from consent (see <a href="{ $to_privacy }#assessment">our self-assessment</a>): no campaigns, no kind of source beyond the referring host, no properties, and an event is the use of a feature that the site declared beforehand (any other is counted as <code>feature</code>).
methodology-profile-extended = Under <code>extended</code>, for sites that rely on another legal ground, these are counted too. A change of profile is a break.
methodology-signals = A browser’s Global Privacy Control and Do Not Track are honoured by default: the view is not counted, and that there was one is. A site may instead count it without a visitor, or ignore the signal.
methodology-sites-default = The default rules are: profile “exempt”, signals honoured, a threshold of { $visitors } visitors, { $licence }, nothing declared. Sites counted here: { $count }; with exactly these rules: { $alike }.
methodology-sites-caption = Sites whose rules differ from the default
methodology-sites-site = Site
methodology-sites-profile = Profile
methodology-sites-threshold = Threshold
methodology-sites-licence = Licence
methodology-sites-declared = Declared
methodology-declared-sections = sections: { $list }
methodology-declared-features = features: { $list }
methodology-declared-searches = search parameters: { $list }
methodology-declared-downloads = downloads: { $list }
methodology-declared-query = parameters kept in paths: { $list }
methodology-sites-register = The register of sites says all of this for programs: <a href="/data/sites.csv">sites.csv</a>.
methodology-not-counted-lead = Every request that is not counted has one of these reasons, and each is counted by day: under its site as far as the request says which, else without one, in the dataset <code>quality</code>. A part of a message that cannot be used is left out and costs nothing else. Nothing else of a request that is not counted is kept, but the host of a site that is not counted here, for staff.
methodology-not-counted-caption = Reasons for not counting a request
methodology-not-counted-reason = Code
methodology-not-counted-means = Reason
methodology-not-counted-answer = What becomes of it
methodology-answer-on-purpose = accepted, and not counted on purpose
methodology-answer-refused = refused: the sender is at fault
methodology-answer-later = refused for now: it may be sent again
methodology-not-counted-truth = So the figures are a little below the truth where people refuse, block scripts and pictures, or lose their connection; and a robot that poses well as a browser is counted.
methodology-methods-version = version { $version }
methodology-methods-counts = <strong>What it counts.</strong> { $what }.
methodology-methods-misses = <strong>What it misses.</strong> { $what }.
methodology-methods-cannot = <strong>What it cannot give.</strong> { $what }: these are not collected, and never 0. A sum is that of the days that measure it; an average is given only where all days of the line do.
methodology-methods-events = The events of a log are downloads and pages not found alone; a visit of one page without either is a bounce there.
methodology-methods-log = A site without the tag can be counted from the access log of its web server, through the same privacy rules; the column <code>method</code> says how each line was counted. A line of a month or a year has the methods of the days on which it is published itself, or, if it is on none, of the days whose withheld figures may hold it; a method that cannot give a breakdown is never among them. Of a log, partial downloads are not counted. Lines that several logs have are counted once; a day of which a damaged log lacks lines is left out, and one in the middle of which the logs begin or end is counted as it is. A log in the common format names neither browser nor origin: its days have the method <code>access_log_common</code>, and browsers, systems, devices and sources are not collected on them.
methodology-methods-files = What a file is follows from its extension, by the same list for the tag and for logs: a download (such as <code>pdf</code>, <code>csv</code> or <code>zip</code>, and what the site declares), a part of a page, another file, or else a page. <code>json</code> and <code>xml</code> are no downloads unless the site declares them, since programs ask for nearly all of them. One difference remains: a link that its page marks as a download is one for the tag, and a log cannot see the mark.
methodology-versions-caption = What counting depends on, as it is running now
methodology-versions-what = Part
methodology-versions-version = Version
methodology-version-program = Program
methodology-version-rule = Rule of disclosure control
methodology-version-tracker = Tracker (the script of the tag)
methodology-version-crawler-user-agents = List of robots “crawler-user-agents”
methodology-version-isbot = List of robots “isbot”
methodology-version-uap-core = Table of browsers and systems “uap-core”
methodology-version-countries = Table of countries
methodology-version-referrers = Table of known sources
methodology-version-counting = Definition of what is counted
methodology-version-forwarded_header = Header that names a visitor’s address behind a proxy
methodology-version-requests_per_second = Requests a second from one address
methodology-version-excluded_networks = Excluded networks
methodology-version-trusted_proxies = Trusted proxies
methodology-versions-note = Tables have the head of their SHA-256 as version; of networks only their number is told. When one of these changes, a break of every site is registered.
methodology-comparison = A change is always between as many days of the same weekdays: those before, a whole number of weeks back (one for 7 days, four for 28 days or February, five for a longer month), or those 52 weeks before, which is also the rule for periods of more than half a year. Each day is paired with one of the other period: if one of the two has not ended, was not measured or is withheld, both are left out; so is a day of a whole year whose counterpart lies in that year itself. The days that are really compared are named. Of several sites, only the days count that the same site has on both sides. A figure that the method of one of the periods does not give has no change. What rounding alone can make is not called a change (up to 9 for each published figure that is part of the two, and of many no more than four standard deviations), and a figure below { $small } has no percentage.
methodology-breaks-lead = A break is a moment after which figures do not compare with those before. Charts do not join across it, and comparisons say it. These are the kinds:
methodology-breaks-none = No break is registered so far.
methodology-breaks-caption = The latest breaks of all sites, the newest first ({ $shown } of { $all })
methodology-breaks-began = Began
methodology-breaks-what = What happened
methodology-breaks-kind = Kind
methodology-breaks-register = The whole register: <a href="/data/breaks.csv">breaks.csv</a>.
methodology-coverage-how = How much of a site the tag reaches is measured when the operator asks for it: the share of the pages of the site’s own map (sitemap) that were seen at least once, and the page views by the tag for a hundred in the server’s logs. Both are in the <a href="/data/sites.csv">register of sites</a>.
methodology-coverage-compared = Sites whose coverage differs by more than { $points } points, or whose methods or rules differ, are compared only with a warning.
methodology-gaps = Before the first measured day there is no line: nothing was measured. From then on, 0 means that the collector ran and recorded no view; it does not tell whether nobody came or the tag was missing. Time without collector is a gap: <code>L</code>, never 0, and the minutes are in the dataset <code>quality</code>.
methodology-retention-keys = Visitor keys are kept until the local day closes. Breakdowns, hours and titles are kept for { $months } months; after that the daily figures of whole sites stay, and what was published.
methodology-retention-breakdowns = A breakdown is published for a period only while the details of all its days are kept; otherwise it has the one line <code>:not_collected</code>, with the status <code>L</code>: a part is never shown as the whole.
methodology-limits-lead = Everything that a sender may send and a reader may ask for has a limit with a name. What is beyond it is refused or cut, and counted.
methodology-limits-caption = Limits in force
methodology-limits-what = What
methodology-limits-most = At most
methodology-limit-url = Bytes of a page’s host and path; its query and fragment are cut first
methodology-limit-body = Bytes of a message
methodology-limit-body-seconds = Seconds in which a message or a form has to arrive
methodology-limit-bodies = Messages and forms of one address that are waited for at once
methodology-limit-downloads = Files that one address downloads at once
methodology-limit-questions = Questions of one address that are being answered or wait at once; others are asked to come back
methodology-limit-waiting = Seconds that a question waits for its turn
methodology-limit-connections = Connections of one address, where it is no trusted proxy’s
methodology-limit-senders = Senders of sites that are not counted that are known by name on one day; staff see them for 31 days
methodology-limit-query = Bytes of a query in which declared parameters are looked for
methodology-limit-name = Bytes of an event’s name
methodology-limit-properties = Properties of an event (extended profile); those beyond are left out
methodology-limit-reading = Seconds of reading time in one message
methodology-limit-pages = Pages of one site and day that have a line of their own
methodology-limit-sections = Declared sections of a site
methodology-limit-features = Declared features of a site
methodology-limit-lines = Lines of one page of results of the API
methodology-codes-lead = The codes are those of the SDMX code lists <code>CL_OBS_STATUS</code> and <code>CL_CONF_STATUS</code>.
methodology-codes-caption = Codes of the files, in words
methodology-codes-column = Column
methodology-codes-code = Code
methodology-codes-means = Meaning

## Privacy

privacy-lead = Visits are counted here without following visitors. Counting sets no cookie, and there is no identifier that outlives its day.
privacy-opt-out = Refuse to be counted
privacy-contents = On this page
privacy-opt-out-signal = If your browser sends Global Privacy Control or Do Not Track, you are not counted and need nothing else, except where a site has decided otherwise: the <a href="#signals">signals</a> tell which.
privacy-opted-out = Your refusal is stored on this host: you are not counted.
privacy-opt-in-button = Count my visits again
privacy-opted-in = No refusal is stored on this host.
privacy-opt-out-button = Do not count my visits
privacy-stored = What is stored in your browser
privacy-stored-lead = Nothing, unless you choose it. There are two choices:
privacy-stored-refusal = <strong>A refusal</strong>: the button above sets one cookie on this host. It lasts { $days } days (13 months), is the same for everybody, and only says “do not count me”. Counting your visits again removes it.
privacy-stored-theme = <strong>Light or dark</strong>: if you choose how these pages look, your browser keeps that one word (<code>parvis-theme</code>) and does not send it.
privacy-stored-staff = Administrators who sign in receive a cookie for their session and another, for { $days } days, by which their browser is known at the next sign-in. Readers do not.
privacy-opt-out-host = The cookie holds for pages on this very host. For any other site, use the choice on that site’s own privacy page.
privacy-choice-here = The same choice, as other sites show it
privacy-choice-here-what = The form above works without script. The box below is the one that counted sites put on their own privacy pages. Here it is about pages of this very host, such as those of the demo. Either of the two is enough to refuse; each is undone where it was made. What the box says of storage is said of those sites.
privacy-choice-here-no-script = Your browser does not run scripts here, so the form above is the one to use.
privacy-request = What happens to a visit
privacy-request-in = <strong>What comes in.</strong> When you read a page of a counted site, your browser tells this service: your internet address, your user agent (the name of your browser), the address of the page, and that of the page you came from. They are held in memory for the length of the request. They are written nowhere.
privacy-request-key = <strong>What becomes of them.</strong> From the site, your address and your user agent the service computes a visitor key: a keyed hash, shortened to eight bytes. What it is keyed with, the salt, is a random number that is made for the local day and destroyed when that day ends. So a key says nothing on another site or another day, and nobody can compute the key of a known address once the day is over. In the same way the network of your address, not the address itself, is put into one of 256 buckets, under a key of one site and one calendar month: so the service counts from how many networks a page was read, and not from which.
privacy-request-kept = <strong>What is kept beside the key.</strong> The path of the page, with what could name a person replaced by <code>:redacted</code>; the host you came from; the country; the family and major version of browser and system; the class of device; for an event, its name and the link, as host and scrubbed path. Nothing finer.
privacy-request-out = <strong>What goes out.</strong> Counts. Lines whose readers come from fewer than about { $visitors } networks are withheld, others are rounded to a multiple of { $to } beside; a site may set another threshold, which the <a href="{ $to_methodology }#sites">methodology</a> tells. Against whom this protects, and how well, is in <a href="{ $to_anonymity }">the analysis of anonymity</a>.
privacy-how-long = How long
privacy-how-long-caption = What is kept, and until when
privacy-how-long-what = What
privacy-how-long-until = Until
privacy-kept-request = Internet address, user agent, full addresses of pages
privacy-until-request = the request is answered; never on disk
privacy-kept-keys = Visitor keys, with what is kept beside them
privacy-until-keys = the end of the local day, when they are deleted together with the salt
privacy-kept-networks = Of each line, the buckets of its readers’ networks: one byte each, which thousands of networks share
privacy-until-networks = three days after the end of the calendar month at the latest, when they are deleted together with their key; their number stays as long as the detailed counts
privacy-kept-details = Detailed counts: by page, country, hour…
privacy-until-details = { $months } months have passed
privacy-kept-totals = Daily totals of whole sites, and what was published
privacy-until-totals = no limit; they are about nobody
privacy-no-other-service = The service calls no other service. The country is found in a table that it carries with it: <a href="https://db-ip.com">IP Geolocation by DB-IP</a>, unless the operator brings another one.
privacy-signals = Signals of your browser
privacy-signals-what = Some browsers say by themselves that their reader does not want to be followed: <a href="https://globalprivacycontrol.org/">Global Privacy Control</a> and Do Not Track. Of a visit that is refused so, a counter of the day alone is kept: how many there were.
privacy-signals-all = Every site that is counted here honours both: such a visit is not counted. (Sites: { $count }.)
privacy-signals-most = Such a visit is not counted on { $alike } of the { $count } sites. The others decided otherwise:
privacy-signals-caption = Sites on which a signal does something else
privacy-signals-site = Site
privacy-signals-program = For programs: <a href="/.well-known/gpc.json">gpc.json</a> says whether the signal is heeded on every site.
privacy-assessment = Self-assessment
privacy-assessment-what = In France, measuring an audience needs no consent if it meets <a href="{ $source }" hreflang="fr">conditions of the CNIL</a>, the data protection authority. This service checks itself against them, each time this page is read: it sends a made-up visit, full of what must not be kept, through the same doors as every other one, under the rules of every site, and looks at what is left. The rest is derived from the settings and constants that it runs by.
privacy-assessment-outcome = { $claim }: of { $all } criteria { $met } are met by what is running here, { $not_met } are not, and { $operator } depend on the operator and on the sites.
privacy-assessment-file = The same for programs: <a href="/privacy/assessment.json">assessment.json</a>.
privacy-assessment-failed = Sites with the profile “extended” rely on another legal ground than the exemption. Not met here:
privacy-assessment-sites = Not met on: { $list }
privacy-assessment-remains = <strong>What remains to be done:</strong> { $what }
privacy-state-met = met
privacy-state-not_met = not met
privacy-state-operator = for the operator
privacy-webmasters = For webmasters
privacy-webmasters-what = Put the same two lines on your own site’s privacy page. They show your readers whether they are counted on your site, with a button to refuse. It stores one marker in the browser, on your site’s host, that only says “do not count me”.

## Accessibility

nav-accessibility = Accessibility: non-compliant
accessibility-title = Accessibility statement
accessibility-lead = { $publisher } undertakes to make this service accessible, in accordance with article 47 of the French law no. 2005-102 of 11 February 2005.
accessibility-about = This statement is about the pages of <a href="{ $address }">{ $address }</a>.
accessibility-state = State of conformity
accessibility-not-audited = This service <strong>is not in conformity</strong> with the French general framework for the improvement of accessibility (RGAA), version 4.1.2: <strong>it has not been audited yet.</strong>
accessibility-meant = It is made to meet the RGAA and the level AA of WCAG 2.2, and tested by machine for what a machine can find. That does not replace an audit.
accessibility-tested = What was tested
accessibility-tested-lead = Each version of the program is tried before it is released ({ $program }). In Chromium:
accessibility-tested-axe = axe-core finds nothing by its rules for RGAA 4, WCAG 2.0, 2.1 and 2.2 at the levels A and AA, EN 301 549 and good practice, in the light and the dark look, with high contrast, in the colours of the system, and on paper;
accessibility-tested-html = html-validate finds no error in the HTML;
accessibility-tested-width = no page scrolls sideways in a window of 320 CSS pixels; only wide tables do, within their own frame;
accessibility-tested-script = the public pages are whole without script;
accessibility-tested-keyboard = with the keyboard alone each link, button and field is reached in the order of the page, with a visible focus; nothing holds the focus fast, and the first link skips to the content.
accessibility-tested-limit = Such tests find a part of the faults only: whether texts, alternatives and headings make sense is for people to judge.
accessibility-tested-pages = Pages that are tried, beside those of each site, of the administrators and of the demonstration:
accessibility-not-accessible = What is not accessible, or may not be
accessibility-not-accessible-lead = What we know of:
accessibility-fault-untried = No page has been tried with a screen reader (NVDA, JAWS, VoiceOver) or by people with disabilities yet.
accessibility-fault-tables = The wide tables of the methodology have to be scrolled sideways on a small screen, within their own frame.
accessibility-fault-english = The details of some refusals, and all that the API answers, are in English alone; pages mark it as English.
accessibility-fault-codes = Codes in tables, such as <code>:withheld</code> or <code>robot_headless</code>, are English words; their meaning stands beside them or in the <a href="{ $to_methodology }#codes">methodology</a>.
accessibility-fault-live = On the administrators’ live page figures change while they are read; only the state of the connection is announced.
accessibility-fault-files = The files of open data (CSV, JSON, Parquet) are made for programs. The main figures of each site are on its page too, as tables.
accessibility-theme = Where the operator has given the pages colours of its own, their contrast is the operator’s to check.
accessibility-made = How this statement was made
accessibility-made-when = This statement was made on { $day } by the makers of the program, for the version { $program }, by a self-assessment.
accessibility-made-with = Technologies of the pages: HTML, CSS, SVG; JavaScript for extras alone.
accessibility-contact = Feedback and contact
accessibility-contact-lead = If you cannot reach something or use it, write to who runs the service, to be shown an accessible alternative or to get the content in another form.
accessibility-contact-none = { $publisher } has not told this service an address yet: use the contact on the site of the publisher.
accessibility-contact-email = E-mail of the operator ({ $publisher }):
accessibility-contact-site = The publisher’s own website:
accessibility-enforcement = Enforcement
accessibility-enforcement-lead = If you told who runs the site of a fault of accessibility that keeps you from a content or a service, and got no satisfying answer, you can in France:
accessibility-enforcement-message = <a href="https://formulaire.defenseurdesdroits.fr/" hreflang="fr">write to the Défenseur des droits</a> (the Defender of Rights);
accessibility-enforcement-delegate = <a href="https://www.defenseurdesdroits.fr/saisir/delegues" hreflang="fr">contact the delegate of the Défenseur des droits in your region</a>;
accessibility-enforcement-letter = send a letter by post (free of charge, no stamp): Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.

## Open API

api-lead = The figures of the pages and files, for programs. No key, open to every origin, under the Licence Ouverte 2.0 unless a site says otherwise.
api-machine = The machine-readable description is <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Add <code>.csv</code> to an address, or send <code>Accept: text/csv</code>, for CSV.
api-addresses = Addresses
api-addresses-lead = Names in addresses and answers are English in every language. What can be asked of a site can be asked of an organisation too, at <code>/api/v1/organisations/&#123;slug&#125;/…</code>
api-try = Try it:
api-parameters = Parameters
api-example = Example:
api-metrics = Metrics
api-dimensions = Dimensions
api-crossed = Kept together with: { $list }
api-refused = What is refused
api-refused-what = What cannot be answered exactly is refused with the reason, and never approximated: visitors of two pages cannot be added, because who read both would be counted twice. A breakdown and its filters name at most two dimensions. Two dimensions together are counted when a day closes, so such a question ends yesterday. A refusal is a problem of RFC 9457 whose <code>detail</code> says what to ask instead.

## Administration

admin-signed-in = Signed in as <strong>{ $login }</strong>
admin-sign-out = Sign out
admin-live = Today as it happens
admin-arrivals-proxy = { $hits } of the last { $requests } requests of a day seem to come from a proxy, from this machine or from one private address, so that all readers count as one visitor. Let the proxy send <code>X-Forwarded-For</code>, or name the header that it sends in the setting <code>forwarded_header</code>, and its network in <code>trusted_proxies</code>.
admin-arrivals-unreadable = { $hits } of the last { $requests } requests of a day have a forwarding header that names no address, so that all readers count as one visitor. Let the proxy write the reader’s address alone.
admin-dropped = What was not counted
admin-dropped-lead = Every request that was not counted, by reason. Some are right as they are; others are views that a wrong setting loses.
admin-dropped-sites = Sites, the last { $days } days
admin-dropped-sites-caption = Requests that were not counted, by site and reason
admin-dropped-nothing = Nothing was lost.
admin-dropped-site = Site
admin-dropped-hits = Requests
admin-dropped-do = What to do
admin-dropped-senders = Senders we do not know, the last { $days } days
admin-dropped-senders-lead = Requests of sites that are not counted here. Only the host that they name is kept, nothing of the reader.
admin-dropped-senders-caption = Requests of unknown senders, by host and reason
admin-dropped-host = Host
admin-dropped-last = Last on
admin-dropped-none = names no host
admin-dropped-other = all others
admin-dropped-do-nothing = Nothing: this is meant.
admin-dropped-do-site = If the site is yours, add it: <code>parvis site add</code>. Else correct <code>data-site</code> on its tag.
admin-dropped-do-several = Name one site alone on the tag, with no comma, space or other sign after it. Organisations add up several.
admin-dropped-do-alias = If the host is yours, add it: <code>parvis site set --alias</code>. Name all aliases, since the list is replaced.
admin-dropped-do-sandbox = Give the frame <code>allow-same-origin</code>, or put the tag on the page around it.
admin-dropped-do-requests = If many readers share one address, raise <code>requests_per_second</code>; behind a proxy, see whether it names the reader’s address.
admin-dropped-do-sender = Correct what sends: the answer to the request says what is wrong.
admin-dropped-do-log = The log of the service has the reason.
admin-sites = Sites and their tags
admin-no-site = No site is counted here yet: <code>parvis site add www.example.fr</code>
admin-copy = Copy the tag into every page of the site, before <code>&lt;/head&gt;</code> or <code>&lt;/body&gt;</code>. On the page that says “not found”, add the attribute <code>data-missing</code> to the script.
admin-address = The tags lead to { $address }, where the service listens. If readers are to reach it at another address, write that into the setting <code>public_url</code> before you copy a tag.
admin-zone = Time zone of its days
admin-profile = Privacy profile
admin-aliases = Also counted under
admin-no-alias = no other name
admin-tag = Tag of { $host }
admin-help = Help with the tag of { $host }
admin-help-attributes = What the tag can say
admin-help-site = <code>data-site="www.example.fr"</code>: counts for this site instead of the page’s own host.
admin-help-params = <code>data-params="page,lang"</code>: parameters that may stay in the address. The site must keep them too: <code>parvis site set HOST --query-keep page,lang</code>.
admin-help-hash = <code>data-hash</code>: the site routes by <code>#/…</code>.
admin-help-downloads = <code>data-downloads="sav,json"</code>: more extensions that are downloads.
admin-help-missing = <code>data-missing</code>: this is the page for addresses that do not exist.
admin-help-feature = <code>data-parvis="name"</code> on any element, or <code>parvis('name')</code> in a script: the use of a feature.
admin-help-picture = The picture, for pages without script
admin-help-picture-what = By default a browser tells another host only the origin of a page, whatever the page. Some browsers do so in spite of the attribute <code>referrerpolicy</code>: the view is then counted, and its page is <code>:unknown</code>. So let your templates write the path of each page, as it stands in an address, behind <code>u=</code>.
admin-help-picture-copy = Picture that names its page
admin-help-policy = Content-Security-Policy
admin-help-policy-what = If the site sends such a policy, add these sources to the directives of the same name.
admin-help-policy-copy = Sources to add
admin-help-limits = Where the tag does not count
admin-help-module = The tag may be a module (<code>type="module"</code>). Loaded with <code>import()</code>, as code that is evaluated or from inside a shadow root, the script does not find its tag: it counts nothing and writes “parvis: no tag” in the console. A module keeps the name <code>t.js</code>, or the pinned one.
admin-help-shadow = Clicks in open shadow roots, in SVG and in maps of images are seen; those in closed shadow roots are not.
admin-help-sandbox = In a sandboxed page (<code>sandbox</code> without <code>allow-same-origin</code>) the browser does not say to which site it belongs: its messages are refused as <code>sandboxed_page</code>. A picture with <code>u=</code> counts there.
admin-help-old = Browsers before Chrome 66, Firefox 58 and Safari 11.1 do not run the script.
admin-pinned = Pinned tag of { $host }
admin-pinned-what = The browser runs this tag only if the script is byte for byte the one named here. When Parvis is upgraded, copy the new one: the old address then answers “not found”, and nothing is counted until the pages carry the new tag.
admin-pinned-copy = Pinned tag to copy
admin-link-live = { $host } as it happens
admin-link-exact = Exact figures of { $host }, as the API answers them
admin-link-dropped = What was not counted on { $host }, by reason
admin-link-public = Public figures of { $host }
live-title = { $host } as it happens
live-back = Sites and their tags
live-sites = Sites
live-connecting = Connecting…
live-connected = Live
live-lost = Reconnecting…
live-still = As of the moment when this page was loaded; load it again for newer figures.
live-views-minutes = Page views, last { $minutes } minutes
live-visitors-minutes = Visitors, last { $minutes } minutes
live-views-today = Page views, today so far
live-visitors-today = Visitors, today so far
live-note = These figures are exact and only for signed-in staff: do not publish them. “Today” is the local day of the site; at its midnight the keys change, and who reads on is seen as a new visitor.
live-pages = Most read pages right now (30 minutes)
live-page = Page
live-views = Page views
live-empty = No page was read in the last 30 minutes.
first-title = First administrator
first-heading = Make the first administrator
first-lead = This service has no administrator yet. The link that brought you here works once.
first-hint = At least { $least } characters. A few unusual words in a row are easy to keep in mind. The login and common passwords are refused.
first-button = Make the account and sign in
first-problem-login = Write a login of 1 to { $most } characters, without spaces.
first-problem-password = Write a password of at least { $least } characters, and of { $most } bytes at most.
first-problem-is-login = This password is made of the login. Choose another, such as a few unusual words.
first-problem-monotonous = This password repeats a few characters or follows the alphabet. Choose another, such as a few unusual words.
first-problem-common = This password is among those that are tried first. Choose another, such as a few unusual words.
sign-in-title = Sign in
sign-in-lead = For the administrators of this service. Reading the published figures needs no account: <a href="{ $to_home }">see the sites</a>.
sign-in-refused = This login and password do not belong together.
sign-in-login = Login
sign-in-password = Password
sign-in-account = An account is made at the terminal of the service: <code>parvis user add LOGIN</code>
