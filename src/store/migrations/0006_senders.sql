-- Who sends what is not counted, and from where requests seem to come: whole numbers by day in UTC.
-- A sender is the host of a site, never anything of a visitor.

create table sender (
    day    integer not null,
    host   text    not null,             -- of a site that is not counted, or ':none' or ':other'
    reason text    not null,
    hits   integer not null,
    primary key (day, host, reason)
) strict, without rowid;

create table arrival (
    day        integer primary key,
    requests   integer not null,         -- messages and pictures, counted or not
    of_proxy   integer not null,         -- those whose reader's address is a proxy's
    unreadable integer not null          -- those whose forwarding header names no address
) strict;
