// Reads web pages: what stands in them as JSON for the worker (`exchange/src/articles/page.rs`), which
// makes articles of it. Loaded by boot.js with the first page; `cargo xtask dist` puts Readability before it.
//
// A page is only ever a document without a window (`DOMParser`): no script of it runs, no image, style
// or address of it is asked for. Nothing of it is put into our own page.
"use strict";
(() => {
  // More elements than this are not looked through for the article: it takes too long.
  const ELEMENT_COUNT_MAX = 100_000;

  // What elements are called in the JSON; those not named here are part of the line they stand in.
  const NAMES = new Map(
    Object.entries({
      div: "address article aside body center details div fieldset figure footer form header hr main nav section summary",
      p: "p",
      blockquote: "blockquote",
      figcaption: "caption figcaption",
      ul: "dl menu ul",
      ol: "ol",
      li: "li",
      dt: "dd dt",
      a: "a",
      table: "table",
      tr: "tr",
      td: "td th",
      pre: "listing plaintext pre xmp",
      br: "br",
      ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((name) => [name, name])),
    }).flatMap(([name, tags]) => tags.split(" ").map((tag) => [tag, name])),
  );

  // What is no text of the page.
  const LEFT_OUT =
    "applet, audio, button, canvas, datalist, dialog:not([open]), embed, head, iframe, input, link, meta, " +
    "meter, noembed, noframes, noscript, object, option, progress, rp, script, select, style, svg, template, " +
    "textarea, title, video, [hidden], [style*='display:none' i], [style*='display: none' i]";

  // Says of a heading that it was one of the first level: Readability makes it one of the second.
  const H1 = "data-sourcier-h1";

  // Elements whose names would stand in for properties of the document or of a form.
  const NAMESAKES =
    "button, embed, fieldset, form, iframe, img, input, object, output, select, textarea, map, keygen";

  const find = (doc, selector) => Document.prototype.querySelectorAll.call(doc, selector);
  const value = (element, name) => (element && Element.prototype.getAttribute.call(element, name)) ?? "";

  // What is inside `root`: texts, and `["p"]` and `["/p"]` for the start and end of an element, of a link
  // with its address: `["a", "https://…"]`. A list and no tree, so that no nesting is too deep for whoever reads it.
  const content = (root) => {
    const list = [];
    let text = "";
    const add = (name) => {
      if (text) list.push(text);
      text = "";
      const address = name === "a" && value(walker.currentNode, "href");
      if (name) list.push(address ? [name, address] : [name]);
    };
    const isText = (node) => node instanceof CharacterData;
    const accepts = (node) =>
      isText(node) || !Element.prototype.matches.call(node, LEFT_OUT)
        ? NodeFilter.FILTER_ACCEPT
        : NodeFilter.FILTER_REJECT;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, accepts);
    const nameHere = () => {
      const { localName } = walker.currentNode;
      return localName === "h2" && value(walker.currentNode, H1) ? "h1" : NAMES.get(localName);
    };
    let isInside = Boolean(walker.firstChild());
    while (isInside) {
      if (isText(walker.currentNode)) text += walker.currentNode.data;
      else if (nameHere()) add(nameHere());
      if (walker.firstChild()) continue;
      // Ends what has no more in it.
      do {
        if (nameHere() && nameHere() !== "br") add(`/${nameHere()}`);
        if (walker.nextSibling()) break;
        isInside = Boolean(walker.parentNode()) && walker.currentNode !== root;
      } while (isInside);
    }
    add();
    return list;
  };

  const comments = (doc) => {
    const walker = document.createTreeWalker(doc, NodeFilter.SHOW_COMMENT);
    const list = [];
    while (list.length < 20 && walker.nextNode()) list.push(walker.currentNode.data);
    return list;
  };

  // The address that a page says it has.
  const ownAddress = (doc) =>
    [
      value(find(doc, "base[href]")[0], "href"),
      value(find(doc, "link[rel~=canonical i]")[0], "href"),
      value(find(doc, "meta[property='og:url' i]")[0], "content"),
      comments(doc).join().match(/saved from url=\(\d+\)(\S+)/)?.[1],
    ].find((address) => /^https?:/i.test(address));

  // Notes which headings are of the first level, and gives each link its whole address: whoever looks for the article would have it count from our own. One
  // that leads nowhere, or to something that runs, loses it; within the page, it stays.
  const prepare = (doc) => {
    for (const heading of find(doc, "h1")) Element.prototype.setAttribute.call(heading, H1, "1");
    const base = ownAddress(doc);
    for (const link of find(doc, "a[href]:not([href^='#'])")) {
      let address = "";
      try {
        const url = new URL(value(link, "href"), base);
        if (/^(https?|mailto):$/.test(url.protocol)) address = url.href;
      } catch {
        // No address, or one that counts from an unknown place.
      }
      if (address) Element.prototype.setAttribute.call(link, "href", address);
      else Element.prototype.removeAttribute.call(link, "href");
    }
  };

  const metadata = (doc) => ({
    title: find(doc, "head > title")[0]?.textContent ?? "",
    language: value(find(doc, ":root")[0], "lang"),
    canonical: value(find(doc, "link[rel~=canonical i]")[0], "href"),
    // Browsers note in a comment where they saved a page from.
    savedFrom: comments(doc).find((comment) => comment.includes("saved from url=")) ?? "",
    meta: Array.from(find(doc, "meta[content]"), (meta) => [
      ["property", "name", "itemprop"].map((name) => value(meta, name)).find(Boolean) ?? "",
      value(meta, "content"),
    ]),
    linked: Array.from(find(doc, "script[type='application/ld+json' i]"), (script) => script.textContent),
  });

  // What Readability takes for the article; `null` where it finds none. It changes the document.
  const article = (doc) => {
    try {
      const serializer = (element) => content(element);
      const found = new Readability(doc, { maxElemsToParse: ELEMENT_COUNT_MAX, serializer }).parse();
      if (!found?.content.length) return null;
      const { title, byline, siteName, lang, publishedTime } = found;
      return { title, byline, siteName, language: lang, date: publishedTime, content: found.content };
    } catch {
      return null;
    }
  };

  // Takes off what has no use here. Nothing of it would run; but names of form controls stand in for
  // properties, and whenever Readability writes the document anew, the policy would note each handler again.
  const defuse = (doc) => {
    const remove = (element, name) => Element.prototype.removeAttribute.call(element, name);
    for (const element of find(doc, NAMESAKES)) ["id", "name"].forEach((name) => remove(element, name));
    for (const element of find(doc, "*")) {
      const names = Element.prototype.getAttributeNames.call(element);
      names.filter((name) => name.startsWith("on")).forEach((name) => remove(element, name));
    }
    for (const element of find(doc, "base, style")) Element.prototype.remove.call(element);
  };

  // The JSON of a page, as UTF-8. Of a selection (pasted), `plain` is the same as plain text, and there is no
  // article to be found in it.
  window.sourcierReadPage = (html, plain) => {
    const text = typeof html === "string" ? html : new TextDecoder().decode(html);
    const doc = new DOMParser().parseFromString(text, "text/html");
    prepare(doc);
    defuse(doc);
    const page = { ...metadata(doc), whole: content(find(doc, "body")[0] ?? find(doc, ":root")[0]) };
    const found = plain === undefined ? article(doc) : null;
    const json = { sourcierPage: found ? "article" : "whole", plain, ...page, article: found ?? undefined };
    return new TextEncoder().encode(JSON.stringify(json));
  };
})();
