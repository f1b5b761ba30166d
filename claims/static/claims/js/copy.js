/*
 * button[data-copy="id of a field"]: puts what stands in that field on the clipboard. Where a
 * browser doesn't (without TLS, or not allowed to), the text is selected, to be copied by hand.
 */

import { show } from './messages.js';

async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    show('Copied.', 'success');
  } catch {
    show('It is selected: copy it with Ctrl+C, or ⌘C.', 'info');
  }
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(document.getElementById(button.dataset.copy)));
}
