/* Keeps the choices of cases right while an editor adds, renames and deletes cases. */
(() => {
  "use strict";

  const CASES = "cases";
  const ROWS = ["offers", "fees", "documents"];

  const formsOf = (relation) => document.getElementById(`id_${relation}-FORMS`);

  const makeCode = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  /* The cases that stand in the form now; a new one gets its code here, so that rows can name it. */
  const readCases = () => {
    const used = new Set();
    const unnamed = formsOf(CASES).closest("[data-rows]")?.dataset.unnamed || "";
    return Array.from(formsOf(CASES).children, (row, place) => {
      const field = (name) => row.querySelector(`[name^="${CASES}-"][name$="-${name}"]`);
      const code = field("code");
      if (!code || field("DELETE")?.value === "1") return null;
      if (!code.value || used.has(code.value)) code.value = makeCode();
      used.add(code.value);
      return { code: code.value, name: field("name").value.trim() || `${place + 1} (${unnamed})` };
    }).filter(Boolean);
  };

  const fillSelect = (select, cases) => {
    const chosen = select.value;
    const options = cases.map(({ code, name }) => new Option(name, code, false, code === chosen));
    const gone = chosen && !cases.some(({ code }) => code === chosen);
    const kept = gone ? Array.from(select.options).filter((option) => option.value === chosen) : [];
    select.replaceChildren(select.options[0], ...options, ...kept);
    select.value = chosen;
  };

  const fillBoxes = (cell, cases, index) => {
    const known = new Map(Array.from(cell.querySelectorAll('input[type="checkbox"]'), (box) => [box.value, box]));
    const holder = cell.querySelector(`[id="id_documents-${index}-case_codes"]`);
    if (!holder) return;
    const lines = cases.map(({ code, name }, place) => {
      const box = known.get(code) || Object.assign(document.createElement("input"), { type: "checkbox", value: code });
      box.name = `documents-${index}-case_codes`;
      box.id = `id_documents-${index}-case_codes_${place}`;
      known.delete(code);
      return [box, name];
    });
    // A box ticked for a deleted case stays, so that the server can say so.
    for (const box of known.values()) if (box.checked) lines.push([box, box.parentElement.textContent.trim()]);
    holder.replaceChildren(
      ...lines.map(([box, name]) => {
        const line = document.createElement("div");
        const label = document.createElement("label");
        label.htmlFor = box.id;
        label.append(box, name);
        line.append(label);
        return line;
      }),
    );
  };

  const namesCases = (forms) =>
    Array.from(forms.querySelectorAll('select[name$="-case_code"]')).some((select) => select.value) ||
    forms.querySelector('input[name$="-case_codes"]:checked') !== null;

  const update = () => {
    const cases = readCases();
    for (const relation of ROWS) {
      const forms = formsOf(relation);
      if (!forms) continue;
      forms.closest("[data-rows]")?.classList.toggle("rows--without-cases", !cases.length && !namesCases(forms));
      forms.querySelectorAll('select[name$="-case_code"]').forEach((select) => fillSelect(select, cases));
      forms.querySelectorAll(".rows__cell--case_codes").forEach((cell) => {
        const index = cell.closest("[data-inline-panel-child]").id.match(/-(\d+)$/);
        if (index) fillBoxes(cell, cases, index[1]);
      });
    }
  };

  /* Wagtail's own script runs each table; its options stand at the table. */
  const startPanels = () => {
    for (const table of document.querySelectorAll("[data-inline-panel-options]")) {
      new window.InlinePanel(JSON.parse(table.dataset.inlinePanelOptions));
    }
  };

  const start = () => {
    startPanels();
    const forms = formsOf(CASES);
    if (!forms) return;
    forms.addEventListener("input", update);
    const observer = new MutationObserver(update);
    for (const relation of [CASES, ...ROWS]) {
      const watched = formsOf(relation);
      if (watched) observer.observe(watched, { childList: true });
    }
    // Deleting a row of Wagtail's hides it after an animation and sets the value at once.
    forms.addEventListener("click", (event) => {
      if (event.target.closest('[id$="-DELETE-button"]')) setTimeout(update, 0);
    });
    update();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
