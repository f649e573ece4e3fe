import { enhance } from "./enhance.ts";
import { showToast } from "./toast.ts";

/** What the sign-in library hands out: the options of WebAuthn, binary parts written in base64url. */
interface Options {
  publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;
}

const isSupported = typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const address = form.dataset["optionsFrom"];
  if (address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return ((await answer.json()) as { request_options: Options }).request_options;
  }
  return JSON.parse(document.getElementById(form.dataset["options"] ?? "")?.textContent ?? "") as Options;
}

async function create(form: HTMLFormElement, { publicKey }: Options): Promise<Credential | null> {
  const passwordless = (form.elements.namedItem("passwordless") as HTMLInputElement | null)?.checked ?? false;
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
    userVerification: passwordless ? "required" : "preferred",
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
}

async function get({ publicKey }: Options): Promise<Credential | null> {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

/** A form that is sent with a key's answer: `data-passkey` is "create" or "get". Hidden ones show where keys work. */
enhance("form[data-passkey]", (element) => {
  const form = element as HTMLFormElement;
  const answer = form.elements.namedItem("credential") as HTMLInputElement;
  answer.value = ""; // the server may have written "null", or the answer it has just refused
  if (isSupported) form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (answer.value) return;
    event.preventDefault();
    if (!isSupported) {
      showToast(form.dataset["unsupported"] ?? "", "critical");
      return;
    }
    void optionsOf(form)
      .then((options) => (form.dataset["passkey"] === "create" ? create(form, options) : get(options)))
      .then((credential) => {
        answer.value = JSON.stringify(credential);
        form.submit();
      })
      .catch(() => showToast(form.dataset["refused"] ?? "", "critical"));
  });
});
