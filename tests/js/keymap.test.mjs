import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionFor, DEFAULTS, isTyping, keymap, label } from '../../claims/static/claims/js/keymap.js';

const press = (key, more = {}) => ({ key, code: '', shiftKey: false, ...more });

test('each default key means its action, and no two share one', () => {
  for (const [action, key] of Object.entries(DEFAULTS)) {
    assert.equal(actionFor(press(key, { shiftKey: '+?'.includes(key) }), keymap(), false), action);
  }
  assert.equal(new Set(Object.values(DEFAULTS)).size, Object.keys(DEFAULTS).length);
});

test('a key can be changed, switched off, or all of them', () => {
  const map = keymap({ new: 'n', undo: '' });
  assert.equal(actionFor(press('n'), map, false), 'new');
  assert.equal(actionFor(press('c'), map, false), null);
  assert.equal(actionFor(press('u'), map, false), null);
  assert.equal(actionFor(press('j'), keymap({ off: true }), false), null);
});

test('a chosen key wins over the default that had it', () => {
  const map = keymap({ new: 'l' });
  assert.equal(actionFor(press('l'), map, false), 'new');
  assert.equal(map.link, '');
});

test('unknown actions and values that are no keys are left out', () => {
  assert.deepEqual(keymap({ nonsense: 'z', new: 3 }), { ...DEFAULTS });
});

test('never while typing, with a modifier, while composing, or when handled', () => {
  const map = keymap();
  assert.equal(actionFor(press('c'), map, true), null);
  for (const name of ['ctrlKey', 'metaKey', 'altKey', 'isComposing', 'defaultPrevented']) {
    assert.equal(actionFor(press('c', { [name]: true }), map, false), null, name);
  }
  assert.equal(actionFor(press('c', { keyCode: 229 }), map, false), null);
});

test('caps lock and other scripts find the same key; shift does not', () => {
  const map = keymap();
  assert.equal(actionFor(press('C'), map, false), 'new');
  assert.equal(actionFor(press('C', { shiftKey: true }), map, false), null);
  assert.equal(actionFor(press('ؤ', { code: 'KeyC' }), map, false), 'new');
  assert.equal(actionFor(press('ö', { code: 'Semicolon' }), map, false), null);
});

test('fields take keys for themselves', () => {
  const field = (tagName, role = null, isContentEditable = false) => ({ tagName, isContentEditable, getAttribute: () => role });
  for (const name of ['INPUT', 'TEXTAREA', 'SELECT']) assert.ok(isTyping(field(name)));
  assert.ok(!isTyping({ ...field('INPUT'), dataset: { keys: '' } }));
  assert.ok(isTyping(field('DIV', null, true)));
  assert.ok(isTyping(field('DIV', 'textbox')));
  assert.ok(!isTyping(field('ARTICLE', 'document')));
  assert.ok(!isTyping(null));
});

test('keys are shown as people read them', () => {
  assert.equal(label('Delete'), 'Del');
  assert.equal(label('c'), 'c');
});
