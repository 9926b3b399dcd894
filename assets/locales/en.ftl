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
nav-compare = Compare
nav-data = Data
nav-indicators = Indicators
nav-reuses = Re-uses
nav-methodology = Methodology
nav-releases = Releases
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
error-no-dimension = There is no such breakdown. The page of the site shows those there are.

## Figures, days and what values are called

percent = { $figure }%
duration = { $minutes } min { $seconds } s
span = { $first } to { $last }
withheld = withheld
no-figure = no figure
change-unknown = no comparison possible
change-points = { $points } points
label-withheld = Others, each with few visitors, together
label-not-collected = Not collected
label-unknown = Unknown
label-direct = Direct: no source was told
label-overflow = All others beyond the limit of the day
value-device-desktop = Computer
value-device-mobile = Phone
value-device-tablet = Tablet
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
period-30d = 30 days
period-month = This month
period-year = This year
period-12mo = 12 months
period-all = Everything
compare-previous = the period before
compare-year = the same days a year before
compare-none = nothing
headline-title = Main figures
headline-compared = Compared with { $days }.
headline-provisional = These figures hold days that have not ended: they still change.
headline-withheld = { $withheld ->
    [one] One figure within these sums is withheld, because it is about too few visitors: the sums are a little too low.
   *[other] { $withheld } figures within these sums are withheld, because they are about too few visitors: the sums are a little too low.
}
headline-sum-of-days = sum of days
headline-note =
    Figures under { $least } visitors are withheld, others are rounded to the nearest ten. A visitor is
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
curve-withheld = withheld: too few visitors
curve-missing = not collected: the line is broken there
curve-breaks = Breaks in the series: figures before and after do not compare as they stand
curve-caption = { $metric } over time, as a table
curve-table = The same figures as a table
curve-period = Period
curve-status = Status
status-final = final
status-provisional = provisional
status-withheld = withheld
status-missing = not collected
reading-range = The most { $metric } were on { $most } ({ $most_figure }), the fewest on { $least } ({ $least_figure }).
reading-withheld = { $count ->
    [one] One figure is withheld, because it is about too few visitors; it is not zero.
   *[other] { $count } figures are withheld, because they are about too few visitors; they are not zero.
}
reading-missing = { $count ->
    [one] For one of them nothing was collected: that is a gap, and not zero.
   *[other] For { $count } of them nothing was collected: those are gaps, and not zeros.
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
reading-first = “{ $label }” has { $share } of the rows shown here.
reading-rest = Rows of fewer than { $least } visitors are not named; together they are the last row.
reading-direct = “Direct” does not mean that an address was typed: it means that the browser told no source, as from apps, mails and many secure pages.
site-apart = Not kept together with this filter: { $names }.
links-title = These figures:
links-api = API
list-back = Back to { $host }
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
home-what = How often the pages of these public websites are read, counted without following anybody: no cookie, and no identifier that outlives its day. Everything is published as open data, for everybody to read, compare, download and cite.
home-demo = <strong>This is the demonstration.</strong> <a href="/demo/">Visit its site and see the count move</a> on <a href="/admin/live">today as it happens</a> (after signing in).
home-empty = No site is counted here yet. Its operator adds one with <code>parvis site add www.example.fr</code>.
home-all = { $count ->
    [one] One site
   *[other] All { $count } sites together
}
home-views-today = Page views today
home-visitors-today = Visitors today
home-views-30d = Page views in 30 days
home-visitors-30d = Visitors in 30 days (sum of days)
home-now = In the last full hour: { $views } page views.
home-note = 30 days: { $days }. Compared with: { $compared }.
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
home-caption = page views and visitors in 30 days
home-site = Site
home-page = Page
home-document = Document
home-views = Page views
home-visitors = Visitors (sum of days)
home-downloads = Downloads
home-pages = Most consulted pages, 30 days
home-documents = Most downloaded documents, 30 days
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
compare-period-hint = A month as 2026-11, a year, a day, 30d, 12mo, or two days as 2026-01-01..2026-03-31. Several periods need a single site.
compare-go = Compare
compare-empty = Name at least one site above, and a second one or a second period to compare it with.
compare-no-site = No site called { $host } is counted here; it is left out.
compare-too-many = At most { $most } are compared at once; the others are left out.
compare-both = Several sites are compared over one period: only the first period is shown.
compare-careful = Before you compare
compare-break = { $about }, { $when }: break in the series: { $what }
compare-totals = Over the whole period
compare-totals-caption = Totals of what is compared, with the files of each
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
data-preview-caption = The first rows of { $period }, as they stand in the CSV file
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
data-use-what = These examples run as they stand: no account and no key.
data-spreadsheet = Spreadsheet
data-spreadsheet-how = Open this address, or give it to the import from the web: columns are apart, numbers are numbers, and nothing is taken for a formula.
data-api-how = Any period, filter and comparison: see the <a href="{ $to_api }">open API</a>.
data-cite = Cite it
data-cite-how = The licence asks for the source and the date of the last update:
data-cite-text = { $publisher }, “{ $title }”, last updated on { $updated }, { $address }, { $licence }.
data-periods = All periods
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
