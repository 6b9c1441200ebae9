// Each has a worker with a runtime of its own, so that calls can run side by side.
globalThis.begin = (name = "") => {
  const worker = new Worker("worker.js", { type: "module", name });
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data: { id, result, error } }) => {
    // What has no number is of the runtime itself, which answers nobody any more.
    for (const [call, { resolve, reject }] of [...waiting].filter(([call]) => id === undefined || call === id)) {
      waiting.delete(call);
      error === undefined ? resolve(result) : reject(new Error(error));
    }
  };
  worker.onerror = (event) => waiting.forEach(({ reject }) => reject(new Error(event.message)));
  return {
    call: (name, ...values) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        worker.postMessage({ id: last, name, values });
      }),
    end: () => worker.terminate(),
  };
};

// Calls one function, once.
globalThis.run = async (name, ...values) => {
  const suite = begin();
  try {
    return await suite.call(name, ...values);
  } finally {
    suite.end();
  }
};
