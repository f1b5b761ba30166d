/*
 * Words and sentences of a paragraph, and the steps of the word cursor over them: no DOM.
 *
 * A word is what can be stepped on: letters and digits, and also a standalone emoji or sign
 * (which Intl.Segmenter does not call "word like"). Punctuation alone is not.
 */

import { count } from './points.js';

const SIGN = /[\p{L}\p{N}\p{M}\p{S}\p{Extended_Pictographic}%‰§&@#†]/u;

const segmenters = new Map();

function segmenter(language, granularity) {
  const key = `${language}/${granularity}`;
  if (!segmenters.has(key)) {
    let made;
    try {
      made = new Intl.Segmenter(language || undefined, { granularity });
    } catch {
      made = new Intl.Segmenter(undefined, { granularity }); // not a language tag
    }
    segmenters.set(key, made);
  }
  return segmenters.get(key);
}

/** [[start, end], …] in code points, one for each word. */
export function words(text, language = '') {
  const found = [];
  let at = 0;
  for (const { segment, isWordLike } of segmenter(language, 'word').segment(text)) {
    const size = count(segment);
    if (isWordLike || SIGN.test(segment)) found.push([at, at + size]);
    at += size;
  }
  return found;
}

/** [[first, last], …]: indexes into `found` (the words of the text), one pair a sentence. */
export function sentences(text, found, language = '') {
  const pairs = [];
  let at = 0;
  let word = 0;
  for (const { segment } of segmenter(language, 'sentence').segment(text)) {
    at += count(segment);
    const first = word;
    while (word < found.length && found[word][0] < at) word += 1;
    if (word > first) pairs.push([first, word - 1]);
  }
  return pairs;
}

/** The order of two places {p, w} (paragraph index, word index). */
export function compare(a, b) {
  return a.p - b.p || a.w - b.w;
}

/**
 * One step of the cursor. `book` is {size, page(i) -> {words, sentences}}; `from` is the
 * selection {anchor, head} of places, `unit` is word, sentence, paragraph or text, `way` 1 or -1.
 * Returns the new {anchor, head}; the same one at the end of the text.
 *
 * Without `extend`: a word is stepped to; a sentence or paragraph is selected whole, first the
 * one that the cursor is in. With `extend` the head moves to the next edge of that unit.
 */
export function step(book, from, unit, way, extend) {
  const { anchor, head } = from;
  const low = compare(anchor, head) <= 0 ? anchor : head;
  const high = low === anchor ? head : anchor;
  if (unit === 'word') {
    if (!extend && compare(low, high) !== 0) return at(way > 0 ? high : low);
    const next = neighbour(book, head, way);
    return extend ? { anchor, head: next } : at(next);
  }
  const edge = extend ? head : way > 0 ? high : low;
  let [first, last] = block(book, edge, unit);
  if (extend) {
    if (compare(edge, way > 0 ? last : first) === 0) {
      [first, last] = block(book, neighbour(book, edge, way), unit);
    }
    return { anchor, head: way > 0 ? last : first };
  }
  if (compare(low, first) <= 0 && compare(high, last) >= 0) {
    [first, last] = block(book, neighbour(book, way > 0 ? last : first, way), unit);
  }
  return { anchor: first, head: last };
}

/** The place next to this one, over paragraph ends; the same place at the end of the text. */
function neighbour(book, place, way) {
  const w = place.w + way;
  if (w >= 0 && w < book.page(place.p).words.length) return { p: place.p, w };
  for (let p = place.p + way; p >= 0 && p < book.size; p += way) {
    const size = book.page(p).words.length;
    if (size) return { p, w: way > 0 ? 0 : size - 1 };
  }
  return place;
}

/** The first and last place of the unit around a place. */
function block(book, place, unit) {
  const { words: own, sentences: pairs } = book.page(place.p);
  if (unit === 'text') {
    let first = { p: place.p, w: 0 };
    let last = { p: place.p, w: own.length - 1 };
    for (let p = place.p - 1; p >= 0; p -= 1) if (book.page(p).words.length) first = { p, w: 0 };
    for (let p = place.p + 1; p < book.size; p += 1) {
      const size = book.page(p).words.length;
      if (size) last = { p, w: size - 1 };
    }
    return [first, last];
  }
  const pair = unit === 'sentence' && pairs.find(([a, b]) => a <= place.w && place.w <= b);
  const [a, b] = pair || [0, own.length - 1];
  return [{ p: place.p, w: a }, { p: place.p, w: b }];
}

function at(place) {
  return { anchor: place, head: place };
}
