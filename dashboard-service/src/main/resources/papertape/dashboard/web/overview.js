// Is everything running, and what am I worth.
import { html, useState, useEffect, useRef } from './lib.js';
import { get, post } from './connection.js';
import { Widget, Table, State, Confirm, Choice, useTwin } from './parts.js';
import { EquityChart } from './charts.js';
import { ago, count, dateTime, delay, fixed, money, percent, signed, time, tone } from './format.js';

const STATES = { open: ['ok', 'open'], reducing: ['warn', 'reducing only'], halted: ['bad', 'halted'] };

export function Problems({ status }) {
  if (!status) return html`<div class="banner idle" role="status">Asking the stack ...</div>`;
  if (!status.problems.length) return html`<div class="banner ok" role="status"><${State} kind="ok">everything runs<//></div>`;
  return html`<div class="banner bad" role="alert"><ul>${status.problems.map((p) => html`<li>
    <${State} kind="bad"><b>${p.part}</b>: ${p.text}<//></li>`)}</ul></div>`;
}

export function Accounts({ data, readOnly, move }) {
  const [asked, ask] = useState(null);
  const rows = data?.accounts ?? [];
  const act = (account, isHalted) => ask({ account, isHalted });
  const columns = [
    { title: 'Account', cell: (r) => html`<b>${r.account}</b> <span class="muted">${r.type}</span>` },
    { title: 'State', cell: (r) => html`<${State} kind=${STATES[r.state][0]}>${STATES[r.state][1]}<//>
      ${r.reason && html`<div class="muted small" title=${r.reason}>${r.reason}</div>`}` },
    { title: 'Equity', num: true, cell: (r) => html`<b>${money(r.equity)}</b> <span class="muted">${r.currency}</span>` },
    { title: 'Day', num: true, cell: (r) => html`<span class=${tone(r.dayPnl)}>${signed(r.dayPnl)}</span>` },
    { title: 'Drawdown', num: true, cell: (r) => percent(r.drawdown) },
    { title: 'Realized', num: true, cell: (r) => html`<span class=${tone(r.realized)}>${signed(r.realized)}</span>` },
    { title: 'Unrealized', num: true, cell: (r) => html`<span class=${tone(r.unrealized)}>${signed(r.unrealized)}</span>` },
    { title: 'Fees', num: true, cell: (r) => money(r.fees) },
    { title: 'Cash', num: true, cell: (r) => money(r.cash) },
  ];
  if (!readOnly) {
    columns.push({ title: 'Do', cell: (r) => r.state === 'halted'
      ? html`<button class="small" onClick=${() => act(r.account, true)}>Resume</button>`
      : html`<button class="small danger" onClick=${() => act(r.account, false)}>Halt</button>` });
  }
  const all = rows.length > 1 && !readOnly && html`
    <button class="small danger" onClick=${() => act('*', false)}>Halt all</button>
    ${rows.some((r) => r.state === 'halted') && html`<button class="small" onClick=${() => act('*', true)}>Resume all</button>`}`;
  return html`<${Widget} title="Accounts" id="accounts" move=${move} wide actions=${all}>
    <${Table} caption="Accounts" columns=${columns} rows=${rows} rowKey=${(r) => r.account}
      empty="No account yet: papertape account open NAME opens one." />
    ${asked && html`<${Confirm} onClose=${() => ask(null)}
      question=${`${asked.isHalted ? 'Resume' : 'Halt'} ${asked.account === '*' ? 'every account' : asked.account}?`}
      detail=${asked.isHalted ? 'New orders are accepted again.' : 'Its open orders are canceled and new ones are denied until it is resumed.'}
      yes=${asked.isHalted ? 'Resume' : 'Halt'}
      onYes=${async () => {
        const heard = await post(asked.isHalted ? 'resume' : 'halt', { account: asked.account });
        if (heard.refused) throw new Error(heard.events?.find((e) => e.event === 'refused')?.text ?? heard.text);
      }} />`}
  <//>`;
}

