// Runs before the program and outlives it: the crash banner, and the offline copy of the site.
// Plain JavaScript because it must work when the program does not. Trunk puts it into the page.
"use strict";
(() => {
  const WORDS = {
    fr: {
      stopped: "Sourcier s’est arrêté à cause d’une erreur.",
      saved: (time) => `Votre travail est enregistré jusqu’à ${time}.`,
      kept: "Ce qui était déjà enregistré est intact.",
      notStarted: "Sourcier n’a pas pu démarrer.",
      reload: "Recharger",
    },
    en: {
      stopped: "Sourcier has stopped because of an error.",
      saved: (time) => `Your work is saved up to ${time}.`,
      kept: "What had already been saved is safe.",
      notStarted: "Sourcier could not start.",
      reload: "Reload",
    },
  };
  let started = false;

  // Shows the banner. The panic hook calls it; so does any error before the start.
  // The program keeps the time of the last save in `data-saved` of #crash, as words to show.
  window.sourcierCrash = (message) => {
    const banner = document.getElementById("crash");
    if (!banner) {
      addEventListener("DOMContentLoaded", () => window.sourcierCrash(message), { once: true });
      return;
    }
    if (!banner.hidden) return; // The first error is the one that matters.
    const language = started ? document.documentElement.lang : navigator.language;
    const words = language.startsWith("fr") ? WORDS.fr : WORDS.en;
    const saved = banner.dataset.saved;
    const add = (tag, className, text) => {
      const element = document.createElement(tag);
      element.className = className;
      element.textContent = text;
      banner.append(element);
      return element;
    };
    banner.lang = words === WORDS.fr ? "fr" : "en";
    banner.hidden = false;
    add("p", "crash__what", started ? words.stopped : words.notStarted);
    add("p", "crash__saved", saved ? words.saved(saved) : words.kept);
    add("p", "crash__detail", String(message).slice(0, 500));
    const reload = add("button", "crash__reload", words.reload);
    reload.type = "button";
    reload.addEventListener("click", () => location.reload());
  };

  // Before the start every error counts, also a file that does not load (seen only when capturing).
  // After it, only what kills the program: WebAssembly cannot go on after a trap (RuntimeError) or an
  // exhausted stack (RangeError; InternalError in Firefox).
  const FATAL = ["RuntimeError", "RangeError", "InternalError"];
  const onError = (event) => {
    const error = event.reason ?? event.error ?? event.message;
    const file = event.target?.src ?? event.target?.href;
    if (!started || FATAL.includes(error?.name)) {
      window.sourcierCrash(error ?? file ?? event.type);
    }
  };
  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", onError);
  addEventListener("TrunkApplicationStarted", () => {
    started = true;
    const banner = document.getElementById("crash");
    banner.hidden = true; // Whatever went wrong before, it did not matter.
    banner.replaceChildren();
  });

  // The parts of the program that are loaded when needed, what they build upon first (`xtask/src/split.rs`):
  // addresses, or in sourcier.html, from which a browser fetches nothing, the bytes.
  const PARTS = { dialogs: ["shared", "dialogs"], exchange: ["shared", "exchange"] };
  const unpack = (element) => {
    const bytes = Uint8Array.from(atob(element.textContent), (char) => char.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };
  const named = (name) => document.querySelector(`meta[name="sourcier-${name}"]`)?.content;
  const absolute = (path) => new URL(path, document.baseURI).href;
  const partsOf = (name) =>
    Promise.all(
      PARTS[name].map((part) => {
        const packed = document.getElementById(`${part}-wasm`);
        return packed ? unpack(packed).arrayBuffer() : absolute(named(part));
      }),
    );

  // The program asks for a part of itself, and gives what all parts share. After a failure a file is not taken
  // from the cache: it may be the one that failed.
  let cache = "default";
  window.sourcierPart = async (name, shared) => {
    try {
      for (const part of await partsOf(name)) {
        const bytes = typeof part === "string" ? await (await fetch(part, { cache })).arrayBuffer() : part;
        await WebAssembly.instantiate(bytes, { __wasm_split: shared });
      }
    } catch (error) {
      console.error(error);
      cache = "reload";
      throw error;
    }
  };

  // The worker of the formats, started when it is first needed. Its first message says where the program is.
  window.sourcierExchange = async () => {
    const packed = document.getElementById("sourcier-wasm");
    if (packed) {
      const script = await unpack(document.getElementById("exchange-js")).blob();
      const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const worker = new Worker(address);
      const [wasm, parts] = await Promise.all([unpack(packed).arrayBuffer(), partsOf("exchange")]);
      worker.postMessage({ wasm, parts }, [wasm, ...parts]);
      return worker;
    }
    // Without a name it is `trunk serve`, where the script still imports its module, and the program is whole.
    const script = named("worker");
    const address = (link) => document.querySelector(`link[rel="${link}"]`).href;
    const program = { script: address("modulepreload"), wasm: address("preload") };
    const worker = new Worker(absolute(script ?? "exchange_start.js"), { type: script ? "classic" : "module" });
    worker.postMessage({ ...program, parts: script ? await partsOf("exchange") : [] });
    return worker;
  };

  // What reads web pages (static/page_reader.js), loaded with the first of them. In sourcier.html it stands
  // packed in the page, whose policy knows its hash.
  const runScript = (set) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.onload = done;
      script.onerror = failed;
      set(script);
      document.head.append(script);
      if (!script.src) done(); // What stands in the page has run by now.
    });
  const loadPageReader = async () => {
    const packed = document.getElementById("page-reader");
    if (packed) {
      const text = await unpack(packed).text();
      await runScript((script) => (script.textContent = text));
    } else {
      for (const name of (named("page-reader") ?? "Readability.js page_reader.js").split(" ")) {
        await runScript((script) => (script.src = absolute(name)));
      }
    }
  };
  window.sourcierPageReader = async () => {
    if (!window.sourcierReadPage) await loadPageReader();
    return window.sourcierReadPage;
  };

  // The files of a drop, and those in its folders with their paths (`sourcierPath`). The drop can be asked for
  // what is in it only while its event is told of; folders are read after that.
  window.sourcierDropped = async (dropped) => {
    const found = Array.from(dropped.items, (item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
    const files = [];
    const take = async (entry) => {
      if (entry instanceof File) return void files.push(entry);
      if (entry.isFile) {
        const file = await new Promise((done, failed) => entry.file(done, failed));
        file.sourcierPath = entry.fullPath.replace(/^\//, "");
        return void files.push(file);
      }
      const reader = entry.createReader();
      for (;;) {
        // It gives some at a time, and none at the end.
        const batch = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!batch.length) return;
        for (const inside of batch) await take(inside);
      }
    };
    for (const entry of found.filter(Boolean)) {
      await take(entry).catch((error) => console.warn("Not read:", entry.name, error));
    }
    return files;
  };

  // The offline copy. Only a release names a service worker; `trunk serve` and sourcier.html do not.
  // A new version waits until the program calls `sourcierUpdate.activate()`, when all work is saved,
  // or until the last page of the old version is closed.
  window.sourcierUpdate = { ready: false, activate: () => {} };
  const worker = named("service-worker");
  if (!worker || !navigator.serviceWorker) return;

  const watch = (registration) => {
    const tell = () => {
      // Without an active one it is the first visit, and no update.
      if (!registration.waiting || !registration.active || window.sourcierUpdate.ready) return;
      window.sourcierUpdate.ready = true;
      window.sourcierUpdate.activate = () => {
        const reload = () => location.reload();
        if (!registration.waiting) return reload(); // It has become active by itself.
        navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
        registration.waiting.postMessage("activate");
      };
      dispatchEvent(new CustomEvent("sourcier:update-ready"));
    };
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", tell);
    });
    tell();
  };
  addEventListener("load", () => {
    navigator.serviceWorker.register(worker).then(watch, (error) => console.info("No offline copy:", error));
  });
})();
