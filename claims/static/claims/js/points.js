/*
 * Code points and UTF-16 code units, white space and whole characters: strings only, no DOM.
 * Every offset that leaves the browser counts Unicode code points; a JavaScript string counts
 * UTF-16 code units. This is the one place where the two meet.
 */

/* The same class as claims/anchoring/white.py; `\s` and `str.strip` differ from each other. */
const SPACE = '\\u0009-\\u000d\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const LEADING = new RegExp(`^[${SPACE}]+`);
const ONLY = new RegExp(`^[${SPACE}]$`);

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** How many code points the string has; `units` limits it to that many leading code units. */
export function count(text, units = text.length) {
  let pairs = 0;
  for (let i = 0; i + 1 < units; i += 1) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) {
      pairs += 1;
      i += 1;
    }
  }
  return units - pairs;
}

/** The code unit at which the code point number `points` begins (the length when past the end). */
export function unitAt(text, points) {
  let unit = 0;
  for (let left = points; left > 0 && unit < text.length; left -= 1) {
    unit += isHigh(text.charCodeAt(unit)) && isLow(text.charCodeAt(unit + 1)) ? 2 : 1;
  }
  return unit;
}

/** `text[start:end]` as Python means it. */
export function slice(text, start, end) {
  const from = unitAt(text, start);
  return text.slice(from, from + unitAt(text.slice(from), end - start));
}

/** True for one character of the white space that both sides trim. */
export function isSpace(character) {
  return ONLY.test(character);
}

/**
 * The code units [start, end) without outer white space, widened to whole grapheme clusters
 * (half of a family emoji, or a letter without its accent, is no quote).
 * null when nothing but white space is left.
 */
export function trimUnits(text, start, end) {
  const piece = text.slice(start, end);
  const from = start + (LEADING.exec(piece)?.[0].length ?? 0);
  let to = end;
  while (to > from && ONLY.test(text[to - 1])) to -= 1;
  if (from >= to) return null;
  const clusters = graphemes.segment(text);
  const last = clusters.containing(to - 1);
  return [clusters.containing(from).index, last.index + last.segment.length];
}

/** `trimUnits` in code points: {start, end, quote} or null. */
export function trim(text, start, end) {
  const from = unitAt(text, start);
  const units = trimUnits(text, from, from + unitAt(text.slice(from), end - start));
  if (!units) return null;
  return {
    start: count(text, units[0]),
    end: count(text, units[1]),
    quote: text.slice(units[0], units[1]),
  };
}
