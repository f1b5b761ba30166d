/*
 * What the page tells people: #announce for screen readers, #messages for all.
 *
 * From the server, in the HX-Trigger header: {"announce": "text"},
 * {"toast": {"text": "…", "level": "success", "undo": true, "ways": [{"href": "…", "text": "…"}]}};
 * or markup put into #messages:
 * <div class="message success" data-toast>text <button form="undo-form">Undo</button>
 * <button class="plain icon" data-dismiss aria-label="Dismiss">×</button></div>.
 * data-toast: goes away by itself, but not while it has the pointer or the focus.
 */

const STAY = 12000;
let turn = 0;

/** Said to screen readers; the same text twice is said twice. */
export function say(text) {
  const place = document.getElementById('announce');
  if (!place || !text) return;
  turn += 1;
  const mine = turn;
  place.textContent = '';
  setTimeout(() => {
    if (mine === turn) place.textContent = text;
  }, 40);
}

/**
 * Shows a message; `level` is info, success, warning or error (errors stay until dismissed), `ways`
 * are links to what is left to do.
 */
export function show(text, level = 'info', { undo = false, ways = [] } = {}) {
  const place = document.getElementById('messages');
  if (!place) return;
  for (const old of place.querySelectorAll('.message')) {
    // Undo takes back the newest act, so only the newest message may offer it.
    if (old.dataset.text === text || (undo && old.querySelector('[form="undo-form"]'))) old.remove();
  }
  const message = document.createElement('div');
  message.className = `message ${level}`;
  message.dataset.text = text;
  const words = document.createElement('span');
  words.append(text);
  for (const { href, text: label } of ways) {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = label;
    words.append(' ', link);
  }
  message.append(words);
  if (undo && document.getElementById('undo-form')) {
    const button = document.createElement('button');
    button.className = 'plain';
    button.textContent = 'Undo';
    button.setAttribute('form', 'undo-form');
    message.append(button);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'plain icon';
  close.dataset.dismiss = '';
  close.setAttribute('aria-label', 'Dismiss');
  close.textContent = '×';
  message.append(close);
  if (level !== 'error') message.dataset.toast = '';
  place.append(message);
  settle(message);
}

/** Lets a toast go after a while. */
function settle(message) {
  if (message.dataset.settled !== undefined || message.classList.contains('error')) return;
  message.dataset.settled = '';
  const leave = () => {
    if (message.matches(':hover, :focus-within')) setTimeout(leave, 3000);
    else message.remove();
  };
  setTimeout(leave, STAY);
}

function settleAll() {
  document.querySelectorAll('#messages [data-toast]').forEach(settle);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-dismiss]');
  button?.closest('.message')?.remove();
  // The button submits its form after this; a button that is gone submits nothing.
  const undo = event.target.closest('.message [form="undo-form"]');
  if (undo) setTimeout(() => undo.closest('.message')?.remove());
});
document.addEventListener('announce', (event) => say(event.detail.value));
document.addEventListener('toast', (event) => {
  const { text, value, level, undo, ways } = event.detail;
  show(text ?? value, level, { undo, ways });
});
document.addEventListener('htmx:afterSettle', settleAll);
settleAll();
