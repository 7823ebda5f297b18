"""Pages as a parser of HTML reads them, and what is wrong with any."""
import html5lib


def tag(element):
    return element.tag.split("}")[-1] if isinstance(element.tag, str) else ""


def text_of(element):
    return "".join(element.itertext())


class Page:
    def __init__(self, data):
        self.parser = html5lib.HTMLParser(strict=False)
        self.tree = self.parser.parse(data.decode())
        self.all = [e for e in self.tree.iter() if isinstance(e.tag, str)]
        self.data = data

    def of(self, *names):
        return [e for e in self.all if tag(e) in names]

    def ids(self):
        return [e.get("id") for e in self.all if e.get("id")]


def markup_problems(page):
    """Errors of the standard, ids twice, headings out of order, in words."""
    yield from (f"parse error {e}" for e in page.parser.errors)
    ids = page.ids()
    yield from (f"id {i} twice" for i in set(ids) if ids.count(i) > 1)
    yield from heading_problems(page)


def heading_problems(page):
    before = 0
    for h in page.of("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(tag(h)[1])
        if level > before + 1:
            yield f"h{level} {text_of(h)!r} behind h{before}"
        if not text_of(h).strip():
            yield f"an empty h{level}"
        before = level
    if len(page.of("h1")) != 1:
        yield f"{len(page.of('h1'))} h1"
