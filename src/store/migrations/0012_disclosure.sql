-- The rule of disclosure control by networks, draws and random rounding: by which secret, what the
-- audit of each release did, and lines that were taken out.

create table disclosure_secret (
    id          integer primary key autoincrement,
    fingerprint blob    not null,
    noted_at    integer not null
) strict;

alter table release add column sums_checked integer;    -- null under earlier rules
alter table release add column sums_moved integer;
alter table release add column sums_failed integer;

-- What an operator took out of what is published, in the periods that reach into a span of days.
create table withdrawal (
    id           integer primary key autoincrement,
    site         integer not null references site (id) on delete cascade,
    value        text    not null,       -- a path, a title, a source, ...
    first        integer not null,       -- days, both included
    last         integer not null,
    reason       text    not null,
    withdrawn_at integer not null
) strict;

create index withdrawal_site on withdrawal (site);
