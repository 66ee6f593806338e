// The crew's taps without a network: kept in this phone with their hour, sent in order, each once under its own key.
const form = document.querySelector("form[data-taps]"), said = document.getElementById("said"), words = form.dataset;
const { OfflineQueue, SignInNeeded } = await import(words.taps);
const queue = new OfflineQueue({ name: `phaodai-transfer-${location.pathname}`, send, batch: 1, pause: 0, patience: 30 });

async function send([entry]) {
  const body = new FormData();
  for (const [name, value] of entry.body) body.append(name, value);
  body.append("key", entry.key);
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Send-Later": "1" }, credentials: "same-origin" });
  if (answer.redirected) throw new SignInNeeded();
  const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
  if (!told) throw new Error(String(answer.status));
  return [{ key: entry.key, ...told }];
}

function say(text) { said.textContent = text; said.hidden = !text; }
// What was tapped is done as far as the crew can do it: its button makes room for the next step's.
function show(kept) {
  const tapped = kept.map((entry) => new Map(entry.body).get("viec"));
  for (const button of form.querySelectorAll("button[value]")) {
    button.hidden = tapped.includes(button.value) || (button.dataset.after !== undefined && !tapped.includes(button.dataset.after));
  }
  say(kept.length ? words.kept.replace("{count}", kept.length) : "");
}

queue.addEventListener("answers", async ({ detail }) => {
  const refused = detail.find((answer) => answer.outcome === "refused");
  if (!refused) { if (!(await queue.counts()).waiting) location.reload(); return; }
  // What follows a step that was refused is not sent: the crew looks and taps again.
  for (const entry of await queue.entries()) await queue.drop(entry.key);
  show([]);
  say(`${words.refused} ${refused.words}`);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  const what = event.submitter.value;
  try {
    await queue.add([["viec", what], ["at", new Date().toISOString()]]);
  } catch {
    // This browser keeps nothing: the tap goes the plain way.
    form.elements.namedItem("plain").name = "viec";
    form.elements.namedItem("viec").value = what;
    form.submit();
    return;
  }
  show(await queue.entries());
  queue.flush();
});
addEventListener("online", () => queue.flush());
await queue.open();
show(await queue.entries());
form.dataset.ready = "yes";
queue.flush();
