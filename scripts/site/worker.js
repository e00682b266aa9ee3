// Browsers refuse workers on pages that are opened from a folder (file:). There the search runs in a
// hidden frame instead. As with a worker, messages arrive later, never while they are sent.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(address) {
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const page = this.frame.contentWindow;
      page.postMessage = (data) => setTimeout(() => this.onmessage?.({ data }));
      const script = page.document.createElement("script");
      this.ready = new Promise((resolve) => (script.onload = resolve));
      script.src = address;
      page.document.body.append(script);
    }
    postMessage(data) {
      this.ready.then(() => setTimeout(() => this.frame.contentWindow?.onmessage({ data })));
    }
    terminate() {
      this.frame.remove();
    }
  };
}
