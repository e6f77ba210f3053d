/* Lists of what is chosen: opens Wagtail's chooser, adds what it answers, removes lines. */
(() => {
  "use strict";

  const PARAMETER = "parameter";

  const parametersOf = (field) =>
    Object.fromEntries(
      Array.from(field.attributes)
        .filter(({ name }) => name.startsWith(`data-${PARAMETER}-`))
        .map(({ name, value }) => [name.slice(`data-${PARAMETER}-`.length), value]),
    );

  const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

  const keysOf = (field) =>
    new Set(Array.from(field.querySelectorAll("li input"), (input) => input.value));

  const add = (field, item) => {
    const key = String(item.id);
    if (keysOf(field).has(key)) return;
    const title = item.adminTitle || item.string || item.title || key;
    const line = field.querySelector("[data-chosen-template]").content.firstElementChild.cloneNode(true);
    line.querySelector("[data-chosen-title]").textContent = title;
    const remove = line.querySelector("[data-chosen-remove]");
    remove.setAttribute("aria-label", `${remove.dataset.label} “${title}”`);
    const input = line.querySelector("input");
    input.value = key;
    input.disabled = false;
    field.querySelector("[data-chosen-list]").append(line);
  };

  const choose = (field, button) => {
    const isPage = field.dataset.response === "pageChosen";
    window.ModalWorkflow({
      url: field.dataset.url,
      urlParams: parametersOf(field),
      onload: isPage ? window.PAGE_CHOOSER_MODAL_ONLOAD_HANDLERS : window.CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        [field.dataset.response]: (answer) => {
          [].concat(answer).forEach((item) => add(field, item));
          changed(field);
          button.focus();
        },
      },
    });
  };

  const drop = (field, button) => {
    const line = button.closest("li");
    const next = line.nextElementSibling || line.previousElementSibling;
    line.remove();
    changed(field);
    (next?.querySelector("[data-chosen-remove]") || field.querySelector("[data-chosen-add]")).focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chosen-add], [data-chosen-remove]");
    const field = button?.closest("[data-chosen]");
    if (!field) return;
    event.preventDefault();
    if (button.matches("[data-chosen-add]")) choose(field, button);
    else drop(field, button);
  });
})();
