import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, isSpace, slice, trim, unitAt } from '../../claims/static/claims/js/points.js';

const NASTY = [
  'plain', 'a😀é b', '👨‍👩‍👧‍👦 family', '🇮🇶🇸🇾 flags', '👍🏽 skin', '𠮷野家', 'Z͑ͫ̓ͪ̂ͫ̽', 'قُصِفَت القائم twice', 'שָׁלוֹם', 'नमस्ते', 'สวัสดี', '각',
  'no\u00a0break', 'tab\tthin\u2009zwsp\u200bbom\ufeff', 'nel\u0085ls\u2028', '\u{10ffff}\ufdd0',
];
const python = (text, start, end) => [...text].slice(start, end).join('');

test('code points are counted as Python counts them', () => {
  for (const text of NASTY) assert.equal(count(text), [...text].length, text);
  assert.equal(count('a😀b', 3), 2);
});

test('every slice of every string equals the one by code points', () => {
  for (const text of NASTY) {
    const size = count(text);
    for (let start = 0; start <= size; start += 1) {
      for (let end = start; end <= size; end += 1) assert.equal(slice(text, start, end), python(text, start, end));
    }
  }
});

test('unitAt stops at the end of the text', () => {
  assert.equal(unitAt('a😀', 2), 3);
  assert.equal(unitAt('a😀', 9), 3);
});

test('the shared white space is trimmed, and nothing else', () => {
  const space = '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2005\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff';
  assert.deepEqual(trim(`${space}word${space}`, 0, count(space) * 2 + 4), {
    start: count(space), end: count(space) + 4, quote: 'word',
  });
  for (const character of space) assert.ok(isSpace(character));
  for (const character of '\u200c\u200d\u200e\u200f\u2060\u180e\x00\x1ba') assert.ok(!isSpace(character));
});

test('nothing but white space is no selection', () => {
  assert.equal(trim('a \u00a0 b', 1, 4), null);
  assert.equal(trim('abc', 2, 2), null);
});

test('both ends go outwards to whole characters', () => {
  assert.equal(trim('cafe\u0301 x', 3, 4).quote, 'e\u0301');
  assert.equal(trim('a 👨‍👩‍👧 b', 3, 4).quote, '👨‍👩‍👧');
  assert.equal(trim('🇮🇶🇸🇾', 1, 2).quote, '🇮🇶');
  assert.deepEqual(trim('😀 x\u0308y', 2, 3), { start: 2, end: 4, quote: 'x\u0308' });
});

test('the quote is always the slice at its offsets', () => {
  for (const text of NASTY) {
    for (let start = 0; start < count(text); start += 1) {
      for (let end = start + 1; end <= count(text); end += 1) {
        const found = trim(text, start, end);
        if (found) assert.equal(found.quote, python(text, found.start, found.end));
      }
    }
  }
});
