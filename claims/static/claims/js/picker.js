/*
 * Lists to choose from by key: links, answers, same statements.
 * <div data-pick>
 *   <input type="search" data-pick-filter hx-get="…" hx-trigger="input changed delay:200ms" …>
 *   <ul class="pick"><li data-pick-row><label><input type="radio" …> …</label> <kbd>1</kbd></li>…</ul>
 *   <label><input type="radio" name="relation" data-relation-key="c"> contradicts <kbd>c</kbd></label>
 * </div>
 * A row holds one radio, checkbox, button or link. Up and Down go through the rows (Down leaves
 * the filter, Up from the first row goes back to it), 1 to 9 choose a row, a [data-relation-key]
 * chooses that relation (one that is disabled says why: the title of its label). What is proposed
 * above a list has the numbers before its rows: <button data-proposal-key="1">. Keys count while the
 * focus is in [data-pick] and not in a text field.
 */

import { say } from './messages.js';

const CONTROL = 'input[type="radio"], input[type="checkbox"], button, a[href]';

function rows(pick) {
  return [...pick.querySelectorAll('[data-pick-row]')].filter((row) => !row.hidden);
}

function controlOf(row) {
  return row.matches(CONTROL) ? row : row.querySelector(CONTROL);
}

function choose(row) {
  const control = controlOf(row);
  control?.focus();
  control?.click();
}

function move(pick, from, way) {
  const all = rows(pick);
  const at = all.indexOf(from?.closest('[data-pick-row]') ?? null);
  const filter = pick.querySelector('[data-pick-filter]');
  if (at <= 0 && way < 0) {
    filter?.focus();
    return;
  }
  const control = all[at + way] && controlOf(all[at + way]);
  control?.focus();
  if (control?.type === 'radio') control.click();
}

function isText(element) {
  return element.matches('textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="button"], [type="submit"])');
}

// In the capture phase, before the page's own single keys.
document.addEventListener('keydown', (event) => {
  const pick = event.target.closest?.('[data-pick]');
  if (!pick || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target, key } = event;
  const inFilter = target.matches('[data-pick-filter]');
  const inRow = Boolean(target.closest('[data-pick-row]'));
  if ((key === 'ArrowDown' || key === 'ArrowUp') && (inRow || inFilter) && !(inRow && isText(target))) {
    take(event);
    move(pick, inRow ? target : null, key === 'ArrowDown' ? 1 : -1);
  } else if (key === 'Enter' && inFilter) {
    take(event); // the filter has answered already; Enter must not send the form
    move(pick, null, 1);
  } else if (!isText(target) && /^[1-9]$/.test(key)) {
    const proposed = [...pick.querySelectorAll('[data-proposal-key]')];
    const row = rows(pick)[Number(key) - 1 - proposed.length];
    const chosen = proposed.find((one) => one.dataset.proposalKey === key);
    if (chosen ?? row) take(event);
    if (chosen) chosen.click();
    else if (row) choose(row);
  } else if (!isText(target) && key.length === 1) {
    const wanted = [...pick.querySelectorAll('[data-relation-key]')].find(
      (one) => one.dataset.relationKey.toLowerCase() === key.toLowerCase(),
    );
    if (wanted?.disabled) {
      take(event);
      say(wanted.closest('label').title);
    } else if (wanted) {
      take(event);
      wanted.focus();
      wanted.click();
    }
  }
}, true);

function take(event) {
  event.preventDefault();
  event.stopPropagation();
}
