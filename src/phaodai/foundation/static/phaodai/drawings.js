// Interactive charts and maps. A page loads this only with one of them; their libraries load when one comes into sight.
(() => {
  "use strict";
  if (window.phaodai.drawings) return;
  window.phaodai.drawings = true;
  const { one, all } = window.phaodai;

  const loaded = new Map();
  function script(address) {
    if (!loaded.has(address)) {
      loaded.set(address, new Promise((done, fail) => {
        const element = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: fail });
        document.head.append(element);
      }));
    }
    return loaded.get(address);
  }
  function sheet(address) {
    if (one(`link[href="${address}"]`)) return;
    document.head.prepend(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }));
  }
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // Colours of a specification are written as tokens, {"token": "data"} or "var(--data)", and become colours of the present theme here.
  function paint(part) {
    if (typeof part === "string") return part.replace(/var\(--([\w-]+)\)/g, (_all, name) => token(name));
    if (Array.isArray(part)) return part.map(paint);
    if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, paint(value)]));
    return part;
  }

  async function drawVega(holder) {
    if (matchMedia("(max-width: 760px)").matches) return;
    await script(holder.dataset.library);
    const spec = JSON.parse(document.getElementById(holder.dataset.vega).textContent);
    const { vegaEmbed } = window;
    await vegaEmbed(holder, paint(spec), {
      ast: true, actions: false, renderer: "canvas", tooltip: false, defaultStyle: false,
      formatLocale: JSON.parse(holder.dataset.locale),
    });
    holder.dataset.ready = "yes";
  }

  function pattern(map, level) {
    const name = `hatch-${level}`;
    const svg = map.getPanes().overlayPane.querySelector("svg");
    if (!svg || svg.querySelector(`#${name}`)) return;
    const made = document.createElementNS("http://www.w3.org/2000/svg", "pattern");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const attributes = { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    line.setAttribute("d", level === 4 ? "M0 0V6M0 0H6" : "M0 0V6");
    line.setAttribute("stroke", token(`l${level}-on`));
    line.setAttribute("stroke-opacity", level === 4 ? ".55" : ".38");
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    Object.entries({ width: 6, height: 6, fill: token(`l${level}`) }).forEach(([key, value]) => ground.setAttribute(key, value));
    made.append(ground, line);
    svg.append(made);
  }

  async function drawMap(holder) {
    sheet(holder.dataset.sheet);
    await script(holder.dataset.library);
    const outlines = await (await fetch(holder.dataset.map, { headers: { Accept: "application/json" } })).json();
    const { L } = window;
    const map = L.map(holder, { attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false, keyboard: true });
    const style = (feature) => {
      const { level } = feature.properties;
      return { color: token("sheet"), weight: 1, fillOpacity: 1, fillColor: level ? token(`l${level}`) : token("sunk") };
    };
    const layer = L.geoJSON(outlines, {
      style,
      onEachFeature: (feature, shape) => {
        shape.bindTooltip(feature.properties.label ?? feature.properties.name, { sticky: true });
        if (feature.properties.url) shape.on("click", () => { location.href = feature.properties.url; });
      },
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [8, 8] });
    const hatch = () => {
      [3, 4].forEach((level) => pattern(map, level));
      layer.eachLayer((shape) => { const { level } = shape.feature.properties; if (level > 2) shape.setStyle({ fillColor: `url(#hatch-${level})` }); });
    };
    hatch();
    document.addEventListener("phaodai:theme", () => { layer.setStyle(style); all("pattern", map.getPanes().overlayPane).forEach((each) => each.remove()); hatch(); });
    holder.dataset.ready = "yes";
  }

  const draw = (holder) => (holder.dataset.map ? drawMap(holder) : drawVega(holder)).catch(() => { holder.dataset.ready = "failed"; });
  const watcher = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    watcher.unobserve(entry.target);
    draw(entry.target);
  }), { rootMargin: "200px" });
  const watch = () => all("[data-map]:not([data-ready]), [data-vega]:not([data-ready])").forEach((holder) => watcher.observe(holder));
  document.addEventListener("htmx:afterSettle", watch);
  watch();
  document.addEventListener("phaodai:theme", () => all("[data-vega][data-ready=yes]").forEach(drawVega));
})();
