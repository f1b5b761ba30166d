"""A form as a browser sends it, read out of a page with the standard library alone."""

from __future__ import annotations

from html.parser import HTMLParser

Fields = dict[str, list[str]]


class Form(HTMLParser):
    """The fields of the form with this id; `action` is its address."""

    def __init__(self, html: str, id: str = "", action: str = "") -> None:
        super().__init__()
        self.wanted = ("id", id) if id else ("action", action)
        self.found = self.inside = False
        self.action = ""
        self.fields: Fields = {}
        self.choices: dict[str, list[str]] = {}
        self._select = ""
        self._text = ""
        self._first = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.inside = self.wanted in attrs
            self.found |= self.inside
            if self.inside:
                self.action = values.get("action") or ""
        name, value = values.get("name") or "", values.get("value")
        if not self.inside:
            return
        if tag == "input" and name:
            kind = values.get("type") or "text"
            if kind in ("radio", "checkbox"):
                self.choices.setdefault(name, []).append(value or "on")
                if "checked" not in values:
                    return
            self.fields.setdefault(name, []).append(value if value is not None else "")
        elif tag == "textarea" and name:
            self._text, self.fields[name] = name, [""]
        elif tag == "select" and name:
            self._select, self._first = name, True
        elif tag == "option" and self._select:
            self.choices.setdefault(self._select, []).append(value or "")
            if self._first or "selected" in values:
                self.fields[self._select] = [value or ""]
            self._first = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            if self._text:
                self.fields[self._text][0] = self.fields[self._text][0].removeprefix("\n")
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text][0] += data
