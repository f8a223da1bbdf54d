// Working and past orders, and why each is where it is.
import { html, useState, useEffect, useRef } from './lib.js';
import { get, post } from './connection.js';
import { Widget, State, Choice, Confirm } from './parts.js';
import { Outcome } from './ticket.js';
import { count, dateTime, fixed } from './format.js';

const KIND = { new: 'ok', partially_filled: 'ok', filled: 'ok', canceled: 'idle', expired: 'idle', rejected: 'bad', denied: 'bad' };
const PAGE = 200;
const ROW = 30;

export function Orders({ data, setup, digits, readOnly, live, zone }) {
  const [filter, set] = useState({ account: '', strategy: '', instrument: '', state: '', text: '' });
  const [page, setPage] = useState({ total: 0, rows: [] });
  const [opened, open] = useState(null);
  const [asked, ask] = useState(null);
  const [limit, setLimit] = useState(PAGE);
  const version = data.orders?.version;
  const busy = useRef(false);
  const again = useRef(false);
  const key = JSON.stringify(filter) + limit;
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    const read = async () => {
      if (busy.current) {
        again.current = true;
        return;
      }
      busy.current = true;
      try {
        setPage(await get('orders', { ...filter, limit }, stop.signal));
        await new Promise((resolve) => setTimeout(resolve, 300));
      } catch {
        // a lost connection is shown above; the next event reads again
      }
      busy.current = false;
      if (again.current && !stop.signal.aborted) {
        again.current = false;
        read();
      }
    };
    read();
    return undefined;
  }, [version, key, live]);
  const change = (part) => { set({ ...filter, ...part }); setLimit(PAGE); };
  const accounts = (data.accounts?.accounts ?? []).map((a) => [a.account, a.account]);
  const strategies = (setup?.strategies ?? []).map((s) => [s.name, s.name]);
  const instruments = (setup?.instruments ?? []).map((i) => [i.name, i.name]);
  return html`<div class="grid">
    <${Widget} title=${`Orders (${count(page.total)})`} id="orders" wide actions=${html`
      <${Choice} label="Account" value=${filter.account} onChange=${(account) => change({ account })} options=${[['', 'all'], ...accounts]} />
      <${Choice} label="Strategy" value=${filter.strategy} onChange=${(strategy) => change({ strategy })} options=${[['', 'all'], ...strategies]} />
      <${Choice} label="Instrument" value=${filter.instrument} onChange=${(instrument) => change({ instrument })} options=${[['', 'all'], ...instruments]} />
      <${Choice} label="State" value=${filter.state} onChange=${(state) => change({ state })} options=${[['', 'all'], ['working', 'working'], ['ended', 'ended'],
        ['filled', 'filled'], ['canceled', 'canceled'], ['denied', 'denied'], ['rejected', 'rejected'], ['expired', 'expired']]} />
      <label class="choice"><span>Id</span><input value=${filter.text} onInput=${(e) => change({ text: e.target.value })} size="12" /></label>`}>
      <${Rows} rows=${page.rows} total=${page.total} digits=${digits} onMore=${() => setLimit(Math.min(limit + PAGE, 1000))} canMore=${limit < 1000 && page.rows.length < page.total}
        onOpen=${open} onAsk=${ask} readOnly=${readOnly} zone=${zone} opened=${opened} />
    <//>
    ${opened && html`<${Explain} order=${opened} onClose=${() => open(null)} live=${live} version=${version} />`}
    ${asked?.kind === 'cancel' && html`<${Confirm} question=${`Cancel ${asked.row.orderId}?`} detail=${`${asked.row.side} ${asked.row.leavesQty} ${asked.row.instrument} of ${asked.row.account}. A fill may come before the cancel does.`}
      yes="Cancel the order" onClose=${() => ask(null)} onYes=${async () => {
        const heard = await post('cancel', { account: asked.row.account, orderId: asked.row.orderId, instrument: asked.row.instrument });
        if (heard.refused) throw new Error(heard.text);
      }} />`}
    ${asked?.kind === 'replace' && html`<${Replace} row=${asked.row} onClose=${() => ask(null)} />`}
  </div>`;
}

