// Puts the chat on any page:
//   <script src="https://shop.example/widget.js" data-title="My shop" data-colour="#17493f" defer></script>
// Further: data-language, data-side="left", data-product, data-ref, data-open="true".
"use strict";

(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!script || window.dialogo) return;
  const origin = new URL(script.src).origin;
  const given = script.dataset;
  const language = (given.language || navigator.language || "en").slice(0, 2) === "it" ? "it" : "en";
  const words = {
    it: { open: "Apri la chat", close: "Chiudi la chat", title: "Chat" },
    en: { open: "Open the chat", close: "Close the chat", title: "Chat" },
  }[language];
  const colour = /^#[0-9a-f]{3,8}$/i.test(given.colour || "") ? given.colour : "#17493f";
  const side = given.side === "left" ? "left" : "right";

  const host = document.createElement("div");
  host.id = "dialogo-widget";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.innerHTML = `
    <style>
      :host { all: initial; }
      .launch {
        position: fixed; z-index: 2147483000; ${side}: 20px; bottom: 20px; width: 60px; height: 60px; padding: 0; border: 0;
        border-radius: 50%; background: ${colour}; color: #fff; cursor: pointer; box-shadow: 0 6px 24px rgb(0 0 0 / 26%);
      }
      .launch:hover { filter: brightness(1.1); }
      .launch:focus-visible { outline: 3px solid #fff; outline-offset: 2px; box-shadow: 0 0 0 6px ${colour}; }
      .launch svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
      .launch .shut, .open .launch .chat { display: none; }
      .open .launch .shut { display: inline; }
      .count {
        position: absolute; top: -2px; right: -2px; min-width: 22px; height: 22px; padding: 0 5px; box-sizing: border-box;
        border: 2px solid #fff; border-radius: 11px; background: #c2410c; font: 700 12px/18px system-ui, sans-serif; color: #fff;
      }
      .count[hidden] { display: none; }
      iframe {
        position: fixed; z-index: 2147483000; ${side}: 20px; bottom: 94px; width: 400px; height: min(680px, calc(100vh - 120px));
        border: 0; border-radius: 20px; background: #f4f0e9; box-shadow: 0 16px 56px rgb(0 0 0 / 28%); visibility: hidden; opacity: 0;
        transform: translateY(10px); transition: opacity .16s, transform .16s, visibility .16s; color-scheme: light;
      }
      .open iframe { visibility: visible; opacity: 1; transform: none; }
      @media (max-width: 520px) {
        iframe { inset: 0; width: 100%; height: 100%; height: 100dvh; border-radius: 0; }
        .open .launch { display: none; }
      }
      @media (prefers-reduced-motion: reduce) { iframe { transition: none; } }
    </style>
    <div class="widget">
      <button class="launch" type="button" aria-expanded="false" aria-label="${words.open}">
        <svg class="chat" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v11H10l-4.5 4v-4H4z"/><path d="M8 9h8M8 12.5h5"/></svg>
        <svg class="shut" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6"/></svg>
        <span class="count" hidden></span>
      </button>
    </div>`;
  const box = shadow.querySelector(".widget");
  const launch = shadow.querySelector(".launch");
  const count = shadow.querySelector(".count");
  let frame = null;
  let unread = 0;

  function load() {
    if (frame) return;
    const query = new URLSearchParams({ title: given.title || "", colour, language: given.language || "" });
    for (const name of ["product", "ref"]) if (given[name]) query.set(name, given[name]);
    query.set("page", location.origin + location.pathname);
    frame = document.createElement("iframe");
    frame.src = `${origin}/chat/frame?${query}`;
    frame.title = given.title || words.title;
    frame.allow = "clipboard-write";
    box.prepend(frame);
  }

  function remember(open) {
    try {
      localStorage.setItem("dialogo.widget", open ? "open" : "closed");
    } catch {
      // the page still works, the next one starts closed
    }
  }

  function recall() {
    try {
      return localStorage.getItem("dialogo.widget");
    } catch {
      return null;
    }
  }

  function show(open) {
    if (open) load();
    box.classList.toggle("open", open);
    launch.setAttribute("aria-expanded", String(open));
    launch.setAttribute("aria-label", open ? words.close : words.open);
    remember(open);
    if (open) {
      unread = 0;
      count.hidden = true;
      frame.contentWindow?.postMessage({ dialogo: "opened" }, origin);
    } else {
      launch.focus();
    }
  }

  launch.addEventListener("click", () => show(!box.classList.contains("open")));
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame?.contentWindow) return;
    if (event.data?.dialogo === "close") show(false);
    if (event.data?.dialogo === "message" && !box.classList.contains("open")) {
      unread += 1;
      count.textContent = unread > 9 ? "9+" : String(unread);
      count.hidden = false;
    }
  });

  window.dialogo = { open: () => show(true), close: () => show(false) };
  const begin = () => {
    document.body.append(host);
    const before = recall();
    if (given.open === "true" && before === null) show(true);
    else if (before === "open" && innerWidth > 520) show(true);
    else if (before) load(); // talked before: hear the answers that come while it is closed
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
