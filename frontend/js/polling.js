// Live panels poll (`hx-trigger="every 15s"`). A hidden tab stays silent, and an unchanged panel costs a 304:
// sending If-None-Match by hand lets htmx see the 304 and leave the page alone.
const tags = new WeakMap();

function polls(element) {
  return element.getAttribute("hx-trigger")?.includes("every ");
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const known = tags.get(ctx.sourceElement);
  if (known?.url === ctx.request.action) ctx.request.headers["If-None-Match"] = known.tag;
});

document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && polls(event.target)) event.preventDefault();
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const tag = ctx.response.headers.get("ETag");
  if (tag && polls(ctx.sourceElement)) tags.set(ctx.sourceElement, { url: ctx.request.action, tag });
});
