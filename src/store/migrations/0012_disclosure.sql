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

create table withdrawn_line (
    site         integer not null references site (id) on delete cascade,
    first        integer not null,       -- the dimension's code
    second       integer not null,       -- that of the crossed one, or 0
    scale        integer not null,       -- 1 a day, 2 a month, 3 a year
    start        integer not null,       -- the first day
    label        text    not null,
    second_label text    not null,
    reason       text    not null,
    withdrawn_at integer not null,
    primary key (site, first, second, scale, start, label, second_label)
) strict, without rowid;
