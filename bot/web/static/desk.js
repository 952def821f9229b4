// The desk's hands and ears: sends what the agent does to the server, shows what it is told.
"use strict";

(() => {
  const state = { busy: new Set(), selected: null, waiting: 0, sound: true };
  const { toast, words, config } = window.office;
  const send = (event) => window.emitEvent("desk", event);
  const $ = (selector, root = document) => root.querySelector(selector);
  const typing = (target) => target.closest?.("input, textarea, select, dialog, [contenteditable]");

  // What is being written survives a redraw, a reload and a look at another conversation.
  const draft = {
    name: (id) => `desk.draft.${id}`,
    read: (id) => sessionStorage.getItem(draft.name(id)) || "",
    write: (id, text) =>
      text ? sessionStorage.setItem(draft.name(id), text) : sessionStorage.removeItem(draft.name(id)),
  };

  function grow(box) {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  }

  function reply() {
    const form = $(".reply[data-conversation]");
    return form ? { form, box: $("textarea", form), id: form.dataset.conversation } : null;
  }

  function submitReply() {
    const open = reply();
    const text = open?.box.value.trim();
    if (!text || state.busy.size) return;
    const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    state.busy.add(key);
    $(".send", open.form).disabled = true;
    send({ do: "send", conversation: open.id, text, key });
    setTimeout(() => unlock(key), 8000);
  }

  function unlock(key) {
    state.busy.delete(key);
    const open = reply();
    if (open) $(".send", open.form).disabled = false;
  }

  function sent(key) {
    unlock(key);
    const open = reply();
    if (!open) return;
    open.box.value = "";
    draft.write(open.id, "");
    grow(open.box);
    open.box.focus();
    toBottom(true);
  }

  let nearBottom = true;
  function toBottom(force) {
    const log = $(".log");
    if (log && (force || nearBottom)) log.scrollTop = log.scrollHeight;
  }

  function chime() {
    if (!state.sound) return;
    try {
      const audio = (state.audio ??= new AudioContext());
      [660, 880].forEach((pitch, number) => {
        const tone = audio.createOscillator();
        const volume = audio.createGain();
        const start = audio.currentTime + number * 0.14;
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0.0001, start);
        volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.32);
        tone.connect(volume).connect(audio.destination);
        tone.start(start);
        tone.stop(start + 0.34);
      });
    } catch {
      // No sound until the agent has touched the page: the title still says it.
    }
  }

  function title(waiting) {
    state.waiting = waiting;
    document.title = waiting ? `(${waiting}) Desk · Dialogo` : "Desk · Dialogo";
  }

  function view(name) {
    document.body.dataset.view = name;
    if (name !== "talk") document.body.classList.remove("show-side");
  }

  function choose(id) {
    if (id === state.selected) return;
    state.selected = id;
    nearBottom = true;
    const url = new URL(location.href);
    if (id) url.searchParams.set("handoff", id);
    else url.searchParams.delete("handoff");
    history.replaceState(null, "", url);
    if (!id) view("queue");
    requestAnimationFrame(() => {
      toBottom(true);
      fill();
    });
  }

  // Puts the draft back after the server has drawn the reply box anew.
  function fill() {
    const open = reply();
    if (!open || open.box.dataset.filled === open.id) return;
    open.box.dataset.filled = open.id;
    open.box.value = draft.read(open.id);
    grow(open.box);
    if (state.write) {
      state.write = false;
      open.box.focus();
    }
  }

  function tell(news) {
    if (news.toast) toast(news.toast, news.bad);
    if (news.unsent) unlock(news.unsent);
    if (news.sent) sent(news.sent);
    if (news.write) state.write = true;
    if (news.view) view(news.view);
    if (news.closed) view("queue");
    if ("waiting" in news) title(news.waiting);
    if ("selected" in news) choose(news.selected);
    if (news.arrived) {
      chime();
      toast(words().new_title);
    }
    if (news.leave) window.office.leave();
    requestAnimationFrame(fill);
  }

  function closeDialog() {
    const dialog = document.getElementById("close-dialog");
    const form = $("form", dialog);
    form.reset();
    $(".form-error", form).hidden = true;
    dialog.showModal();
  }

  const local = {
    ask_close: closeDialog,
    cancel: () => document.getElementById("close-dialog").close(),
    side: () => document.body.classList.toggle("show-side"),
    sound: (button) => {
      state.sound = !state.sound;
      localStorage.setItem("desk.sound", state.sound ? "on" : "off");
      button.setAttribute("aria-pressed", String(state.sound));
      if (state.sound) chime();
    },
    language: (button) => window.office.language(button.dataset.value),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    const name = button.dataset.do;
    if (local[name]) return void local[name](button);
    if (name === "open") document.body.classList.remove("show-side");
    send({ do: name, value: button.dataset.value || "" });
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches(".reply")) {
      event.preventDefault();
      submitReply();
    }
    if (event.target.closest("#close-dialog")) {
      const form = event.target;
      const amount = form.amount.value.trim();
      if (form.outcome.value === "won" && amount && !/^[€\s]*\d[\d.,\s]*(€|EUR)?$/i.test(amount)) {
        event.preventDefault();
        const problem = $(".form-error", form);
        problem.textContent = words().amount_wrong;
        problem.hidden = false;
        form.amount.focus();
        return;
      }
      send({ do: "close", outcome: form.outcome.value, amount, note: form.note.value });
    }
  });

  document.addEventListener("input", (event) => {
    const open = reply();
    if (open && event.target === open.box) {
      grow(open.box);
      draft.write(open.id, open.box.value);
    }
  });

  function move(step) {
    const entries = [...document.querySelectorAll(".entry")];
    if (!entries.length) return;
    const at = entries.findIndex((entry) => entry.classList.contains("open"));
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))];
    next.focus();
    next.click();
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    c: () => $('[data-do="claim"]')?.click(),
    r: (event) => {
      event.preventDefault();
      $("#reply")?.focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.target.id === "reply" && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submitReply();
      return;
    }
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      if (document.body.classList.contains("show-side")) local.side();
      else if (typing(event.target)) event.target.blur();
      else if (state.selected) send({ do: "back" });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    keys[event.key.toLowerCase()]?.(event);
  });

  document.addEventListener(
    "scroll",
    (event) => {
      const log = event.target;
      if (log.classList?.contains("log")) {
        nearBottom = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      }
    },
    true,
  );

  // Pictures and new messages make the log longer: stay at its end if that is where we were.
  function watch() {
    const log = $(".log");
    if (!log) return void setTimeout(watch, 50);
    new MutationObserver(() => toBottom(false)).observe(log, { childList: true, subtree: true });
    log.addEventListener("load", () => toBottom(false), true);
    new MutationObserver(fill).observe($(".talk"), { childList: true, subtree: true });
    fill();
    toBottom(true);
  }

  function clock() {
    const late = Number(config()?.wait || 300000);
    for (const time of document.querySelectorAll("time[data-since]")) {
      const waited = Math.max(0, Date.now() - Number(time.dataset.since));
      const seconds = Math.floor(waited / 1000);
      const hours = Math.floor(seconds / 3600);
      const minutes = String(Math.floor(seconds / 60) % 60).padStart(hours ? 2 : 1, "0");
      const rest = String(seconds % 60).padStart(2, "0");
      const text = hours ? `${hours}:${minutes} h` : `${minutes}:${rest}`;
      if (time.textContent !== text) time.textContent = text;
      time.classList.toggle("late", waited > late);
    }
  }

  window.desk = { tell };
  window.office.start("desk", () => {
    state.sound = localStorage.getItem("desk.sound") !== "off";
    $('[data-do="sound"]')?.setAttribute("aria-pressed", String(state.sound));
    watch();
    clock();
    setInterval(clock, 1000);
  });
})();
