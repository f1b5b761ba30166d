/*
 * The annotate page: what the keys do there. The contract with the templates:
 *
 * <main id="annotate" class="work" data-article data-new-claim-url>
 *   <article id="text" lang dir="auto" tabindex="0" role="document" aria-label="Article text">
 *     <p id="p3" dir="auto" data-n="3" data-start="412">text <mark class="content s1" data-claims="uid uid">…
 *   <aside id="side"><div id="panel"></div>
 *     <ol id="cards"><li class="card s1" id="claim-<uid>" data-claim data-paragraph tabindex="-1">…
 *   <form id="reading"> with the fields number and unread
 * A suggestion is such a card too (class suggestion), with accept, dismiss and edit.
 * In a card: <noscript><span class="actions" data-span-url data-version>, which cards.js takes out in
 * the card in focus: [data-key="edit|link|file|same|delete|…"], and where + s q send their words.
 * From the server (HX-Trigger): announce, toast, focusClaim, cardsGone.
 * Nothing but the text may be inside the <p> (no white space of the template), or it has data-ui.
 */

import * as cards from './cards.js';
import * as cursor from './cursor.js';
import { on } from './keys.js';
import { show } from './messages.js';
import { indexAt, paragraphs } from './offsets.js';
import * as panel from './panel.js';
import * as selection from './selection.js';
import * as swap from './swap.js';

const main = document.getElementById('annotate');
const text = document.getElementById('text');
let wanted = /^#claim-(.+)/.exec(location.hash)?.[1] ?? ''; // the claim to focus once its card is there

const mayWrite = Boolean(main?.dataset.newClaimUrl);

function newClaim() {
  if (!mayWrite) {
    show('You read here; analysts make claims.');
    return;
  }
  const found = selection.current(text);
  if (!found) {
    show(aside() || 'Select some words first: with the mouse, or in the text with the arrow keys and Shift.');
    text.focus({ preventScroll: true });
    return;
  }
  const url = new URL(main.dataset.newClaimUrl, location.href);
  for (const [name, value] of Object.entries(found)) url.searchParams.set(name, value);
  panel.load(url.pathname + url.search, found);
}

function addSpan(role) {
  const found = selection.current(text);
  const open = panel.form();
  const card = cards.current();
  if (!found) {
    show(aside() || 'Select some words first.');
  } else if (open?.dataset.spanUrl) {
    // The server gives the form back, with what was typed and one more span.
    const values = { add_role: role, add_start: found.start, add_end: found.end, add_quote: found.quote };
    globalThis.htmx.ajax('POST', open.dataset.spanUrl, { source: open, target: '#panel', swap: 'innerHTML', values });
  } else if (open) {
    show('Save or drop the open form first.');
  } else if (!card) {
    show('Choose the claim first: with j and k, or by clicking on it.');
  } else {
    const actions = card.querySelector('.actions');
    if (!actions) return;
    const { spanUrl, version } = actions.dataset;
    if (!spanUrl) {
      show('This is a suggestion: accept it, or edit it first.');
      return;
    }
    const values = { role, version, ...found };
    globalThis.htmx.ajax('POST', spanUrl, { source: card, target: card, swap: 'none', values });
  }
}

/** Words of the page are selected, but none of the text: the headline is most easily taken for it. */
function aside() {
  const selected = document.getSelection();
  if (!selected || selected.isCollapsed) return '';
  const headline = main.querySelector('h1');
  return headline && selected.containsNode(headline, true)
    ? 'The headline is not part of the text: choose words in the text.'
    : 'These words are not in the text of the article: choose words in the text.';
}

/** Does what [data-key=action] does: in the card in focus, else anywhere outside the cards. */
function follow(action) {
  const key = `[data-key="${action}"]`;
  const found = cards.current()?.querySelector(key) ?? document.querySelector(`${key}:not(.card *)`);
  if (!found) {
    const own = cards.current();
    if (!own) show('Choose a claim first: with j and k, or by clicking on it.');
    else if (own.matches('.suggestion')) show('This is a suggestion: accept it, or edit it first.');
    return;
  }
  if (found.matches('form')) found.requestSubmit();
  else found.click();
}

/** The number of the paragraph that the cursor, or else the claim in focus, is in. */
function paragraphNumber() {
  const found = selection.raw(text);
  if (found) return paragraphs(text)[Math.max(0, indexAt(paragraphs(text), found.focus))]?.dataset.n;
  return cards.current()?.dataset.paragraph;
}

function read() {
  const number = paragraphNumber();
  const form = document.getElementById('reading');
  if (!number) show('Put the cursor into a paragraph first.');
  if (!number || !form) return;
  form.elements.number.value = number;
  form.elements.unread.checked = document.getElementById(`p${number}`).classList.contains('read');
  form.requestSubmit();
}

function focusWanted() {
  if (wanted && cards.focusClaim(wanted)) wanted = '';
}

if (main && text) {
  on('new', newClaim);
  on('add', () => addSpan('content'));
  on('who', () => addSpan('source'));
  on('cue', () => addSpan('cue'));
  for (const action of ['link', 'file', 'same', 'edit', 'delete', 'comment', 'accept', 'accept_all', 'dismiss']) {
    on(action, () => follow(action));
  }
  on('next', () => cards.go(1));
  on('previous', () => cards.go(-1));
  on('read', read);

  panel.watch(text);
  cursor.watch(text, newClaim);
  if (mayWrite) selection.watch(text, newClaim);
  cards.watch(text, document.getElementById('cards'));
  document.addEventListener('cardsGone', (event) => cards.takeOut(event.detail.value));
  swap.watch(text, () => {
    cards.refresh();
    focusWanted();
  });
  document.addEventListener('focusClaim', (event) => {
    wanted = event.detail.value;
    setTimeout(focusWanted, 150); // when nothing is swapped, or the swap has settled already
  });
  panel.repaint();
  focusWanted();
}
