/*
 * What a form took over from the claim before, until the person says otherwise.
 *
 * [data-carried="source said_from"] says so, and goes when one of these fields changes; a day that
 * was taken over goes with the source whose day it was.
 * <button data-clear="incident"> empties a picked row: the hidden field and incident_name.
 */

import { say } from './messages.js';

function changed({ target }) {
  const { form, name } = target;
  if (!name || !form?.matches('#claim-form')) return;
  const ended = form.querySelectorAll(`[data-carried~="${name}"]`);
  for (const one of ended) one.remove();
  if (!ended.length || name !== 'source') return;
  for (const day of ['said_from', 'said_to']) form.elements[day].value = '';
  say('The day was that of the other source: it is taken out.');
}

document.addEventListener('input', changed);
document.addEventListener('change', changed);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-clear]');
  if (!button) return;
  const { form } = button;
  const hidden = form.elements[button.dataset.clear];
  const read = form.elements[`${button.dataset.clear}_name`];
  read.value = '';
  hidden.value = '';
  read.focus();
  hidden.dispatchEvent(new Event('change', { bubbles: true }));
  say('Emptied.');
});
