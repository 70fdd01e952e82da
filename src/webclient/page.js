"use strict";
// Runs in the page, after `const page = {key, script, title}`. What is assumed of the vendor's script is here and nowhere else:
// `new Reemo.WebClient()`, `init(elementId, options)`, `connect(computer)`, and its events.
(() => {
  const message = document.getElementById("message");

  // Shown as text, never as HTML: it may contain what a server said.
  const show = (text) => {
    message.textContent = text;
    message.hidden = text === "";
  };

  const post = (path, body) => fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Page-Key": page.key },
    body: JSON.stringify(body ?? null),
    cache: "no-store",
    credentials: "omit",
  });

  // A text for any value that the WebClient reports, without the tokens that an object may contain.
  const text = (value) => {
    if (value === undefined || value === null) return undefined;
    if (value instanceof Error) return String(value.message);
    if (typeof value === "object") return String(value.message ?? value.code ?? value.name ?? "");
    return String(value);
  };

  const report = (event, details) => {
    post("/event", { event, ...details }).catch(() => {});
  };

  const fail = (sentence) => {
    show(sentence);
    report("error", { message: sentence });
  };

  // Stays open as long as the page does, and ends when the program does.
  const alive = new AbortController();
  let hasFailed = false;
  const watchProgram = async () => {
    const response = await fetch("/alive", {
      method: "POST",
      headers: { "X-Page-Key": page.key },
      cache: "no-store",
      credentials: "omit",
      signal: alive.signal,
    });
    const reader = response.body.getReader();
    while (!(await reader.read()).done);
  };
  const ended = () => {
    if (!hasFailed) show("reemo has ended. To connect again, run the command again.");
  };

  let client;
  const connect = async () => {
    show("Requesting access…");
    const response = await post("/connect");
    const answer = await response.json();
    if (response.ok) {
      show("");
      client.connect(answer);
      return;
    }
    show(answer.message);
    if (answer.final) {
      hasFailed = true;
      alive.abort();
    }
  };
  let isConnecting = false;
  const connectOrSay = () => {
    isConnecting = true;
    connect()
      .catch((error) => fail(`The connection can't be started: ${text(error)}`))
      .finally(() => { isConnecting = false; });
  };

  const on = (event, listener) => {
    if (typeof client.on === "function") client.on(event, listener);
    else client.addEventListener(event, (custom) => listener(custom.detail));
  };

  const start = () => {
    if (typeof window.Reemo?.WebClient !== "function") {
      fail(`${page.script} is not the WebClient: it defines no Reemo.WebClient. Check the setting webclient_url.`);
      return;
    }
    client = new window.Reemo.WebClient();
    on("state", (value) => report("state", { state: text(value?.state ?? value), error: text(value?.error) }));
    on("back", () => {
      report("back");
      show("The session has ended. You can close this tab.");
    });
    on("retry", () => {
      // A second click asks for nothing more than the first.
      if (isConnecting) return;
      report("retry");
      connectOrSay();
    });
    client.init("webclient", { backButton: true, retryButton: true });
    connectOrSay();
  };

  document.title = page.title;
  document.addEventListener("securitypolicyviolation", (violation) => {
    let source = violation.blockedURI;
    try {
      source = new URL(source).host || source;
    } catch {
      // A word such as inline or eval.
    }
    report("blocked", { directive: violation.effectiveDirective, source });
  });
  window.addEventListener("error", (event) => {
    if (event.message) report("error", { message: event.message });
  });
  watchProgram().then(ended, ended);

  const script = document.createElement("script");
  script.src = page.script;
  script.addEventListener("load", () => {
    try {
      start();
    } catch (error) {
      fail(`The WebClient can't be started: ${text(error)}`);
    }
  });
  script.addEventListener("error", () => fail(`${page.script} can't be loaded. Check the network and the setting webclient_url.`));
  document.head.append(script);
})();
