/*
 * On every page: messages, failures, dialogs, keys that work everywhere, comboboxes, pickers.
 *
 * Page: #search (the search field), #to-search (a link to it, where there is no room), #keys-help
 * (a <dialog>), #undo-form and #redo-form (POST, the last change), [data-autosubmit] on a field of a
 * filter form (sends the form when it changes), [data-key="action"] on a link, button or form: what
 * the key of that action does here.
 */

import './arrive.js';
import './carried.js';
import './combobox.js';
import './filing.js';
import './guard.js';
import './network.js';
import './picker.js';
import { open } from './dialog.js';
import { on } from './keys.js';
import { show } from './messages.js';

// htmx would copy the style attribute (a dragged textarea has one) onto what it swaps in, which
// the content policy forbids.
if (globalThis.htmx) globalThis.htmx.config.attributesToSettle = ['class', 'width', 'height'];

on('search', () => {
  const field = document.getElementById('search');
  if (field?.checkVisibility()) {
    field.focus();
    field.select();
  } else document.getElementById('to-search')?.click();
});

on('help', () => open('keys-help'));

for (const way of ['undo', 'redo']) {
  on(way, () => {
    const form = document.getElementById(`${way}-form`);
    if (form) form.requestSubmit();
    else show(`There is nothing to ${way} here.`);
  });
}

// By key or by button: back to the card in hand, or to where the address leads, on this page.
document.addEventListener('submit', ({ target }) => {
  if (!target.matches('#undo-form, #redo-form')) return;
  const { next } = target.elements;
  if (new URL(next.value, location).pathname !== location.pathname) return;
  const card = document.querySelector('.card[aria-current]')?.id;
  next.value = location.pathname + location.search + (card ? `#${card}` : location.hash);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print();
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-autosubmit]')) event.target.form?.requestSubmit();
});

/** Sends a form as Enter in a field does: by its first button, and not at all where that is off. */
function send(form) {
  const first = [...form.elements].find((one) => one.matches('button:not([type="button"])'));
  if (first && !first.disabled) form.requestSubmit(first);
}

// A drop-down list keeps Enter for itself too, though it only opens with Space or an arrow.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
  if (event.target.matches('form.claim select')) {
    event.preventDefault();
    send(event.target.form);
  }
});

// Some fields keep Enter for themselves (lines, a filter); Ctrl+Enter sends the form from each.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  if (event.isComposing || event.defaultPrevented) return;
  if (event.target.matches('form :is(input, select, textarea)')) {
    event.preventDefault();
    send(event.target.form);
  }
});
