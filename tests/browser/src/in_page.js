// Functions for the tests' scripts, put before each of them.

const blocks = () => [...document.querySelectorAll("[data-block]")];

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// The range from one UTF-16 offset in a block to another.
function rangeIn(block, start, end) {
  const range = document.createRange();
  let before = 0;
  for (const node of textNodes(block)) {
    const after = before + node.length;
    if (before <= start && start < after) range.setStart(node, start - before);
    if (before < end && end <= after) range.setEnd(node, end - before);
    before = after;
  }
  return range;
}

// Where some words begin and end: [block, start, end], the first after a place.
function find(words, after = [0, 0]) {
  const all = blocks();
  for (let idx = after[0]; idx < all.length; idx++) {
    const at = all[idx].textContent.indexOf(words, idx === after[0] ? after[1] : 0);
    if (at >= 0) return { idx, block: all[idx], start: at, end: at + words.length };
  }
  return null;
}

function letterRect(block, at) {
  const rects = rangeIn(block, at, at + 1).getClientRects();
  return rects[rects.length - 1];
}

function placeOf(words) {
  const parts = words.split(" … ");
  const first = find(parts[0]);
  const last = parts.length > 1 && first ? find(parts[1], [first.idx, first.end]) : first;
  if (!first || !last) return null;
  const view = document.querySelector("main").getBoundingClientRect();
  const inSight = (rect) => rect.top >= view.top + 16 && rect.bottom <= view.bottom - 16;
  if (!inSight(letterRect(first.block, first.start)) || !inSight(letterRect(last.block, last.end - 1))) {
    const range = rangeIn(first.block, first.start, first.end);
    const element = range.startContainer.parentElement;
    element.scrollIntoView({ block: "center", behavior: "instant" });
  }
  const left = letterRect(first.block, first.start);
  const right = letterRect(last.block, last.end - 1);
  const middle = letterRect(first.block, Math.floor((first.start + first.end) / 2));
  const height = (rect) => rect.top + rect.height / 2;
  return {
    start: { x: Math.ceil(left.left), y: height(left) },
    end: { x: Math.floor(right.right), y: height(right) },
    middle: { x: middle.left + middle.width / 2, y: height(middle) },
  };
}

// The selection that a long press and its handles make, between the events of that press.
function selectAsTouchDoes(words) {
  const { block, start, end } = find(words);
  const range = rangeIn(block, start, end);
  const { left, top } = range.getBoundingClientRect();
  const touch = new Touch({ identifier: 1, target: block, clientX: left + 2, clientY: top + 2 });
  const send = (name, touches) =>
    block.dispatchEvent(new TouchEvent(name, { bubbles: true, touches, changedTouches: [touch] }));
  send("touchstart", [touch]);
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  send("touchend", []);
}

// Selects words as the browser's own search would: the last that another text ends with, if given.
function selectByScript(words, within = words) {
  const { block, end } = find(within);
  const start = end - words.length;
  const range = rangeIn(block, start, end);
  document.querySelector("#article").focus({ preventScroll: true });
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

// Whether a hand can get to a control, scrolling where that is needed.
function canBeReached(element) {
  if (!element?.checkVisibility()) return false;
  const block = element.getBoundingClientRect().height > 60 ? "start" : "center";
  element.scrollIntoView({ block, inline: "center", behavior: "instant" });
  const rects = [...element.getClientRects()];
  return rects.some(({ left, top, width, height }) => {
    const [x, y] = [left + width / 2, top + Math.min(height / 2, 20)];
    const hit = document.elementFromPoint(x, y);
    return hit && (element.contains(hit) || hit.contains(element));
  });
}

// What a hand would hit that goes for the text at a place, or null where that is the text.
function whatLiesOver(x, y) {
  const hit = document.elementFromPoint(Math.round(x), Math.round(y));
  return hit?.closest("[data-block]") ? null : (hit?.outerHTML.slice(0, 80) ?? "nothing");
}

// The middle of the first element that a hand can reach there, or null.
function middleOf(selector) {
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility()) continue;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const rect = element.getBoundingClientRect();
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    const hit = document.elementFromPoint(x, y);
    if (hit && (element.contains(hit) || hit.contains(element))) return { x, y };
  }
  return null;
}

// The middle of an element that stays where it is while the page has nothing else to do, or null.
async function restingMiddle(selector) {
  let last = null;
  for (let look = 0; look < 10; look += 1) {
    await new Promise((done) => {
      requestAnimationFrame(() => requestIdleCallback(done, { timeout: 500 }));
    });
    const middle = middleOf(selector);
    if (middle && last && middle.x === last.x && middle.y === last.y) return middle;
    last = middle;
  }
  return null;
}

function textAfterCursor() {
  const { focusNode, focusOffset } = getSelection();
  const element = focusNode?.nodeType === Node.ELEMENT_NODE ? focusNode : focusNode?.parentElement;
  const block = element?.closest("[data-block]");
  if (!block) return "";
  const range = document.createRange();
  range.setStart(focusNode, focusOffset);
  range.setEnd(block, block.childNodes.length);
  return range.toString();
}

// A place where a hand can take hold of a handle of the chosen annotation, or null.
function handlePoint(end) {
  const handle = document.querySelector(`.handle--${end}`);
  const rect = handle.getBoundingClientRect();
  const x = rect.left + rect.width / 2;
  for (let out = 20; out > -rect.height; out -= 2) {
    const y = end === "start" ? rect.top - out : rect.bottom + out;
    if (document.elementFromPoint(x, y) === handle) return { x, y: end === "start" ? y + 2 : y - 2 };
  }
  return null;
}

