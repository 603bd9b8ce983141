// The dialog before the end of a session. The server draws what is in it and says when; here it is opened so that the page behind it is
// out of reach, the focus is inside, and goes back to where it was. Nothing here calls the server, because that would count as activity:
// only a press of a button does, and Escape, which presses the first one.

const known = new WeakSet();

export function open(dialog) {
  if (!known.has(dialog)) {
    known.add(dialog);
    dialog.addEventListener('keydown', event => {
      if (event.key === 'Escape') stay(dialog, event);
    });
    dialog.addEventListener('cancel', event => stay(dialog, event));
  }

  if (!dialog.open) dialog.showModal();
  dialog.querySelector('[data-stay]')?.focus();
}

export function close(dialog) {
  if (dialog.open) dialog.close();
}

function stay(dialog, event) {
  event.preventDefault();
  dialog.querySelector('[data-stay]')?.click();
}
