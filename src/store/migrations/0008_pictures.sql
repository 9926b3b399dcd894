-- Of the page views by the picture, those whose page was known by its origin alone. What an earlier
-- version counted under the first page stays there.
alter table hit_without_script add column page_unknown integer not null default 0;
