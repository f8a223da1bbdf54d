// The logs of every service of the stack.
import { html, useState, useEffect } from './lib.js';
import { get } from './connection.js';
import { Widget, Table, Choice } from './parts.js';

export function Logs({ live }) {
  const [answer, set] = useState(null);
  const [service, setService] = useState('');
  const [level, setLevel] = useState('');
  const [text, setText] = useState('');
  const [isPaused, pause] = useState(false);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    const read = () => get('logs', { service, level, text, limit: 500 }, stop.signal).then((a) => { set(a); setProblem(''); }).catch((e) => stop.signal.aborted || setProblem(e.message));
    const first = setTimeout(read, 150);
    const timer = setInterval(() => isPaused || read(), 2000);
    return () => {
      stop.abort();
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [live, service, level, text, isPaused]);
  const lines = answer?.lines ?? [];
  return html`<div class="grid"><${Widget} title="Logs" id="logs" wide actions=${html`
    <${Choice} label="Service" value=${service} onChange=${setService} options=${[['', 'all'], ...(answer?.services ?? []).map((s) => [s, s])]} />
    <${Choice} label="At least" value=${level} onChange=${setLevel} options=${[['', 'all'], ['info', 'info'], ['warn', 'warn'], ['error', 'error']]} />
    <label class="choice"><span>Contains</span><input value=${text} onInput=${(e) => setText(e.target.value)} /></label>
    <button class="small" aria-pressed=${isPaused} onClick=${() => pause(!isPaused)}>${isPaused ? 'Go on' : 'Pause'}</button>`}>
    ${problem && html`<p class="error" role="alert">${problem}</p>`}
    <${Table} caption="Log lines, the latest first; times are UTC" rows=${lines} rowKey=${(l) => `${l.service}${l.time}${l.text}`} empty=${answer?.problem || 'No line fits.'} columns=${[
      { title: 'Time (UTC)', cell: (l) => l.time.replace('T', ' ') }, { title: 'Service', key: 'service' },
      { title: 'Level', cell: (l) => html`<span class=${{ ERROR: 'down', WARN: 'warn' }[l.level] ?? 'muted'}>${{ ERROR: '✕ ', WARN: '▲ ' }[l.level] ?? ''}${l.level}</span>` },
      { title: 'Text', cell: (l) => html`<span class="text">${l.text}</span>` }]} />
  <//></div>`;
}
