// Any channel as it is published.
import { html, useState, useEffect, useRef } from './lib.js';
import { listen } from './connection.js';
import { Widget, Choice } from './parts.js';
import { count, time } from './format.js';

const KEPT = 400;

export function Tail({ setup }) {
  const [channel, setChannel] = useState('executions');
  const [text, setText] = useState('');
  const [sought, seek] = useState('');
  const [isPaused, pause] = useState(false);
  const [shown, set] = useState({ lines: [], leftOut: 0, waiting: 0 });
  const [copied, setCopied] = useState('');
  const held = useRef([]);
  const paused = useRef(false);
  const number = useRef(0);
  paused.current = isPaused;
  useEffect(() => {
    const timer = setTimeout(() => seek(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    set({ lines: [], leftOut: 0, waiting: 0 });
    held.current = [];
    return listen({ topics: 'status', tail: channel, text: sought }, (name, body) => {
      if (name !== 'tail') return;
      const lines = body.lines.map((line) => ({ n: ++number.current, line })).reverse();
      if (paused.current) {
        held.current = [...lines, ...held.current].slice(0, KEPT);
        set((before) => ({ ...before, leftOut: before.leftOut + body.leftOut, waiting: held.current.length }));
      } else {
        set((before) => ({ lines: [...lines, ...before.lines].slice(0, KEPT), leftOut: before.leftOut + body.leftOut, waiting: 0 }));
      }
    }, () => {});
  }, [channel, sought]);
  const resume = () => {
    if (isPaused) {
      set((before) => ({ ...before, lines: [...held.current, ...before.lines].slice(0, KEPT), waiting: 0 }));
      held.current = [];
    }
    pause(!isPaused);
  };
  const copy = async () => {
    const json = `[${shown.lines.map((l) => l.line).join(',\n')}]`;
    try {
      await navigator.clipboard.writeText(json);
      setCopied(`${shown.lines.length} messages copied`);
    } catch {
      setCopied('The browser does not allow copying.');
    }
  };
  return html`<div class="grid"><${Widget} title="Tail" id="tail" wide actions=${html`
    <${Choice} label="Channel" value=${channel} onChange=${setChannel} options=${(setup?.channels ?? ['executions']).map((c) => [c, c])} />
    <label class="choice"><span>Contains</span><input value=${text} placeholder="an instrument, account, id ..." onInput=${(e) => setText(e.target.value)} /></label>
    <button class="small" aria-pressed=${isPaused} onClick=${resume}>${isPaused ? `Go on (${shown.waiting} waiting)` : 'Pause'}</button>
    <button class="small" onClick=${copy}>Copy as JSON</button><span class="small muted" role="status">${copied}</span>`}>
    <p class="muted small">${count(shown.leftOut)} left out: more than the page shows in a second. Clocks are not shown.</p>
    ${shown.lines.length === 0 ? html`<p class="empty">Nothing has been published on ${channel} since this view was opened.</p>`
      : html`<div class="lines" tabindex="0" role="region" aria-label="Messages"><ol>${shown.lines.map((l) => html`<${Line} key=${l.n} line=${l.line} />`)}</ol></div>`}
  <//></div>`;
}

function Line({ line }) {
  const [isOpen, open] = useState(false);
  let ts = 0;
  let type = '';
  try {
    const message = JSON.parse(line);
    ts = message.ts;
    type = message.type;
  } catch {
    type = '';
  }
  return html`<li><button class="link" aria-expanded=${isOpen} onClick=${() => open(!isOpen)}>${time(ts)} <b>${type}</b></button>
    ${isOpen ? html`<pre tabindex="0">${JSON.stringify(JSON.parse(line), null, 1)}</pre>` : html`<code>${line}</code>`}</li>`;
}
