/* Leads from a line of the box “Before publishing” to its field, on whichever tab it stands. */
(() => {
  "use strict";

  const FIELDS = 'input:not([type="hidden"]), select, textarea, [contenteditable="true"]';

  /* Rows of a procedure have no path of their own: their list is named after the relation. */
  const findPlace = (path) => {
    const steps = path.split(".");
    while (steps.length) {
      const query = steps.map((step) => `[data-contentpath="${CSS.escape(step)}"]`).join(" ");
      const found = document.querySelector(query) || document.getElementById(`id_${steps[0]}-FORMS`);
      if (found) return found;
      steps.pop();
    }
    return null;
  };

  /* A list without rows offers its button to add one. */
  const fieldOf = (place) =>
    place.querySelector(FIELDS) || (place.closest("[data-panel]") || place).querySelector('button[id$="-ADD"]');

  const open = (place) => {
    const panel = place.closest('[role="tabpanel"]');
    if (panel && panel.hidden) {
      const tab = document.querySelector(`[role="tab"][aria-controls="${CSS.escape(panel.id)}"]`);
      if (tab) tab.click();
    }
    /* The tab opens a moment after the click. */
    setTimeout(() => {
      (place.closest("[data-panel]") || place).scrollIntoView({ block: "start" });
      const field = fieldOf(place);
      if (field) field.focus({ preventScroll: true });
    }, 50);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-readiness-field]");
    const place = link && findPlace(link.dataset.readinessField);
    if (!place) return;
    event.preventDefault();
    open(place);
  });

  /* A link of the dashboard names the field in the address. */
  window.addEventListener("load", () => {
    const path = new URLSearchParams(window.location.hash.split(":w:")[1] || "").get("contentpath");
    const place = path && findPlace(path);
    if (place) setTimeout(() => open(place), 200);
  });
})();
