// Makes and uses passkeys: asks our own server what to sign, lets the browser sign it, and sends the form.
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function readable(options) {
  const told = options.publicKey;
  told.challenge = bytes(told.challenge);
  if (told.user) told.user.id = bytes(told.user.id);
  for (const list of [told.excludeCredentials, told.allowCredentials])
    for (const one of list || []) one.id = bytes(one.id);
  return { publicKey: told };
}

function sendable(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
}

async function show(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(form.dataset.passkey, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: token }),
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const options = readable(await answer.json());
  const making = "making" in form.dataset;
  return sendable(await (making ? navigator.credentials.create(options) : navigator.credentials.get(options)));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button");
  const told = form.querySelector("[role=alert]");
  if (!window.PublicKeyCredential || "elsewhere" in form.dataset) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = "";
    button.disabled = true;
    try {
      form.elements.credential.value = await show(form);
      form.submit();
    } catch {
      told.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
}
