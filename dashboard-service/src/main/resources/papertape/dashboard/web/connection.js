// Talks to the service: requests and the stream of events. The token is in the address's fragment, which no server sees.

const KEY = 'papertape.token';
const HEADER = 'X-Papertape-Token';

function readToken() {
  const match = /^#(\/[a-z]+)?[?]?token=([A-Za-z0-9]+)/.exec(location.hash);
  if (match) {
    sessionStorage.setItem(KEY, match[2]);
    history.replaceState(null, '', `#${match[1] ?? '/overview'}`);
  }
  return sessionStorage.getItem(KEY) ?? '';
}

let token = readToken();
addEventListener('hashchange', () => {
  if (location.hash.includes('token=')) {
    token = readToken();
    location.reload();
  }
});

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body.error ?? `the dashboard answers ${response.status}`);
  return body;
}

export async function get(path, query = {}, signal) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  const url = `api/${path}${String(text) ? `?${text}` : ''}`;
  return answer(await fetch(url, { headers: { [HEADER]: token }, cache: 'no-store', signal }));
}

export async function post(path, body) {
  return answer(await fetch(`api/${path}`, {
    method: 'POST',
    headers: { [HEADER]: token, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }));
}

const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 4000;
const SILENT_MS = 12_000;

/**
 * Listens until it is closed; connects again by itself.
 * onState hears 'live', 'lost' or 'refused' with the reason.
 */
export function listen(query, onEvent, onState) {
  const stop = new AbortController();
  let retryMs = RETRY_MIN_MS;

  async function once() {
    const quiet = new AbortController();
    let timer = setTimeout(() => quiet.abort(), SILENT_MS);
    const response = await fetch(`api/stream?${new URLSearchParams(query)}`, {
      headers: { [HEADER]: token },
      cache: 'no-store',
      signal: AbortSignal.any([stop.signal, quiet.signal]),
    });
    if (!response.ok) await answer(response);
    onState('live', '');
    retryMs = RETRY_MIN_MS;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      clearTimeout(timer);
      if (done) throw new Error('the stream has ended');
      timer = setTimeout(() => quiet.abort(), SILENT_MS);
      text += value;
      let end;
      while ((end = text.indexOf('\n\n')) >= 0) {
        dispatch(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  function dispatch(block) {
    let name = '';
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith('event: ')) name = line.slice(7);
      if (line.startsWith('data: ')) data += line.slice(6);
    }
    if (name) onEvent(name, JSON.parse(data));
  }

  (async () => {
    while (!stop.signal.aborted) {
      try {
        await once();
      } catch (e) {
        if (stop.signal.aborted) return;
        onState(e instanceof Refused && e.status < 500 ? 'refused' : 'lost', e.message);
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
    }
  })();
  return () => stop.abort();
}
