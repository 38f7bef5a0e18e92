// The edits that are timed, at some place of the text; the same on both pages. `subject` says how
// each of them is asked for.
"use strict";

// Words that carry no mark, in or after a paragraph: the text node they are in, where they begin and
// end there, and that at least one more word follows.
function freeWords(paragraph) {
  for (let tried = 0; paragraph && tried < 40; tried++) {
    for (const node of paragraph.childNodes) {
      const found = node.nodeType === Node.TEXT_NODE && /(?<=\s)\p{L}{2,}(?=\s+\p{L}{2,}\s+\p{L})/u.exec(node.data);
      if (found) return { paragraph, node, start: found.index, end: found.index + found[0].length };
    }
    paragraph = subject.after(paragraph);
  }
  throw new Error("no free words");
}

// Goes to a place, given as a part of the text, and edits there.
async function edits(part) {
  const paragraphs = subject.paragraphs();
  const goal = paragraphs[Math.floor(part * (paragraphs.length - 1))];
  goal.scrollIntoView({ block: "center", behavior: "instant" });
  await kit.rest(150);
  const words = freeWords(goal);
  const { paragraph } = words;
  const count = () => paragraph.querySelectorAll("mark").length;
  const times = {};
  const time = async (name, act, isShown) => (times[name] = await kit.timed(act, isShown, 300));
  const before = count();
  subject.select(words);
  await kit.rest(100);
  await time("add", () => subject.add(), () => count() > before);
  await time("relabel", () => subject.relabel(), changed(paragraph));
  subject.holdEnd();
  await kit.rest(100);
  const short = paragraph.innerHTML;
  await time("move", () => subject.moveEnd(), () => paragraph.innerHTML !== short);
  subject.letEndGo();
  await kit.rest(100);
  await time("undo", () => subject.undo(), changed(paragraph));
  await time("delete", () => subject.remove(), () => count() === before);
  return times;
}

function changed(paragraph) {
  const before = paragraph.innerHTML;
  return () => paragraph.innerHTML !== before;
}
