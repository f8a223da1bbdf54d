// One instrument: candles with own fills and working orders, the book, the tape, the ticket.
import { html, useState, useEffect, useMemo, useRef } from './lib.js';
import { get } from './connection.js';
import { Widget, Table, State, Choice, useTwin } from './parts.js';
import { CandleChart } from './charts.js';
import { Ticket } from './ticket.js';
import { count, dateTime, fixed, time } from './format.js';

const LENGTHS = ['1s', '5s', '15s', '1m', '5m', '15m', '1h', '4h', '1d'];
const UNITS = { s: 1e6, m: 60e6, h: 3600e6, d: 86400e6 };
const micros = (length) => Number(length.slice(0, -1)) * UNITS[length.slice(-1)];

/** What the stream says of the market, drawn at most once a frame. */
function useMarket(instrument, listener, onBars) {
  const [market, set] = useState(null);
  const [tape, setTape] = useState({ rows: [], leftOut: 0 });
  const waiting = useRef([]);
  const frame = useRef(0);
  const bars = useRef(onBars);
  bars.current = onBars;
  useEffect(() => {
    set(null);
    setTape({ rows: [], leftOut: 0 });
    waiting.current = [];
    listener.current = (body) => {
      if (body.instrument !== instrument) return;
      waiting.current.push(body);
      frame.current ||= requestAnimationFrame(() => {
        frame.current = 0;
        const news = waiting.current;
        waiting.current = [];
        const latest = news[news.length - 1];
        set(latest);
        const trades = news.flatMap((each) => each.trades).reverse();
        const leftOut = news.reduce((sum, each) => sum + each.leftOut, 0);
        if (trades.length) {
          setTape((before) => ({ rows: [...trades, ...before.rows].slice(0, 60), leftOut: before.leftOut + leftOut }));
        }
        bars.current?.(latest.bars);
      });
    };
    return () => {
      listener.current = null;
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [instrument]);
  return [market, tape];
}

/** Puts the channel's short bars together to the running candle. */
function useLiveCandle(length, base, candles, feed) {
  const parts = useRef(new Map());
  const seed = useRef(null);
  useEffect(() => {
    parts.current = new Map();
    seed.current = candles[candles.length - 1] ?? null;
  }, [candles, length]);
  return (bars) => {
    const found = bars.find((b) => b.length === base)?.bar;
    if (!found) return;
    const size = micros(length);
    const start = Math.floor(found.ts / size) * size;
    const kept = parts.current;
    for (const ts of kept.keys()) if (ts < start) kept.delete(ts);
    kept.set(found.ts, found);
    const rows = [...kept.values()].sort((a, b) => a.ts - b.ts);
    const before = seed.current && seed.current.ts === start ? [seed.current] : [];
    const all = [...before, ...rows];
    feed.current?.({
      ts: start,
      open: all[0].open,
      close: all[all.length - 1].close,
      high: all.reduce((most, r) => (Number(r.high) > Number(most) ? r.high : most), all[0].high),
      low: all.reduce((least, r) => (Number(r.low) < Number(least) ? r.low : least), all[0].low),
      volume: rows.reduce((sum, r) => sum + Number(r.volume), 0) + (before.length ? Number(before[0].volume) : 0),
    });
  };
}

function useCandles(instrument, length, orders, live) {
  const [history, set] = useState({ base: '', candles: [], problem: '' });
  const [fills, setFills] = useState([]);
  const fillCount = orders?.fillCount ?? 0;
  useEffect(() => {
    if (!instrument || live !== 'live') return undefined;
    const stop = new AbortController();
    const read = () => get('candles', { instrument, length, limit: 500 }, stop.signal).then(set)
      .catch((e) => stop.signal.aborted || set((before) => ({ ...before, problem: e.message })));
    read();
    // what the live candle has gathered is checked against the history now and then
    const timer = setInterval(read, Math.max(30_000, micros(length) / 1000));
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [instrument, length, live]);
  useEffect(() => {
    if (!instrument || live !== 'live') return undefined;
    const stop = new AbortController();
    get('fills', { instrument }, stop.signal).then((answer) => setFills(answer.fills)).catch(() => {});
    return () => stop.abort();
  }, [instrument, fillCount, live]);
  return [history, fills];
}

export function Market({ data, setup, digits, theme, zone, instrument, choose, readOnly, live, marketListener }) {
  const [length, setLength] = useState(localStorage.getItem('papertape.length') ?? '1s');
  const [price, setPrice] = useState('');
  const [isTable, toggle] = useTwin('candles');
  const feed = useRef(null);
  const working = useMemo(() => (data.orders?.working ?? []).filter((o) => o.instrument === instrument), [data.orders, instrument]);
  const [history, fills] = useCandles(instrument, length, data.orders, live);
  const onBars = useLiveCandle(length, history.base, history.candles, feed);
  const [market, tape] = useMarket(instrument, marketListener, onBars);
  const known = (setup?.instruments ?? []).find((i) => i.name === instrument);
  const places = digits(instrument);
  const shownFills = useMemo(() => {
    const first = history.candles[0]?.ts ?? 0;
    const size = micros(length);
    return fills.filter((f) => f.ts >= first).map((f) => ({ ...f, ts: Math.floor(f.ts / size) * size }));
  }, [fills, history, length]);
  const pick = (value) => {
    if (value > 0) setPrice(value.toFixed(places));
  };
  const setBars = (name) => {
    localStorage.setItem('papertape.length', name);
    setLength(name);
  };
  const actions = html`<${Choice} label="Candle" value=${length} onChange=${setBars} options=${LENGTHS.map((l) => [l, l])} /> ${toggle}`;
  return html`<div class="grid market">
    <div class="wide bar">
      <${InstrumentField} setup=${setup} instrument=${instrument} choose=${choose} />
      <${Top} market=${market} places=${places} />
    </div>
    <div class="left">
      <${Widget} title="Candles" id="candles" actions=${actions}>
        ${history.problem && html`<p class="muted small">Only what has been heard lately is shown: ${history.problem}</p>`}
        ${isTable ? html`<${Table} caption="Candles, the latest first" rows=${history.candles.slice(-200).reverse()} rowKey=${(c) => c.ts}
            empty="No candle yet." columns=${[{ title: 'Start', cell: (c) => dateTime(c.ts) },
              ...['open', 'high', 'low', 'close'].map((k) => ({ title: k[0].toUpperCase() + k.slice(1), num: true, cell: (c) => fixed(c[k], places) })),
              { title: 'Volume', num: true, key: 'volume' }]} />`
          : html`<${CandleChart} candles=${history.candles} fills=${shownFills} orders=${working} digits=${places} theme=${theme}
              zone=${zone} label=${`Candles of ${instrument}; the table has the numbers`} onPrice=${pick} feed=${feed} />`}
      <//>
      <${Fills} fills=${fills} places=${places} />
    </div>
    <div class="right-column">
      ${!readOnly && html`<${Ticket} instrument=${known} accounts=${data.accounts?.accounts ?? []} price=${price} market=${market} />`}
      <div class="pair">
        <${Depth} market=${market} places=${places} onPrice=${setPrice} working=${working} />
        <${Tape} tape=${tape} places=${places} />
      </div>
    </div>
  </div>`;
}

function InstrumentField({ setup, instrument, choose }) {
  const [typed, type] = useState(instrument);
  useEffect(() => type(instrument), [instrument]);
  const names = (setup?.instruments ?? []).map((i) => i.name);
  const change = (text) => {
    type(text);
    const exact = names.find((n) => n.toLowerCase() === text.trim().toLowerCase());
    if (exact) choose(exact);
  };
  const enter = (e) => {
    if (e.key !== 'Enter') return;
    const first = names.find((n) => n.toLowerCase().includes(typed.trim().toLowerCase()));
    if (first) choose(first);
    type(first ?? instrument);
  };
  return html`<label class="choice instrument"><span>Instrument</span>
    <input list="instruments" value=${typed} onInput=${(e) => change(e.target.value)} onKeyDown=${enter} autocomplete="off" spellcheck="false"
      onFocus=${(e) => e.target.select()} /></label>
    <datalist id="instruments">${names.map((n) => html`<option value=${n}></option>`)}</datalist>`;
}

function Top({ market, places }) {
  if (!market) return html`<span class="muted">Nothing has been heard of it yet.</span>`;
  const spread = market.askPx && market.bidPx ? Number(market.askPx) - Number(market.bidPx) : null;
  const middle = spread === null ? 0 : (Number(market.askPx) + Number(market.bidPx)) / 2;
  const isLive = ['', 'live', 'limit_only', 'post_only'].includes(market.state);
  return html`<dl class="facts">
    <div><dt>Bid</dt><dd class="up">${fixed(market.bidPx, places)}</dd></div>
    <div><dt>Ask</dt><dd class="down">${fixed(market.askPx, places)}</dd></div>
    <div><dt>Spread</dt><dd>${spread === null ? '–' : `${spread.toFixed(places)} (${((spread / middle) * 10000).toFixed(1)} bp)`}</dd></div>
    <div><dt>Updated</dt><dd>${time(market.updated)}</dd></div>
    <div><dt>Stream</dt><dd><${State} kind=${isLive ? 'ok' : 'bad'}>${market.state || 'no word yet'}<//></dd></div>
  </dl>`;
}

function Depth({ market, places, onPrice, working }) {
  const bids = market?.bids ?? [];
  const asks = market?.asks ?? [];
  const most = [...bids, ...asks].reduce((max, level) => Math.max(max, Number(level[1])), 0);
  const own = (px) => working.filter((o) => o.limitPx && Number(o.limitPx) === Number(px));
  const line = (side) => ([px, qty]) => {
    const mine = own(px);
    // no key: rows keep their place and change their text, so that a level that moves moves no row
    return html`<tr class=${`level ${side}`}>
      <td class="num"><button class="link" onClick=${() => onPrice(px)} title="Put this price on the ticket">${fixed(px, places)}</button></td>
      <td class="num">${qty}<meter min="0" max=${most || 1} value=${Number(qty)} aria-hidden="true"></meter></td>
      <td>${mine.length ? html`<span title="own working order">◆ ${mine.map((o) => o.leavesQty).join(' + ')}</span>` : ''}</td></tr>`;
  };
  return html`<${Widget} title="Depth" id="depth">
    ${market && !market.isWhole && html`<p class="muted small">Since the dashboard's start there was no snapshot: levels may be missing.</p>`}
    ${bids.length + asks.length === 0 ? html`<p class="empty">No book yet.</p>` : html`
    <div class="scroll ladder" tabindex="0" role="region" aria-label="Order book"><table>
      <caption class="hidden">Order book, asks above bids</caption>
      <thead><tr><th scope="col" class="num">Price</th><th scope="col" class="num">Quantity</th><th scope="col">Own</th></tr></thead>
      <tbody>${[...asks.slice(0, 10).reverse().map(line('ask')), ...bids.slice(0, 10).map(line('bid'))]}</tbody>
    </table></div>`}
  <//>`;
}

function Tape({ tape, places }) {
  return html`<${Widget} title="Tape" id="tape" actions=${tape.leftOut > 0 && html`<span class="muted small">${count(tape.leftOut)} left out</span>`}>
    <${Table} caption="Trades, the latest first" rows=${tape.rows} rowKey=${(t) => t.n} empty="No trade yet." columns=${[
      { title: 'Time', cell: (t) => time(t.ts, false) },
      { title: 'Price', num: true, cell: (t) => html`<span class=${t.side === 'buy' ? 'up' : t.side === 'sell' ? 'down' : ''}>${
        t.side === 'buy' ? '▲ ' : t.side === 'sell' ? '▼ ' : ''}${fixed(t.px, places)}</span>` },
      { title: 'Quantity', num: true, key: 'qty' }]} />
  <//>`;
}

function Fills({ fills, places }) {
  const rows = fills.slice(-50).reverse();
  return html`<${Widget} title="Own fills" id="fills">
    <${Table} caption="Own fills, the latest first" rows=${rows} rowKey=${(f) => `${f.orderId}${f.ts}${f.qty}${f.px}`} empty="No fill of this instrument yet." columns=${[
      { title: 'Time', cell: (f) => dateTime(f.ts) }, { title: 'Account', key: 'account' }, { title: 'Strategy', cell: (f) => f.strategy ?? 'by hand' },
      { title: 'Side', cell: (f) => html`<span class=${f.side === 'buy' ? 'up' : 'down'}>${f.side}</span>` },
      { title: 'Quantity', num: true, key: 'qty' }, { title: 'Price', num: true, cell: (f) => fixed(f.px, places) },
      { title: 'Fee', num: true, cell: (f) => fixed(f.fee, 4) }, { title: 'Liquidity', cell: (f) => f.liquidity ?? '' }]} />
  <//>`;
}
