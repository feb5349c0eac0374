// <accord-chart kind="trend" source="id-of-json-script" label="…">a table as fallback</accord-chart>
// Without a source it waits for `show(payload)`, which also changes what is drawn.
// The chart library is large, so it is fetched when the first chart of a page comes near the screen.
let library;

function load() {
  library ??= import(document.querySelector('meta[name="accord-charts"]').content);
  return library;
}

class ChartElement extends HTMLElement {
  connectedCallback() {
    this.nearby = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.draw();
    }, { rootMargin: "200px" });
    this.nearby.observe(this);
  }

  disconnectedCallback() {
    this.nearby.disconnect();
    this.chart?.dispose();
    this.chart = undefined;
  }

  show(payload) {
    this.payload = payload;
    if (this.chart) this.chart.show(payload);
    else if (this.isConnected) this.draw();
  }

  /** A PNG of the drawing; nothing before it is drawn. */
  async picture() {
    return this.chart?.picture();
  }

  /** What the page came with, where it came with anything. */
  written() {
    const source = document.getElementById(this.getAttribute("source"));
    return source && JSON.parse(source.textContent);
  }

  async draw() {
    this.nearby.disconnect();
    try {
      const { draw } = await load();
      if (!this.isConnected || this.chart) return;
      const payload = this.payload ?? this.written();
      if (payload) this.chart = draw(this, this.getAttribute("kind"), payload);
    } catch (error) {
      this.toggleAttribute("failed", true); // the table of numbers takes its place
      throw error;
    }
  }
}

customElements.define("accord-chart", ChartElement);
