// Drawing a zone: tap corners on the map, take one back, close the line. What was drawn stands in a text field that the form sends.
(() => {
  "use strict";
  const { one } = window.phaodai;
  const holder = one("[data-draw]");
  const text = one("[data-outline]");
  if (!holder || !text) return;
  const script = (address) => new Promise((done, fail) => {
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: done, onerror: fail }));
  });
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // The outer line of what the field holds; a drawing of several parts is left as it is until it is drawn anew.
  function corners() {
    try {
      const shape = JSON.parse(text.value);
      return shape.type === "Polygon" ? shape.coordinates[0].slice(0, -1).map(([east, north]) => [north, east]) : [];
    } catch { return []; }
  }

  async function start() {
    document.head.prepend(Object.assign(document.createElement("link"), { rel: "stylesheet", href: holder.dataset.sheet }));
    await script(holder.dataset.library);
    const ground = await (await fetch(holder.dataset.draw, { headers: { Accept: "application/json" } })).json();
    const { L } = window;
    const map = L.map(holder, { attributionControl: false, zoomSnap: 0.25, doubleClickZoom: false });
    const layer = L.geoJSON(ground, {
      style: { color: token("edge"), weight: 1, fillColor: token("sheet"), fillOpacity: 1 },
      onEachFeature: (feature, shape) => shape.bindTooltip(feature.properties.name, { permanent: ground.features.length < 12, direction: "center", className: "ground-name" }),
      interactive: false,
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [8, 8] });

    let points = corners();
    let closed = points.length > 2;
    const line = L.polyline([], { color: token("act"), weight: 3 }).addTo(map);
    const area = L.polygon([], { color: token("act"), weight: 3, fillOpacity: 0.25 }).addTo(map);
    const dots = L.layerGroup().addTo(map);
    const [undo, close, clear] = ["undo", "close", "clear"].map((name) => one(`[data-draw-${name}]`));

    function draw() {
      line.setLatLngs(closed ? [] : points);
      area.setLatLngs(closed ? points : []);
      dots.clearLayers();
      points.forEach((point) => L.circleMarker(point, { radius: 5, color: token("act"), fillColor: token("sheet"), fillOpacity: 1, weight: 2, interactive: false }).addTo(dots));
      undo.disabled = clear.disabled = !points.length;
      close.disabled = closed || points.length < 3;
      holder.dataset.corners = String(points.length);
    }
    function keep() {
      const ring = points.map(([north, east]) => [Number(east.toFixed(6)), Number(north.toFixed(6))]);
      text.value = points.length ? JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] }) : "";
      text.dispatchEvent(new Event("input", { bubbles: true }));
      draw();
    }
    map.on("click", (event) => { closed = false; points.push([event.latlng.lat, event.latlng.lng]); keep(); });
    undo.addEventListener("click", () => { if (closed) closed = false; else points.pop(); keep(); });
    close.addEventListener("click", () => { closed = true; keep(); });
    clear.addEventListener("click", () => { points = []; closed = false; keep(); });
    if (points.length > 2) map.fitBounds(L.latLngBounds(points), { padding: [40, 40] });
    draw();
    holder.dataset.ready = "yes";
  }
  start().catch(() => { holder.dataset.ready = "failed"; text.closest(".draw-text").classList.add("shown"); });
})();
