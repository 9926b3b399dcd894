-- Visits and bounces; closed days as blocks; rules, organisations, methods, breaks and titles.

alter table site add column rules text not null default '{}';      -- JSON, see model::SiteRules
alter table site add column organisation integer references organisation (id);

create table organisation (
    id         integer primary key autoincrement,
    slug       text    not null unique,  -- its name in addresses
    name       text    not null,
    identifier text,                     -- of a register, such as SIREN
    parent     integer references organisation (id)
) strict;

alter table count_day add column visits integer not null default 0;
alter table count_day add column bounces integer not null default 0;
alter table count_hour add column visits integer not null default 0;
alter table count_hour add column bounces integer not null default 0;

-- Hours are kept of whole sites only; links are now told apart as downloads and outbound links.
delete from count_hour where dimension <> 0;
delete from count_day where dimension = 8;

-- The last day on which a text was a value of any line, so that the texts of deleted details go.
alter table value add column last_day integer not null default 0;
update value set last_day = coalesce((select max(day) from count_day where value = value.id), 0);

-- The lines of one or two dimensions on one closed day, or of a whole month of closed days. Rows of
-- count_day with a dimension are those of open days, and of days that an earlier version closed.
create table block (
    id     integer primary key,
    site   integer not null references site (id) on delete cascade,
    first  integer not null,             -- the dimension's code
    second integer not null,             -- that of the crossed one, or 0
    scale  integer not null,             -- 1 a day, 2 a month
    start  integer not null,             -- the first day
    lines  blob    not null              -- see store::block
) strict;

create unique index block_place on block (site, first, second, scale, start);

-- Which months of which site have days in blocks. A stale one is read day by day.
create table block_month (
    site  integer not null references site (id) on delete cascade,
    start integer not null,
    stale integer not null,
    primary key (site, start)
) strict, without rowid;

create table site_day (
    site    integer not null references site (id) on delete cascade,
    day     integer not null,
    method  text    not null,            -- see store::Method
    imports text,                        -- of an import: the hash of its lines
    primary key (site, day)
) strict, without rowid;

create table series_break (
    id         integer primary key autoincrement,
    site       integer not null references site (id) on delete cascade,
    began_at   integer not null,
    kind       text    not null,
    before     text    not null,
    after      text    not null,
    is_manual  integer not null
) strict;

create table page_title (
    site     integer not null references site (id) on delete cascade,
    path     text    not null,
    title    text    not null,
    visitors integer not null,           -- how many saw it on the day it was last seen
    day      integer not null,
    primary key (site, path)
) strict, without rowid;
