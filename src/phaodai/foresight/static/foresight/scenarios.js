// The map of the bench ticks the list beside it, which works by itself; both show the same choice.
"use strict";

for (const form of document.querySelectorAll("[data-communes]")) {
  const boxes = new Map([...form.querySelectorAll("input[name=area]")].map((box) => [box.value, box]));
  const shapes = [...form.querySelectorAll(".register-map path[data-unit]")];
  const count = form.querySelector("[data-count-chosen]");

  const show = () => {
    for (const shape of shapes) shape.classList.toggle("chosen", Boolean(boxes.get(shape.dataset.unit)?.checked));
    const chosen = [...boxes.values()].filter((box) => box.checked).length;
    if (count) count.textContent = chosen ? `${chosen} / ${boxes.size}` : "";
  };

  form.addEventListener("change", show);
  for (const shape of shapes) {
    shape.addEventListener("click", () => {
      const box = boxes.get(shape.dataset.unit);
      if (!box) return;
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  show();
}
