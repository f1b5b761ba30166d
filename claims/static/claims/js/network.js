/*
 * What happens when a request fails. Nothing is swapped then, so a form keeps what was typed.
 * 409 and 422 carry a page of their own (the other version, the form with its errors) and are
 * swapped in.
 */

import { show } from './messages.js';

const WORDS = {
  400: 'The server did not understand this request. Nothing was saved.',
  401: 'You are signed out. Sign in in another tab, then try again; what you typed is still here.',
  403: 'You may not do that here. Nothing was saved.',
  404: 'This is no longer there: someone may have deleted it. Load the page again.',
  413: 'That is too large to be saved.',
  429: 'Too many requests in a short time. Wait a moment, then try again.',
};
const LOST = 'The server cannot be reached. Nothing was saved; what you typed is still here. Try again.';
const FAILED = 'Something went wrong on the server. Nothing was saved; what you typed is still here.';
const SLOW = 'The server took too long to answer. What you typed is still here; look whether it was saved before you try again.';

document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 409 || xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else if (event.detail.shouldSwap && /\/accounts\/(login|reauthenticate)\b/.test(xhr.responseURL)) {
    // The session has ended and the redirect was followed: the sign-in page is no fragment.
    event.detail.shouldSwap = false;
    show(WORDS[401], 'error');
  }
});
document.addEventListener('htmx:responseError', (event) => {
  show(WORDS[event.detail.xhr.status] ?? FAILED, 'error');
});
document.addEventListener('htmx:sendError', () => show(LOST, 'error'));
document.addEventListener('htmx:timeout', () => show(SLOW, 'error'));
