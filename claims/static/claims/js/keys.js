/*
 * Single-key shortcuts by the name of their action (keymap.js has names and defaults).
 *
 * Page: <script type="application/json" id="key-map">{"new": "n", "undo": ""}</script>
 * <kbd data-key-for="new"> shows the key in use; the closest [data-key-hint], or the kbd itself,
 * is hidden when the key is switched off.
 */

import { actionFor, isTyping, keymap, label } from './keymap.js';

const handlers = new Map();
const repeatable = new Set(['next', 'previous']);
const map = keymap(overrides());

function overrides() {
  const found = JSON.parse(document.getElementById('key-map')?.textContent || '{}');
  return typeof found === 'string' ? JSON.parse(found) : found; // json_script of a JSON string
}

/** The key of an action as people read it; "" when it is off. */
export function keyOf(action) {
  return label(map[action] ?? '');
}

/** Runs `handler(event)` when the key of the action is pressed; the latest handler counts. */
export function on(action, handler) {
  handlers.set(action, handler);
}

/** Runs what stands behind an action, as if its key had been pressed. */
export function run(action, event) {
  return handlers.get(action)?.(event);
}

/** Writes the keys in use into the hints of `root`. */
export function showKeys(root) {
  for (const kbd of root.querySelectorAll('kbd[data-key-for]')) {
    const key = keyOf(kbd.dataset.keyFor);
    kbd.textContent = key;
    (kbd.closest('[data-key-hint]') ?? kbd).hidden = key === '';
  }
}

document.addEventListener('keydown', (event) => {
  if (document.querySelector('dialog:modal')) return;
  const action = actionFor(event, map, isTyping(event.target));
  if (!action || !handlers.has(action)) return;
  event.preventDefault();
  if (!event.repeat || repeatable.has(action)) run(action, event);
});

showKeys(document);
document.addEventListener('htmx:load', (event) => showKeys(event.detail.elt));
