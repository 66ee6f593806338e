// The sampling table: a camera where the browser reads codes itself, printing, and a scanner's Enter in long fields.
(() => {
  const stop = (video) => video.srcObject?.getTracks().forEach((track) => track.stop());

  async function scan(button) {
    const field = button.parentElement.querySelector("[data-scan]");
    const video = document.createElement("video");
    video.playsInline = true;
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    await video.play();
    button.closest("label").append(video);
    const detector = new BarcodeDetector({ formats: ["qr_code", "code_128", "ean_13"] });
    const look = async () => {
      const [found] = await detector.detect(video);
      if (!found && video.isConnected) return void requestAnimationFrame(look);
      stop(video);
      video.remove();
      if (found) {
        field.value = found.rawValue;
        field.form.querySelector("[name=tim]")?.focus();
      }
    };
    look();
  }

  for (const button of document.querySelectorAll("[data-camera]")) {
    button.hidden = !("BarcodeDetector" in window);
    button.addEventListener("click", () => scan(button).catch(() => { button.hidden = true; }));
  }
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
})();
