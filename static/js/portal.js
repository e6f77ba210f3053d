// Progressive enhancement only: every page works without this file.
const page = document.body;
page.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) page.classList.add("govuk-frontend-supported");

// govuk-frontend is fetched only where a page uses one of its behaviours.
if (page.dataset.govuk && document.querySelector('[data-module^="govuk-"]')) {
  import(page.dataset.govuk).then((govuk) => govuk.initAll());
}

// Copy buttons: hidden in the markup, shown only where the browser can copy.
const say = document.querySelector("[data-live]");
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const words = button.querySelector("[data-words]");
    const before = words.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      words.textContent = button.dataset.copied;
      if (say) say.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; if (say) say.textContent = ""; }, 4000);
    });
  }
}

// Suggestions are fetched only where there is a search field.
const { suggest, suggestScript, suggestLabel, suggestWords } = page.dataset;
if (suggest && document.querySelector('.mc-search input[type="search"]')) {
  import(suggestScript).then(({ start }) => start(suggest, { label: suggestLabel, words: suggestWords, live: say }));
}

// Which answer was opened is told, without a cookie, only where the portal counts searches.
const answers = document.querySelector("[data-opened]");
if (answers) import(answers.dataset.openedScript).then(({ start }) => start(answers));

// A message can be asked for again after a while: the button counts down. Without this the server says how long.
for (const button of document.querySelectorAll("button[data-wait]")) {
  const words = button.textContent;
  let left = Number(button.dataset.wait);
  const tick = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.waitWords.replace("{n}", left) : words;
    if (left > 0) setTimeout(tick, 1000);
    left -= 1;
  };
  tick();
}

// The captcha changes and speaks in place.
for (const part of document.querySelectorAll("[data-captcha]")) {
  import(part.dataset.captchaScript).then(({ start }) => start(part, say));
}

// Menus are <details>: Escape and a click elsewhere close them.
const menus = document.querySelectorAll("details[data-menu]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) if (menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

// A link into a folded part opens it; so does printing.
const unfold = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};
addEventListener("hashchange", unfold);
unfold();
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not([open])")) { fold.open = true; fold.dataset.printed = ""; }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-printed]")) { fold.open = false; delete fold.dataset.printed; }
});

// Buttons that only make sense with a script (print).
for (const button of document.querySelectorAll("[data-needs-script]")) button.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
