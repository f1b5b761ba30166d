/*
 * Paragraphs and cards are swapped by id while people work: the selection in the text (kept as
 * offsets, because the nodes go) and the focus inside a card survive that.
 */

import { unfold } from './cards.js';
import { raw, select } from './selection.js';

let kept = null;

function remember(root) {
  const here = document.activeElement;
  const card = here?.closest?.('.card[data-claim]');
  return {
    selection: raw(root),
    card: card && card !== here ? { claim: card.dataset.claim, key: here.dataset.key ?? '' } : null,
  };
}

function restore(root) {
  if (!kept) return;
  const { selection, card } = kept;
  kept = null;
  const here = document.activeElement;
  if (card && here === document.body) {
    const own = document.getElementById(`claim-${card.claim}`);
    if (own) unfold(own);
    const inner = card.key && own?.querySelector(`[data-key="${CSS.escape(card.key)}"]`);
    (inner || own)?.focus({ preventScroll: true });
  }
  // Setting a selection would take the caret out of a field that is being typed in.
  if (!selection || here?.matches('input, textarea, select')) return;
  const now = raw(root);
  if (now?.anchor !== selection.anchor || now?.focus !== selection.focus) {
    select(root, selection.anchor, selection.focus);
  }
}

/** Keeps selection and focus over every swap; `after()` runs when it has settled. */
export function watch(root, after) {
  document.addEventListener('htmx:beforeSwap', () => {
    kept ??= remember(root);
  });
  let due = false;
  document.addEventListener('htmx:afterSettle', () => {
    // One response settles many elements: wait until all have.
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      restore(root);
      after();
    });
  });
}
