// The page: navigation, the stream, and which view is shown.
import { html, render, useState, useEffect, useMemo, useRef } from './lib.js';
import { get, listen } from './connection.js';
import { digitsOf, setZone, zoneOf, zoneName } from './format.js';
import { State } from './parts.js';
import * as overview from './overview.js';
import { Market } from './market.js';
import { Orders } from './orders.js';
import { Strategies } from './strategies.js';
import { Performance } from './performance.js';
import { Tail } from './tail.js';
import { Logs } from './logs.js';
import { Arranged } from './arrange.js';

const VIEWS = [['overview', 'Overview'], ['market', 'Market'], ['orders', 'Orders'], ['strategies', 'Strategies'],
  ['performance', 'Performance'], ['tail', 'Tail'], ['logs', 'Logs']];

const viewOf = () => {
  const name = location.hash.replace(/^#\/?/, '').split('?')[0];
  return VIEWS.some(([key]) => key === name) ? name : 'overview';
};

function useView() {
  const [view, set] = useState(viewOf());
  useEffect(() => {
    const changed = () => set(viewOf());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return view;
}

function useTheme() {
  const [theme, set] = useState(localStorage.getItem('papertape.theme') ?? 'system');
  const [isDark, setDark] = useState(matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  const shown = theme === 'system' ? (isDark ? 'dark' : 'light') : theme;
  document.documentElement.dataset.theme = shown;
  const choose = (name) => {
    localStorage.setItem('papertape.theme', name);
    set(name);
  };
  return [shown, theme, choose];
}

/** Everything that the stream has said, kept by event; drawn at most once a frame. */
function useStream(market) {
  const [data, set] = useState({});
  const [state, setState] = useState({ kind: 'connecting', text: '' });
  const waiting = useRef({});
  const frame = useRef(0);
  const marketListener = useRef(null);
  useEffect(() => {
    const query = { topics: 'status,accounts,orders,signals' };
    if (market) query.market = market;
    const stop = listen(query, (name, body) => {
      if (name === 'ping') return;
      if (name === 'market') {
        marketListener.current?.(body);
        return;
      }
      waiting.current[name] = body;
      frame.current ||= requestAnimationFrame(() => {
        frame.current = 0;
        const news = waiting.current;
        waiting.current = {};
        set((before) => ({ ...before, ...news }));
      });
    }, (kind, text) => setState({ kind, text }));
    return () => {
      stop();
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    };
  }, [market]);
  return { data, state, marketListener };
}

function useSetup(live) {
  const [setup, set] = useState(null);
  useEffect(() => {
    if (live !== 'live') return undefined;
    const stop = new AbortController();
    const read = () => get('setup', {}, stop.signal).then(set).catch(() => stop.signal.aborted || setTimeout(read, 2000));
    read();
    return () => stop.abort();
  }, [live]);
  return setup;
}

function Connection({ state }) {
  if (state.kind === 'live') return html`<${State} kind="ok">live<//>`;
  if (state.kind === 'connecting') return html`<${State} kind="idle">connecting<//>`;
  return html`<${State} kind="bad">${state.kind === 'refused' ? 'refused' : 'connection lost'}<//>`;
}

function App() {
  const view = useView();
  const [theme, chosenTheme, chooseTheme] = useTheme();
  const [zone, chooseZone] = useState(zoneOf());
  const [instrument, pick] = useState(localStorage.getItem('papertape.instrument') ?? '');
  const { data, state, marketListener } = useStream(view === 'market' ? instrument : '');
  const setup = useSetup(state.kind);
  const curves = overview.useCurves(data.accounts?.accounts, state.kind);
  const digits = useMemo(() => {
    const known = new Map((setup?.instruments ?? []).map((i) => [i.name, digitsOf(i.tick)]));
    return (name) => known.get(name) ?? 2;
  }, [setup]);
  useEffect(() => {
    if (!instrument && setup?.instruments.length) pick(setup.instruments[0].name);
  }, [setup]);
  const choose = (name) => {
    localStorage.setItem('papertape.instrument', name);
    pick(name);
  };
  const shared = { data, setup, digits, theme, zone, instrument, choose, curves, readOnly: setup ? Boolean(setup.readOnly) : true,
    live: state.kind, marketListener };
  return html`
    <a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); document.getElementById('main').focus(); }}>Skip to the content</a>
    <header class="top">
      <h1><img src="icon.svg" alt="" width="22" height="22" /> Papertape</h1>
      <nav aria-label="Views">${VIEWS.map(([key, title]) => html`<a href=${`#/${key}`}
        aria-current=${key === view ? 'page' : undefined}>${title}</a>`)}</nav>
      <div class="right">
        <span id="connection" role="status"><${Connection} state=${state} /></span>
        <button class="small" title="Time zone of every time on this page" onClick=${() => {
          const next = zone === 'utc' ? 'local' : 'utc';
          setZone(next);
          chooseZone(next);
        }}>${zoneName()}</button>
        <button class="small" title="Light, dark or as the system has it" onClick=${() => chooseTheme(
          { system: 'light', light: 'dark', dark: 'system' }[chosenTheme])}>Theme: ${chosenTheme}</button>
      </div>
    </header>
    ${state.kind === 'refused' && html`<div class="banner bad" role="alert">The dashboard refuses this page: ${state.text}</div>`}
    ${state.kind === 'lost' && html`<div class="banner bad" role="alert">The connection to the dashboard is lost
      (${state.text}). What is shown is old; the page connects again by itself.</div>`}
    <main id="main" tabindex="-1" class=${state.kind === 'lost' ? 'old' : ''}>
      <h2 class="hidden">${VIEWS.find(([key]) => key === view)[1]}</h2>
      ${view === 'overview' && html`<${Overview} ...${shared} />`}
      ${view === 'market' && html`<${Market} ...${shared} />`}
      ${view === 'orders' && html`<${Orders} ...${shared} />`}
      ${view === 'strategies' && html`<${Strategies} ...${shared} />`}
      ${view === 'performance' && html`<${Performance} ...${shared} />`}
      ${view === 'tail' && html`<${Tail} ...${shared} />`}
      ${view === 'logs' && html`<${Logs} ...${shared} />`}
    </main>
    <footer>
      <span>Papertape trades on paper only${setup?.readOnly ? '; this dashboard only shows' : ''}.</span>
      <span>Charts: TradingView Lightweight Charts™, © TradingView, Inc., ${' '}<a href="https://www.tradingview.com/" rel="noreferrer noopener" target="_blank">tradingview.com</a></span>
    </footer>`;
}

function Overview({ data, digits, theme, zone, choose, curves, readOnly }) {
  return html`<div class="grid"><${overview.Problems} status=${data.status} /></div>
    <${Arranged} view="overview" widgets=${[
      ['accounts', (move) => html`<${overview.Accounts} data=${data.accounts} readOnly=${readOnly} move=${move} />`],
      ['pipeline', (move) => html`<${overview.Pipeline} status=${data.status} move=${move} />`],
      ['equity', (move) => html`<${overview.Equity} curves=${curves} theme=${theme} zone=${zone} move=${move} />`],
      ['positions', (move) => html`<${overview.Positions} data=${data.accounts} digits=${digits} move=${move} />`],
      ['feeds', (move) => html`<${overview.Streams} status=${data.status} digits=${digits} onPick=${choose} move=${move} />`],
      ['letters', (move) => html`<${overview.DeadLetters} status=${data.status} move=${move} />`],
    ]} />`;
}

const root = document.getElementById('app');
root.textContent = '';
render(html`<${App} />`, root);
