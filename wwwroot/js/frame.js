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

  // ---- menus: a details element that also closes by Escape, by what is chosen in it, by a click beside it and by leaving it with Tab ----
  // Not by any other way in which the focus leaves: the page puts it on its heading a moment after it came, when a menu may be open already.
  let isTab = false;
  const closeMenus = target => document.querySelectorAll('details:is(.menu, .row-menu)[open]').forEach(menu => { if (!menu.contains(target)) menu.open = false; });

  // ---- <row-tools>, at the end of a row: the row's menu, filled by the pattern #row-menu when it is first opened. In a narrow window, where
  // a row is a card, each cell also has the name of its column, and the role that browsers forget of what is not displayed as a cell ----
  const isNarrow = matchMedia('(max-width: 48rem)');
  customElements.define('row-tools', class extends HTMLElement {
    connectedCallback() {
      this.addEventListener('toggle', event => this.#fill(event.target), { capture: true, once: true });
      if (isNarrow.matches) this.label();
    }

    #fill(menu) {
      const row = this.closest('tr').querySelector('th a').getAttribute('href');
      const [, cluster, pool] = row.match(/([^/]+)\/pools\/([^/]+)$/);
      const list = document.getElementById('row-menu').cloneNode(true);
      list.removeAttribute('id');
      list.hidden = false;
      list.querySelectorAll('a').forEach(action =>
        action.setAttribute('href', action.getAttribute('href').replace(/\{(\w+)\}/g, (_, part) => ({ row, cluster, pool })[part])));
      menu.append(list);
    }

    label() {
      const row = this.closest('tr');
      const heads = row.closest('table').tHead.rows[0].cells;
      row.setAttribute('role', 'row');
      [...row.cells].forEach((cell, place) => {
        cell.setAttribute('role', cell.localName === 'th' ? 'rowheader' : 'cell');
        if (!cell.contains(this)) cell.dataset.label = (heads[place].querySelector('a') ?? heads[place]).firstChild.data;
      });
    }
  });
  isNarrow.addEventListener('change', () => isNarrow.matches && document.querySelectorAll('row-tools').forEach(tools => tools.label()));

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
    isTab = false;
    closeMenus(target.closest('a') ? null : target);
    if (target.closest('[data-theme-switch]')) switchTheme();

    const button = target.closest('[data-copy]');
    if (button) copy(button);

    // A link that leads to a field puts the cursor into it; the address stays as it is.
    const field = document.getElementById(target.closest('a[data-focus]')?.dataset.focus ?? '');
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: 'center' }); }
  }, true);
  addEventListener('focusin', event => isTab && closeMenus(event.target));
  addEventListener('keydown', event => {
    isTab = event.key === 'Tab';
    const menu = event.key === 'Escape' && document.querySelector('details:is(.menu, .row-menu)[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // ---- moments: the server writes them in UTC; here they are shown in the time of the person who looks ----
  // Written by hand: a browser takes longer to make its first Intl.DateTimeFormat than for all else that is done here before it paints.
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const two = number => String(number).padStart(2, '0');
  const day = at => `${at.getDate()} ${months[at.getMonth()]} ${at.getFullYear()}`;
  const time = at => `${two(at.getHours())}:${two(at.getMinutes())}`;
  const seconds = at => `${time(at)}:${two(at.getSeconds())}`;
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]];
  const distance = at => {
    const past = (at - Date.now()) / 1000;
    const [unit, length] = units.find(([, size]) => Math.abs(past) >= size) ?? [];
    if (!unit) return 'just now';
    const count = Math.trunc(Math.abs(past) / length);
    const many = `${count} ${unit}${count === 1 ? '' : 's'}`;
    return past < 0 ? `${many} ago` : `in ${many}`;
  };
  const isToday = at => at.toDateString() === new Date().toDateString();
  const forms = {
    full: at => `${isToday(at) ? time(at) : `${day(at)}, ${time(at)}`} (${distance(at)})`,
    relative: distance,
    clock: at => isToday(at) ? time(at) : `${day(at)}, ${time(at)}`,
    seconds,
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
