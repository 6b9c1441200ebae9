// Gives each call to a worker with a runtime of its own, so that calls can run side by side.
globalThis.run = (name, ...values) => new Promise((resolve, reject) => {
  const worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => {
    worker.terminate();
    data.error ? reject(new Error(data.error)) : resolve(data.result);
  };
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage({ name, values });
});
