-- Beacons as sites send them: 50 pages, 20 referrers, 30 agents, 2,000 addresses, a key each.

local agents = {}
for version = 110, 119 do
  agents[#agents + 1] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
    .. "(KHTML, like Gecko) Chrome/" .. version .. ".0.0.0 Safari/537.36"
  agents[#agents + 1] = "Mozilla/5.0 (X11; Linux x86_64; rv:" .. version .. ".0) "
    .. "Gecko/20100101 Firefox/" .. version .. ".0"
  agents[#agents + 1] = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_" .. version % 10
    .. " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17."
    .. version % 10 .. " Mobile/15E148 Safari/604.1"
end

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

-- One request without its key, which is different in every one sent.
local heads, tails = {}, {}
local key_length = 16

local pause = 0

function init(args)
  pause = tonumber(args[1]) or 0
  local host = wrk.headers["Host"]
  for place = 1, 6000 do
    local head = '{"n":"pageview","u":"https://www.example.fr/section/page-' .. place % 50
      .. '","r":"https://site-' .. place % 20 .. '.example/","w":1280,"k":"'
    local tail = '"}'
    local address = "10." .. place % 2000 % 250 .. "." .. math.floor(place % 2000 / 250) .. ".7"
    heads[place] = "POST /api/event HTTP/1.1\r\nHost: " .. host
      .. "\r\nUser-Agent: " .. agents[place % #agents + 1]
      .. "\r\nX-Forwarded-For: 198.51.100.1, " .. address
      .. "\r\nOrigin: https://www.example.fr\r\nContent-Type: text/plain;charset=UTF-8"
      .. "\r\nContent-Length: " .. #head + key_length + #tail .. "\r\n\r\n" .. head
    tails[place] = tail
  end
end

local sent = 0
local run = os.time() % 100000

function request()
  sent = sent + 1
  local place = (sent * 7) % 6000 + 1
  return heads[place] .. string.format("%05d%02d%09d", run, number % 100, sent) .. tails[place]
end

function delay()
  return pause
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.errors.status, summary.requests))
end
