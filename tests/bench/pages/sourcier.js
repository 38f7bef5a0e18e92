// How what is timed is asked of Sourcier: by the events that a hand makes.
"use strict";

window.subject = {
  article: () => document.querySelector("#article"),
  scroller: () => document.querySelector("main"),
  view: () => document.querySelector("main").getBoundingClientRect(),
  paragraphs: () => [...document.querySelectorAll("#article .block")],
  after: (paragraph) => paragraph.nextElementSibling ?? paragraph.parentElement.nextElementSibling?.querySelector(".block"),

  press(key, held = {}) {
    const code = /^\p{L}$/u.test(key) ? `Key${key.toUpperCase()}` : key;
    const target = this.article().contains(document.activeElement) ? document.activeElement : this.article();
    target.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...held }));
  },

  // The press of a mouse, the selection that the browser makes, and the release.
  release(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const rect = range.getBoundingClientRect();
    const at = { clientX: rect.right - 1, clientY: rect.top + rect.height / 2, bubbles: true, detail: 1 };
    node.parentElement.dispatchEvent(new MouseEvent("mousedown", at));
    getSelection().setBaseAndExtent(node, start, node, end);
    return () => node.parentElement.dispatchEvent(new MouseEvent("mouseup", at));
  },

  // Both resolve when the page says so; what is timed is when it shows.
  open: (sample) => sourcier.open(sample.native),
  isOpen: () => document.querySelectorAll("#article .block").length > 0 && kit.showsMarks(),
  isSaved: () => document.querySelector("[data-status]")?.dataset.status === "saved",

  // Watches the page while it saves, until all is saved and nothing is written any more.
  saving() {
    return kit.holds(() => this.isSaved() && kit.isQuiet(600));
  },

  select({ node, start, end }) {
    this.article().focus({ preventScroll: true });
    this.release(node, start, end)();
  },
  add() { this.press("p"); },
  relabel() { this.press("o"); },
  holdEnd() { this.press("z"); },
  moveEnd() { this.press("ArrowRight", { ctrlKey: true }); },
  letEndGo() { this.press("Enter"); },
  undo() { this.press("z", { ctrlKey: true }); },
  remove() { this.press("Delete"); },

  // Clicks on a mark in sight; times from the release on.
  async choose() {
    const view = this.view();
    const isInSight = (mark) => {
      const rect = mark.getBoundingClientRect();
      return rect.top > view.top + 40 && rect.bottom < view.bottom - 40 && !mark.classList.contains("on");
    };
    const mark = [...document.querySelectorAll("#article mark")].find(isInSight);
    const node = mark.firstChild;
    this.article().focus({ preventScroll: true });
    const release = this.release(node, 1, 1);
    const paragraph = mark.closest(".block");
    return kit.timed(release, () => paragraph.querySelector("mark.on"));
  },
  async inspect() {
    const time = await kit.timed(() => this.press("i"), () => document.activeElement.closest("#inspector"));
    this.article().focus({ preventScroll: true });
    return time;
  },
  async filter(text) {
    const field = document.querySelector(".annotation-list__filter input");
    const count = () => document.querySelector(".annotation-list__count").textContent;
    const before = count();
    const type = () => {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    return kit.timed(type, () => count() !== before);
  },

  // Many edits, a frame after every ten of them.
  async work(count) {
    for (let done = 0; done < count; ) {
      // What is far away may be made anew meanwhile.
      const paragraphs = this.paragraphs();
      const goal = paragraphs[(done * 37) % paragraphs.length];
      goal.scrollIntoView({ block: "center", behavior: "instant" });
      await kit.frame();
      await kit.frame();
      this.select(freeWords(goal));
      this.add();
      done += 1;
      for (let idx = 0; idx < 9 && done < count; idx++, done++) this.press("olpolpolp"[idx]);
      await kit.frame();
    }
  },
};
