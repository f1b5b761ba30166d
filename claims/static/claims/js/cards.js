/*
 * The claim cards beside the text: one is "in focus" (class focus, aria-current, tabindex 0) and
 * its marks carry the class "now". It stays in focus while the keys work in the text.
 *
 * What can be done with a claim is in the <noscript> of its card, as plain links and a button: only
 * the card in focus has them as elements, with htmx upon them.
 */

import { showKeys } from './keys.js';
import { say } from './messages.js';

const MARGIN = 90; // what the bar and the line of keys cover, and a little more

let uid = '';
let index = 0;
let gone = []; // cards that go with the next swap, by their claims

const CARDS = '#cards > .card[data-claim]';
const SHOWN = `.work:not(.no-suggestions) ${CARDS}, ${CARDS}:not(.suggestion)`;
const all = () => [...document.querySelectorAll(SHOWN)];
const cardOf = (claim) => document.getElementById(`claim-${claim}`);
const marksOf = (claim) => document.querySelectorAll(`#text mark[data-claims~="${CSS.escape(claim)}"]`);

/** The card in focus, or null. */
export function current() {
  return uid ? cardOf(uid) : null;
}

/** Takes the actions of a card out of its <noscript>. */
export function unfold(card) {
  const plain = card.querySelector('noscript');
  if (!plain) return;
  const inert = document.createElement('template');
  inert.innerHTML = plain.textContent;
  const actions = inert.content.firstElementChild;
  for (const link of actions.querySelectorAll('a')) link.setAttribute('hx-get', link.getAttribute('href'));
  for (const button of actions.querySelectorAll('button')) {
    button.setAttribute('hx-post', button.getAttribute('formaction'));
    button.setAttribute('hx-target', 'this');
    button.setAttribute('hx-swap', 'none');
  }
  plain.replaceWith(actions);
  showKeys(actions);
  globalThis.htmx.process(actions);
}

/**
 * Takes out the cards of suggestions that somebody has decided on, or a claim says by now: with the
 * next swap, since htmx swaps nothing for a button that is gone.
 */
export function takeOut(uids) {
  gone = uids;
}

/** Puts each card before the first one whose words begin later: a new one comes among others. */
function order() {
  let last = 0;
  for (const card of document.querySelectorAll(CARDS)) {
    const start = Number(card.dataset.start);
    if (start >= last) last = start;
    else [...document.querySelectorAll(CARDS)].find((one) => Number(one.dataset.start) > start).before(card);
  }
}

/** Puts cards and classes where they belong; to be called after each swap. */
export function refresh() {
  gone.forEach((one) => cardOf(one)?.remove());
  gone = [];
  order();
  const cards = all();
  const card = current();
  if (uid && !card) {
    uid = '';
    const neighbour = cards[Math.min(index, cards.length - 1)];
    if (neighbour && document.activeElement === document.body) {
      focus(neighbour, { text: false });
      return;
    }
  }
  if (card) {
    index = cards.indexOf(card);
    unfold(card);
  }
  const stop = card ?? cards[0];
  // Of a thousand cards two change: the others are left alone, so that none is styled anew.
  cards.forEach((one) => {
    const here = one === card;
    if (one.classList.contains('focus') !== here) one.classList.toggle('focus', here);
    if (here) one.setAttribute('aria-current', 'true');
    else if (one.hasAttribute('aria-current')) one.removeAttribute('aria-current');
    const order = one === stop ? 0 : -1;
    if (one.tabIndex !== order || !one.hasAttribute('tabindex')) one.tabIndex = order;
  });
  document.querySelectorAll('#text mark.now').forEach((mark) => mark.classList.remove('now'));
  if (card) marksOf(uid).forEach((mark) => mark.classList.add('now'));
}

/** Makes a card the one in focus, without moving the browser's focus. */
function take(card) {
  if (card.dataset.claim === uid) return;
  uid = card.dataset.claim;
  refresh();
}

/** Focuses a card and shows its place in the text. */
export function focus(card, { text = true } = {}) {
  take(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
  if (!text) return;
  const side = document.getElementById('side');
  const apart = side && getComputedStyle(side).position === 'sticky';
  // In one column the text is elsewhere on the page: showing it would hide the card.
  if (apart) showPlace(marksOf(uid)[0] ?? document.getElementById(`p${card.dataset.paragraph}`));
}

/** Scrolls the text so that a place in it can be read with what is around it. */
function showPlace(place) {
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < MARGIN || bottom > innerHeight - MARGIN) place.scrollIntoView({ block: 'center' });
}

/** Focuses the card of a claim; false when it is not on the page. */
export function focusClaim(claim) {
  const card = cardOf(claim);
  if (card) focus(card);
  return Boolean(card);
}

/** Goes to the next (1) or previous (-1) card. */
export function go(way) {
  const cards = all();
  if (!cards.length) {
    say('There are no claims yet.');
    return;
  }
  const at = cards.indexOf(current());
  const next = at < 0 ? (way > 0 ? 0 : cards.length - 1) : at + way;
  if (cards[next]) focus(cards[next]);
  else say(way > 0 ? 'This is the last claim.' : 'This is the first claim.');
}

function hover(claims) {
  document.querySelectorAll('#text mark.hover, #cards > .hover').forEach((one) => one.classList.remove('hover'));
  for (const claim of claims) {
    cardOf(claim)?.classList.add('hover');
    marksOf(claim).forEach((mark) => mark.classList.add('hover'));
  }
}

const claimsOf = (mark) => mark.dataset.claims.split(' ').filter(Boolean);

/** Ties marks and cards together. */
export function watch(root, list) {
  list.addEventListener('focusin', (event) => {
    const card = event.target.closest('.card[data-claim]');
    if (card) take(card);
  });
  root.addEventListener('click', (event) => {
    const mark = event.target.closest('mark[data-claims]');
    if (!mark || !document.getSelection().isCollapsed) return;
    const claims = claimsOf(mark).filter(cardOf);
    const next = claims[(claims.indexOf(uid) + 1) % claims.length];
    if (next) focusClaim(next);
  });
  root.addEventListener('mouseover', (event) => {
    const mark = event.target.closest('mark[data-claims]');
    hover(mark ? claimsOf(mark).slice(0, 1) : []);
  });
  root.addEventListener('mouseleave', () => hover([]));
  list.addEventListener('mouseover', (event) => {
    const card = event.target.closest('.card[data-claim]');
    hover(card ? [card.dataset.claim] : []);
  });
  list.addEventListener('mouseleave', () => hover([]));
  refresh();
}
