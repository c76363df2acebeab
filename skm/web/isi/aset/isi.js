// Help on top of a form that works without it: drafts, sending later, progress.
// Written for browsers of 2018: no optional chaining, no replaceChildren.
"use strict";
const skm = (function () {
  const $ = (id) => document.getElementById(id), form = $("formulir"), QUEUE = "skm-antre";
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch (e) { return null; } };
  const write = (key, value) => {
    try {
      if (value) localStorage.setItem(key, JSON.stringify(value)); else localStorage.removeItem(key);
    } catch (e) { /* private mode: what is in memory has to do */ }
  };
  if (!form) { write("skm-draf-" + $("utama").dataset.terima, null); return null; }

  const T = JSON.parse($("teks").textContent), has = (name) => form.hasAttribute("data-" + name);
  const say = (key, n, of) => T[key].replace("{n}", n).replace("{jumlah}", of);
  const all = (what, root) => Array.from((root || form).querySelectorAll(what));
  const kode = form.dataset.kode, shared = has("bersama"), DRAFT = "skm-draf-" + kode;
  const button = $("kirim"), saran = form.elements.saran, id = form.elements.id_kirim;
  const radios = () => all("input[type=radio]"), written = () => all(".angka,textarea");
  const touched = () => radios().some((r) => r.checked) || written().some((f) => f.value);
  let queue = read(QUEUE) || [], busy = false, flushing = false, clicked = null, sent = false, wait = 0, timer = 0, counting = 0;

  function tell(where, title, text, label, act) {
    const box = $(where);
    box.textContent = "";
    box.className = title || text ? "status baik" : "";
    [["h2", title], ["p", text], ["button", label]].forEach(([tag, words]) => {
      if (!words) return;
      const part = box.appendChild(document.createElement(tag));
      part.textContent = words;
      if (label === words) { part.type = "button"; part.onclick = act; }
    });
    if (text) box.scrollIntoView({ block: "center" });
  }
  function hide(name, value) {
    const field = form.appendChild(document.createElement("input"));
    Object.assign(field, { type: "hidden", name: name, value: value });
  }

  // Drafts: on the respondent's own device only, and with the id of the first attempt,
  // so that an answer whose thanks got lost is not stored a second time.
  const fields = () => Array.from(new FormData(form));
  function save() {
    if (!shared) write(DRAFT, { t: Date.now(), v: fields().filter((f) => f[0] !== "langkah") });
  }
  function restore() {
    const draft = shared || !has("kosong") ? null : read(DRAFT);
    if (!draft || Date.now() - draft.t > 6 * 36e5) return;
    draft.v.forEach(([name, value]) => {
      const field = form.elements[name];
      if (!field) hide(name, value);
      else if (!field.length && field.type !== "radio") field.value = value;
      else radios().forEach((r) => { if (r.name === name && r.value === value) r.checked = true; });
    });
    tell("kabar-atas", "", T["js-draf"], T["js-hapus-draf"], () => { write(DRAFT, null); location.reload(); });
  }

  function progress() {
    const asked = all(".pertanyaan"), bar = $("maju"), done = all(".pertanyaan :checked").length;
    bar.hidden = has("langkah") || !done;
    bar.querySelector("span").textContent = say("maju", done, asked.length);
    bar.querySelector("progress").value = done;
  }
  function count() {
    const left = 1000 - saran.value.length;
    $("sisa").textContent = left > 200 ? "" : say(left < 0 ? "saran-lebih" : "saran-sisa", Math.abs(left));
  }

  // Sending: only a page that says thanks means that the answer is stored.
  function post(item) {
    const stop = new AbortController(), late = setTimeout(() => stop.abort(), 20000);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    // As a difference: a cheap phone's clock is often wrong, but it runs.
    const body = item.b + "&tunda=" + ((Date.now() - item.t) / 1000 | 0);
    return fetch(item.u, { method: "POST", headers, body, signal: stop.signal, credentials: "omit" })
      .then((r) => ({
        thanks: r.ok && r.url.indexOf("/terima-kasih?") > 0 ? r.url : "",
        code: r.status, after: Number(r.headers.get("Retry-After")) || 0,
      }), () => ({ thanks: "", code: 0, after: 0 }))
      .then((result) => { clearTimeout(late); return result; });
  }
  const later = (result) => !result.code || result.code === 429 || result.code >= 500;
  function wait_for(result, shown) {
    const why = !result.code ? "js-luring" : result.code === 429 ? "js-tunggu" : "js-server";
    if (shown) tell("kabar", T["js-luring-judul"], T[why]);
    wait = Math.min(Math.max(result.after, wait * 2, 5), 60);
    clearTimeout(timer);
    timer = setTimeout(flush, wait * 1000);
  }
  function drop(item) {
    queue = (read(QUEUE) || queue).filter((other) => other.id !== item.id);
    write(QUEUE, queue.length && queue);
  }
  function keep(item) {
    drop(item);
    queue.push(item);
    write(QUEUE, queue);
  }
  function thanks(url) {
    sent = true;
    write(DRAFT, null);
    location.replace(url);
  }
  function show(state) {
    busy = state;
    if (!button) return;
    button.disabled = state;
    button.textContent = T[state ? "js-mengirim" : queue.some((q) => q.id === id.value) ? "kirim-lagi" : "kirim"];
  }
  // What the server would refuse must not wait for it unseen.
  function missing() {
    const blank = all("[data-wajib]").filter((f) => !f.querySelector(":checked") && !(f.querySelector(".angka") || {}).value);
    if (blank[0]) return blank[0].querySelector("input");
    return written().find((f) => (f === saran ? f.value.length > 1000 : f.value && !/^\s*\d{1,3}\s*$/.test(f.value)));
  }
  function send() {
    const b = new URLSearchParams(fields()).toString();
    // Pressed again unchanged, it is still the answer of the first time.
    const item = queue.find((q) => q.b === b) || { u: form.action, b, id: id.value, t: Date.now() };
    save();
    show(true);
    post(item).then((result) => {
      if (result.thanks) { drop(item); return thanks(result.thanks); }
      // The server's own page says what is wrong; nothing was stored, so posting again is safe.
      if (!later(result)) { sent = true; return form.submit(); }
      const gap = missing();
      if (!gap) keep(item);
      show(false);
      if (gap) { tell("kabar", T["js-luring-judul"], T["js-kurang"]); return gap.focus(); }
      wait_for(result, true);
      document.dispatchEvent(new Event("skm-antre"));
    });
  }
  function flush() {
    const item = queue[0], mine = () => item.id === id.value;
    if (!item || busy || flushing) return;
    flushing = true;
    if (mine()) show(true);
    post(item).then((result) => {
      flushing = false;
      if (later(result)) { if (mine()) show(false); return wait_for(result, mine()); }
      wait = 0;
      drop(item);
      if (mine()) return result.thanks ? thanks(result.thanks) : form.submit();
      if (!shared) tell("kabar-atas", "", T[result.thanks ? "js-terkirim" : "js-ditolak"]);
      flush();
    });
  }

  form.addEventListener("input", () => {
    const started = form.elements.dimulai;
    if (!started.value && navigator.sendBeacon && navigator.sendBeacon(kode + "/mulai")) started.value = "1";
    save();
    progress();
    clearTimeout(counting);
    if (saran) counting = setTimeout(count, 500);
  });
  document.addEventListener("click", (e) => {
    const link = e.target.closest(".bahasa a");
    clicked = e.target.closest("button");
    if (!link || !touched()) return;
    e.preventDefault(); // another language keeps what is filled in
    hide("ganti", link.lang);
    form.submit();
  });
  form.addEventListener("submit", (e) => {
    if (busy) return e.preventDefault();
    if (button && (!clicked || clicked === button)) { e.preventDefault(); return send(); }
    if (navigator.onLine === false) { e.preventDefault(); tell("kabar", "", T["js-langkah-luring"]); }
  });
  addEventListener("online", () => { wait = 0; flush(); });
  addEventListener("pageshow", (e) => { if (e.persisted && sent) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
  restore();
  progress();
  if ($("status")) $("status").focus();
  flush();
  return { $, T, say, form, kode, id, radios, written, touched, tell, show, progress };
})();