/** The curves are read once; then each report of an account adds its point. */
export function useCurves(accounts, live) {
  const [curves, set] = useState([]);
  const rows = useRef(null);
  rows.current = accounts;
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    const read = () => get('curves', {}, stop.signal).then((answer) => set(answer.curves ?? []))
      .catch(() => stop.signal.aborted || setTimeout(read, 2000));
    read();
    return () => stop.abort();
  }, [live, accounts?.length]);
  useEffect(() => {
    if (!accounts?.length) return;
    set((before) => before.map((curve) => {
      const row = accounts.find((a) => a.account === curve.account);
      const last = curve.points[curve.points.length - 1];
      if (!row?.equity || (last && last.ts + 900_000 > row.ts)) return curve;
      const points = curve.points.length > 4000 ? curve.points.filter((_, i) => i % 2 || i > 3900) : curve.points;
      return { ...curve, points: [...points, { ts: row.ts, equity: row.equity }] };
    }));
  }, [accounts]);
  return curves;
}

export function Equity({ curves, theme, zone, move }) {
  const [account, choose] = useState('');
  const [isTable, toggle] = useTwin('equity');
  const shown = curves.filter((c) => (account ? c.account === account : true)).slice(0, 5);
  const latest = shown.flatMap((c) => c.points.slice(-60).map((p) => ({ ...p, account: c.account })))
    .sort((a, b) => b.ts - a.ts).slice(0, 120);
  const actions = html`${curves.length > 1 && html`<${Choice} label="Account" value=${account} onChange=${choose}
      options=${[['', 'all'], ...curves.map((c) => [c.account, c.account])]} />`} ${toggle}`;
  const isEmpty = !shown.some((c) => c.points.length);
  return html`<${Widget} title="Equity" id="equity" move=${move} wide actions=${actions}>
    ${isEmpty ? html`<p class="empty">No report yet: the first comes with the first mark after an account was opened.</p>`
      : isTable ? html`<${Table} caption="Equity, the latest first" rows=${latest} rowKey=${(r) => r.account + r.ts} empty=""
          columns=${[{ title: 'Time', cell: (r) => dateTime(r.ts) }, { title: 'Account', key: 'account' },
            { title: 'Equity', num: true, cell: (r) => money(r.equity) }]} />`
      : html`<${EquityChart} curves=${shown} theme=${theme} zone=${zone} label="Equity over time; the table has the numbers" />`}
  <//>`;
}

const kindOf = (s, problems) => {
  if (problems.some((p) => p.part === s.stage)) return s.workers === 0 ? 'bad' : 'warn';
  return s.wanted === 0 ? 'idle' : 'ok';
};

export function Pipeline({ status, move }) {
  const stages = status?.stages ?? [];
  const [isTable, toggle] = useTwin('pipeline');
  const problems = status?.problems ?? [];
  const workers = (s) => (s.wanted >= 0 && s.wanted !== s.workers ? `${s.workers} of ${s.wanted}` : s.workers);
  const body = isTable
    ? html`<${Table} caption="Stages" rows=${stages} rowKey=${(s) => s.stage} empty="" columns=${[
        { title: 'Stage', key: 'stage' },
        { title: 'State', cell: (s) => html`<${State} kind=${kindOf(s, problems)}>${kindOf(s, problems) === 'ok' ? 'runs' : 'problem'}<//>` },
        { title: 'Workers', num: true, cell: workers },
        { title: 'Partitions', num: true, cell: (s) => `${s.partitionsOwned}/${s.partitions}` },
        { title: 'In/s', num: true, cell: (s) => count(s.inRate) }, { title: 'Out/s', num: true, cell: (s) => count(s.outRate) },
        { title: 'Lag', num: true, cell: (s) => count(s.lag) }, { title: 'p50', num: true, cell: (s) => delay(s.delayP50) },
        { title: 'p99', num: true, cell: (s) => delay(s.delayP99) }, { title: 'Dead letters', num: true, cell: (s) => count(s.deadLetters) },
      ]} />`
    : html`<ol class="pipeline">${stages.map((s) => html`<li key=${s.stage} class=${`stage ${kindOf(s, problems)}`}>
        <div class="name"><${State} kind=${kindOf(s, problems)}>${s.stage}<//></div>
        <dl>
          <div><dt>workers</dt><dd>${workers(s)}</dd></div>
          <div><dt>in/s</dt><dd>${count(s.inRate)}</dd></div>
          <div><dt>lag</dt><dd>${count(s.lag)}</dd></div>
          <div><dt>p99</dt><dd>${delay(s.delayP99)}</dd></div>
          <div class=${s.deadLetters ? 'down' : ''}><dt>dead</dt><dd>${count(s.deadLetters)}</dd></div>
        </dl>
      </li>`)}</ol>`;
  return html`<${Widget} title="Pipeline" id="pipeline" move=${move} wide actions=${html`<span class="muted small">${`dead letters in all: ${count(status?.deadLetters)}`}</span> ${toggle}`}>
    ${stages.length ? body : html`<p class="empty">${status && !status.redis ? 'Redis does not answer; the stages cannot be seen.' : 'Nothing has been heard yet.'}</p>`}
    ${status?.lines?.length > 0 && html`<${Table} caption="Feed lines" rows=${status.lines} rowKey=${(l) => l.line} empty="" columns=${[
      { title: 'Feed line', key: 'line' }, { title: 'Workers', num: true, key: 'workers' },
      { title: 'In/s', num: true, cell: (l) => count(l.inRate) },
      { title: 'Only this line had', num: true, cell: (l) => count(l.onlyIt) },
      { title: 'Both had', num: true, cell: (l) => count(l.both) }]} />`}
  <//>`;
}

