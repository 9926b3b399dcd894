-- The first schema: sites, staff, days and counts. Never edited once released.
-- Days are numbers of days since 1970-01-01, moments are seconds since then in UTC.

create table site (
    -- A number is never used again: the open journal may hold hits of a site that was removed.
    id         integer primary key autoincrement,
    host       text    not null unique,
    zone       text    not null,
    query_kept text    not null,     -- JSON array of parameter names
    synthetic  integer not null,
    added_at   integer not null
) strict;

create table site_alias (
    host text    primary key,
    site integer not null references site (id) on delete cascade
) strict, without rowid;

create table staff (
    login    text    primary key,
    password text    not null,       -- argon2id, in PHC form
    added_at integer not null
) strict, without rowid;

create table session (
    token_hash blob    primary key,
    login      text    not null references staff (login) on delete cascade,
    ends_at    integer not null
) strict, without rowid;

create table day (
    zone      text    not null,
    day       integer not null,
    position  integer not null,      -- how far the day's journal is drained
    closed_at integer,               -- null while the day is open
    primary key (zone, day)
) strict, without rowid;

create table value (
    id   integer primary key,
    text text    not null unique
) strict;

create table count_day (
    site            integer not null references site (id) on delete cascade,
    dimension       integer not null,    -- 0 is the whole site
    day             integer not null,
    value           integer not null references value (id),
    views           integer not null,
    visitors        integer not null,
    events          integer not null,
    reading_seconds integer not null,
    primary key (site, dimension, day, value)
) strict, without rowid;

create table count_hour (
    site            integer not null references site (id) on delete cascade,
    dimension       integer not null,
    hour            integer not null,    -- the moment the local hour began
    value           integer not null references value (id),
    views           integer not null,
    visitors        integer not null,
    events          integer not null,
    reading_seconds integer not null,
    primary key (site, dimension, hour, value)
) strict, without rowid;

create table dropped (
    site   integer not null,             -- 0 when no counted site was named
    day    integer not null,
    reason text    not null,
    hits   integer not null,
    primary key (site, day, reason)
) strict, without rowid;

insert into value (id, text) values (0, '');
