-- What is made of the figures: re-uses that people declare, and how often files are downloaded.
-- Nothing here is about the person who declares or downloads.

create table reuse (
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

create index reuse_state on reuse (state, declared_at);

-- Whole answers with a file, by day in UTC.
create table file_download (
    day       integer not null,
    about     text    not null,          -- a host, the name of an organisation, or 'all'
    dataset   text    not null,
    format    text    not null,
    downloads integer not null,
    primary key (day, about, dataset, format)
) strict, without rowid;

-- Since when downloads are counted: before that nothing is known of them, which is not none.
create table file_download_began (
    began_at integer not null
) strict;
