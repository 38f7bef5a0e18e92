// Measuring from inside a page: put before everything else in Sourcier and in the bare page alike.
//
// A frame is asked for by `requestAnimationFrame`; the first task after its callbacks comes when the
// main thread has laid out and painted it. All times are in milliseconds.
"use strict";

(() => {
  const ask = window.requestAnimationFrame.bind(window);
  const wait = window.setTimeout.bind(window);
  const channel = new MessageChannel();
  const tasks = [];
  channel.port1.onmessage = () => tasks.shift()();
  const task = () => new Promise((done) => (tasks.push(done), channel.port2.postMessage(0)));
  const frame = () => new Promise(ask);
  const pause = (ms) => new Promise((done) => wait(done, ms));

  // What the page itself asks for, counted from the first moment on.
  const asked = { frames: 0, timers: 0, intervals: 0, idle: 0 };
  const counted = (name, kind) => {
    const usual = window[name];
    window[name] = function (callback, ...rest) {
      const counting = typeof callback === "function" ? (...given) => (asked[kind]++, callback(...given)) : callback;
      return usual.call(window, counting, ...rest);
    };
  };
  counted("requestAnimationFrame", "frames");
  counted("setTimeout", "timers");
  counted("setInterval", "intervals");
  counted("requestIdleCallback", "idle");

  // When something was handed to the database.
  const writes = [];
  for (const name of ["put", "add"]) {
    const usual = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      writes.push(performance.now());
      return usual.apply(this, given);
    };
  }

  // The program's memory, and when the program began to run.
  let program = null;
  const noted = (result) => {
    const instance = result.instance ?? result;
    program ??= { memory: Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory) };
    program.startedAt ??= performance.now();
    return result;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const usual = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = (...given) => usual(...given).then(noted);
  }

  // From `act` to the first frame painted that shows what `isShown` looks for. `painted` has the wait
  // for that frame in it, `work` only what the main thread did: until the next task, and in the frame.
  async function timed(act, isShown, framesMax = 1200) {
    await frame();
    await task();
    const start = performance.now();
    const acted = act();
    let work = 0;
    task().then(() => (work = performance.now() - start));
    for (let frames = 0; frames < framesMax; frames++) {
      const began = await frame();
      const isThere = isShown();
      await task();
      const now = performance.now();
      if (isThere) {
        await acted;
        return { painted: now - start, work: work + now - Math.max(began, start) };
      }
    }
    throw new Error(`not shown after ${framesMax} frames: ${isShown}`);
  }

  // Rests until nothing was written and no frame came late for a while.
  async function rest(ms = 300, msMax = 20000) {
    const start = performance.now();
    let quietSince = start;
    let last = await frame();
    while (performance.now() - quietSince < ms && performance.now() - start < msMax) {
      const now = await frame();
      if (now - last > 25 || (writes.at(-1) ?? 0) > quietSince) quietSince = performance.now();
      last = now;
    }
  }

  const middle = () => {
    const view = subject.view();
    return [view.left + view.width / 2, view.top + view.height / 2];
  };
  const paragraphAt = (x, y) => document.elementFromPoint(x, y)?.closest("p") ?? null;

  // Whether words are in sight, at one of three heights: one of them is between two paragraphs.
  function showsText() {
    const [x, y] = middle();
    return [-20, 0, 20].some((by) => paragraphAt(x, y + by));
  }

  function showsMarks() {
    const [x, y] = middle();
    const half = subject.view().height / 2;
    return [-0.7, -0.35, 0, 0.35, 0.7].some((part) => paragraphAt(x, y + part * half)?.querySelector("mark"));
  }

  // Scrolls at so many pixels a second for a while.
  async function scroll(speed, ms, from) {
    const scroller = subject.scroller();
    scroller.scrollTop = from;
    await rest();
    const start = await frame();
    const stamps = [start];
    let now = start;
    while (now - start < ms) {
      scroller.scrollTop = from + (speed * (now - start)) / 1000;
      stamps.push((now = await frame()));
    }
    const gaps = stamps.slice(1).map((stamp, idx) => stamp - stamps[idx]);
    return { fps: (1000 * gaps.length) / (now - start), longest: Math.max(...gaps) };
  }

  // From the first line to the last within a time: how long no words were in sight at most.
  async function sweep(ms) {
    const scroller = subject.scroller();
    scroller.scrollTop = 0;
    await rest();
    const start = await frame();
    let [now, seen, empty] = [start, start, 0];
    while (now - start < ms) {
      const end = scroller.scrollHeight - scroller.clientHeight;
      scroller.scrollTop = (end * (now - start)) / ms;
      now = await frame();
      if (showsText()) seen = now;
      empty = Math.max(empty, now - seen);
    }
    return { empty };
  }

  async function jump() {
    const scroller = subject.scroller();
    scroller.scrollTop = 0;
    await rest();
    const there = await timed(() => (scroller.scrollTop = scroller.scrollHeight), showsMarks);
    await rest();
    const back = await timed(() => (scroller.scrollTop = 0), () => scroller.scrollTop === 0 && showsMarks());
    return { there: there.painted, back: back.painted };
  }

  // Until something holds: the longest times during which no task could run, those apart in which
  // something was handed to the database.
  async function holds(isOver, ms = 30000) {
    const start = performance.now();
    let [last, longest, saving, all] = [start, 0, 0, []];
    while (!(await isOver()) && last - start < ms) {
      await task();
      const now = performance.now();
      const held = now - last;
      longest = Math.max(longest, held);
      if (held > 8) all.push(Math.round(held * 10) / 10);
      if (writes.some((at) => at >= last && at <= now)) saving = Math.max(saving, held);
      last = now;
    }
    return { longest, saving, all, over: last - start };
  }

  // For a page that is asked to watch its start: from the program's first step to its first marks.
  const marksSeen = new Promise(async (seen) => {
    if (sessionStorage.getItem("watch") !== "yes") return;
    do await frame();
    while (!subject.article() || !showsMarks());
    await task();
    seen(performance.now());
  });

  // For a page that is asked to watch its first visit: from the moment it was asked for until its
  // first words are painted, and until it says that it can be worked in.
  const started = new Promise(async (seen) => {
    if (sessionStorage.getItem("watch") !== "start") return;
    do await frame();
    while (!document.querySelector("#article .block, #empty"));
    await task();
    const painted = performance.now();
    await window.sourcier?.ready;
    seen({ painted, ready: performance.now() });
  });

  // Some time in which nobody acts: what the page asks for all the same.
  async function idle(ms) {
    const before = { ...asked };
    const late = [];
    const observer = new PerformanceObserver((list) => late.push(...list.getEntries()));
    observer.observe({ entryTypes: ["longtask"] });
    await pause(ms);
    observer.disconnect();
    const calls = Object.fromEntries(Object.keys(asked).map((kind) => [kind, asked[kind] - before[kind]]));
    return { ...calls, longTasks: late.length };
  }

  window.kit = {
    frame, task, pause, timed, rest, scroll, sweep, jump, holds, idle, showsMarks, showsText,
    started: () => started,
    firstMarks: async () => (await marksSeen) - program.startedAt,
    isQuiet: (ms) => performance.now() - (writes.at(-1) ?? 0) > ms,
    wasmBytes: () => program?.memory?.buffer.byteLength ?? 0,
  };
})();
