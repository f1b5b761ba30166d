/*
 * Which single key means which action: no DOM. WCAG 2.1.4: every key can be changed or
 * switched off, and none fires while typing, with a modifier, or while composing.
 */

/** Action -> key. The page's <script id="key-map"> overrides; "" switches one off. */
export const DEFAULTS = Object.freeze({
  new: 'c',
  add: '+',
  who: 's',
  cue: 'q',
  link: 'l',
  file: 'p',
  same: '=',
  edit: 'e',
  delete: 'Delete',
  comment: 'm',
  accept: 'a',
  accept_all: 'A',
  dismiss: 'x',
  next: 'j',
  previous: 'k',
  undo: 'u',
  redo: 'U',
  read: 'r',
  search: '/',
  help: '?',
});

/** The keys of this page: DEFAULTS with the overrides. {"off": true} switches all of them off. */
export function keymap(overrides = {}) {
  const map = { ...DEFAULTS };
  if (overrides.off === true) return Object.fromEntries(Object.keys(map).map((name) => [name, '']));
  for (const [name, key] of Object.entries(overrides)) {
    if (!(name in map) || typeof key !== 'string') continue;
    for (const other of Object.keys(map)) {
      // A chosen key wins over a default one; of two chosen, the later.
      if (other !== name && key !== '' && map[other] === key) map[other] = '';
    }
    map[name] = key;
  }
  return map;
}

/** The keys that an event may stand for, best first. */
function names(event) {
  const { key, code = '', shiftKey } = event;
  const found = [key];
  if (key.length === 1 && !shiftKey) found.push(key.toLowerCase()); // caps lock
  // On an Arabic or Cyrillic layout the key that bears "c" still means "c".
  if (/^[^\0-\x7f]$/.test(key) && !shiftKey && /^Key[A-Z]$/.test(code)) found.push(code[3].toLowerCase());
  return found;
}

/** The action of a key event, or null. `typing`: whether it goes into a field. */
export function actionFor(event, map, typing) {
  if (typing || event.defaultPrevented || event.isComposing || event.keyCode === 229) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || typeof event.key !== 'string') return null;
  for (const key of names(event)) {
    for (const [action, own] of Object.entries(map)) {
      if (own !== '' && own === key) return action;
    }
  }
  return null;
}

/**
 * Whether keys go into this element: tagName and isContentEditable decide, then the role. With
 * data-keys the keys of the page count in it: a box to tick takes Space alone.
 */
export function isTyping(element) {
  if (!element?.tagName || element.dataset?.keys !== undefined) return false;
  if (element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName)) return true;
  return /^(textbox|searchbox|combobox|listbox|spinbutton)$/.test(element.getAttribute?.('role') ?? '');
}

/** A key as people read it. */
export function label(key) {
  return { ' ': 'Space', Delete: 'Del', Escape: 'Esc' }[key] ?? key;
}