/** Draws the rows that are in sight only: a list of thousands stays quick. */
function Rows({ rows, digits, onMore, canMore, onOpen, onAsk, readOnly, opened }) {
  const [top, setTop] = useState(0);
  const box = useRef(null);
  const height = 480;
  const from = Math.max(0, Math.floor(top / ROW) - 8);
  const to = Math.min(rows.length, from + Math.ceil(height / ROW) + 16);
  if (!rows.length) return html`<p class="empty">No order fits. Strategies send them, the ticket in Market does, and so does papertape order.</p>`;
  const columns = readOnly ? 11 : 12;
  return html`<div class="scroll orders" tabindex="0" role="region" aria-label="Orders" ref=${box} onScroll=${(e) => {
      setTop(e.target.scrollTop);
      if (canMore && e.target.scrollTop + e.target.clientHeight > e.target.scrollHeight - 200) onMore();
    }}>
    <table><caption class="hidden">Orders, the latest first</caption>
    <thead><tr>${['Updated', 'Account', 'Order', 'Strategy', 'Instrument', 'Side', 'Terms'].map((t) => html`<th scope="col">${t}</th>`)}
      <th scope="col" class="num">Quantity</th><th scope="col" class="num">Filled</th><th scope="col" class="num">Average</th><th scope="col">State</th>
      ${!readOnly && html`<th scope="col">Do</th>`}</tr></thead>
    <tbody>
      ${from > 0 && html`<tr class="gap" aria-hidden="true"><td colspan=${columns} height=${from * ROW}></td></tr>`}
      ${rows.slice(from, to).map((r) => html`<tr key=${r.account + r.orderId} class=${opened?.orderId === r.orderId && opened?.account === r.account ? 'selected' : ''}>
        <td>${dateTime(r.updated)}</td><td>${r.account}</td>
        <td><button class="link" onClick=${() => onOpen(r)} title="Why it is where it is">${r.orderId}</button></td>
        <td>${r.strategy ?? 'by hand'}</td><td>${r.instrument}</td><td class=${r.side === 'buy' ? 'up' : 'down'}>${r.side}</td>
        <td>${terms(r, digits)}</td><td class="num">${r.qty}</td><td class="num">${r.cumQty}</td>
        <td class="num">${fixed(r.avgPx, digits(r.instrument) + 2)}</td>
        <td><${State} kind=${KIND[r.status]}>${r.status.replace('_', ' ')}<//></td>
        ${!readOnly && html`<td>${r.status === 'new' || r.status === 'partially_filled' ? html`<button class="small" onClick=${() => onAsk({ kind: 'replace', row: r })}>Replace</button>
          <button class="small danger" onClick=${() => onAsk({ kind: 'cancel', row: r })}>Cancel</button>` : ''}</td>`}
      </tr>`)}
      ${to < rows.length && html`<tr class="gap" aria-hidden="true"><td colspan=${columns} height=${(rows.length - to) * ROW}></td></tr>`}
    </tbody></table></div>`;
}

const terms = (r, digits) => [r.ordType.replace('_', ' '), r.stopPx && `stop ${fixed(r.stopPx, digits(r.instrument))}`,
  r.limitPx && fixed(r.limitPx, digits(r.instrument)), r.tif].filter(Boolean).join(' ');

