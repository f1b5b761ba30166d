"""What somebody types who wants a page to do what they say: written by us, harmless if it works.

Whatever one of these would make carries `MARK`: an element, an attribute, a call. `judged` finds
it in a page; as text, where it belongs, it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import lxml.html

MARK = "zxz"

ELEMENTS = (
    "<script>zxz()</script>",
    "<ScRiPt zxz>zxz()</sCrIpT >",
    "<script/src=//zxz.example/a.js></script>",
    "<script type=module>import '//zxz.example'</script>",
    "<img src=zxz onerror=zxz()>",
    "<img/src='zxz'/onerror='zxz()'>",
    "<body zxz onload=zxz()>",
    "<iframe zxz srcdoc='<script>zxz()</script>'></iframe>",
    "<object zxz data=javascript:zxz()>",
    "<embed zxz src=//zxz.example/a.swf>",
    "<base href=//zxz.example/ zxz>",
    "<meta zxz http-equiv=refresh content='0;url=//zxz.example/'>",
    "<link zxz rel=stylesheet href=//zxz.example/a.css>",
    "<style>@import'//zxz.example'</style>",
    "<form zxz action=//zxz.example><button>Go</button></form>",
    "<details zxz open ontoggle=zxz()>",
    "<input zxz autofocus onfocus=zxz()>",
    "<video zxz><source onerror=zxz()></video>",
    "<marquee zxz onstart=zxz()>",
    "<template zxz><script>zxz()</script></template>",
    "<noscript><p zxz title='</noscript><img src=zxz onerror=zxz()>'>",
    "<table zxz background=javascript:zxz()>",
    "<math><mi zxz xlink:href=javascript:zxz()>x</mi></math>",
    "<b hx-on:click=zxz() hx-get=/zxz hx-trigger=load zxz>x</b>",
    "<b data-hx-on:load='zxz()' zxz style='position:fixed;inset:0'>x</b>",
    "<<zxz>b>x</<b>",
    "<zxz",
)
SVG = (
    "<svg zxz onload=zxz()>",
    "<svg><script>zxz()</script></svg>",
    "<svg><animate zxz onbegin=zxz() attributeName=x>",
    "<svg><a zxz xlink:href=javascript:zxz()><text>x</text></a></svg>",
    "<svg><use zxz href='data:image/svg+xml,<svg/>#a'></svg>",
    "<svg><foreignObject zxz><iframe></iframe></foreignObject></svg>",
    "</text></svg><img src=zxz onerror=zxz()>",
)
ENDINGS = (
    '"><script>zxz()</script>',
    "'><script>zxz()</script>",
    "</title><script>zxz()</script>",
    "</textarea><script>zxz()</script>",
    "</script><script>zxz()</script>",
    "</style><script>zxz()</script>",
    "--><script>zxz()</script>",
    "]]><script>zxz()</script>",
    "</option></select><img src=zxz onerror=zxz()>",
    "</mark></p><img src=zxz onerror=zxz()>",
)
ATTRIBUTES = (
    '" onmouseover="zxz()" zxz="',
    "' onmouseover='zxz()' zxz='",
    "x onmouseover=zxz() zxz=",
    '" autofocus onfocus=zxz() x="',
    '" style="background:url(//zxz.example)" zxz="',
    "` onmouseover=zxz() zxz=`",
    '"} }, "zxz": {"',
    '\\"-zxz()-\\"',
    "\\u003cimg zxz\\u003e",
)
TEMPLATES = (
    "{{ zxz|safe }}",
    "{% load zxz %}",
    "{# zxz",
    "${zxz()}",
    "{{constructor.constructor('zxz()')()}}",
    "#{zxz}<%= zxz %>",
    "%s %(zxz)s {0} {zxz}",
    "<!--#exec cmd=zxz-->",
    "<?php zxz ?>",
    "&lt;script&gt;zxz()&lt;/script&gt;",
    "&#60;img src=zxz onerror=zxz()&#62;",
    "&#x3c;zxz&#x3e; &amp;lt;zxz&amp;gt;",
)
TRICKS = (
    "＜script＞zxz()＜/script＞",
    "‹img zxz onerror=zxz()›",
    "<\u200bscript>zxz()</script>",
    "<scr\u00adipt>zxz()</script>",
    "\u202e>zxz<tpircs",
    "\u2066<b zxz>\u2069x",
    "\ufeff<img src=zxz onerror=zxz()>",
    "<img\u2028zxz\u2029onerror=zxz()>",
    "<img\x0bzxz\x0conerror=zxz()>",
    "ſcript <ſcript>zxz()</ſcript>",
    "\u0130<ımg zxz onerror=zxz()>",
    "e\u0301\u0301\u0301<b zxz>\U0001f468\u200d\U0001f469<b zxz>",
    "+ADw-script+AD4-zxz()+ADw-/script+AD4-",
)
FORMULAS = (
    '=HYPERLINK("//zxz.example")',
    "+zxz|' /C calc'!A0",
    "-2+zxz",
    "@SUM(zxz)",
    "\t=zxz()",
    "'=zxz()",
    "=cmd|'/C zxz'!A0",
)
ADDRESSES = (
    "javascript:zxz()",
    " JaVaScRiPt:zxz()",
    "java\tscript:zxz()",
    "\x01javascript:zxz()",
    "javascript&colon;zxz()",
    "//zxz.example/",
    "\\\\zxz.example",
    "data:text/html,<script>zxz()</script>",
    "vbscript:zxz()",
    'https://zxz.example/"><img src=zxz onerror=zxz()>',
    "https://zxz.example/' onmouseover='zxz()",
    "file:///etc/zxz",
)
TEXTS = (*ELEMENTS, *SVG, *ENDINGS, *ATTRIBUTES, *TEMPLATES, *TRICKS, *FORMULAS, *ADDRESSES)

# Where a browser goes, or takes something from.
_LEADS = frozenset(
    "href src action formaction data poster background xlink:href cite ping"
    " hx-get hx-post hx-push-url data-url data-span-url".split()
)
_TAKES = frozenset({"src", "action", "formaction", "poster", "hx-get", "hx-post"})
# Within the site, the web as it was typed, or a picture that we drew.
_GOES = re.compile(r"https?://|mailto:|[/#?](?![/\\])|data:,|data:image/svg\+xml;base64,|$")
_NEVER = frozenset("iframe object embed base style marquee frame applet foreignobject".split())


class _Strict(HTMLParser):
    """Reads otherwise than lxml does: what one of them mends, the other may not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += _wrong(tag, attrs)
        given = dict(attrs)
        self.data = tag == "script" and given.get("type") == "application/json"
        if tag == "script" and not self.data and not given.get("src"):
            self.found.append("a script in the page")

    def handle_endtag(self, tag: str) -> None:
        self.data = False

    def handle_data(self, data: str) -> None:
        if self.data and "<" in data:
            self.found.append(f"a bracket in data: {data[:60]}")

    def handle_comment(self, data: str) -> None:
        self.found += [f"a comment: {data[:60]}"] if MARK in data else []

    def handle_pi(self, data: str) -> None:
        self.found.append(f"an instruction: {data[:60]}")


def judged(page: str) -> list[str]:
    """What in an HTML page is more than text and should not be; empty when all is well.

    No element, handler, style or address of the corpus, and none at all that the site never uses.
    """
    strict = _Strict()
    strict.feed(page)
    strict.close()
    found = strict.found
    tree: Any = lxml.html.document_fromstring(page or "<p>")
    for element in tree.iter():
        if isinstance(element.tag, str):
            found += _wrong(element.tag, element.attrib.items())
    return found


def _wrong(tag: str, attributes: Iterable[tuple[str, str | None]]) -> list[str]:
    found = [f"<{tag}>"] if tag.lower() in _NEVER or MARK in tag.lower() else []
    for name, given in attributes:
        value, shown = given or "", f"<{tag} {name}={(given or '')[:60]!r}>"
        handler = name.startswith(("on", "hx-on", "data-hx-")) or name in ("style", "srcdoc")
        if MARK in name or handler:
            found.append(shown)
        elif name in _LEADS and not _GOES.match(value):
            found.append(f"{shown} leads who knows where")
        elif name in _TAKES and value.startswith(("http", "//")):
            found.append(f"{shown} asks another site")
    return found
