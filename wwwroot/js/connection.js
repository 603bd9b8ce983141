// The snippet of a connection: copies it, and shows it for a while.
//
// The password never passes through Blazor: it is fetched here, within the click, and goes onto the clipboard or into an element
// that Blazor renders empty and never looks into. It is in no attribute, no storage and no log, and it is taken out of the page
// again when time is up, when nobody looks at the page, when the page loses its server, and when anything about the snippet changes.

const wordsCopied = 'Connection string copied. It contains the password.';
const wordsCopiedWithout = 'Connection string copied, without the password.';
const wordsDownloaded = 'downloaded. It contains the password, and is not encrypted.';
const wordsNotCopied = 'Could not copy. The text is selected: press Ctrl+C.';
const wordsShown = 'Your password is visible';
const wordsHidden = 'Your password is hidden';
const wordsEnded = 'Your session has ended.';

/** What the server said instead of a connection, in its own words. */
class Refusal extends Error {
  constructor(status, problem) {
    super(problem.title);
    this.status = status;
    this.problem = problem;
  }
}

// What can be chosen, as the endpoint calls it.
const options = ['format', 'use', 'server', 'network', 'verify', 'connectAs'];

// How long to wait for the server to draw what was just chosen. Without a server the connection can still be had.
const longestDrawing = 1500;

class PoolConnection extends HTMLElement {
  static observedAttributes = ['data-endpoint', ...options.map(option => `data-${option.replace('A', '-a')}`)];

  #isBusy = false;
  #isOpen = false; // the password stands in the page
  #turn = 0;       // counts up whenever what was asked for is no longer wanted
  #timer = 0;
  #leaving = null;
  #reconnection = null;
  #drawn = null;   // ends the wait for the server's drawing

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.addEventListener('click', event => this.#onClick(event), { signal });
    this.addEventListener('change', event => this.#onChange(event.target), { signal });
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') this.#close(); }, { signal });
    addEventListener('pagehide', () => this.#close(), { signal });
    addEventListener('pageshow', event => { if (event.persisted) this.#close(); }, { signal });
  }

  disconnectedCallback() {
    this.#leaving?.abort();
    this.#close();
  }

  attributeChangedCallback(name, before, after) {
    // Also called for the attributes that the element begins with, when there is nothing yet to close.
    if (before === after || !this.#leaving) return;
    this.#forget();
    this.#drawn?.();
  }

  #onChange(control) {
    const { option } = control.dataset;
    if (!option) return;
    // Radios and a select that offer the same option: one of them holds the choice, at once and not when the server has answered.
    if (control.value) {
      for (const other of this.querySelectorAll(`[data-option="${option}"]`)) {
        if (other.type === control.type) continue;
        if (other.type === 'radio') other.checked = false;
        else other.value = '';
      }
    }
    this.#forget();
  }

  #onClick(event) {
    const button = event.target.closest('button[data-action]');
    if (!button || !this.contains(button)) return;
    switch (button.dataset.action) {
      case 'copy': return this.#once(button, () => this.#copy());
      case 'copy-without': return this.#once(button, () => this.#copyWithout());
      case 'download-ask': return this.#part('warning').showModal();
      case 'download-not': return this.#part('warning').close();
      case 'download': return this.#once(button, () => this.#download());
      case 'show': return this.#isOpen ? this.#hide() : this.#once(button, () => this.#show());
    }
  }

  /** One thing at a time: a second click while the first is on its way is the same click. */
  async #once(button, action) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    button.setAttribute('aria-busy', 'true');
    this.#clearManual();
    this.#say('status', '');
    this.#say('alert', '');
    try {
      await action();
    } catch (error) {
      this.#complain(error);
    } finally {
      button.removeAttribute('aria-busy');
      this.#isBusy = false;
    }
  }

  async #copy() {
    const text = this.#whenDrawn().then(() => this.#fetch('copied'));
    if (await this.#toClipboard(text)) {
      this.#say('status', wordsCopied);
    } else {
      this.#offer(await text);
    }
  }

  async #copyWithout() {
    const text = this.#whenDrawn().then(() => this.dataset.withoutPassword ?? '');
    if (await this.#toClipboard(text)) {
      this.#say('status', wordsCopiedWithout);
    } else {
      this.#offer(await text);
    }
  }

