// Starts Blazor, and takes it up again when the connection was lost.
//
// The script's own reconnection waits at least a second between two tries, whatever interval it is given, so the waiting is done here.
// What is shown follows the class names that Blazor gives its reconnection notice: #components-reconnect-modal with
// components-reconnect-show, -hide, -failed or -rejected.
(() => {
  'use strict';
  const webSockets = 1;
  const quickTries = 40;
  const notice = document.getElementById('components-reconnect-modal');
  const words = notice.querySelector('[role=status]');
  const retry = notice.querySelector('button');
  const changedMeanwhile = new Set();
  let down = false;
  let wake = null;

  const full = 'You have too many pages of the portal open, so this one does not work yet. Close another one, then press Try now.';
  const blocked = 'The portal answers, but its pages cannot connect: something between you and it passes no WebSockets. Tell the people who run the portal.';
  // A browser does not tell why a WebSocket was refused. The same portal, asked without one, does.
  const room = async () => {
    try { return (await fetch('_blazor/room', { cache: 'no-store' })).status; } catch { return 0; }
  };
  const whyRefused = async () => ({ 429: full, 204: blocked })[await room()];
  const isThere = async () => { const status = await room(); return status > 0 && status < 500; };

  const show = (state, text) => {
    notice.className = state ? `components-reconnect-${state}` : '';
    retry.hidden = state !== 'failed';
    words.textContent = text ?? '';
  };

  const wait = tries => new Promise(resolve => {
    const milliseconds = tries < quickTries ? 150 + Math.random() * 150 : tries < quickTries + 30 ? 2000 : 10000;
    const timer = setTimeout(resolve, milliseconds);
    wake = () => { clearTimeout(timer); resolve(); };
  });

  const reconnect = async () => {
    // Most interruptions are over before anybody has seen them.
    const tell = setTimeout(() => down && show('show', 'Reconnecting. What you typed is kept.'), 400);
    const tellMore = setTimeout(() => down && show('failed', 'The portal is not answering. It is tried again and again.'), 30000);
    for (let tries = 0; down; tries++) {
      await wait(tries);
      if (!down) break;
      try {
        if (await Blazor.reconnect()) break;
        // Rejected: the server lives, but does not know this page any more. Load it again, at the same address, once it is
        // there: nobody would load a second time what a proxy says in its place.
        if (await isThere()) { show('rejected', 'Loading the page again.'); location.reload(); return; }
      } catch {
        // Not there yet; or it is, and has no room for this page.
        if (tries % 10 === 9 && await whyRefused() === full) show('failed', full);
      }
    }
    clearTimeout(tell);
    clearTimeout(tellMore);
  };

  const onConnectionDown = () => {
    if (down) return;
    down = true;
    document.documentElement.dataset.connection = 'lost';
    reconnect();
  };
  const onConnectionUp = () => {
    down = false;
    delete document.documentElement.dataset.connection;
    broken.style.display = '';
    show('hide');
    // What was typed while nobody listened is told now.
    changedMeanwhile.forEach(element => {
      if (!element.isConnected) return;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    });
    changedMeanwhile.clear();
  };

  for (const type of ['input', 'change']) addEventListener(type, event => { if (down) changedMeanwhile.add(event.target); }, true);
  addEventListener('online', () => wake?.());
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') wake?.(); });
  retry.addEventListener('click', () => wake ? wake() : location.reload());

  // A page that was never connected shows Blazor's words for one that broke. It did not break when there was no room for it, or no way.
  let wasConnected = false;
  const broken = document.getElementById('blazor-error-ui');
  new MutationObserver(async () => {
    if (wasConnected || broken.style.display !== 'block') return;
    const why = await whyRefused();
    if (!why) return;
    broken.style.display = '';
    show('failed', why);
  }).observe(broken, { attributeFilter: ['style'] });
  class Socket extends WebSocket {
    constructor(...address) {
      super(...address);
      this.addEventListener('open', () => { wasConnected = true; });
    }
  }

  Blazor.start({
    circuit: {
      configureSignalR: builder => builder.withUrl('_blazor', { transport: webSockets, skipNegotiation: true, WebSocket: Socket }),
      reconnectionHandler: { onConnectionDown, onConnectionUp },
    },
  }).catch(() => show('failed', 'The portal could not be reached.'));
})();
