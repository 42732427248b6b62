// The formulas of labs/kit/site/formulas.py, which says what they mean. A test holds the two
// together, so a change of one is a change of both.

const PAST = 1.25;

export function retries({ layers, attempts, failing, rate }) {
  const chance = failing / 100;
  const most = attempts ** layers;
  const sends = chance === 1 ? most : (1 - chance ** most) / (1 - chance);
  return {
    most,
    sends,
    load: rate * sends,
    errors: chance ** most,
    verdict: most === 1 ? "once" : chance === 1 ? "all" : "again",
    span: 100,
  };
}

export function timeouts({ deadline, hops, work, timeout, attempts, pause, retrying }) {
  let [worst, factor, shortest] = [timeout, 1, 0];
  const each = [];
  for (let hop = 0; hop < hops; hop += 1) {
    const tries = hop < retrying ? attempts : 1;
    const extra = (tries - 1) * pause + work / 1000;
    each.unshift(worst);
    [worst, factor, shortest] = [tries * worst + extra, factor * tries, tries * shortest + extra];
  }
  const affordable = shortest < deadline ? (deadline - shortest) / factor : null;
  return {
    worst,
    left: Math.max(0, deadline - worst),
    wasted: Math.max(0, worst - deadline),
    affordable,
    each,
    verdict: worst <= deadline ? "fits" : affordable ? "late" : "hopeless",
    span: Math.max(PAST * timeout, 1.5 * (affordable ?? 0)),
  };
}

export function budget({ slo, days, failing, lasted, window, threshold }) {
  const allowed = (100 - slo) / 100;
  const hours = 24 * days;
  const burn = failing / 100 / allowed;
  const fires = burn >= threshold * (1 - 1e-9);
  const ends = burn > 0 ? hours / burn : null;
  return {
    outage: allowed * hours * 3600,
    burn,
    exhausted: ends === null ? null : 3600 * ends,
    spent: (burn * lasted) / hours,
    detected: fires ? (3600 * window * threshold) / burn : null,
    alerted: (threshold * window) / hours,
    fastest: 1 / allowed,
    verdict: burning(burn, fires, threshold * allowed > 1 + 1e-9),
    span: Math.max(PAST * lasted, ends === null ? hours : Math.min(hours, 1.2 * ends)),
  };
}

function burning(burn, fires, blind) {
  if (blind) return "blind";
  if (fires) return "fires";
  return burn > 1 + 1e-9 ? "quiet" : "lasts";
}

export function pool({ rate, held, instances, connections }) {
  const service = held / 1000;
  const busy = (rate * service) / instances;
  const enough = busy < connections;
  const waiting = enough ? erlangC(connections, busy) : 1;
  const spare = connections - busy;
  const slow = enough && waiting > 0.01 ? (service / spare) * Math.log(waiting / 0.01) : 0;
  return {
    busy,
    used: busy / connections,
    waiting,
    wait: enough ? (waiting * service) / spare : null,
    slow: enough ? slow : null,
    needed: leastConnections(busy),
    total: instances * connections,
    capacity: (instances * connections) / service,
    verdict: waiting <= 0.01 ? "roomy" : enough ? "waits" : "overloaded",
    span: Math.max(PAST * rate, (instances * connections) / service),
  };
}

function erlangC(servers, load) {
  let blocked = 1;
  for (let number = 1; number <= servers; number += 1) {
    blocked = (load * blocked) / (number + load * blocked);
  }
  return queued(servers, load, blocked);
}

function queued(servers, load, blocked) {
  return (servers * blocked) / (servers - load * (1 - blocked));
}

function leastConnections(load) {
  let blocked = 1;
  for (let number = 1; ; number += 1) {
    blocked = (load * blocked) / (number + load * blocked);
    if (number > load && queued(number, load, blocked) <= 0.01) return number;
  }
}

export function cache({ rate, hit, fallen, capacity, keys }) {
  const share = hit / 100;
  const before = rate * (1 - share);
  const after = rate * (1 - fallen / 100);
  const warmed = warm(rate, share, capacity, keys);
  return {
    before,
    after,
    factor: before > 0 ? after / before : null,
    cold: rate,
    lowest: Math.max(0, 1 - capacity / rate),
    admitted: Math.min(1, capacity / rate),
    warm: warmed,
    verdict: bearing(rate, after, capacity, warmed),
    span: 100,
  };
}

function bearing(rate, after, capacity, warmed) {
  if (rate <= capacity) return "spare";
  if (warmed === null) return "broken";
  return after > capacity * (1 + 1e-9) ? "breaks" : "bears";
}

function warm(rate, share, capacity, keys) {
  if (rate <= capacity) return 0;
  const missing = share > 0 ? (capacity / rate - (1 - share)) / share : 0;
  if (missing <= 1e-9) return null;
  return (keys / capacity) * (((1 - share) / share) * -Math.log(missing) + 1 - missing);
}
