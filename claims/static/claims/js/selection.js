/*
 * The selection in the article text, as code-point offsets, and what is painted over the text.
 */

import { keyOf } from './keys.js';
import { offsetOf, paragraphs, pointAt, rangeFor, startOf, textOf, trimmed } from './offsets.js';
import { count } from './points.js';

/** {anchor, focus} in code points (equal for a caret); null when it is not in the text. */
export function raw(root) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || !selection.getRangeAt(0).intersectsNode(root)) return null;
  const anchor = clamp(root, selection.anchorNode, selection.anchorOffset);
  const focus = clamp(root, selection.focusNode, selection.focusOffset);
  const outside = !root.contains(selection.anchorNode) && !root.contains(selection.focusNode);
  return outside && anchor === focus ? null : { anchor, focus };
}

function clamp(root, node, offset) {
  const found = offsetOf(root, node, offset);
  if (found !== null) return found;
  const list = paragraphs(root);
  const last = list[list.length - 1];
  if (!last) return 0;
  const point = document.createRange();
  point.setStart(node, offset);
  return point.comparePoint(root, 0) >= 0 ? startOf(list[0]) : startOf(last) + count(textOf(last));
}

/** {start, end, quote} of what is selected, trimmed to whole characters; or null. */
export function current(root) {
  const found = raw(root);
  if (!found || found.anchor === found.focus) return null;
  return trimmed(root, Math.min(found.anchor, found.focus), Math.max(found.anchor, found.focus));
}

/** Selects from anchor to focus (either may be the smaller one). */
export function select(root, anchor, focus) {
  const from = pointAt(root, anchor, anchor < focus);
  const to = pointAt(root, focus, focus < anchor);
  document.getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

/** Paints [start, end) as ::highlight(name), where the browser can; nothing clears it. */
export function paint(root, name, start, end) {
  if (!globalThis.CSS?.highlights) return;
  if (start === undefined || start === null) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(rangeFor(root, start, end)));
}

/** Shows a button beside what the mouse or a finger selects; it calls `onNew`. */
export function watch(root, onNew) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'grab';
  button.hidden = true;
  const key = keyOf('new');
  button.append('New claim');
  if (key) {
    const kbd = document.createElement('kbd');
    kbd.textContent = key;
    button.append(' ', kbd);
  }
  (root.closest('main') ?? document.body).append(button);
  button.addEventListener('pointerdown', (event) => event.preventDefault()); // keep the selection
  button.addEventListener('click', () => {
    button.hidden = true;
    onNew();
  });

  let pointer = '';
  let timer = 0;
  const place = () => {
    const found = current(root);
    button.hidden = !found;
    if (!found) return;
    const rects = rangeFor(root, found.start, found.end).getClientRects();
    const last = rects[rects.length - 1];
    if (!last) return;
    const across = Math.min(last.right, document.documentElement.clientWidth - button.offsetWidth - 8);
    // Fingers get their own menu above the selection, so the button stands below it.
    button.style.left = `${Math.max(8, across) + scrollX}px`;
    button.style.top = `${last.bottom + 6 + scrollY}px`;
  };
  document.addEventListener('pointerdown', (event) => {
    pointer = event.pointerType;
  });
  document.addEventListener('pointerup', (event) => {
    if (!button.contains(event.target)) setTimeout(place, 0); // after the browser has selected
  });
  document.addEventListener('selectionchange', () => {
    clearTimeout(timer);
    if (pointer === 'touch') timer = setTimeout(place, 250);
    else if (!button.hidden && !current(root)) button.hidden = true;
  });
}
