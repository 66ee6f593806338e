// A reading without a network: kept in this phone until the server has it, sent once under its own key. Alarm signs are said at once.
const { OfflineQueue } = await import(document.body.dataset.queue);
const form = document.getElementById("reading"), said = document.getElementById("said"), alarm = document.getElementById("alarm");
const words = document.getElementById("words").dataset, low = Number(document.body.dataset.low) || 0;
const queue = new OfflineQueue({ name: `phaodai-reading-${location.pathname}`, send, batch: 1, patience: 30 });

const token = () => form.elements.namedItem("csrfmiddlewaretoken").value;
async function send([entry]) {
  const body = new FormData();
  for (const [name, value] of entry.body) body.append(name, value);
  const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Send-Later": "1" }, credentials: "same-origin" });
  const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
  if (!told) throw new Error(String(answer.status));
  return [{ key: entry.key, ...told }];
}

function say(text) { said.textContent = text; said.hidden = !text; }
function looksBad() {
  const oxygen = Number(form.elements.namedItem("spo2").value);
  return Boolean(form.querySelector("[data-urgent] input:checked")) || (oxygen > 0 && oxygen <= low);
}
function warn() {
  if (!looksBad()) return;
  alarm.hidden = false;
  alarm.querySelector(".family-urgent").hidden = false;
}
form.addEventListener("change", warn);

queue.addEventListener("answers", ({ detail }) => {
  const refused = detail.find((answer) => answer.outcome === "refused");
  if (refused) { say(`${words.refused} ${refused.words}`); queue.drop(refused.key); return; }
  say(words.sent);
  location.reload();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  warn();
  // The hour of measuring, not of sending; a second tap sends the same reading, not a second one.
  form.elements.namedItem("at").value = new Date().toISOString();
  const button = form.querySelector("button.go");
  button.disabled = true;
  try {
    await queue.add([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  } catch {
    form.submit(); // This browser keeps nothing: the form goes the plain way.
    return;
  }
  form.elements.namedItem("key").value = crypto.randomUUID?.() ?? form.elements.namedItem("key").value;
  await queue.flush();
  const { waiting } = await queue.counts();
  if (waiting) { say(words.kept); said.scrollIntoView({ block: "center" }); }
  button.disabled = false;
});
addEventListener("online", () => queue.flush());
await queue.open();
queue.flush();
