// What the frame does in the browser by itself, on every page, without the server. Loaded by the head, because the theme has to be
// chosen before anything is painted.
(() => {
  'use strict';
  const root = document.documentElement;

  // ---- theme: the system's, unless the switch in the header has overruled it in this browser ----
  const key = 'pool-portal.theme';
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  // A browser that refuses storage still switches, for as long as the page is open.
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = theme => { try { theme ? localStorage.setItem(key, theme) : localStorage.removeItem(key); } catch { /* as above */ } };
  const apply = theme => {
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const switchTheme = () => {
    const system = systemIsDark.matches ? 'dark' : 'light';
    const wanted = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
    // Back at what the system says, it follows the system again.
    const kept = wanted === system ? null : wanted;
    apply(kept);
    write(kept);
  };
  apply(read());
  addEventListener('storage', event => { if (event.key === key) apply(event.newValue); });

  // ---- menus: a details element that also closes by Escape, by a click beside it and by leaving it with Tab ----
  const closeMenus = target => document.querySelectorAll('details:is(.menu, .row-menu)[open]').forEach(menu => { if (!menu.contains(target)) menu.open = false; });

  // ---- copy: only for what is no secret; data-copy is in the page for everybody to read ----
  const copy = async button => {
    const group = button.closest('[data-copy-group]');
    const status = group.querySelector('[role=status]');
    const fallback = group.querySelector('input, textarea');
    // Emptied first: the same words a second time would not be spoken.
    status.textContent = '';
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      fallback.hidden = true;
      status.classList.remove('failed');
      status.textContent = button.dataset.copied;
    } catch {
      fallback.hidden = false;
      fallback.focus();
      fallback.select();
      status.classList.add('failed');
      status.textContent = 'Could not copy. The text is selected: press Ctrl+C.';
    }
  };

  addEventListener('click', event => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    closeMenus(target);
    if (target.closest('[data-theme-switch]')) switchTheme();

    const button = target.closest('[data-copy]');
    if (button) copy(button);

    // A link that leads to a field puts the cursor into it; the address stays as it is.
    const field = document.getElementById(target.closest('a[data-focus]')?.dataset.focus ?? '');
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: 'center' }); }
  }, true);
  addEventListener('focusin', event => closeMenus(event.target));
  addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && document.querySelector('details:is(.menu, .row-menu)[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // ---- moments: the server writes them in UTC; here they are shown in the time of the person who looks ----
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]];
  const distance = at => {
    const past = (at - Date.now()) / 1000;
    const [unit, length] = units.find(([, size]) => Math.abs(past) >= size) ?? [];
    return unit ? relative.format(Math.trunc(past / length), unit) : 'just now';
  };
  const isToday = at => at.toDateString() === new Date().toDateString();
  const forms = {
    full: at => `${isToday(at) ? time.format(at) : `${day.format(at)}, ${time.format(at)}`} (${distance(at)})`,
    relative: distance,
    clock: at => isToday(at) ? time.format(at) : `${day.format(at)}, ${time.format(at)}`,
    seconds: at => seconds.format(at),
  };

  customElements.define('local-moment', class extends HTMLElement {
    static observedAttributes = ['at', 'form'];
    // Blazor owns what is inside the element; what is shown lives in the shadow tree, which it leaves alone.
    #shadow = this.attachShadow({ mode: 'open' });
    #timer;
    connectedCallback() { this.#write(); this.#timer = setInterval(() => this.#write(), 30000); }
    disconnectedCallback() { clearInterval(this.#timer); }
    attributeChangedCallback() { this.#write(); }
    #write() {
      const at = new Date(this.getAttribute('at'));
      if (!isNaN(at)) this.#shadow.textContent = forms[this.getAttribute('form') ?? 'full'](at);
    }
  });
})();