export function Streams({ status, digits, onPick, move }) {
  const rows = status?.streams ?? [];
  const now = rows.reduce((most, r) => Math.max(most, r.updated), 0);
  return html`<${Widget} title="Feeds" id="feeds" move=${move}>
    <${Table} caption="Feeds" rows=${rows} rowKey=${(r) => r.instrument} onRow=${(r) => onPick(r.instrument)}
      empty="No market data yet: the pipeline shows whether the feed runs." columns=${[
        { title: 'Instrument', cell: (r) => html`<a href="#/market" onClick=${() => onPick(r.instrument)}>${r.instrument}</a>` },
        { title: 'Stream', cell: (r) => html`<${State} kind=${r.isBroken ? 'bad' : r.state ? 'ok' : 'idle'}>
            <span title=${r.detail}>${r.state || 'no word yet'}</span><//>` },
        { title: 'Bid', num: true, cell: (r) => fixed(r.bidPx, digits(r.instrument)) },
        { title: 'Ask', num: true, cell: (r) => fixed(r.askPx, digits(r.instrument)) },
        { title: 'Updated', num: true, cell: (r) => html`<span title=${dateTime(r.updated)}>${ago(r.updated, now)}</span>` },
      ]} />
  <//>`;
}

export function Positions({ data, digits, move }) {
  const [withFlat, show] = useState(false);
  const rows = (data?.positions ?? []).filter((r) => withFlat || Number(r.position) !== 0);
  return html`<${Widget} title="Positions" id="positions" move=${move} actions=${html`<label class="choice">
      <input type="checkbox" checked=${withFlat} onChange=${(e) => show(e.target.checked)} /> flat too</label>`}>
    <${Table} caption="Positions" rows=${rows} rowKey=${(r) => `${r.account}|${r.instrument}`}
      empty="No position: the first comes with the first fill." columns=${[
        { title: 'Account', key: 'account' }, { title: 'Instrument', key: 'instrument' },
        { title: 'Position', num: true, cell: (r) => html`<b>${r.position.replace('-', '−')}</b>` },
        { title: 'Average', num: true, cell: (r) => fixed(r.avgPx, digits(r.instrument)) },
        { title: 'Mark', num: true, cell: (r) => (r.unmarked ? 'no mark' : fixed(r.mark, digits(r.instrument))) },
        { title: 'Unrealized', num: true, cell: (r) => html`<span class=${tone(r.unrealized)}>${signed(r.unrealized)}</span>` },
        { title: 'Realized', num: true, cell: (r) => html`<span class=${tone(r.realized)}>${signed(r.realized)}</span>` },
      ]} />
  <//>`;
}

export function DeadLetters({ status, move }) {
  const rows = status?.letters ?? [];
  if (!rows.length) return null;
  return html`<${Widget} title="Dead letters" id="letters" move=${move} wide>
    <${Table} caption="Dead letters, the latest first" rows=${rows.slice(0, 20)} rowKey=${(r) => `${r.channel}${r.partition}${r.seq}${r.ts}`}
      empty="" columns=${[{ title: 'Time', cell: (r) => time(r.ts) }, { title: 'Channel', cell: (r) => `${r.channel}.${r.partition}` },
        { title: 'Number', num: true, cell: (r) => count(r.seq) }, { title: 'Reason', key: 'reason' }]} />
  <//>`;
}