function marks() {
  return [...document.querySelectorAll("[data-block] mark")].map((mark) => ({
    words: mark.textContent,
    labels: mark.getAttribute("aria-description"),
    deeper: mark.dataset.deeper ?? "",
    chosen: mark.classList.contains("on"),
  }));
}

function chosenWords() {
  let words = "";
  let last = null;
  for (const mark of document.querySelectorAll("[data-block] mark.on")) {
    words += last && last.nextSibling !== mark ? `|${mark.textContent}` : mark.textContent;
    last = mark;
  }
  return words;
}

// The rectangles of the letters from one UTF-16 offset in a block to another. Each text node has a
// range of its own: the range of a whole mark would give the mark's box, which is higher.
function letterRects(block, start, end) {
  const rects = [];
  let before = 0;
  for (const node of textNodes(block)) {
    const [from, to] = [Math.max(start - before, 0), Math.min(end - before, node.length)];
    before += node.length;
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    rects.push(...range.getClientRects());
  }
  return rects;
}

// One rectangle for each line of some letters: [left, top, right, bottom] from an origin. A mark
// cuts a word into several text nodes, which is not what is measured.
function lineRects(letters, origin) {
  const lines = [];
  for (const { left, top, right, bottom, width } of letters) {
    if (width === 0) continue;
    const rect = [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
    const last = lines.at(-1);
    if (last && Math.abs(last[2] - rect[0]) < 1 && Math.abs(last[1] - rect[1]) < 4) {
      last[1] = Math.min(last[1], rect[1]);
      last[2] = Math.max(last[2], rect[2]);
      last[3] = Math.max(last[3], rect[3]);
    } else {
      lines.push(rect);
    }
  }
  return lines;
}

function wordPlaces() {
  const origin = document.querySelector("#article").getBoundingClientRect();
  const places = [];
  for (const block of blocks()) {
    let at = 0;
    const cuts = textNodes(block).map((node) => {
      const cut = { at, top: letterRect(block, at).top - origin.top };
      at += node.length;
      return cut;
    });
    for (const match of block.textContent.matchAll(/\S+/gu)) {
      const [word, end] = [match[0], match.index + match[0].length];
      const rects = lineRects(letterRects(block, match.index, end), origin);
      const isOnLine = ({ at, top }) => at < end && rects.some((rect) => Math.abs(rect[1] - top) < 4);
      places.push({ word, rects, cuts: cuts.filter(isOnLine).length });
    }
  }
  return places;
}

// A place in the margin, beside the first line of the paragraph with these words.
function marginBeside(words) {
  const { block } = find(words);
  block.scrollIntoView({ block: "center", behavior: "instant" });
  const rect = block.getBoundingClientRect();
  return { x: rect.left - 12, y: rect.top + 14 };
}

// What the margin says of each paragraph: `v` seen, `0` nothing to mark, `·` nothing said.
function margins() {
  const sign = { seen: "v", nothing: "0" };
  return blocks().map((block) => sign[block.dataset.margin] ?? "·").join("");
}

// The blocks that are in sight: where they stand in the document, and their runs of text, each with
// the names of its labels as they are read out.
function blocksInSight() {
  const view = document.querySelector("main").getBoundingClientRect();
  const isInSight = (block) => {
    const rect = block.getBoundingClientRect();
    return rect.bottom > view.top && rect.top < view.bottom;
  };
  const sections = [...document.querySelectorAll(".section")].filter(isInSight);
  const inSight = sections.flatMap((section) => [...section.children]).filter(isInSight);
  const run = (node) => [node.textContent, node.getAttribute?.("aria-description") ?? ""];
  return inSight.map((block) => ({
    idx: Number(block.dataset.block),
    runs: [...block.childNodes].map(run).filter(([words]) => words !== ""),
  }));
}

// What a mouse does that selects from one UTF-16 offset in a block to another, letter by letter; at
// one and the same it clicks.
function selectIn(idx, start, end) {
  const block = document.querySelector(`[data-block="${idx}"]`);
  const range = rangeIn(block, start, Math.max(end, start + 1));
  const { left, top, height } = range.getClientRects()[0];
  const at = { clientX: left + 2, clientY: top + height / 2, bubbles: true, detail: 1, altKey: true };
  document.querySelector("#article").focus({ preventScroll: true });
  const target = range.startContainer.parentElement;
  target.dispatchEvent(new MouseEvent("mousedown", at));
  if (end === start) getSelection().collapse(range.startContainer, range.startOffset);
  else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  target.dispatchEvent(new MouseEvent("mouseup", at));
}

// Scrolls to a part of the article, as who drags the scrollbar does.
function scrollToPart(part) {
  const main = document.querySelector("main");
  main.scrollTop = part * main.scrollHeight;
}

// Where the top of a block is on the screen, beneath that of the article's window.
function topOf(idx) {
  const view = document.querySelector("main").getBoundingClientRect();
  return document.querySelector(`[data-block="${idx}"]`).getBoundingClientRect().top - view.top;
}

// The first block that begins in sight: its number, and where its top is.
function topBlock() {
  const idx = blocksInSight().map((block) => block.idx).find((block) => topOf(block) >= 0);
  return [idx, topOf(idx)];
}

// Starts to note what is put on the clipboard.
function noteCopies() {
  window.lastCopy = null;
  window.notesCopies ??= !addEventListener("copy", (event) => {
    window.lastCopy = event.clipboardData.getData("text/plain");
  });
}
