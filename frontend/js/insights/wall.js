// The wall: one board after the other, slowly. Its panel polls like any other; which board stands is kept across refreshes.
function boards(wall) {
  return [...wall.querySelectorAll("[data-wall-board]")];
}

class Wall extends HTMLElement {
  connectedCallback() {
    this.standing = 0;
    this.paused = false;
    this.show();
    this.timer = setInterval(() => { if (!this.paused && !document.hidden) this.step(1); }, this.seconds() * 1000);
    this.addEventListener("click", (event) => this.pressed(event));
    this.swapped = () => this.show();
    this.keyed = (event) => this.key(event);
    document.addEventListener("htmx:after:swap", this.swapped);
    document.addEventListener("keydown", this.keyed);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("htmx:after:swap", this.swapped);
    document.removeEventListener("keydown", this.keyed);
  }

  seconds() {
    return Math.max(5, Number(this.getAttribute("seconds")) || 30);
  }

  step(by) {
    this.standing += by;
    this.show();
  }

  show() {
    const all = boards(this);
    if (!all.length) return;
    this.standing = (this.standing + all.length) % all.length;
    all.forEach((board, place) => { board.hidden = place !== this.standing; });
    this.toggleAttribute("ready", true);
    const place = this.querySelector("[data-wall-place]");
    if (place) place.textContent = `${this.standing + 1} / ${all.length}`;
  }

  pressed(event) {
    const button = event.target.closest("[data-wall-do]");
    if (!button) return;
    if (button.dataset.wallDo === "pause") this.pause();
    else if (button.dataset.wallDo === "full") this.full();
    else this.step(button.dataset.wallDo === "back" ? -1 : 1);
  }

  pause() {
    this.paused = !this.paused;
    this.toggleAttribute("paused", this.paused);
    this.querySelector('[data-wall-do="pause"]')?.setAttribute("aria-pressed", String(this.paused));
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }

  key(event) {
    if (event.key === "ArrowRight") this.step(1);
    if (event.key === "ArrowLeft") this.step(-1);
    if (event.key === " " && !event.target.closest("button, a")) {
      event.preventDefault();
      this.pause();
    }
  }
}

customElements.define("accord-wall", Wall);
