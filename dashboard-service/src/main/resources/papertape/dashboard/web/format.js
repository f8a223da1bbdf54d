// Numbers are decimal texts from the bus and stay exact: they are rounded as texts, never as floating-point numbers.

/** A decimal text with so many digits after the point, half to even, thousands apart. */
export function fixed(text, digits) {
  if (text === undefined || text === null || text === '') return '';
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return String(text);
  const fraction = match[3] ?? '';
  let scaled = BigInt(match[2] + fraction.padEnd(digits, '0').slice(0, digits));
  const rest = fraction.slice(digits);
  if (rest) {
    const half = '5' + '0'.repeat(rest.length - 1);
    if (rest > half || (rest === half && scaled % 2n === 1n)) scaled += 1n;
  }
  const all = scaled.toString().padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = match[1] && scaled !== 0n ? '−' : '';
  return sign + whole + (digits ? '.' + all.slice(-digits) : '');
}

/** Digits after the point of a step such as 0.01. */
export function digitsOf(step) {
  const text = String(step ?? '');
  const plain = text.includes('.') ? text.replace(/0+$/, '') : text;
  const point = plain.indexOf('.');
  return point < 0 ? 0 : plain.length - point - 1;
}

export const money = (text) => fixed(text, 2);

/** With its sign, so that a colour never says it alone. */
export function signed(text, digits = 2) {
  const shown = fixed(text, digits);
  if (!shown) return '';
  const isZero = /^[0.,]*$/.test(shown);
  return isZero || shown.startsWith('−') ? shown : '+' + shown;
}

export function tone(text) {
  const value = Number(text);
  return value > 0 ? 'up' : value < 0 ? 'down' : '';
}

/** A fraction as per cent. */
export function percent(text, digits = 2) {
  if (text === undefined || text === null) return '';
  return fixed((Number(text) * 100).toFixed(digits + 2), digits) + ' %';
}

export function delay(micros) {
  if (!micros) return '–';
  if (micros < 10_000) return `${micros} µs`;
  if (micros < 10_000_000) return `${Math.round(micros / 1000)} ms`;
  return `${Math.round(micros / 1_000_000)} s`;
}

export const count = (n) => String(n ?? 0).replace(/\B(?=(\d{3})+$)/g, ',');

let zone = localStorage.getItem('papertape.zone') ?? 'local';
let formats = makeFormats();

function makeFormats() {
  const timeZone = zone === 'utc' ? 'UTC' : undefined;
  const base = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone };
  return {
    time: new Intl.DateTimeFormat('en-GB', base),
    day: new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }),
  };
}

export const zoneOf = () => zone;

export function setZone(name) {
  zone = name;
  localStorage.setItem('papertape.zone', name);
  formats = makeFormats();
}

export const zoneName = () => (zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Microseconds since the epoch as a time of day, with milliseconds. */
export function time(micros, withMillis = true) {
  if (!micros) return '';
  const ms = Math.floor(micros / 1000);
  const text = formats.time.format(ms);
  return withMillis ? `${text}.${String(ms % 1000).padStart(3, '0')}` : text;
}

export function dateTime(micros) {
  return micros ? `${formats.day.format(Math.floor(micros / 1000))} ${time(micros)}` : '';
}

/** Seconds for a chart, which shows UTC: shifted by the zone's distance. */
export function chartTime(micros) {
  const seconds = Math.floor(micros / 1_000_000);
  return zone === 'utc' ? seconds : seconds - new Date(seconds * 1000).getTimezoneOffset() * 60;
}

export function ago(micros, nowMicros) {
  if (!micros) return 'never';
  const seconds = Math.max(0, (nowMicros - micros) / 1_000_000);
  if (seconds < 1) return 'now';
  if (seconds < 120) return `${Math.round(seconds)} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  return `${Math.round(seconds / 3600)} h ago`;
}
