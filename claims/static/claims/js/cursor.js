/*
 * The word cursor: selecting in #text without a mouse. It works on the browser's own selection,
 * so that a click and a key press go on from each other.
 *
 * Left, Right: word (as the eye goes, in right-to-left text too). Up, Down, or Ctrl with Left,
 * Right: sentence. PageUp, PageDown, or Ctrl with Up, Down: paragraph. Ctrl+Home, Ctrl+End with
 * Shift: to the beginning or end of the text. Shift extends. Enter: new claim. Escape: clears.
 */

import { say } from './messages.js';
import { indexAt, paragraphs, quoteOf, rangeFor, startOf, textOf } from './offsets.js';
import { paint, raw, select } from './selection.js';
import { compare, sentences, step, words } from './words.js';

const MARGIN = 90;
const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** [unit, way] of a key event; null when it is none of the cursor's. */
function wanted(event, rtl) {
  const { key, ctrlKey, altKey, metaKey } = event;
  if (metaKey || (altKey && !isMac)) return null; // Alt+Left is the browser's "back"
  const far = ctrlKey || altKey;
  switch (key) {
    case 'ArrowRight': return [far ? 'sentence' : 'word', rtl ? -1 : 1];
    case 'ArrowLeft': return [far ? 'sentence' : 'word', rtl ? 1 : -1];
    case 'ArrowDown': return [far ? 'paragraph' : 'sentence', 1];
    case 'ArrowUp': return [far ? 'paragraph' : 'sentence', -1];
    case 'PageDown': return ['paragraph', 1];
    case 'PageUp': return ['paragraph', -1];
    case 'End': return far && event.shiftKey ? ['text', 1] : null;
    case 'Home': return far && event.shiftKey ? ['text', -1] : null;
    default: return null;
  }
}

/** The words and sentences of each paragraph, worked out when they are asked for. */
function bookOf(root) {
  const list = paragraphs(root);
  const pages = new Map();
  const page = (i) => {
    if (!pages.has(i)) {
      const p = list[i];
      const language = p.closest('[lang]')?.lang ?? '';
      const text = textOf(p);
      const found = words(text, language);
      pages.set(i, { words: found, sentences: sentences(text, found, language) });
    }
    return pages.get(i);
  };
  return { list, size: list.length, page };
}

/** The place of the first word that ends after the offset, or the last word before it. */
function placeAt(book, offset) {
  for (let p = Math.max(0, indexAt(book.list, offset)); p < book.size; p += 1) {
    const w = book.page(p).words.findIndex(([, end]) => startOf(book.list[p]) + end > offset);
    if (w >= 0) return { p, w };
  }
  return lastBefore(book, offset);
}

function lastBefore(book, offset) {
  for (let p = Math.max(0, indexAt(book.list, offset)); p >= 0; p -= 1) {
    const own = book.page(p).words;
    const w = own.findLastIndex(([start]) => startOf(book.list[p]) + start < offset);
    if (w >= 0) return { p, w };
  }
  return null;
}

function spanOf(book, { p, w }) {
  const [start, end] = book.page(p).words[w];
  return [startOf(book.list[p]) + start, startOf(book.list[p]) + end];
}

/** {anchor, head} of the selection that is there; a caret or no selection gives null. */
function selected(book, root) {
  const found = raw(root);
  if (!found || found.anchor === found.focus) return null;
  const first = placeAt(book, Math.min(found.anchor, found.focus));
  const last = lastBefore(book, Math.max(found.anchor, found.focus));
  if (!first || !last || compare(first, last) > 0) return null;
  return found.anchor < found.focus ? { anchor: first, head: last } : { anchor: last, head: first };
}

function firstInView(book) {
  const seen = [...book.list].find((p) => p.getBoundingClientRect().bottom > MARGIN);
  return seen ? startOf(seen) : 0;
}

function showPlace(range, p) {
  p.scrollIntoView({ block: 'nearest' });
  const box = range.getBoundingClientRect();
  if (box.bottom > innerHeight - MARGIN) scrollBy(0, box.bottom - innerHeight + MARGIN);
  else if (box.top < 8) scrollBy(0, box.top - MARGIN);
}

/** What a screen reader hears: all of a short selection, both ends of a long one. */
export function spoken(quote, size) {
  if (quote.length <= 160) return quote;
  const own = quote.split(/\s+/);
  return `${size} words: ${own.slice(0, 5).join(' ')} … ${own.slice(-5).join(' ')}`;
}

/** Makes the cursor work in `root`; `onEnter()` starts a claim. */
export function watch(root, onEnter) {
  let last = null; // where the cursor was, for when the focus comes back

  const put = (book, { anchor, head }) => {
    const forward = compare(anchor, head) <= 0;
    const [a, b] = [spanOf(book, anchor), spanOf(book, head)];
    const [from, to] = forward ? [a[0], b[1]] : [a[1], b[0]];
    select(root, from, to);
    paint(root, 'cursor', b[0], b[1]);
    last = b[0];
    showPlace(rangeFor(root, b[0], b[1]), book.list[head.p]);
    const quote = quoteOf(root, Math.min(from, to), Math.max(from, to));
    say(spoken(quote, quote.split(/\s+/).length));
  };

  root.addEventListener('keydown', (event) => {
    if (event.target !== root || event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      onEnter();
      return;
    }
    if (event.key === 'Escape') {
      document.getSelection().removeAllRanges();
      paint(root, 'cursor');
      say('Selection cleared.');
      return;
    }
    const book = bookOf(root);
    const now = selected(book, root);
    const caret = now ? null : (raw(root)?.focus ?? last ?? firstInView(book));
    const place = now?.head ?? placeAt(book, caret);
    if (!place) return;
    const rtl = getComputedStyle(book.list[place.p]).direction === 'rtl';
    const found = wanted(event, rtl);
    if (!found) return;
    event.preventDefault();
    // The first press shows the word that the cursor is on; sentences and more are taken whole.
    const start = now ?? { anchor: place, head: place };
    put(book, !now && found[0] === 'word' ? start : step(book, start, ...found, event.shiftKey));
  });
  root.addEventListener('pointerdown', () => paint(root, 'cursor'));
  root.addEventListener('blur', () => paint(root, 'cursor'));
}
