"""What an analyst does on the annotate page, with the mouse or without."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

STRIKES = """\
The Northern Command said on Thursday that its jets had struck the town twice the day before.
According to the command, the first strike hit a two-storey house with 25 fighters inside.
It added that the second strike hit a depot where 30 to 40 more were hiding.
Its statement strongly rejected allegations that civilians had been targeted, \
describing the reports as propaganda.
Radio Valley, an outlet close to the group, put out a video late on Wednesday, \
claiming that dozens of civilians had died when jets bombed the market.
The command has said a blast there was caused by a car bomb.
Valley officials have called for a full inquiry. \
Speaker Samir Haddad has said those responsible must be punished.
A soldier waves from a truck near the town. (Photo by Valley Pictures)
No comments:
Post a Comment
"""

# Where the words stand on the screen, from the middle of the first letter to the last.
PLACE = """words => {
  const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
  const letters = [];
  let all = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let i = 0; i < node.data.length; i += 1) letters.push([node, i]);
    all += node.data;
  }
  const at = all.indexOf(words);
  const range = document.createRange();
  range.setStart(...letters[at]);
  const [node, i] = letters[at + words.length - 1];
  range.setEnd(node, i + 1);
  range.startContainer.parentElement.closest('p').scrollIntoView({ block: 'center' });
  return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    const boxes = [...range.getClientRects()].filter(box => box.width > 0);
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    done([first.left, first.top + first.height / 2, last.right, last.top + last.height / 2]);
  })));
}"""


class Annotating:
    """The annotate page in front of a person."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Keys are answered once the page's modules have run.
        page.wait_for_load_state()

    def select(self, words: str) -> None:
        """Drags the mouse over `words`, which stand in the text once or first."""
        left, top, right, bottom = self.page.evaluate(PLACE, words)
        mouse = self.page.mouse
        mouse.move(left + 1, top)
        mouse.down()
        mouse.move((left + right) / 2, (top + bottom) / 2)
        mouse.move(right - 1, bottom)
        mouse.up()

    def open_form(self, words: str) -> Locator:
        """Selects `words` with the mouse and presses `c`."""
        self.select(words)
        self.page.keyboard.press("c")
        form = self.page.locator("#claim-form")
        expect(form).to_be_visible()
        return form

    def fill(self, name: str, value: str) -> None:
        """Types into a field of the form; what nothing is called yet is picked as new."""
        field = self.page.locator(f"#claim-form [name={name}]")
        if not field.is_visible():
            folded = f"#claim-form details:not([open]):has([name={name}]) > summary"
            self.page.locator(folded).click()
        field.fill(value)
        if field.get_attribute("role") == "combobox":
            expect(field).to_have_attribute("aria-expanded", "true")
            new = self.page.locator("[role=option][data-new][aria-selected=true]")
            self.page.keyboard.press("Enter" if new.count() else "Escape")
            expect(field).to_have_attribute("aria-expanded", "false")

    def save(self) -> None:
        """Presses Enter in the form's first field and waits until the form is gone."""
        self.page.locator("#id_source_name").press("Enter")
        expect(self.page.locator("#claim-form")).to_have_count(0)

    def claim(self, words: str, **values: Any) -> None:
        """Makes a claim of `words`, with what is given set in the form."""
        form = self.open_form(words)
        for name, value in values.items():
            if name == "position":
                form.locator("#id_position").select_option(label=value)
            elif name in ("stance", "extent"):
                form.locator(f"[name={name}][value={value}]").check()
            elif name == "unnamed":
                form.locator("[name=unnamed]").check()
            else:
                self.fill(name, value)
        self.save()

    def card(self, words: str) -> Locator:
        """The card of the claim with these words."""
        return self.page.locator(".card", has_text=words)

    def focus(self, words: str) -> Locator:
        """Clicks on a card, so that keys speak of its claim."""
        card = self.card(words)
        card.locator("header").click()
        expect(card).to_have_attribute("aria-current", "true")
        return card
