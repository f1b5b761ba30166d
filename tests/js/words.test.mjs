import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slice } from '../../claims/static/claims/js/points.js';
import { sentences, step, words } from '../../claims/static/claims/js/words.js';

const read = (text, language) => words(text, language).map(([start, end]) => slice(text, start, end));

function book(...texts) {
  const pages = texts.map((text) => {
    const found = words(text, 'en');
    return { words: found, sentences: sentences(text, found, 'en') };
  });
  return { size: pages.length, page: (i) => pages[i] };
}
const place = (p, w) => ({ p, w });
const on = (p, w) => ({ anchor: place(p, w), head: place(p, w) });
const over = (p, w, q, v) => ({ anchor: place(p, w), head: place(q, v) });

test('words are words, numbers, signs and standalone emoji, not punctuation', () => {
  assert.deepEqual(read('“It hit,” he said: 25 dead.', 'en'), ['It', 'hit', 'he', 'said', '25', 'dead']);
  assert.deepEqual(read('Gone 👨‍👩‍👧 and 🇮🇶!', 'en'), ['Gone', '👨‍👩‍👧', 'and', '🇮🇶']);
  assert.deepEqual(read('$5, 80%', 'en'), ['$', '5', '80', '%']);
  assert.deepEqual(read('قُصِفَت القائم، مرتين.', 'ar'), ['قُصِفَت', 'القائم', 'مرتين']);
  assert.deepEqual(read('… — “”', 'en'), []);
});

test('a bad language tag falls back', () => {
  assert.deepEqual(read('one two', 'not a tag'), ['one', 'two']);
});

test('sentences are pairs of word indexes and leave out empty ones', () => {
  const text = 'It hit. Many died! … Who knows?';
  assert.deepEqual(sentences(text, words(text, 'en'), 'en'), [[0, 1], [2, 3], [4, 5]]);
});

test('a word step goes over paragraph ends and stays at the ends of the text', () => {
  const text = book('One two.', '…', 'Three.');
  assert.deepEqual(step(text, on(0, 1), 'word', 1, false), on(2, 0));
  assert.deepEqual(step(text, on(2, 0), 'word', -1, false), on(0, 1));
  assert.deepEqual(step(text, on(2, 0), 'word', 1, false), on(2, 0));
  assert.deepEqual(step(text, on(0, 0), 'word', -1, false), on(0, 0));
});

test('shift extends and shrinks; a plain step collapses to that side', () => {
  const text = book('One two three four.');
  assert.deepEqual(step(text, on(0, 1), 'word', 1, true), over(0, 1, 0, 2));
  assert.deepEqual(step(text, over(0, 1, 0, 2), 'word', -1, true), on(0, 1));
  assert.deepEqual(step(text, over(0, 1, 0, 2), 'word', 1, false), on(0, 2));
  assert.deepEqual(step(text, over(0, 2, 0, 1), 'word', 1, false), on(0, 2));
  assert.deepEqual(step(text, over(0, 1, 0, 2), 'word', -1, false), on(0, 1));
});

test('a sentence is taken whole, first the one that the cursor is in', () => {
  const text = book('One two. Three four.', 'Five six.');
  const first = step(text, on(0, 1), 'sentence', 1, false);
  assert.deepEqual(first, over(0, 0, 0, 1));
  assert.deepEqual(step(text, first, 'sentence', 1, false), over(0, 2, 0, 3));
  assert.deepEqual(step(text, over(0, 2, 0, 3), 'sentence', 1, false), over(1, 0, 1, 1));
  assert.deepEqual(step(text, over(1, 0, 1, 1), 'sentence', -1, false), over(0, 2, 0, 3));
});

test('shift extends to the edge of the sentence, then to the next one', () => {
  const text = book('One two. Three four.');
  assert.deepEqual(step(text, on(0, 0), 'sentence', 1, true), over(0, 0, 0, 1));
  assert.deepEqual(step(text, over(0, 0, 0, 1), 'sentence', 1, true), over(0, 0, 0, 3));
  assert.deepEqual(step(text, on(0, 3), 'sentence', -1, true), over(0, 3, 0, 2));
});

test('paragraphs and the whole text', () => {
  const text = book('One two. Three.', '…', 'Four five.');
  assert.deepEqual(step(text, on(0, 1), 'paragraph', 1, false), over(0, 0, 0, 2));
  assert.deepEqual(step(text, over(0, 0, 0, 2), 'paragraph', 1, false), over(2, 0, 2, 1));
  assert.deepEqual(step(text, on(0, 1), 'text', 1, true), over(0, 1, 2, 1));
  assert.deepEqual(step(text, on(2, 0), 'text', -1, true), over(2, 0, 0, 0));
});
