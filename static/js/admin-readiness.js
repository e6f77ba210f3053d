/* Leads from a line of the box “Before publishing” to its field, on whichever tab it stands. */
(() => {
  "use strict";

  const TABS = '[role="tab"]';
  const FIELDS = 'input:not([type="hidden"]), select, textarea, button, [contenteditable="true"]';

  const findPlace = (path) => {
    const steps = path.split(".");
    while (steps.length) {
      const query = steps.map((step) => `[data-contentpath="${CSS.escape(step)}"]`).join(" ");
      const found = document.querySelector(query) || panelOf(steps);
      if (found) return found;
      steps.pop();
    }
    return null;
  };

  /* Rows of a procedure have no path of their own: their panel is named after the relation. */
  const panelOf = (steps) =>
    steps.length === 1 ? document.querySelector(`[id$="-child-${CSS.escape(steps[0])}-section"], #id_${CSS.escape(steps[0])}-FORMS`) : null;

  const open = (place) => {
    const panel = place.closest('[role="tabpanel"]');
    if (panel && panel.hidden) {
      const tab = document.querySelector(`${TABS}[aria-controls="${panel.id}"]`);
      if (tab) tab.click();
    }
    const shown = place.closest("[data-panel]") || place;
    shown.scrollIntoView({ block: "center" });
    const field = place.querySelector(FIELDS);
    if (field) field.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-readiness-field]");
    if (!link) return;
    const place = findPlace(link.dataset.readinessField);
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
