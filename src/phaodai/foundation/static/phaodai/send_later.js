// A public form without a network: kept in this phone until the server has it, sent once under its own key.
// The form has hidden fields `key` and `at`; `words` holds the texts kept, sent and refused; `warn` is asked before sending.
export async function sendLater({ name, form, said, words, warn }) {
  const { OfflineQueue } = await import(document.body.dataset.queue);
  const token = () => form.elements.namedItem("csrfmiddlewaretoken").value;
  async function send([entry]) {
    const body = new FormData();
    for (const [field, value] of entry.body) body.append(field, value);
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Send-Later": "1" }, credentials: "same-origin" });
    const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
    if (!told) throw new Error(String(answer.status));
    return [{ key: entry.key, ...told }];
  }
  const queue = new OfflineQueue({ name, send, batch: 1, patience: 30 });
  const say = (text) => { said.textContent = text; said.hidden = !text; };

  queue.addEventListener("answers", ({ detail }) => {
    const refused = detail.find((answer) => answer.outcome === "refused");
    if (refused) { say(`${words.refused} ${refused.words}`); queue.drop(refused.key); return; }
    say(words.sent);
    location.reload();
  });
  form.addEventListener("change", warn);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    warn();
    // The hour of writing it down, not of sending; a second tap sends the same form, not a second one.
    form.elements.namedItem("at").value = new Date().toISOString();
    const button = form.querySelector("button.go");
    button.disabled = true;
    try {
      await queue.add([...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken"));
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
}
