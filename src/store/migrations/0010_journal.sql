-- What the journal knows a site by: a store that was restored gives its numbers again. And the times
-- in which hits were lost though the collector ran.

alter table site add column identity integer not null default 0;
update site set identity = random();
create unique index site_identity on site (identity);

-- Those that were removed: the open journal may hold hits of them.
create table site_removed (
    identity integer primary key
) strict;

create table outage (
    zone     text    not null,           -- whose journal it was; empty for all
    from_at  integer not null,
    to_at    integer not null,
    reason   text    not null,
    noted_at integer not null,
    detail   text    not null,           -- for the operator
    primary key (zone, from_at, to_at, reason)
) strict, without rowid;
