// A kiosk, after isi.js: the next person finds an empty form, whoever left it half filled.
(function () {
  function wake() {
    if (navigator.wakeLock && !document.hidden) navigator.wakeLock.request("screen").catch(() => {});
  }
  document.addEventListener("contextmenu", (e) => e.preventDefault());
  document.addEventListener("visibilitychange", wake);
  wake();
  if (!skm) return;

  const { $, T, say, form, kode, id, radios, written, touched, tell, show, progress } = skm;
  const limit = Number(form.dataset.diam), warning = Number(form.dataset.peringatan);
  const fresh_page = form.hasAttribute("data-kosong") && document.documentElement.lang === "id";
  let quiet = 0, veil = null, before = null;

  function clear() {
    if (navigator.onLine !== false) return location.replace(kode + "?bahasa=id");
    // Without a network there is no new page, so this one becomes new, with an id of its own.
    radios().forEach((r) => { r.checked = false; });
    written().forEach((f) => { f.value = ""; });
    id.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => ("0" + b.toString(16)).slice(-2)).join("");
    form.elements.dimulai.value = "";
    tell("kabar");
    if ($("status")) $("status").remove();
    show(false);
    progress();
    scrollTo(0, 0);
  }
  function stay() {
    quiet = 0;
    if (!veil) return;
    veil.remove();
    veil = null;
    if (before) before.focus();
  }
  function warn() {
    before = document.activeElement;
    veil = document.body.appendChild(document.createElement("div"));
    veil.id = "tirai";
    veil.innerHTML = '<div role="alertdialog" aria-modal="true" aria-labelledby="masih" aria-describedby="sisa-waktu" class="status baik"><h2 id="masih"></h2><p id="sisa-waktu"></p><button type="button"></button></div>';
    $("masih").textContent = T["js-masih"];
    const button = veil.querySelector("button");
    button.textContent = T["js-masih-ya"];
    button.onclick = stay;
    veil.onkeydown = (e) => {
      if (e.key === "Tab") e.preventDefault();
      if (e.key === "Escape") stay();
    };
    button.focus();
  }
  ["pointerdown", "touchstart", "keydown", "input", "scroll"].forEach((what) =>
    addEventListener(what, () => { if (!veil) quiet = 0; }, { passive: true }));
  document.addEventListener("skm-antre", () => setTimeout(clear, 8000));
  setInterval(() => {
    if (!touched() && fresh_page) return;
    quiet += 1;
    if (quiet >= limit) { stay(); return clear(); }
    if (quiet < limit - warning) return;
    if (!veil) warn();
    $("sisa-waktu").textContent = say("js-masih-isi", limit - quiet);
  }, 1000);
})();
