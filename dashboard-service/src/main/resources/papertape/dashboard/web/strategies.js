// What each strategy has made, and why it wants what it wants.
import { html, useState, useEffect } from './lib.js';
import { get } from './connection.js';
import { Widget, Table, Choice } from './parts.js';
import { count, dateTime, fixed, money, percent, signed, tone } from './format.js';

export function Strategies({ data, setup, digits, live }) {
  const [answer, set] = useState(null);
  const [chosen, choose] = useState('');
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    const read = () => get('strategies', {}, stop.signal).then(set).catch(() => {});
    read();
    const timer = setInterval(read, 2000);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [live]);
  const known = setup?.strategies ?? [];
  const rows = answer?.strategies ?? [];
  const names = [...new Set([...known.map((s) => s.name), ...rows.map((r) => r.strategy)])];
  const silent = known.filter((s) => !rows.some((r) => r.strategy === s.name));
  const signals = (data.signals?.signals ?? []).filter((s) => !chosen || s.strategy === chosen).slice(0, 200);
  return html`<div class="grid">
    <${Widget} title="Strategies" id="strategies" wide>
      <${Table} caption="Strategies" rows=${rows} rowKey=${(r) => `${r.strategy}|${r.account}`} onRow=${(r) => choose(r.strategy)} selected=${(r) => r.strategy === chosen}
        empty="No strategy has traded yet: its signals are below, and docs/strategies.md explains how to put one in." columns=${[
        { title: 'Strategy', cell: (r) => html`<b>${r.strategy}</b>` }, { title: 'Account', key: 'account' },
        { title: 'P&L', num: true, cell: (r) => html`<b class=${tone(r.pnl)}>${signed(r.pnl)}</b> ${r.currency}` },
        { title: 'Realized', num: true, cell: (r) => html`<span class=${tone(r.realized)}>${signed(r.realized)}</span>` },
        { title: 'Unrealized', num: true, cell: (r) => html`<span class=${tone(r.unrealized)}>${signed(r.unrealized)}</span>${r.unmarked ? ' (a mark is missing)' : ''}` },
        { title: 'Fees', num: true, cell: (r) => money(r.trades.fees) }, { title: 'Fills', num: true, cell: (r) => count(r.trades.fills) },
        { title: 'Round trips', num: true, cell: (r) => count(r.trades.roundTrips) },
        { title: 'Hit rate', num: true, cell: (r) => percent(r.trades.hitRate, 1) || '–' },
        { title: 'Mean trip', num: true, cell: (r) => html`<span class=${tone(r.trades.expectancy)}>${signed(r.trades.expectancy) || '–'}</span>` },
        { title: 'Open', num: true, key: 'openPositions' }, { title: 'Since', cell: (r) => dateTime(r.since) }]} />
      ${silent.length > 0 && html`<p class="muted small">Without a fill yet: ${silent.map((s) => `${s.name} (${s.kind}, ${s.account})`).join(', ')}</p>`}
      ${answer && !answer.isWhole && html`<p class="muted small">Of the latest 20,000 fills; older ones are in the database.</p>`}
    <//>
    <${Widget} title="Signals" id="signals" wide actions=${html`<${Choice} label="Strategy" value=${chosen} onChange=${choose} options=${[['', 'all'], ...names.map((n) => [n, n])]} />`}>
      <${Table} caption="Signals, the latest first" rows=${signals} rowKey=${(s) => `${s.strategy}${s.instrument}${s.ts}`} empty="No signal yet: strategies send them when the market gives them a reason." columns=${[
        { title: 'Time', cell: (s) => dateTime(s.ts) }, { title: 'Strategy', key: 'strategy' }, { title: 'Account', key: 'account' }, { title: 'Instrument', key: 'instrument' },
        { title: 'Wants', cell: (s) => html`<span class=${s.direction === 'long' ? 'up' : s.direction === 'short' ? 'down' : 'muted'}>${s.direction === 'long' ? '▲ ' : s.direction === 'short' ? '▼ ' : '■ '}${s.direction}</span>` },
        { title: 'Strength', num: true, cell: (s) => s.strength }, { title: 'Price', num: true, cell: (s) => fixed(s.price, digits(s.instrument)) }, { title: 'Reason', key: 'reason' }]} />
    <//>
  </div>`;
}
