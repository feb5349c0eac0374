// Says to screen readers what changed where the eye would see it.
let region;

/** The region has to be there before anything is said, or the first sentence is lost. */
export function hearAnnouncements() {
  region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("aria-live", "polite");
  region.id = "announcements";
  document.body.append(region);
}

export function announce(sentence) {
  if (!sentence || !region) return;
  // The same sentence twice would be silent: the text has to differ.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}
