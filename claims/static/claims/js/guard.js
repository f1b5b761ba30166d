/*
 * form[data-guard]: leaving the page asks first when it was changed and not saved.
 * A form that came back with 409 or 422 counts as changed.
 */

const saved = new WeakMap();

function state(form) {
  const found = [];
  for (const [name, value] of new FormData(form)) {
    if (name !== 'csrfmiddlewaretoken') found.push([name, typeof value === 'string' ? value : value.name]);
  }
  return JSON.stringify(found);
}

function learn(root) {
  const forms = [...root.querySelectorAll('form[data-guard]')];
  if (root.matches?.('form[data-guard]')) forms.push(root);
  for (const form of forms) if (!saved.has(form)) saved.set(form, state(form));
}

/** Whether something was typed or chosen in this form since it came. */
export function isDirty(form) {
  return form.dataset.changed !== undefined || (saved.has(form) && saved.get(form) !== state(form));
}

function forget(form) {
  delete form.dataset.changed;
  saved.delete(form);
}

learn(document);
document.addEventListener('htmx:load', (event) => learn(event.detail.elt));
document.addEventListener('htmx:afterSettle', (event) => {
  const status = event.detail.xhr?.status;
  if (status !== 409 && status !== 422) return;
  const place = event.detail.target;
  for (const form of place.querySelectorAll('form[data-guard]')) form.dataset.changed = '';
});
document.addEventListener('submit', (event) => {
  // An ordinary submission leaves the page on purpose; htmx has prevented its own.
  if (!event.defaultPrevented && event.target.matches('form[data-guard]')) forget(event.target);
});
addEventListener('beforeunload', (event) => {
  if ([...document.querySelectorAll('form[data-guard]')].some(isDirty)) event.preventDefault();
});
