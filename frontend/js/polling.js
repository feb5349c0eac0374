// Live panels poll (`hx-trigger="every 15s"`). A hidden tab stays silent, and an unchanged panel costs a 304:
// sending If-None-Match by hand lets htmx see the 304 and leave the page alone.
// A panel may replace itself (outerHTML), so its tag is kept by address and id, not by element.
const tags = new Map();

function polls(element) {
  return element.getAttribute("hx-trigger")?.includes("every ");
}

function key({ sourceElement, request }) {
  return `${request.action} ${sourceElement.id}`;
}

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (!polls(ctx.sourceElement)) return;
  if (document.hidden) event.preventDefault();
  const tag = tags.get(key(ctx));
  if (tag) ctx.request.headers["If-None-Match"] = tag;
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const tag = ctx.response.headers.get("ETag");
  if (tag && polls(ctx.sourceElement)) tags.set(key(ctx), tag);
});
