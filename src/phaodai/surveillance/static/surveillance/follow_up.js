// The follow-up grid: keys write into the cell one stands on; the server answers with the cell as it now stands.
(() => {
  "use strict";
  const { one, all, say, words } = window.phaodai;
  const panel = one("[data-follow]");
  const table = panel && one("table.fu", panel);
  const editor = one("#follow-editor");
  if (!table || !editor) return;
  const KEYS = { 1: "well", 2: "symptoms", 3: "not_seen" };
  const RETRY_SECONDS = 10;
  const said = one("[data-editor-said]", editor);
  const theirs = one("[data-keep-theirs]", editor);
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  let editing = null;

  const days = all("thead th[data-day]", table).map((cell) => cell.dataset.day);
  const writable = () => all("td[data-v]", table);
  const dayOf = (cell) => days[cell.cellIndex - 3];
  const contactOf = (cell) => cell.closest("tr").dataset.contact;

  function stand(cell) {
    if (!cell) return;
    all("td[tabindex]", table).forEach((other) => other.removeAttribute("tabindex"));
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function upDown(cell, by) {
    const way = by > 0 ? "nextElementSibling" : "previousElementSibling";
    for (let row = cell.closest("tr")[way]; row; row = row[way]) {
      const next = row.cells[cell.cellIndex];
      if (next?.dataset.v !== undefined) return next;
    }
    return null;
  }
  function along(cell, by) {
    const list = writable();
    return list[list.indexOf(cell) + by] ?? null;
  }

  function put(cell, html) {
    const template = document.createElement("template");
    template.innerHTML = `<table><tbody><tr>${html}</tr></tbody></table>`;
    const fresh = template.content.querySelector("td");
    const here = document.activeElement === cell;
    cell.replaceWith(fresh);
    fresh.classList.add("saved");
    setTimeout(() => fresh.classList.remove("saved"), 2000);
    if (here) stand(fresh);
    return fresh;
  }

  async function send(url, data, cell) {
    const headers = { ...token, "X-Requested-With": "fetch", "X-Request-Key": crypto.randomUUID?.() ?? String(Date.now()) };
    for (;;) {
      try {
        const answer = await fetch(url, { method: "POST", body: new URLSearchParams(data), headers });
        if (answer.status < 500) { cell?.classList.remove("unsaved"); return answer; }
      } catch { /* no network: the same value is sent again below */ }
      cell?.classList.add("unsaved");
      say(words.retry, RETRY_SECONDS);
      await new Promise((wake) => setTimeout(wake, RETRY_SECONDS * 1000));
    }
  }

  async function write(cell, values) {
    const data = [["contact", contactOf(cell)], ["day", dayOf(cell)], ["version", cell.dataset.v], ...values];
    const answer = await send(panel.dataset.cellUrl, data, cell);
    if (!answer.headers.get("content-type")?.includes("json")) { say(words.refused, 6); return null; }
    const told = await answer.json();
    if (answer.ok) {
      const fresh = put(cell, told.cell);
      one("[data-suspicion]", panel).innerHTML = told.note ?? "";
      say(words.saved, 2);
      return fresh;
    }
    if (editing !== cell) edit(cell, values.find(([name]) => name === "state")[1]);
    said.textContent = told.theirs ? `${told.message} ${told.theirs}` : told.message;
    said.className = "error";
    theirs.hidden = answer.status !== 409;
    editor.dataset.theirs = told.cell ?? "";
    const seen = document.createElement("template");
    seen.innerHTML = `<table><tbody><tr>${told.cell ?? ""}</tr></tbody></table>`;
    if (answer.status === 409) cell.dataset.v = seen.content.querySelector("td").dataset.v;
    return null;
  }

  async function household(cell) {
    const home = [];
    let row = cell.closest("tr");
    while (row.previousElementSibling?.dataset.contact) row = row.previousElementSibling;
    // Strangers who rode one bus are no household: nobody answers for them.
    if (row.previousElementSibling?.dataset.home === undefined) { await write(cell, [["state", "well"]]); return; }
    for (; row?.dataset.contact; row = row.nextElementSibling) if (row.cells[cell.cellIndex].dataset.v !== undefined) home.push(row);
    const data = [["home", home.map((each) => each.dataset.contact).join(",")], ["day", dayOf(cell)], ["by", contactOf(cell)]];
    const answer = await send(panel.dataset.householdUrl, data, cell);
    if (!answer.ok || !answer.headers.get("content-type")?.includes("json")) { say(words.refused, 6); return; }
    const { cells } = await answer.json();
    const at = cell.cellIndex;
    home.forEach((each) => { if (cells[each.dataset.contact]) put(each.cells[at], cells[each.dataset.contact]); });
    say(words.saved, 2);
  }

  function edit(cell, state) {
    editing = cell;
    editor.reset();
    const chosen = state ?? cell.dataset.s ?? "well";
    one(`input[value="${chosen}"]`, editor).checked = true;
    const known = (cell.dataset.symptoms ?? "").split(", ");
    all("input[name=symptoms]", editor).forEach((box) => { box.checked = known.includes(box.value); });
    editor.elements.temperature.value = cell.dataset.t ?? "";
    one("[data-editor-title]", editor).textContent = `${one(".who a", cell.closest("tr")).textContent}, ${one(`th[data-day="${dayOf(cell)}"] b`, table).textContent}`;
    said.textContent = "";
    theirs.hidden = true;
    editor.hidden = false;
    const box = cell.getBoundingClientRect();
    const frame = panel.getBoundingClientRect();
    editor.style.left = `${Math.max(4, Math.min(box.right - frame.left + 10, frame.width - editor.offsetWidth - 8))}px`;
    editor.style.top = `${box.top - frame.top - 8}px`;
    one(chosen === "symptoms" ? "input[name=symptoms]" : "input[name=state]:checked", editor).focus({ preventScroll: true });
    editor.scrollIntoView({ block: "nearest" });
  }
  function leave() {
    editor.hidden = true;
    const cell = editing;
    editing = null;
    if (cell?.isConnected) stand(cell);
  }

  editor.addEventListener("submit", async (event) => {
    event.preventDefault();
    const cell = editing;
    const fresh = await write(cell, [...new FormData(editor)]);
    if (!fresh) return;
    editing = fresh;
    leave();
    stand(upDown(fresh, 1) ?? fresh);
  });
  editor.addEventListener("click", (event) => {
    if (event.target.closest("[data-cancel]")) leave();
    if (event.target.closest("[data-keep-theirs]")) { editing = put(editing, editor.dataset.theirs); leave(); }
  });
  editor.addEventListener("change", (event) => {
    if (event.target.name === "symptoms" && event.target.checked) one("input[value=symptoms]", editor).checked = true;
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(); return; }
    if (KEYS[event.key] && event.target.name !== "temperature") {
      event.preventDefault();
      event.stopPropagation();
      one(`input[value="${KEYS[event.key]}"]`, editor).checked = true;
      if (event.key === "2") one("input[name=symptoms]", editor).focus();
    }
    event.stopPropagation();
    if (event.key === "Enter" && event.target.type !== "submit" && event.target.type !== "button") { event.preventDefault(); editor.requestSubmit(); }
  });

  const moves = {
    ArrowDown: (cell) => upDown(cell, 1), ArrowUp: (cell) => upDown(cell, -1),
    ArrowRight: (cell) => along(cell, 1), ArrowLeft: (cell) => along(cell, -1),
  };
  table.addEventListener("keydown", async (event) => {
    const cell = event.target.closest("td[data-v]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key] ?? (event.key === "Tab" ? (from) => along(from, event.shiftKey ? -1 : 1) : null);
    if (move) {
      const next = move(cell);
      if (next || event.key !== "Tab") event.preventDefault();
      stand(next);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      one(".chips a", panel)?.focus();
    } else if (event.key === "2" || event.key === "Enter") {
      event.preventDefault();
      edit(cell, event.key === "2" ? "symptoms" : undefined);
    } else if (KEYS[event.key]) {
      event.preventDefault();
      const next = upDown(cell, 1);
      const fresh = write(cell, [["state", KEYS[event.key]]]);
      if (next) stand(next); else stand(await fresh);
    } else if (event.key === "0") {
      event.preventDefault();
      await household(cell);
    }
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-v]");
    if (cell) { stand(cell); edit(cell); }
  });
  panel.addEventListener("change", (event) => {
    if (!event.target.matches("[data-choose-group]")) return;
    for (let row = event.target.closest("tr").nextElementSibling; row?.dataset.contact; row = row.nextElementSibling) {
      const box = one("input[name=row]", row);
      if (box.checked !== event.target.checked) box.click();
    }
  });

  // One stands on the first cell of today that nobody has written yet, so that a nurse can begin to type.
  const today = one("thead .tod", table)?.cellIndex;
  const open = writable().find((cell) => cell.cellIndex === today && !cell.dataset.s && !cell.textContent.trim()) ?? writable()[0];
  if (open) open.tabIndex = 0;
})();
