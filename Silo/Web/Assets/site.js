// Improves what already works without it: one submission per form, focus on what is wrong, drafts, counts, and news of an open page.
const draftPrefix = "draft:";

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", event => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
}
// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach(button => button.removeAttribute("aria-busy"));
  }
});

document.querySelector(".summary")?.focus();

// Passkeys: the only thing that needs the script. The browser asks for one, and the form carries its answer.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const isNew = form.dataset.passkey === "create";
    try {
      const body = new URLSearchParams({ "form-token": form.elements["form-token"].value });
      const { options, challenge } = await (await fetch(form.action + "/options", { method: "POST", body })).json();
      const publicKey = isNew
        ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
        : PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const credential = await navigator.credentials[isNew ? "create" : "get"]({ publicKey });
      form.elements.challenge.value = challenge;
      form.elements.answer.value = JSON.stringify(credential);
      form.submit();
    } catch {
      form.querySelector(".fault").hidden = false;
      delete form.dataset.sent;
    }
  });
}

for (const text of document.querySelectorAll("textarea[maxlength][data-left]")) {
  const told = document.createElement("p");
  told.className = "note";
  text.after(told);
  const few = 200;
  const tell = () => {
    const left = text.maxLength - text.value.length;
    told.textContent = left < few ? text.dataset.left.replace("{}", left) : "";
  };
  text.addEventListener("input", tell);
  tell();
}

// What was typed stays in this browser until it was sent: a session may end in a long form.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = draftPrefix + form.dataset.draft;
  const fields = [...form.elements].filter(field => field.name && !["hidden", "password", "file", "submit"].includes(field.type));
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    for (const field of fields) {
      const value = kept[field.name];
      if (value === undefined || form.dataset.filled) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
      else if (!field.value) field.value = value;
    }
    form.addEventListener("input", () => {
      const now = {};
      for (const field of fields) {
        if (field.type === "checkbox" || field.type === "radio") {
          now[field.name] ??= [];
          if (field.checked) now[field.name].push(field.value);
        } else now[field.name] = field.value;
      }
      localStorage.setItem(key, JSON.stringify(now));
    });
  } catch { /* A browser that keeps nothing loses nothing but the draft. */ }
}
for (const done of document.querySelectorAll("[data-draft-done]")) {
  try { localStorage.removeItem(draftPrefix + done.dataset.draftDone); } catch { /* as above */ }
}

// News: the part of the page that is marked is fetched again when the server says that something has changed. The first event tells what the
// page shows already, unless it names another version.
const live = document.querySelector("[data-live]");
if (live && "EventSource" in window) {
  const events = new EventSource(live.dataset.live);
  let [isLoading, isFirst] = [false, true];
  events.addEventListener(live.dataset.liveEvent ?? "change", async event => {
    const isKnown = isFirst && [undefined, event.lastEventId.replaceAll('"', "")].includes(live.dataset.liveVersion);
    isFirst = false;
    if (isKnown || isLoading || live.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")
      || live.querySelector("input:checked")) return;
    isLoading = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const read = answer.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = read && read.querySelector("[data-live]");
      if (fresh) {
        const open = [...live.querySelectorAll("details")].map(details => details.open);
        live.replaceChildren(...fresh.childNodes);
        live.querySelectorAll("details").forEach((details, n) => { details.open = open[n] ?? details.open; });
      }
    } finally { isLoading = false; }
  });
}
