// Figures: drawing or table (T), and the legend of a map as its filter.
(() => {
  "use strict";
  const { one, all, words, commands } = window.phaodai;

  function turn(figure) {
    const drawing = one(".drawing", figure);
    const numbers = one(".numbers", figure);
    if (!drawing || !numbers) return;
    drawing.hidden = !drawing.hidden;
    numbers.hidden = !drawing.hidden;
    const button = one("[data-turn]", figure);
    if (button) button.textContent = drawing.hidden ? words.showDrawing : words.showTable;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turn]");
    if (button) turn(button.closest("figure"));
  });
  commands.T = commands.t = () => {
    const figures = all("figure.chart");
    const seen = figures.find((figure) => figure.contains(document.activeElement)) ?? figures.find((figure) => figure.getBoundingClientRect().bottom > 60);
    if (seen) turn(seen);
  };

  // The legend is the filter: a level switched off leaves the drawing and the list.
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-level-filter]");
    if (!key) return;
    const shown = key.getAttribute("aria-pressed") === "false";
    key.setAttribute("aria-pressed", String(shown));
    all(`[data-level="${key.dataset.levelFilter}"]`, key.closest("figure, section")).forEach((each) => { each.classList.toggle("dimmed", !shown); });
  });
})();
