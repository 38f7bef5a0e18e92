// The bare page: draws a text with its marks, and draws a paragraph again when it is edited.
"use strict";

const PARAGRAPHS = 32;
const LETTERS_A_LINE = 72;
const COLOURS = ["tomato", "gold", "orchid", "teal", "olive", "steelblue", "sienna", "seagreen"];

// Paragraphs: `{ text, marks: [{ start, end, label }] }`, places in UTF-16 units of the paragraph.
let text = [];
let chosen = null;
const done = [];

function draw(element, { text, marks }) {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  const places = [...cuts].sort((left, right) => left - right);
  const pieces = [];
  for (let idx = 1; idx < places.length; idx++) {
    const [start, end] = [places[idx - 1], places[idx]];
    const here = marks.filter((mark) => mark.start < end && start < mark.end);
    const words = text.slice(start, end);
    if (here.length === 0) {
      pieces.push(words);
      continue;
    }
    const mark = document.createElement("mark");
    mark.style.setProperty("--label", COLOURS[here.at(-1).label]);
    mark.textContent = words;
    pieces.push(mark);
  }
  element.replaceChildren(...pieces);
}

function drawAll() {
  const main = document.createDocumentFragment();
  for (let first = 0; first < text.length; first += PARAGRAPHS) {
    const block = document.createElement("div");
    block.className = "blocks";
    let lines = 0;
    for (let idx = first; idx < Math.min(first + PARAGRAPHS, text.length); idx++) {
      const paragraph = document.createElement("p");
      paragraph.dataset.idx = idx;
      draw(paragraph, text[idx]);
      block.append(paragraph);
      lines += text[idx].text.length / LETTERS_A_LINE + 1.5;
    }
    block.style.setProperty("--lines", Math.ceil(lines));
    main.append(block);
  }
  document.querySelector("#text").replaceChildren(main);
}

// The paragraphs of a file of Sourcier: what must be done where nobody has done it before.
function paragraphsOf(native) {
  const file = JSON.parse(new TextDecoder().decode(native));
  const whole = file.document.text;
  const units = [];
  for (let at = 0; at < whole.length; at += whole.codePointAt(at) > 0xffff ? 2 : 1) units.push(at);
  units.push(whole.length);
  const labels = [...new Set(file.annotations.map((annotation) => annotation.label))].sort();
  let at = 0;
  const paragraphs = whole.split("\n\n").map((text) => {
    const paragraph = { text, at, marks: [] };
    at += text.length + 2;
    return paragraph;
  });
  let idx = 0;
  for (const { label, start, end, fragments } of file.annotations) {
    while (idx + 1 < paragraphs.length && paragraphs[idx + 1].at <= units[start]) idx++;
    const from = paragraphs[idx].at;
    for (const { start: first, end: last } of fragments ?? [{ start, end }]) {
      paragraphs[idx].marks.push({
        start: units[first] - from,
        end: units[last] - from,
        label: labels.indexOf(label),
      });
    }
  }
  return paragraphs;
}

function edit(change) {
  const { element, paragraph } = chosen;
  done.push({ element, paragraph, marks: paragraph.marks });
  paragraph.marks = change(paragraph.marks);
  draw(element, paragraph);
}

window.subject = {
  scroller: () => document.scrollingElement,
  view: () => ({ left: 0, top: 0, width: innerWidth, height: innerHeight, bottom: innerHeight }),
  paragraphs: () => [...document.querySelectorAll("p")],
  after: (paragraph) => paragraph.nextElementSibling ?? paragraph.parentElement.nextElementSibling?.firstElementChild,
  paragraphsOf,

  open(sample) {
    text = sample.paragraphs ?? paragraphsOf(sample.native);
    drawAll();
  },
  isOpen: () => kit.showsMarks(),
  select({ paragraph: element, node, start, end }) {
    const range = document.createRange();
    range.setStart(element, 0);
    range.setEnd(node, start);
    const before = range.toString().length;
    chosen = { element, paragraph: text[element.dataset.idx], mark: null };
    chosen.words = { start: before, end: before + end - start };
  },
  change(mark) {
    edit((marks) => [...marks.filter((other) => other !== chosen.mark), mark]);
    chosen.mark = mark;
  },
  add() { this.change({ ...chosen.words, label: 5 }); },
  relabel() { this.change({ ...chosen.mark, label: 6 }); },
  holdEnd() {},
  moveEnd() {
    const next = /^\s*\S+/.exec(chosen.paragraph.text.slice(chosen.mark.end))[0].length;
    this.change({ ...chosen.mark, end: chosen.mark.end + next });
  },
  letEndGo() {},
  undo() {
    const { element, paragraph, marks } = done.pop();
    paragraph.marks = marks;
    chosen.mark = marks.at(-1);
    draw(element, paragraph);
  },
  remove() {
    edit((marks) => marks.filter((mark) => mark !== chosen.mark));
  },
};

// Everything that the page before stored on this origin goes.
window.forget = async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((gone) => {
      const asked = indexedDB.deleteDatabase(name);
      asked.onsuccess = asked.onerror = asked.onblocked = gone;
    });
  }
  localStorage.clear();
};
