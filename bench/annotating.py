"""What a person does on the annotate page, in Chromium, with a clock beside it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from claims.models import Position

# Notes when the first card takes the focus, and is painted.
WATCH_LOAD = """
new MutationObserver((records, self) => {
  if (!document.querySelector('#cards > .card.focus')) return;
  self.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
}).observe(document, {subtree: true, attributes: true, attributeFilter: ['class']});
"""
# Nothing may be polled by a string: the content policy forbids `eval`.
UNTIL_USABLE = """() => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('No card took the focus.')), 30_000);
  const look = () => (window.usable ? resolve() : setTimeout(look, 5));
  look();
})"""
# All cards are there, those too that are sent after the page.
UNTIL_WHOLE = """() => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('Not all cards came.')), 60_000);
  const look = () => (document.querySelector('#cards > .more') ? setTimeout(look, 5)
    : resolve(performance.now()));
  look();
})"""
LOADED = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return {
    first_byte: page.responseStart, whole_page: page.responseEnd,
    first_paint: paint.startTime, dom_ready: page.domContentLoadedEventEnd,
    usable: window.usable, cards: document.querySelectorAll('#cards > .card').length,
    elements: document.getElementsByTagName('*').length,
  };
}"""
# The ends of some words of a paragraph on the screen, after it has been scrolled to.
PLACE = """async ([number, words]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const p = document.querySelectorAll('#text > p')[number];
  // Paragraphs get their height when they come into view, and then it has moved.
  for (let i = 0; i < 4; i += 1) {
    p.scrollIntoView({block: 'center'});
    await frame();
  }
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const found of node.data.matchAll(new RegExp(`(?:[^ ]+ ){${words}}`, 'g'))) {
      const range = document.createRange();
      range.setStart(node, found.index + 1);
      range.setEnd(node, found.index + found[0].length - 1);
      const boxes = [...range.getClientRects()];
      if (boxes.length !== 1) continue; // it goes over the end of a line
      const [{left, right, top, bottom}] = boxes;
      return [left, right, (top + bottom) / 2];
    }
  }
  return null;
}"""
# What choosing an incident from the list does.
PICK = """([uid, name]) => {
  const hidden = document.getElementById('id_incident');
  document.getElementById('id_incident_name').value = name;
  hidden.value = uid;
  hidden.dispatchEvent(new Event('change', {bubbles: true}));
}"""
# From a key press to the frame after `done()` became true.
TIMED = """([key, done]) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`Nothing came of ${key}.`)), 30_000);
  let start = 0;
  const ready = new Function('return ' + done);
  const observer = new MutationObserver(() => {
    if (!start || !ready()) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === key) start ||= performance.now();
  }, {capture: true});
  observer.observe(document, {subtree: true, childList: true, attributes: true});
})"""


def load(page: Page, url: str) -> dict[str, float]:
    """Opens the page and presses `j` as soon as there is something to press it on."""
    page.add_init_script(WATCH_LOAD)
    answer = page.goto(url, wait_until="domcontentloaded")
    if answer is None or not answer.ok or page.url != url:
        sys.exit(f"{url} did not answer with its page, but with {page.url}.")
    page.keyboard.press("j")
    page.evaluate(UNTIL_USABLE)
    whole = page.evaluate(UNTIL_WHOLE)
    found: dict[str, float] = page.evaluate(LOADED) | {"all_cards": whole}
    return found


def timed(page: Page, key: str, done: str) -> float:
    """Milliseconds from pressing `key` to the frame that shows that `done` (JavaScript) is so."""
    page.evaluate(f"window.result = ({TIMED})({json.dumps([key, done])}); null")
    page.keyboard.press(key)
    return float(page.evaluate("window.result"))


def select_words(page: Page, number: int) -> None:
    """Drags the mouse over some words of the paragraph."""
    for words in (5, 4, 3):
        if place := page.evaluate(PLACE, [number, words]):
            break
    else:
        sys.exit(f"No words to select in paragraph {number}.")
    left, right, middle = place
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=4)
    page.mouse.up()
    if not page.evaluate("String(getSelection()).trim()"):
        sys.exit(f"The mouse selected nothing in paragraph {number}.")


def add_claim(page: Page, number: int, position: Position) -> tuple[float, float, int]:
    """One claim: (milliseconds to the open form, to the new card and its marks, cards drawn)."""
    select_words(page, number)
    opened = timed(page, "c", "document.activeElement.id === 'id_source_name'")
    # Whatever the random sentence proposes: somebody who says that it is so.
    page.fill("#id_source_name", "Ahmed al-Rawi")
    page.check("[name=says][value=asserts]")
    incident, answer = position.question.incident, f"#id_position option[value='{position.uid}']"
    if page.input_value("#id_incident") != str(incident.uid):
        page.evaluate(PICK, [str(incident.uid), str(incident)])
        page.wait_for_selector(answer, state="attached")
    page.select_option("#id_position", str(position.uid))
    page.evaluate(
        "window.had = new Set([...document.querySelectorAll('#cards > .card')]);"
        "window.ids = new Set([...window.had].map((card) => card.id));"
    )
    page.focus("#id_source_name")
    done = """(() => {
      const card = document.querySelector('#cards > .card.focus');
      return card && !window.ids.has(card.id) && !document.getElementById('claim-form')
        && document.querySelector(`#text mark[data-claims~="${card.dataset.claim}"]`);
    })()"""
    shown = timed(page, "Enter", done)
    drawn = page.evaluate(
        "[...document.querySelectorAll('#cards > .card')].filter((c) => !window.had.has(c)).length"
    )
    return opened, shown, int(drawn)
