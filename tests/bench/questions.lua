-- Questions that take long and that nobody has asked before.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local sent = 0
local run = os.time() % 100000

function request()
  sent = sent + 1
  local pages = {}
  for page = 1, 100 do
    pages[page] = "/" .. run .. "-" .. number .. "-" .. sent .. "-" .. page
  end
  return wrk.format("GET", "/api/v1/sites/www.example.fr/breakdown/page?period=all&limit=10000"
    .. "&compare=year&filter=page:is_not:" .. table.concat(pages, "|"),
    {["X-Forwarded-For"] = "10.9." .. sent % 250 .. "." .. number})
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.errors.status, summary.requests))
end