  async #download() {
    this.#part('warning').close();
    await this.#whenDrawn();
    const name = this.dataset.file;
    const address = URL.createObjectURL(new Blob([await this.#fetch('downloaded'), '\n'], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    // The browser has taken it within the click; the page lets go of it.
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    this.#say('status', `${name} ${wordsDownloaded}`);
  }

  /** Resolves to false when the clipboard refuses, and throws when there is nothing to copy. */
  async #toClipboard(text) {
    // Asked within the click, with the promise of a text: Safari allows nothing later.
    if (globalThis.ClipboardItem && navigator.clipboard?.write) {
      try {
        const blob = text.then(value => new Blob([value], { type: 'text/plain' }));
        blob.catch(() => { }); // told below
        await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
        return true;
      } catch { /* by the other way, unless it was the text that failed */ }
    }

    const value = await text;
    try {
      await navigator.clipboard.writeText(value);
      return true;
    } catch {
      return false;
    }
  }

  /** The way out when the clipboard refuses: the text in a field, selected. */
  #offer(text) {
    if (!this.isConnected) return;
    const field = document.createElement('textarea');
    field.readOnly = true;
    field.className = 'input mono';
    field.rows = 4;
    field.spellcheck = false;
    field.autocomplete = 'off';
    field.translate = false;
    field.setAttribute('aria-label', 'Connection string');
    field.setAttribute('data-1p-ignore', '');
    field.setAttribute('data-lpignore', 'true');
    this.#part('manual').replaceChildren(field);
    field.value = text;
    field.focus();
    field.select();
    this.#say('alert', wordsNotCopied);
    this.#watch();
  }

  async #show() {
    await this.#whenDrawn();
    const turn = this.#turn;
    const text = await this.#fetch('shown');
    // It may no longer be wanted: other options, another tab, the page gone.
    if (turn !== this.#turn || !this.isConnected || document.visibilityState === 'hidden') return;
    const shown = this.#part('shown');
    shown.textContent = text;
    shown.hidden = false;
    this.#part('masked').hidden = true;
    this.#isOpen = true;
    this.#label(true);
    this.#say('status', wordsShown);
    this.#watch();
  }

