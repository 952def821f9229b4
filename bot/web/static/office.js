// What the pages behind the login share: messages, language, menu, and whether the line is up.
"use strict";

window.office = (() => {
  let config = () => undefined;
  let connected = false;
  let begun = Date.now();
  const words = () => JSON.parse(config()?.words || "{}");

  function toast(text, bad) {
    const note = document.createElement("div");
    note.className = bad ? "toast bad" : "toast";
    note.textContent = text;
    document.querySelector(".toasts").append(note);
    setTimeout(() => note.remove(), bad ? 6000 : 2600);
  }

  async function language(code) {
    await fetch(`/language/${code}`, { redirect: "manual" });
    location.reload();
  }

  function leave() {
    setTimeout(() => (location.href = `/login?then=${encodeURIComponent(location.pathname + location.search)}`), 1500);
  }

  // A page that has just been opened gets a moment to connect before it complains.
  function line() {
    const up = Boolean(window.socket?.connected);
    connected ||= up;
    const lost = !up && (connected || Date.now() - begun > 4000);
    document.body.classList.toggle("offline", lost);
    const live = document.querySelector(".bar-live em");
    const said = lost ? words().offline : words().live;
    if (live && live.textContent !== said) live.textContent = said;
  }

  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".me[open]");
    if (menu && !menu.contains(event.target)) menu.removeAttribute("open");
  });

  document.addEventListener(
    "error",
    (event) => {
      // A picture that is gone leaves its quiet background, not the browser's torn page.
      if (event.target.tagName === "IMG" && !event.target.classList.contains("broken")) {
        event.target.classList.add("broken");
        event.target.src = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
      }
    },
    true,
  );

  // Calls `begin` once the element with the page's settings is there.
  function start(id, begin) {
    config = () => document.getElementById(id)?.dataset;
    document.addEventListener("DOMContentLoaded", () => {
      const wait = () => {
        if (!config()) return void setTimeout(wait, 30);
        document.documentElement.lang = config().lang;
        begun = Date.now();
        line();
        setInterval(line, 1000);
        begin();
      };
      wait();
    });
  }

  return { toast, language, leave, start, words, config: () => config() };
})();
