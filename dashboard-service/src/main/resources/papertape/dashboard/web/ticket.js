// The order ticket: knows tick, lot and limits of size; the pre-trade checks decide, and what they say is shown.
import { html, useState, useEffect } from './lib.js';
import { post } from './connection.js';
import { Widget } from './parts.js';
import { fixed, digitsOf } from './format.js';

const KINDS = [['market', 'Market'], ['limit', 'Limit'], ['stop', 'Stop'], ['stop-limit', 'Stop limit']];
const TIMES = [['', 'usual'], ['gtc', 'until canceled'], ['day', 'day'], ['ioc', 'at once or not'], ['fok', 'wholly or not']];

const isStep = (text, step) => {
  const digits = Math.max(digitsOf(step), digitsOf(text));
  const scaled = (t) => BigInt(fixed(t, digits).replace(/[.,]/g, ''));
  return /^\d+(\.\d+)?$/.test(text) && scaled(step) !== 0n && scaled(text) % scaled(step) === 0n;
};

/** What is wrong with the terms before anybody is asked; empty where nothing is. */
export function complaint(form, instrument) {
  if (!/^\d+(\.\d+)?$/.test(form.qty) || Number(form.qty) === 0) return 'The quantity must be a number above 0.';
  if (!isStep(form.qty, instrument.lot)) return `The quantity must be a multiple of the lot ${instrument.lot}.`;
  if (Number(form.qty) < Number(instrument.minQty)) return `The smallest quantity is ${instrument.minQty}.`;
  if (Number(form.qty) > Number(instrument.maxQty)) return `The largest quantity is ${instrument.maxQty}.`;
  for (const [key, name] of [['limit', 'limit'], ['stop', 'stop']]) {
    if (form.kind.includes(key) && !isStep(form[key], instrument.tick)) return `The ${name} must be a multiple of the tick ${instrument.tick}.`;
  }
  return '';
}

export function Ticket({ instrument, accounts, price, market }) {
  const [form, set] = useState({ account: '', kind: 'market', qty: '', limit: '', stop: '', tif: '', postOnly: false, reduceOnly: false });
  const [result, setResult] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const change = (part) => set((before) => ({ ...before, ...part }));
  useEffect(() => {
    if (price) change(form.kind.includes('stop') && form.kind !== 'stop-limit' ? { stop: price } : { limit: price, kind: form.kind === 'market' ? 'limit' : form.kind });
  }, [price]);
  const account = form.account || accounts[0]?.account || '';
  if (!instrument) return html`<${Widget} title="Ticket" id="ticket"><p class="empty">Choose an instrument that is configured.</p><//>`;
  const wrong = form.qty ? complaint(form, instrument) : '';
  const send = async (side) => {
    const said = complaint(form, instrument);
    if (said) {
      setResult({ refused: true, text: said });
      return;
    }
    setBusy(true);
    setResult(null);
    try {
      const body = { account, instrument: instrument.name, side, qty: form.qty };
      if (form.kind.includes('limit')) body.limit = form.limit;
      if (form.kind.includes('stop')) body.stop = form.stop;
      if (form.tif) body.tif = form.tif;
      if (form.postOnly) body.postOnly = true;
      if (form.reduceOnly) body.reduceOnly = true;
      setResult(await post('order', body));
    } catch (e) {
      setResult({ refused: true, text: e.message });
    }
    setBusy(false);
  };
  const field = (key, label, hint) => html`<label><span>${label}</span>
    <input name=${key} inputmode="decimal" autocomplete="off" value=${form[key]} placeholder=${hint} onInput=${(e) => change({ [key]: e.target.value.trim() })} /></label>`;
  const reference = form.kind.includes('limit') ? form.limit : market?.askPx;
  const notional = Number(form.qty) > 0 && Number(reference) > 0 ? (Number(form.qty) * Number(reference)).toFixed(2) : '';
  return html`<${Widget} title="Ticket" id="ticket">
    <form class="ticket" onSubmit=${(e) => e.preventDefault()}>
      <label><span>Account</span><select name="account" value=${account} onChange=${(e) => change({ account: e.target.value })}>
        ${accounts.map((a) => html`<option value=${a.account} selected=${a.account === account}>${a.account}${a.state === 'open' ? '' : ` (${a.state})`}</option>`)}</select></label>
      <label><span>Order</span><select name="kind" value=${form.kind} onChange=${(e) => change({ kind: e.target.value })}>
        ${KINDS.map(([key, text]) => html`<option value=${key} selected=${form.kind === key}>${text}</option>`)}</select></label>
      ${field('qty', 'Quantity', `in ${instrument.lot} ${instrument.base}`)}
      ${form.kind.includes('limit') && field('limit', 'Limit', `in ${instrument.tick}`)}
      ${form.kind.includes('stop') && field('stop', 'Stop', `in ${instrument.tick}`)}
      <label><span>Lives</span><select name="tif" value=${form.tif} onChange=${(e) => change({ tif: e.target.value })}>
        ${TIMES.map(([key, text]) => html`<option value=${key} selected=${form.tif === key}>${text}</option>`)}</select></label>
      <label class="check"><input type="checkbox" checked=${form.postOnly} onChange=${(e) => change({ postOnly: e.target.checked })} /> post only</label>
      <label class="check"><input type="checkbox" checked=${form.reduceOnly} onChange=${(e) => change({ reduceOnly: e.target.checked })} /> reduce only</label>
      <p class="muted small line">${notional ? `about ${fixed(notional, 2)} ${instrument.quote}` : `minimum ${instrument.minQty}, lot ${instrument.lot}, tick ${instrument.tick}`}</p>
      ${wrong && html`<p class="error line small">${wrong}</p>`}
      <button type="button" class="buy" disabled=${isBusy} onClick=${() => send('buy')}>Buy</button>
      <button type="button" class="sell" disabled=${isBusy} onClick=${() => send('sell')}>Sell</button>
    </form>
    <div role="status" aria-live="polite" id="ticket-result">${isBusy ? html`<p class="muted">Waiting for the answer ...</p>` : result && html`<${Outcome} result=${result} />`}</div>
  <//>`;
}

/** What became of a request, in the words of the check or the venue. */
export function Outcome({ result }) {
  const last = result.executions?.[result.executions.length - 1];
  const what = last ? `${last.orderId}: ${last.execType === 'trade' ? `${last.ordStatus}, ${last.cumQty} at ${last.avgPx}` : last.execType.replace('_', ' ')}` : '';
  return html`<p class=${result.refused ? 'error' : 'done'}><b>${result.refused ? '✕ Refused' : '✓ Done'}</b>${what && ` ${what}`}
    <br /><span class="small">${result.text}</span></p>`;
}