function Replace({ row, onClose }) {
  const dialog = useRef(null);
  const [form, set] = useState({ qty: row.qty, limit: row.limitPx ?? '', stop: row.stopPx ?? '' });
  const [result, setResult] = useState(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current.showModal(), []);
  const send = async () => {
    const body = { account: row.account, orderId: row.orderId, instrument: row.instrument };
    if (form.qty !== row.qty) body.qty = form.qty;
    if (row.limitPx && form.limit !== row.limitPx) body.limit = form.limit;
    if (row.stopPx && form.stop !== row.stopPx) body.stop = form.stop;
    setBusy(true);
    try {
      setResult(await post('replace', body));
    } catch (e) {
      setResult({ refused: true, text: e.message });
    }
    setBusy(false);
  };
  const field = (key, label) => html`<label><span>${label}</span><input name=${key} inputmode="decimal" value=${form[key]} onInput=${(e) => set({ ...form, [key]: e.target.value.trim() })} /></label>`;
  return html`<dialog ref=${dialog} onClose=${onClose} aria-labelledby="replace-title"><h2 id="replace-title">Replace ${row.orderId}</h2>
    <p class="muted small">Another limit or more quantity goes to the back of the queue; less quantity keeps its place. The quantity includes what is filled.</p>
    <form class="ticket" onSubmit=${(e) => { e.preventDefault(); send(); }}>${field('qty', 'Quantity')}${row.limitPx && field('limit', 'Limit')}${row.stopPx && field('stop', 'Stop')}</form>
    ${result && html`<${Outcome} result=${result} />`}
    <div class="buttons"><button class="buy" disabled=${isBusy} onClick=${send}>${isBusy ? 'Waiting for the answer ...' : 'Replace'}</button><button onClick=${() => dialog.current.close()}>Close</button></div>
  </dialog>`;
}

/** An order's life; each step opens the chain of causes back to the venue's own message. */
function Explain({ order, onClose, live, version }) {
  const [life, set] = useState(null);
  const [error, setError] = useState('');
  const [chain, follow] = useState(null);
  const title = useRef(null);
  useEffect(() => {
    follow(null);
    title.current?.focus();
  }, [order.account, order.orderId]);
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    setError('');
    get('explain', { account: order.account, order: order.orderId }, stop.signal).then(set).catch((e) => stop.signal.aborted || setError(e.message));
    return () => stop.abort();
  }, [order.account, order.orderId, live, order.status === 'new' || order.status === 'partially_filled' ? version : 0]);
  const causes = async (id) => {
    follow({ id, steps: null });
    try {
      follow({ id, ...(await get('causes', { id })) });
    } catch (e) {
      follow({ id, steps: [], error: e.message });
    }
  };
  return html`<section class="widget wide" id="explain" aria-label="Explanation">
    <header><h2 tabindex="-1" ref=${title}>Why ${order.orderId} of ${order.account} is where it is</h2><button class="small" onClick=${onClose}>Close</button></header>
    ${error && html`<p class="error">${error}</p>`}
    ${!life && !error && html`<p class="muted">Reading its life ...</p>`}
    <ol class="life">${(life?.steps ?? []).map((s) => html`<li key=${s.execution.id}>
      <${State} kind=${KIND[s.execution.ordStatus]}>${s.execution.execType.replace('_', ' ')}<//> <span class="muted">${dateTime(s.execution.ts)}</span>
      ${s.execution.lastPx && html` <b>${s.execution.lastQty} at ${s.execution.lastPx}</b> ${s.execution.liquidity ?? ''}, fee ${s.execution.commission}`}
      <div class="reason">${s.text}</div>
      <div class="small muted">filled ${s.execution.cumQty} of ${s.execution.qty}, ${s.execution.leavesQty} left
        <button class="small" onClick=${() => causes(s.execution.id)} aria-expanded=${chain?.id === s.execution.id}>Causes</button></div>
      ${chain?.id === s.execution.id && html`<${Causes} chain=${chain} />`}
    </li>`)}</ol>
  </section>`;
}

function Causes({ chain }) {
  if (!chain.steps) return html`<p class="muted">Following the causes ...</p>`;
  if (chain.error) return html`<p class="error">${chain.error}</p>`;
  return html`<ol class="causes">${chain.steps.map((s) => html`<li key=${s.id}><b>${s.id}</b>
    ${s.text ? html` <span class="muted">${s.channel}.${s.partition} number ${count(s.seq)}</span><pre tabindex="0">${pretty(s.text)}</pre>`
      : html` <span class="muted">is no longer in the journals; the database has it where its channel is stored</span>`}</li>`)}</ol>`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}
