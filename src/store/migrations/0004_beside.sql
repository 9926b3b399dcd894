-- What is said beside the figures: when the collector ran and how it was made, how many hits each day
-- had, breaks in words, and how much of a site was measured.

-- Intervals in which the collector ran. The last moment is written once a minute.
create table uptime (
    id         integer primary key autoincrement,
    started_at integer not null,
    seen_at    integer not null,
    tracker    text    not null          -- the version of the tracker that was served
) strict;

-- An earlier version did not note when it ran. It is taken to have run from the first site on to the
-- last figure or closed day that it left.
insert into uptime (started_at, seen_at, tracker)
select first, last, ''
  from (select (select min(added_at) from site where synthetic = 0) as first,
               max(coalesce((select max(closed_at) from day), 0),
                   coalesce((select max(hour) + 3600
                               from count_hour
                              where site in (select id from site where synthetic = 0)), 0)) as last)
 where first is not null and last > first;

-- What counting depended on when the collector last started.
create table collector_part (
    name  text primary key,
    value text not null
) strict, without rowid;

-- Hits that were counted on a day: views, events and messages of reading time.
create table hit_day (
    site integer not null references site (id) on delete cascade,
    day  integer not null,
    hits integer not null,
    primary key (site, day)
) strict, without rowid;

-- Page views that were counted by the picture for pages without script.
create table hit_without_script (
    site integer not null references site (id) on delete cascade,
    day  integer not null,
    hits integer not null,
    primary key (site, day)
) strict, without rowid;

alter table series_break add column metrics            text not null default '';    -- by commas
alter table series_break add column dimensions         text not null default '';    -- by commas
alter table series_break add column method_before      text;
alter table series_break add column method_after       text;
alter table series_break add column estimated_effect   text;
alter table series_break add column overlap_days       integer;
alter table series_break add column splice_coefficient real;
alter table series_break add column note_fr            text not null default '';
alter table series_break add column note_en            text not null default '';

create index series_break_place on series_break (site, began_at);

-- How much of a site was measured: of the pages of its sitemap, or of the views of its access logs.
create table coverage (
    site        integer not null references site (id) on delete cascade,
    measured_at integer not null,
    period      text    not null,
    source      text    not null,        -- sitemap or access_log
    listed      integer not null,        -- pages listed, or views in the logs
    seen        integer not null,        -- those of the pages that were seen, or views by the tag
    primary key (site, source, measured_at)
) strict, without rowid;
