// Suggestions under a search field, as an ARIA combobox with a list. Without this file the field
// is a plain form. `start(address, say)` wires every search field of the page.
const PAUSE = 150;
let number = 0;

export function start(address, say) {
  for (const field of document.querySelectorAll('.mc-search input[type="search"]')) wire(field, address, say);
}

function wire(field, address, say) {
  const list = document.createElement("ul");
  list.id = `goi-y-${(number += 1)}`;
  list.className = "mc-suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say.label);
  list.hidden = true;
  field.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    field.setAttribute(name, value);

  let chosen = -1;
  let timer = 0;
  let request = null;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const options = list.children;
    if (!options.length) return;
    chosen = (place + options.length + 1) % (options.length + 1);
    for (const option of options) option.setAttribute("aria-selected", "false");
    // One step beyond either end is the field itself.
    if (chosen === options.length) { chosen = -1; field.removeAttribute("aria-activedescendant"); return; }
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const show = (items) => {
    list.replaceChildren(...items.map((item, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = item.url;
      const name = document.createElement("span");
      name.textContent = item.text;
      if (item.lang) name.lang = item.lang;
      option.append(name);
      if (item.kind) {
        const kind = document.createElement("small");
        kind.textContent = item.kind;
        option.append(" ", kind);
      }
      return option;
    }));
    chosen = -1;
    list.hidden = !items.length;
    field.setAttribute("aria-expanded", String(items.length > 0));
    field.removeAttribute("aria-activedescendant");
    if (say.live) say.live.textContent = items.length ? `${items.length} ${say.words}` : "";
  };

  const ask = async () => {
    request?.abort();
    const text = field.value;
    if (text.trim().length < 2) { close(); return; }
    request = new AbortController();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`, { signal: request.signal });
      if (answer.ok && document.activeElement === field) show((await answer.json()).items);
    } catch (error) {
      // A slower answer to an older text, or no network: the form still works.
    }
  };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", () => setTimeout(close, 150));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) { ask(); return; }
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? list.children.length - 1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.url);
  });
}
