// What somebody feels after a dose: danger signs are said at once, also without a network.
const { sendLater } = await import(document.body.dataset.later);
const form = document.getElementById("claim"), alarm = document.getElementById("alarm");
function warn() {
  if (form.querySelector("[data-urgent] input:checked")) alarm.hidden = false;
}
await sendLater({
  name: `phaodai-claim-${location.pathname}`, form, said: document.getElementById("said"),
  words: document.getElementById("words").dataset, warn,
});
