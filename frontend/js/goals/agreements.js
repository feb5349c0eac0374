// A slider beside each number that has room to be agreed in, and the running sum of weights that are balanced together.
// Without this script the numbers are typed, and the server says what they sum to.
function addSlider(number) {
  if (number.dataset.slid !== undefined) return;
  number.dataset.slid = "";
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: number.min, max: number.max, step: stepOf(number), value: number.value });
  slider.className = "agreement-slider";
  slider.setAttribute("aria-label", number.labels[0]?.textContent.trim() ?? "");
  slider.addEventListener("input", () => { number.value = slider.value; });
  number.addEventListener("input", () => { slider.value = number.value; });
  number.after(slider);
}

// A hundredth of the room, as a round number: nobody agrees on 24.3719.
function stepOf(number) {
  const room = Number(number.max) - Number(number.min);
  return room > 0 ? 10 ** Math.floor(Math.log10(room / 20)) : 1;
}

function showSum(form) {
  const total = form.querySelector(".agreement-total");
  // In ten-thousandths of a percent, so that no binary fraction gets in between.
  const sum = [...form.querySelectorAll("[data-sums]")].reduce((so, field) => so + Math.round(Number(field.value) * 1e4), 0);
  total.hidden = false;
  total.textContent = `${sum / 1e4}%`;
  total.dataset.whole = String(sum === 1e6);
}

function enliven(root) {
  for (const number of root.querySelectorAll("input[data-slide]")) addSlider(number);
  for (const form of root.querySelectorAll("form[data-agreement-weights]")) showSum(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-agreement-weights]");
  if (form) showSum(form);
});
document.addEventListener("htmx:after:swap", () => enliven(document));
enliven(document);
