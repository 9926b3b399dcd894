-- What an access log does not say was kept of it as unknown: the window, the language, links to other
-- sites and properties. It is not collected, and its months are gathered anew without it.

update block_month
   set stale = stale + 1
 where exists (
     select 1
       from block
       join site_day on site_day.site = block.site and site_day.day = block.start
      where block.site = block_month.site and block.scale = 1
        and block.start between block_month.start and block_month.start + 30
        and site_day.method = 'access_log'
        and (block.first in (15, 16, 18, 21) or block.second in (15, 16, 18, 21)));

delete from block
 where scale = 1
   and (first in (15, 16, 18, 21) or second in (15, 16, 18, 21))
   and exists (select 1
                 from site_day
                where site_day.site = block.site and site_day.day = block.start
                  and site_day.method = 'access_log');
