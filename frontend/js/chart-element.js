// <accord-chart kind="trend" source="id-of-json-script" label="…">a table as fallback</accord-chart>
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

  async draw() {
    this.nearby.disconnect();
    try {
      const { draw } = await load();
      if (!this.isConnected || this.chart) return;
      const content = document.getElementById(this.getAttribute("source")).textContent;
      this.chart = draw(this, this.getAttribute("kind"), JSON.parse(content));
    } catch (error) {
      this.toggleAttribute("failed", true); // the table of numbers takes its place
      throw error;
    }
  }
}

customElements.define("accord-chart", ChartElement);
