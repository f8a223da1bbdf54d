// The tearsheet's figures, live, of one account or of several side by side.
import { html, useState, useEffect } from './lib.js';
import { get } from './connection.js';
import { Widget, Table, Choice, useTwin } from './parts.js';
import { DrawdownChart } from './charts.js';
import { count, dateTime, fixed, money, percent, signed, tone } from './format.js';

export function Performance({ data, live, theme, zone, digits }) {
  const [answers, set] = useState({});
  const [chosen, choose] = useState('');
  const [problem, setProblem] = useState('');
  const [isTable, toggle] = useTwin('drawdown');
  const accounts = (data.accounts?.accounts ?? []).map((a) => a.account);
  const shown = chosen || accounts[0] || '';
  const compared = accounts.slice(0, 8);
  useEffect(() => {
    if (live !== 'live' || !compared.length) return undefined;
    const stop = new AbortController();
    const read = async () => {
      for (const account of [...new Set([shown, ...compared])]) {
        try {
          const answer = await get('performance', { account }, stop.signal);
          set((before) => ({ ...before, [account]: answer }));
          setProblem('');
        } catch (e) {
          if (stop.signal.aborted) return;
          setProblem(e.message);
        }
      }
    };
    read();
    const timer = setInterval(read, 10_000);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [live, compared.join('|'), shown]);
  const one = answers[shown];
  const all = [...new Set([shown, ...compared])].map((a) => answers[a]).filter(Boolean);
  const ratio = (value) => (value === undefined ? '–' : fixed(value, 2));
  return html`<div class="grid">
    ${problem && html`<div class="banner bad wide" role="alert">${problem}</div>`}
    <${Widget} title="Accounts side by side" id="compare" wide>
      <${Table} caption="Accounts side by side" rows=${all} rowKey=${(r) => r.account} onRow=${(r) => choose(r.account)} selected=${(r) => r.account === shown} empty="No account yet." columns=${[
        { title: 'Account', cell: (r) => html`<b>${r.account}</b>` }, { title: 'Equity', num: true, cell: (r) => `${money(r.equity)} ${r.currency}` },
        { title: 'Profit', num: true, cell: (r) => html`<span class=${tone(r.profit)}>${signed(r.profit)}</span>` }, { title: 'Paid in', num: true, cell: (r) => money(r.flows) },
        { title: 'Return', num: true, cell: (r) => html`<span class=${tone(r.returns.totalReturn)}>${percent(r.returns.totalReturn)}</span>` },
        { title: 'Max drawdown', num: true, cell: (r) => percent(r.maxDrawdown) }, { title: 'Sharpe', num: true, cell: (r) => ratio(r.returns.sharpe) }, { title: 'Sortino', num: true, cell: (r) => ratio(r.returns.sortino) },
        { title: 'Fills', num: true, cell: (r) => count(r.trades.fills) }, { title: 'Round trips', num: true, cell: (r) => count(r.trades.roundTrips) }, { title: 'Hit rate', num: true, cell: (r) => (r.trades.hitRate === undefined ? '–' : percent(r.trades.hitRate, 1)) },
        { title: 'Profit factor', num: true, cell: (r) => ratio(r.trades.profitFactor) }, { title: 'Turnover', num: true, cell: (r) => money(r.trades.turnover) }, { title: 'Fees', num: true, cell: (r) => money(r.trades.fees) }]} />
      <p class="muted small">The same statistics as papertape report; Sharpe and Sortino are of daily returns and need two days or more.</p>
    <//>
    <${Widget} title=${`Drawdown of ${shown}`} id="drawdown" wide actions=${html`<${Choice} label="Account" value=${shown} onChange=${choose} options=${accounts.map((a) => [a, a])} /> ${toggle}`}>
      ${!one || !one.drawdown.length ? html`<p class="empty">No report yet.</p>` : isTable
        ? html`<${Table} caption="Drawdown, the latest first" rows=${one.drawdown.slice(-200).reverse()} rowKey=${(d) => d.ts} empty="" columns=${[{ title: 'Time', cell: (d) => dateTime(d.ts) }, { title: 'Lost of the peak', num: true, cell: (d) => percent(d.fraction, 4) }]} />`
        : html`<${DrawdownChart} points=${one.drawdown} theme=${theme} zone=${zone} label="Share of the peak equity that is lost; the table has the numbers" />`}
    <//>
    <${Widget} title="Months" id="months"><${Table} caption="Returns by month" rows=${one?.months ?? []} rowKey=${(m) => m.month} empty="No whole day yet." columns=${[{ title: 'Month', key: 'month' },
      { title: 'Return', num: true, cell: (m) => html`<span class=${tone(m.fraction)}>${percent(m.fraction)}</span>` }, { title: 'Days', num: true, key: 'days' }]} /><//>
    <${Widget} title="Round trips by profit" id="distribution"><${Distribution} trips=${one?.trips ?? []} currency=${one?.currency ?? ''} /><//>
    <${Widget} title="Round trips" id="trips" wide><${Table} caption="Round trips, the latest first" rows=${(one?.trips ?? []).slice(-200).reverse()} rowKey=${(t) => `${t.instrument}${t.opened}${t.closed}`} empty="No position was opened and closed yet." columns=${[
      { title: 'Closed', cell: (t) => dateTime(t.closed) }, { title: 'Instrument', key: 'instrument' }, { title: 'Side', cell: (t) => (t.side === 'buy' ? 'long' : 'short') }, { title: 'Quantity', num: true, key: 'qty' },
      { title: 'Entry', num: true, cell: (t) => fixed(t.entryPx, digits(t.instrument)) }, { title: 'Exit', num: true, cell: (t) => fixed(t.exitPx, digits(t.instrument)) },
      { title: 'Profit', num: true, cell: (t) => html`<span class=${tone(t.profit)}>${signed(t.profit)}</span>` }, { title: 'Fees', num: true, cell: (t) => money(t.fees) }]} /><//>
  </div>`;
}

/** Bars are a table's own cells, so that the picture and the numbers are one. */
function Distribution({ trips, currency }) {
  if (!trips.length) return html`<p class="empty">No position was opened and closed yet.</p>`;
  const profits = trips.map((t) => Number(t.profit));
  const most = Math.max(...profits.map(Math.abs)) || 1;
  const step = 10 ** Math.floor(Math.log10(most)) / (most / 10 ** Math.floor(Math.log10(most)) < 3 ? 2 : 1);
  const bins = new Map();
  for (const p of profits) bins.set(Math.floor(p / step), (bins.get(Math.floor(p / step)) ?? 0) + 1);
  const rows = [...bins.entries()].sort((a, b) => a[0] - b[0]);
  const top = Math.max(...rows.map(([, n]) => n));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Round trips by profit"><table><caption class="hidden">Round trips by profit</caption>
    <thead><tr><th scope="col" class="num">From (${currency})</th><th scope="col" class="num">To</th><th scope="col" class="num">Round trips</th><th scope="col">Share</th></tr></thead>
    <tbody>${rows.map(([bin, n]) => html`<tr key=${bin}><td class="num">${signed((bin * step).toFixed(4))}</td><td class="num">${signed(((bin + 1) * step).toFixed(4))}</td><td class="num">${n}</td>
      <td><meter class=${bin < 0 ? 'loss' : 'win'} min="0" max=${top} value=${n} aria-label=${`${n} round trips`}></meter></td></tr>`)}</tbody></table></div>`;
}
