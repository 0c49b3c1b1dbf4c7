// How a page speaks with the study: it asks, and is answered. A transport carries messages; everything else is here.
// An ask that changes something is sent again until it is answered: the study makes an edit once.

import { newEdit } from "./elements.js";

const AGAIN = 2500; // ms until an ask that was not answered is sent again, and contact counts as lost
const LONG = 5000; // ms without contact after which it may be that nobody is there to answer any more

/** Over a kernel, by the widget's own messages.
 * @param {any} model
 */
export function kernelTransport(model) {
  return {
    /** @param {any} message */
    send: (message) => model.send(message),
    /** @param {(message: any) => void} listener */
    listen(listener) {
      model.on("msg:custom", listener);
      return () => model.off("msg:custom", listener);
    },
  };
}

/** Over HTTP, each ask a request of its own; no kernel is needed.
 * @param {string} address
 */
export function httpTransport(address) {
  /** @type {(message: any) => void} */
  let told = () => {};
  return {
    /** @param {any} message */
    send(message) {
      fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message), credentials: "same-origin" })
        .then((answer) => answer.json())
        .then((answer) => told(answer), (fault) => console.warn("No answer; it will be asked again.", fault));
    },
    /** @param {(message: any) => void} listener */
    listen(listener) {
      told = listener;
      return () => (told = () => {});
    },
  };
}

/** Asks, waits, asks again; says when contact is lost and when it is back. */
export class Line {
  /**
   * @param {{send: (message: any) => void, listen: (listener: (message: any) => void) => () => void}} transport
   * @param {(away: boolean, waiting: number, long: boolean) => void} told
   */
  constructor(transport, told) {
    this.transport = transport;
    this.told = told;
    this.page = newEdit();
    this.last = 0;
    /** @type {Map<string, any>} */
    this.pending = new Map();
    this.away = false;
    this.since = 0;
    this.stop = transport.listen((message) => this.hear(message));
    this.timer = setInterval(() => this.look(), 500);
  }

  /**
   * Ask, and give the answer; an answer that is an error is thrown.
   * @param {string} what
   * @param {Record<string, any>} [values]
   * @returns {Promise<any>}
   */
  ask(what, values = {}) {
    const id = `${this.page}-${++this.last}`;
    return new Promise((resolve, reject) => {
      const message = { id, ask: what, with: values };
      this.pending.set(id, { message, resolve, reject, sent: performance.now(), changes: "edit" in values });
      this.send(message);
    });
  }

  /** How many changes have not been answered. */
  get waiting() {
    return [...this.pending.values()].filter((one) => one.changes).length;
  }

  /** @param {any} message */
  send(message) {
    try {
      this.transport.send(message);
    } catch (fault) {
      console.warn("Not sent; it will be sent again.", fault);
    }
  }

  /** @param {any} answer */
  hear(answer) {
    const asked = this.pending.get(answer.id);
    if (!asked) return;
    this.pending.delete(answer.id);
    if (this.away) {
      this.away = false;
      this.told(false, this.waiting, false);
    }
    if ("error" in answer) asked.reject(Object.assign(new Error(answer.error), { kind: answer.kind }));
    else asked.resolve(answer.value);
  }

  look() {
    const now = performance.now();
    let lost = false;
    for (const one of this.pending.values()) {
      if (now - one.sent < AGAIN) continue;
      lost = true;
      one.sent = now;
      this.send(one.message);
    }
    if (lost) {
      if (!this.away) this.since = now;
      this.away = true;
      this.told(true, this.waiting, now - this.since > LONG);
    }
  }

  close() {
    clearInterval(this.timer);
    this.stop();
  }
}
