/* The rich-text fields of the editor: a name for screen readers, and pasting from Word. */
(() => {
  "use strict";

  const EDITOR = '[contenteditable][role="textbox"]';
  const FROM_WORD = /urn:schemas-microsoft-com|class="?Mso|mso-list/i;
  let count = 0;

  // ── names ──────────────────────────────────────────────────────────────────────────────────

  /* The label nearest above: of a row's cell, of a block's field, or the heading of the panel. */
  const labelOf = (editor) => {
    for (let node = editor.parentElement; node && node !== document.body; node = node.parentElement) {
      if (node.hasAttribute("aria-labelledby")) return node.getAttribute("aria-labelledby");
      const label = node.querySelector(":scope > label, :scope > .rows__label");
      if (label) {
        count += label.id ? 0 : 1;
        label.id = label.id || `rich-text-label-${count}`;
        return label.id;
      }
    }
    return "";
  };

  const nameEditors = () => {
    document.querySelectorAll(`${EDITOR}:not([aria-labelledby])`).forEach((editor) => {
      const label = labelOf(editor);
      if (label) editor.setAttribute("aria-labelledby", label);
    });
  };

  // ── paste ──────────────────────────────────────────────────────────────────────────────────

  const isBlank = (node) => !node.textContent.replace(/[\s\u00a0]/g, "") && !node.querySelector("img, table, hr");

  const isNumbered = (text) => /^\s*(?:\d+|[a-zđ]|[ivx]+)[.)]/i.test(text);

  /* Word marks a list's item by its style, and writes the bullet as text. */
  const makeLists = (body) => {
    let list = null;
    Array.from(body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")).forEach((line) => {
      if (!/mso-list:(?!\s*none)/i.test(line.getAttribute("style") || "")) {
        if (!isBlank(line)) list = null;
        return;
      }
      const marker = line.querySelector('[style*="mso-list:Ignore" i]');
      const kind = isNumbered(marker ? marker.textContent : line.textContent) ? "ol" : "ul";
      marker?.remove();
      if (!list || list.localName !== kind || list.parentNode !== line.parentNode) {
        list = line.ownerDocument.createElement(kind);
        line.before(list);
      }
      const item = line.ownerDocument.createElement("li");
      item.append(...line.childNodes);
      list.append(item);
      line.remove();
    });
  };

  const joinLines = (body) => {
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      walker.currentNode.data = walker.currentNode.data.replace(/[\s\u00a0]+/g, " ");
    }
    body.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6").forEach((line) => {
      const [first, last] = [line.firstChild, line.lastChild];
      if (first?.nodeType === Node.TEXT_NODE) first.data = first.data.trimStart();
      if (last?.nodeType === Node.TEXT_NODE) last.data = last.data.trimEnd();
    });
  };

  /* What Word puts on the clipboard as plain paragraphs, lists, bold and links. */
  const clean = (html) => {
    const { body } = new DOMParser().parseFromString(html.replace(/<!--[\s\S]*?-->|<!\[[^\]]*\]>/g, ""), "text/html");
    body.querySelectorAll("style, script, meta, link, title, xml").forEach((node) => node.remove());
    makeLists(body);
    body.querySelectorAll("*").forEach((node) => {
      if (node.localName.includes(":")) node.replaceWith(...node.childNodes);
    });
    body.querySelectorAll("span, font").forEach((node) => node.replaceWith(...node.childNodes));
    body.normalize();
    body.querySelectorAll("*").forEach((node) => {
      Array.from(node.attributes).forEach(({ name }) => {
        if (name !== "href") node.removeAttribute(name);
      });
    });
    body.querySelectorAll("a:not([href]), a[href^='#']").forEach((node) => node.replaceWith(...node.childNodes));
    joinLines(body);
    body.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6, b, i, strong, em").forEach((node) => {
      if (isBlank(node)) node.remove();
    });
    return body.innerHTML.trim();
  };

  document.addEventListener(
    "paste",
    (event) => {
      const html = event.clipboardData?.getData("text/html") || "";
      if (!event.target.closest?.(EDITOR) || !FROM_WORD.test(html)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const data = new DataTransfer();
      data.setData("text/html", clean(html));
      data.setData("text/plain", event.clipboardData.getData("text/plain"));
      const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      event.target.dispatchEvent(again);
    },
    true,
  );

  new MutationObserver(nameEditors).observe(document.documentElement, { childList: true, subtree: true });
  nameEditors();
})();
