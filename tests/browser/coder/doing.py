"""What one does in the coder, and how one waits for what came of it."""


def opened(page, site, source="Gruppe"):
    page.goto(site.address)
    page.wait_for_selector(".mf-coder[data-ready]")
    if source:
        page.click(f".mf-source:has-text('{source}')")
        page.wait_for_selector(".mf-coder[data-source]")
    return page


def select(page, words):
    """Select words with the mouse, as a person drags over them."""
    box = page.evaluate(
        """(words) => {
          for (const p of document.querySelectorAll('.mf-words')) {
            const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            const nodes = []; let n; while ((n = walker.nextNode())) nodes.push(n);
            const at = p.textContent.indexOf(words);
            if (at < 0) continue;
            p.scrollIntoView({block: 'center'});
            const find = (offset) => {
              let left = offset;
              for (const node of nodes) { if (left <= node.length) return [node, left]; left -= node.length; }
            };
            const range = document.createRange();
            range.setStart(...find(at)); range.setEnd(...find(at + words.length));
            const rects = [...range.getClientRects()].filter((r) => r.width);
            const first = rects[0], last = rects[rects.length - 1];
            return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=8)
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('.mf-selection').dataset.start !== ''")


def wait(study, condition):
    """Wait until what the store holds is so, looking whenever somebody has acted."""
    since = study.store.newest.seq
    if condition() or any(condition() for _change in study.store.follow(since, 15)):
        return
    raise AssertionError([c.quote for c in study.codings()])
