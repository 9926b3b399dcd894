PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE site (
    -- A number is never used again: the open journal may hold hits of a site that was removed.
    id         integer primary key autoincrement,
    host       text    not null unique,
    zone       text    not null,
    query_kept text    not null,     -- JSON array of parameter names
    synthetic  integer not null,
    added_at   integer not null
, rules text not null default '{}', organisation integer references organisation (id), identity integer not null default 0) strict;
INSERT INTO site VALUES(1,'www.example.fr','Europe/Paris','[]',0,1795941570,'{"profile":"exempt","gpc":"drop","dnt":"drop","sections":[],"search_parameters":[],"features":[],"downloads":[],"visitors_min":10,"licence":"etalab-2.0","contact":null}',NULL,6483569313184951044);
CREATE TABLE site_alias (
    host text    primary key,
    site integer not null references site (id) on delete cascade
) strict, without rowid;
INSERT INTO site_alias VALUES('example.fr',1);
CREATE TABLE staff (
    login    text    primary key,
    password text    not null,       -- argon2id, in PHC form
    added_at integer not null
) strict, without rowid;
CREATE TABLE session (
    token_hash blob    primary key,
    login      text    not null references staff (login) on delete cascade,
    ends_at    integer not null
) strict, without rowid;
CREATE TABLE day (
    zone      text    not null,
    day       integer not null,
    position  integer not null,      -- how far the day's journal is drained
    closed_at integer,               -- null while the day is open
    primary key (zone, day)
) strict, without rowid;
INSERT INTO day VALUES('Europe/Paris',20786,5,NULL);
CREATE TABLE value (
    id   integer primary key,
    text text    not null unique
, last_day integer not null default 0) strict;
INSERT INTO value VALUES(0,'',20786);
INSERT INTO value VALUES(1,'/old',20786);
INSERT INTO value VALUES(2,'www.example.fr',20786);
INSERT INTO value VALUES(3,'Google',20777);
INSERT INTO value VALUES(4,':unknown',20786);
INSERT INTO value VALUES(5,'desktop',20786);
INSERT INTO value VALUES(6,':unknown	desktop',20786);
INSERT INTO value VALUES(7,'Firefox',20786);
INSERT INTO value VALUES(8,'Firefox 131',20786);
INSERT INTO value VALUES(9,'Linux',20786);
INSERT INTO value VALUES(10,'extra_large',20786);
INSERT INTO value VALUES(11,'fr',20786);
INSERT INTO value VALUES(12,':direct',20786);
CREATE TABLE count_day (
    site            integer not null references site (id) on delete cascade,
    dimension       integer not null,    -- 0 is the whole site
    day             integer not null,
    value           integer not null references value (id),
    views           integer not null,
    visitors        integer not null,
    events          integer not null,
    reading_seconds integer not null, visits integer not null default 0, bounces integer not null default 0,
    primary key (site, dimension, day, value)
) strict, without rowid;
INSERT INTO count_day VALUES(1,0,20777,0,13,13,0,0,13,13);
INSERT INTO count_day VALUES(1,0,20786,0,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,1,20786,1,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,2,20786,12,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,3,20786,4,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,4,20786,5,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,5,20786,8,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,6,20786,9,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,9,20786,1,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,10,20786,1,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,12,20786,2,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,15,20786,4,2,2,0,0,2,2);
INSERT INTO count_day VALUES(1,15,20786,10,3,3,0,0,3,3);
INSERT INTO count_day VALUES(1,16,20786,11,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,22,20786,7,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,23,20786,9,5,5,0,0,5,5);
INSERT INTO count_day VALUES(1,31,20786,6,5,5,0,0,5,5);
CREATE TABLE count_hour (
    site            integer not null references site (id) on delete cascade,
    dimension       integer not null,
    hour            integer not null,    -- the moment the local hour began
    value           integer not null references value (id),
    views           integer not null,
    visitors        integer not null,
    events          integer not null,
    reading_seconds integer not null, visits integer not null default 0, bounces integer not null default 0,
    primary key (site, dimension, hour, value)
) strict, without rowid;
INSERT INTO count_hour VALUES(1,0,1795165200,0,13,13,0,0,13,13);
INSERT INTO count_hour VALUES(1,0,1795939200,0,5,5,0,0,5,5);
CREATE TABLE dropped (
    site   integer not null,             -- 0 when no counted site was named
    day    integer not null,
    reason text    not null,
    hits   integer not null,
    primary key (site, day, reason)
) strict, without rowid;
INSERT INTO dropped VALUES(0,20786,'unknown_site',1);
CREATE TABLE organisation (
    id         integer primary key autoincrement,
    slug       text    not null unique,  -- its name in addresses
    name       text    not null,
    identifier text,                     -- of a register, such as SIREN
    parent     integer references organisation (id)
) strict;
CREATE TABLE block (
    id     integer primary key,
    site   integer not null references site (id) on delete cascade,
    first  integer not null,             -- the dimension's code
    second integer not null,             -- that of the crossed one, or 0
    scale  integer not null,             -- 1 a day, 2 a month
    start  integer not null,             -- the first day
    lines  blob    not null              -- see store::block
) strict;
INSERT INTO block VALUES(1,1,23,0,1,20777,X'021328b52ffd201399000001000109010001000128000100010001000100');
INSERT INTO block VALUES(2,1,3,0,1,20777,X'021328b52ffd201399000001000104010001000128000100010001000100');
INSERT INTO block VALUES(3,1,3,22,1,20777,X'021328b52ffd201399000001070104010001000128000100010001000100');
INSERT INTO block VALUES(4,1,9,3,1,20777,X'021328b52ffd201399000001040101010001000128000100010001000100');
INSERT INTO block VALUES(5,1,9,4,1,20777,X'021328b52ffd201399000001050101010001000128000100010001000100');
INSERT INTO block VALUES(6,1,1,2,1,20777,X'021328b52ffd201399000001030101010001000128000100010001000100');
INSERT INTO block VALUES(7,1,9,0,1,20777,X'021328b52ffd201399000001000101010001000128000100010001000100');
INSERT INTO block VALUES(8,1,4,0,1,20777,X'021328b52ffd201399000001000105010001000128000100010001000100');
INSERT INTO block VALUES(9,1,10,4,1,20777,X'021328b52ffd201399000001050101010001000128000100010001000100');
INSERT INTO block VALUES(10,1,12,2,1,20777,X'021328b52ffd201399000001030102010001000128000100010001000100');
INSERT INTO block VALUES(11,1,10,0,1,20777,X'021328b52ffd201399000001000101010001000128000100010001000100');
INSERT INTO block VALUES(12,1,5,0,1,20777,X'021328b52ffd201399000001000108010001000128000100010001000100');
INSERT INTO block VALUES(13,1,1,3,1,20777,X'021328b52ffd201399000001040101010001000128000100010001000100');
INSERT INTO block VALUES(14,1,31,0,1,20777,X'021328b52ffd201399000001000106010001000128000100010001000100');
INSERT INTO block VALUES(15,1,1,4,1,20777,X'021328b52ffd201399000001050101010001000128000100010001000100');
INSERT INTO block VALUES(16,1,6,0,1,20777,X'021328b52ffd201399000001000109010001000128000100010001000100');
INSERT INTO block VALUES(17,1,1,0,1,20777,X'021328b52ffd201399000001000101010001000128000100010001000100');
INSERT INTO block VALUES(18,1,1,22,1,20777,X'021328b52ffd201399000001070101010001000128000100010001000100');
INSERT INTO block VALUES(19,1,12,3,1,20777,X'021328b52ffd201399000001040102010001000128000100010001000100');
INSERT INTO block VALUES(20,1,2,3,1,20777,X'021328b52ffd201399000001040103010001000128000100010001000100');
INSERT INTO block VALUES(21,1,12,4,1,20777,X'021328b52ffd201399000001050102010001000128000100010001000100');
INSERT INTO block VALUES(22,1,1,31,1,20777,X'021328b52ffd201399000001060101010001000128000100010001000100');
INSERT INTO block VALUES(23,1,2,4,1,20777,X'021328b52ffd201399000001050103010001000128000100010001000100');
INSERT INTO block VALUES(24,1,22,4,1,20777,X'021328b52ffd201399000001050107010001000128000100010001000100');
INSERT INTO block VALUES(25,1,22,0,1,20777,X'021328b52ffd201399000001000107010001000128000100010001000100');
INSERT INTO block VALUES(26,1,9,2,1,20777,X'021328b52ffd201399000001030101010001000128000100010001000100');
INSERT INTO block VALUES(27,1,12,0,1,20777,X'021328b52ffd201399000001000102010001000128000100010001000100');
INSERT INTO block VALUES(28,1,2,0,1,20777,X'021328b52ffd201399000001000103010001000128000100010001000100');
INSERT INTO block VALUES(29,1,2,22,1,20777,X'021328b52ffd201399000001070103010001000128000100010001000100');
INSERT INTO block VALUES(30,1,5,6,1,20777,X'021328b52ffd201399000001090108010001000128000100010001000100');
INSERT INTO block VALUES(31,1,23,4,1,20777,X'021328b52ffd201399000001050109010001000128000100010001000100');
INSERT INTO block VALUES(32,1,3,4,1,20777,X'021328b52ffd201399000001050104010001000128000100010001000100');
INSERT INTO block VALUES(33,1,1,23,1,20777,X'021328b52ffd201399000001090101010001000128000100010001000100');
CREATE TABLE block_month (
    site  integer not null references site (id) on delete cascade,
    start integer not null,
    stale integer not null,
    primary key (site, start)
) strict, without rowid;
INSERT INTO block_month VALUES(1,20758,1);
CREATE TABLE site_day (
    site    integer not null references site (id) on delete cascade,
    day     integer not null,
    method  text    not null,            -- see store::Method
    imports text, change integer not null default 0,                        -- of an import: the hash of its lines
    primary key (site, day)
) strict, without rowid;
INSERT INTO site_day VALUES(1,20777,'access_log','012ffadfb3e62ffcae8f09d3adce624b655cb14fe35a786eb80e9aa537247287',1);
CREATE TABLE series_break (
    id         integer primary key autoincrement,
    site       integer not null references site (id) on delete cascade,
    began_at   integer not null,
    kind       text    not null,
    before     text    not null,
    after      text    not null,
    is_manual  integer not null
, metrics            text not null default '', dimensions         text not null default '', method_before      text, method_after       text, estimated_effect   text, overlap_days       integer, splice_coefficient real, note_fr            text not null default '', note_en            text not null default '') strict;
CREATE TABLE page_title (
    site     integer not null references site (id) on delete cascade,
    path     text    not null,
    title    text    not null,
    visitors integer not null,           -- how many saw it on the day it was last seen
    day      integer not null,
    primary key (site, path)
) strict, without rowid;
CREATE TABLE last_change (
    number integer not null
) strict;
INSERT INTO last_change VALUES(1);
CREATE TABLE release (
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
INSERT INTO "release" VALUES(1,'www.example.fr',1,20777,1,1795941572,'parvis 0.1.0','release-2','access_log',NULL,1);
INSERT INTO "release" VALUES(10,'all',1,20777,1,1795941572,'parvis 0.1.0','release-2','access_log',NULL,1);
CREATE TABLE released_table (
    id     integer primary key,
    site   integer not null references site (id) on delete cascade,
    first  integer not null,             -- the dimension's code, 0 the whole site, 255 its hours
    second integer not null,             -- that of the crossed one, or 0
    scale  integer not null,
    start  integer not null,
    lines  blob    not null              -- see privacy::keep
) strict;
INSERT INTO released_table VALUES(1,1,0,0,1,20777,X'010a00000100000100080101010100000001');
INSERT INTO released_table VALUES(2,1,255,0,1,20777,X'02510300000000000028b52ffd605102f50300d403010a00001819323032362d31312d32305430303a2b30313a303031323334353637383931303132333435363738393230313233001800c00100010101011e00808104bc5758070374e0ea01dc81858145800501c8c0226039b030b008580e2c0c2c02960b160420038b80e5c0c2c0226039b030b008586ecf2bbc1c13');
INSERT INTO released_table VALUES(3,1,1,0,1,20777,X'010a000001042f6f6c64000100080101010100000001');
INSERT INTO released_table VALUES(4,1,9,0,1,20777,X'010a000001042f6f6c64000100080101010100000001');
INSERT INTO released_table VALUES(5,1,10,0,1,20777,X'010a000001042f6f6c64000100080101010100000001');
INSERT INTO released_table VALUES(6,1,11,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(7,1,12,0,1,20777,X'010a0000010e7777772e6578616d706c652e6672000100080101010100000001');
INSERT INTO released_table VALUES(8,1,2,0,1,20777,X'010a00000106476f6f676c65000100080101010100000001');
INSERT INTO released_table VALUES(9,1,13,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(10,1,3,0,1,20777,X'010a000001083a756e6b6e6f776e000100080101010100000001');
INSERT INTO released_table VALUES(11,1,14,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(12,1,4,0,1,20777,X'010a000001076465736b746f70000100080101010100000001');
INSERT INTO released_table VALUES(13,1,22,0,1,20777,X'010a0000010746697265666f78000100080101010100000001');
INSERT INTO released_table VALUES(14,1,5,0,1,20777,X'010a0000010b46697265666f7820313331000100080101010100000001');
INSERT INTO released_table VALUES(15,1,23,0,1,20777,X'010a000001054c696e7578000100080101010100000001');
INSERT INTO released_table VALUES(16,1,6,0,1,20777,X'010a000001054c696e7578000100080101010100000001');
INSERT INTO released_table VALUES(17,1,15,0,1,20777,X'010a0200010e3a6e6f745f636f6c6c656374656400010300');
INSERT INTO released_table VALUES(18,1,16,0,1,20777,X'010a0200010e3a6e6f745f636f6c6c656374656400010300');
INSERT INTO released_table VALUES(19,1,7,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(20,1,17,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(21,1,18,0,1,20777,X'010a0200010e3a6e6f745f636f6c6c656374656400010300');
INSERT INTO released_table VALUES(22,1,19,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(23,1,29,0,1,20777,X'010a000000000000');
INSERT INTO released_table VALUES(24,1,20,0,1,20777,X'010a000000000000');
CREATE TABLE released_file (
    id      integer primary key,
    release integer not null references release (id),
    dataset text    not null,
    format  text    not null,
    bytes   integer not null,
    sha256  text    not null,
    packed  blob    not null             -- a zstd frame
) strict;
INSERT INTO released_file VALUES(1,1,'traffic','csv',1977,'caee7fcbdab73d1b862ea17839d66b895ac521c30e428985f03e4155c1406372',X'28b52ffd0058a40600d24a221f60699b03dd8d9041a13f14e87329ad8e1ef0e4df04a6a324668b1544b35144999988888888888708070687028281440527388fefb972e6852ac9ee113af61d024f0071b77079201e87bc345320571a8cd370a4691a8000c552e45dda699b6c427d65614ecad0cef0a6a5e89b2c964ae7ccdbd6997b8fd6a2092fd3a65631dee68a7152c5def09bda20208043adac013845d1d346590f752c70c8a750a6a828f414650a15454f51a65151458f1373c2f13d30a14c5151f434ca1415859ea24ca3a205bd45bba3c3bd2f1cbf338c191903010000');
INSERT INTO released_file VALUES(5,1,'pages','csv',178,'cea7e6eaac06d6c6c7f54ca3eb5929d9387c410893ce4140d928576b19fe39d5',X'28b52ffd0058240400a2891d1b7025d601845d72935ca0fa915da62aee260e793fd50654f1c37901c230508122c24f6e7e55b21dbf954aed3946574b801e44180611800eea4b0ab765900a5cc418852171a97a0626f8e348d68d795d49003de8974be51f8a632bf9f5d0b9716fe59844fa97909d357d346b6a252d5dc99e971ab2070300d3edc72f19caac3801010000');
CREATE TABLE uptime (
    id         integer primary key autoincrement,
    started_at integer not null,
    seen_at    integer not null,
    tracker    text    not null          -- the version of the tracker that was served
) strict;
INSERT INTO uptime VALUES(1,1795941570,1795941584,'f2b7a79f1893');
CREATE TABLE collector_part (
    name  text primary key,
    value text not null
) strict, without rowid;
INSERT INTO collector_part VALUES('counting','2');
INSERT INTO collector_part VALUES('countries','4e7f53dd9c6e');
INSERT INTO collector_part VALUES('crawler-user-agents','c36c67f2527f');
INSERT INTO collector_part VALUES('excluded_networks','');
INSERT INTO collector_part VALUES('forwarded_header','any');
INSERT INTO collector_part VALUES('isbot','dcb5e5ca0143+2');
INSERT INTO collector_part VALUES('referrers','b20e106d5bc0+2');
INSERT INTO collector_part VALUES('requests_per_second','200');
INSERT INTO collector_part VALUES('tracker','f2b7a79f1893');
INSERT INTO collector_part VALUES('trusted_proxies','127.0.0.0/8,::1/128');
INSERT INTO collector_part VALUES('uap-core','274c3774ed0c+2');
CREATE TABLE hit_day (
    site integer not null references site (id) on delete cascade,
    day  integer not null,
    hits integer not null,
    primary key (site, day)
) strict, without rowid;
INSERT INTO hit_day VALUES(1,20777,13);
INSERT INTO hit_day VALUES(1,20786,5);
CREATE TABLE hit_without_script (
    site integer not null references site (id) on delete cascade,
    day  integer not null,
    hits integer not null, page_unknown integer not null default 0,
    primary key (site, day)
) strict, without rowid;
INSERT INTO hit_without_script VALUES(1,20786,2,0);
CREATE TABLE coverage (
    site        integer not null references site (id) on delete cascade,
    measured_at integer not null,
    period      text    not null,
    source      text    not null,        -- sitemap or access_log
    listed      integer not null,        -- pages listed, or views in the logs
    seen        integer not null,        -- those of the pages that were seen, or views by the tag
    primary key (site, source, measured_at)
) strict, without rowid;
CREATE TABLE reuse (
    id          integer primary key autoincrement,
    title       text    not null,
    url         text    not null unique,
    kind        text    not null,        -- in the words of udata, see model::ReuseKind
    description text    not null,
    datasets    text    not null,        -- identifiers of the catalogue, by commas
    declared_at integer not null,
    state       text    not null,        -- pending, published or refused
    decided_at  integer,                 -- null while it waits
    reason      text                     -- of a refusal
) strict;
CREATE TABLE file_download (
    day       integer not null,
    about     text    not null,          -- a host, the name of an organisation, or 'all'
    dataset   text    not null,
    format    text    not null,
    downloads integer not null,
    primary key (day, about, dataset, format)
) strict, without rowid;
CREATE TABLE file_download_began (
    began_at integer not null
) strict;
INSERT INTO file_download_began VALUES(1795941570);
CREATE TABLE sender (
    day    integer not null,
    host   text    not null,             -- of a site that is not counted, or ':none' or ':other'
    reason text    not null,
    hits   integer not null,
    primary key (day, host, reason)
) strict, without rowid;
INSERT INTO sender VALUES(20786,'elsewhere.example','unknown_site',1);
CREATE TABLE arrival (
    day        integer primary key,
    requests   integer not null,         -- messages and pictures, counted or not
    of_proxy   integer not null,         -- those whose reader's address is a proxy's
    unreadable integer not null          -- those whose forwarding header names no address
) strict;
INSERT INTO arrival VALUES(20786,6,0,0);
CREATE TABLE site_removed (
    identity integer primary key
) strict;
CREATE TABLE outage (
    zone     text    not null,           -- whose journal it was; empty for all
    from_at  integer not null,
    to_at    integer not null,
    reason   text    not null,
    noted_at integer not null,
    detail   text    not null,           -- for the operator
    primary key (zone, from_at, to_at, reason)
) strict, without rowid;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('uptime',1);
INSERT INTO sqlite_sequence VALUES('site',1);
INSERT INTO sqlite_sequence VALUES('release',18);
CREATE UNIQUE INDEX block_place on block (site, first, second, scale, start);
CREATE UNIQUE INDEX release_place on release (about, scale, start, revision);
CREATE UNIQUE INDEX released_table_place on released_table (site, first, second, scale, start);
CREATE UNIQUE INDEX released_file_place on released_file (release, dataset, format);
CREATE INDEX series_break_place on series_break (site, began_at);
CREATE INDEX reuse_state on reuse (state, declared_at);
CREATE UNIQUE INDEX site_identity on site (identity);
COMMIT;
pragma user_version = 10;
