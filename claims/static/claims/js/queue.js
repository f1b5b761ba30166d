/*
 * [data-queue]: rows that wait for a decision. The keys of "next" and "previous" go from row to
 * row; "accept" and "dismiss" decide on the row in focus alone where none is ticked, else on all
 * that are ticked. "dismiss" asks for the reason first.
 */

import { on } from './keys.js';
import { say, show } from './messages.js';

const form = document.getElementById('decide');
const rows = [...document.querySelectorAll('[data-queue] > li')];
const boxes = () => [...form.querySelectorAll('[name="chosen"]')];

function current() {
  return rows.find((row) => row.contains(document.activeElement));
}

function go(way) {
  const at = rows.indexOf(current());
  const next = at < 0 ? (way > 0 ? 0 : rows.length - 1) : at + way;
  if (rows[next]) rows[next].focus();
  else say(way > 0 ? 'This is the last one.' : 'This is the first one.');
}

/** Ticks the row in focus where nothing is ticked; false when there is nothing to decide on. */
function tick() {
  const own = current()?.querySelector('[name="chosen"]');
  if (!boxes().some((box) => box.checked)) {
    if (!own) {
      show('Go to a row first, or tick some.');
      return false;
    }
    own.checked = true;
  }
  return true;
}

if (form && rows.length) {
  on('next', () => go(1));
  on('previous', () => go(-1));
  on('accept', () => {
    if (form.elements.approve && tick()) form.requestSubmit(form.elements.approve);
  });
  on('dismiss', () => {
    if (!form.elements.send_back || !tick()) return;
    if (form.elements.why.value.trim()) form.requestSubmit(form.elements.send_back);
    else form.elements.why.focus();
  });
}
