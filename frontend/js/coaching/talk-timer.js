// How long two people have been talking. It only counts; nothing rings and nothing ends by itself.
class TalkTimer extends HTMLElement {
  connectedCallback() {
    this.begun = Date.parse(this.dataset.begun);
    this.planned = Number(this.dataset.minutes);
    this.show();
    this.timer = setInterval(() => this.show(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const seconds = Math.max(Math.floor((Date.now() - this.begun) / 1000), 0);
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    this.querySelector("[data-clock]").textContent = hours ? `${hours}:${rest}` : rest;
    this.querySelector("progress").value = Math.min(seconds / 60, this.planned);
    if (seconds < this.planned * 60 || this.hasAttribute("data-is-over")) return;
    this.setAttribute("data-is-over", "");
    this.querySelector("[data-of]").textContent = this.dataset.over;
  }
}

customElements.define("talk-timer", TalkTimer);
