/*
 * Places in the page <-> code-point offsets into the stored text.
 *
 * The text is #text: only <p id="p3" data-n="3" data-start="412"> children, data-start being
 * the code-point offset of the paragraph. What is inside [data-ui] is not text. Between two
 * paragraphs lie line feeds; when a blank line that was left out holds other white space, the
 * paragraph before it says so with data-gap="exact white space".
 */

import { count, slice as cut, trim, unitAt } from './points.js';

/** The paragraphs, in order. */
export function paragraphs(root) {
  return root.querySelectorAll(':scope > p[data-start]');
}

/** Where the paragraph begins. */
export function startOf(p) {
  return Number(p.dataset.start);
}

function textNodes(p) {
  const skip = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.hasAttribute('data-ui') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  };
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, skip);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** The text of one paragraph. */
export function textOf(p) {
  return textNodes(p).map((node) => node.data).join('');
}

/** The index of the last paragraph that begins at or before the offset; -1 before the first. */
export function indexAt(list, offset) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(list[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The code-point offset of a DOM point; null when it is outside the text. */
export function offsetOf(root, node, offset) {
  if (!root.contains(node)) return null;
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const p = element.closest('p[data-start]');
  if (p && p.parentElement === root) return startOf(p) + within(p, node, offset);
  const point = document.createRange();
  point.setStart(node, offset);
  const list = paragraphs(root);
  for (const next of list) {
    if (point.comparePoint(next, 0) >= 0) return startOf(next);
  }
  const last = list[list.length - 1];
  return last ? startOf(last) + count(textOf(last)) : null;
}

function within(p, node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  let total = 0;
  for (const text of textNodes(p)) {
    if (text === node) return total + count(text.data, offset);
    if (point.comparePoint(text, 0) >= 0) return total;
    total += count(text.data);
  }
  return total;
}

/**
 * The DOM point {node, offset} of a code-point offset. In a gap it is the end of the paragraph
 * before. At the border of two text nodes: the first one's end, or with `opens` the second's
 * beginning, so that a range covers no empty pieces.
 */
export function pointAt(root, offset, opens = false) {
  const list = paragraphs(root);
  if (!list.length) return { node: root, offset: 0 };
  const p = list[Math.max(0, indexAt(list, offset))];
  let left = Math.max(0, offset - startOf(p));
  let last = null;
  for (const text of textNodes(p)) {
    const size = count(text.data);
    if (left < size || (left === size && !opens)) return { node: text, offset: unitAt(text.data, left) };
    left -= size;
    last = text;
  }
  return last ? { node: last, offset: last.data.length } : { node: p, offset: 0 };
}

/** A Range over [start, end). */
export function rangeFor(root, start, end) {
  const range = document.createRange();
  const from = pointAt(root, start, true);
  const to = pointAt(root, end);
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

/** The stored text from the beginning of paragraph `first` to the end of paragraph `last`. */
function stretch(list, first, last) {
  let text = '';
  for (let i = first; i <= last; i += 1) {
    const own = textOf(list[i]);
    text += own;
    if (i === last) break;
    const gap = startOf(list[i + 1]) - startOf(list[i]) - count(own);
    text += list[i].dataset.gap ?? '\n'.repeat(Math.max(0, gap));
  }
  return text;
}

/** `text[start:end]` of the stored text. */
export function quoteOf(root, start, end) {
  const list = paragraphs(root);
  const first = Math.max(0, indexAt(list, start));
  const base = startOf(list[first]);
  return cut(stretch(list, first, indexAt(list, end)), start - base, end - base);
}

/** {start, end, quote}: [start, end) without outer white space, in whole characters; or null. */
export function trimmed(root, start, end) {
  const list = paragraphs(root);
  if (!list.length || end <= start) return null;
  const first = Math.max(0, indexAt(list, start));
  const base = startOf(list[first]);
  const text = stretch(list, first, Math.max(first, indexAt(list, end)));
  const found = trim(text, start - base, Math.min(end - base, count(text)));
  return found && { start: base + found.start, end: base + found.end, quote: found.quote };
}
