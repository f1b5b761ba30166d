/*
 * Passkeys and security keys. form[data-passkey] gets the browser's answer into its field
 * `credential` and is then sent:
 *   create: a new one, with the options in #passkey-options
 *   get:    one that is known, with those options
 *   login:  one that says who it is, with options asked for at the form's address
 * What has [data-passkey-part] is shown only where this works.
 */

const json = () => JSON.parse(document.getElementById('passkey-options').textContent);

async function asked(form) {
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error('The server did not answer. Try again in a minute.');
  return answer.json();
}

async function create(form) {
  const { publicKey } = json().creation_options;
  const alone = form.elements.passwordless?.checked ?? false;
  const how = publicKey.authenticatorSelection ?? {};
  how.residentKey = alone ? 'required' : 'discouraged';
  how.requireResidentKey = alone;
  if (alone) how.userVerification = 'required';
  publicKey.authenticatorSelection = how;
  return navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
  });
}

async function get(options) {
  return navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey),
  });
}

const WAYS = {
  create,
  get: () => get(json()),
  login: async (form) => get(await asked(form)),
};

function said(error) {
  if (error.name === 'InvalidStateError') return 'You have added this one already.';
  if (error.name === 'NotAllowedError') return 'That was broken off, or took too long. Try again.';
  return error.message;
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const told = form.querySelector('[data-passkey-error]');
  told.textContent = '';
  try {
    const credential = await WAYS[form.dataset.passkey](form);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    told.textContent = said(error);
  }
}

// Without TLS a browser has none of it, but on localhost.
if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.addEventListener('submit', send);
  }
  for (const part of document.querySelectorAll('[data-passkey-part]')) part.hidden = false;
}
