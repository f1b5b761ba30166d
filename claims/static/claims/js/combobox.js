/*
 * ARIA 1.2 combobox with list autocomplete:
 * <div data-combobox data-url="/w/x/sources/pick/?q=">
 *   <input role="combobox" name="source_name" autocomplete="off">  (with a label)
 *   <input type="hidden" name="source">
 *   <ul role="listbox" aria-label="Sources" hidden></ul>
 * </div>
 * data-url answers with <li role="option" data-value="uid" data-label="Name" class="s1">…</li>;
 * an option with data-new stands for creating one. Picking writes data-label into the field and
 * data-value into the hidden input, which then fires "change"; typing empties the hidden input.
 */

import { say } from './messages.js';

const DELAY = 150;
const states = new WeakMap();

function setUp(box) {
  const input = box.querySelector('[role="combobox"]');
  const list = box.querySelector('[role="listbox"]');
  list.id ||= `list-${Math.random().toString(36).slice(2)}`;
  input.autocomplete = 'off';
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);
  states.set(box, { input, list, hidden: box.querySelector('input[type="hidden"]'), timer: 0, request: null });
}

function setUpAll(root) {
  for (const box of root.querySelectorAll('[data-combobox]')) if (!states.has(box)) setUp(box);
}

function stateOf(target) {
  const box = target.closest?.('[data-combobox]');
  if (!box) return null;
  // A fast hand is in the field before htmx says that it has loaded.
  if (!states.has(box)) setUp(box);
  const live = states.get(box);
  return { box, ...live, live };
}

const options = (list) => [...list.querySelectorAll('[role="option"]')];
const active = (list) => list.querySelector('[aria-selected="true"]');

function close({ input, list, live }) {
  clearTimeout(live.timer);
  live.request?.abort();
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function activate({ input, list }, option) {
  for (const one of options(list)) one.setAttribute('aria-selected', String(one === option));
  if (!option) return;
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

async function load(state, way = 0) {
  const { box, input, list, live } = state;
  live.request?.abort();
  const request = new AbortController();
  live.request = request;
  let html;
  try {
    const answer = await fetch(box.dataset.url + encodeURIComponent(input.value.trim()), {
      signal: request.signal,
      headers: { 'HX-Request': 'true' },
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    html = await answer.text();
  } catch (error) {
    if (error.name === 'AbortError') return;
    close(state);
    say('The list of choices could not be loaded. You can go on typing.');
    return;
  }
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  list.replaceChildren(...options(parsed));
  options(list).forEach((option, i) => {
    option.id = `${list.id}-${i}`;
    option.setAttribute('aria-selected', 'false');
  });
  const size = options(list).length;
  list.hidden = size === 0 || document.activeElement !== input;
  input.setAttribute('aria-expanded', String(!list.hidden));
  input.removeAttribute('aria-activedescendant');
  const [only] = size === 1 ? options(list) : [];
  // Nothing is called so: Enter or Tab makes it, and says so.
  if (only?.hasAttribute('data-new')) activate(state, only);
  if (way && size) activate(state, options(list).at(way > 0 ? 0 : -1));
  else say(size === 0 ? 'No choices.' : size === 1 ? 'One choice.' : `${size} choices.`);
}

function pick(state, option) {
  const { box, input, hidden } = state;
  input.value = option.dataset.label ?? option.textContent.trim();
  if (hidden) {
    hidden.value = option.dataset.value ?? '';
    hidden.dispatchEvent(new Event('change', { bubbles: true }));
  }
  close(state);
  say(option.hasAttribute('data-new') ? `New: ${input.value}` : input.value);
  box.dispatchEvent(new CustomEvent('combobox:pick', { bubbles: true, detail: { ...option.dataset } }));
}

document.addEventListener('input', (event) => {
  if (event.target.getAttribute('role') !== 'combobox') return;
  const state = stateOf(event.target);
  if (!state) return;
  if (state.hidden && state.hidden.value !== '') {
    state.hidden.value = '';
    state.hidden.dispatchEvent(new Event('change', { bubbles: true }));
  }
  clearTimeout(state.live.timer);
  state.live.timer = setTimeout(load, DELAY, state);
});

// In the capture phase: Enter and Escape must not reach the form while the list is open.
document.addEventListener('keydown', (event) => {
  if (event.target.getAttribute?.('role') !== 'combobox' || event.isComposing) return;
  const state = stateOf(event.target);
  if (!state || event.ctrlKey || event.metaKey) return;
  const { list } = state;
  const chosen = active(list);
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const way = event.key === 'ArrowDown' ? 1 : -1;
    if (list.hidden) {
      load(state, way);
      return;
    }
    const all = options(list);
    const at = all.indexOf(chosen);
    activate(state, all.at(at < 0 ? (way > 0 ? 0 : -1) : (at + way) % all.length));
  } else if (event.key === 'Enter' && !list.hidden && chosen) {
    event.preventDefault();
    event.stopPropagation();
    pick(state, chosen);
  } else if (event.key === 'Enter') {
    close(state); // and the form is sent with what was typed
  } else if (event.key === 'Escape' && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    close(state);
  } else if (event.key === 'Tab' && !list.hidden && chosen) {
    pick(state, chosen);
  }
}, true);

document.addEventListener('pointerdown', (event) => {
  if (event.target.closest('[data-combobox] [role="listbox"]')) event.preventDefault(); // keep the focus
});
document.addEventListener('click', (event) => {
  const option = event.target.closest('[data-combobox] [role="option"]');
  if (option) pick(stateOf(option), option);
});
document.addEventListener('focusout', (event) => {
  if (event.target.getAttribute?.('role') !== 'combobox') return;
  const state = stateOf(event.target);
  if (state) close(state);
});

setUpAll(document);
document.addEventListener('htmx:load', (event) => setUpAll(event.detail.elt.parentNode ?? event.detail.elt));
