// Pieces that every view uses.
import { html, useState, useEffect, useRef } from './lib.js';

/** A box with a title; what stands beside the title comes as `actions`. */
export function Widget({ title, id, actions, children, wide, move }) {
  return html`<section class=${`widget ${wide ? 'wide' : ''}`} id=${id} aria-label=${title}>
    <header><h2>${title}</h2><div class="actions">${actions}${move}</div></header>
    ${children}
  </section>`;
}

/**
 * A table. Columns: {key, title, num, cell(row)}; the caption names it for who cannot see it.
 * A region of its own, so that it can be scrolled with the keyboard.
 */
export function Table({ caption, columns, rows, rowKey, empty, onRow, selected }) {
  if (!rows.length) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption class="hidden">${caption}</caption>
      <thead><tr>${columns.map((c) => html`<th scope="col" class=${c.num ? 'num' : ''}>${c.title}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${rowKey(row)} class=${selected && selected(row) ? 'selected' : ''}
          onClick=${onRow ? () => onRow(row) : undefined}>
        ${columns.map((c) => html`<td class=${c.num ? 'num' : ''}>${c.cell ? c.cell(row) : row[c.key]}</td>`)}
      </tr>`)}</tbody>
    </table>
  </div>`;
}

const MARKS = { ok: '●', warn: '▲', bad: '✕', idle: '○' };

/** A state as a sign, a colour and a word. */
export function State({ kind, children }) {
  return html`<span class=${`state ${kind}`}><span aria-hidden="true">${MARKS[kind]}</span> ${children}</span>`;
}

/** Shows a chart or the same numbers as a table. */
export function useTwin(id) {
  const key = `papertape.twin.${id}`;
  const [isTable, set] = useState(localStorage.getItem(key) === 'table');
  const toggle = () => {
    localStorage.setItem(key, isTable ? 'chart' : 'table');
    set(!isTable);
  };
  return [isTable, html`<button class="small" aria-pressed=${isTable} onClick=${toggle}>
    ${isTable ? 'Show chart' : 'Show table'}</button>`];
}

/** Asks once; Escape and Cancel leave everything as it is. */
export function Confirm({ question, detail, yes, onYes, onClose }) {
  const dialog = useRef(null);
  const [error, setError] = useState('');
  const [isBusy, setBusy] = useState(false);
  useEffect(() => dialog.current.showModal(), []);
  const go = async () => {
    setBusy(true);
    setError('');
    try {
      await onYes();
      onClose();
    } catch (e) {
      setError(e.message);
      setBusy(false);
    }
  };
  return html`<dialog ref=${dialog} onClose=${onClose} aria-labelledby="question">
    <h2 id="question">${question}</h2>
    <p>${detail}</p>
    ${error && html`<p class="error" role="alert">${error}</p>`}
    <div class="buttons">
      <button class="danger" disabled=${isBusy} onClick=${go}>${isBusy ? 'Waiting for the answer ...' : yes}</button>
      <button autofocus onClick=${() => dialog.current.close()}>Cancel</button>
    </div>
  </dialog>`;
}

export function Choice({ label, value, options, onChange }) {
  return html`<label class="choice"><span>${label}</span>
    <select value=${value} onChange=${(e) => onChange(e.target.value)}>
      ${options.map(([key, text]) => html`<option value=${key} selected=${key === value}>${text}</option>`)}
    </select></label>`;
}
