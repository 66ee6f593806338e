// The map of levels moved in time: outlines stand, one digit a unit and day changes them. Arrows of the slider are days.
(() => {
  "use strict";
  const { one, all } = window.phaodai;
  const root = one("[data-levels]");
  const slider = root && one("[data-slider]", root);
  if (!slider) return;

  const marks = one("[data-marks]", root).content;
  const copy = (name) => marks.querySelector(`[data-mark="${name}"]`).cloneNode(true).childNodes;
  const word = (name) => marks.querySelector(`[data-mark="${name}"]`).textContent;
  const field = one("#ngay", root);
  const list = one("[data-list]", root);
  const svg = one(".register-map", root);
  const language = document.documentElement.lang;
  const write = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "vi-VN", { weekday: "short", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
  let year = null;

  const dayOf = (place) => new Date(Date.parse(year.first) + place * 864e5);
  const digit = (place, unit) => (place < 0 ? "0" : year.days[place][unit]);

  function paint(unit, level) {
    unit.shapes.forEach((path) => {
      path.setAttribute("class", level > "2" ? `hatched-${level}` : `fill-${level}`);
      const marked = path.closest("a") ?? path;
      marked.dataset.level = level;
      marked.classList.toggle("dimmed", unit.hidden(level));
      path.firstElementChild.textContent = level === "0" ? unit.name : `${unit.name}: ${word(level)}`;
    });
    unit.rows.forEach((row) => {
      row.dataset.level = level;
      row.classList.toggle("dimmed", unit.hidden(level));
      row.lastElementChild.replaceChildren(...copy(level));
    });
    unit.level = level;
  }

  function gather() {
    const off = (level) => one(`[data-level-filter="${level}"]`, root)?.getAttribute("aria-pressed") === "false";
    year.all = year.units.map((key) => {
      const shapes = all(`path[data-unit="${key}"]`, root);
      const rows = all(`tr[data-unit="${key}"]`, root);
      const name = rows[0]?.firstElementChild.textContent ?? "";
      return { key, shapes, rows, name, hidden: off, level: rows[0]?.dataset.level };
    });
    year.order = new Map(year.all.map((unit, place) => [unit.key, place]));
  }

  function arrow(unit, up) {
    const box = unit.shapes[0].getBBox();
    const turn = document.createElementNS("http://www.w3.org/2000/svg", "g");
    turn.setAttribute("class", "turn");
    turn.setAttribute("aria-hidden", "true");
    turn.setAttribute("transform", `translate(${box.x + box.width / 2} ${box.y + box.height / 2})`);
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    circle.setAttribute("r", "7.5");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", up ? "M0 4V-3.6M-3 -1L0 -4 3 -1" : "M0 -4V3.6M-3 1L0 4 3 1");
    turn.append(circle, line);
    return turn;
  }

  function turned(place) {
    if (!svg) return;
    all(".turn", svg).forEach((each) => each.remove());
    let told = one(".turns", root);
    if (!told) { told = document.createElement("div"); told.className = "turns"; svg.after(told); }
    told.replaceChildren();
    year.all.forEach((unit, number) => {
      const before = digit(place - year.week, number);
      if (before === "0" || unit.level === "0" || before === unit.level || !unit.shapes.length) return;
      svg.append(arrow(unit, unit.level > before));
      const line = document.createElement("p");
      const name = document.createElement("b");
      name.textContent = unit.name;
      line.append(...copy(unit.level > before ? "up" : "down"), name, document.createElement("br"), ...copy(before), ...copy("then"), ...copy(unit.level));
      told.append(line);
    });
    told.hidden = !told.children.length;
  }

  function count() {
    const counts = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0 };
    year.all.forEach((unit) => { counts[unit.level] += 1; });
    all("[data-level-filter]", root).forEach((key) => {
      const text = key.lastElementChild.lastChild;
      text.textContent = text.textContent.replace(/^\s*\d+/, counts[key.dataset.levelFilter]);
    });
    const unknown = one("[data-unknown]", root);
    if (unknown) unknown.textContent = counts[0] ? `${counts[0]} ${word("unknown")}` : "";
  }

  function sort() {
    const rows = [...list.children].sort((a, b) => b.dataset.level - a.dataset.level || year.order.get(a.dataset.unit) - year.order.get(b.dataset.unit));
    list.replaceChildren(...rows);
  }

  function say(place) {
    const iso = dayOf(place).toISOString().slice(0, 10);
    const law = year.laws.filter(([from]) => from <= place).at(-1)?.[1];
    const words = write.format(dayOf(place));
    field.value = iso;
    slider.setAttribute("aria-valuetext", words);
    one("[data-law]", root).textContent = law ? `${words}, ${word("law")} ${law}` : words;
    const caption = one("figcaption .q", root);
    if (caption) caption.textContent = words;
    const address = new URL(location.href);
    address.searchParams.set("ngay", iso);
    history.replaceState(history.state, "", address);
    return iso;
  }

  function show(place) {
    const started = performance.now();
    year.all.forEach((unit, number) => {
      const level = digit(place, number);
      if (level !== unit.level) paint(unit, level);
    });
    turned(place);
    count();
    sort();
    const iso = say(place);
    all("a[href*='don-vi/']", root).forEach((link) => { link.setAttribute("href", link.getAttribute("href").replace(/ngay=[\d-]+/, `ngay=${iso}`)); });
    root.dataset.milliseconds = (performance.now() - started).toFixed(1);
  }

  const move = (days) => {
    slider.value = String(Math.min(Math.max(Number(slider.value) + days, 0), Number(slider.max)));
    show(Number(slider.value));
  };

  // The legend's own handler runs after this one; the list follows the map once it has.
  const filter = (event) => {
    if (event.target.closest("[data-level-filter]")) requestAnimationFrame(() => year.all.forEach((unit) => paint(unit, unit.level)));
  };

  async function start() {
    year = await (await fetch(root.dataset.levels, { headers: { Accept: "application/json" } })).json();
    gather();
    [slider, ...all("[data-step]", root)].forEach((each) => { each.hidden = false; });
    slider.addEventListener("input", () => show(Number(slider.value)));
    all("[data-step]", root).forEach((button) => button.addEventListener("click", () => move(Number(button.dataset.step))));
    root.addEventListener("click", filter);
    show(Number(slider.value));
    root.dataset.ready = "yes";
  }
  start().catch(() => { root.dataset.ready = "failed"; });
})();
