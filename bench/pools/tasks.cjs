// The tasks that every contender runs.
const kinds = {
  echo: (value) => value,
  length: (value) => value.byteLength,
  spin: (ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return ms;
  },
};

module.exports = { run: ({ kind, value }) => kinds[kind](value) };