  #hide() {
    this.#close();
    this.#say('status', wordsHidden);
  }

  /** Something else was chosen: nothing that was shown or said is true of it. */
  #forget() {
    this.#close();
    this.#say('status', '');
    this.#say('alert', '');
  }

  /** Takes every password out of the page. Safe to call at any time. */
  #close() {
    this.#turn++;
    clearTimeout(this.#timer);
    this.#reconnection?.disconnect();
    this.#reconnection = null;
    this.#clearManual();
    this.#part('warning')?.close();
    const shown = this.#part('shown');
    if (shown) {
      shown.replaceChildren();
      shown.hidden = true;
      this.#part('masked').hidden = false;
      this.#label(false);
    }
    this.#isOpen = false;
  }

  #clearManual() {
    const manual = this.#part('manual');
    if (!manual?.firstChild) return;
    for (const field of manual.querySelectorAll('textarea')) field.value = '';
    manual.replaceChildren();
    this.#say('alert', '');
  }

  /** As long as a password stands in the page: until time is up, or the server is lost. */
  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), (Number(this.dataset.hideAfter) || 60) * 1000);

    this.#reconnection?.disconnect();
    this.#reconnection = new MutationObserver(() => { if (isReconnecting()) this.#close(); });
    const notice = document.getElementById('components-reconnect-modal');
    if (notice) this.#reconnection.observe(notice, { attributes: true, attributeFilter: ['class', 'style', 'open'] });
    this.#reconnection.observe(document.body, { childList: true });
  }

  /** What is chosen: by the control when there is one, for it is ahead of what the server has drawn. */
  #chosen(option) {
    const controls = [...this.querySelectorAll(`[data-option="${option}"]`)];
    const control = controls.find(one => one.type === 'radio' ? one.checked : one.value !== '');
    if (!control) return this.dataset[option] ?? '';
    return control.type === 'checkbox' ? String(control.checked) : control.value;
  }

  #isDrawn() {
    return options.every(option => this.#chosen(option) === (this.dataset[option] ?? ''));
  }

  /** What is copied and shown is what the page shows: who is faster than the server waits for it. */
  async #whenDrawn() {
    const end = performance.now() + longestDrawing;
    while (!this.#isDrawn() && performance.now() < end) {
      await new Promise(resolve => {
        this.#drawn = resolve;
        setTimeout(resolve, end - performance.now());
      });
    }
  }

  async #fetch(purpose) {
    const form = new URLSearchParams();
    for (const option of options) form.set(option, this.#chosen(option));
    form.set('prepared', this.dataset.prepared ?? ''); // what the text that is shown was written for
    form.set('purpose', purpose);
    const token = 'input[name="__RequestVerificationToken"]';
    form.set('__RequestVerificationToken', (this.querySelector(token) ?? document.querySelector(token))?.value ?? '');

    const answer = await fetch(this.dataset.endpoint, {
      method: 'POST',
      body: form,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'manual',
      referrerPolicy: 'same-origin', // with none, the request would say that it comes from nowhere
    });
    if (answer.ok && answer.headers.get('content-type')?.startsWith('text/plain')) return await answer.text();

    // A redirect can only lead to the sign-in.
    const status = answer.type === 'opaqueredirect' ? 401 : answer.status;
    throw new Refusal(status, await problemOf(answer));
  }

  #complain(error) {
    const alert = this.#part('alert');
    if (!alert) return;
    if (!(error instanceof Refusal)) {
      this.#say('alert', 'The portal could not be reached. Nothing was handed out. Try again.');
      return;
    }

    const { status, problem } = error;
    if (status === 401) {
      alert.replaceChildren(`${wordsEnded} `, linkToSignIn(''), '.');
      return;
    }

    if (problem.kind === 'ProveAgain') {
      alert.replaceChildren(`${problem.title} `, linkToSignIn('prove=now&'), '; you come back to this page.');
      return;
    }

    const words = [problem.title, problem.detail].filter(Boolean);
    if (problem.apiMessage) words.push(`DigitalOcean says: ${problem.apiMessage}`);
    if (problem.requestId) words.push(`Request id ${problem.requestId}.`);
    this.#say('alert', words.join(' '));
  }

  #label(isShown) {
    const button = this.querySelector('button[data-action="show"]');
    button.setAttribute('aria-pressed', String(isShown));
    button.querySelector('[data-label="show"]').hidden = isShown;
    button.querySelector('[data-label="hide"]').hidden = !isShown;
  }

  #say(part, words) {
    const element = this.#part(part);
    if (element && (words || element.firstChild)) element.textContent = words;
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
}

/** The way to the sign-in and back to this page. */
function linkToSignIn(how) {
  const link = document.createElement('a');
  // Addresses to come back to begin where the portal does, which need not be the host.
  const here = location.pathname.slice(new URL(document.baseURI).pathname.length - 1) + location.search;
  link.href = `sign-in?${how}returnUrl=${encodeURIComponent(here)}`;
  link.setAttribute('data-enhance-nav', 'false');
  link.textContent = 'Sign in again';
  return link;
}

async function problemOf(answer) {
  try {
    const problem = await answer.json();
    if (problem?.title) return problem;
  } catch { /* not ours: the words below */ }
  return answer.status === 400
    ? { title: 'This page is out of date.', detail: 'Load it again.' }
    : { title: `The portal did not hand out the connection (status ${answer.status}).`, detail: 'Try again.' };
}

function isReconnecting() {
  const notice = document.getElementById('components-reconnect-modal');
  return notice !== null && notice.className !== '' && !notice.classList.contains('components-reconnect-hide');
}

if (!customElements.get('pool-connection')) customElements.define('pool-connection', PoolConnection);
