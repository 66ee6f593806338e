// A reading of the family: alarm signs are said at once, also without a network.
const { sendLater } = await import(document.body.dataset.later);
const form = document.getElementById("reading"), alarm = document.getElementById("alarm"), low = Number(document.body.dataset.low) || 0;
function looksBad() {
  const oxygen = Number(form.elements.namedItem("spo2").value);
  return Boolean(form.querySelector("[data-urgent] input:checked")) || (oxygen > 0 && oxygen <= low);
}
function warn() {
  if (!looksBad()) return;
  alarm.hidden = false;
  alarm.querySelector(".family-urgent").hidden = false;
}
await sendLater({
  name: `phaodai-reading-${location.pathname}`, form, said: document.getElementById("said"),
  words: document.getElementById("words").dataset, warn,
});
