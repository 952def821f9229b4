// The catalog page's hands: sends what the person does to the server, shows what it is told.
"use strict";

(() => {
  const { toast, words, config } = window.office;
  const send = (event) => window.emitEvent("catalog", event);
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const state = { brought: null, edited: null, language: "" };

  // The address always says where one is, so that it can be kept and sent.
  function note(values) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    history.replaceState(null, "", url);
  }

  function show(tab) {
    document.body.dataset.tab = tab;
    for (const button of all('.tabs [data-do="tab"]')) {
      const here = button.dataset.value === tab;
      button.setAttribute("aria-selected", String(here));
      if (here) button.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    note({ tab: tab === "search" ? "" : tab });
    $(".work").scrollTop = 0;
  }

  function go(tab) {
    show(tab);
    send({ do: "tab", value: tab });
  }

  function search(text) {
    $("#ask").value = text;
    if (document.body.dataset.tab !== "search") go("search");
    document.body.classList.add("searching");
    send({ do: "search", text });
  }

  // Groups of synonyms -------------------------------------------------------
  const groupForm = () => $('form[data-form="group"]');

  function wrong(form, text) {
    const problem = $(".form-error", form);
    problem.textContent = text || "";
    problem.hidden = !text;
  }

  function fillGroup({ kind = "same", text = "", ours = "", edited = null }) {
    const form = groupForm();
    form.kind.value = kind;
    form.text.value = text;
    form.ours.value = ours;
    state.edited = edited;
    const title = $("h3", form);
    title.textContent = edited ? title.dataset.edit : title.dataset.new;
    $('[type="submit"]', form).textContent = edited ? words().group_change : words().group_add;
    $('[data-do="cancel_group"]', form).hidden = !edited;
    wrong(form, "");
    kindShown();
    if (text || edited) {
      form.scrollIntoView({ block: "center" });
      form.text.focus();
      form.text.setSelectionRange(text.length, text.length);
    }
  }

  function kindShown() {
    const form = groupForm();
    form.dataset.kind = form.kind.value;
    form.text.setAttribute("aria-describedby", `hint-${form.kind.value}`);
  }

  function spoken() {
    return $('.group-bar [aria-pressed="true"]')?.dataset.value || "";
  }

  function filterGroups() {
    const wanted = ($("[data-filter]")?.value || "").trim().toLowerCase();
    for (const row of all(".group-row")) row.hidden = !row.dataset.raw.toLowerCase().includes(wanted);
  }

  // Files --------------------------------------------------------------------
  const bringForm = () => $('form[data-form="bring"]');

  function sending(text, share) {
    const line = $(".sending", bringForm());
    line.hidden = !text;
    $("span", line).textContent = text || "";
    $("progress", line).value = share || 0;
  }

  function bring(file) {
    if (!file) return;
    if (file.size > Number(config().largest) * 1024 * 1024) {
      return void toast(words().upload_large, true);
    }
    const body = new FormData();
    body.append("file", file);
    const call = new XMLHttpRequest();
    call.open("POST", "/catalog/files");
    call.responseType = "json";
    call.upload.onprogress = (event) => sending(words().uploading, (100 * event.loaded) / event.total);
    call.onerror = () => failed();
    call.onload = () => {
      if (call.status !== 200) return void failed();
      sending("");
      state.brought = { file: call.response.file, name: call.response.name };
      check();
    };
    sending(words().uploading, 0);
    call.send(body);
    bringForm().file.value = "";
  }

  function failed() {
    sending("");
    toast(words().upload_failed, true);
  }

  function check() {
    if (!state.brought) return;
    const form = bringForm();
    send({
      do: "check",
      value: state.brought.file,
      text: state.brought.name,
      format: form.format.value,
      language: form.language.value,
      complete: form.complete.checked,
    });
  }

  // What is done here, without the server ------------------------------------
  const local = {
    language: (button) => window.office.language(button.dataset.value),
    tab: (button) => go(button.dataset.value),
    try: (button) => search(button.dataset.value),
    teach: (button) => {
      go("synonyms");
      const language = button.dataset.language;
      send({ do: "words_of", value: language });
      fillGroup({ text: `${button.dataset.value}, ` });
    },
    edit_group: (button) => {
      const { kind, text, ours, line, raw } = button.closest(".group-row").dataset;
      fillGroup({ kind, text, ours, edited: { line: Number(line), before: raw } });
    },
    cancel_group: () => fillGroup({}),
    remove_group: (button) => {
      const { line, raw } = button.closest(".group-row").dataset;
      if (!confirm(words().confirm_remove)) return;
      send({ do: "group_remove", line: Number(line), before: raw, language: spoken() });
    },
    remove_source: (button) => {
      if (!confirm(words().confirm_remove)) return;
      send({ do: "remove_source", value: button.dataset.value });
    },
    import: () => {
      state.brought = null;
      send({ do: "import" });
    },
    forget_file: () => {
      state.brought = null;
      send({ do: "forget_file" });
    },
  };

  const forms = {
    search: (form) => {
      const text = form.text.value.trim();
      form.text.blur();
      search(text);
    },
    group: (form) => {
      wrong(form, "");
      send({
        do: "group_save",
        value: form.kind.value,
        text: form.text.value,
        ours: form.ours.value,
        language: spoken(),
        ...(state.edited || {}),
      });
    },
    words: (form) => {
      wrong(form, "");
      const { mark, code } = form.closest(".as-text").dataset;
      send({ do: "group_file", text: form.text.value, before: mark, language: code });
    },
    source: (form) => {
      wrong(form, "");
      const { name, kind, address, every } = form.elements;
      send({
        do: "add_source",
        value: name.value,
        kind: kind.value,
        text: address.value,
        every: Number(every.value),
      });
    },
    bring: () => {},
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button || button.disabled) return;
    const name = button.dataset.do;
    if (local[name]) return void local[name](button);
    send({ do: name, value: button.dataset.value || "" });
  });

  document.addEventListener("submit", (event) => {
    const handler = forms[event.target.dataset.form];
    if (!handler) return;
    event.preventDefault();
    handler(event.target);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.name === "file" && form === bringForm()) return void bring(event.target.files[0]);
    if (form && form === bringForm()) check();
    if (form && form === groupForm() && event.target.name === "kind") kindShown();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) filterGroups();
  });

  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const place = event.target.closest?.(".drop");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("over", name === "dragover");
      if (name === "drop") bring(event.dataTransfer.files[0]);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("show-side")) send({ do: "close" });
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      go("search");
      $("#ask").focus();
    }
  });

  function tell(news) {
    if (news.toast) toast(news.toast, news.bad);
    if ("searched" in news) {
      document.body.classList.remove("searching");
      note({ q: news.searched });
    }
    if ("product" in news) {
      const open = Boolean(news.product);
      if (open && news.product !== state.product) $(".side").scrollTop = 0;
      state.product = news.product;
      document.body.classList.toggle("show-side", open);
      note({ product: news.product });
    }
    if (news.group_wrong) wrong(news.where === "group_file" ? $('form[data-form="words"]') : groupForm(), news.group_wrong);
    if (news.source_wrong) wrong($('form[data-form="source"]'), news.source_wrong);
    if (news.source_added) $('form[data-form="source"]').reset();
    if ("group_saved" in news) fillGroup({});
    if (news.to_report) $(".report")?.scrollIntoView({ block: "start" });
    if (news.leave) window.office.leave();
  }

  window.shelf = { tell };
  window.office.start("shelf", () => {
    document.title = document.title.replace(/^\S+/, $(".bar-nav [aria-current]").textContent);
    show(config().tab);
    kindShown();
    if (new URL(location.href).searchParams.get("product")) document.body.classList.add("show-side");
  });
})();
