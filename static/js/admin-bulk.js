/* Bulk changes: tick a whole page of the list, and follow the progress of a task. */
(function () {
  "use strict";

  var all = document.querySelector("[data-bulk-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", function () {
      document.querySelectorAll('input[name="page"]').forEach(function (box) {
        box.checked = all.checked;
      });
    });
  }

  var box = document.querySelector("[data-bulk-progress]");
  if (!box) { return; }

  function look() {
    fetch(box.dataset.bulkProgress, { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (!state.is_running) { window.location.reload(); return; }
        var bar = box.querySelector("progress");
        bar.max = state.total || 1;
        bar.value = state.done;
        box.querySelector("[data-bulk-count]").textContent = state.done + "/" + state.total;
        window.setTimeout(look, 1500);
      })
      .catch(function () { window.setTimeout(look, 5000); });
  }

  window.setTimeout(look, 1000);
})();
