/*
 * #panel: where the claim form and the pickers are loaded. The text that a form is about stays
 * painted as ::highlight(pending) until the form is saved or dropped.
 *
 * Form: <form class="claim" data-guard data-pending-start="12" data-pending-end="40"
 * [data-span-url="…"]>; the first field has autofocus; [data-drop] drops it, as Escape does.
 */

import { ask } from './dialog.js';
import { isDirty } from './guard.js';
import { say } from './messages.js';
import { paint, select } from './selection.js';

const panel = document.getElementById('panel');
let text = null;
let pending = null; // {start, end} in code points
let back = null; // what had the focus before the panel
let due = false;
let fresh = false;

/** The form in the panel that can lose something, or null. */
export function form() {
  return panel.querySelector('form[data-guard]');
}

/** Paints what the form is about again; to be called after each swap. */
export function repaint() {
  const own = panel.querySelector('[data-pending-start]');
  if (own) pending = { start: Number(own.dataset.pendingStart), end: Number(own.dataset.pendingEnd) };
  else if (!form()) pending = null;
  paint(text, 'pending', pending?.start, pending?.end);
}

/** Resolves to true when the panel may be replaced: nothing was typed, or the person agreed. */
export async function mayReplace() {
  const own = form();
  return !own || !isDirty(own) || ask('Drop what you typed here?', 'Drop it', 'Keep it');
}

/** Loads `url` into the panel; `selection` ({start, end}) stays painted. */
export async function load(url, selection = null) {
  if (!(await mayReplace())) return;
  back = document.activeElement;
  pending = selection;
  paint(text, 'pending', selection?.start, selection?.end);
  const failed = () => repaint(); // network.js has said why
  await globalThis.htmx.ajax('GET', url, { target: '#panel', swap: 'innerHTML' }).catch(failed);
}

/** Empties the panel and gives the focus, and the selection, back. */
export async function drop() {
  if (!panel.childElementCount || !(await mayReplace())) return;
  const was = pending;
  panel.replaceChildren();
  repaint();
  const again = back?.id ? document.getElementById(back.id) : back; // a card may have been swapped
  const place = again?.isConnected && again !== document.body ? again : text;
  place.focus({ preventScroll: true });
  if (was && place === text) select(text, was.start, was.end);
  say('Dropped.');
}

/** The field to begin with: the first one with an error, else the one that asks for it. */
function begin() {
  const field = panel.querySelector('.conflict button, .consent button')
    ?? panel.querySelector('[aria-invalid="true"], .field.invalid input:not([type="hidden"])')
    ?? panel.querySelector('[autofocus]:enabled')
    ?? panel.querySelector(':is(input:not([type="hidden"]), select, textarea, button):enabled, a[href]');
  field?.focus();
  // What is proposed stands above the field, and a digit takes it: nobody takes what they don't see.
  panel.querySelector('.proposed')?.scrollIntoView();
  if (field?.matches('input[type="text"], input:not([type])')) field.select();
}

function settled() {
  if (fresh && panel.childElementCount) begin();
  due = false;
  fresh = false;
  repaint();
}

/** Makes the panel work for the article text `root`. */
export function watch(root) {
  text = root;
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    drop();
  });
  panel.addEventListener('click', (event) => {
    if (!event.target.closest('[data-drop]')) return;
    event.preventDefault();
    drop();
  });
  document.addEventListener('htmx:confirm', async (event) => {
    const { elt, target, verb, issueRequest } = event.detail;
    if (target !== panel || verb !== 'get' || elt === document.body || panel.contains(elt)) return;
    event.preventDefault();
    if (!(await mayReplace())) return;
    back = elt.closest('.card') ?? document.activeElement;
    pending = null;
    issueRequest(true);
  });
  document.addEventListener('htmx:afterSettle', (event) => {
    // One response settles many elements: wait until all have. A filter inside a picker swaps
    // its own list only, and the typing goes on.
    fresh ||= event.detail.target === panel;
    if (!due) queueMicrotask(settled);
    due = true;
  });
  document.addEventListener('htmx:responseError', repaint);
}
