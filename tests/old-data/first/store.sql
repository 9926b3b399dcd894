BEGIN TRANSACTION;
CREATE TABLE count_day (
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
INSERT INTO "count_day" VALUES(1,0,20778,0,26,13,1,0);
INSERT INTO "count_day" VALUES(1,0,20779,0,4,4,2,40);
INSERT INTO "count_day" VALUES(1,1,20778,1,13,13,1,0);
INSERT INTO "count_day" VALUES(1,1,20778,5,13,13,0,0);
INSERT INTO "count_day" VALUES(1,1,20779,1,4,4,2,40);
INSERT INTO "count_day" VALUES(1,4,20778,2,26,13,0,0);
INSERT INTO "count_day" VALUES(1,4,20779,2,4,4,0,0);
INSERT INTO "count_day" VALUES(1,5,20778,3,26,13,0,0);
INSERT INTO "count_day" VALUES(1,5,20779,3,4,4,0,0);
INSERT INTO "count_day" VALUES(1,6,20778,4,26,13,0,0);
INSERT INTO "count_day" VALUES(1,6,20779,4,4,4,0,0);
INSERT INTO "count_day" VALUES(1,7,20778,6,0,1,1,0);
INSERT INTO "count_day" VALUES(1,7,20779,6,0,1,1,0);
INSERT INTO "count_day" VALUES(1,7,20779,8,0,1,1,0);
INSERT INTO "count_day" VALUES(1,8,20778,7,0,1,1,0);
INSERT INTO "count_day" VALUES(1,8,20779,7,0,1,1,0);
CREATE TABLE count_hour (
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
INSERT INTO "count_hour" VALUES(1,0,1795255200,0,26,13,1,0);
INSERT INTO "count_hour" VALUES(1,0,1795338000,0,4,4,2,40);
INSERT INTO "count_hour" VALUES(1,1,1795255200,1,13,13,1,0);
INSERT INTO "count_hour" VALUES(1,1,1795255200,5,13,13,0,0);
INSERT INTO "count_hour" VALUES(1,1,1795338000,1,4,4,2,40);
CREATE TABLE day (
    zone      text    not null,
    day       integer not null,
    position  integer not null,      -- how far the day's journal is drained
    closed_at integer,               -- null while the day is open
    primary key (zone, day)
) strict, without rowid;
INSERT INTO "day" VALUES('Europe/Paris',20778,27,1795338600);
INSERT INTO "day" VALUES('Europe/Paris',20779,7,NULL);
CREATE TABLE dropped (
    site   integer not null,             -- 0 when no counted site was named
    day    integer not null,
    reason text    not null,
    hits   integer not null,
    primary key (site, day, reason)
) strict, without rowid;
CREATE TABLE session (
    token_hash blob    primary key,
    login      text    not null references staff (login) on delete cascade,
    ends_at    integer not null
) strict, without rowid;
CREATE TABLE site (
    -- A number is never used again: the open journal may hold hits of a site that was removed.
    id         integer primary key autoincrement,
    host       text    not null unique,
    zone       text    not null,
    query_kept text    not null,     -- JSON array of parameter names
    synthetic  integer not null,
    added_at   integer not null
) strict;
INSERT INTO "site" VALUES(1,'www.example.fr','Europe/Paris','[]',0,1767225600);
CREATE TABLE site_alias (
    host text    primary key,
    site integer not null references site (id) on delete cascade
) strict, without rowid;
INSERT INTO "site_alias" VALUES('example.fr',1);
CREATE TABLE staff (
    login    text    primary key,
    password text    not null,       -- argon2id, in PHC form
    added_at integer not null
) strict, without rowid;
CREATE TABLE value (
    id   integer primary key,
    text text    not null unique
) strict;
INSERT INTO "value" VALUES(0,'');
INSERT INTO "value" VALUES(1,'/old');
INSERT INTO "value" VALUES(2,'desktop');
INSERT INTO "value" VALUES(3,'Firefox 131');
INSERT INTO "value" VALUES(4,'Linux');
INSERT INTO "value" VALUES(5,'/too');
INSERT INTO "value" VALUES(6,'download');
INSERT INTO "value" VALUES(7,'www.example.fr/g.pdf');
INSERT INTO "value" VALUES(8,'print');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('site',1);
COMMIT;
pragma user_version = 1;
