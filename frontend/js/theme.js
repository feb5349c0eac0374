// Light, dark or as the device says: switched in place, kept in the cookie the server renders from.
const YEAR = 60 * 60 * 24 * 365;

function announce() {
  document.dispatchEvent(new CustomEvent("accord:theme"));
}

function apply(theme) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `accord_theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  document.documentElement.dataset.bsTheme = theme;
  for (const button of document.querySelectorAll("[data-theme-form] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  announce();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  apply(event.submitter.value);
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
