-- From how many networks the visitors of a line came, and what one visitor did beyond a bound.

alter table count_day add column views_over integer not null default 0;
alter table count_day add column events_over integer not null default 0;
alter table count_day add column networks integer;                 -- null where it is not known
alter table count_hour add column views_over integer not null default 0;
alter table count_hour add column events_over integer not null default 0;
alter table count_hour add column networks integer;
alter table page_title add column networks integer;

-- Of each line of one closed day the buckets of its visitors' networks, or their number alone.
create table network_set (
    id        integer primary key,
    site      integer not null references site (id) on delete cascade,
    first     integer not null,          -- the dimension's code, 0 the whole site
    second    integer not null,          -- that of the crossed one, or 0
    day       integer not null,
    key_check integer,                   -- of which key the buckets are; null where it is lost
    has_sets  integer not null,          -- are there buckets, and not numbers alone?
    lines     blob    not null           -- see store::block::sets
) strict;

create unique index network_set_place on network_set (site, first, second, day);

-- What is left of a month once its buckets are deleted: for each line the distinct ones over its
-- days, and the most of a single day.
create table network_month (
    id           integer primary key,
    site         integer not null references site (id) on delete cascade,
    first        integer not null,
    second       integer not null,
    start        integer not null,       -- the first day
    counts       blob    not null,       -- see store::block::sets
    largest_days blob    not null
) strict;

create unique index network_month_place on network_month (site, first, second, start);
