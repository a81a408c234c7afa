// The page of the secrets API. Values go from a field into one request and are then gone: the page keeps no value in a
// variable, the DOM, the URL, storage or the console. The token is kept in this module until the page is left.

const $ = id => document.getElementById(id);
let token = "";
let templates = [];
let selected = null;

/** Makes an element; text is always text, never markup. */
function element(tag, text = "", properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(text, ...children);
  return made;
}

function button(text, label, onClick) {
  const made = element("button", text, {type: "button"});
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => attempt(onClick));
  return made;
}

const time = text => new Date(text).toLocaleString();
const part = name => encodeURIComponent(name);

/** A refusal of the server, in its words. */
class Refusal extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body, headers = {}) {
  const response = await fetch(path, {
    method,
    headers: {Authorization: `Bearer ${token}`, ...(body ? {"Content-Type": "application/json"} : {}), ...headers},
    body: body && JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  const answer = await response.json().catch(() => ({error: `the server answered ${response.status}`}));
  if (!response.ok) {
    throw new Refusal(answer.error ?? `the server answered ${response.status}`, response.status);
  }
  return answer;
}

function tell(status, problem = "") {
  $("status").textContent = status;
  $("problem").textContent = problem;
}

/** Runs something that may fail, and tells how it went. */
async function attempt(work) {
  tell("");
  try {
    tell(await work() ?? "");
  } catch (failure) {
    if (failure.status === 412) {
      await show(selected.name).catch(() => {}); // So that the next attempt is based on the current version.
    }
    tell("", failure instanceof Refusal ? failure.message : "The server cannot be reached.");
  }
}

function onSubmit(form, work) {
  $(form).addEventListener("submit", event => {
    event.preventDefault();
    attempt(work);
  });
}

// Signing in

onSubmit("sign-in-form", async () => {
  token = $("token").value.trim();
  $("token").value = "";
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Refusal("A token has only letters, digits and signs.");
  }
  const caller = await call("GET", "/caller");
  templates = await call("GET", "/templates");
  for (const template of templates) {
    $("template").append(element("option", template.name, {value: template.name}));
  }
  $("who").textContent = `${caller.name} (${caller.role})`;
  $("who").hidden = false;
  for (const writing of document.querySelectorAll(".for-writers")) {
    writing.hidden = caller.role === "read";
  }
  $("sign-in").hidden = true;
  $("signed-in").hidden = false;
  showFields();
  await refresh();
  $("main").focus();
});

// The lists

async function refresh() {
  const search = $("search").value.trim();
  const [secrets, due] = await Promise.all([
    call("GET", search ? `/metadata?search=${part(search)}` : "/metadata"),
    call("GET", "/metadata?due_within=P7D"),
  ]);
  $("list").replaceChildren(...secrets.map(row));
  if (secrets.length === 0) {
    $("list").append(element("tr", "", {}, element("td", search ? "None found." : "None yet.", {colSpan: 6})));
  }
  $("due").replaceChildren(...due.map(secret => element("li", "", {}, open(secret), whenDue(secret))));
  if (due.length === 0) {
    $("due").append(element("li", "Nothing."));
  }
}

function whenDue(secret) {
  return [
    secret.expires ? ` expires ${time(secret.expires)}` : "",
    secret.rotation_due ? ` is to be changed by ${time(secret.rotation_due)}` : "",
  ].filter(text => text).join(",");
}

function open(secret) {
  const made = element("button", secret.name, {type: "button", className: "link"});
  made.addEventListener("click", () => attempt(async () => {
    await show(secret.name);
    $("secret-title").focus();
  }));
  return made;
}

function row(secret) {
  const cells = [
    secret.keys.join(", "),
    secret.description,
    String(secret.version),
    time(secret.updated),
    secret.attachments.map(attachment => attachment.deployment).join(", "),
  ];
  const name = element("th", "", {scope: "row"}, open(secret));
  return element("tr", "", {}, name, ...cells.map(text => element("td", text)));
}

onSubmit("search-form", refresh);

// One secret

async function show(name) {
  const secret = await call("GET", `/metadata/${part(name)}`);
  selected = secret;
  $("secret").hidden = false;
  $("secret-title").textContent = `Secret ${secret.name}`;
  const facts = {
    Description: secret.description,
    Type: secret.type,
    Template: secret.template,
    Version: secret.version,
    Created: time(secret.created),
    Changed: time(secret.updated),
    "Mounted as": secret.mount.directory ? `files in ${secret.mount.directory}` : "environment variables",
    Stage: secret.stage,
    Labels: Object.entries(secret.labels).map(([label, text]) => `${label}: ${text}`).join(", "),
    Due: whenDue(secret),
  };
  $("facts").replaceChildren(...Object.entries(facts)
    .filter(([, fact]) => fact)
    .flatMap(([term, fact]) => [element("dt", term), element("dd", String(fact))]));
  $("change-key").replaceChildren(...secret.keys.map(key => element("option", key, {value: key})));
  $("change-value").value = "";
  $("delete-sure").checked = false;
  showAttachments(secret);
  showHistory(secret);
}

const mayWrite = () => !$("change-form").hidden;

function showAttachments(secret) {
  $("attachments").replaceChildren(...secret.attachments.map(({deployment, restart_needed: restart}) =>
    element("li", `${deployment}${restart ? ", which has to be restarted" : ""} `, {},
      mayWrite() ? button("Detach", `Detach from ${deployment}`, async () => {
        await call("DELETE", `/deployments/${part(deployment)}/secrets/${part(secret.name)}`);
        await show(secret.name);
        await refresh();
        return `${secret.name} is detached from ${deployment}.`;
      }) : "")));
  if (secret.attachments.length === 0) {
    $("attachments").append(element("li", "None."));
  }
}

function showHistory(secret) {
  $("history").replaceChildren(...secret.history.map(({version, updated, keys}) =>
    element("li", `Version ${version}, ${time(updated)}: ${keys.join(", ")} `, {},
      mayWrite() ? button("Bring back", `Bring back version ${version}`, async () => {
        await call("POST", `/secrets/${part(secret.name)}/undo?version=${version}`);
        await show(secret.name);
        await refresh();
        return `${secret.name} has the values of version ${version} again.`;
      }) : "")));
  if (secret.history.length === 0) {
    $("history").append(element("li", "No earlier values."));
  }
}

onSubmit("change-form", async () => {
  const {name, version} = selected;
  await call("PATCH", `/secrets/${part(name)}`, {data: {[$("change-key").value]: $("change-value").value}},
    {"If-Match": `"${version}"`});
  await show(name);
  await refresh();
  return `${name} is changed.`;
});

onSubmit("attach-form", async () => {
  const {name} = selected;
  const deployment = $("deployment").value.trim();
  await call("PUT", `/deployments/${part(deployment)}/secrets/${part(name)}`);
  $("deployment").value = "";
  await show(name);
  await refresh();
  return `${name} is attached to ${deployment}.`;
});

onSubmit("delete-form", async () => {
  const {name, version} = selected;
  await call("DELETE", `/secrets/${part(name)}`, undefined, {"If-Match": `"${version}"`});
  selected = null;
  $("secret").hidden = true;
  await refresh();
  $("main").focus();
  return `${name} is deleted.`;
});

// A new secret

let fields = 0;

/** Adds a value with its key: a given one, or one to type. */
function addField(key = "", {hint = "", required = true, fixed = false, value = ""} = {}) {
  const id = `field-${++fields}`;
  const field = element("div", "", {className: "field"});
  const area = element("textarea", "", {id, className: "masked value", rows: 2, required, value});
  mask(area);
  if (fixed) {
    area.dataset.key = key;
    field.append(element("label", `${key}${required ? "" : " (optional)"}`, {htmlFor: id}));
  } else {
    const keyId = `${id}-key`;
    field.append(
      element("label", "Key", {htmlFor: keyId}),
      element("input", "", {id: keyId, className: "key", required: true, autocomplete: "off", value: key}),
      element("label", "Value", {htmlFor: id}));
    area.addEventListener("paste", event => {
      if (takeJson(event.clipboardData?.getData("text") ?? "", field)) {
        event.preventDefault();
      }
    });
  }
  field.append(area);
  if (hint) {
    const note = element("p", hint, {className: "hint", id: `${id}-hint`});
    area.setAttribute("aria-describedby", note.id);
    field.append(note);
  }
  $("fields").append(field);
  return field;
}

/** Keeps helpers of the browser away from a value. */
function mask(area) {
  area.autocomplete = "off";
  area.spellcheck = false;
  area.setAttribute("autocapitalize", "off");
}

function showFields() {
  const template = templates.find(({name}) => name === $("template").value);
  $("fields").replaceChildren();
  $("custom").hidden = Boolean(template);
  if (template) {
    for (const {name, description, required} of template.keys) {
      addField(name, {hint: description, required, fixed: true});
    }
  } else {
    addField();
  }
}

/** Makes fields of a JSON object of strings; false if the text is not one. */
function takeJson(text, instead) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    return false;
  }
  const isObject = parsed && typeof parsed === "object" && !Array.isArray(parsed);
  const entries = isObject ? Object.entries(parsed) : [];
  if (entries.length === 0 || entries.some(([, value]) => typeof value !== "string")) {
    return false;
  }
  instead?.remove();
  for (const empty of emptyFields()) {
    empty.remove();
  }
  for (const [key, value] of entries) {
    addField(key, {value});
  }
  tell(`Taken from the JSON text: ${entries.map(([key]) => key).join(", ")}.`);
  return true;
}

