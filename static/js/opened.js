// Tells which answer to a search was opened: the words and the address, nothing about the reader.
// Browsers that ask not to be followed tell nothing.
export function start(answers) {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1" || !navigator.sendBeacon) return;
  const { opened, openedQuery } = answers.dataset;
  const tell = (event) => {
    const link = event.target.closest(".mc-row__title a, .mc-beside a");
    if (!link || event.button > 1) return;
    navigator.sendBeacon(opened, new URLSearchParams({ q: openedQuery, url: link.pathname }));
  };
  answers.addEventListener("click", tell);
  answers.addEventListener("auxclick", tell);
}
