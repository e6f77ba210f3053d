/* Names the search forms of a screen: two without names cannot be told apart by a screen reader. */
(() => {
  const name = () => {
    for (const form of document.querySelectorAll('form[role="search"]:not([aria-label])')) {
      const field = form.querySelector("input:not([type=hidden])");
      const words = field?.placeholder || field?.labels?.[0]?.textContent.trim();
      const place = form.closest("[data-wagtail-sidebar]") ? document.querySelector("[data-wagtail-sidebar]").getAttribute("aria-label") : "";
      if (words) form.setAttribute("aria-label", place ? `${words} (${place})` : words);
    }
  };
  name();
  // The sidebar is drawn by its own script, later.
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
})();
