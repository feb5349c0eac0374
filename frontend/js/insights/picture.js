// <button data-chart-picture="name of the file"> saves the chart of its card as a PNG, as it is drawn now.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-chart-picture]");
  const blob = await button?.closest(".card").querySelector("accord-chart")?.picture();
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${button.dataset.chartPicture}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