const emptyFields = () => [...$("fields").children].filter(field =>
  !field.querySelector(".value").value && !field.querySelector(".key")?.value);

/** A file whose fields are strings becomes keys; any other one becomes the value of one key. */
async function takeFile(file) {
  const text = await file.text();
  if (!takeJson(text)) {
    emptyFields().forEach(empty => empty.remove());
    addField("value", {value: text});
    tell("The file is taken as one value.");
  }
}

$("template").addEventListener("change", showFields);
$("add-key").addEventListener("click", () => addField().querySelector(".key").focus());
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (file) {
    await takeFile(file);
    $("file").value = "";
  }
});
for (const type of ["dragover", "dragleave", "drop"]) {
  // A file that misses the place must not be opened in the browser, where its path and text would be seen.
  document.addEventListener(type, event => event.preventDefault());
  $("drop").addEventListener(type, event => $("drop").classList.toggle("over", event.type === "dragover"));
}
$("drop").addEventListener("drop", event => {
  const [file] = event.dataTransfer.files;
  if (file) {
    takeFile(file);
  }
});

onSubmit("create-form", async () => {
  const name = $("name").value;
  const data = {};
  for (const area of $("fields").querySelectorAll(".value")) {
    const key = area.dataset.key ?? area.closest(".field").querySelector(".key").value;
    if (Object.hasOwn(data, key)) {
      throw new Refusal(`The key ${key} stands there twice.`);
    }
    if (area.value) {
      data[key] = area.value;
    }
  }
  const secret = {data, description: $("description").value};
  if ($("template").value) {
    secret.template = $("template").value;
  }
  if ($("rotate").value) {
    secret.rotate_every = `P${$("rotate").value}D`;
  }
  await call("PUT", `/secrets/${part(name)}`, secret, {"If-None-Match": "*"});
  $("create-form").reset();
  showFields();
  await refresh();
  return `${name} is created.`;
});

for (const area of document.querySelectorAll(".masked")) {
  mask(area);
}
