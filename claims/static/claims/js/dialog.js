/*
 * Dialogs: form[data-confirm="Delete this claim?"] (data-confirm-yes="Delete") asks before it is
 * sent; [data-open-dialog="id"] and [data-close-dialog] open and close a <dialog> of the page.
 */

const agreed = new WeakSet();

/** Asks; resolves to true for yes. No is in focus; Escape, and a click outside, mean it too. */
export function ask(text, yes = 'Yes', no = 'Cancel') {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm';
  const words = document.createElement('p');
  words.id = 'confirm-words';
  words.textContent = text;
  dialog.setAttribute('aria-labelledby', words.id);
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'actions';
  const safe = choice(no, 'no', '');
  safe.autofocus = true;
  form.append(safe, choice(yes, 'yes', 'danger'));
  dialog.append(words, form);
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog && !inside(dialog, event)) dialog.close('no');
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(dialog.returnValue === 'yes');
    });
  });
}

function choice(text, value, style) {
  const button = document.createElement('button');
  button.value = value;
  button.className = style;
  button.textContent = text;
  return button;
}

function inside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX <= box.right
    && event.clientY >= box.top && event.clientY <= box.bottom;
}

/** Opens the dialog with this id; false when the page has none. */
export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

// In the capture phase, so that it comes before htmx's own listener on the form.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm !== undefined ? event.submitter : form;
  if (!asking.dataset.confirm) return;
  if (agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  if (!(await ask(asking.dataset.confirm, asking.dataset.confirmYes))) return;
  agreed.add(form);
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}, true);

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-open-dialog]');
  if (opener) open(opener.dataset.openDialog);
  event.target.closest('[data-close-dialog]')?.closest('dialog')?.close();
});
