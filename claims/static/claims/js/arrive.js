/*
 * A form that stands in a page was saved, and #main was read anew (claims/views/done.py): the focus
 * goes to what the fragment of the address names, unfolded, as after a link to it; without one, to
 * the top. htmx itself scrolls to it.
 */

document.addEventListener('htmx:afterSettle', ({ target, detail }) => {
  if (target.id !== 'main') return;
  const named = document.getElementById(detail.pathInfo.anchor ?? '');
  const place = named ?? target;
  for (let fold = place.closest('details'); fold; fold = fold.parentElement.closest('details')) {
    fold.open = true;
  }
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (!named) scrollTo(0, 0);
});
