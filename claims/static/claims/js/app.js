/*
 * On every page: messages, failures, dialogs, keys that work everywhere, comboboxes, pickers.
 *
 * Page: #search (the search field), #keys-help (a <dialog>), #undo-form (POST, undoes the last
 * change), [data-autosubmit] on a field of a filter form (sends the form when it changes),
 * [data-key="action"] on a link, button or form: what the key of that action does here.
 */

import './combobox.js';
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
  field?.focus();
  field?.select();
});

on('help', () => open('keys-help'));

on('undo', () => {
  const form = document.getElementById('undo-form');
  if (form) form.requestSubmit();
  else show('There is nothing to undo here.');
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-autosubmit]')) event.target.form?.requestSubmit();
});

// A textarea keeps Enter for itself; Ctrl+Enter sends the form from there.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (event.target.matches('form textarea')) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});
