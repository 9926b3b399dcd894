-- What was let out: the tables of figures as they were published, and the files made of them.

-- Which change of a past day the store holds, so that a day that is imported again is released again.
alter table site_day add column change integer not null default 0;

create table last_change (
    number integer not null
) strict;

insert into last_change (number) values (0);

-- One day, month or year of a site, an organisation or all sites, as it was let out.
create table release (
    id          integer primary key autoincrement,
    about       text    not null,        -- a host, the name of an organisation, or 'all'
    scale       integer not null,        -- 1 a day, 2 a month, 3 a year
    start       integer not null,        -- the first day
    revision    integer not null,        -- from 1
    released_at integer not null,
    generator   text    not null,        -- the program's version
    rule        text    not null,        -- that of the rules of disclosure control
    method      text    not null,        -- how the days were collected, by commas
    reason      text,                    -- of a further revision
    made_of     integer not null         -- the change of the day, or the revisions of the parts
) strict;

create unique index release_place on release (about, scale, start, revision);

-- The latest revision of each table. It holds published figures alone, and outlives the details.
create table released_table (
    id     integer primary key,
    site   integer not null references site (id) on delete cascade,
    first  integer not null,             -- the dimension's code, 0 the whole site, 255 its hours
    second integer not null,             -- that of the crossed one, or 0
    scale  integer not null,
    start  integer not null,
    lines  blob    not null              -- see privacy::keep
) strict;

create unique index released_table_place on released_table (site, first, second, scale, start);

-- The bytes of each file, for ever.
create table released_file (
    id      integer primary key,
    release integer not null references release (id),
    dataset text    not null,
    format  text    not null,
    bytes   integer not null,
    sha256  text    not null,
    packed  blob    not null             -- a zstd frame
) strict;

create unique index released_file_place on released_file (release, dataset, format);
