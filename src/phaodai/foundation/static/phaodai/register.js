// Registers: chosen rows, branches, cells edited in place, the span of a clause.
(() => {
  "use strict";
  const { one, all, say, words, here, goTo, commands } = window.phaodai;
  let lastTicked = null;
  let lastAction = null;

  const boxes = (form) => all(`input[name=row][form="${form}"]`);

  function count(form) {
    const bar = one(`[data-bulk="${form}"]`);
    if (!bar) return;
    const list = boxes(form);
    const chosen = list.filter((box) => box.checked).length;
    list.forEach((box) => box.closest("tr").classList.toggle("selected", box.checked));
    one("[data-bulk-count]", bar).textContent = chosen ? `${words.chosen.replace("{count}", chosen)} ${bar.dataset.noun}` : words.none;
    all("button", bar).forEach((button) => { button.disabled = !chosen; });
    bar.hidden = !chosen;
    const every = one(`[data-select-all="${form}"]`);
    if (every) { every.checked = chosen === list.length; every.indeterminate = chosen > 0 && chosen < list.length; }
  }

  // A row's tick carries its branch along.
  function below(row) {
    const depth = Number(row.dataset.depth ?? 0);
    const found = [];
    for (let next = row.nextElementSibling; next && Number(next.dataset.depth ?? 0) > depth; next = next.nextElementSibling) found.push(next);
    return found;
  }

  function tick(box, value, range) {
    const list = boxes(box.getAttribute("form"));
    const from = range && lastTicked ? list.indexOf(lastTicked) : -1;
    const at = list.indexOf(box);
    const touched = from < 0 ? [box] : list.slice(Math.min(from, at), Math.max(from, at) + 1);
    touched.forEach((each) => { each.checked = value; });
    if (from < 0) below(box.closest("tr")).forEach((row) => { const own = one("input[name=row]", row); if (own) own.checked = value; });
    lastTicked = box;
    count(box.getAttribute("form"));
  }

  document.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=row][form]");
    if (box) tick(box, box.checked, event.shiftKey);
    const action = event.target.closest("[data-bulk] button");
    if (action) lastAction = action;
  });
  document.addEventListener("change", (event) => {
    const form = event.target.dataset?.selectAll;
    if (!form) return;
    boxes(form).forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });

  function choose(range) {
    const box = one("input[name=row]", here() ?? document.createElement("i"));
    if (box) tick(box, range || !box.checked, range);
  }
  commands.x = () => choose(false);
  commands.X = () => choose(true);
  commands.a = () => one("[data-bulk]:not([hidden]) button")?.focus();
  commands["."] = () => { if (lastAction?.isConnected && !lastAction.disabled) lastAction.click(); };

  // The rows of a branch come once; afterwards they are hidden.
  async function branch(button, open) {
    const row = button.closest("tr");
    button.setAttribute("aria-expanded", String(open));
    const rows = below(row);
    if (open && !rows.length && button.dataset.branch) {
      await window.htmx.ajax("GET", button.dataset.branch, { source: button, target: row, swap: "afterend" });
      return;
    }
    const shut = new Set();
    rows.forEach((each) => {
      const own = one(".branch", each);
      const depth = Number(each.dataset.depth);
      const hidden = !open || [...shut].some((outer) => outer < depth);
      each.hidden = hidden;
      shut.forEach((outer) => { if (outer >= depth) shut.delete(outer); });
      if (own?.getAttribute("aria-expanded") === "false") shut.add(depth);
    });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".branch");
    if (button) branch(button, button.getAttribute("aria-expanded") !== "true");
  });
  const turn = (open) => () => {
    const button = one(".branch", here() ?? document.createElement("i"));
    if (button && button.getAttribute("aria-expanded") !== String(open)) branch(button, open);
  };
  commands.ArrowRight = turn(true);
  commands.ArrowLeft = turn(false);

  let before = null;
  let next = null;

  function edit(cell) {
    if (!cell || one("[data-editing]")) return;
    before = cell.cloneNode(true);
    window.htmx.trigger(cell, "edit");
  }
  function restore(editing) {
    const cell = before;
    editing.replaceWith(cell);
    window.htmx.process(cell);
    cell.focus();
  }
  commands.e = () => {
    const correct = one("[data-correct]", here() ?? document.createElement("i"));
    if (correct) { correct.click(); return; }
    const cell = document.activeElement?.closest("[data-edit]") ?? one("[data-edit]", here() ?? document.createElement("i"));
    if (cell) edit(cell); else one("form :is(input:not([type=hidden]), textarea, select)", here() ?? document.createElement("i"))?.focus();
  };
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-edit]");
    if (cell && !event.target.closest("a, button, summary, input, select, .pop")) edit(cell);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-edit]")) { event.preventDefault(); edit(event.target); }
    const editing = event.target.closest("[data-editing]");
    if (!editing) return;
    if (event.key === "Escape") { event.stopPropagation(); restore(editing); }
    if (event.key === "Enter" && !event.target.matches("textarea")) {
      const column = [...editing.parentElement.cells].indexOf(editing);
      next = () => {
        let row = one(".saved")?.parentElement?.nextElementSibling;
        while (row && !row.cells[column]?.matches("[data-edit]")) row = row.nextElementSibling;
        if (row) edit(row.cells[column]); else one(".saved")?.focus();
      };
    }
  });
  document.addEventListener("htmx:afterSettle", () => {
    const control = one("[data-editing] input:not([type=hidden]), [data-editing] select, [data-editing] textarea");
    if (control && document.activeElement !== control) { control.focus(); control.select?.(); }
    const saved = one("td.saved");
    if (!saved) return;
    say(words.saved, 2);
    const onward = next;
    next = null;
    onward?.();
    setTimeout(() => saved.classList.remove("saved"), 2000);
  });

  // A row that is looked at lights up its span in the source.
  function light(row) {
    if (!row?.dataset.span) return;
    all(".source .current").forEach((mark) => mark.classList.remove("current"));
    all("[data-span].current").forEach((other) => other.classList.remove("current"));
    row.classList.add("current");
    const mark = document.getElementById(row.dataset.span);
    mark?.classList.add("current");
    mark?.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("focusin", (event) => light(event.target.closest("[data-span]")));
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".source [id]");
    if (mark) goTo(one(`[data-span="${CSS.escape(mark.id)}"]`));
  });

  const countAll = () => all("[data-bulk]").forEach((bar) => count(bar.dataset.bulk));
  document.addEventListener("htmx:afterSettle", countAll);
  countAll();
})();
