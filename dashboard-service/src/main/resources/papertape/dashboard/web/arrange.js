// The order of a view's widgets, moved with two buttons and kept in the browser.
import { html, useState } from './lib.js';

function readOrder(key, ids) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]').filter((id) => ids.includes(id));
    return [...kept, ...ids.filter((id) => !kept.includes(id))];
  } catch {
    return ids;
  }
}

/** Widgets: [id, (buttons) => the widget]. */
export function Arranged({ view, widgets }) {
  const key = `papertape.order.${view}`;
  const ids = widgets.map(([id]) => id);
  const [order, set] = useState(() => readOrder(key, ids));
  const move = (id, by) => {
    const from = order.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    const next = [...order];
    [next[from], next[to]] = [next[to], next[from]];
    localStorage.setItem(key, JSON.stringify(next));
    set(next);
  };
  const known = new Map(widgets);
  return html`<div class="grid arranged">${order.map((id) => known.get(id)?.(html`<span class="arrange">
    <button class="small" title="Move this box up" aria-label=${`Move ${id} up`} onClick=${() => move(id, -1)}>↑</button>
    <button class="small" title="Move this box down" aria-label=${`Move ${id} down`} onClick=${() => move(id, 1)}>↓</button></span>`))}</div>`;
}
