"use strict";
// A stand-in for the vendor's Reemo.js. It has the same interface and draws a plain picture of the computer in place of its
// desktop: it connects to nothing.
(() => {
  const WIDTH = 960;
  const HEIGHT = 600;

  class WebClient {
    #listeners = new Map();
    #canvas;
    #timer;

    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    }

    #emit(event, value) {
      for (const listener of this.#listeners.get(event) ?? []) listener(value);
    }

    init(elementId, { backButton, retryButton } = {}) {
      const element = document.getElementById(elementId);
      this.#canvas = document.createElement("canvas");
      this.#canvas.width = WIDTH;
      this.#canvas.height = HEIGHT;
      this.#canvas.style.cssText = "display:block;margin:auto;max-width:100%;max-height:calc(100% - 3em)";
      const bar = document.createElement("div");
      bar.style.cssText = "height:3em;display:flex;gap:1em;align-items:center;padding:0 1em";
      const button = (label, event) => {
        const made = document.createElement("button");
        made.textContent = label;
        made.dataset.event = event;
        made.addEventListener("click", () => {
          if (event === "back") this.#stop("disconnected");
          this.#emit(event);
        });
        bar.append(made);
      };
      if (backButton) button("Back", "back");
      if (retryButton) button("Retry", "retry");
      element.replaceChildren(bar, this.#canvas);
      this.#emit("created");
    }

    connect(computer) {
      this.#stop("connecting");
      const connection = {
        name: String(computer.name ?? computer.hostname ?? computer.id),
        details: [computer.hostname, computer.os, computer.ip].filter(Boolean).join("   "),
        screen: computer.screens?.[0],
        expires: Date.parse(computer.expiresAt),
      };
      const draw = () => this.#draw(connection);
      draw();
      this.#timer = setInterval(draw, 1000);
      this.#emit("state", { state: "connected" });
    }

    #stop(state) {
      clearInterval(this.#timer);
      this.#emit("state", { state });
    }

    #draw({ name, details, screen, expires }) {
      const picture = this.#canvas.getContext("2d");
      picture.fillStyle = "#16395c";
      picture.fillRect(0, 0, WIDTH, HEIGHT);
      picture.fillStyle = "rgba(0, 0, 0, 0.4)";
      picture.fillRect(0, HEIGHT - 48, WIDTH, 48);
      picture.fillStyle = "#ffffff";
      picture.textBaseline = "middle";
      const line = (text, size, x, y) => {
        picture.font = `${size}px system-ui, sans-serif`;
        picture.fillText(text, x, y, WIDTH - 2 * x);
      };
      line(name, 44, 60, 200);
      line(details, 22, 60, 260);
      const resolution = screen ? `Screen ${screen.w} × ${screen.h}` : "No screen";
      line(resolution, 22, 60, 300);
      line("Sandbox: a picture in place of the desktop", 18, 60, 380);
      const left = Math.max(0, Math.round((expires - Date.now()) / 1000));
      line(left > 0 ? `The token is valid for ${left} s more` : "The token has expired; Retry requests another", 18, 60, 410);
      line(new Date().toLocaleTimeString(), 20, 60, HEIGHT - 24);
    }
  }

  window.Reemo = { WebClient };
})();
